import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Makes households that differ a little from known ones, at values where a rulebook may change its mind.
package struct HouseholdSearch {
  private let program: Program
  private let pool: ValuePool
  private var dice: Dice

  package init(_ program: Program, seed: UInt64) {
    self.program = program
    pool = ValuePool(program)
    dice = Dice(seed: seed)
  }

  /// Any one of these, as it is.
  mutating func pick(_ households: [Household]) -> Household? { dice.pick(households) }

  /// A household with one to three facts, its date, or the number of its members changed.
  package mutating func neighbour(of household: Household) -> Household {
    var changed = household
    if dice.isRare(1, in: 8), let day = dice.pick(pool.epochs) { changed.today = day }
    if dice.isRare(1, in: 12) { changed = withMember(changed) }
    // Most changes show alone what they do.
    var changes = 1
    while changes < 4, dice.isRare(1, in: 3) { changes += 1 }
    for _ in 0..<changes { changed = withOtherFact(changed) }
    return changed
  }

  private mutating func withOtherFact(_ household: Household) -> Household {
    let instances = household.facts.instances
    guard let instance = dice.pick(Array(instances.indices)) else { return household }
    let facts = program.entities[instances[instance].entity].facts
    guard let fact = dice.pick(facts) else { return household }
    var states = pool.states(of: program.facts[fact], today: household.today)
    if dice.isRare(1, in: 20) { states = [.notGiven] }
    guard let state = dice.pick(states) else { return household }
    return household.setting(fact, of: Int32(instance), to: state, program)
  }

  /// One more member, like the last.
  private mutating func withMember(_ household: Household) -> Household {
    let facts = household.facts
    var places: [(PlaceID, Int32)] = []
    for (index, instance) in facts.instances.enumerated() {
      for place in program.entities[instance.entity].places where program.places[place].isList {
        guard case .given(let members) = facts.members(of: place, for: Int32(index)),
          members.count < min(program.places[place].maximum ?? 8, 8)
        else { continue }
        places.append((place, Int32(index)))
      }
    }
    guard let (place, holder) = dice.pick(places) else { return household }
    var builder = Case.Builder(program, from: facts)
    let id = "member_\(facts.instances.count)"
    let added = builder.add(id, to: place, of: holder)
    if case .given(let members) = facts.members(of: place, for: holder), let model = members.last {
      for fact in program.entities[program.places[place].member].facts {
        builder.set(fact, of: added, to: facts.state(of: fact, for: model))
      }
    }
    var changed = household
    changed.facts = builder.build()
    return changed
  }

  /// A household to begin with where there are no fixtures: every fact the first that is worth trying.
  package func first() -> Household? {
    let today = program.inForce.from ?? pool.epochs.first
    guard let today, !program.entities.isEmpty else { return nil }
    var builder = Case.Builder(program)
    for (index, place) in program.places.enumerated() where place.isList {
      for holder in builder.instances.indices
      where builder.instances[holder].entity == place.holder {
        for number in 0..<max(1, place.minimum) {
          _ = builder.add("\(place.name)_\(number + 1)", to: PlaceID(index), of: Int32(holder))
        }
      }
    }
    for (index, instance) in builder.instances.enumerated() {
      for fact in program.entities[instance.entity].facts {
        let states = pool.states(of: program.facts[fact], today: today)
        if let state = states.dropFirst(states.count / 2).first {
          builder.set(fact, of: Int32(index), to: state)
        }
      }
    }
    return Household(facts: builder.build(), today: today)
  }
}
