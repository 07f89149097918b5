import AnnonaLanguage
import AnnonaValues

/// Any member of a list that was not given: every fact of it is open. Its index is negative.
struct GenericMember: Hashable {
  let entity: EntityID
  let holder: Int32
  /// `nil` where not even the list is known.
  let place: PlaceID?
}

extension Evaluator {
  func generic(_ member: GenericMember) -> Int32 {
    if let index = genericIndex[member] { return index }
    generics.append(member)
    let index = -Int32(generics.count)
    genericIndex[member] = index
    return index
  }

  func generic(_ index: Int32) -> GenericMember { generics[Int(-index) - 1] }

  func entity(of instance: Int32) -> EntityID {
    instance < 0 ? generic(instance).entity : facts.instances[Int(instance)].entity
  }

  /// The one that holds an instance; the case's own holds itself, which the checker never asks.
  func holder(of instance: Int32) -> Int32 {
    if instance < 0 { return generic(instance).holder }
    return facts.instances[Int(instance)].holder ?? 0
  }

  /// What must be given before there is anything to say of a generic member.
  func waits(ofGeneric index: Int32) -> Waits {
    let member = generic(index)
    guard let place = member.place else {
      return member.holder < 0 ? waits(ofGeneric: member.holder) : []
    }
    return member.holder < 0 ? waits(ofGeneric: member.holder) : [.members(member.holder, place)]
  }

  /// The entity itself as a value.
  func state(of instance: Int32) -> State {
    if instance >= 0 { return .known(.instance(instance)) }
    return .settled(Domain(.instances([instance])), waits: waits(ofGeneric: instance))
  }

  /// Everyone that a reference to an entity could mean.
  func candidates(for entity: EntityID) -> Set<Int32> {
    var found = Set(facts.instances(of: entity))
    for holder in holders(of: entity) {
      for place in program.entities[self.entity(of: holder)].places
      where program.places[place].member == entity && isOpen(place, of: holder) {
        found.insert(generic(GenericMember(entity: entity, holder: holder, place: place)))
      }
    }
    guard found.count > Domain.setLimit else { return found }
    return [anyone(entity)]
  }

  func isOpen(_ place: PlaceID, of holder: Int32) -> Bool {
    guard holder >= 0 else { return true }
    if case .given = facts.members(of: place, for: holder) { return false }
    return true
  }

  private func holders(of entity: EntityID) -> [Int32] {
    guard let container = program.entities[entity].container else { return [] }
    return candidates(for: container).sorted()
  }

  func anyone(_ entity: EntityID) -> Int32 {
    guard let container = program.entities[entity].container else { return 0 }
    return generic(GenericMember(entity: entity, holder: anyone(container), place: nil))
  }
}
