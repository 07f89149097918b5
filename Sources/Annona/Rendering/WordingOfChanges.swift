import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// The sentences about what was changed, and about what would change a decision.
extension Wording {
  /// The amount of a benefit that is granted, else its outcome.
  func result(_ decision: BenefitDecision?, of declared: Benefit) -> String {
    guard let decision else { return outcome(.notApplicable, of: declared) }
    guard decision.outcome == .entitled,
      let type = declared.paidType
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
    if let type = declared.paidType,
      let difference = change.difference, !difference.isZero
    {
      words += " (\(difference.isNegative ? "" : "+")\(number(difference, type)))"
    }
    return words
  }

  /// `182.41 EUR/month with The household's yearly income up to 35 648.20 EUR/year (now 36 000.00 EUR/year); Income tier: 3 instead of 4`
  func counterfactual(_ change: Counterfactual, for audience: Audience = .auditor) -> String {
    let factType = program.facts[change.fact.fact].type
    let result = self.result(change.result, of: change.goal)
    let name = audience == .auditor ? name(of: change.fact) : plainName(of: change.fact)
    let then = value(change.then, factType)
    var words: String
    if case (.number(let number), .number(let now)) = (change.then, change.now) {
      words = phrase(number < now ? .withUpTo : .withFrom, result, name, then)
    } else {
      words = phrase(.withValue, result, name, then)
    }
    words += " (\(phrase(.nowIs, value(change.now, factType))))"
    for step in change.steps { words += "; " + self.step(step) }
    let turn = audience == .auditor ? turn(change.turn) : citations(change.turn?.citations ?? [])
    return words + (turn.map { " [\($0)]" } ?? "")
  }

  /// `Income tier: 3 instead of 4`
  private func step(_ step: Counterfactual.Step) -> String {
    let rule = program.rules[step.rule]
    let title = text(rule.title) ?? rule.name
    let values = phrase(.insteadOf, value(step.then, rule.type), value(step.now, rule.type))
    return "\(title): \(values)"
  }

  /// The amount of a benefit that is granted, else its outcome; a rule's value.
  private func result(_ result: Counterfactual.Result, of goal: SweepGoal) -> String {
    switch goal {
    case .benefit(let id, _):
      let declared = program.benefits[id]
      guard let outcome = result.outcome else { return value(result.value, .null) }
      guard outcome == .entitled, let type = declared.paidType else {
        return self.outcome(outcome, of: declared)
      }
      return value(result.value, type)
    case .rule(let rule, _, _): return value(result.value, program.rules[rule].type)
    case .sum: return value(result.value, .null)
    }
  }

  /// What would change a decision or a value, for programs.
  func json(_ change: Counterfactual) -> JSONValue {
    let factType = program.facts[change.fact.fact].type
    var members: [JSONValue.Member] = [
      .init("fact", .string(canonical.id(of: change.fact.fact, for: change.fact.instance))),
      .init("now", .string(canonical.text(change.now, factType))),
      .init("then", .string(canonical.text(change.then, factType))),
      .init(
        "through", .optional(change.through.map { canonical.text(.number($0), factType) })),
    ]
    func add(_ name: String, _ value: Value, _ type: ValueType?) {
      members.append(.init(name, .optional(type.map { canonical.text(value, $0) })))
    }
    switch change.goal {
    case .benefit(let id, _):
      let declared = program.benefits[id]
      let type = declared.paidType
      members.append(.init("outcome", .optional(change.outcome?.name(of: declared))))
      add("amount", change.result.value, type)
      add("amount_now", change.resultNow.value, type)
    case .rule(let rule, _, _):
      add("value", change.result.value, program.rules[rule].type)
      add("value_now", change.resultNow.value, program.rules[rule].type)
    case .sum: break
    }
    members.append(.init("steps", .array(change.steps.map(json))))
    members.append(.init("rule", .optional(change.turn?.rule.map { program.rules[$0].name })))
    members.append(.init("cites", .optional(change.turn?.citations.first?.text)))
    members.append(.init("text", .string(counterfactual(change, for: .citizen))))
    return .object(members)
  }

  private func json(_ step: Counterfactual.Step) -> JSONValue {
    let type = program.rules[step.rule].type
    return .object([
      "rule": .string(canonical.id(of: step.rule, for: step.instance)),
      "now": .string(canonical.text(step.now, type)),
      "then": .string(canonical.text(step.then, type)),
    ])
  }
}

extension Benefit {
  /// Of what is paid; `nil` where nothing is.
  fileprivate var paidType: ValueType? { amount?.type ?? payments.first?.amount.type }
}

extension DecisionJSON {
  func change(_ change: BenefitChange) -> JSONValue {
    let declared = program.benefits[change.benefit]
    let type = declared.paidType ?? .null
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
