import AnnonaValues

/// The rulebooks of one program as they were written: the one asked for, and those it imports.
package struct RulebookSource: Sendable {
  package let syntax: RulebookSyntax
  /// The import's prefix to the position of the imported rulebook in the list.
  package let imports: [String: Int]

  package init(syntax: RulebookSyntax, imports: [String: Int] = [:]) {
    self.syntax = syntax
    self.imports = imports
  }
}

/// Looks up every name, types every expression and dates every law: from what was written to what it means.
///
/// The rulebooks come imports first, the one that was asked for last. The program is `nil` when there is an error.
/// Where reading already failed, nothing is said of what nobody uses: the use may stand in what could not be read.
///
/// - Parameter deciding: The rulebooks whose benefits are decided together, by position; the last one's where none are named.
/// - Returns: besides the program, the part of it that can be proved although another part has errors.
package func check(
  _ rulebooks: [RulebookSource], deciding: Set<Int> = [], files: [SourceFile],
  afterErrors: Bool = false
) -> (program: Program?, provable: ProvablePart?, diagnostics: [Diagnostic]) {
  let asked = deciding.isEmpty ? [rulebooks.count - 1] : deciding
  let checker = Checker(rulebooks, deciding: asked, files: files)
  checker.isComplete = !afterErrors
  checker.run()
  let program = checker.diagnostics.hasErrors ? nil : checker.program
  return (program, checker.provablePart, checker.diagnostics)
}

/// The rules of a program that no error touches, neither their own nor one of a rule that they read.
package struct ProvablePart: Sendable {
  package let program: Program
  package let rules: Set<RuleID>
  /// Whether benefits and functions are free of errors too.
  package let isWhole: Bool
}

/// The state of one check; each topic is an extension in a file of its own.
final class Checker {
  let rulebooks: [RulebookSource]
  /// The rulebooks whose benefits are decided; the others lend what they declare.
  let deciding: Set<Int>
  /// Those of them that decide another case than the rest, which has been reported.
  var otherCases: Set<Int> = []
  var program = Program()
  var diagnostics: [Diagnostic] = []

  /// What each rulebook calls its declarations.
  var books: [Book] = []
  /// What stands in an entity under a name.
  var members: [EntityID: [String: Member]] = [:]
  /// The facts as written, in the order of the program's.
  var factSyntax: [(syntax: FactSyntax, book: Int, isTyped: Bool)] = []
  /// Facts and parameters whose type could not be made out, which has been said.
  var untypedFacts: Set<FactID> = []
  var untypedParameters: Set<ParameterID> = []
  var ruleWork: [RuleWork] = []
  var functionWork: [FunctionWork] = []

  /// What the rule or function now being checked reads.
  var reading: [Reader] = []
  var ruleReads: [RuleID: Set<RuleID>] = [:]
  var functionReads: [FunctionID: Set<FunctionID>] = [:]
  var usedFacts: Set<FactID> = []
  var usedPlaces: Set<PlaceID> = []
  var usedParameters: Set<ParameterID> = []
  var usedChoices: Set<ChoiceID> = []
  var usedFunctions: Set<FunctionID> = []
  /// Prefixes under which the rulebook asked for reads an import.
  var usedImports: Set<String> = []
  /// How often something in the rule now being checked has come to nothing, reported or not.
  var losses = 0
  /// Rules that read themselves, by whatever way.
  var circular: Set<RuleID> = []
  var provablePart: ProvablePart?
  /// How many levels of expressions surround the one being checked, through all the rules that wait for it.
  var depth = 0
  /// What typing a rule in the midst of another counts for.
  static let depthOfRule = 10
  /// So many levels are walked by recursion; beyond, a rule that others wait for must declare its type.
  static let depthLimit = 250
  /// Whether all that was written could be read.
  var isComplete = true
  /// The rulebook that a file belongs to.
  var bookOfFile: [Int32: Int] = [:]
  /// While a type is only being inferred, what is wrong is reported later, once.
  var isProbing = false

