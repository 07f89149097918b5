import AnnonaLanguage
import AnnonaValues

/// What a scanner does with a key of a JSON object.
enum ScanKind: UInt8 {
  case truth, number, date, choice, text
  /// An object: one member.
  case member
  /// A list of objects, or an object of them by id.
  case members
  /// The name of the row, which is no fact.
  case id
  /// The date decided for.
  case today
  /// The facts of the case in an object of their own.
  case household
  /// What another rulebook alone knows, and this one passes over.
  case strange
  /// Anything else is left to the reader of cases.
  case other
}

/// A key that an object may have, in memory that is plain enough to be quick.
struct ScanKey {
  var name: UnsafePointer<UInt8>
  var length: Int
  /// The name with its closing quote, eight bytes at a time, and which bits of what is left count.
  var words: Int
  var mask: UInt64
  var kind = ScanKind.other
  var isOptional = false
  /// Given columns: its values, as of each date that is read, and what is said of them.
  var values: ArraySpan = .none
  var isAbsent: ArraySpan = .none
  var isGiven: ArraySpan = .none
  var low: Int64 = 0
  var high: Int64 = 0
  /// For a number whose quantum is 1 over a power of ten, the power; otherwise only whole multiples of the quantum.
  var places = -1
  /// The entity and the place of members.
  var entity = 0
  var place = 0
  var isComplete: ArraySpan = .none
  /// Whether it must be said who stands there.
  var isNeeded = false
  /// The key that came after it last time.
  var next = 0

  func isNamed(_ text: String) -> Bool {
    text.utf8.elementsEqual(UnsafeBufferPointer(start: name, count: length))
  }

  /// Positions in the table's list of columns.
  struct ArraySpan {
    var start: Int
    var count: Int

    static let none = ArraySpan(start: 0, count: 0)
  }
}

/// The keys of each entity's objects.
final class ScanTable {
  let plan: Plan
  let program: Program
  private(set) var keys: [[ScanKey]] = []
  /// The columns that keys speak of.
  private(set) var columns: [Int32] = []
  /// By entity: columns that get a value with each row, before anything is said of it.
  private(set) var defaults: [[(column: Int, value: Int64)]] = []
  /// By entity: keys that must have been met or have a default, for a household to be complete.
  private(set) var needed: [UInt64] = []
  private(set) var mereDefaults: [UInt64] = []
  /// By entity: keys of which the plan reads whether they were given, and that nothing stands in for.
  private(set) var mayBeMissing: [UInt64] = []
  private(set) var restsOnDefault: Int?
  /// By entity: what its rows get, with those that stand in the same rows.
  private(set) var rowDefaults: [[(column: Int, value: Int64)]] = []
  /// By entity: whether its members have rows of their own.
  private(set) var heldInRows: [Bool] = []
  /// By entity: the spaces whose rows its rows hold.
  private(set) var heldSpaces: [[Int]] = []
  private(set) var placeColumns: [Int?] = []
  /// By entity: the ids that its single members have.
  private(set) var singleNames: [[[UInt8]]] = []
  private let strange: [EntityID: Set<String>]
  private var placeNames: [UnsafeBufferPointer<UInt8>] = []
  private var names: [UnsafeMutablePointer<UInt8>] = []
  /// By choice: the members' names.
  let choices: [[[UInt8]]]

  /// - Parameter strange: keys of each entity that are passed over.
  init(
    _ plan: Plan, _ program: Program, id: String?, memberID: String,
    passing strange: [EntityID: Set<String>] = [:]
  ) {
    self.strange = strange
    self.plan = plan
    self.program = program
    choices = program.choices.map { $0.members.map { Array($0.name.utf8) } }
    restsOnDefault = plan.sources.firstIndex { $0.input == .restsOnDefault }
    for index in program.entities.indices { add(EntityID(index), id: id, memberID: memberID) }
    for index in program.entities.indices { addRows(index) }
    placeNames = program.places.map { place in
      let key = key(place.name)
      return UnsafeBufferPointer(start: key.name, count: key.length)
    }
  }

  private func addRows(_ index: Int) {
    let space = plan.spaceOfEntity[index]
    let container = program.entities[index].container.map { Int($0.index) }
    heldInRows.append(container.map { plan.spaceOfEntity[$0] != space } ?? true)
    heldSpaces.append(
      Set(
        program.entities.indices.filter { other in
          program.entities[other].container == EntityID(index)
            && plan.spaceOfEntity[other] != space
        }.map { plan.spaceOfEntity[$0] }
      ).sorted())
    // Whoever stands in the same rows gets them together.
    rowDefaults.append(
      program.entities.indices.filter { plan.spaceOfEntity[$0] == space }
        .flatMap { defaults[$0] })
    placeColumns.append(plan.sources.firstIndex { $0.input == .place(EntityID(index)) })
    singleNames.append(
      program.places.filter { Int($0.member.index) == index && !$0.isList }
        .map { Array($0.name.utf8) })
  }

  deinit { for name in names { name.deallocate() } }

  func nameOfPlace(_ place: Int) -> UnsafeBufferPointer<UInt8> { placeNames[place] }

