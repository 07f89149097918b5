import AnnonaValues

/// `over`: a fact, rule or expression as of each month, day or year of a period.
extension Checker {
  func checkSeries(
    _ operand: ExpressionSyntax, _ window: WindowSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    // A test made today says nothing about another day.
    var inner = context
    inner.narrowed = []
    guard let value = checkExpression(operand, in: inner), requirePresent(value) else { return nil }
    guard let number = value.type.numberType, let variation = variation(of: number.unit) else {
      report(.seriesWithoutPeriod(at: operand.span, describe(value.type)))
      return nil
    }
    guard let period = checkWindow(window, variation, in: context) else { return nil }
    return Expression(
      .series(value, over: period, variation), type: .list(value.type), span: span)
  }

  /// The one period of time that the unit is counted per.
  private func variation(of unit: Unit) -> Variation? {
    let periods: [(String, Variation)] = [
      ("month", .monthly), ("year", .yearly), ("day", .daily),
    ]
    return periods.first { name, _ in
      (unit * Unit(name)).names.count < unit.names.count
    }?.1
  }

  private func checkWindow(
    _ window: WindowSyntax, _ variation: Variation, in context: Context
  ) -> Expression? {
    switch window {
    case .period(let syntax):
      guard let period = checkExpression(syntax, in: context) else { return nil }
      if period.type == .period { return period }
      report(
        .wrongType(at: syntax.span, expected: "period", got: describe(period.type), fix: nil))
      return nil
    case .last(let length, let before):
      return checkLast(length, before, variation, in: context)
    }
  }

  /// `last 12 months before d`: the twelve whole months before the month that `d` is in.
  private func checkLast(
    _ length: ExpressionSyntax, _ before: ExpressionSyntax?, _ variation: Variation,
    in context: Context
  ) -> Expression? {
    guard let duration = checkExpression(length, in: context), requirePresent(duration) else {
      return nil
    }
    let unit = Unit(variation == .daily ? "day" : "month")
    guard let steps = coerce(duration, to: .quantity(unit)) else {
      report(
        .wrongType(
          at: length.span, expected: unit.description, got: describe(duration.type),
          fix: fix(duration, toBe: .quantity(unit))))
      return nil
    }
    var end = Expression(.today, type: .date, span: length.span)
    if let before {
      guard let date = checkExpression(before, in: context), requirePresent(date) else {
        return nil
      }
      guard date.type == .date else {
        report(
          .wrongType(at: before.span, expected: "date", got: describe(date.type), fix: nil))
        return nil
      }
      end = date
    }
    return last(steps, before: start(of: variation, end), variation, length.span)
  }

  private func start(of variation: Variation, _ date: Expression) -> Expression {
    switch variation {
    case .monthly:
      return Expression(.call(.startOfMonth, [date], Calendar()), type: .date, span: date.span)
    case .yearly:
      let one = Expression(.constant(.number(.one)), type: .integer, span: date.span)
      let year = Expression(.call(.year, [date], Calendar()), type: .integer, span: date.span)
      return Expression(.call(.date, [year, one, one], Calendar()), type: .date, span: date.span)
    case .daily, .never: return date
    }
  }

  private func last(
    _ steps: Expression, before end: Expression, _ variation: Variation, _ span: Span
  ) -> Expression {
    let kind: DurationKind = variation == .daily ? .days : .months
    let day = Expression(.constant(.number(.one)), type: .quantity(Unit("day")), span: span)
    let from = Expression(
      .shift(end, by: steps, kind, subtract: true, .lastDay), type: .date, span: span)
    let through = Expression(
      .shift(end, by: day, .days, subtract: true, nil), type: .date, span: span)
    return Expression(.period(from, through), type: .period, span: span)
  }
}

extension Variation {
  /// The period that a fact has one value for.
  var unit: Unit {
    switch self {
    case .monthly: Unit("month")
    case .yearly: Unit("year")
    case .daily: Unit("day")
    case .never: .none
    }
  }
}
