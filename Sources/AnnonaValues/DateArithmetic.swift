extension CalendarDate {
  public func adding(days: Int) throws(DateFault) -> CalendarDate {
    let (sum, overflow) = dayNumber.addingReportingOverflow(days)
    guard !overflow, let date = CalendarDate(dayNumber: sum) else { throw .outOfRange }
    return date
  }

  /// Years and months together, rounded once; a day that does not exist is what `overflow` says, also when subtracting.
  public func adding(
    months: Int, overflow: MonthOverflow
  ) throws(DateFault) -> CalendarDate {
    let (year, month, day) = parts
    let (count, tooFar) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !tooFar, count >= 12, count < 120_000 else { throw .outOfRange }
    let length = Self.days(inMonth: count % 12 + 1, ofYear: count / 12)
    let first = Self.dayNumber(count / 12, count % 12 + 1, 1)
    if day <= length { return CalendarDate(unchecked: first + day - 1) }
    switch overflow {
    case .error: throw .monthOverflow
    case .lastDay: return CalendarDate(unchecked: first + length - 1)
    case .nextDay: return CalendarDate(unchecked: first + length)
    }
  }

  /// A whole number of months or days, as the kind says.
  public func adding(
    _ amount: Int, _ kind: DurationKind, overflow: MonthOverflow
  ) throws(DateFault) -> CalendarDate {
    switch kind {
    case .months: try adding(months: amount, overflow: overflow)
    case .days: try adding(days: amount)
    }
  }

  /// As with an `Int`; what is not whole is the fault `fractionalDuration`.
  public func adding(
    _ amount: Number, _ kind: DurationKind, overflow: MonthOverflow
  ) throws(DateFault) -> CalendarDate {
    guard amount.isInteger else { throw .fractionalDuration }
    guard let amount = amount.integer else { throw .outOfRange }
    return try adding(amount, kind, overflow: overflow)
  }

  /// Negative when the other date is later.
  @inlinable
  public func days(since other: CalendarDate) -> Int { dayNumber - other.dayNumber }

  /// A person's age in whole years on a later date.
  public func completedYears(
    until later: CalendarDate, leapDayBirthday: LeapDayBirthday
  ) throws(DateFault) -> Int {
    guard self <= later else { throw .datesReversed }
    let birth = parts
    let end = later.parts
    var anniversary = (birth.month, birth.day)
    if anniversary == (2, 29) && !Self.isLeap(end.year) {
      anniversary = leapDayBirthday == .feb28 ? (2, 28) : (3, 1)
    }
    return end.year - birth.year - ((end.month, end.day) < anniversary ? 1 : 0)
  }

  /// The greatest n for which this date plus n months is not after the later date; under `error`, where `last_day` and
  /// `next_day` agree.
  public func completedMonths(
    until later: CalendarDate, overflow: MonthOverflow
  ) throws(DateFault) -> Int {
    guard self <= later else { throw .datesReversed }
    switch overflow {
    case .lastDay: return months(until: later, lastDayCounts: true)
    case .nextDay: return months(until: later, lastDayCounts: false)
    case .error:
      let months = months(until: later, lastDayCounts: true)
      guard months == self.months(until: later, lastDayCounts: false) else { throw .monthOverflow }
      return months
    }
  }

  /// The greatest n for which this date plus n years is not after the later date; under `error`, where `last_day` and
  /// `next_day` agree.
  public func completedYears(
    until later: CalendarDate, overflow: MonthOverflow
  ) throws(DateFault) -> Int {
    guard self <= later else { throw .datesReversed }
    switch overflow {
    case .lastDay: return months(until: later, lastDayCounts: true) / 12
    case .nextDay: return months(until: later, lastDayCounts: false) / 12
    case .error:
      let years = months(until: later, lastDayCounts: true) / 12
      guard years == months(until: later, lastDayCounts: false) / 12 else { throw .monthOverflow }
      return years
    }
  }

  /// The later date is not before this one. A day that the last month lacks is reached on that month's last day, or not
  /// before the next month.
  private func months(until later: CalendarDate, lastDayCounts: Bool) -> Int {
    let start = parts
    let end = later.parts
    let months = (end.year - start.year) * 12 + end.month - start.month
    if end.day >= start.day { return months }
    let isLastDay = end.day == Self.days(inMonth: end.month, ofYear: end.year)
    return isLastDay && lastDayCounts ? months : months - 1
  }
}
