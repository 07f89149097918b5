import AnnonaLanguage
import AnnonaValues

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The row that is read, and what was read of it so far.
///
/// It is a value that one function changes at a time, which the compiler sees to once for all: a check at each
/// change would cost more than the change.
struct RowReader {
  let table: ScanTable
  let plan: Plan
  let columns: HouseholdColumns
  let values: [GivenColumn]
  let starts: [GivenColumn]
  /// By entity.
  private let keys: [UnsafeMutableBufferPointer<ScanKey>]
  private let defaults: [UnsafeMutableBufferPointer<ScanDefault>]
  /// The columns that keys speak of.
  let columnsOfKeys: UnsafeMutableBufferPointer<GivenColumn>
  // By entity, as the table and the plan have it: nearer at hand.
  private let needed: [UInt64]
  private let mereDefaults: [UInt64]
  private let mayBeMissing: [UInt64]
  private let heldSpaces: [[Int]]
  private let placeColumns: [Int?]
  private let singleNames: [[[UInt8]]]
  private let restsOnDefault: Int?
  private let heldInRows: [Bool]
  private let spaceOfEntity: [Int]
  private let nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
  let caseEntity: Int
  private(set) var isComplete: [Bool] = []
  private(set) var memberNames: [[UnsafeBufferPointer<UInt8>]] = []
  private(set) var id: Range<Int> = 0..<0

  var base: UnsafePointer<UInt8>
  var at = 0
  var end = 0
  private var isFull = true
  private var usesMereDefault = false
  private var ids: [(entity: Int, start: Int, length: Int)] = []
  private var depth = 0
  /// By space: the rows so far, and those before this household.
  private var rows: [Int]
  private var begun: [Int]

  init(_ table: ScanTable, into columns: HouseholdColumns) {
    self.table = table
    self.columns = columns
    plan = table.plan
    values = columns.values
    starts = columns.starts
    needed = table.needed
    mereDefaults = table.mereDefaults
    mayBeMissing = table.mayBeMissing
    heldSpaces = table.heldSpaces
    placeColumns = table.placeColumns
    singleNames = table.singleNames
    restsOnDefault = table.restsOnDefault
    heldInRows = table.heldInRows
    spaceOfEntity = plan.spaceOfEntity
    base = UnsafePointer(nothing)
    caseEntity = Int(table.program.caseEntity.index)
    keys = table.keys.map { Self.memory($0) }
    defaults = table.rowDefaults.map { list in
      Self.memory(list.map { ScanDefault(column: columns.values[$0.column], value: $0.value) })
    }
    columnsOfKeys = Self.memory(table.columns.map { columns.values[Int($0)] })
    rows = plan.spaces.map { _ in 0 }
    begun = rows
    memberNames = plan.spaces.map { _ in [] }
  }

  /// What every row of an entity gets before anything is said of it.
  private struct ScanDefault {
    let column: GivenColumn
    let value: Int64
  }

