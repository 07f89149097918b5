import AnnonaLanguage
import AnnonaValues

/// Facts and members: what the case says, and what is possible where it says nothing.
extension Evaluator {
  func value(ofFact fact: FactID, for instance: Int32, _ clock: Clock) -> State {
    if instance < 0 { return .settled(domain(of: fact), waits: waits(ofGeneric: instance)) }
    return state(facts.state(of: fact, for: instance), of: fact, instance, period: nil, clock)
  }

  private func state(
    _ given: FactState, of id: FactID, _ instance: Int32, period: CalendarDate?, _ clock: Clock
  ) -> State {
    switch given {
    case .known(let value): return .known(value)
    case .absent: return .known(.null)
    case .assumed(let value):
      let cites = program.facts[id].assumed?.citesTheLaw ?? false
      guard assumptions == .taken || cites else { break }
      notes.assumed.append(.fact(instance, id, period: nil))
      return .known(value)
    case .varying(let spells): return value(of: spells, id, instance, clock)
    case .notGiven, .declined, .awaitingJudgement, .conflicting: break
    }
    return .settled(domain(of: id), waits: [.fact(instance, id, period: period)])
  }

  /// Whichever spell holds on each of the clock's days; days that none covers are open.
  private func value(
    of spells: [FactState.Spell], _ id: FactID, _ instance: Int32, _ clock: Clock
  ) -> State {
    let days = clock.today
    // Which month is missing can be said of one day only.
    let period = days.only.flatMap { program.facts[id].period(of: $0) }
    let gap = State.settled(
      domain(of: id), waits: [.fact(instance, id, period: period)])
    var candidates: [State] = []
    var next: CalendarDate? = days.first
    for spell in spells {
      guard let covered = days.intersection(from: spell.from, through: spell.through) else {
        continue
      }
      if let next, next < covered.first { candidates.append(gap) }
      candidates.append(state(spell.state, of: id, instance, period: period, clock))
      next = covered.last.next
    }
    if let next, next <= days.last { candidates.append(gap) }
    return .merge(candidates, waits: [], mayFail: [])
  }

  /// Everything that the fact may be, as declared and checked at input.
  func domain(of id: FactID) -> Domain {
    let fact = program.facts[id]
    return domain(
      of: fact.type, from: bound(fact.minimum, latest: false),
      through: bound(fact.maximum, latest: true), step: fact.step)
  }

  /// `max: today` is the date decided for, whatever date the fact is read as of.
  private func bound(_ limit: Limit?, latest: Bool) -> Value? {
    switch limit {
    case .value(let value): value
    case .today: .date(latest ? clock.today.last : clock.today.first)
    case nil: nil
    }
  }

  /// Every value of a type.
  func domain(
    of type: ValueType, from low: Value? = nil, through high: Value? = nil, step: Number? = nil
  ) -> Domain {
    switch type {
    case .optional(let present):
      var domain = domain(of: present, from: low, through: high, step: step)
      domain.canBeNull = true
      return domain
    case .boolean: return Domain(.boolean(.open))
    case .number(let number):
      let range = NumberRange(
        lower: low?.number, upper: high?.number, step: step ?? (number.isInteger ? .one : nil))
      return Domain(.number(range ?? .all))
    case .text: return Domain(.text(nil))
    case .date:
      let range = DateRange(lower: low?.date ?? .earliest, upper: high?.date ?? .latest)
      return Domain(.date(range ?? .all))
    case .period: return Domain(.period(.all, .all))
    case .choice(let choice):
      let count = program.choices[choice].members.count
      return Domain(.choice(count <= Domain.setLimit ? Set(0..<Int32(count)) : nil))
    case .entity(let entity): return Domain(.instances(candidates(for: entity)))
    case .list(let element):
      let rest = ListShape.Rest(domain(of: element), waits: [], minimum: 0, maximum: nil)
      return Domain(.list(ListShape([], rests: [rest])))
    case .null: return .null
    }
  }

  // MARK: - Members

  func value(ofMembers place: PlaceID, for instance: Int32) -> State {
    let declared = program.places[place]
    if instance >= 0, case .given(let members) = facts.members(of: place, for: instance) {
      if declared.isList { return .known(.list(members.map { .instance($0) })) }
      return .known(members.first.map { .instance($0) } ?? .null)
    }
    let member = generic(
      GenericMember(entity: declared.member, holder: instance, place: place))
    let waits = waits(ofGeneric: member)
    guard declared.isList else {
      return .settled(
        Domain(.instances([member]), canBeNull: declared.isOptional), waits: waits)
    }
    let rest = ListShape.Rest(
      Domain(.instances([member])), waits: waits, minimum: declared.minimum,
      maximum: declared.maximum)
    let rests = declared.maximum == 0 ? [] : [rest]
    return .settled(Domain(.list(ListShape([], rests: rests))), waits: waits)
  }

  /// Reads something of whichever instance it turns out to be; of `null`, nothing.
  func read(of owner: State, _ body: (Int32) -> State) -> State {
    if case .known(.instance(let instance)) = owner { return body(instance) }
    if case .error = owner { return owner }
    var candidates = owner.domain.instances.map(body)
    if owner.domain.canBeNull { candidates.append(.known(.null)) }
    return .merge(
      candidates, waits: owner.waits, mayFail: owner.faults)
  }
}

extension Fact {
  /// The first day of the month or year that a day is in, for a fact that has one value for each.
  func period(of day: CalendarDate) -> CalendarDate? {
    switch variation {
    case .monthly: day.startOfMonth
    case .yearly: CalendarDate(year: day.year, month: 1, day: 1)
    default: nil
    }
  }
}

extension Value {
  var number: Number? {
    if case .number(let number) = self { return number }
    return nil
  }

  var date: CalendarDate? {
    if case .date(let date) = self { return date }
    return nil
  }

  var boolean: Bool? {
    if case .boolean(let boolean) = self { return boolean }
    return nil
  }

  var instance: Int32? {
    if case .instance(let instance) = self { return instance }
    return nil
  }
}
