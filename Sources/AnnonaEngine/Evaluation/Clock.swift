public import AnnonaValues

/// The dates that an evaluation reads: `today`, and the date whose law it applies.
///
/// A date that is not known yet, or of which a whole epoch is examined, is a range of days.
public struct Clock: Sendable, Hashable {
  /// Both in.
  public struct Days: Sendable, Hashable {
    public let first: CalendarDate
    public let last: CalendarDate

    public init(_ first: CalendarDate, _ last: CalendarDate) {
      self.first = first
      self.last = last
    }

    public init(_ day: CalendarDate) { self.init(day, day) }

    public var only: CalendarDate? { first == last ? first : nil }

    func intersection(from: CalendarDate?, through: CalendarDate?) -> Days? {
      let first = max(first, from ?? first)
      let last = min(last, through ?? last)
      return first <= last ? Days(first, last) : nil
    }
  }

  public var today: Days
  /// Set by `under`; otherwise the law is that of `today`.
  public var lawOf: Days?

  public var law: Days { lawOf ?? today }

  public init(_ today: Days, lawOf: Days? = nil) {
    self.today = today
    self.lawOf = lawOf
  }

  public init(_ today: CalendarDate) { self.init(Days(today)) }

  /// The clock on those of its days on which the law's date is within; the law of `today` narrows `today`.
  func narrowed(toLawOf days: Days) -> Clock {
    lawOf == nil ? Clock(days) : Clock(today, lawOf: days)
  }
}
