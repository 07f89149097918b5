public import AnnonaValues

/// What is known of one fact.
public enum FactState: Sendable, Hashable {
  case known(Value)
  /// Said to be absent; only of an optional fact.
  case absent
  case notGiven
  /// Asked and not answered.
  case declined
  /// Open until the office that must judge it has done so.
  case awaitingJudgement
  /// Two origins say different things.
  case conflicting([Claim])
  /// Taken by default, since nobody gave it.
  case assumed(Value)
  /// A value, or the lack of one, for each stretch of days: ascending, without overlap.
  case varying([Spell])

  /// One origin's answer.
  public struct Claim: Sendable, Hashable {
    /// `.null` where it says that there is none.
    public let value: Value
    public let origin: Origin?

    public init(value: Value, origin: Origin?) {
      self.value = value
      self.origin = origin
    }
  }

  /// What holds from one day to another, both in.
  public struct Spell: Sendable, Hashable {
    public let from: CalendarDate
    /// `nil` for one that goes on.
    public let through: CalendarDate?
    public let state: FactState
    /// Where it is not the whole fact's.
    public let origin: Origin?

    public init(
      from: CalendarDate, through: CalendarDate?, state: FactState, origin: Origin? = nil
    ) {
      self.from = from
      self.through = through
      self.state = state
      self.origin = origin
    }
  }

  /// Whether nobody has answered, though somebody could still be asked.
  public var canBeAsked: Bool { self == .notGiven }
}

/// Where a fact comes from.
public struct Origin: Sendable, Hashable {
  /// `register:tax`, `self_declared`, `document:sha256:…`
  public let source: String?
  public let observed: CalendarDate?
  /// Who or what has checked it: `caseworker:17`, `register:tax`
  public let verified: String?
  /// Others that say the same.
  public let agreeing: [Origin]

  public init(
    source: String?, observed: CalendarDate?, verified: String? = nil, agreeing: [Origin] = []
  ) {
    self.source = source
    self.observed = observed
    self.verified = verified
    self.agreeing = agreeing
  }

  /// Itself, then those that say the same.
  package var all: [Origin] { [self] + agreeing }

  func with(agreeing: [Origin]) -> Origin {
    Origin(source: source, observed: observed, verified: verified, agreeing: agreeing)
  }
}
