package import AnnonaLanguage
import AnnonaValues

/// The given columns of a number of households, as a plan reads them.
package final class HouseholdColumns: @unchecked Sendable {
  package internal(set) var count: Int {
    get { counter.pointee }
    set { counter.pointee = newValue }
  }
  private let counter = UnsafeMutablePointer<Int>.allocate(capacity: 1)
  /// By source.
  let values: [GivenColumn]
  /// By space: for each row of the space that holds it, where its rows begin, and the end.
  let starts: [GivenColumn]
  /// Texts by their codes, those of the plan first.
  var texts: [String: Int64]
  private let textsOfPlan: [String: Int64]

  package init(for plan: Plan) {
    values = plan.sources.map { GivenColumn($0.width) }
    starts = plan.spaces.map { _ in GivenColumn(.half) }
    for column in starts { column.append(0) }
    textsOfPlan = plan.texts
    texts = plan.texts
    counter.initialize(to: 0)
  }

  deinit {
    for column in values + starts { column.release() }
    counter.deallocate()
  }

  /// Forgets all households.
  package func removeAll() {
    count = 0
    for column in values { column.shorten(to: 0) }
    for column in starts { column.shorten(to: 1) }
    if texts.count != textsOfPlan.count { texts = textsOfPlan }
  }

  /// Forgets what was begun of a household that is not added after all.
  func removeUnfinished(of plan: Plan) {
    for space in plan.spaces.indices.dropFirst() {
      guard case .members(_, let parent) = plan.spaces[space] else { continue }
      starts[space].shorten(to: rows(parent) + 1)
    }
    for (index, source) in plan.sources.enumerated() {
      values[index].shorten(to: rows(source.space))
    }
  }

  func code(ofText text: String) -> Int64 {
    if let code = texts[text] { return code }
    let code = Int64(texts.count)
    texts[text] = code
    return code
  }

  /// The rows of a space.
  package func rows(_ space: Int) -> Int {
    space == 0 ? count : Int(start(space, starts[space].count - 1))
  }

  /// The rows of a space that belong to one household.
  package func rows(_ space: Int, ofHousehold household: Int, _ plan: Plan) -> Range<Int> {
    guard space != 0, case .members(_, let parent) = plan.spaces[space] else {
      return household..<household + 1
    }
    let above = rows(parent, ofHousehold: household, plan)
    return Int(start(space, above.lowerBound))..<Int(start(space, above.upperBound))
  }

  func start(_ space: Int, _ row: Int) -> Int32 {
    starts[space].base.load(fromByteOffset: row * 4, as: Int32.self)
  }
}

extension Plan {
  /// Why a household is left to the plain evaluator before anything is worked out.
  package enum Unfit: Error, Sendable, Hashable {
    /// More members than the plan holds.
    case manyMembers
    /// A value outside the range that was proved, or finer than its quantum.
    case beyondRange
    /// Something that the plan needs is not given.
    case incomplete
  }

  /// Adds a household to columns.
  package func append(
    _ facts: Case, of program: Program, to columns: HouseholdColumns
  ) throws(Unfit) {
    try append(try PlannedCase(self, program, facts), to: columns)
  }

  func append(
    _ household: PlannedCase, to columns: HouseholdColumns
  ) throws(Unfit) {
    var given: [[Int64]] = []
    for source in sources { given.append(try household.values(of: source, columns)) }
    for (column, values) in zip(columns.values, given) {
      for value in values { column.append(value) }
    }
    var before = spaces.indices.map { columns.rows($0) }
    for space in spaces.indices.dropFirst() {
      guard case .members = spaces[space] else { continue }
      for size in household.sizes[space] {
        before[space] += size
        columns.starts[space].append(Int64(before[space]))
      }
    }
    columns.count += 1
  }
}

