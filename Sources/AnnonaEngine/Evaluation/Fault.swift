public import AnnonaLanguage
public import AnnonaValues

/// Something that has no value, and where: a fault of the rulebook or of figures that no law allows, never a refusal.
public struct Fault: Sendable, Hashable {
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case divisionByZero = "division_by_zero"
    case tooLarge = "too_large"
    case badExponent = "bad_exponent"
    case monthOverflow = "month_overflow"
    case dateOutOfRange = "date_out_of_range"
    case datesReversed = "dates_reversed"
    case fractionalDuration = "fractional_duration"
    /// The time from one payment to the next turned out to be none.
    case noStep = "no_step"
    /// More payments than are worked out one by one.
    case tooManyPayments = "too_many_payments"
    case emptyList = "empty_list"
    case notInList = "not_in_list"
    case noRow = "no_row"
    case noColumn = "no_column"
    /// A period given to `over` that does not begin or end with a whole month or year.
    case partialPeriod = "partial_period"
    case impossibleRow = "impossible_row"
    case noCase = "no_case"
    case doesNotApply = "does_not_apply"
    case conflict
    case notInForce = "not_in_force"
    case outOfDeclaredRange = "out_of_declared_range"
    case negativeAmount = "negative_amount"
    /// A narrowed path turned out to be null: only reached for a report, never in a decision.
    case absent
    /// Functions call one another more deeply than anything written by hand.
    case tooDeep = "too_deep"
  }

  /// What the fault is about, where the place alone does not say it.
  public enum Subject: Sendable, Hashable {
    case place
    case parameter(ParameterID)
    case rule(RuleID)
    /// The rows or exceptions that both apply.
    case rivals([Rival])
  }

  /// A row or an exception by name, with what it cites.
  public struct Rival: Sendable, Hashable {
    public let name: String
    public let citations: [Citation]

    public init(name: String, citations: [Citation]) {
      self.name = name
      self.citations = citations
    }

    /// What it cites first, as written, or else its name.
    public var provision: String { citations.first?.text ?? name }
  }

  public let code: Code
  /// The rule being read; `nil` for an expression of a benefit.
  public let rule: RuleID?
  /// The index in the case of the entity it was read for.
  public let instance: Int32
  public let span: Span
  /// The date it was read as of.
  public let date: CalendarDate
  public let subject: Subject

  public init(
    _ code: Code, rule: RuleID?, instance: Int32, span: Span, date: CalendarDate,
    subject: Subject = .place
  ) {
    self.code = code
    self.rule = rule
    self.instance = instance
    self.span = span
    self.date = date
    self.subject = subject
  }
}

extension Fault: Comparable {
  /// Node order: the rule, the instance, the place, the date.
  public static func < (one: Fault, other: Fault) -> Bool {
    if one.rule != other.rule { return (one.rule?.index ?? -1) < (other.rule?.index ?? -1) }
    if one.instance != other.instance { return one.instance < other.instance }
    if one.span != other.span {
      return (one.span.file, one.span.start, one.span.end)
        < (other.span.file, other.span.start, other.span.end)
    }
    if one.code != other.code { return one.code.rawValue < other.code.rawValue }
    if one.date != other.date { return one.date < other.date }
    return one.subject.order < other.subject.order
  }
}

extension Fault.Subject {
  /// Any order will do among faults of one code at one place, as long as it is always the same.
  fileprivate var order: String {
    switch self {
    case .place: "0"
    case .parameter(let parameter): "1 \(parameter.index)"
    case .rule(let rule): "2 \(rule.index)"
    case .rivals(let rivals): "3 " + rivals.map(\.name).joined(separator: " ")
    }
  }
}

public typealias Faults = SortedSet<Fault>
