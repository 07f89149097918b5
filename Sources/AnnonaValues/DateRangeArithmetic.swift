extension DateRange {
  /// Each date moved by each whole number of months or days; what is not whole, overflows a month or leaves the calendar is a fault.
  public func shifted(
    by amounts: NumberRange, _ kind: DurationKind, overflow: MonthOverflow
  ) -> Possible<DateRange, DateFault> {
    guard let whole = amounts.intersection(with: .integers) else {
      return Possible(nil, faults: [.fractionalDuration])
    }
    var faults: Set<DateFault> = amounts.isWhole ? [] : [.fractionalDuration]
    if let date = single, let amount = whole.single {
      do {
        let moved = try date.adding(amount, kind, overflow: overflow)
        return Possible(.exactly(moved), faults: Self.sorted(faults))
      } catch {
        faults.insert(error)
        return Possible(nil, faults: Self.sorted(faults))
      }
    }
    if overflow == .error && kind == .months && mayHaveDay(after: 28) {
      faults.insert(.monthOverflow)
    }
    // Where `error` gives a date at all it is the one that `last_day` gives; and both move in step with date and amount.
    let mode = overflow == .error ? MonthOverflow.lastDay : overflow
    let least = Self.moved(lower, by: whole.lower, kind, mode, unbounded: -1)
    let greatest = Self.moved(upper, by: whole.upper, kind, mode, unbounded: 1)
    if least.side != 0 || greatest.side != 0 { faults.insert(.outOfRange) }
    let result =
      least.side > 0 || greatest.side < 0
      ? nil : DateRange(lower: least.date, upper: greatest.date)
    return Possible(result, faults: Self.sorted(faults))
  }

  /// The date moved; when it leaves the calendar, its nearest end and the side it left by.
  private static func moved(
    _ date: CalendarDate, by amount: Number?, _ kind: DurationKind, _ mode: MonthOverflow,
    unbounded: Int
  ) -> (date: CalendarDate, side: Int) {
    let side = amount?.sign ?? unbounded
    if let amount = amount?.integer, let moved = try? date.adding(amount, kind, overflow: mode) {
      return (moved, 0)
    }
    return (side < 0 ? .earliest : .latest, side)
  }

  /// From each date of the other range to each of this.
  public func days(since other: DateRange) -> NumberRange {
    Self.numbers(lower.days(since: other.upper), upper.days(since: other.lower))
  }

  /// Ages in whole years.
  public func completedYears(
    until later: DateRange, leapDayBirthday: LeapDayBirthday
  ) -> Possible<NumberRange, DateFault> {
    completed(until: later, mayDisagree: false) { one, other throws(DateFault) in
      try one.completedYears(until: other, leapDayBirthday: leapDayBirthday)
    }
  }

  public func completedMonths(
    until later: DateRange, overflow: MonthOverflow
  ) -> Possible<NumberRange, DateFault> {
    completed(until: later, overflow) { one, other, mode throws(DateFault) in
      try one.completedMonths(until: other, overflow: mode)
    }
  }

  public func completedYears(
    until later: DateRange, overflow: MonthOverflow
  ) -> Possible<NumberRange, DateFault> {
    completed(until: later, overflow) { one, other, mode throws(DateFault) in
      try one.completedYears(until: other, overflow: mode)
    }
  }

  private func completed(
    until later: DateRange, _ overflow: MonthOverflow,
    _ count: (CalendarDate, CalendarDate, MonthOverflow) throws(DateFault) -> Int
  ) -> Possible<NumberRange, DateFault> {
    if single != nil && later.single != nil || overflow != .error {
      return completed(until: later, mayDisagree: false) { one, other throws(DateFault) in
        try count(one, other, overflow)
      }
    }
    // Where the modes agree, each of them gives the count.
    return completed(until: later, mayDisagree: mayHaveDay(after: 28)) {
      one, other throws(DateFault) in
      try count(one, other, .lastDay)
    }
  }

  /// The count falls as this date rises, and rises with the later one.
  private func completed(
    until later: DateRange, mayDisagree: Bool,
    _ count: (CalendarDate, CalendarDate) throws(DateFault) -> Int
  ) -> Possible<NumberRange, DateFault> {
    var faults: Set<DateFault> = mayDisagree ? [.monthOverflow] : []
    if upper > later.lower { faults.insert(.datesReversed) }
    guard lower <= later.upper else { return Possible(nil, faults: [.datesReversed]) }
    do {
      let greatest = try count(lower, later.upper)
      let least = upper > later.lower ? 0 : try count(upper, later.lower)
      return Possible(Self.numbers(least, greatest), faults: Self.sorted(faults))
    } catch {
      faults.insert(error)
      return Possible(nil, faults: Self.sorted(faults))
    }
  }

  /// Whether a day of the month beyond this one is among the dates.
  private func mayHaveDay(after day: Int) -> Bool {
    let days = self.days
    return days.upper.map { $0 > Number(day) } ?? true
  }

  private static func sorted(_ faults: Set<DateFault>) -> [DateFault] {
    DateFault.allCases.filter(faults.contains)
  }
}
