public import AnnonaValues

/// A typed index into one of a program's lists.
public struct Identifier<Element>: Sendable, Hashable, Comparable {
  public let index: Int32

  public init(_ index: Int) { self.index = Int32(index) }

  public static func < (one: Self, other: Self) -> Bool { one.index < other.index }
}

public typealias EntityID = Identifier<Entity>
public typealias FactID = Identifier<Fact>
public typealias PlaceID = Identifier<Place>
public typealias ChoiceID = Identifier<Choice>
public typealias ParameterID = Identifier<Parameter>
public typealias RuleID = Identifier<Rule>
public typealias FunctionID = Identifier<Function>
public typealias BenefitID = Identifier<Benefit>
public typealias SourceID = Identifier<LawSource>

extension Array {
  public subscript(id: Identifier<Element>) -> Element {
    get { self[Int(id.index)] }
    set { self[Int(id.index)] = newValue }
  }
}

/// What a rulebook means: every name looked up, every expression typed, every law dated. Nothing in it can be malformed.
///
/// Lists are in declaration order (file path in byte order, then position), but `ruleOrder`, which puts each rule after all that it reads.
public struct Program: Sendable {
  public var files: [SourceFile] = []
  public var id = ""
  public var title = LocalizedText()
  public var language = "en"
  /// The minor unit of amounts is this currency's.
  public var currency: String?
  public var calendar = Calendar()
  /// Outside it every outcome is `not_in_force`.
  public var inForce = InForce()
  /// The rulebook that was asked for, last, and those it imports.
  public var rulebooks: [RulebookHeader] = []
  public var sources: [LawSource] = []
  public var choices: [Choice] = []
  public var entities: [Entity] = []
  public var facts: [Fact] = []
  public var places: [Place] = []
  public var parameters: [Parameter] = []
  public var functions: [Function] = []
  public var rules: [Rule] = []
  public var ruleOrder: [RuleID] = []
  public var benefits: [Benefit] = []
  public var events: [Event] = []
  /// The entity that is decided.
  public var caseEntity = EntityID(0)

  public init() {}
}

/// One of the rulebooks that a program is made of.
public struct RulebookHeader: Sendable {
  public let id: String
  public let title: LocalizedText
  public let language: String
  public let currency: String?
  /// Outside it, what the rulebook grants is `not_in_force`.
  public let inForce: InForce

  public init(
    id: String, title: LocalizedText, language: String, currency: String?, inForce: InForce
  ) {
    self.id = id
    self.title = title
    self.language = language
    self.currency = currency
    self.inForce = inForce
  }
}

/// A text in the languages it was written in.
public struct LocalizedText: Sendable, Hashable {
  /// Language code to text; a text written without a language stands under the rulebook's.
  public var variants: [String: String]

  public init(_ variants: [String: String] = [:]) { self.variants = variants }

  public var isEmpty: Bool { variants.isEmpty }

  /// The text in the language, else in the fallback, else in the first language by code; `nil` when there is none.
  public func text(in language: String, else fallback: String) -> String? {
    variants[language] ?? variants[fallback] ?? variants.min { $0.key < $1.key }?.value
  }
}

/// The days on which something is law: from the first to the last, both in; open ends are `nil`.
public struct InForce: Sendable, Hashable {
  public var from: CalendarDate?
  public var through: CalendarDate?

  public init(from: CalendarDate? = nil, through: CalendarDate? = nil) {
    self.from = from
    self.through = through
  }

  public func contains(_ date: CalendarDate) -> Bool {
    if let from, date < from { return false }
    if let through, date > through { return false }
    return true
  }
}

/// How dates are reckoned; a rulebook's own, carried by the expressions written in it.
public struct Calendar: Sendable, Hashable {
  public var leapDayBirthday: LeapDayBirthday?
  public var monthOverflow: MonthOverflow?
  /// Month and day on which the year starts, where one was declared.
  public var yearStarts: MonthDay?

  /// The day on which a week starts, where one was declared.
  public var weekStarts: Weekday?

