import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Makes complete households at random, most of their values where the rulebook may change its mind.
struct HouseholdMaking {
  let program: Program
  private let pool: ValuePool
  private(set) var dice: Dice
  private var states: [Worth: [FactState]] = [:]
  private var lastKey = 0

  private struct Worth: Hashable {
    let fact: FactID
    let today: CalendarDate
  }

  /// Most lists are short; some are as long as they may be, or this long.
  private static let shortList = 3
  private static let longList = 8
  private static let mostMembers = 16

  init(_ program: Program, seed: UInt64) {
    self.program = program
    pool = ValuePool(program)
    dice = Dice(seed: seed)
  }

  /// A household with a value for every fact; `nil` where a rulebook has nobody to decide for.
  mutating func sketch() -> HouseholdSketch? {
    guard !program.entities.isEmpty else { return nil }
    let today = day
    lastKey = 0
    return HouseholdSketch(today: today, root: member(program.caseEntity, nil, on: today))
  }

  /// A household like one of the fixtures: what it leaves open is made, and some of what it says made anew.
  mutating func sketch(like model: Household) -> HouseholdSketch {
    lastKey = 0
    return HouseholdSketch(today: model.today, root: member(like: 0, of: model))
  }

  private mutating func member(
    like instance: Int32, of model: Household
  ) -> HouseholdSketch.Member {
    let it = model.facts.instances[Int(instance)]
    let declared = program.entities[it.entity]
    lastKey += 1
    let key = lastKey
    let facts = declared.facts.map { fact -> FactState in
      let known = model.facts.state(of: fact, for: instance)
      switch known {
      case .known, .absent: return dice.isRare(1, in: 6) ? state(of: fact, on: model.today) : known
      default: return state(of: fact, on: model.today)
      }
    }
    let places = declared.places.map { place -> [HouseholdSketch.Member] in
      guard case .given(let members) = model.facts.members(of: place, for: instance),
        !dice.isRare(1, in: 3)
      else { return held(in: place, on: model.today) }
      return members.map { member(like: $0, of: model) }
    }
    return HouseholdSketch.Member(
      key: key, id: it.id, entity: it.entity, facts: facts, places: places)
  }

  /// One more member of a place, for the household of a day.
  mutating func member(of place: PlaceID, on today: CalendarDate) -> HouseholdSketch.Member {
    member(program.places[place].member, place, on: today)
  }

  /// Any of these.
  mutating func pick<Element>(_ elements: [Element]) -> Element? { dice.pick(elements) }

  /// Values worth trying for a fact, in an order that is always the same.
  mutating func worth(_ fact: FactID, on today: CalendarDate) -> [FactState] {
    let worth = Worth(fact: fact, today: today)
    if let known = states[worth] { return known }
    let found = pool.states(of: program.facts[fact], today: today)
    states[worth] = found
    return found
  }

  private var day: CalendarDate {
    mutating get {
      let law = program.inForce
      if let day = dice.pick(pool.epochs) {
        let later = Int(dice.next() % 365)
        guard dice.isRare(1, in: 2), let other = try? day.adding(days: later), law.contains(other)
        else { return day }
        return other
      }
      return law.from ?? law.through ?? .inTheMiddle
    }
  }

  private mutating func member(
    _ entity: EntityID, _ place: PlaceID?, on today: CalendarDate
  ) -> HouseholdSketch.Member {
    lastKey += 1
    let declared = program.entities[entity]
    var id = declared.name
    if let place {
      let name = program.places[place].name
      id = program.places[place].isList ? "\(declared.name)_\(lastKey)" : name
    }
    let key = lastKey
    return HouseholdSketch.Member(
      key: key, id: id, entity: entity, facts: declared.facts.map { state(of: $0, on: today) },
      places: declared.places.map { held(in: $0, on: today) })
  }

  private mutating func held(
    in place: PlaceID, on today: CalendarDate
  ) -> [HouseholdSketch.Member] {
    let declared = program.places[place]
    var size = declared.isOptional && dice.isRare(1, in: 2) ? 0 : 1
    if declared.isList {
      let length = dice.isRare(1, in: 8) ? Self.longList : Self.shortList
      let most = lastKey >= Self.mostMembers ? 0 : length
      let largest = min(declared.maximum ?? .max, max(most, declared.minimum))
      size = declared.minimum
      if largest > size { size += Int(dice.next() % UInt64(largest - size + 1)) }
    }
    var members: [HouseholdSketch.Member] = []
    for _ in 0..<size { members.append(member(declared.member, place, on: today)) }
    return members
  }

  private mutating func state(of fact: FactID, on today: CalendarDate) -> FactState {
    let declared = program.facts[fact]
    switch declared.type.present {
    case .text where declared.pattern == nil: return .known(.text(declared.name))
    case .entity: return declared.type.isOptional ? .absent : .notGiven
    default: break
    }
    let values = worth(fact, on: today)
    guard let state = dice.pick(values) else {
      return declared.type.isOptional ? .absent : .notGiven
    }
    guard dice.isRare(1, in: 4), let other = dice.pick(values),
      let between = declared.between(state, other)
    else { return state }
    return declared.accepts(between, today) ? between : state
  }
}

extension CalendarDate {
  /// Some day, for a rulebook that is law on every day.
  fileprivate static var inTheMiddle: CalendarDate {
    CalendarDate(year: 2024, month: 6, day: 15) ?? .earliest
  }
}

/// The values of a fact as they follow one another.
extension Fact {
  /// The distance from one value to the next: a cent, a whole number, a day; a hundredth where nothing says.
  var stride: Number? {
    switch type.present {
    case .date: .one
    case .number: step ?? (try? Number(1, over: 100))
    default: nil
    }
  }

  /// The value so many steps further.
  func state(_ steps: Int, from state: FactState) -> FactState? {
    guard case .known(let value) = state, let stride else { return nil }
    switch value {
    case .number(let number):
      guard let distance = try? stride * Number(steps), let moved = try? number + distance else {
        return nil
      }
      return .known(.number(moved))
    case .date(let date): return (try? date.adding(days: steps)).map { .known(.date($0)) }
    default: return nil
    }
  }

  /// The value in the middle of two, nearer to the lower one; `nil` where there is none between.
  func between(_ one: FactState, _ other: FactState) -> FactState? {
    guard let low = one.position, let high = other.position, let stride,
      let sum = try? low + high, let half = try? sum / Number(2),
      let middle = try? half.rounded(to: stride, .floor), middle != low, middle != high
    else { return nil }
    if case .known(.date) = one {
      return middle.integer.flatMap { CalendarDate(dayNumber: $0) }.map { .known(.date($0)) }
    }
    return .known(.number(middle))
  }
}

extension FactState {
  /// Where a number or a date stands among others of its kind.
  var position: Number? {
    if case .known(let value) = self { return value.position }
    return nil
  }
}

extension Value {
  /// A number itself, a date as the number of its day.
  var position: Number? {
    switch self {
    case .number(let number): number
    case .date(let date): Number(date.dayNumber)
    default: nil
    }
  }
}
