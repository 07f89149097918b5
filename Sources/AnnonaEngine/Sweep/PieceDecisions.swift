import AnnonaLanguage
import AnnonaValues

/// A benefit's outcome and amount for all values of a fact within a stretch.
extension PieceReader {
  struct BenefitPiece {
    let outcome: Outcome
    /// 0 for what is refused.
    let amount: SteppedLine

    static func refused(_ outcome: Outcome) -> BenefitPiece {
      BenefitPiece(outcome: outcome, amount: SteppedLine(.zero))
    }

    var isRefusal: Bool { outcome == .notEntitled || outcome == .notApplicable }
  }

  /// - Parameter strict: reads the same with mere defaults left open; a refusal has to stand there too.
  func decide(
    _ id: BenefitID, for instance: Int32, _ strict: PieceReader?
  ) throws(Undecided) -> BenefitPiece {
    let piece = try decide(id, for: instance, on: plain.clock.today.first, paying: nil)
    guard let strict, piece.isRefusal else { return piece }
    let second = try strict.decide(id, for: instance, on: plain.clock.today.first, paying: nil)
    return second.isRefusal ? piece : second
  }

  /// Force, `applies`, `entitled`, `amount` in turn.
  private func decide(
    _ id: BenefitID, for instance: Int32, on date: CalendarDate, paying: Expression?
  ) throws(Undecided) -> BenefitPiece {
    let benefit = program.benefits[id]
    guard program.rulebooks[benefit.rulebook].inForce.contains(date) else {
      return .refused(.notInForce)
    }
    var scope = PieceScope(
      rule: nil, instance: instance, today: date,
      place: TurningPoint(rule: nil, citations: benefit.citations, span: benefit.span))
    if let under = benefit.under { scope.law = try self.date(under, scope) }
    if let applies = benefit.applies, try !truth(applies, scope) { return .refused(.notApplicable) }
    if let entitled = benefit.entitled, try !truth(entitled, scope) {
      return .refused(.notEntitled)
    }
    if let amount = paying ?? benefit.amount {
      let line = try number(amount, scope)
      if try isSign(of: line, scope, amount.span, { $0 < 0 }) {
        throw fault(.negativeAmount, scope, amount.span)
      }
      return BenefitPiece(outcome: .entitled, amount: line)
    }
    return BenefitPiece(
      outcome: .entitled, amount: try payments(of: id, benefit, for: instance, scope))
  }

  /// All payments together, on dates on which the fact has no influence.
  private func payments(
    of id: BenefitID, _ benefit: Benefit, for instance: Int32, _ scope: PieceScope
  ) throws(Undecided) -> SteppedLine {
    var total = SteppedLine(.zero)
    if benefit.payments.isEmpty { return total }
    for payment in benefit.payments
    where payment.dates.expressions.contains(where: dependence.depends) {
      throw .notLinear(TurningPoint(rule: nil, citations: payment.citations, span: payment.span))
    }
    let plan = plain.plan(of: id, for: instance)
    switch plan.dates {
    case .known: break
    case .open(let possible): throw .open(possible.waits)
    case .error(let faults): throw .failing(faults)
    }
    for planned in plan.payments {
      guard let payment = benefit.payments.first(where: { $0.name == planned.name }) else {
        continue
      }
      let piece = try decide(id, for: instance, on: planned.date, paying: payment.amount)
      if piece.outcome == .notEntitled { continue }
      guard piece.outcome == .entitled else {
        throw .notLinear(TurningPoint(rule: nil, citations: payment.citations, span: payment.span))
      }
      total = try exact(scope, payment.span) { () throws(ArithmeticFault) in
        try total + piece.amount
      }
    }
    return total
  }
}
