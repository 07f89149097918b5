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
  /// By benefit, by the position in `Outcome.allCases`: how often each outcome was given.
  public var outcomes: [[Int]]
  /// By benefit: what was granted in all; `nil` when the sum is too large to be held.
  public var totals: [Number?]
  /// What the time went into, of all jobs together.
  public internal(set) var stages = BatchStages()

  init(_ program: Program) {
    outcomes = program.benefits.map { _ in Outcome.allCases.map { _ in 0 } }
    totals = program.benefits.map { _ in .zero }
  }

  mutating func add(_ outcome: Int, of benefit: Int) { outcomes[benefit][outcome] += 1 }

  mutating func add(_ amount: Number, to benefit: Int) {
    totals[benefit] = totals[benefit].flatMap { try? $0 + amount }
  }

  mutating func add(_ other: BatchTally) {
    read += other.read
    inColumns += other.inColumns
    byPlainEvaluator += other.byPlainEvaluator
    badRows += other.badRows
    stages.add(other.stages)
    for benefit in outcomes.indices {
      for (outcome, count) in other.outcomes[benefit].enumerated() {
        outcomes[benefit][outcome] += count
      }
      totals[benefit] = totals[benefit].flatMap { one in
        other.totals[benefit].flatMap { try? one + $0 }
      }
    }
  }
}