  private static func memory<Element>(_ list: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: list.count)
    _ = memory.initialize(from: list)
    return memory
  }

  func release() {
    for buffer in keys { buffer.deallocate() }
    for buffer in defaults { buffer.deallocate() }
    columnsOfKeys.deallocate()
    nothing.deallocate()
  }

  mutating func removeAll() {
    columns.removeAll()
    isComplete.removeAll(keepingCapacity: true)
    for space in memberNames.indices { memberNames[space].removeAll(keepingCapacity: true) }
  }

  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> HouseholdScanner.Row {
    guard let start = bytes.baseAddress else { return .other }
    base = start
    at = 0
    end = bytes.count
    isFull = true
    usesMereDefault = false
    ids.removeAll(keepingCapacity: true)
    id = 0..<0
    depth = 0
    for space in rows.indices {
      rows[space] = columns.rows(space)
      begun[space] = rows[space]
    }
    addRow(caseEntity, place: nil)
    guard object(caseEntity, row: columns.count), finished() else {
      columns.removeUnfinished(of: plan)
      for space in rows.indices {
        memberNames[space].removeLast(max(0, memberNames[space].count - begun[space]))
      }
      return .other
    }
    if usesMereDefault, let column = restsOnDefault {
      values[column].set(columns.count, -1)
    }
    columns.count += 1
    isComplete.append(isFull)
    return .added
  }

  private mutating func finished() -> Bool {
    space()
    return at == end
  }

  // MARK: - Rows

  mutating func addRow(_ entity: Int, place: Int?) {
    for given in defaults[entity] { given.column.append(given.value) }
    if let place, let column = placeColumns[entity] {
      values[column].append(Int64(place))
    }
    let space = spaceOfEntity[entity]
    rows[space] += 1
    if space != 0 {
      memberNames[space].append(place.map { table.nameOfPlace($0) } ?? .init(start: nil, count: 0))
    }
  }

  // MARK: - Signs

  @inline(__always)
  mutating func space() {
    while at < end, base[at] == 0x20 || base[at] == 0x09 || base[at] == 0x0D { at += 1 }
  }

  @inline(__always)
  mutating func take(_ sign: UInt8) -> Bool {
    if at < end, base[at] == sign {
      at += 1
      return true
    }
    space()
    guard at < end, base[at] == sign else { return false }
    at += 1
    return true
  }

  /// The key that stands here, with the quote behind it; the one that came next last time is tried first.
  @inline(__always)
  mutating func key(_ keys: UnsafeMutableBufferPointer<ScanKey>, _ before: inout Int) -> Int? {
    guard take(0x22) else { return nil }
    if before >= 0 {
      let guess = keys[before].next
      if matches(keys, guess) {
        at += keys[guess].length + 1
        before = guess
        return guess
      }
    }
    for index in keys.indices where matches(keys, index) {
      at += keys[index].length + 1
      if before >= 0 { keys[before].next = index }
      before = index
      return index
    }
    return nil
  }

  /// Whether the key, and the quote behind it, stand here.
  @inline(__always)
  func matches(_ keys: UnsafeMutableBufferPointer<ScanKey>, _ index: Int) -> Bool {
    let key = keys[index]
    guard end - at > key.length else { return false }
    let (text, name) = (UnsafeRawPointer(base + at), UnsafeRawPointer(key.name))
    // Where eight bytes cannot be read at the end of a row, they are read one by one.
    guard end - at >= key.length + 9 else {
      return memcmp(text, name, key.length + 1) == 0
    }
    var word = 0
    while word < key.words {
      let one = text.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
      if one != name.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self) { return false }
      word += 1
    }
    let one = text.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
    return (one ^ name.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)) & key.mask == 0
  }

  // MARK: - Objects

  mutating func object(_ entity: Int, row: Int, isNamed: Bool = false) -> Bool {
    guard take(0x7B) else { return false }
    let keys = keys[entity]
    guard keys.count <= 64, let first = keys.baseAddress else { return false }
    var met: UInt64 = 0
    var before = keys.count - 1
    var hasID = isNamed || entity == caseEntity
    if !take(0x7D) {
      repeat {
        guard let index = key(keys, &before), met >> UInt64(index) & 1 == 0, take(0x3A) else {
          return false
        }
        met |= 1 << UInt64(index)
        space()
        let kind = keys[index].kind
        if kind == .id {
          // A member that is named by its place or key has no id of its own.
          guard !isNamed, identify(entity) else { return false }
          hasID = true
        } else if kind == .household {
          // The facts in an object of their own: nothing else may stand beside it.
          let others = keys.indices.contains { other in
            met >> UInt64(other) & 1 == 1 && ![.id, .today, .household].contains(keys[other].kind)
          }
          guard !others, depth == 0 else { return false }
          depth += 1
          guard object(entity, row: row) else { return false }
          return restOfCase(keys)
        } else if !value(UnsafePointer(first + index), row: row) {
          return false
        }
      } while take(0x2C)
      guard take(0x7D) else { return false }
    }
    guard hasID else { return false }
    return settle(entity, met, row: row)
  }

  /// Behind the object with the facts only the id and the date may follow.
  mutating func restOfCase(_ keys: UnsafeMutableBufferPointer<ScanKey>) -> Bool {
    var before = -1
    while take(0x2C) {
      guard let index = key(keys, &before), take(0x3A) else { return false }
      space()
      switch keys[index].kind {
      case .id where id.isEmpty:
        guard identify(caseEntity) else { return false }
      case .today: guard date() != nil else { return false }
      default: return false
      }
    }
    return take(0x7D)
  }

  /// What was not said: members that exist all the same, and whether everything is known.
  mutating func settle(_ entity: Int, _ met: UInt64, row: Int) -> Bool {
    if needed[entity] & ~met != 0 { isFull = false }
    if mereDefaults[entity] & ~met != 0 { usesMereDefault = true }
    let keys = keys[entity]
    guard keys.count <= 64 else { return false }
    if mayBeMissing[entity] & ~met != 0 {
      for index in keys.indices where (mayBeMissing[entity] & ~met) >> UInt64(index) & 1 == 1 {
        set(keys[index].isGiven, row, 0)
      }
    }
    for index in keys.indices where keys[index].kind == .members || keys[index].kind == .member {
      let key = keys[index]
      if met >> UInt64(index) & 1 == 1 { continue }
      if key.isNeeded { return false }
      guard key.kind == .member else { continue }
      guard !key.isOptional else {
        unsay(key.entity, row: row)
        continue
      }
      let space = spaceOfEntity[key.entity]
      var own = row
      if space != spaceOfEntity[entity] {
        own = rows[space]
        addRow(key.entity, place: key.place)
      }
      guard settle(key.entity, 0, row: own) else { return false }
    }
    for space in heldSpaces[entity] {
      starts[space].append(Int64(rows[space]))
      guard rows[space] - begun[space] <= Plan.memberLimit else { return false }
    }
    return true
  }

  /// Nothing is given of a member that is not there and would stand in the same rows.
  func unsay(_ entity: Int, row: Int) {
    guard !heldInRows[entity] else { return }
    for (index, key) in keys[entity].enumerated() {
      if index < 64, mayBeMissing[entity] >> UInt64(index) & 1 == 1 { set(key.isGiven, row, 0) }
      if key.kind == .member { unsay(key.entity, row: row) }
    }
  }

  // MARK: - Members

  mutating func identify(_ entity: Int) -> Bool {
    guard at < end else { return false }
    let start = at
    var text: Range<Int>
    if base[at] == 0x22 {
      guard let plain = plainText() else { return false }
      text = plain
    } else {
      while at < end, base[at] &- 0x30 < 10 { at += 1 }
      text = start..<at
      guard !text.isEmpty, text.count == 1 || base[start] != 0x30 else { return false }
    }
    guard entity != caseEntity else {
      id = start..<at
      return !text.isEmpty
    }
    return add(id: text, of: entity)
  }

  /// Whether the id can be a member's, and nobody else's.
  mutating func add(id text: Range<Int>, of entity: Int) -> Bool {
    var isBlank = true
    for index in text {
      if base[index] == 0x2F || base[index] == 0x40 { return false }
      if base[index] != 0x20 { isBlank = false }
    }
    guard !isBlank, ids.count < 64 else { return false }
    for other in ids where other.entity == entity && other.length == text.count {
      var isSame = true
      for index in 0..<text.count where base[other.start + index] != base[text.lowerBound + index] {
        isSame = false
        break
      }
      if isSame { return false }
    }
    for name in singleNames[entity] where name.count == text.count {
      if name.indices.allSatisfy({ name[$0] == base[text.lowerBound + $0] }) { return false }
    }
    ids.append((entity, text.lowerBound, text.count))
    let space = spaceOfEntity[entity]
    let name = UnsafeBufferPointer(start: base + text.lowerBound, count: text.count)
    if let last = memberNames[space].indices.last { memberNames[space][last] = name }
    return true
  }

  mutating func member(_ key: UnsafePointer<ScanKey>, _ row: Int) -> Bool {
    guard at < end, base[at] == 0x7B else { return false }
    close(key, row)
    let space = spaceOfEntity[key.pointee.entity]
    var own = row
    if heldInRows[key.pointee.entity] {
      own = rows[space]
      addRow(key.pointee.entity, place: key.pointee.place)
    }
    return object(key.pointee.entity, row: own, isNamed: true)
  }

  mutating func members(_ key: UnsafePointer<ScanKey>, _ row: Int) -> Bool {
    close(key, row)
    let space = spaceOfEntity[key.pointee.entity]
    var count: Int64 = 0
    let isList = at < end && base[at] == 0x5B
    guard isList ? take(0x5B) : take(0x7B) else { return false }
    let close: UInt8 = isList ? 0x5D : 0x7D
    if !take(close) {
      repeat {
        let own = rows[space]
        guard own - begun[space] < Plan.memberLimit else { return false }
        addRow(key.pointee.entity, place: key.pointee.place)
        if !isList {
          self.space()
          guard let name = plainText(), add(id: name, of: key.pointee.entity), take(0x3A) else {
            return false
          }
          self.space()
        }
        guard object(key.pointee.entity, row: own, isNamed: !isList) else { return false }
        count += 1
      } while take(0x2C)
      guard take(close) else { return false }
    }
    return count >= key.pointee.low && count <= key.pointee.high
  }
}
