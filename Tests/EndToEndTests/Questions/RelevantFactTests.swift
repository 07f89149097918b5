import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

/// What holds of every rulebook below `Rules`, whoever the household is.
@Suite("Missing facts") struct RelevantFactTests {
  private static let rounds = 40

  private func program(_ id: String) throws -> Program {
    try #require(LawRulebook.load(id).rulebook).program
  }

  private func each(
    _ id: String, seed: UInt64,
    _ body: (Case, CalendarDate, Decision, inout PartialHouseholds) -> String?
  ) throws {
    let program = try program(id)
    var households = PartialHouseholds(program, seed: seed)
    for round in 0..<Self.rounds {
      guard let (facts, today) = households.next() else { return }
      let decision = decide(program, facts, today: today)
      if let fault = body(facts, today, decision, &households) {
        Issue.record("\(id), seed \(seed), household \(round), \(today): \(fault)")
        return
      }
    }
  }

  private func decision(
    like one: BenefitDecision, in decision: Decision
  ) -> BenefitDecision? {
    decision.benefits.first { $0.benefit == one.benefit && $0.member == one.member }
  }

  @Test(arguments: RulebooksCheckTests.ids)
  func otherFactsNeverMatter(_ id: String) throws {
    let program = try program(id)
    try each(id, seed: 11) { facts, today, before, households in
      let open = before.benefits.flatMap { benefit in
        Array(benefit.openFacts.elements) + benefit.referrals.map(\.wait)
          + (benefit.plan?.payments.flatMap { $0.referrals.map(\.wait) } ?? [])
      }
      let beside = households.completed(facts, on: today, except: Set(open))
      let after = decide(program, beside, today: today)
      for one in before.benefits {
        guard let other = decision(like: one, in: after) else { return "a decision is gone" }
        if one.outcome != other.outcome || one.bounds != other.bounds
          || one.amount?.domain != other.amount?.domain || one.plan?.total != other.plan?.total
        {
          return "\(program.benefits[one.benefit].name) was \(one.outcome), became \(other.outcome)"
        }
      }
      return nil
    }
  }

  @Test(arguments: RulebooksCheckTests.ids)
  func questionsAreWhatIsWaitedFor(_ id: String) throws {
    let program = try program(id)
    try each(id, seed: 12) { facts, today, before, _ in
      let relevant = Questioning(program, facts, today: today).relevantFacts(for: before.benefits)
      let waits = before.benefits.flatMap { $0.openFacts.elements }
      if Waits(relevant.map(\.wait)) != Waits(waits) || relevant.count != Waits(waits).count {
        return "asks for other facts"
      }
      if let silent = relevant.first(where: { $0.readers.isEmpty || $0.touches.isEmpty }) {
        return "nobody needs \(silent.wait)"
      }
      // A gate goes before all that is none.
      let gates = relevant.map { fact -> Bool in
        if case .fact(_, let id, _) = fact.wait { return program.facts[id].isGate }
        return false
      }
      return gates == gates.filter { $0 } + gates.filter { !$0 } ? nil : "a gate comes late"
    }
  }

  @Test(arguments: RulebooksCheckTests.ids)
  func moreFactsNeverChangeWhatIsKnown(_ id: String) throws {
    let rulebook = try #require(LawRulebook.load(id).rulebook)
    var known = 0
    try each(id, seed: 13) { facts, today, _, households in
      let more = households.completed(facts, on: today, part: 5)
      let after = Dictionary(
        rulebook.decide(more, on: today).values(all: true).map { ($0.id, $0.state) }
      ) { first, _ in first }
      for value in rulebook.decide(facts, on: today).values(all: true) {
        guard case .known = value.state else { continue }
        known += 1
        if let other = after[value.id], other != value.state {
          return "\(value.id) was \(value.state), became \(other)"
        }
      }
      return nil
    }
    let program = rulebook.program
    #expect(known > 0 || program.rules.isEmpty || program.entities.isEmpty)
  }

  @Test(arguments: RulebooksCheckTests.ids)
  func boundsHoldForEveryCompletion(_ id: String) throws {
    let program = try program(id)
    try each(id, seed: 14) { facts, today, before, households in
      for _ in 0..<4 {
        let whole = households.completed(facts, on: today)
        let after = decide(program, whole, today: today)
        for one in before.benefits {
          let others = after.benefits.filter { other in
            other.benefit == one.benefit && (one.member == nil || other.member == one.member)
          }
          for other in others {
            if let fault = violation(one, other) {
              return "\(program.benefits[one.benefit].name): \(fault)"
            }
          }
        }
      }
      return nil
    }
  }

  private func violation(_ one: BenefitDecision, _ other: BenefitDecision) -> String? {
    switch one.outcome {
    case .undetermined, .refer: break
    default:
      let isSame =
        one.outcome == other.outcome && one.amount?.knownValue == other.amount?.knownValue
      return isSame ? nil : "was \(one.outcome), became \(other.outcome)"
    }
    guard let bounds = one.bounds else { return nil }
    let paid: Number
    switch other.outcome {
    case .entitled:
      guard case .number(let amount)? = other.amount?.knownValue else { return nil }
      paid = amount
    case .notEntitled, .notApplicable: paid = .zero
    default: return nil
    }
    return bounds.contains(paid) ? nil : "\(paid) is not within \(bounds)"
  }

