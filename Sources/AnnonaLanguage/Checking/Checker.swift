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
package func check(
  _ rulebooks: [RulebookSource], deciding: Set<Int> = [], files: [SourceFile]
) -> (program: Program?, diagnostics: [Diagnostic]) {
  let asked = deciding.isEmpty ? [rulebooks.count - 1] : deciding
  let checker = Checker(rulebooks, deciding: asked, files: files)
  checker.run()
  let failed = checker.diagnostics.contains { $0.severity == .error }
  return (failed ? nil : checker.program, checker.diagnostics)
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
  /// How often something was left unreported because its cause was reported elsewhere.
  var passedOver = 0
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
    for id in functionWork.indices { checkFunction(FunctionID(id)) }
    checkAllRules()
    for book in rulebooks.indices where deciding.contains(book) { checkBenefits(book) }
    orderRules()
    checkFunctionSizes()
    if !diagnostics.contains(where: { $0.severity == .error }) {
      checkVersionsCoverForce()
      reportUnused()
    }
  }

  func report(_ diagnostic: Diagnostic) {
    if !isProbing { diagnostics.append(diagnostic) }
  }

  /// The rulebook that was asked for.
  var mainBook: Int { rulebooks.count - 1 }
}
