import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import RandomPrograms
import Testing

/// Giving a fact that was open may narrow what is open, and changes nothing else.
@Suite("Giving facts")
struct MonotonicityTests {
  private static let seeds: [UInt64] = (0..<8).map { $0 &* 1_000_003 &+ 2025 }

  @Test(arguments: seeds)
  func neverChangesWhatIsKnown(seed: UInt64) throws {
    var kinds = [0, 0, 0]
    for round in 0..<20 {
      let generated = RandomProgram(seed &+ UInt64(round) &* 7919)
      var random = generated.random
      let program = generated.program
      for household in 0..<4 {
        let place = "seed \(seed), program \(round), household \(household)"
        let facts = RandomCase(program, &random)
        let before = states(program, facts)
        for state in before {
          switch state {
          case .known: kinds[0] += 1
          case .open: kinds[1] += 1
          case .error: kinds[2] += 1
          }
        }
        var more = facts
        more.give(random.int(20...100), except: [], &random)
        for (rule, (one, other)) in zip(before, states(program, more)).enumerated() {
          if let fault = violation(one, other) {
            Issue.record("\(place), \(program.rules[rule].name): \(fault): \(one) then \(other)")
            return
          }
        }
        for (rule, state) in before.enumerated() {
          guard case .open(let possible) = state else { continue }
          var beside = facts
          beside.give(100, except: possible.waits, &random)
          let after = states(program, beside)[rule]
          if !isSame(state, after) {
            Issue.record(
              "\(place), \(program.rules[rule].name) did not wait for what mattered: \(state) then \(after)"
            )
            return
          }
        }
      }
    }
    // A generator that only ever met one kind would prove nothing.
    #expect(kinds.allSatisfy { $0 * 20 > kinds.reduce(0, +) }, "\(kinds)")
  }

  private func states(_ program: Program, _ facts: RandomCase) -> [State] {
    let evaluator = Evaluator(program, facts.given, today: CalendarDate.latest)
    // A child's own rule is read through the household's.
    let states = program.rules.indices.map { index in
      program.rules[index].entity == program.caseEntity
        ? evaluator.value(of: RuleID(index)) : .known(.null)
    }
    if facts.isComplete {
      for state in states {
        if case .open = state { Issue.record("open, though everything is given: \(state)") }
      }
    }
    return states
  }

  private func isSame(_ one: State, _ other: State) -> Bool {
    one.domain == other.domain && one.isError == other.isError
      && one.faults.isEmpty == other.faults.isEmpty
  }

  private func violation(_ one: State, _ other: State) -> String? {
    switch one {
    case .known: return one == other ? nil : "known has changed"
    case .error: return other.isError ? nil : "an error has vanished"
    case .open(let possible):
      if !other.faults.isEmpty, possible.mayFail.isEmpty { return "fails unforeseen" }
      return isWithin(other.domain, possible.domain) ? nil : "outside what was possible"
    }
  }

  private func isWithin(_ one: Domain, _ other: Domain) -> Bool {
    if one.canBeNull && !other.canBeNull { return false }
    switch (one.present, other.present) {
    case (nil, _): return true
    case (.boolean(let a)?, .boolean(let b)?):
      return (!a.canBeTrue || b.canBeTrue) && (!a.canBeFalse || b.canBeFalse)
    case (.number(let a)?, .number(let b)?): return a.isSubset(of: b)
    default: return false
    }
  }
}