  /// One thing, so that to look a name up in it copies nothing.
  final class Book {
    var calendar = Calendar()
    var currency: String?
    var units: Set<String> = []
    var sources: [String: SourceID] = [:]
    var choices: [String: ChoiceID] = [:]
    var entities: [String: EntityID] = [:]
    var parameters: [String: ParameterID] = [:]
    var functions: [String: FunctionID] = [:]
    /// Declarations that cannot be read, for a reason that was reported where they stand.
    var broken: Set<String> = []
    /// The columns of each parameter that is drawn as a grid.
    var grids: [String: [(column: String, parameter: ParameterID)]] = [:]
    var language = "en"
  }

  enum Member {
    case fact(FactID)
    case place(PlaceID)
    case rule(RuleID)
  }

  enum Reader {
    case rule(RuleID)
    case function(FunctionID)
    case benefit
  }

  init(_ rulebooks: [RulebookSource], deciding: Set<Int>, files: [SourceFile]) {
    self.rulebooks = rulebooks
    self.deciding = deciding
    program.rulebooks = rulebooks.map { _ in
      RulebookHeader(
        id: "", title: LocalizedText(), language: "en", currency: nil, inForce: InForce())
    }
    program.files = files
    books = rulebooks.map { _ in Book() }
    for (book, rulebook) in rulebooks.enumerated() {
      for name in rulebook.syntax.names { bookOfFile[name.span.file] = book }
    }
  }

  func run() {
    for book in rulebooks.indices { readHeader(book) }
    for book in rulebooks.indices { declareChoices(book) }
    for book in rulebooks.indices { declareEntities(book) }
    checkSameCase()
    for book in rulebooks.indices { declareMembers(book) }
    nestEntities()
    for book in rulebooks.indices { declareParameters(book) }
    for book in rulebooks.indices { declareRules(book) }
    for book in rulebooks.indices { declareAmendments(book) }
    for book in rulebooks.indices { checkLimits(book) }
    declareEvents()
    let declarationsFailed = diagnostics.hasErrors
    for id in functionsInReadingOrder() { checkFunction(id) }
    checkAllRules()
    let decided = deciding.subtracting(otherCases).sorted()
    for book in decided { checkBenefits(book) }
    for book in decided { checkShown(book) }
    for book in decided { checkProperties(book) }
    orderRules()
    checkFunctionSizes()
    reportSilentFailures()
    if !declarationsFailed { provablePart = ProvablePart(self) }
    if !diagnostics.hasErrors {
      checkVersionsCoverForce()
      checkTime()
      if isComplete { reportUnused() }
    }
  }

  /// A rule that could not be typed owes somebody an error; should nobody have had one, the rule itself has.
  private func reportSilentFailures() {
    guard isComplete, !diagnostics.hasErrors else { return }
    for (index, work) in ruleWork.enumerated() where work.progress != .done {
      report(.noType(program.rules[index].name, at: program.rules[index].span))
    }
    for work in functionWork where work.progress != .done {
      report(.noType(work.syntax.name.text, at: work.syntax.name.span))
    }
  }

  func report(_ diagnostic: Diagnostic) {
    if isProbing { return }
    diagnostics.append(diagnostic)
    if diagnostic.severity == .error { losses += 1 }
  }

  /// The rulebook that was asked for.
  var mainBook: Int { rulebooks.count - 1 }

  /// The rulebook that says which entity is decided: of several, the last one that grants anything.
  var caseBook: Int {
    deciding.sorted().last { !rulebooks[$0].syntax.benefits.isEmpty } ?? mainBook
  }
}

extension RulebookSyntax {
  /// A name of each thing that is declared, so that every file has one.
  fileprivate var names: [NameSyntax] {
    [header?.id].compactMap { $0 } + imports.map(\.prefix) + units + choices.map(\.name)
      + entities.map(\.name) + parameters.map(\.name) + functions.map(\.name)
      + rules.map(\.name) + benefits.map(\.name) + amendments.map(\.rule)
      + properties.map(\.name) + cliffs.map(\.name)
  }
}
