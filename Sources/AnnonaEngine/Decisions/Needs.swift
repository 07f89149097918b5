import AnnonaLanguage
import AnnonaValues

/// What is needed, in which order, and who can still be asked.
extension Evaluator {
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
    reached.map { (key: memo.entries[Int($0)].key, number: $0) }.filter { key, _ in
      key.instance >= 0 && key.clock.lawOf == nil && key.clock.today.only != nil
    }.sorted { $0.key.comesBefore($1.key) }.map { key, number in
      Decision.RuleValue(
        rule: key.rule, instance: key.instance, output: key.output,
        date: key.clock == clock ? nil : key.clock.today.only, state: memo.state(number),
        isSupposed: supposition(key.rule, for: key.instance) != nil)
    }
  }
}

extension RuleKey {
  /// By instance, then in declaration order, then by date.
  fileprivate func comesBefore(_ other: RuleKey) -> Bool {
    if instance != other.instance { return instance < other.instance }
    if rule != other.rule { return rule < other.rule }
    if output != other.output { return output ?? -1 < other.output ?? -1 }
    return clock.today.first < other.clock.today.first
  }
}
