import AnnonaEngine
import AnnonaLanguage
public import AnnonaValues

/// What a run over many households decides, and how its rows are read and written.
public struct BatchRequest: Sendable {
  /// How rows stand in a file.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// A JSON object a line.
    case ndjson
    /// A line a row, its columns named in the first.
    case csv
  }

  public let rulebook: Rulebook
  /// The date decided for.
  public let today: CalendarDate
  public var input = Format.ndjson
  public var output = Format.ndjson
  /// The key, or the column, that says which row it is.
  public var idKey = "id"
  /// The key of a member's id within a list.
  public var memberIDKey = "id"
  /// Whether every household is decided by the plain evaluator, for comparison.
  public var isPlain = false

  /// Whether it is counted what refusals rest on. Households of which columns cannot tell every condition then go to the
  /// plain evaluator.
  public var countsReasons = false

  public init(_ rulebook: Rulebook, today: CalendarDate) {
    self.rulebook = rulebook
    self.today = today
  }
}

/// What a run came to.
public struct BatchTally: Sendable, Hashable {
  /// Rows that were not empty.
  public var read = 0
  /// Households decided in columns, and those of which each row was left to the plain evaluator.
  public var inColumns = 0
  public var byPlainEvaluator = 0
  /// Rows that are no case: each has an error row.
  public var badRows = 0
  /// How many of them have each fault, by its code or, where it has none, by what is said of it.
  public var faults: [String: Int] = [:]
  /// By benefit, by the position in `Outcome.allCases`: how often each outcome was given.
  public var outcomes: [[Int]]
  /// By benefit: what was granted in all; `nil` when the sum is too large to be held.
  public var totals: [Number?]
  /// By benefit: how many of its refusals rest on each condition, by the condition's name, where that is counted. Each
  /// counts for all that it rests on.
  public var unmet: [[String: Int]]
  /// By benefit: how many decisions wait for each fact, by the fact's name.
  public var needed: [[String: Int]]
  /// What the time went into, of all jobs together.
  public internal(set) var stages = BatchStages()

  init(_ program: Program) {
    outcomes = program.benefits.map { _ in Outcome.allCases.map { _ in 0 } }
    totals = program.benefits.map { _ in .zero }
    unmet = program.benefits.map { _ in [:] }
    needed = unmet
  }

  mutating func add(_ outcome: Int, of benefit: Int) { outcomes[benefit][outcome] += 1 }

  mutating func add(_ amount: Number, to benefit: Int) {
    totals[benefit] = totals[benefit].flatMap { try? $0 + amount }
  }

  /// A row that is no case.
  mutating func addFaults(_ problem: BatchRow.Problem) {
    badRows += 1
    for kind in Set(problem.kinds) { faults[kind, default: 0] += 1 }
  }

  /// One decision of the plain evaluator, with everything that is counted of it.
  ///
  /// - Parameter countsReasons: whether it is counted what a refusal rests on.
  mutating func add(_ decision: BenefitDecision, _ names: BatchNames, countsReasons: Bool) {
    let benefit = Int(decision.benefit.index)
    add(Outcome.allCases.firstIndex(of: decision.outcome) ?? 0, of: benefit)
    switch decision.outcome {
    case .entitled:
      if case .known(.number(let number))? = decision.amount { add(number, to: benefit) }
    case .notEntitled where countsReasons, .notApplicable where countsReasons:
      let unmet = Set(decision.reasons.filter { $0.status == .unmet }.map(\.subject))
      for subject in unmet { self.unmet[benefit][names.name(of: subject), default: 0] += 1 }
    case .undetermined, .refer:
      for name in Set(decision.needs.map(names.name)) {
        needed[benefit][name, default: 0] += 1
      }
    default: break
    }
  }

  mutating func add(_ other: BatchTally) {
    read += other.read
    inColumns += other.inColumns
    byPlainEvaluator += other.byPlainEvaluator
    badRows += other.badRows
    faults.merge(other.faults, uniquingKeysWith: +)
    stages.add(other.stages)
    for benefit in outcomes.indices {
      for (outcome, count) in other.outcomes[benefit].enumerated() {
        outcomes[benefit][outcome] += count
      }
      totals[benefit] = totals[benefit].flatMap { one in
        other.totals[benefit].flatMap { try? one + $0 }
      }
      unmet[benefit].merge(other.unmet[benefit], uniquingKeysWith: +)
      needed[benefit].merge(other.needed[benefit], uniquingKeysWith: +)
    }
  }
}

/// What conditions and facts are called where they are counted over households.
struct BatchNames {
  let program: Program

  /// A rule's name, or what a condition without one says.
  func name(of condition: Reason.Subject) -> String {
    switch condition {
    case .rule(let rule): return program.rules[rule].name
    case .expression(let span):
      let words = program.files[Int(span.file)].text(span).split(whereSeparator: \.isWhitespace)
      return words.joined(separator: " ")
    }
  }

  func name(of wait: Wait) -> String {
    switch wait {
    case .fact(_, let fact, _): program.id(of: fact)
    case .members(_, let place): program.id(of: place)
    case .parameter(let parameter, _): program.id(of: parameter)
    }
  }
}