/// One household's instances in the order of a plan's rows.
package struct PlannedCase {
  let plan: Plan
  let program: Program
  let facts: Case
  /// By entity: the instance of each row of its space.
  package private(set) var instances: [[Int32]]
  /// By space: how many rows each row of the space that holds it has.
  private(set) var sizes: [[Int]]

  package init(_ plan: Plan, _ program: Program, _ facts: Case) throws(Plan.Unfit) {
    self.plan = plan
    self.program = program
    self.facts = facts
    instances = Array(repeating: [], count: program.entities.count)
    sizes = Array(repeating: [], count: plan.spaces.count)
    instances[Int(program.caseEntity.index)] = [0]
    for entity in plan.entityOrder {
      guard let container = program.entities[entity].container else { continue }
      let places = program.entities[container].places.filter {
        program.places[$0].member == entity
      }
      let index = Int(entity.index)
      for holder in instances[Int(container.index)] {
        let before = instances[index].count
        for place in places {
          guard case .given(let members) = facts.members(of: place, for: holder) else { continue }
          instances[index] += members
        }
        sizes[plan.spaceOfEntity[index]].append(instances[index].count - before)
      }
      guard instances[index].count <= Plan.memberLimit else { throw .manyMembers }
    }
    for place in plan.neededPlaces {
      for holder in instances[Int(program.places[place].holder.index)] {
        guard case .given = facts.members(of: place, for: holder) else { throw .incomplete }
      }
    }
  }

  func values(
    of source: Plan.Source, _ columns: HouseholdColumns
  ) throws(Plan.Unfit) -> [Int64] {
    var result: [Int64] = []
    switch source.input {
    case .fact(let fact, let date):
      for instance in instances[Int(program.facts[fact].entity.index)] {
        result.append(try value(of: fact, state(fact, instance, date), source, columns))
      }
    case .isAbsent(let fact, let date):
      for instance in instances[Int(program.facts[fact].entity.index)] {
        result.append(state(fact, instance, date) == .absent ? -1 : 0)
      }
    case .isGiven(let fact, let date):
      for instance in instances[Int(program.facts[fact].entity.index)] {
        result.append(isGiven(state(fact, instance, date)) ? -1 : 0)
      }
    case .place(let entity):
      result = instances[Int(entity.index)].map {
        Int64(facts.instances[Int($0)].place?.index ?? 0)
      }
    case .isComplete(let place):
      for instance in instances[Int(program.places[place].holder.index)] {
        if case .given = facts.members(of: place, for: instance) {
          result.append(-1)
        } else {
          result.append(0)
        }
      }
    case .restsOnDefault: result = [restsOnDefault ? -1 : 0]
    }
    return result
  }

  private var restsOnDefault: Bool {
    plan.sources.contains { source in
      guard case .fact(let fact, let date) = source.input,
        let assumed = program.facts[fact].assumed, !assumed.citesTheLaw
      else { return false }
      return instances[Int(program.facts[fact].entity.index)].contains { instance in
        if case .assumed = state(fact, instance, date) { true } else { false }
      }
    }
  }

  private func isGiven(_ state: FactState) -> Bool {
    switch state {
    case .known, .absent, .assumed: true
    default: false
    }
  }

  private func state(
    _ fact: FactID, _ instance: Int32, _ date: CalendarDate?
  ) -> FactState {
    let state = facts.state(of: fact, for: instance)
    guard case .varying(let spells) = state, let date else { return state }
    return spells.first { $0.from <= date && ($0.through.map { $0 >= date } ?? true) }?.state
      ?? .notGiven
  }

  private func value(
    of fact: FactID, _ state: FactState, _ source: Plan.Source, _ columns: HouseholdColumns
  ) throws(Plan.Unfit) -> Int64 {
    let value: Value
    switch state {
    case .known(let known), .assumed(let known): value = known
    case .absent: return source.range.contains(0) ? 0 : source.range.lowerBound
    default:
      if plan.isForComplete { throw .incomplete }
      return source.range.contains(0) ? 0 : source.range.lowerBound
    }
    var code: Int64?
    switch value {
    case .boolean(let truth): code = truth ? -1 : 0
    case .number(let number): code = (try? number / source.quantum)?.integer.map { Int64($0) }
    case .date(let date): code = PlanDate.code(date)
    case .text(let text): code = columns.code(ofText: text)
    case .choice(let member): code = Int64(member)
    case .instance(let instance):
      let entity = facts.instances[Int(instance)].entity
      code = instances[Int(entity.index)].firstIndex(of: instance).map { Int64($0) }
    case .null: return source.range.contains(0) ? 0 : source.range.lowerBound
    case .period, .list: break
    }
    guard let code, source.range.contains(code) else { throw .beyondRange }
    return code
  }
}