  /// Day 1 of the calendar was a Monday.
  public enum Weekday: Int, Sendable, Hashable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    var name: String { "\(self)" }
  }

  public struct MonthDay: Sendable, Hashable {
    public let month: Int
    public let day: Int

    public init(month: Int, day: Int) {
      self.month = month
      self.day = day
    }
  }

  public init() {}
}

/// A law that rules cite: `act` with its title and address.
public struct LawSource: Sendable {
  public let name: String
  public let title: LocalizedText
  public let url: String?

  public init(name: String, title: LocalizedText, url: String?) {
    self.name = name
    self.title = title
    self.url = url
  }
}

/// A provision as cited: `act s 3(1)`.
public struct Citation: Sendable, Hashable {
  /// As written, the short name of the source included.
  public let text: String
  public let source: SourceID?
  public let span: Span

  public init(text: String, source: SourceID?, span: Span) {
    self.text = text
    self.source = source
    self.span = span
  }
}

// MARK: - Types

public struct NumberType: Sendable, Hashable {
  public var unit: Unit
  /// Whole numbers only, without a unit.
  public var isInteger: Bool
  /// Printed times 100.
  public var isPercent: Bool

  public init(unit: Unit = .none, isInteger: Bool = false, isPercent: Bool = false) {
    self.unit = unit
    self.isInteger = isInteger
    self.isPercent = isPercent
  }
}

public indirect enum ValueType: Sendable, Hashable {
  case boolean
  case number(NumberType)
  case text
  case date
  case period
  case choice(ChoiceID)
  case entity(EntityID)
  case list(ValueType)
  /// A value, or `null`. Never nested.
  case optional(ValueType)
  /// The type of the word `null` alone.
  case null

  public var isOptional: Bool {
    if case .optional = self { return true }
    return self == .null
  }

  /// The type without `null`.
  public var present: ValueType {
    if case .optional(let type) = self { return type }
    return self
  }
}

// MARK: - What a case holds

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
  public var pattern: String?
  /// `nil` where the author did not say.
  public var variation: Variation?
  public var assumed: Assumption?
  public var judge = Judge.nobody
  public var ask = LocalizedText()
  public var help = LocalizedText()
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

// MARK: - The law's figures

public struct Parameter: Sendable {
  public struct Entry: Sendable {
    public let from: CalendarDate
    /// The last day on which it holds: the day before the next entry, `through:`, or `nil` until further notice.
    public let through: CalendarDate?
    public let figure: Figure
    public let citations: [Citation]
    public let span: Span

    public init(
      from: CalendarDate, through: CalendarDate?, figure: Figure, citations: [Citation], span: Span
    ) {
      self.from = from
      self.through = through
      self.figure = figure
      self.citations = citations
      self.span = span
    }
  }

  public enum Figure: Sendable {
    case value(Value)
    /// Nobody could confirm it: open, within the bounds if there are any. Nobody can be asked, so what needs it is referred.
    case unverified(why: LocalizedText, between: (Number, Number)?)
  }

  public let name: String
  public var title = LocalizedText()
  public var type: ValueType
  public var citations: [Citation] = []
  /// Ascending, without overlap.
  public var entries: [Entry] = []
  public var span: Span

  public init(name: String, type: ValueType, span: Span) {
    self.name = name
    self.type = type
    self.span = span
  }

  /// The entry in force on a day; `nil` before the first, after the last and in a gap.
  public func entry(on date: CalendarDate) -> Entry? {
    guard let entry = entries.last(where: { $0.from <= date }) else { return nil }
    if let through = entry.through, date > through { return nil }
    return entry
  }
}

