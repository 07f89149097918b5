import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support

@testable import AnnonaTesting

/// Households of a rulebook with some of their facts taken away, and completed again in other ways.
struct PartialHouseholds {
  let program: Program
  private var making: HouseholdMaking
  private var random: SeededRandom

  init(_ program: Program, seed: UInt64) {
    self.program = program
    making = HouseholdMaking(program, seed: seed)
    random = SeededRandom(seed: seed &+ 1)
  }

  /// A household of which some facts and lists are not given.
  mutating func next() -> (facts: Case, today: CalendarDate)? {
    guard let sketch = making.sketch() else { return nil }
    var builder = Case.Builder(program)
    let hidden = 1 + random.below(9)
    fill(sketch.root, 0, hidden, &builder)
    return (builder.build(), sketch.today)
  }

  private mutating func fill(
    _ member: HouseholdSketch.Member, _ instance: Int32, _ hidden: Int,
    _ builder: inout Case.Builder
  ) {
    let entity = program.entities[member.entity]
    for (fact, state) in zip(entity.facts, member.facts) where random.below(10) >= hidden {
      builder.set(fact, of: instance, to: state)
    }
    for (place, held) in zip(entity.places, member.places) {
      let declared = program.places[place]
      let canBeOpen = declared.isList || declared.isOptional
      if canBeOpen, random.below(20) < hidden { continue }
      builder.close(place, of: instance)
      for inner in held {
        let added = builder.add(inner.id, to: place, of: instance)
        fill(inner, added, hidden, &builder)
      }
    }
  }

  /// The household with values for what is open, but for what is kept open.
  ///
  /// - Parameters:
  ///   - except: stays open.
  ///   - part: so many of ten open facts are given.
  ///   - defaults: whether what is assumed without a law is given too.
  mutating func completed(
    _ facts: Case, on today: CalendarDate, except: Set<Wait> = [], part: Int = 10,
    defaults: Bool = false
  ) -> Case {
    var builder = Case.Builder(program, from: facts)
    var index: Int32 = 0
    while Int(index) < builder.instances.count {
      let entity = program.entities[builder.instances[Int(index)].entity]
      for fact in entity.facts where random.below(10) < part {
        guard !except.contains(.fact(index, fact, period: nil)),
          isOpen(fact, index, builder.build(), defaults),
          let state = value(of: fact, today, builder)
        else { continue }
        builder.set(fact, of: index, to: state)
      }
      for place in entity.places where random.below(10) < part {
        guard !except.contains(.members(index, place)),
          case .notGiven = builder.build().members(of: place, for: index)
        else { continue }
        addMembers(place, index, &builder)
      }
      index += 1
    }
    return builder.build()
  }

  private func isOpen(_ fact: FactID, _ instance: Int32, _ facts: Case, _ defaults: Bool) -> Bool {
    switch facts.state(of: fact, for: instance) {
    case .notGiven, .awaitingJudgement: true
    case .assumed: defaults && program.facts[fact].assumed?.citesTheLaw == false
    default: false
    }
  }

  private mutating func value(
    of fact: FactID, _ today: CalendarDate, _ builder: Case.Builder
  ) -> FactState? {
    let declared = program.facts[fact]
    switch declared.type.present {
    case .text: return declared.pattern == nil ? .known(.text("words")) : nil
    case .entity(let entity):
      let all = builder.build().instances(of: entity)
      if declared.type.isOptional, random.below(3) == 0 || all.isEmpty { return .absent }
      return all.isEmpty ? nil : .known(.instance(all[random.below(all.count)]))
    default:
      let worth = making.worth(fact, on: today)
      return worth.isEmpty ? nil : worth[random.below(worth.count)]
    }
  }

  private mutating func addMembers(
    _ place: PlaceID, _ holder: Int32, _ builder: inout Case.Builder
  ) {
    let declared = program.places[place]
    builder.close(place, of: holder)
    let most = declared.isList ? min(declared.maximum ?? 3, max(3, declared.minimum)) : 1
    let crowded = builder.instances.count > 30
    let count =
      crowded ? declared.minimum : declared.minimum + random.below(most - declared.minimum + 1)
    for _ in 0..<count {
      _ = builder.add("more_\(builder.instances.count)", to: place, of: holder)
    }
  }

  /// Values worth trying for a fact.
  mutating func worth(_ fact: FactID, on today: CalendarDate) -> [FactState] {
    making.worth(fact, on: today)
  }
}
