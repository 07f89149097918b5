public import AnnonaValues

/// A rule of an entity; a named condition is one too, and so is an exception's body.
public struct Rule: Sendable {
  /// The full dotted name: `household.rebate`, `household.qualifies.ratepayer`.
  public let name: String
  public let entity: EntityID
  /// The rulebook it is written in, by its position in the program's.
  public var rulebook = 0
  public var title = LocalizedText()
  public var about = LocalizedText()
  public var type: ValueType
  public var citations: [Citation] = []
  /// Its own condition of application.
  public var when: Expression?
  /// Ascending; one without a date for a rule that does not change in time.
  public var versions: [Version] = []
  public var round: Rounding?
  public var minimum: Value?
  public var maximum: Value?
  /// The date whose law the rule is read under.
  public var under: Expression?
  public var exceptions: [ExceptionRule] = []
  /// The reason's texts, for a named condition.
  public var met = LocalizedText()
  public var unmet = LocalizedText()
  /// The rule that this condition belongs to.
  public var parent: RuleID?
  /// A rule whose whole value is the test `p != null` guards `p` for those who rely on it.
  public var span: Span

  public final class Version: Sendable {
    /// `nil` for a rule that does not change in time.
    public let from: CalendarDate?
    /// The day before the next version; `nil` for the last.
    public let through: CalendarDate?
    public let citations: [Citation]
    /// `nil` for `repealed: true`.
    public let body: Body?
    public let round: Rounding?
    public let span: Span

    public init(
      from: CalendarDate?, through: CalendarDate?, citations: [Citation], body: Body?,
      round: Rounding?, span: Span
    ) {
      self.from = from
      self.through = through
      self.citations = citations
      self.body = body
      self.round = round
      self.span = span
    }
  }

  public init(name: String, entity: EntityID, type: ValueType, span: Span) {
    self.name = name
    self.entity = entity
    self.type = type
    self.span = span
  }

  /// The version in force on a day.
  public func version(on date: CalendarDate) -> Version? {
    guard
      let version = versions.last(where: { version in version.from.map { $0 <= date } ?? true }),
      version.body != nil
    else { return nil }
    if let through = version.through, date > through { return nil }
    return version
  }
}

extension Rule {
  /// The columns that can be read: of a table with several each, otherwise `nil` alone.
  package var outputs: [Int?] {
    for case .table(let table)? in versions.map(\.body) where table.outputs.count > 1 {
      return table.outputs.indices.map { $0 }
    }
    return [nil]
  }
}

public final class Rounding: Sendable {
  /// A positive constant or parameter in the value's unit.
  public let step: Expression
  public let mode: RoundingMode
  public let span: Span

  public init(step: Expression, mode: RoundingMode, span: Span) {
    self.step = step
    self.mode = mode
    self.span = span
  }
}

public enum Body: Sendable {
  case value(Expression)
  case cases([CaseBranch], otherwise: Expression?)
  /// `all:` (every) or `any:`, each condition a boolean rule of its own.
  case conditions(every: Bool, [RuleID])
  case table(Table)
  case scale(Scale)
}

public struct CaseBranch: Sendable {
  public let when: Expression
  public let value: Expression
  public let citations: [Citation]

  public init(when: Expression, value: Expression, citations: [Citation]) {
    self.when = when
    self.value = value
    self.citations = citations
  }
}

/// Marginal brackets: on what lies above each threshold, up to the next, the rate beside it.
public final class Scale: Sendable {
  public let of: Expression
  public let brackets: [(above: Expression, rate: Expression)]

  public init(of: Expression, brackets: [(above: Expression, rate: Expression)]) {
    self.of = of
    self.brackets = brackets
  }
}
