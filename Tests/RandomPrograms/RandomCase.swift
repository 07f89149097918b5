import AnnonaEngine
import AnnonaLanguage
import AnnonaTesting
import AnnonaValues

/// A household of a random program of which some things are given; more can be given step by step.
package struct RandomCase {
  private let program: Program
  /// By instance and fact; what is missing is open.
  private var facts: [Slot: Value] = [:]
  /// `nil` while the list is open.
  private var children: Int?

  package struct Slot: Hashable {
    let instance: Int32
    let fact: Int
  }

  package init(_ program: Program, _ random: inout Dice) {
    self.program = program
    if random.chance(60) { children = random.int(0...2) }
    let share = random.int(0...100)
    for slot in open where random.chance(share) { facts[slot] = value(slot, &random) }
  }

  package var open: [Slot] {
    var slots = (0...4).map { Slot(instance: 0, fact: $0) }
    for child in 0..<(children ?? 0) {
      slots += [5, 6].map { Slot(instance: Int32(child + 1), fact: $0) }
    }
    return slots.filter { facts[$0] == nil }
  }

  package var isComplete: Bool { children != nil && open.isEmpty }

  private func value(_ slot: Slot, _ random: inout Dice) -> Value {
    switch slot.fact {
    case 0, 1, 5: return .boolean(random.chance(50))
    case 4 where random.chance(40): return .null
    default: return .number(Number(random.int(-1...2)))
    }
  }

  /// Gives some of what is open and not excepted.
  package mutating func give(_ share: Int, except waits: Waits, _ random: inout Dice) {
    let listWaits = waits.contains(.members(0, PlaceID(0)))
    for slot in open {
      let wait = Wait.fact(slot.instance, FactID(slot.fact), period: nil)
      if !waits.contains(wait), random.chance(share) { facts[slot] = value(slot, &random) }
    }
    if children == nil, !listWaits, random.chance(share) { children = random.int(0...2) }
  }

  /// Each with one value that is plainer.
  var simpler: [RandomCase] {
    var found: [RandomCase] = []
    if let children, children > 0 {
      var fewer = self
      fewer.children = children - 1
      fewer.facts = facts.filter { Int($0.key.instance) < children }
      found.append(fewer)
    }
    for (slot, value) in facts.sorted(by: {
      ($0.key.instance, $0.key.fact) < ($1.key.instance, $1.key.fact)
    }) {
      let plain: Value = [0, 1, 5].contains(slot.fact) ? .boolean(false) : .number(.zero)
      guard value != plain else { continue }
      var changed = self
      changed.facts[slot] = plain
      found.append(changed)
    }
    return found
  }

  /// `2 children, 0.0 true, 0.2 1`: instances and facts by number.
  var text: String {
    let values = facts.sorted { ($0.key.instance, $0.key.fact) < ($1.key.instance, $1.key.fact) }
      .map { "\($0.key.instance).\($0.key.fact) \($0.value)" }
    return ([children.map { "\($0) children" } ?? "children open"] + values)
      .joined(separator: ", ")
  }

  package var given: Case {
    var builder = Case.Builder(program)
    if let children {
      builder.close(PlaceID(0))
      for child in 0..<children { _ = builder.add("c\(child)", to: PlaceID(0)) }
    }
    for (slot, value) in facts {
      builder.set(
        FactID(slot.fact), of: slot.instance, to: value == .null ? .absent : .known(value))
    }
    return builder.build()
  }
}
