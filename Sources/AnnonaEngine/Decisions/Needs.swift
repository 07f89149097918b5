import AnnonaLanguage
import AnnonaValues

/// What is needed, in which order, and who can still be asked.
extension Evaluator {
  /// All that was met in the rules read, and in those that they read.
  func collected(_ notes: Notes) -> Notes {
    var all = notes
    var rest = Array(notes.read)
    while let key = rest.popLast() {
      guard let inner = memo[key]?.notes else { continue }
      all.dismissed.formUnion(inner.dismissed)
      all.assumed.formUnion(inner.assumed)
      for next in inner.read where all.read.insert(next).inserted { rest.append(next) }
    }
    return all
  }

  /// Outer entities first, then by declaration, facts before lists, then in the order of the members given.
  func inOrder(_ waits: Waits) -> [Wait] {
    waits.sorted { one, other in
      let (a, b) = (rank(one), rank(other))
      if a != b { return a.lexicographicallyPrecedes(b) }
      return one < other
    }
  }

  private func rank(_ wait: Wait) -> [Int] {
    switch wait {
    case .fact(let instance, let fact, _):
      [nesting(program.facts[fact].entity), 0, Int(fact.index), Int(instance)]
    case .members(let instance, let place):
      [nesting(program.places[place].holder), 1, Int(place.index), Int(instance)]
    case .parameter(let parameter, _): [Int.max, 0, Int(parameter.index), 0]
    }
  }

  private func nesting(_ entity: EntityID) -> Int {
    var depth = 0
    var next = program.entities[entity].container
    while let container = next, depth <= program.entities.count {
      depth += 1
      next = program.entities[container].container
    }
    return depth
  }

  /// Why nobody can be asked for it; `nil` where somebody can.
  func referral(_ wait: Wait) -> Referral? {
    cause(wait).map { Referral(wait: wait, cause: $0) }
  }

  private func cause(_ wait: Wait) -> Referral.Cause? {
    switch wait {
    case .fact(let instance, let fact, let period):
      return cause(facts.state(of: fact, for: instance), program.facts[fact], period)
    case .members(let instance, let place):
      return facts.members(of: place, for: instance) == .declined ? .declined : nil
    case .parameter(let id, let from):
      let entry = program.parameters[id].entries.first { $0.from == from }
      guard case .unverified(let why, _)? = entry?.figure else { return .unverified(why: .init()) }
      return .unverified(why: why)
    }
  }

  private func cause(
    _ state: FactState, _ fact: Fact, _ period: CalendarDate?
  ) -> Referral.Cause? {
    switch state {
    case .declined: return .declined
    case .conflicting: return .conflicting
    case .awaitingJudgement:
      if case .office(let office) = fact.judge { return .judge(office: office) }
      return .judge(office: "")
    case .varying(let spells):
      // Of one month, what was said of that month; of all of them, whether none can still be asked.
      if let period {
        let spell = spells.first {
          $0.from <= period && ($0.through.map { period <= $0 } ?? true)
        }
        return spell.flatMap { cause($0.state, fact, period) }
      }
      return spells.lazy.compactMap { self.cause($0.state, fact, nil) }.first
    case .known, .absent, .assumed, .notGiven: return nil
    }
  }

  /// The rules worked out so far for the members there are.
  func values() -> [Decision.RuleValue] {
    reached.filter { $0.instance >= 0 }.sorted { one, other in
      (one.instance, one.rule.index, one.output ?? -1, one.clock.today.first)
        < (other.instance, other.rule.index, other.output ?? -1, other.clock.today.first)
    }.compactMap { key in
      guard let state = memo[key]?.state, key.clock.lawOf == nil,
        let day = key.clock.today.only
      else { return nil }
      return Decision.RuleValue(
        rule: key.rule, instance: key.instance, output: key.output,
        date: key.clock == clock ? nil : day, state: state,
        isSupposed: supposition(key.rule, for: key.instance) != nil)
    }
  }
}