  /// Also where what was assumed without a law turns out otherwise.
  @Test(arguments: RulebooksCheckTests.ids)
  func refusalsRestOnWhatIsKnown(_ id: String) throws {
    let program = try program(id)
    try each(id, seed: 15) { facts, today, before, households in
      let whole = households.completed(facts, on: today, defaults: true)
      let after = decide(program, whole, today: today)
      for one in before.benefits where one.outcome == .notEntitled {
        guard let other = decision(like: one, in: after) else { return "a decision is gone" }
        if other.outcome != .notEntitled, other.outcome != .notApplicable {
          return "refused \(program.benefits[one.benefit].name), then \(other.outcome)"
        }
      }
      return nil
    }
  }

  /// A declined fact is as open as one that was never asked for.
  @Test(arguments: RulebooksCheckTests.ids)
  func decliningNeverRefuses(_ id: String) throws {
    let program = try program(id)
    try each(id, seed: 16) { facts, today, before, _ in
      var builder = Case.Builder(program, from: facts)
      for benefit in before.benefits {
        for wait in benefit.openFacts.elements {
          switch wait {
          case .fact(let instance, let fact, _):
            builder.set(fact, of: instance, to: .declined)
          case .members(let holder, let place): builder.decline(place, of: holder)
          case .parameter: break
          }
        }
      }
      let after = decide(program, builder.build(), today: today)
      for one in before.benefits {
        guard let other = decision(like: one, in: after) else { return "a decision is gone" }
        let expected = one.outcome == .undetermined ? Outcome.refer : one.outcome
        if other.outcome != expected || other.bounds != one.bounds {
          return "\(one.outcome) became \(other.outcome)"
        }
      }
      return nil
    }
  }

  /// Never narrower than what enumeration finds; how much wider is printed.
  @Test(arguments: RulebooksCheckTests.ids)
  func enumerationIsWithinTheBounds(_ id: String) throws {
    let program = try program(id)
    var looked = 0
    var exact = 0
    var shared = 0
    var excess = Number.zero
    try each(id, seed: 17) { facts, today, before, households in
      for one in before.benefits {
        let questioning = Questioning(program, facts, today: today)
        if questioning.completions(of: one)?.outcome != nil { shared += 1 }
        guard one.outcome == .undetermined, one.referrals.isEmpty,
          one.member != nil || program.benefits[one.benefit].members == nil,
          let bounds = one.bounds,
          let truth = truth(one, program, facts, today, &households)
        else { continue }
        guard truth.isSubset(of: bounds) else { return "\(truth) is not within \(bounds)" }
        if let tight = questioning.completions(of: one)?.bounds,
          tight.lower != truth.lower || tight.upper != truth.upper
        {
          return "\(truth) is not what is displayed, \(tight)"
        }
        looked += 1
        guard let low = truth.lower, let high = truth.upper, let least = bounds.lower,
          let most = bounds.upper
        else { continue }
        if low == least, high == most { exact += 1 }
        if let wide = try? most - least, let near = try? high - low, !wide.isZero,
          let part = try? (wide - near) / wide, let sum = try? excess + part
        {
          excess = sum
        }
      }
      return nil
    }
    guard looked > 0, let mean = try? excess / Number(looked) * Number(100),
      let shown = try? mean.rounded(to: .one, .halfUp)
    else { return }
    print(
      "\(id), seed 17: bounds of \(looked) open decisions, \(exact) exact, on average \(shown) % of the width is more than enumeration finds; \(shared) outcomes certain in every completion"
    )
  }

  /// From the least to the greatest of what the values at which rules turn lead to.
  private func truth(
    _ one: BenefitDecision, _ program: Program, _ facts: Case, _ today: CalendarDate,
    _ households: inout PartialHouseholds
  ) -> NumberRange? {
    var cases = [facts]
    for wait in one.needs {
      guard case .fact(let instance, let fact, nil) = wait else { return nil }
      let states = households.worth(fact, on: today)
      guard !states.isEmpty, cases.count * states.count <= 300 else { return nil }
      cases = cases.flatMap { known in
        states.map { state in
          var builder = Case.Builder(program, from: known)
          builder.set(fact, of: instance, to: state)
          return builder.build()
        }
      }
    }
    var range: NumberRange?
    for whole in cases {
      let found = Evaluator(program, whole, today: today).decide(one.benefit).first {
        $0.member == one.member
      }
      guard let found else { return nil }
      var paid = Number.zero
      switch found.outcome {
      case .entitled:
        guard case .number(let amount)? = found.amount?.knownValue else { return nil }
        paid = amount
      case .notEntitled, .notApplicable: break
      default: continue
      }
      range = range?.hull(with: .exactly(paid)) ?? .exactly(paid)
    }
    // What enumeration finds has no step of its own.
    return range.flatMap { NumberRange(lower: $0.lower, upper: $0.upper, step: bounds(one)) }
  }

  private func bounds(_ one: BenefitDecision) -> Number? { one.bounds?.step }
}
