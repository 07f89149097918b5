import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

/// Which steps decided: without all the facts that did not, an outcome stands as it is.
@Suite("Determining facts") struct DeterminationTests {
  @Test(arguments: RulebooksCheckTests.ids)
  func othersCanBeTakenAway(_ id: String) throws {
    let program = try #require(LawRulebook.load(id).rulebook).program
    var households = PartialHouseholds(program, seed: 31)
    var taken = 0
    for round in 0..<60 {
      guard let (facts, today) = households.next() else { return }
      let whole = round.isMultiple(of: 2) ? households.completed(facts, on: today) : facts
      let evaluator = Evaluator(program, whole, today: today)
      for decision in decide(program, whole, today: today).benefits
      where decision.outcome == .entitled || decision.outcome == .notEntitled {
        let determining = Self.determining(decision, evaluator)
        let less = Self.keeping(determining, of: whole, program, &taken)
        let after = decide(program, less, today: today).benefits.first {
          $0.benefit == decision.benefit && $0.member == decision.member
        }
        guard after?.outcome == decision.outcome, after?.amount?.domain == decision.amount?.domain,
          after?.plan?.total == decision.plan?.total
        else {
          Issue.record(
            "\(id), seed 31, household \(round), \(today): \(program.benefits[decision.benefit].name) was \(decision.outcome), became \(String(describing: after?.outcome))"
          )
          return
        }
      }
    }
    print("\(id): \(taken) facts that did not decide were taken away")
  }

  struct Key: Hashable {
    let fact: FactID
    let instance: Int32
  }

  static func determining(_ decision: BenefitDecision, _ evaluator: Evaluator) -> Set<Key> {
    let parts = evaluator.traces(of: [decision])[0].parts
    let determination = Determination(
      parts.map(\.tree), from: parts.filter { $0.part.decides(decision.outcome) }.map(\.tree))
    var found: Set<Key> = []
    func look(_ node: TraceNode) {
      if case .fact(let fact, let instance) = node.kind, determination.contains(node) {
        found.insert(Key(fact: fact, instance: instance))
      }
      node.children.forEach(look)
    }
    parts.map(\.tree).forEach(look)
    return found
  }

  static func keeping(
    _ kept: Set<Key>, of facts: Case, _ program: Program, _ taken: inout Int
  ) -> Case {
    var builder = Case.Builder(program, from: facts)
    for (index, instance) in facts.instances.enumerated() {
      for fact in program.entities[instance.entity].facts
      where !kept.contains(Key(fact: fact, instance: Int32(index)))
        && facts.state(of: fact, for: Int32(index)) != .notGiven
      {
        builder.set(fact, of: Int32(index), to: .notGiven)
        taken += 1
      }
    }
    return builder.build()
  }
}
