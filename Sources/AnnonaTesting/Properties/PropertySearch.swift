import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Looks for a household that breaks a property.
struct PropertySearch {
  /// Who breaks it: the household, and which of its members changes.
  struct Suspect {
    let sketch: HouseholdSketch
    let key: Int
  }

  private let check: PropertyCheck
  /// The households of the fixtures: every second one that is tried is like one of them.
  private let models: [Household]
  private var making: HouseholdMaking
  /// Households that could be compared, and those that break it where the law does.
  private(set) var compared = 0
  private(set) var acknowledged = 0
  private var found: Suspect?

  /// So many values of a fact are tried in each household.
  private static let valuesTried = 12
  /// So often a stretch of values is halved, on both sides of what is acknowledged.
  private static let halvings = 100

  init(_ program: Program, _ property: Property, like models: [Household], seed: UInt64) {
    check = PropertyCheck(program: program, property: property)
    self.models = models
    making = HouseholdMaking(program, seed: seed)
  }

  /// The first that breaks it, made as small as it gets.
  mutating func run(households: Int) -> PropertyCheck.Breach? {
    for number in 0..<households {
      let model = number.isMultiple(of: 2) ? nil : making.pick(models)
      guard let sketch = model.map({ making.sketch(like: $0) }) ?? making.sketch() else {
        return nil
      }
      attempt(sketch)
      guard let found else { continue }
      let smallest = Shrinking(check).smallest(found)
      guard case .broken(let breach) = check.finding(smallest.sketch, smallest.key) else { break }
      return breach
    }
    return nil
  }

  private mutating func attempt(_ sketch: HouseholdSketch) {
    let counts = (compared, acknowledged)
    switch check.property.claim {
    case .atLeast, .atMost: note(sketch, sketch.root.key)
    case .neverFalls(let change), .neverRises(let change): tryChange(change, of: sketch)
    case .continuous(let fact, _): tryValues(of: fact, sketch)
    case .sameWhateverTheOrderOf(let place): tryOrder(of: place, sketch)
    }
    // However many of its neighbours were looked at, it is one household.
    compared = min(compared, counts.0 + 1)
    acknowledged = min(acknowledged, counts.1 + 1)
  }

  private mutating func note(_ sketch: HouseholdSketch, _ key: Int) {
    switch check.finding(sketch, key) {
    case .holds: compared += 1
    case .acknowledged:
      compared += 1
      acknowledged += 1
    case .broken: found = found ?? Suspect(sketch: sketch, key: key)
    case .incomparable: break
    }
  }

  // MARK: - Changes

  private mutating func tryChange(_ change: Change, of sketch: HouseholdSketch) {
    switch change {
    case .rises(let fact), .falls(let fact): tryValues(of: fact, sketch)
    case .becomes(let fact, let value):
      guard let (member, slot) = owner(of: fact, in: sketch) else { return }
      let others = making.worth(fact, on: sketch.today).filter { $0 != .known(value) }
      guard let other = making.pick(others) else { return }
      note(sketch.setting(slot, of: member.key, to: other), member.key)
    case .grows(let place), .shrinks(let place): tryMember(of: place, sketch)
    }
  }

  private mutating func tryMember(of place: PlaceID, _ sketch: HouseholdSketch) {
    guard let (holder, slot) = holder(of: place, in: sketch) else { return }
    let declared = check.program.places[place]
    var held = holder.places[slot]
    if held.count <= declared.minimum, held.count < declared.maximum ?? .max {
      held.append(making.member(of: place, on: sketch.today))
    }
    guard held.count > declared.minimum, let member = making.pick(held) else { return }
    note(sketch.changing(holder.key) { $0.places[slot] = held }, member.key)
  }

  private mutating func tryOrder(of place: PlaceID, _ sketch: HouseholdSketch) {
    guard let (holder, slot) = holder(of: place, in: sketch) else { return }
    var held = holder.places[slot]
    let most = check.program.places[place].maximum ?? .max
    while held.count < min(2, most) { held.append(making.member(of: place, on: sketch.today)) }
    note(sketch.changing(holder.key) { $0.places[slot] = held }, holder.key)
  }

  private mutating func owner(
    of fact: FactID, in sketch: HouseholdSketch
  ) -> (HouseholdSketch.Member, slot: Int)? {
    let entity = check.program.facts[fact].entity
    guard let member = making.pick(sketch.members.filter { $0.entity == entity }),
      let slot = check.slot(of: fact, in: member)
    else { return nil }
    return (member, slot)
  }

