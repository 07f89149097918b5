import AnnonaLanguage
import AnnonaValues

/// What of a program depends on a fact: everything else is left to the evaluator.
struct Dependence {
  let fact: FactID
  private(set) var rules: Set<RuleID> = []

  init(_ program: Program, on fact: FactID) {
    self.fact = fact
    // Each rule stands after all that it reads, so that one pass finds them all.
    for id in program.ruleOrder where reads(program.rules[id]) { rules.insert(id) }
  }

  private func reads(_ rule: Rule) -> Bool {
    var found = false
    rule.forEachExpression { if !found { found = self.depends($0) } }
    return found || rule.conditions.contains(where: rules.contains)
  }

  func depends(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .fact(let id, _) where id == fact: true
    case .rule(let id, _, _) where rules.contains(id): true
    default: expression.operands.contains(where: depends)
    }
  }

  /// Whether the evaluator can say what an expression comes to: it reads neither the fact, nor a variable bound outside, nor a rule's base.
  func isLeftToEvaluator(_ expression: Expression, bound: Set<Int> = []) -> Bool {
    switch expression.kind {
    case .fact(let id, _) where id == fact: return false
    case .rule(let id, _, _) where rules.contains(id): return false
    case .base: return false
    case .local(let slot): return bound.contains(slot)
    case .quantified(_, let slot, let list, let body), .map(let slot, let list, let body),
      .filter(let slot, let list, let body), .sort(let slot, let list, let body):
      return isLeftToEvaluator(list, bound: bound)
        && isLeftToEvaluator(body, bound: bound.union([slot]))
    default: return expression.operands.allSatisfy { isLeftToEvaluator($0, bound: bound) }
    }
  }
}

extension Program {
  /// Every rule that a benefit reads, by way of others too.
  func rules(readBy benefit: BenefitID) -> Set<RuleID> {
    var found: Set<RuleID> = []
    var waiting: [RuleID] = []
    func visit(_ expression: Expression) {
      expression.forEachNode { node in
        if case .rule(let id, _, _) = node.kind { waiting.append(id) }
      }
    }
    for expression in benefits[benefit].expressions { visit(expression) }
    while let id = waiting.popLast() {
      guard found.insert(id).inserted else { continue }
      rules[id].forEachExpression(visit)
      waiting += rules[id].conditions
    }
    return found
  }
}

extension Rule {
  /// The conditions of its bodies and of its exceptions'.
  fileprivate var conditions: [RuleID] {
    func conditions(_ version: Version) -> [RuleID] {
      if case .conditions(_, let conditions)? = version.body { conditions } else { [] }
    }
    func conditions(_ exception: ExceptionRule) -> [RuleID] {
      exception.versions.flatMap(conditions) + exception.nested.flatMap(conditions)
    }
    return versions.flatMap(conditions) + exceptions.flatMap(conditions)
  }
}
