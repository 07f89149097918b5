import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Makes a household that breaks a property as small as it gets while it still does.
struct Shrinking {
  private let check: PropertyCheck

  init(_ check: PropertyCheck) { self.check = check }

  /// So often everything is gone through again, since one change may make room for another.
  private static let rounds = 8

  /// Nobody can be taken out of it, and no one fact can be made simpler or come nearer to the simplest value.
  func smallest(_ suspect: PropertySearch.Suspect) -> PropertySearch.Suspect {
    var sketch = suspect.sketch
    for _ in 0..<Self.rounds {
      let smaller = simplified(onFirstDay(withFewer(sketch, suspect.key), suspect.key), suspect.key)
      if smaller == sketch { break }
      sketch = smaller
    }
    return PropertySearch.Suspect(sketch: sketch.numbered(check.program), key: suspect.key)
  }

  private func breaks(_ sketch: HouseholdSketch, _ key: Int) -> Bool {
    if case .broken = check.finding(sketch, key) { return true }
    return false
  }

  private func withFewer(_ sketch: HouseholdSketch, _ key: Int) -> HouseholdSketch {
    var smaller = sketch
    // The last first, so that the names of those who stay begin at the beginning.
    for member in sketch.members.reversed() where smaller.member(member.key) != nil {
      guard canGo(member.key, from: smaller) else { continue }
      let without = smaller.removing(member.key)
      if breaks(without, key) { smaller = without }
    }
    return smaller
  }

  private func canGo(_ key: Int, from sketch: HouseholdSketch) -> Bool {
    for holder in sketch.members {
      for (place, held) in zip(check.program.entities[holder.entity].places, holder.places)
      where held.contains(where: { $0.key == key }) {
        let declared = check.program.places[place]
        return declared.isList ? held.count > declared.minimum : declared.isOptional
      }
    }
    return false
  }

  /// On the first day of the law, with what was not possible then made simple.
  private func onFirstDay(_ sketch: HouseholdSketch, _ key: Int) -> HouseholdSketch {
    guard let first = check.program.inForce.from, first != sketch.today else { return sketch }
    var earlier = sketch
    earlier.today = first
    for member in sketch.members {
      for (slot, id) in check.program.entities[member.entity].facts.enumerated() {
        let fact = check.program.facts[id]
        if fact.accepts(member.facts[slot], first) { continue }
        guard let simple = fact.simplest(on: first).first else { return sketch }
        earlier = earlier.setting(slot, of: member.key, to: simple)
      }
    }
    return breaks(earlier, key) ? earlier : sketch
  }

  private func simplified(_ sketch: HouseholdSketch, _ key: Int) -> HouseholdSketch {
    var simpler = sketch
    for member in sketch.members {
      for (slot, fact) in check.program.entities[member.entity].facts.enumerated() {
        simpler = simplified(simpler, fact, slot, of: member.key, key)
      }
    }
    return simpler
  }

  private func simplified(
    _ sketch: HouseholdSketch, _ id: FactID, _ slot: Int, of owner: Int, _ key: Int
  ) -> HouseholdSketch {
    let fact = check.program.facts[id]
    guard let state = sketch.member(owner)?.facts[slot] else { return sketch }
    var nearest: FactState?
    for simple in fact.simplest(on: sketch.today) {
      if simple == state { return sketch }
      let tried = sketch.setting(slot, of: owner, to: simple)
      if breaks(tried, key) { return tried }
      if simple.position != nil { nearest = simple }
    }
    guard var low = nearest else { return sketch }
    // The simplest does not break it: the one nearest to it that does.
    var high = state
    while let middle = fact.between(low, high) ?? fact.between(high, low) {
      if fact.accepts(middle, sketch.today),
        breaks(sketch.setting(slot, of: owner, to: middle), key)
      {
        high = middle
      } else {
        low = middle
      }
    }
    return sketch.setting(slot, of: owner, to: high)
  }
}

extension Fact {
  /// The simplest values it may have, the simplest first.
  fileprivate func simplest(on today: CalendarDate) -> [FactState] {
    var states: [FactState] = type.isOptional ? [.absent] : []
    switch type.present {
    case .boolean: states += [.known(.boolean(false)), .known(.boolean(true))]
    case .choice: states.append(.known(.choice(0)))
    case .number, .date:
      let simple: Value = type.present == .date ? .date(today) : .number(.zero)
      let limits = [maximum, minimum].compactMap { limit -> FactState? in
        if case .value(let limit)? = limit { .known(limit) } else { nil }
      }
      // A limit is simple only where the simplest value lies beyond it.
      let isAccepted = accepts(.known(simple), today)
      states += isAccepted ? [.known(simple)] : limits
    default: break
    }
    return states.filter { accepts($0, today) }
  }
}
