import AnnonaLanguage
import AnnonaValues

/// Dates, durations and periods.
extension Evaluator {
  func evaluateDate(_ expression: Expression, _ scope: Scope) -> State {
    let span = expression.span
    switch expression.kind {
    case .shift(let date, let amount, let kind, let subtract, let overflow):
      let (start, distance) = (evaluate(date, scope), evaluate(amount, scope))
      if case .known(.date(let day)) = start, case .known(.number(let number)) = distance {
        return known(scope, span) { () throws(DateFault) in
          .date(try day.adding(subtract ? -number : number, kind, overflow: overflow ?? .error))
        }
      }
      return strict([start, distance], scope, span) { operands in
        guard let date = operands[0].dates, let amount = operands[1].numbers else {
          return State.Result(.none)
        }
        let shifted = date.shifted(
          by: subtract ? -amount : amount, kind, overflow: overflow ?? .error)
        return self.result(shifted.values.map { .date($0) }, shifted.faults, scope, span)
      }
    case .daysApart(let later, let earlier):
      return dates([later, earlier], scope, span) { .number($0[0].days(since: $0[1])) }
    case .period(let first, let last):
      return dates([first, last], scope, span) { .period($0[0], $0[1]) }
    case .call(let function, let arguments, let calendar):
      return call(function, arguments.map { evaluate($0, scope) }, calendar, scope, span)
    default: return .error([])
    }
  }

  private func dates(
    _ operands: [Expression], _ scope: Scope, _ span: Span,
    _ apply: @escaping ([DateRange]) -> Domain.Present
  ) -> State {
    dates(operands.map { evaluate($0, scope) }, scope, span, apply)
  }

  private func dates(
    _ operands: [State], _ scope: Scope, _ span: Span, _ apply: ([DateRange]) -> Domain.Present
  ) -> State {
    strict(operands, scope, span) { operands in
      let dates = operands.compactMap(\.dates)
      guard dates.count == operands.count else { return State.Result(.none) }
      return State.Result(Domain(apply(dates)))
    }
  }

  private func result(
    _ present: Domain.Present?, _ faults: [DateFault], _ scope: Scope, _ span: Span
  ) -> State.Result {
    State.Result(
      Domain(present), mayFail: Faults(faults.map { fault(.init($0), scope, span) }))
  }

  // MARK: - Functions

  private func call(
    _ function: Expression.DateFunction, _ arguments: [State], _ calendar: Calendar,
    _ scope: Scope, _ span: Span
  ) -> State {
    switch function {
    case .age, .yearsBetween, .monthsBetween:
      return elapsed(function, arguments, calendar, scope, span)
    case .daysBetween:
      return daysBetween(arguments, scope, span)
    case .year, .month, .day:
      if case .known(.date(let day)) = arguments[0] { return .known(.number(part(function, day))) }
      return dates(arguments, scope, span) { dates in
        switch function {
        case .year: .number(dates[0].years)
        case .month: .number(dates[0].months)
        default: .number(dates[0].days)
        }
      }
    case .startOfMonth: return dates(arguments, scope, span) { .date($0[0].startOfMonth) }
    case .endOfMonth: return dates(arguments, scope, span) { .date($0[0].endOfMonth) }
    case .date: return date(arguments, scope, span)
    case .first, .last:
      return strict(arguments, scope, span) { operands in
        guard case .period(let first, let last)? = operands[0].present else {
          return State.Result(.none)
        }
        return State.Result(Domain(.date(function == .first ? first : last)))
      }
    case .period: return period(arguments, calendar, scope, span)
    }
  }

  private func part(_ function: Expression.DateFunction, _ day: CalendarDate) -> Number {
    let parts = day.parts
    return switch function {
    case .year: Number(parts.year)
    case .month: Number(parts.month)
    default: Number(parts.day)
    }
  }

