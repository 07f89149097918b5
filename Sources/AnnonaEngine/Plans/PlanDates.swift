import AnnonaLanguage
import AnnonaValues
import CKernels

/// Dates, durations and periods.
extension PlanCompiler {
  mutating func dated(
    _ expression: Expression, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    switch expression.kind {
    case .shift(let date, let amount, let kind, let subtract, let overflow):
      let (day, length) = (
        try present(try value(date, scope)), try present(try value(amount, scope))
      )
      let (amount, isWhole) = try whole(length)
      let count = subtract ? try builder.negate(amount) : amount
      return try shifted(day, by: count, kind, overflow ?? .error)
        .valid(also: length.valid).valid(also: [isWhole])
    case .daysApart(let later, let earlier):
      let (one, other) = (
        try present(try value(later, scope)), try present(try value(earlier, scope))
      )
      let days = try builder.subtract(try dayNumber(one), try dayNumber(other))
      return PlanValue(.number(.whole(days)), valid: union([one.valid, other.valid]))
    case .period(let first, let last):
      let (one, other) = (
        try present(try value(first, scope)), try present(try value(last, scope))
      )
      return PlanValue(
        .period(first: try code(one), last: try code(other)),
        valid: union([one.valid, other.valid]))
    case .call(let function, let arguments, let calendar):
      var values: [PlanValue] = []
      for argument in arguments { values.append(try present(try value(argument, scope))) }
      return try call(function, values, calendar, scope)
    default: throw Unplannable("no date")
    }
  }

  /// A whole number, and where it is one.
  private mutating func whole(
    _ value: PlanValue
  ) throws(Unplannable) -> (column: PlacedColumn, valid: PlacedColumn) {
    let number = try number(value)
    if number.quantum.isZero { return (.same(0), .yes) }
    guard let parts = number.quantum.smallParts else {
      throw Unplannable("quantities without a common measure")
    }
    let count = try builder.multiply(number.count, .same(Int64(parts.numerator)))
    let divisor = try builder.multiply(number.over ?? .same(1), .same(Int64(parts.denominator)))
    let whole = try builder.divide(count, divisor)
    let isWhole = try builder.compare(.equal, try builder.multiply(whole, divisor), count)
    return (whole, isWhole)
  }

  private mutating func shifted(
    _ day: PlanValue, by count: PlacedColumn, _ kind: DurationKind, _ overflow: MonthOverflow
  ) throws(Unplannable) -> PlanValue {
    let date = try code(day)
    if let from = date.constant, let length = count.constant {
      guard let start = PlanDate.date(from),
        let end = try? start.adding(Int(length), kind, overflow: overflow)
      else { return PlanValue(.code(.same(0)), valid: [.no]) }
      return PlanValue(.code(.same(PlanDate.code(end))), valid: day.valid)
    }
    let result = try calendar(
      kind == .months ? ANNONA_ADD_MONTHS : ANNONA_ADD_DAYS, [date, count],
      mode: mode(overflow), range: -1...PlanDate.all.upperBound)
    let exists = try builder.compare(.greaterOrEqual, result, .same(0))
    return PlanValue(.code(result), valid: union([day.valid, [exists]]))
  }

  private func mode(_ overflow: MonthOverflow) -> Int {
    switch overflow {
    case .error: 0
    case .lastDay: 1
    case .nextDay: 2
    }
  }

  private mutating func calendar(
    _ operation: annona_operation, _ operands: [PlacedColumn], mode: Int = 0,
    range: ClosedRange<Int64>
  ) throws(Unplannable) -> PlacedColumn {
    var filled: [PlacedColumn] = []
    for operand in operands { filled.append(try builder.filled(operand, at: operand.placement)) }
    let (columns, placement) = try builder.joined(filled)
    return try builder.step(operation, at: placement, with: mode, columns, range: range)
  }

  private mutating func dayNumber(_ day: PlanValue) throws(Unplannable) -> PlacedColumn {
    let date = try code(day)
    if let constant = date.constant {
      return .same(Int64(PlanDate.date(constant)?.dayNumber ?? 0))
    }
    return try calendar(ANNONA_DAY_NUMBER, [date], range: 1...3_652_059)
  }

  // MARK: - Functions

