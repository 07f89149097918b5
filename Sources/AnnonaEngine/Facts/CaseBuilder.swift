public import AnnonaLanguage
public import AnnonaValues

extension Case {
  /// Builds a case from Swift values; what is not set stays open. The values are taken as they are: check them first.
  public struct Builder {
    private let program: Program
    private var built: Case

    /// A case with nothing given.
    public init(_ program: Program) {
      self.program = program
      built = Case(slotsOf: program)
      // A rulebook of parameters alone has nobody to decide for.
      guard !program.entities.isEmpty else { return }
      let entity = program.entities[program.caseEntity]
      _ = add(program.caseEntity, id: entity.name, holder: nil, place: nil)
    }

    /// A case that begins as another is.
    package init(_ program: Program, from facts: Case) {
      self.program = program
      built = facts
    }

    public mutating func set(today: CalendarDate) { built.today = today }

    public mutating func set(
      _ fact: FactID, of instance: Int32 = 0, to state: FactState, origin: Origin? = nil
    ) {
      let slot = built.factSlots[Int(fact.index)]
      built.facts[Int(instance)][slot] = settled(state, program.facts[fact])
      built.origins[Int(instance)][slot] = origin
    }

    /// Says that a list is complete as it stands, `[]` if nobody was added; of an optional member, that there is none.
    public mutating func close(_ place: PlaceID, of holder: Int32 = 0) {
      let slot = built.placeSlots[Int(place.index)]
      if case .given = built.members[Int(holder)][slot] { return }
      built.members[Int(holder)][slot] = .given([])
    }

    public mutating func decline(_ place: PlaceID, of holder: Int32 = 0) {
      built.members[Int(holder)][built.placeSlots[Int(place.index)]] = .declined
    }

    /// Adds a member, which closes the list; a single member that exists already is returned as it is.
    public mutating func add(_ id: String, to place: PlaceID, of holder: Int32 = 0) -> Int32 {
      let slot = built.placeSlots[Int(place.index)]
      var present: [Int32] = []
      if case .given(let members) = built.members[Int(holder)][slot] { present = members }
      if !program.places[place].isList, let only = present.first { return only }
      let added = add(program.places[place].member, id: id, holder: holder, place: place)
      built.members[Int(holder)][slot] = .given(present + [added])
      return added
    }

    public func build() -> Case { built }

    public var instances: [Instance] { built.instances }

    private mutating func add(
      _ entity: EntityID, id: String, holder: Int32?, place: PlaceID?
    ) -> Int32 {
      let index = Int32(built.instances.count)
      let declared = program.entities[entity]
      built.instances.append(Instance(entity: entity, id: id, holder: holder, place: place))
      built.facts.append(declared.facts.map { settled(.notGiven, program.facts[$0]) })
      built.origins.append(declared.facts.map { _ in nil })
      built.members.append(declared.places.map { _ in .notGiven })
      for (slot, id) in declared.places.enumerated() {
        let place = program.places[id]
        // A single member that is not optional exists whether or not anything is said of it.
        guard !place.isList, !place.isOptional else { continue }
        let member = add(place.member, id: place.name, holder: index, place: id)
        built.members[Int(index)][slot] = .given([member])
      }
      return index
    }

    /// A fact that nobody gave waits for its judge, or is assumed.
    private func settled(_ state: FactState, _ fact: Fact) -> FactState {
      guard state == .notGiven else { return state }
      if let assumed = fact.assumed { return .assumed(assumed.value) }
      return fact.judge == .nobody ? .notGiven : .awaitingJudgement
    }
  }
}