  private mutating func holder(
    of place: PlaceID, in sketch: HouseholdSketch
  ) -> (HouseholdSketch.Member, slot: Int)? {
    let entity = check.program.places[place].holder
    guard let holder = making.pick(sketch.members.filter { $0.entity == entity }),
      let slot = check.program.entities[entity].places.firstIndex(of: place)
    else { return nil }
    return (holder, slot)
  }

  // MARK: - Along a fact

  /// A household at one value of the fact, and what it comes to there.
  private struct Point {
    let state: FactState
    let sketch: HouseholdSketch
    let entries: [Measurement.Entry]
  }

  /// Values of one fact from the least to the greatest: where the subject moves between two of them, the place is narrowed down.
  private mutating func tryValues(of fact: FactID, _ sketch: HouseholdSketch) {
    guard let (member, slot) = owner(of: fact, in: sketch) else { return }
    var states: [FactState] = []
    let worth = making.worth(fact, on: sketch.today).filter { $0.position != nil }
    for _ in 0..<Self.valuesTried { states += [making.pick(worth)].compactMap { $0 } }
    // Its own value and the two beside it: fixtures stand at the very places where something changes.
    let own = member.facts[slot]
    if own.position != nil { states.append(own) }
    let declared = check.program.facts[fact]
    states += [-1, 1].compactMap { declared.state($0, from: own) }
      .filter { declared.accepts($0, sketch.today) }
    let points = Set(states).sorted { $0.position ?? .zero < $1.position ?? .zero }
      .compactMap { state -> Point? in
        let moved = sketch.setting(slot, of: member.key, to: state)
        guard let measured = check.measure(moved) else { return nil }
        if measured.fault != nil {
          found = found ?? Suspect(sketch: moved, key: member.key)
          return nil
        }
        return Point(
          state: state, sketch: moved, entries: measured.compared(check.property))
      }
    if !points.isEmpty { compared += 1 }
    for (low, high) in zip(points, points.dropFirst()) where found == nil {
      var left = Self.halvings
      narrow(low, high, fact, member.key, slot, &left)
    }
  }

  private mutating func narrow(
    _ low: Point, _ high: Point, _ fact: FactID, _ key: Int, _ slot: Int, _ left: inout Int
  ) {
    guard found == nil, left > 0, isSuspicious(low, high) else { return }
    left -= 1
    let declared = check.program.facts[fact]
    guard let middle = declared.between(low.state, high.state) else {
      // Neighbours: the step is from the one that the change begins with.
      return note(isDownward ? high.sketch : low.sketch, key)
    }
    let sketch = low.sketch.setting(slot, of: key, to: middle)
    guard let measured = check.measure(sketch) else { return }
    if measured.fault != nil {
      found = Suspect(sketch: sketch, key: key)
      return
    }
    let point = Point(
      state: middle, sketch: sketch, entries: measured.compared(check.property))
    guard case .continuous = check.property.claim else {
      narrow(low, point, fact, key, slot, &left)
      return narrow(point, high, fact, key, slot, &left)
    }
    // A slope moves in both halves; a jump is in the steeper one.
    if isSteeper(point, high, than: low) {
      narrow(point, high, fact, key, slot, &left)
    } else {
      narrow(low, point, fact, key, slot, &left)
    }
  }

  private var isDownward: Bool {
    switch check.property.claim {
    case .neverFalls(.falls), .neverRises(.falls): true
    default: false
    }
  }

  /// Whether the property can be broken between two values: the subject moves the wrong way, or for a jump at all.
  private func isSuspicious(_ low: Point, _ high: Point) -> Bool {
    low.entries.contains { entry in
      guard let other = high.entries.first(where: { $0.instance == entry.instance }),
        let one = entry.value.position, let two = other.value.position
      else { return false }
      switch check.property.claim {
      case .neverFalls(.falls), .neverRises(.rises): return two > one
      case .neverFalls, .neverRises: return two < one
      default: return one != two
      }
    }
  }

  private func isSteeper(_ middle: Point, _ high: Point, than low: Point) -> Bool {
    func move(_ one: Point, _ other: Point) -> Number {
      let moves = zip(one.entries, other.entries).compactMap { one, other in
        guard let from = one.value.position, let to = other.value.position else {
          return Number?.none
        }
        return (try? to - from)?.magnitude
      }
      return moves.max() ?? .zero
    }
    return move(middle, high) > move(low, middle)
  }
}
