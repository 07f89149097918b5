public import AnnonaValues

/// A life event, such as `birth.registered`, and the facts of a case that it brings.
public struct Event: Sendable {
  public struct Delivery: Sendable, Hashable {
    /// From the case's entity to whom the fact is about.
    public let places: [PlaceID]
    /// `nil` for the id of a member that the event brings.
    public let fact: FactID?
    /// The keys that lead to the value in the event's own data.
    public let payload: [String]

    public init(places: [PlaceID], fact: FactID?, payload: [String]) {
      self.places = places
      self.fact = fact
      self.payload = payload
    }
  }

  public let name: String
  public internal(set) var deliveries: [Delivery]
  public let span: Span

  public init(name: String, deliveries: [Delivery], span: Span) {
    self.name = name
    self.deliveries = deliveries
    self.span = span
  }
}

/// One payment of a benefit, or payments at equal steps; amount and entitlement are read as of each date.
public struct Payment: Sendable {
  public enum Dates: Sendable {
    case once(Expression)
    /// The n-th date is the anchor plus n steps of whole months or days, added at once; the anchor itself counts unless skipped.
    case every(
      Expression, DurationKind, from: Expression, skipsAnchor: Bool, during: Expression,
      MonthOverflow?)
  }

  public let name: String
  public let title: LocalizedText
  public let citations: [Citation]
  public let amount: Expression
  public let dates: Dates
  public let span: Span

  public init(
    name: String, title: LocalizedText, citations: [Citation], amount: Expression, dates: Dates,
    span: Span
  ) {
    self.name = name
    self.title = title
    self.citations = citations
    self.amount = amount
    self.dates = dates
    self.span = span
  }
}

/// Where people turn against a decision.
public struct Appeal: Sendable {
  /// Who hears it.
  public var to: LocalizedText
  /// How long people have for it, from when they are told: a duration.
  public var within: Expression?
  /// What it does to the decision while it is heard.
  public var effect: LocalizedText
  public var citations: [Citation]

  public init(
    to: LocalizedText, within: Expression?, effect: LocalizedText, citations: [Citation]
  ) {
    self.to = to
    self.within = within
    self.effect = effect
    self.citations = citations
  }
}

public struct Benefit: Sendable {
  public let name: String
  /// Whether people owe it: entitled then means that it is due, and the amount is what they pay.
  public var isCharge = false
  /// The rulebook it is written in, by its position in the program's.
  public var rulebook = 0
  public var title = LocalizedText()
  public var about = LocalizedText()
  public var citations: [Citation] = []
  /// The place whose members it is decided for; `nil` for the case itself.
  public var members: PlaceID?
  /// These three are read with the member, or the case entity, as `this`.
  public var applies: Expression?
  public var entitled: Expression?
  public var amount: Expression?
  /// Life events that make it worth deciding anew.
  public var events: [String] = []
  /// Several or irregular payments, in place of an amount.
  public var payments: [Payment] = []
  public var under: Expression?
  public var authority = LocalizedText()
  public var appeal: Appeal?
  public var span: Span

  public init(name: String, span: Span) {
    self.name = name
    self.span = span
  }
}
