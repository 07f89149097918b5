public import AnnonaLanguage
public import AnnonaValues

/// What is known of one household: its members and the state of every fact of each.
///
/// Instances are numbered in the order given; 0 is the case's own. An entity's facts and places stand in the order of its declaration.
public struct Case: Sendable, Hashable {
  public struct Instance: Sendable, Hashable {
    public let entity: EntityID
    /// As the case names it; the case's own instance has the name of its entity.
    public let id: String
    /// Who holds it, and where; `nil` for the case's own.
    public let holder: Int32?
    public let place: PlaceID?

    public init(entity: EntityID, id: String, holder: Int32?, place: PlaceID?) {
      self.entity = entity
      self.id = id
      self.holder = holder
      self.place = place
    }
  }

  /// Who the members of a place are.
  public enum Members: Sendable, Hashable {
    case notGiven
    case declined
    /// All of them, in the order given.
    case given([Int32])
  }

  public internal(set) var instances: [Instance] = []
  /// The date decided for, where the case names one.
  public internal(set) var today: CalendarDate?
  var facts: [[FactState]] = []
  var origins: [[Origin?]] = []
  var members: [[Members]] = []
  /// By fact and by place: the position within its entity.
  let factSlots: [Int]
  let placeSlots: [Int]

  /// Every fact open, every list open: of the case's own instance, and of the members that are certain to exist.
  ///
  /// A fact with a default is open too: what holds of every case holds of those in which it is given.
  public static func empty(of program: Program) -> Case {
    var empty = Builder(program).build()
    for instance in empty.facts.indices {
      for slot in empty.facts[instance].indices { empty.facts[instance][slot] = .notGiven }
    }
    return empty
  }

  init(slotsOf program: Program) {
    var factSlots = [Int](repeating: 0, count: program.facts.count)
    var placeSlots = [Int](repeating: 0, count: program.places.count)
    for entity in program.entities {
      for (slot, fact) in entity.facts.enumerated() { factSlots[Int(fact.index)] = slot }
      for (slot, place) in entity.places.enumerated() { placeSlots[Int(place.index)] = slot }
    }
    self.factSlots = factSlots
    self.placeSlots = placeSlots
  }

  public func state(of fact: FactID, for instance: Int32) -> FactState {
    facts[Int(instance)][factSlots[Int(fact.index)]]
  }

  public func origin(of fact: FactID, for instance: Int32) -> Origin? {
    origins[Int(instance)][factSlots[Int(fact.index)]]
  }

  public func members(of place: PlaceID, for instance: Int32) -> Members {
    members[Int(instance)][placeSlots[Int(place.index)]]
  }

  /// All instances of an entity, in the order given.
  public func instances(of entity: EntityID) -> [Int32] {
    instances.indices.filter { instances[$0].entity == entity }.map(Int32.init)
  }

  public func instance(_ id: String, of entity: EntityID) -> Int32? {
    instances.firstIndex { $0.entity == entity && $0.id == id }.map(Int32.init)
  }
}
