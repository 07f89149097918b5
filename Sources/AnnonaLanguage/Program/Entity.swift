public import AnnonaValues

public struct Choice: Sendable {
  public struct Member: Sendable {
    public let name: String
    public let title: LocalizedText

    public init(name: String, title: LocalizedText) {
      self.name = name
      self.title = title
    }
  }

  public let name: String
  public let members: [Member]

  public init(name: String, members: [Member]) {
    self.name = name
    self.members = members
  }
}

public struct Entity: Sendable {
  public let name: String
  public var title = LocalizedText()
  /// The entity that holds this one, and where; `nil` for the case's own.
  public var container: EntityID?
  /// Declaration order.
  public var facts: [FactID] = []
  public var places: [PlaceID] = []
  public var span: Span

  public init(name: String, span: Span) {
    self.name = name
    self.span = span
  }
}

/// Who answers for a fact that is open.
public enum Judge: Sendable, Hashable {
  case nobody
  /// A human being with this office must settle it: open means `refer`.
  case office(String)
}

public enum Variation: String, Sendable, Hashable {
  case never, daily, monthly, yearly
}

public struct Fact: Sendable {
  public let name: String
  public let entity: EntityID
  public var title = LocalizedText()
  public var type: ValueType
  /// Checked at input, so that an open fact's range is sound.
  public var minimum: Limit?
  public var maximum: Limit?
  /// Every value is a multiple: 1 for integers, the currency's minor unit for money unless said otherwise; `nil` for a number without one.
  public var step: Number?
  public var pattern: TextPattern?
  /// `nil` where the author did not say.
  public var variation: Variation?
  public var assumed: Assumption?
  public var judge = Judge.nobody
  public var ask = LocalizedText()
  public var help = LocalizedText()
  /// The page of an interview it stands on; `nil` for one of its own.
  public var group: String?
  /// Whether an interview asks it before all that is no gate.
  public var isGate = false
  /// How hard it is to answer, as a multiple of what is usual; never negative.
  public var burden = Number.one
  /// Whether people can change it, so that advice may name it.
  public var isChangeable = false
  public var citations: [Citation] = []
  public var span: Span

  public init(name: String, entity: EntityID, type: ValueType, span: Span) {
    self.name = name
    self.entity = entity
    self.type = type
    self.span = span
  }
}

/// `min:` or `max:` of a fact: a constant, or the date decided for (`birth_date: { max: today }`).
public enum Limit: Sendable, Hashable {
  case value(Value)
  case today
}

/// `default:` of a fact: what is taken while nobody gave it. Only one that cites the law may refuse.
public struct Assumption: Sendable {
  public let value: Value
  public let citesTheLaw: Bool

  public init(value: Value, citesTheLaw: Bool) {
    self.value = value
    self.citesTheLaw = citesTheLaw
  }
}

/// An entry of `has:`: one member, or a list of members.
public struct Place: Sendable {
  public let name: String
  /// Who holds the members.
  public let holder: EntityID
  /// What the members are.
  public let member: EntityID
  public let isList: Bool
  /// A single member that may be `null`.
  public let isOptional: Bool
  /// The least and the greatest size of a list; `nil` for no upper limit.
  public let minimum: Int
  public let maximum: Int?
  public var title: LocalizedText
  public var ask: LocalizedText
  public let span: Span

  public init(
    name: String, holder: EntityID, member: EntityID, isList: Bool, isOptional: Bool, minimum: Int,
    maximum: Int?, title: LocalizedText, ask: LocalizedText, span: Span
  ) {
    self.name = name
    self.holder = holder
    self.member = member
    self.isList = isList
    self.isOptional = isOptional
    self.minimum = minimum
    self.maximum = maximum
    self.title = title
    self.ask = ask
    self.span = span
  }
}
