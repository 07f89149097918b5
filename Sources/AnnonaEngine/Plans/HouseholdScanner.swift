package import AnnonaLanguage
import AnnonaValues

/// Reads households from JSON straight into columns: the plain forms of plain facts.
///
/// Whatever else a row holds, be it right or wrong, is left to the reader of cases, which says what it means.
package final class HouseholdScanner {
  /// What became of a row.
  package enum Row: Sendable, Hashable {
    /// It stands in the columns.
    case added
    /// The reader of cases must look at it.
    case other
  }

  private let table: ScanTable
  private let plan: Plan
  private let columns: HouseholdColumns
  private let keys: [UnsafeMutableBufferPointer<ScanKey>]
  private let today: Int64
  /// By household: whether all that the plan for complete households reads is known.
  package private(set) var isComplete: [Bool] = []
  /// By space: how each row's member is called, without quotes.
  package private(set) var memberNames: [[UnsafeBufferPointer<UInt8>]] = []
  /// Where the row's id stands, with its quotes; empty where there is none.
  package private(set) var id: Range<Int> = 0..<0

  // The row that is read.
  private var base: UnsafePointer<UInt8>
  private let nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
  private var at = 0
  private var end = 0
  private var isFull = true
  private var usesMereDefault = false
  private var ids: [(entity: Int, start: Int, length: Int)] = []
  private var depth = 0
  /// By space: the rows so far, and those before this household.
  private var rows: [Int]
  private var begun: [Int]

  /// - Parameters:
  ///   - plan: whose sources the columns are.
  ///   - program: what the plan was made of.
  ///   - columns: filled with each row that is added.
  ///   - id: the key of a row's id; `nil` where rows have none.
  ///   - memberID: the key of a member's id within a list.
  ///   - strange: facts of another rulebook, by entity, which are passed over.
  package init(
    _ plan: Plan, _ program: Program, into columns: HouseholdColumns, id: String?,
    memberID: String, passing strange: [EntityID: Set<String>] = [:]
  ) {
    table = ScanTable(plan, program, id: id, memberID: memberID, passing: strange)
    self.plan = plan
    self.columns = columns
    base = UnsafePointer(nothing)
    today = PlanDate.code(plan.today)
    keys = table.keys.map { list in
      let buffer = UnsafeMutableBufferPointer<ScanKey>.allocate(capacity: max(1, list.count))
      _ = buffer.initialize(from: list)
      return UnsafeMutableBufferPointer(start: buffer.baseAddress, count: list.count)
    }
    rows = plan.spaces.map { _ in 0 }
    begun = rows
    memberNames = plan.spaces.map { _ in [] }
  }

  deinit {
    for buffer in keys { buffer.deallocate() }
    nothing.deallocate()
  }

  package func removeAll() {
    columns.removeAll()
    isComplete.removeAll(keepingCapacity: true)
    for space in memberNames.indices { memberNames[space].removeAll(keepingCapacity: true) }
  }

  /// Reads one row: a JSON object without a line break.
  package func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> Row {
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
    let entity = Int(table.program.caseEntity.index)
    addRow(entity, place: nil)
    guard object(entity, row: columns.count), finished() else {
      columns.removeUnfinished(of: plan)
      for space in rows.indices {
        memberNames[space].removeLast(max(0, memberNames[space].count - begun[space]))
      }
      return .other
    }
    if usesMereDefault, let column = table.restsOnDefault {
      columns.values[column].set(columns.count, -1)
    }
    columns.count += 1
    isComplete.append(isFull)
    return .added
  }

  private func finished() -> Bool {
    space()
    return at == end
  }

  // MARK: - Rows

  private func addRow(_ entity: Int, place: Int?) {
    for (column, value) in table.rowDefaults[entity] { columns.values[column].append(value) }
    if let place, let column = table.placeColumns[entity] {
      columns.values[column].append(Int64(place))
    }
    let space = plan.spaceOfEntity[entity]
    rows[space] += 1
    if space != 0 {
      memberNames[space].append(place.map { table.nameOfPlace($0) } ?? .init(start: nil, count: 0))
    }
  }

  // MARK: - Signs

  @inline(__always)
  private func space() {
    while at < end, base[at] == 0x20 || base[at] == 0x09 || base[at] == 0x0D { at += 1 }
  }

  @inline(__always)
  private func take(_ sign: UInt8) -> Bool {
    if at < end, base[at] == sign {
      at += 1
      return true
    }
    space()
    guard at < end, base[at] == sign else { return false }
    at += 1
    return true
  }

  @inline(__always)
  private func same(_ name: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    guard end - at > length else { return false }
    let text = base + at
    var index = 0
    while index < length {
      if text[index] != name[index] { return false }
      index += 1
    }
    return true
  }

  /// The key that stands here, with the quote behind it; the one that came next last time is tried first.
  @inline(__always)
  private func key(_ keys: UnsafeMutableBufferPointer<ScanKey>, _ before: inout Int) -> Int? {
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

  @inline(__always)
  private func matches(_ keys: UnsafeMutableBufferPointer<ScanKey>, _ index: Int) -> Bool {
    let length = keys[index].length
    return same(keys[index].name, length) && base[at + length] == 0x22
  }

  // MARK: - Objects

  private func object(_ entity: Int, row: Int, isNamed: Bool = false) -> Bool {
    guard take(0x7B) else { return false }
    let keys = keys[entity]
    guard keys.count <= 64 else { return false }
    var met: UInt64 = 0
    var before = keys.count - 1
    var hasID = isNamed || entity == Int(table.program.caseEntity.index)
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
        } else if !value(keys[index], row: row) {
          return false
        }
      } while take(0x2C)
      guard take(0x7D) else { return false }
    }
    guard hasID else { return false }
    return settle(entity, met, row: row)
  }

  /// Behind the object with the facts only the id and the date may follow.
  private func restOfCase(_ keys: UnsafeMutableBufferPointer<ScanKey>) -> Bool {
    var before = -1
    while take(0x2C) {
      guard let index = key(keys, &before), take(0x3A) else { return false }
      space()
      switch keys[index].kind {
      case .id where id.isEmpty:
        guard identify(Int(table.program.caseEntity.index)) else { return false }
      case .today: guard value(keys[index], row: 0) else { return false }
      default: return false
      }
    }
    return take(0x7D)
  }

  /// What was not said: members that exist all the same, and whether everything is known.
  private func settle(_ entity: Int, _ met: UInt64, row: Int) -> Bool {
    if table.needed[entity] & ~met != 0 { isFull = false }
    if table.mereDefaults[entity] & ~met != 0 { usesMereDefault = true }
    let keys = keys[entity]
    for index in keys.indices where keys[index].kind == .members || keys[index].kind == .member {
      let key = keys[index]
      if met >> UInt64(index) & 1 == 1 { continue }
      if key.isNeeded { return false }
      guard key.kind == .member, !key.isOptional else { continue }
      let space = plan.spaceOfEntity[key.entity]
      var own = row
      if space != plan.spaceOfEntity[entity] {
        own = rows[space]
        addRow(key.entity, place: key.place)
      }
      guard settle(key.entity, 0, row: own) else { return false }
    }
    for space in table.heldSpaces[entity] {
      columns.starts[space].append(Int64(rows[space]))
      guard rows[space] - begun[space] <= Plan.memberLimit else { return false }
    }
    return true
  }

  // MARK: - Values

  private func value(_ key: ScanKey, row: Int) -> Bool {
    guard at < end else { return false }
    let first = base[at]
    if first == 0x6E, key.isOptional, word("null") {
      switch key.kind {
      case .member: close(key, row)
      case .members: return false
      default: set(key.isAbsent, row, -1)
      }
      set(key.isGiven, row, -1)
      return true
    }
    switch key.kind {
    case .truth:
      if first == 0x74, word("true") { return give(key, row, -1) }
      return first == 0x66 && word("false") && give(key, row, 0)
    case .number: return number(key, row)
    case .date:
      guard let code = date() else { return false }
      return give(key, row, code)
    case .today: return date() == today
    case .choice:
      guard let text = plainText() else { return false }
      let members = table.choices[key.entity]
      for (index, name) in members.enumerated() where name.count == text.count {
        if name.withUnsafeBufferPointer({ name in
          name.indices.allSatisfy { name[$0] == base[text.lowerBound + $0] }
        }) {
          return give(key, row, Int64(index))
        }
      }
      return false
    case .text:
      guard let text = plainText() else { return false }
      if key.values.count == 0 { return true }
      let string = String(
        decoding: UnsafeBufferPointer(start: base + text.lowerBound, count: text.count),
        as: UTF8.self)
      return give(key, row, columns.code(ofText: string))
    case .member: return member(key, row)
    case .members: return members(key, row)
    case .strange: return pass()
    case .id, .household, .other: return false
    }
  }

  /// Goes over a plain value that nobody reads; whatever else stands there is left to the reader of cases.
  private func pass() -> Bool {
    switch base[at] {
    case 0x22: return plainText() != nil
    case 0x74: return word("true")
    case 0x66: return word("false")
    case 0x30...0x39:
      let start = at
      while at < end, base[at] &- 0x30 < 10 { at += 1 }
      return at == start + 1 || base[start] != 0x30
    default: return false
    }
  }

  @inline(__always)
  private func set(_ span: ScanKey.ArraySpan, _ row: Int, _ value: Int64) {
    for position in span.start..<span.start + span.count {
      columns.values[Int(table.columns[position])].set(row, value)
    }
  }

  @inline(__always)
  private func give(_ key: ScanKey, _ row: Int, _ value: Int64) -> Bool {
    guard value >= key.low, value <= key.high else { return false }
    set(key.values, row, value)
    set(key.isGiven, row, -1)
    return true
  }

  private func close(_ key: ScanKey, _ row: Int) { set(key.isComplete, row, -1) }

  private func word(_ text: StaticString) -> Bool {
    guard end - at > text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where base[at + index] != text.utf8Start[index] {
      return false
    }
    at += text.utf8CodeUnitCount
    return true
  }

  /// A JSON number without an exponent, of at most 17 digits; in quotes it means the same.
  @inline(__always)
  private func number(_ key: ScanKey, _ row: Int) -> Bool {
    let isQuoted = base[at] == 0x22
    if isQuoted { at += 1 }
    let isNegative = at < end && base[at] == 0x2D
    if isNegative { at += 1 }
    var count: Int64 = 0
    var digits = 0
    let start = at
    while at < end, base[at] &- 0x30 < 10 {
      count = count &* 10 &+ Int64(base[at] &- 0x30)
      digits += 1
      at += 1
    }
    guard digits > 0, digits <= 17, base[start] != 0x30 || digits == 1 else { return false }
    var places = 0
    if at < end, base[at] == 0x2E {
      at += 1
      while at < end, base[at] &- 0x30 < 10 {
        if places < key.places {
          count = count &* 10 &+ Int64(base[at] &- 0x30)
          digits += 1
        } else if base[at] != 0x30 {
          return false
        }
        places += 1
        at += 1
      }
      guard places > 0 else { return false }
    }
    while places < key.places {
      count = count &* 10
      digits += 1
      places += 1
    }
    guard digits <= 17, at < end, base[at] != 0x65, base[at] != 0x45 else { return false }
    if isQuoted {
      guard base[at] == 0x22 else { return false }
      at += 1
    }
    // Nothing is below zero by nothing.
    if isNegative, count == 0 { return false }
    return give(key, row, isNegative ? -count : count)
  }

  @inline(__always)
  private func pair(_ offset: Int) -> Int64 {
    let (tens, ones) = (base[at + offset] &- 0x30, base[at + offset + 1] &- 0x30)
    return tens < 10 && ones < 10 ? Int64(tens) * 10 + Int64(ones) : 10_000
  }

  @inline(__always)
  private func date() -> Int64? {
    guard end - at >= 12, base[at] == 0x22, base[at + 5] == 0x2D, base[at + 8] == 0x2D,
      base[at + 11] == 0x22
    else { return nil }
    let year = pair(1) * 100 + pair(3)
    let (month, day) = (pair(6), pair(9))
    guard year >= 1, year <= 9_999, month >= 1, month <= 12, day >= 1, day <= 31 else {
      return nil
    }
    if day > 28 {
      guard CalendarDate(year: Int(year), month: Int(month), day: Int(day)) != nil else {
        return nil
      }
    }
    at += 12
    return PlanDate.code(Int(year), Int(month), Int(day))
  }

  /// A text of visible ASCII without escapes: where it stands between its quotes.
  private func plainText() -> Range<Int>? {
    guard at < end, base[at] == 0x22 else { return nil }
    var close = at + 1
    while close < end, base[close] != 0x22 {
      guard base[close] >= 0x20, base[close] < 0x7F, base[close] != 0x5C else { return nil }
      close += 1
    }
    guard close < end else { return nil }
    let range = at + 1..<close
    at = close + 1
    return range
  }

  // MARK: - Members

  private func identify(_ entity: Int) -> Bool {
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
    guard entity != Int(table.program.caseEntity.index) else {
      id = start..<at
      return !text.isEmpty
    }
    return add(id: text, of: entity)
  }

  /// Whether the id can be a member's, and nobody else's.
  private func add(id text: Range<Int>, of entity: Int) -> Bool {
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
    for name in table.singleNames[entity] where name.count == text.count {
      if name.indices.allSatisfy({ name[$0] == base[text.lowerBound + $0] }) { return false }
    }
    ids.append((entity, text.lowerBound, text.count))
    let space = plan.spaceOfEntity[entity]
    let name = UnsafeBufferPointer(start: base + text.lowerBound, count: text.count)
    if let last = memberNames[space].indices.last { memberNames[space][last] = name }
    return true
  }

  private func member(_ key: ScanKey, _ row: Int) -> Bool {
    guard at < end, base[at] == 0x7B else { return false }
    close(key, row)
    let space = plan.spaceOfEntity[key.entity]
    var own = row
    if table.heldInRows[key.entity] {
      own = rows[space]
      addRow(key.entity, place: key.place)
    }
    return object(key.entity, row: own, isNamed: true)
  }

  private func members(_ key: ScanKey, _ row: Int) -> Bool {
    close(key, row)
    let space = plan.spaceOfEntity[key.entity]
    var count: Int64 = 0
    let isList = at < end && base[at] == 0x5B
    guard isList ? take(0x5B) : take(0x7B) else { return false }
    let close: UInt8 = isList ? 0x5D : 0x7D
    if !take(close) {
      repeat {
        let own = rows[space]
        guard own - begun[space] < Plan.memberLimit else { return false }
        addRow(key.entity, place: key.place)
        if !isList {
          self.space()
          guard let name = plainText(), add(id: name, of: key.entity), take(0x3A) else {
            return false
          }
          self.space()
        }
        guard object(key.entity, row: own, isNamed: !isList) else { return false }
        count += 1
      } while take(0x2C)
      guard take(close) else { return false }
    }
    return count >= key.low && count <= key.high
  }

}
