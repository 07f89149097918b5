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
///
/// - Parameter deciding: The rulebooks whose benefits are decided together, by position; the last one's where none are named.
/// - Returns: besides the program, the part of it that can be proved although another part has errors.
package func check(
  _ rulebooks: [RulebookSource], deciding: Set<Int> = [], files: [SourceFile]
) -> (program: Program?, provable: ProvablePart?, diagnostics: [Diagnostic]) {
  let asked = deciding.isEmpty ? [rulebooks.count - 1] : deciding
  let checker = Checker(rulebooks, deciding: asked, files: files)
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
  var program = Program()
  var diagnostics: [Diagnostic] = []

  /// What each rulebook calls its declarations.
  var books: [Book] = []
  /// What stands in an entity under a name.
  var members: [EntityID: [String: Member]] = [:]
  /// The facts as written, in the order of the program's.
  var factSyntax: [(syntax: FactSyntax, book: Int, isTyped: Bool)] = []
  var ruleWork: [RuleWork] = []
  var functionWork: [FunctionWork] = []
  var benefitBooks: [Int] = []

  /// What the rule or function now being checked reads.
  var reading: [Reader] = []
  var ruleReads: [RuleID: Set<RuleID>] = [:]
  var functionReads: [FunctionID: Set<FunctionID>] = [:]
  var usedFacts: Set<FactID> = []
  var usedPlaces: Set<PlaceID> = []
  var usedParameters: Set<ParameterID> = []
  var usedChoices: Set<ChoiceID> = []
  var usedFunctions: Set<FunctionID> = []
  /// How often something in the rule now being checked has come to nothing, reported or not.
  var losses = 0
  /// Rules that read themselves, by whatever way.
  var circular: Set<RuleID> = []
  var provablePart: ProvablePart?
  /// While a type is only being inferred, what is wrong is reported later, once.
  var isProbing = false

  struct Book {
    var calendar = Calendar()
    var currency: String?
    var units: Set<String> = []
    var sources: [String: SourceID] = [:]
    var choices: [String: ChoiceID] = [:]
    var entities: [String: EntityID] = [:]
    var parameters: [String: ParameterID] = [:]
    var functions: [String: FunctionID] = [:]
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
  }

  func run() {
    for book in rulebooks.indices { readHeader(book) }
    for book in rulebooks.indices { declareChoices(book) }
    for book in rulebooks.indices { declareEntities(book) }
    for book in rulebooks.indices { declareMembers(book) }
    nestEntities()
    for book in rulebooks.indices { declareParameters(book) }
    for book in rulebooks.indices { declareRules(book) }
    for book in rulebooks.indices { declareAmendments(book) }
    for book in rulebooks.indices { checkLimits(book) }
    for book in rulebooks.indices { declareEvents(book) }
    let declarationsFailed = diagnostics.hasErrors
    for id in functionWork.indices { checkFunction(FunctionID(id)) }
    checkAllRules()
    for book in rulebooks.indices where deciding.contains(book) { checkBenefits(book) }
    orderRules()
    checkFunctionSizes()
    if !declarationsFailed { provablePart = ProvablePart(self) }
    if !diagnostics.hasErrors {
      checkVersionsCoverForce()
      checkTime()
      reportUnused()
    }
  }

  func report(_ diagnostic: Diagnostic) {
    if isProbing { return }
    diagnostics.append(diagnostic)
    if diagnostic.severity == .error { losses += 1 }
  }

  /// The rulebook that was asked for.
  var mainBook: Int { rulebooks.count - 1 }
}