  private mutating func call(
    _ function: Expression.DateFunction, _ arguments: [PlanValue], _ calendar: Calendar,
    _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    let valid = union(arguments.map(\.valid))
    guard let first = arguments.first else { throw Unplannable("a call without arguments") }
    switch function {
    case .age, .yearsBetween, .monthsBetween:
      let last = arguments.count > 1 ? arguments[1] : PlanValue(.code(scope.moment.today))
      return try elapsed(function, first, last, calendar).valid(also: valid)
    case .daysBetween:
      let days = try builder.subtract(try dayNumber(arguments[1]), try dayNumber(first))
      let isForward = try builder.compare(.greaterOrEqual, days, .same(0))
      return PlanValue(.number(.whole(days)), valid: valid).valid(also: [isForward])
    case .year:
      return PlanValue(.number(.whole(try builder.shifted(try code(first), by: 9))), valid: valid)
    case .month:
      let months = try builder.masked(try builder.shifted(try code(first), by: 5), 15)
      return PlanValue(.number(.whole(months)), valid: valid)
    case .day:
      return PlanValue(.number(.whole(try builder.masked(try code(first), 31))), valid: valid)
    case .startOfMonth:
      let date = try code(first)
      let day = try builder.masked(date, 31)
      let start = try builder.add(try builder.subtract(date, day), .same(1))
      return PlanValue(.code(start), valid: valid)
    case .endOfMonth:
      let date = try code(first)
      if let constant = date.constant {
        let end = PlanDate.date(constant).map { PlanDate.code($0.endOfMonth) }
        return PlanValue(.code(.same(end ?? 0)), valid: valid)
      }
      let end = try self.calendar(ANNONA_MONTH_END, [date], range: PlanDate.all)
      return PlanValue(.code(end), valid: valid)
    case .date: return try date(arguments).valid(also: valid)
    case .first, .last:
      guard case .period(let start, let end) = first.content else {
        throw Unplannable("a period that is none")
      }
      return PlanValue(.code(function == .first ? start : end), valid: valid)
    case .period:
      let (count, isWhole) = try whole(arguments[1])
      let end = try shifted(first, by: count, .months, calendar.monthOverflow ?? .error)
      let last = try shifted(end, by: .same(-1), .days, .error)
      return PlanValue(.period(first: try code(first), last: try code(last)), valid: valid)
        .valid(also: last.valid).valid(also: end.valid).valid(also: [isWhole])
    }
  }

  private mutating func elapsed(
    _ function: Expression.DateFunction, _ first: PlanValue, _ last: PlanValue,
    _ calendar: Calendar
  ) throws(Unplannable) -> PlanValue {
    let (from, to) = (try code(first), try code(last))
    guard function != .age else {
      // Month and day together are below 512, so that a borrow takes a year.
      let until = try anniversary(to, calendar.leapDayBirthday ?? .mar1)
      let isForward = try builder.compare(.lessOrEqual, from, to)
      let apart = try builder.subtract(until, from)
      return PlanValue(.number(.whole(try builder.shifted(apart, by: 9))), valid: [])
        .valid(also: [isForward])
    }
    if let start = from.constant.flatMap(PlanDate.date),
      let end = to.constant.flatMap(PlanDate.date)
    {
      let overflow = calendar.monthOverflow ?? .error
      let count =
        function == .yearsBetween
        ? try? start.completedYears(until: end, overflow: overflow)
        : try? start.completedMonths(until: end, overflow: overflow)
      return PlanValue(
        .number(.whole(.same(Int64(count ?? 0)))), valid: count == nil ? [.no] : [])
    }
    let mode = mode(calendar.monthOverflow ?? .error) + (function == .yearsBetween ? 4 : 0)
    let count = try self.calendar(ANNONA_MONTHS, [from, to], mode: mode, range: -1...120_000)
    let exists = try builder.compare(.greaterOrEqual, count, .same(0))
    return PlanValue(.number(.whole(count)), valid: [exists])
  }

  /// The last day of a common year's February, for those born on a leap day, counts as the leap day where they are older then.
  private mutating func anniversary(
    _ today: PlacedColumn, _ birthday: LeapDayBirthday
  ) throws(Unplannable) -> PlacedColumn {
    guard birthday == .feb28 else { return today }
    if let constant = today.constant {
      guard let date = PlanDate.date(constant), date.month == 2, date.day == 28,
        !CalendarDate.isLeap(date.year)
      else { return today }
      return .same(constant + 1)
    }
    let isDay = try builder.compare(
      .equal, try builder.masked(today, 511), .same(Int64(2 << 5 | 28)))
    let end = try calendar(ANNONA_MONTH_END, [today], range: PlanDate.all)
    let isLast = try builder.and(isDay, try builder.compare(.equal, today, end))
    return try builder.subtract(today, isLast)
  }

  private mutating func date(_ arguments: [PlanValue]) throws(Unplannable) -> PlanValue {
    var parts: [PlacedColumn] = []
    var areWhole: [PlacedColumn] = []
    for argument in arguments {
      let (part, isWhole) = try whole(argument)
      parts.append(part)
      areWhole.append(isWhole)
    }
    guard parts.count == 3 else { throw Unplannable("a date without year, month and day") }
    if let year = parts[0].constant, let month = parts[1].constant, let day = parts[2].constant {
      let date = CalendarDate(year: Int(year), month: Int(month), day: Int(day))
      return PlanValue(
        .code(.same(date.map(PlanDate.code) ?? 0)), valid: date == nil ? [.no] : areWhole)
    }
    let result = try calendar(
      ANNONA_MAKE_DATE, parts, range: -1...PlanDate.all.upperBound)
    let exists = try builder.compare(.greaterOrEqual, result, .same(0))
    return PlanValue(.code(result), valid: [exists]).valid(also: areWhole)
  }
}
