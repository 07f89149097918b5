public import AnnonaEngine
import AnnonaLanguage

extension DecidedCase {
  /// Facts that were given and that nothing of these decisions rests on, by member, then by declaration; texts, which are there to be
  /// shown, are not among them.
  ///
  /// - Parameter benefits: those that matter; all of them without.
  public func unusedFacts(of benefits: [BenefitDecision]? = nil) -> [CaseFact] {
    var used: Set<CaseFact> = []
    func visit(_ node: TraceNode) {
      if case .notReached = node.role { return }
      if case .fact(let fact, let instance) = node.kind {
        used.insert(CaseFact(fact, of: instance))
      }
      node.children.forEach(visit)
    }
    for (decision, parts) in evaluator().traces(of: benefits ?? self.benefits) {
      for (_, tree) in parts { visit(tree) }
      paymentTraces(of: decision).forEach(visit)
    }
    return facts.instances.indices.flatMap { index in
      program.entities[facts.instances[index].entity].facts.map { CaseFact($0, of: Int32(index)) }
    }.filter { isGiven($0) && !used.contains($0) }
  }

  /// What the dates of payments come from, and the amounts of those that could not be decided.
  private func paymentTraces(of decision: BenefitDecision) -> [TraceNode] {
    guard let plan = decision.plan else { return [] }
    let declared = program.benefits[decision.benefit].payments
    let instance = decision.member ?? 0
    let asOf = evaluator()
    let dates = declared.flatMap(\.dates.expressions).map {
      asOf.trace($0, of: decision.benefit, for: instance)
    }
    let amounts = plan.payments.filter { $0.amount?.knownValue == nil }.compactMap { payment in
      declared.first { $0.name == payment.name }.map { declared in
        evaluator(on: payment.date).trace(
          declared.amount, of: decision.benefit, for: instance)
      }
    }
    return dates + amounts
  }

  private func isGiven(_ fact: CaseFact) -> Bool {
    guard program.facts[fact.fact].type.present != .text else { return false }
    return switch facts.state(of: fact.fact, for: fact.instance) {
    case .known, .absent, .declined, .varying, .conflicting: true
    case .notGiven, .assumed, .awaitingJudgement: false
    }
  }
}
