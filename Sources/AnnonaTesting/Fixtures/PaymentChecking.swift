import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Looks up what a case expects a benefit to pay over time.
struct PaymentChecking {
  private let program: Program
  private let benefit: Benefit
  private let syntax: ExpectationSyntax

  init(_ program: Program, _ benefit: BenefitID, _ syntax: ExpectationSyntax) {
    self.program = program
    self.benefit = program.benefits[benefit]
    self.syntax = syntax
  }

  func payments(_ found: inout [Diagnostic]) -> ExpectedPayments? {
    var payments = ExpectedPayments()
    payments.from = syntax.from?.date
    payments.through = syntax.through?.date
    if let from = syntax.from, let through = syntax.through, from.date > through.date {
      found.append(.daysReversed(at: from.span))
    }
    if let time = benefit.time, payments.from == nil {
      found.append(.scheduleWithoutDays(benefit.name, per: time, at: syntax.name.span))
    }
    for entry in syntax.payments {
      if let date = CalendarDate(text: entry.name.text) {
        if let day = day(entry, date, &found) { payments.days.append(day) }
      } else if let series = series(entry, &found) {
        payments.series.append(series)
      }
    }
    payments.total = syntax.total.flatMap { value($0, benefit.totalType, &found) }
    return payments
  }

  private func day(
    _ entry: PaymentSyntax, _ date: CalendarDate, _ found: inout [Diagnostic]
  ) -> ExpectedPayments.Day? {
    let others = [
      ("payments", entry.payments?.span), ("first", entry.first?.span),
      ("last", entry.last?.span), ("total", entry.total?.span),
    ]
    for case (let key, let span?) in others {
      found.append(.dayHasOneAmount(key, entry.name.text, at: span))
    }
    guard let amount = entry.amount else { return nil }
    if case .one(let word) = amount, let outcome = Outcome(rawValue: word.text) {
      return ExpectedPayments.Day(date: date, outcome: outcome)
    }
    return value(amount, benefit.paymentType, &found).map {
      ExpectedPayments.Day(date: date, amount: $0)
    }
  }

  private func series(
    _ entry: PaymentSyntax, _ found: inout [Diagnostic]
  ) -> ExpectedPayments.Series? {
    let name = entry.name.text
    let names = benefit.payments.map(\.name)
    let isPeriod = benefit.payments.isEmpty && name == benefit.time
    guard names.contains(name) || isPeriod else {
      let near = didYouMean(name, among: names + [benefit.time].compactMap { $0 })
      found.append(.unknownPayment(name, of: benefit.name, near: near, at: entry.name.span))
      return nil
    }
    var series = ExpectedPayments.Series(payment: isPeriod ? nil : name, name: name)
    if let count = entry.payments {
      series.count = Number(text: count.text).flatMap { $0.sign < 0 ? nil : $0.integer }
      if series.count == nil { found.append(.notACount(count.text, at: count.span)) }
    }
    series.first = entry.first?.date
    series.last = entry.last?.date
    series.amount = entry.amount.flatMap { value($0, benefit.paymentType, &found) }
    series.total = entry.total.flatMap { value($0, benefit.totalType, &found) }
    return series
  }

  private func value(
    _ text: ExpectedTextSyntax, _ type: ValueType?, _ found: inout [Diagnostic]
  ) -> ExpectedValue? {
    guard let type else {
      found.append(
        .notAValue(text.text, of: syntax.name.text, "a benefit without an amount", at: text.span))
      return nil
    }
    let reading = ExpectedValueReading(program: program, type: type) { _, _ in nil }
    let value = reading.read(text)
    if value == nil {
      found.append(.notAValue(text.text, of: syntax.name.text, reading.phrase, at: text.span))
    }
    if value?.isReversed ?? false {
      found.append(.boundsReversed(text.text, at: text.span))
      return nil
    }
    return value
  }
}

extension Benefit {
  /// What one payment is; `nil` for a benefit that pays nothing.
  var paymentType: ValueType? { amount?.type ?? payments.first?.amount.type }

  /// What all payments together are: money per month is money once its months are added up.
  var totalType: ValueType? {
    guard case .number(var number)? = paymentType?.present else { return nil }
    if let time { number.unit = number.unit * Unit(time) }
    return .number(number)
  }
}
