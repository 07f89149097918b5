/// The days that a date can still be: from the first to the last, both in.
public struct DateRange: Sendable, Hashable {
  public let lower: CalendarDate
  public let upper: CalendarDate

  public static let all = DateRange(ordered: .earliest, .latest)

  public static func exactly(_ date: CalendarDate) -> DateRange { DateRange(ordered: date, date) }

  /// `nil` when the first day is after the last.
  public init?(lower: CalendarDate, upper: CalendarDate) {
    guard lower <= upper else { return nil }
    self.init(ordered: lower, upper)
  }

  init(ordered lower: CalendarDate, _ upper: CalendarDate) {
    self.lower = lower
    self.upper = upper
  }

  public func isSubset(of other: DateRange) -> Bool {
    other.lower <= lower && upper <= other.upper
  }

  public func intersection(with other: DateRange) -> DateRange? {
    DateRange(lower: max(lower, other.lower), upper: min(upper, other.upper))
  }
}

extension DateRange: OrderedRange {
  @inlinable public var leastValue: CalendarDate? { lower }
  @inlinable public var greatestValue: CalendarDate? { upper }
  @inlinable public var single: CalendarDate? { lower == upper ? lower : nil }

  @inlinable
  public func contains(_ date: CalendarDate) -> Bool { lower <= date && date <= upper }

  @inlinable
  public func sharesValue(with other: DateRange) -> Bool {
    lower <= other.upper && other.lower <= upper
  }

  public func hull(with other: DateRange) -> DateRange {
    DateRange(ordered: min(lower, other.lower), max(upper, other.upper))
  }

  /// The earlier of two dates.
  public func least(with other: DateRange) -> DateRange {
    DateRange(ordered: min(lower, other.lower), min(upper, other.upper))
  }

  /// The later of two dates.
  public func greatest(with other: DateRange) -> DateRange {
    DateRange(ordered: max(lower, other.lower), max(upper, other.upper))
  }
}

extension DateRange: CustomStringConvertible {
  public var description: String {
    single.map { $0.description } ?? "\(lower)..\(upper)"
  }
}

// MARK: - Parts

extension DateRange {
  public var years: NumberRange { Self.numbers(lower.year, upper.year) }

  public var months: NumberRange {
    let (one, other) = (lower.parts, upper.parts)
    return one.year == other.year ? Self.numbers(one.month, other.month) : Self.numbers(1, 12)
  }

  public var days: NumberRange {
    let (one, other) = (lower.parts, upper.parts)
    let sameMonth = one.year == other.year && one.month == other.month
    return sameMonth ? Self.numbers(one.day, other.day) : Self.numbers(1, 31)
  }

  public var startOfMonth: DateRange { DateRange(ordered: lower.startOfMonth, upper.startOfMonth) }

  public var endOfMonth: DateRange { DateRange(ordered: lower.endOfMonth, upper.endOfMonth) }

  static func numbers(_ least: Int, _ greatest: Int) -> NumberRange {
    NumberRange.widest(Number(least), Number(greatest), .one)
  }
}
