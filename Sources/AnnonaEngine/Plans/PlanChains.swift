import AnnonaLanguage
import AnnonaValues

/// Rules that rely on one another in long chains, compiled from their beginnings, so that no depth grows with a chain's length.
extension PlanCompiler {
  private static let stride = 8

  /// Compiles every eighth rule of the chains that lead to benefits, those that rely on no other first.
  ///
  /// One that cannot be compiled by itself is met again where it is read, and says why.
  mutating func compileLongChains() {
    let reached = program.rulesOfBenefits
    var heights = [Int](repeating: 0, count: program.rules.count)
    for id in program.ruleOrder where reached.contains(id) {
      let below = program.rulesRead(by: id).map { heights[Int($0.index)] }.max() ?? 0
      heights[Int(id.index)] = below + 1
      guard (below + 1).isMultiple(of: Self.stride), program.columns(of: id).isEmpty else {
        continue
      }
      _ = try? value(of: id, nil, for: ownRow(of: program.rules[id].entity), ownMoment)
    }
  }
}

extension Program {
  /// All that decisions may read, by whatever way.
  fileprivate var rulesOfBenefits: Set<RuleID> {
    var reached: Set<RuleID> = []
    var waiting: [RuleID] = []
    for benefit in benefits {
      for root in benefit.expressions { root.forEachNode { waiting += $0.ruleRead } }
    }
    while let id = waiting.popLast() {
      if reached.insert(id).inserted { waiting += rulesRead(by: id) }
    }
    return reached
  }

  fileprivate func rulesRead(by id: RuleID) -> [RuleID] {
    var read: [RuleID] = []
    rules[id].forEachExpression { root in root.forEachNode { read += $0.ruleRead } }
    for case .conditions(_, let parts)? in rules[id].versions.map(\.body) { read += parts }
    return read
  }
}

extension Expression {
  fileprivate var ruleRead: [RuleID] {
    if case .rule(let id, _, _) = kind { [id] } else { [] }
  }
}
