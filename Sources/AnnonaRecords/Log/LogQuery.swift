import Foundation
import GRDB

/// What decisions are asked for by; all of it must hold.
public struct LogQuery: Sendable, Hashable {
  /// A rule, figure or other thing that a decision has to do with; of a version where a day is given.
  public struct Condition: Sendable, Hashable {
    let kind: String
    let name: String?
    let detail: String?

    init(_ kind: Term.Kind, _ name: String?, _ detail: String? = nil) {
      self.kind = kind.rawValue
      self.name = name
      self.detail = detail
    }

    /// A step rests on the rule: `person.age`, or on its version of a day: `person.age@2024-01-01`.
    public static func rule(_ text: String) -> Condition { version(.rule, text) }

    /// A step reads the figure: `ias`, or its value from a day on: `ias@2024-01-01`.
    public static func parameter(_ text: String) -> Condition { version(.parameter, text) }

    /// A step relies on it.
    public static func provision(_ text: String) -> Condition { Condition(.provision, text) }

    /// A benefit, an outcome or both.
    public static func outcome(_ outcome: String?, of benefit: String?) -> Condition {
      Condition(.outcome, benefit, outcome)
    }

    /// An outcome turned on the rule: a failed condition of a refusal, or a met one of a grant.
    public static func turned(on rule: String, to outcome: String?) -> Condition {
      Condition(.turned, rule, outcome)
    }

    /// A fact was taken by default; any where no name is given.
    public static func presumption(_ fact: String?) -> Condition { Condition(.presumption, fact) }

    /// A refusal rests on a fact taken by default.
    public static func adversePresumption(_ fact: String?) -> Condition {
      Condition(.adversePresumption, fact)
    }

    /// A fact that was asked for and declined.
    public static func declined(_ fact: String?) -> Condition { Condition(.declined, fact) }

    /// A fact that the outcome waits for.
    public static func needed(_ fact: String?) -> Condition { Condition(.needed, fact) }

    public static func purpose(_ purpose: Purpose) -> Condition {
      Condition(.purpose, purpose.rawValue)
    }

    public static func officer(_ name: String) -> Condition { Condition(.officer, name) }

    private static func version(_ kind: Term.Kind, _ text: String) -> Condition {
      guard let at = text.lastIndex(of: "@") else { return Condition(kind, text) }
      return Condition(kind, String(text[..<at]), String(text[text.index(after: at)...]))
    }
  }

  public var conditions: [Condition] = []
  public var kind: Record.Kind?
  public var subject: String?
  public var correlation: String?
  /// Only decisions that an override is about, or only those that none is about.
  public var isOverridden: Bool?
  /// Those behind this position.
  public var after: Int?
  public var limit: Int

  public init(limit: Int = 50) { self.limit = limit }
}

/// A record as a log lists it.
public struct LogEntry: Sendable {
  public let position: Int
  public let record: Record
}

/// Some of what a query found.
public struct LogPage: Sendable {
  public let entries: [LogEntry]
  /// The position behind which the next page begins; `nil` for the last.
  public let next: Int?
}

extension DecisionLog {
  /// The records that a query asks for, in the order in which they came.
  public func find(_ query: LogQuery) throws(LogProblem) -> LogPage {
    let limit = min(max(query.limit, 1), 10_000)
    return try read { db in
      let positions = try Self.positions(query, limit: limit + 1, in: db)
      let entries = try positions.prefix(limit).map { try Self.entry(at: $0, in: db) }
      let isCut = positions.count > limit
      return LogPage(entries: entries, next: isCut ? entries.last?.position : nil)
    }
  }

  /// How many records a query asks for, whatever its limit.
  public func count(_ query: LogQuery) throws(LogProblem) -> Int {
    var query = query
    query.after = nil
    return try read { try Self.positions(query, limit: .max, in: $0).count }
  }

  /// The positions alone, by the indexes alone.
  static func positions(_ query: LogQuery, limit: Int, in db: Database) throws -> [Int] {
    var tests: [String] = []
    var arguments: [(any DatabaseValueConvertible)?] = []
    var source = "entries AS e"
    for (index, condition) in query.conditions.enumerated() {
      let terms = try terms(condition, in: db)
      if terms.isEmpty { return [] }
      let list = terms.map { "\($0)" }.joined(separator: ",")
      if index == 0 {
        // One of the terms leads, so that no other entry is looked at.
        source = "(SELECT DISTINCT position FROM uses WHERE term IN (\(list))) AS e"
      } else {
        tests.append(
          "EXISTS (SELECT 1 FROM uses WHERE term IN (\(list)) AND position = e.position)")
      }
    }
    func add(_ test: String, _ value: (any DatabaseValueConvertible)?) {
      tests.append(test)
      arguments.append(value)
    }
    let own = "(SELECT %@ FROM entries WHERE position = e.position)"
    func column(_ name: String) -> String { own.replacing("%@", with: name) }
    if let after = query.after { add("e.position > ?", after) }
    if let kind = query.kind { add("\(column("kind")) = ?", kind.rawValue) }
    if let subject = query.subject { add("\(column("subject")) = ?", subject) }
    if let correlation = query.correlation { add("\(column("correlation")) = ?", correlation) }
    if let isOverridden = query.isOverridden {
      tests.append(
        (isOverridden ? "" : "NOT ")
          + "EXISTS (SELECT 1 FROM entries AS o WHERE o.about = \(column("id")))")
    }
    if query.conditions.isEmpty {
      // Whom it is about, which matter, or what officers did leads where nothing else does.
      if let (name, value) = query.subject.map({ ("subject", $0) })
        ?? query.correlation.map({ ("correlation", $0) })
      {
        source = "(SELECT position FROM entries WHERE \(name) = ?) AS e"
        arguments.insert(value, at: 0)
      } else if query.isOverridden == true {
        source = """
          (SELECT position FROM entries
          WHERE id IN (SELECT about FROM entries WHERE about IS NOT NULL)) AS e
          """
      } else if query.kind == .override {
        source = "(SELECT position FROM entries WHERE about IS NOT NULL) AS e"
      }
    }
    let condition = tests.isEmpty ? "" : " WHERE " + tests.joined(separator: " AND ")
    return try Int.fetchAll(
      db, sql: "SELECT e.position FROM \(source)\(condition) ORDER BY e.position LIMIT ?",
      arguments: StatementArguments(arguments + [limit]))
  }

