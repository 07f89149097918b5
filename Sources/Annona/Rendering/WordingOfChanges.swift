import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// The sentences about what was changed, and about what would change a decision.
extension Wording {
  /// The amount of a benefit that is granted, else its outcome.
  func result(_ decision: BenefitDecision?, of declared: Benefit) -> String {
    guard let decision else { return outcome(.notApplicable, of: declared) }
    guard decision.outcome == .entitled,
      let type = declared.amount?.type ?? declared.payments.first?.amount.type
    else { return outcome(decision.outcome, of: declared) }
    if let amount = decision.amount?.knownValue { return value(amount, type) }
    return decision.plan?.total.map { number($0, type) } ?? outcome(.entitled, of: declared)
  }

  /// `Family allowance: Maria: 158.17 EUR/month instead of 182.41 EUR/month (-24.24 EUR/month)`
  func change(_ change: BenefitChange, _ facts: Case) -> String {
    let declared = program.benefits[change.benefit]
    let title = text(declared.title) ?? declared.name
    let owner =
      change.after.map { heading($0.benefit, for: $0.member) }
      ?? title + (change.member.map { ": " + $0 } ?? "")
    let after = result(change.after, of: declared)
    if !change.isChange { return "\(owner): \(phrase(.unchanged, after))" }
    var words = "\(owner): \(phrase(.insteadOf, after, result(change.before, of: declared)))"
    if let type = declared.amount?.type ?? declared.payments.first?.amount.type,
      let difference = change.difference, !difference.isZero
    {
      words += " (\(difference.isNegative ? "" : "+")\(number(difference, type)))"
    }
    return words
  }

  /// `182.41 EUR/month with The household's yearly income up to 35 648.20 EUR/year (now 36 000.00 EUR/year)`
  func counterfactual(_ change: Counterfactual, of decision: BenefitDecision) -> String {
    let declared = program.benefits[decision.benefit]
    let type = declared.amount?.type ?? declared.payments.first?.amount.type ?? .null
    let result =
      change.outcome == .entitled
      ? number(change.amount, type) : outcome(change.outcome, of: declared)
    let factType = program.facts[change.fact.fact].type
    let name = name(of: change.fact)
    let then = value(change.then, factType)
    let words: String
    switch (change.then, change.now) {
    case (.number(let then_), .number(let now)):
      words = phrase(then_ < now ? .withUpTo : .withFrom, result, name, then)
    default: words = phrase(.withValue, result, name, then)
    }
    return "\(words) (\(phrase(.nowIs, value(change.now, factType))))" + suffix(change.turn)
  }

  private func suffix(_ turn: TurningPoint?) -> String {
    turn.flatMap { self.turn($0) }.map { " [\($0)]" } ?? ""
  }
}

extension DecisionJSON {
  /// What would change a decision.
  func counterfactual(_ change: Counterfactual, of decision: BenefitDecision) -> JSONValue {
    let declared = program.benefits[decision.benefit]
    let type = declared.amount?.type ?? declared.payments.first?.amount.type ?? .null
    let factType = program.facts[change.fact.fact].type
    return .object([
      "fact": .string(canonical.id(of: change.fact.fact, for: change.fact.instance)),
      "now": .string(canonical.text(change.now, factType)),
      "then": .string(canonical.text(change.then, factType)),
      "through": .optional(change.through.map { canonical.text(.number($0), factType) }),
      "outcome": .string(change.outcome.rawValue),
      "amount": .string(canonical.text(.number(change.amount), type)),
      "amount_now": .string(canonical.text(.number(change.amountNow), type)),
      "rule": .optional(change.turn?.rule.map { program.rules[$0].name }),
      "cites": .optional(change.turn?.citations.first?.text),
    ])
  }

  func change(_ change: BenefitChange) -> JSONValue {
    let declared = program.benefits[change.benefit]
    let type = declared.amount?.type ?? declared.payments.first?.amount.type ?? .null
    func result(_ decision: BenefitDecision?) -> JSONValue {
      guard let decision else { return .null }
      let amount = decision.outcome == .entitled ? decision.amount?.knownValue : nil
      let total =
        decision.outcome == .entitled ? decision.plan?.total.map { Value.number($0) } : nil
      return .object([
        "outcome": .string(decision.outcome.rawValue),
        "amount": .optional((amount ?? total).map { canonical.text($0, type) }),
      ])
    }
    return .object([
      "benefit": .string(declared.name), "for": .optional(change.member),
      "before": result(change.before), "after": result(change.after),
      "difference": .optional(change.difference.map { canonical.text(.number($0), type) }),
    ])
  }
}