// MARK: - Rules

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

  public struct Version: Sendable {
    /// `nil` for a rule that does not change in time.
    public let from: CalendarDate?
    /// The day before the next version; `nil` for the last.
    public let through: CalendarDate?
    public let citations: [Citation]
    /// `nil` for `repealed: true`.
    public let body: Body?
    public let round: Rounding?
    public let span: Span

    /// What is left of it within the days on which the rule is law at all.
    func within(_ days: InForce) -> Version? {
      let from = [from, days.from].compactMap { $0 }.max()
      let through = [through, days.through].compactMap { $0 }.min()
      if let from, let through, from > through { return nil }
      return Version(
        from: from, through: through, citations: citations, body: body, round: round, span: span)
    }

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

public struct Rounding: Sendable {
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

public indirect enum Body: Sendable {
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
public struct Scale: Sendable {
  public let of: Expression
  public let brackets: [(above: Expression, rate: Expression)]

  public init(of: Expression, brackets: [(above: Expression, rate: Expression)]) {
    self.of = of
    self.brackets = brackets
  }
}

public struct ExceptionRule: Sendable {
  public let name: String
  public let when: Expression
  public let versions: [Rule.Version]
  public let inForce: InForce
  public let round: Rounding?
  /// Names of siblings that are set aside when this one fires.
  public let prevailsOver: [String]
  /// Whether the rule's own condition must hold too.
  public let refines: Bool
  public let nested: [ExceptionRule]
  public let citations: [Citation]
  public let span: Span

  public init(
    name: String, when: Expression, versions: [Rule.Version], inForce: InForce, round: Rounding?,
    prevailsOver: [String], refines: Bool, nested: [ExceptionRule], citations: [Citation],
    span: Span
  ) {
    self.name = name
    self.when = when
    self.versions = versions
    self.inForce = inForce
    self.round = round
    self.prevailsOver = prevailsOver
    self.refines = refines
    self.nested = nested
    self.citations = citations
    self.span = span
  }
}

public struct Function: Sendable {
  public let name: String
  public let parameters: [(name: String, type: ValueType)]
  public let type: ValueType
  /// Its arguments are locals 0, 1, …
  public let versions: [Rule.Version]
  public let round: Rounding?
  public let span: Span

  public init(
    name: String, parameters: [(name: String, type: ValueType)], type: ValueType,
    versions: [Rule.Version], round: Rounding?, span: Span
  ) {
    self.name = name
    self.parameters = parameters
    self.type = type
    self.versions = versions
    self.round = round
    self.span = span
  }
}

// MARK: - Tables

public struct Table: Sendable {
  public struct Row: Sendable {
    /// `row_1`, `row_2`, … in the order drawn, `otherwise` for the last resort.
    public let name: String
    /// One an input; empty for `otherwise`.
    public let cells: [Cell]
    /// One an output; empty where impossible.
    public let outputs: [Expression]
    public let isOtherwise: Bool
    public let isImpossible: Bool
    public let citation: Citation?
    public let span: Span

    public init(
      name: String, cells: [Cell], outputs: [Expression], isOtherwise: Bool, isImpossible: Bool,
      citation: Citation?, span: Span
    ) {
      self.name = name
      self.cells = cells
      self.outputs = outputs
      self.isOtherwise = isOtherwise
      self.isImpossible = isImpossible
      self.citation = citation
      self.span = span
    }
  }

  public let hit: HitPolicy
  public let inputs: [Expression]
  public let outputs: [(name: String, type: ValueType)]
  public let rows: [Row]
  public let span: Span

  public init(
    hit: HitPolicy, inputs: [Expression], outputs: [(name: String, type: ValueType)], rows: [Row],
    span: Span
  ) {
    self.hit = hit
    self.inputs = inputs
    self.outputs = outputs
    self.rows = rows
    self.span = span
  }
}

/// What a column must be for its row to apply; expressions are in the column's unit and read no fact.
public struct Cell: Sendable {
  public enum Test: Sendable {
    case compare(Comparison, Expression)
    case range(Expression, includesLow: Bool, Expression, includesHigh: Bool)
    case null
  }

  /// Any of them suffices; empty for `-`, which never reads its column.
  public let tests: [Test]
  public let span: Span

  public init(tests: [Test], span: Span) {
    self.tests = tests
    self.span = span
  }
}

// MARK: - Benefits

/// A life event, such as `birth.registered`, and the facts of a case that it brings.
public struct Event: Sendable {
  public struct Delivery: Sendable {
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
  public let deliveries: [Delivery]
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

public struct Benefit: Sendable {
  public let name: String
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
  public var appealTo = LocalizedText()
  /// A duration, and whether it counts days.
  public var appealWithin: Expression?
  public var span: Span

  public init(name: String, span: Span) {
    self.name = name
    self.span = span
  }
}
