import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A household as a tree that is easily changed: every member with its facts, every fact with a value.
struct HouseholdSketch: Sendable, Equatable {
  struct Member: Sendable, Equatable {
    /// Different for every member of the household, and kept when others come or go.
    let key: Int
    var id: String
    let entity: EntityID
    /// In the order in which the entity declares them.
    var facts: [FactState]
    var places: [[Member]]
  }

  var today: CalendarDate
  var root: Member

  /// Everybody, each after who holds it.
  var members: [Member] { root.andThoseItHolds }

  func member(_ key: Int) -> Member? { members.first { $0.key == key } }

  func changing(_ key: Int, _ change: (inout Member) -> Void) -> Self {
    var changed = self
    changed.root.change(key, change)
    return changed
  }

  func setting(_ slot: Int, of key: Int, to state: FactState) -> Self {
    changing(key) { $0.facts[slot] = state }
  }

  /// Without a member, and whoever it holds.
  func removing(_ key: Int) -> Self {
    var changed = self
    changed.root.remove(key)
    return changed
  }

  /// The same household, the members of its lists counted from 1.
  func numbered(_ program: Program) -> Self {
    var numbered = self
    var counts: [EntityID: Int] = [:]
    numbered.root.number(program, &counts)
    return numbered
  }

  func household(_ program: Program) -> Household {
    var builder = Case.Builder(program)
    fill(root, 0, program, &builder)
    let built = builder.build()
    // Who refers to somebody refers to the first there is.
    for (index, instance) in built.instances.enumerated() {
      for fact in program.entities[instance.entity].facts {
        guard case .entity(let entity) = program.facts[fact].type,
          let first = built.instances(of: entity).first
        else { continue }
        builder.set(fact, of: Int32(index), to: .known(.instance(first)))
      }
    }
    return Household(facts: builder.build(), today: today)
  }

  private func fill(
    _ member: Member, _ instance: Int32, _ program: Program, _ builder: inout Case.Builder
  ) {
    let entity = program.entities[member.entity]
    for (fact, state) in zip(entity.facts, member.facts) {
      builder.set(fact, of: instance, to: state)
    }
    for (place, held) in zip(entity.places, member.places) {
      builder.close(place, of: instance)
      for inner in held {
        let added = builder.add(inner.id, to: place, of: instance)
        fill(inner, added, program, &builder)
      }
    }
  }
}

extension HouseholdSketch.Member {
  var andThoseItHolds: [HouseholdSketch.Member] {
    [self] + places.flatMap { $0.flatMap(\.andThoseItHolds) }
  }

  fileprivate mutating func change(_ wanted: Int, _ body: (inout Self) -> Void) {
    if key == wanted { return body(&self) }
    for place in places.indices {
      for index in places[place].indices { places[place][index].change(wanted, body) }
    }
  }

  fileprivate mutating func number(_ program: Program, _ counts: inout [EntityID: Int]) {
    for (slot, place) in program.entities[entity].places.enumerated() {
      for index in places[slot].indices {
        let kind = places[slot][index].entity
        if program.places[place].isList {
          counts[kind, default: 0] += 1
          places[slot][index].id = "\(program.entities[kind].name)_\(counts[kind] ?? 0)"
        }
        places[slot][index].number(program, &counts)
      }
    }
  }

  fileprivate mutating func remove(_ wanted: Int) {
    for place in places.indices {
      places[place].removeAll { $0.key == wanted }
      for index in places[place].indices { places[place][index].remove(wanted) }
    }
  }
}