  static func terms(_ condition: LogQuery.Condition, in db: Database) throws -> [Int64] {
    var sql = "SELECT term FROM terms WHERE kind = ?"
    var arguments: [(any DatabaseValueConvertible)?] = [condition.kind]
    if let name = condition.name {
      // A figure of an import is found by its own name too.
      sql +=
        condition.kind == Term.Kind.parameter.rawValue
        ? " AND (name = ? OR substr(name, -length(?)) = ?)" : " AND name = ?"
      arguments.append(name)
      if condition.kind == Term.Kind.parameter.rawValue {
        arguments += [".\(name)", ".\(name)"]
      }
    }
    if let detail = condition.detail {
      sql += " AND detail = ?"
      arguments.append(detail)
    }
    return try Int64.fetchAll(db, sql: sql, arguments: StatementArguments(arguments))
  }

  // MARK: - One record

  /// The record at a position, or of an id; of an id that begins so, where there is one alone.
  public func entry(_ name: String) throws(LogProblem) -> LogEntry {
    try read { db in
      guard let position = try position(of: name, in: db) else {
        throw LogProblem(path: path, reason: "there is no record `\(name)`")
      }
      return try Self.entry(at: position, in: db)
    }
  }

  /// Digits too few to tell records apart are taken for a position alone.
  private static let fewestDigits = 6

  private func position(of name: String, in db: Database) throws -> Int? {
    let digits = name.hasPrefix("sha256:") ? String(name.dropFirst(7)) : name
    guard digits.utf8.count >= Self.fewestDigits else {
      if let position = Int(name) { return try Self.known(position, in: db) }
      if !digits.isEmpty, Hexadecimal.bytes(digits.padded(to: 64, with: "0").utf8) != nil {
        throw LogProblem(
          path: path,
          reason: "`\(name)` is too short: write at least \(Self.fewestDigits) digits of the id")
      }
      return nil
    }
    guard let from = Hexadecimal.bytes(digits.padded(to: 64, with: "0").utf8),
      let through = Hexadecimal.bytes(digits.padded(to: 64, with: "f").utf8)
    else { return nil }
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT id, min(position) FROM entries WHERE id BETWEEN ? AND ? GROUP BY id LIMIT 2
        """, arguments: [Data(from), Data(through)])
    if rows.count > 1 {
      throw LogProblem(
        path: path, reason: "`\(name)` is not unique: the ids of several records begin so")
    }
    // A long log has positions of as many digits.
    return try rows.first.map { $0[1] } ?? Int(name).flatMap { try Self.known($0, in: db) }
  }

  private static func known(_ position: Int, in db: Database) throws -> Int? {
    try Int.fetchOne(
      db, sql: "SELECT position FROM entries WHERE position = ?", arguments: [position])
  }

  static func entry(at position: Int, in db: Database) throws -> LogEntry {
    guard
      let bytes = try Data.fetchOne(
        db, sql: "SELECT bytes FROM entries WHERE position = ?", arguments: [position])
    else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    do {
      return LogEntry(position: position, record: try Record(reading: Array(bytes)))
    } catch {
      throw LogProblem(path: "entry \(position)", reason: "\(error)")
    }
  }

  /// Everything that officers decided on a recorded decision, in order.
  public func overrides(of record: Record) throws(LogProblem) -> [LogEntry] {
    try read { db in
      try Int.fetchAll(
        db, sql: "SELECT position FROM entries WHERE about = ? ORDER BY position",
        arguments: [Data(record.id.bytes)]
      ).map { try Self.entry(at: $0, in: db) }
    }
  }

  /// The rulebooks of its records, as they were.
  public func rulebook(of record: Record) throws -> RecordedRulebook {
    try database.read { db in try record.rulebook(from: LogArchive(db: db)) }
  }

  /// Every provision that a decision relies on, with the text of the rule then in force.
  public func provisions(of record: Record) throws -> [ReliedProvision] {
    try database.read { db in try record.provisions(from: LogArchive(db: db)) }
  }

  /// What a record comes to when it is held against the log's rulebooks.
  public func verdict(of record: Record) throws -> Verdict {
    try database.read { db in try record.verdict(from: LogArchive(db: db)) }
  }
}

extension String {
  fileprivate func padded(to count: Int, with sign: String) -> String {
    self + String(repeating: sign, count: max(0, count - utf8.count))
  }
}
