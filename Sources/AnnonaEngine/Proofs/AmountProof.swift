import AnnonaLanguage
import AnnonaValues

/// An amount that is paid must come out in whole units of its currency's smallest coin.
func proveAmounts(of benefit: Benefit, _ examiner: Examiner) -> [Diagnostic] {
  ([benefit.amount].compactMap { $0 } + benefit.payments.map(\.amount)).flatMap {
    proveAmount($0, of: benefit, examiner)
  }
}

private func proveAmount(
  _ amount: Expression, of benefit: Benefit, _ examiner: Examiner
) -> [Diagnostic] {
  guard let unit = amount.type.numberType?.unit,
    let currency = unit.currency, let coin = Unit.minorUnit(ofCurrency: currency)
  else { return [] }
  let program = examiner.program
  let evaluator = examiner.evaluator(during: program.rulebooks[benefit.rulebook].inForce.days)
  let entity = benefit.members.map { program.places[$0].member } ?? program.caseEntity
  let state = evaluator.value(of: amount, for: evaluator.anyone(entity))
  guard let range = state.domain.numbers, !range.isMultiple(of: coin) else { return [] }
  return [
    .amountNotRounded(
      benefit.name, amount.span, coin: coin.canonicalText, unit: unit.description,
      step: range.step?.canonicalText)
  ]
}

extension ValueType {
  var numberType: NumberType? {
    if case .number(let type) = present { return type }
    return nil
  }
}