  /// What comes out where all operands are known.
  private func known(
    _ scope: Scope, _ span: Span, _ value: () throws(DateFault) -> Value
  ) -> State {
    do throws(DateFault) {
      return .known(try value())
    } catch {
      return .error([fault(.init(error), scope, span)])
    }
  }

  /// Whole years or months from the first date to the second, or to `today`.
  private func elapsed(
    _ function: Expression.DateFunction, _ arguments: [State], _ calendar: Calendar,
    _ scope: Scope, _ span: Span
  ) -> State {
    let later = arguments.count > 1 ? arguments[1] : scope.clock.today.state
    if case .known(.date(let first)) = arguments[0], case .known(.date(let last)) = later {
      return known(scope, span) { () throws(DateFault) in
        let overflow = calendar.monthOverflow ?? .error
        let elapsed =
          switch function {
          case .age:
            try first.completedYears(
              until: last, leapDayBirthday: calendar.leapDayBirthday ?? .mar1)
          case .yearsBetween: try first.completedYears(until: last, overflow: overflow)
          default: try first.completedMonths(until: last, overflow: overflow)
          }
        return .number(Number(elapsed))
      }
    }
    return strict([arguments[0], later], scope, span) { operands in
      guard let first = operands[0].dates, let last = operands[1].dates else {
        return State.Result(.none)
      }
      let elapsed =
        switch function {
        case .age:
          first.completedYears(
            until: last, leapDayBirthday: calendar.leapDayBirthday ?? .mar1)
        case .yearsBetween:
          first.completedYears(until: last, overflow: calendar.monthOverflow ?? .error)
        default: first.completedMonths(until: last, overflow: calendar.monthOverflow ?? .error)
        }
      return self.result(elapsed.values.map { .number($0) }, elapsed.faults, scope, span)
    }
  }

  private func daysBetween(_ arguments: [State], _ scope: Scope, _ span: Span) -> State {
    strict(arguments, scope, span) { operands in
      guard let first = operands[0].dates, let last = operands[1].dates else {
        return State.Result(.none)
      }
      let days = last.days(since: first)
      let forward = days.intersection(with: .counts)
      return self.result(
        forward.map { .number($0) }, forward == days ? [] : [.datesReversed], scope, span)
    }
  }

  /// `date(y, m, d)`; a day that does not exist is an error.
  private func date(_ arguments: [State], _ scope: Scope, _ span: Span) -> State {
    strict(arguments, scope, span) { operands in
      let parts = operands.compactMap(\.numbers)
      guard parts.count == 3 else { return State.Result(.none) }
      let known = parts.compactMap { $0.single?.integer }
      if known.count == 3 {
        let date = CalendarDate(year: known[0], month: known[1], day: known[2])
        return self.result(
          date.map { .date(.exactly($0)) }, date == nil ? [.outOfRange] : [], scope, span)
      }
      return self.result(.date(self.span(ofYears: parts[0])), [.outOfRange], scope, span)
    }
  }

  private func span(ofYears years: NumberRange) -> DateRange {
    let first = years.lower?.integer.flatMap { CalendarDate(year: $0, month: 1, day: 1) }
    let last = years.upper?.integer.flatMap { CalendarDate(year: $0, month: 12, day: 31) }
    return DateRange(lower: first ?? .earliest, upper: last ?? .latest) ?? .all
  }

  /// From the first day, for a whole number of months; the last day is the one before the next such period would begin.
  private func period(
    _ arguments: [State], _ calendar: Calendar, _ scope: Scope, _ span: Span
  ) -> State {
    strict(arguments, scope, span) { operands in
      guard let first = operands[0].dates, let amount = operands[1].numbers else {
        return State.Result(.none)
      }
      let end = first.shifted(by: amount, .months, overflow: calendar.monthOverflow ?? .error)
      let last = end.values?.shifted(by: .exactly(-.one), .days, overflow: .error)
      return self.result(
        last?.values.map { .period(first, $0) }, end.faults + (last?.faults ?? []), scope, span)
    }
  }
}
