import AnnonaLanguage
import AnnonaValues

/// What a rule's body says: a formula, cases, conditions, a table, a scale.
extension Evaluator {
  func value(of body: Body, _ scope: Scope, _ output: Int?) -> State {
    switch body {
    case .value(let expression): evaluate(expression, scope)
    case .cases(let branches, let otherwise): value(ofCases: branches, otherwise, scope)
    case .conditions(let every, let rules): value(ofConditions: rules, every: every, scope)
    case .table(let table): value(of: table, output ?? 0, scope)
    case .scale(let scale): value(of: scale, scope)
    }
  }

  /// Down to the first that holds; an error reached before it ends the list, since nothing can be known beyond it.
  private func value(
    ofCases branches: [CaseBranch], _ otherwise: Expression?, _ scope: Scope
  ) -> State {
    var candidates: [State] = []
    var waits: [Waits] = []
    var faults: [Faults] = []
    for branch in branches {
      let condition = evaluate(branch.when, scope)
      switch condition {
      case .known(.boolean(false)): continue
      case .known, .open: break
      case .error:
        return .merge(candidates + [condition], waits: .union(waits), mayFail: .union(faults))
      }
      waits.append(condition.waits)
      faults.append(condition.faults)
      let truth = condition.truth
      if truth.canBeTrue { candidates.append(evaluate(branch.value, scope)) }
      if !truth.canBeFalse {
        if candidates.count == 1 { noting?.note(chosen: branch.value.span) }
        return .merge(candidates, waits: .union(waits), mayFail: .union(faults))
      }
    }
    if let otherwise {
      if candidates.isEmpty { noting?.note(chosen: otherwise.span) }
      candidates.append(evaluate(otherwise, scope))
    } else {
      candidates.append(
        .error([fault(.noCase, scope, branches.last?.when.span ?? ruleSpan(scope))]))
    }
    return .merge(candidates, waits: .union(waits), mayFail: .union(faults))
  }

  func ruleSpan(_ scope: Scope) -> Span {
    scope.rule.map { program.rules[$0].span } ?? Span(file: 0, start: 0, end: 0)
  }

  private func value(ofConditions rules: [RuleID], every: Bool, _ scope: Scope) -> State {
    var deciding = State.Deciding(!every)
    for rule in rules where !deciding.isDecided {
      deciding.add(condition(rule, scope))
    }
    dismiss(deciding)
    noteConditions(ruleSpan(scope)) { rules.map { self.condition($0, scope) } }
    return deciding.result
  }

  func condition(_ rule: RuleID, _ scope: Scope) -> State {
    value(of: RuleKey(rule: rule, instance: scope.instance, clock: scope.clock, output: nil))
  }

  /// On what lies between each threshold and the next, the rate beside the first of them.
  private func value(of scale: Scale, _ scope: Scope) -> State {
    parts(of: scale, scope).reduce(.known(.number(.zero))) { total, part in
      arithmetic(.add, total, part, scope, scale.of.span)
    }
  }

  /// What accrues within each bracket.
  func parts(of scale: Scale, _ scope: Scope) -> [State] {
    let amount = evaluate(scale.of, scope)
    let thresholds = scale.brackets.map { evaluate($0.above, scope) }
    let rates = scale.brackets.map { evaluate($0.rate, scope) }
    let span = scale.of.span
    return thresholds.enumerated().map { index, threshold in
      let above = scale.brackets[index].above
      note(.greater, scale.of, amount, above, threshold, scope, at: above.span)
      var top = amount
      if index + 1 < thresholds.count {
        top = least(top, thresholds[index + 1])
      }
      let within = greatest(
        arithmetic(.subtract, top, threshold, scope, span), .known(.number(.zero)))
      return arithmetic(.multiply, within, rates[index], scope, span)
    }
  }
}
