import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import RandomPrograms
import Support

/// Households of any program: facts of every kind, near the figures that laws speak of; some are missing where asked.
struct RandomHousehold {
  let program: Program
  /// How many of a hundred facts are left out.
  let missing: Int
  let today: CalendarDate
  private var random: SeededRandom
  private var builder: Case.Builder

  private init(_ program: Program, today: CalendarDate, missing: Int, seed: UInt64) {
    self.program = program
    self.missing = missing
    self.today = today
    random = SeededRandom(seed: seed)
    builder = Case.Builder(program)
  }

  static func make(_ program: Program, today: CalendarDate, missing: Int, seed: UInt64) -> Case {
    var maker = RandomHousehold(program, today: today, missing: missing, seed: seed)
    var next = 0
    while next < maker.builder.instances.count {
      maker.addMembers(of: Int32(next))
      next += 1
    }
    for instance in maker.builder.instances.indices { maker.giveFacts(of: Int32(instance)) }
    return maker.builder.build()
  }

  private mutating func addMembers(of holder: Int32) {
    for id in program.entities[builder.instances[Int(holder)].entity].places {
      let place = program.places[id]
      guard place.isList || place.isOptional else { continue }
      if random.chance(missing / 2) { continue }
      builder.close(id, of: holder)
      let most = place.isList ? min(place.maximum ?? 5, 5) : 1
      for _ in 0..<random.int(min(place.minimum, most)...most) {
        _ = builder.add(
          place.isList ? "m\(builder.instances.count)" : place.name, to: id, of: holder)
      }
    }
  }

  private mutating func giveFacts(of instance: Int32) {
    for id in program.entities[builder.instances[Int(instance)].entity].facts {
      if random.chance(missing) { continue }
      let fact = program.facts[id]
      if fact.type.isOptional, random.chance(20) {
        builder.set(id, of: instance, to: .absent)
      } else if let value = value(fact) {
        builder.set(id, of: instance, to: .known(value))
      }
    }
  }

  private mutating func value(_ fact: Fact) -> Value? {
    switch fact.type.present {
    case .boolean: return .boolean(random.chance(70))
    case .choice(let choice):
      return .choice(Int32(random.int(0...(program.choices[choice].members.count - 1))))
    case .text: return .text(random.one(["Kent", "Essex", "Porto", "Évora"]))
    case .date:
      let years = random.chance(40) ? 2 : 25
      let back = random.int(fact.maximum == .today ? 0...years * 366 : -200...years * 366)
      return (try? today.adding(days: -back)).map { .date($0) }
    case .number: return number(fact)
    case .entity(let entity):
      let members = builder.instances.indices.filter { builder.instances[$0].entity == entity }
      return members.isEmpty ? nil : .instance(Int32(random.one(members)))
    default: return nil
    }
  }

  private mutating func number(_ fact: Fact) -> Value? {
    let step = fact.step ?? .one
    let sizes = [0, 1, 2, 5, 12, 40, 240, 700, 1_450, 2_900, 9_000, 21_000, 60_000, 90_000]
    var number = Number(random.one(sizes))
    number = (try? number.rounded(to: step, .floor)) ?? number
    if random.chance(50), let moved = try? number + step * Number(random.int(-3...40)) {
      number = moved
    }
    if case .value(.number(let low)) = fact.minimum { number = max(number, low) }
    if case .value(.number(let high)) = fact.maximum { number = min(number, high) }
    return .number(number)
  }
}
