import AnnonaValues

/// `pays:`: how much, and on which dates.
extension Checker {
  func checkPayment(_ syntax: PaymentSyntax, in context: Context) -> Payment? {
    let amount = syntax.amount.flatMap { checkAmount($0, in: context) }
    let dates = checkDates(syntax, in: context)
    guard let amount, let dates else { return nil }
    return Payment(
      name: syntax.name.text, title: text(syntax.title, in: context.book),
      citations: citations(syntax.citations, in: context.book), amount: amount, dates: dates,
      span: syntax.name.span)
  }

  private func checkDates(_ syntax: PaymentSyntax, in context: Context) -> Payment.Dates? {
    if let once = syntax.once {
      return checkTyped(once, .date, "date", in: context).map { .once($0) }
    }
    guard let every = syntax.every, let anchor = syntax.starting ?? syntax.after else { return nil }
    guard let during = syntax.during else {
      report(.paymentsWithoutEnd(syntax.name))
      return nil
    }
    guard let step = checkStep(every, in: context),
      let from = checkTyped(anchor, .date, "date", in: context),
      let period = checkTyped(during, .period, "period", in: context)
    else { return nil }
    let overflow = books[context.book].calendar.monthOverflow
    if step.kind == .months, overflow == nil {
      report(.monthOverflowUndeclared(at: every.span, words: nil))
      return nil
    }
    return .every(
      step.length, step.kind, from: from, skipsAnchor: syntax.starting == nil, during: period,
      step.kind == .months ? overflow : nil)
  }

  /// The time from one payment to the next, in whole months or whole days.
  private func checkStep(
    _ syntax: ExpressionSyntax, in context: Context
  ) -> (length: Expression, kind: DurationKind)? {
    guard let value = checkExpression(syntax, in: context), requirePresent(value) else {
      return nil
    }
    guard let kind = value.type.numberType?.unit.durationKind,
      let length = coerce(
        value, to: .quantity(kind == .months ? Unit("month") : Unit("day")))
    else {
      report(
        .wrongType(
          at: syntax.span, expected: "month", got: describe(value.type),
          fix: fix(value, toBe: .quantity(.month))))
      return nil
    }
    if let number = constantNumber(length) {
      guard number.sign > 0 else {
        report(.paymentsWithoutStep(at: syntax.span))
        return nil
      }
      guard number.isInteger else {
        report(.fractionalDuration(at: syntax.span, unit: kind == .months ? "month" : "day"))
        return nil
      }
    }
    return (length, kind)
  }

  /// A constant, also one that is converted: `1 year` in months.
  private func constantNumber(_ expression: Expression) -> Number? {
    switch expression.kind {
    case .constant(.number(let number)): number
    case .convert(let inner, let ratio): constantNumber(inner).flatMap { try? $0 * ratio }
    default: nil
    }
  }

  func checkTyped(
    _ syntax: ExpressionSyntax, _ type: ValueType, _ name: String, in context: Context
  ) -> Expression? {
    guard let value = checkExpression(syntax, in: context), requirePresent(value) else {
      return nil
    }
    if value.type == type { return value }
    report(
      .wrongType(
        at: syntax.span, expected: name, got: describe(value.type), fix: fix(value, toBe: type)))
    return nil
  }
}
