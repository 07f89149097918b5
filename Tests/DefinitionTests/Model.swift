/// A rulebook in miniature: what the definition gives a meaning, and the printer writes down for the engine.
struct Model {
  var facts: [FactModel] = []
  /// Facts of each member of `people`; empty where nobody is asked about.
  var memberFacts: [FactModel] = []
  var members: [String] = []
  var rules: [RuleModel] = []
}

enum Kind: Equatable {
  case truth, colour, number
}

struct FactModel {
  var name: String
  var kind: Kind
  /// All that can be given, `null` among it for an optional fact.
  var values: [Item]
  var isOptional: Bool { values.contains(.null) }
}

/// A value of the definition.
enum Item: Hashable {
  case truth(Bool)
  case colour(Int)
  case number(Fraction)
  case null
}

indirect enum Term {
  case truth(Bool)
  case colour(Int)
  case number(Int)
  case fact(Int)
  case rule(Int)
  /// Inside an exception.
  case base
  case not(Term)
  case every([Term])
  case some([Term])
  case compare(Relation, Term, Term)
  case calculate(Operation, Term, Term)
  case choose(Term, Term, Term)
  case least([Term])
  case greatest([Term])
  case among(Term, [Term])
  case floor(Term)
  /// The optional fact, or the other value.
  case orElse(Int, Term)
  case isNull(Int)
  /// Inside what goes through the members.
  case ofMember(Int)
  case count(where: Term?)
  /// Of a numeric fact of the members, of nobody the default; `sum` needs none.
  case aggregate(Aggregation, of: Int, where: Term?, default: Int?)
  case quantified(every: Bool, Term)
}

enum Aggregation: String { case sum, min, max }

enum Relation: String, CaseIterable {
  case equal = "="
  case unequal = "!="
  case less = "<"
  case atMost = "<="
  case greater = ">"
  case atLeast = ">="
}

enum Operation: String, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

struct RuleModel {
  var kind: Kind
  var when: Term?
  var body: BodyModel
  /// To whole numbers, halves away from zero.
  var rounds = false
  var maximum: Int?
  var exceptions: [ExceptionModel] = []

  /// Whether the rule applies only on a condition of its own, so that exceptions say if they share it.
  var hasCondition: Bool {
    if case .cases(_, otherwise: nil) = body { return true }
    return when != nil
  }
}

enum BodyModel {
  case value(Term)
  case cases([(when: Term, value: Term)], otherwise: Term?)
  case conditions(every: Bool, [Term])
  case table(TableModel)
}

struct ExceptionModel {
  var name: String
  var when: Term
  var value: Term
  var prevailsOver: String?
  var refines = false
  var nested: [ExceptionModel] = []
}

struct TableModel {
  enum Hit: String { case unique, first, sum, count, min, max }

  var hit: Hit
  var columns: [Term]
  var rows: [(cells: [CellModel], value: Term)]
  var otherwise: Term?
}

enum CellModel {
  case any
  /// One of these.
  case items([Item])
  case compare(Relation, Int)
  /// Both ends in.
  case range(Int, Int)
}