  private func key(_ name: String) -> ScanKey {
    let bytes = Array(name.utf8)
    // With its closing quote, and room to compare eight at a time.
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 16)
    memory.initialize(repeating: 0, count: bytes.count + 16)
    for (index, byte) in bytes.enumerated() { memory[index] = byte }
    memory[bytes.count] = 0x22
    names.append(memory)
    let inLast = (bytes.count + 1) % 8
    return ScanKey(
      name: UnsafePointer(memory), length: bytes.count, words: (bytes.count + 1) / 8,
      mask: (1 << UInt64(inLast * 8)) - 1)
  }

  private func span(_ isIt: (Plan.Input) -> Bool) -> ScanKey.ArraySpan {
    let start = columns.count
    for (index, source) in plan.sources.enumerated() where isIt(source.input) {
      columns.append(Int32(index))
    }
    return ScanKey.ArraySpan(start: start, count: columns.count - start)
  }

  private func add(_ id: EntityID, id rowID: String?, memberID: String) {
    let entity = program.entities[id]
    let isCase = id == program.caseEntity
    var keys: [ScanKey] = []
    var required: UInt64 = 0
    var mere: UInt64 = 0
    var missing: UInt64 = 0
    var defaults: [(column: Int, value: Int64)] = []
    for fact in entity.facts {
      let declared = program.facts[fact]
      var key = key(declared.name)
      describe(&key, fact, declared)
      let bit: UInt64 = keys.count < 64 ? 1 << UInt64(keys.count) : 0
      if key.values.count > 0 {
        if declared.assumed == nil { required |= bit }
        if let assumed = declared.assumed, !assumed.citesTheLaw { mere |= bit }
      }
      for position in key.values.start..<key.values.start + key.values.count {
        let column = Int(columns[position])
        let source = plan.sources[column]
        var value = source.range.contains(0) ? 0 : source.range.lowerBound
        if let assumed = declared.assumed { value = code(assumed.value, source) ?? value }
        defaults.append((column, value))
      }
      for position in key.isAbsent.start..<key.isAbsent.start + key.isAbsent.count {
        defaults.append((Int(columns[position]), 0))
      }
      for position in key.isGiven.start..<key.isGiven.start + key.isGiven.count {
        // What is not given after all is unsaid when the object has ended.
        defaults.append((Int(columns[position]), -1))
        if declared.assumed == nil { missing |= bit }
      }
      keys.append(key)
    }
    for place in entity.places {
      let declared = program.places[place]
      var key = key(declared.name)
      key.kind = declared.isList ? .members : .member
      key.isOptional = declared.isOptional
      key.entity = Int(declared.member.index)
      key.place = Int(place.index)
      key.isNeeded = plan.neededPlaces.contains(place)
      key.isComplete = span { $0 == .isComplete(place) }
      key.low = Int64(declared.minimum)
      key.high = Int64(declared.maximum ?? Plan.memberLimit)
      for position in key.isComplete.start..<key.isComplete.start + key.isComplete.count {
        defaults.append((Int(columns[position]), 0))
      }
      if declared.isList || declared.isOptional, keys.count < 64,
        key.isComplete.count > 0
      {
        required |= 1 << UInt64(keys.count)
      }
      keys.append(key)
    }
    for name in (strange[id] ?? []).sorted() {
      var key = key(name)
      key.kind = .strange
      keys.append(key)
    }
    if isCase {
      if !keys.contains(where: { $0.isNamed("today") }) {
        var today = key("today")
        today.kind = .today
        keys.append(today)
      }
      if let rowID {
        var row = key(rowID)
        row.kind = .id
        keys.append(row)
      }
      if !keys.contains(where: { $0.isNamed(entity.name) }) {
        var household = key(entity.name)
        household.kind = .household
        keys.append(household)
      }
      if let restsOnDefault { defaults.append((restsOnDefault, 0)) }
    } else {
      var member = key(memberID)
      member.kind = .id
      keys.append(member)
    }
    for index in keys.indices { keys[index].next = (index + 1) % keys.count }
    self.keys.append(keys)
    self.defaults.append(defaults)
    needed.append(required)
    mereDefaults.append(mere)
    mayBeMissing.append(missing)
  }

  private func describe(_ key: inout ScanKey, _ fact: FactID, _ declared: Fact) {
    key.values = span { if case .fact(fact, on: _) = $0 { true } else { false } }
    key.isAbsent = span { if case .isAbsent(fact, on: _) = $0 { true } else { false } }
    key.isGiven = span { if case .isGiven(fact, on: _) = $0 { true } else { false } }
    key.isOptional = declared.type.isOptional
    let (range, quantum) = PlanCompiler.range(of: declared, program, plan.today)
    (key.low, key.high) = (range.lowerBound, range.upperBound)
    switch declared.type.present {
    case .boolean: key.kind = .truth
    case .date: key.kind = .date
    case .choice(let choice):
      key.kind = .choice
      key.entity = Int(choice.index)
    case .text: key.kind = declared.pattern == nil ? .text : .other
    case .number:
      // Where every digit is allowed, a fact that the plan does not read could not be checked.
      if let places = quantum.decimalPlaces, (try? quantum * Self.power(places)) == .one {
        key.kind = .number
        key.places = places
      }
    default: key.kind = .other
    }
  }

  private static func power(_ places: Int) -> Number {
    (try? Number(10).power(places)) ?? .one
  }

  private func code(_ value: Value, _ source: Plan.Source) -> Int64? {
    switch value {
    case .boolean(let truth): truth ? -1 : 0
    case .number(let number): (try? number / source.quantum)?.integer.map { Int64($0) }
    case .date(let date): PlanDate.code(date)
    case .choice(let member): Int64(member)
    default: nil
    }
  }
}
