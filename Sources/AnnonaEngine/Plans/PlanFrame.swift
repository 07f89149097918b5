import AnnonaLanguage
import CKernels

/// Room for the columns of a plan, and the evaluator that fills them: many households at a time, or one of which all is kept.
///
/// It belongs to one thread.
package final class PlanFrame {
  /// Which instructions it uses.
  package enum Kind: Sendable, Hashable {
    /// Columns, with the widest instructions of the processor.
    case columns
    /// Columns, with the instructions that every processor has.
    case baseline
    /// The rows of one household; every column is kept.
    case rows
  }

  package let plan: Plan
  package let kind: Kind
  private let steps: [annona_step]
  /// The room of each of the plan's columns.
  private let rooms: [Int]
  private let capacity: [Int]
  private let columns: UnsafeMutablePointer<UnsafeMutablePointer<Int64>?>
  private let memory: UnsafeMutablePointer<Int64>
  private let inputs: UnsafeMutablePointer<UnsafeRawPointer?>
  private let maps: UnsafeMutablePointer<UnsafePointer<Int32>?>
  private let segments: UnsafeMutablePointer<UnsafePointer<Int32>?>
  private let rows: UnsafeMutablePointer<Int32>
  /// Room for running sums.
  private let sums: UnsafeMutablePointer<Int64>
  /// Maps and segments of a chunk.
  private var indices: [PlanIndex: UnsafeMutablePointer<Int32>] = [:]
  private var order: [PlanIndex] = []
  private var first: [Int]

  package static let chunk = 256
  private static let rowLimit = 4_096
  private static let pairLimit = 16_384

  /// Where each of the plan's sources stands among the given columns.
  private let givenAt: [Int]

  /// - Parameters:
  ///   - given: the plan whose columns are given, where it is not this one; it must read all that this one does.
  ///   - followed: rules whose values are kept beside the results.
  package init(
    _ plan: Plan, _ kind: Kind = .columns, columnsOf given: Plan? = nil,
    following followed: [Plan.RuleColumns] = []
  ) {
    self.plan = plan
    self.kind = kind
    givenAt = plan.sources.enumerated().map { index, source in
      given?.sources.firstIndex { $0.input == source.input } ?? index
    }
    let isOne = kind == .rows
    let capacity = plan.spaces.map { space in
      switch space {
      case .household: isOne ? 1 : Self.chunk
      case .members: isOne ? Plan.memberLimit : Self.rowLimit
      case .pairs: isOne ? Plan.memberLimit * Plan.memberLimit : Self.pairLimit
      }
    }
    self.capacity = capacity
    let kept = plan.results.flatMap(\.columns) + (isOne ? plan.rules : followed).flatMap(\.columns)
    let needed = Self.needed(plan, kept)
    let assigned =
      isOne
      ? (rooms: Array(plan.columnSpaces.indices), spaces: plan.columnSpaces)
      : Self.assign(plan, needed, kept)
    rooms = assigned.rooms
    steps = needed.map { step in
      var step = step
      step.out = Int32(assigned.rooms[Int(step.out)])
      step.a = Int32(assigned.rooms[Int(step.a)])
      step.b = Int32(assigned.rooms[Int(step.b)])
      step.c = Int32(assigned.rooms[Int(step.c)])
      return step
    }
    // Columns that begin at the same place of their cache lines' sets would drive one another out.
    let sizes = assigned.spaces.map { (capacity[$0] + 7) / 8 * 8 + 8 }
    memory = .allocate(capacity: max(1, sizes.reduce(0, +)))
    memory.initialize(repeating: 0, count: max(1, sizes.reduce(0, +)))
    columns = .allocate(capacity: max(1, sizes.count))
    var offset = 0
    for (index, size) in sizes.enumerated() {
      columns[index] = memory + offset
      offset += size
    }
    inputs = .allocate(capacity: max(1, plan.sources.count))
    maps = .allocate(capacity: max(1, plan.maps.count))
    segments = .allocate(capacity: max(1, plan.segments.count))
    rows = .allocate(capacity: plan.spaces.count)
    sums = .allocate(capacity: (capacity.max() ?? 0) + 8)
    first = Array(repeating: 0, count: plan.spaces.count)
    prepareIndices()
  }

  deinit {
    memory.deallocate()
    columns.deallocate()
    inputs.deallocate()
    maps.deallocate()
    segments.deallocate()
    rows.deallocate()
    sums.deallocate()
    for index in indices.values { index.deallocate() }
  }

  /// The steps on which the columns that are kept rest.
  private static func needed(_ plan: Plan, _ kept: [Int]) -> [annona_step] {
    var isNeeded = [Bool](repeating: false, count: plan.columnSpaces.count)
    for column in kept { isNeeded[column] = true }
    var needed: [annona_step] = []
    for step in plan.steps.reversed() where isNeeded[Int(step.out)] {
      for operand in [step.a, step.b, step.c] { isNeeded[Int(operand)] = true }
      needed.append(step)
    }
    return needed.reversed()
  }

  /// Rooms that are used again once a column is not needed any more.
  private static func assign(
    _ plan: Plan, _ steps: [annona_step], _ kept: [Int]
  ) -> (rooms: [Int], spaces: [Int]) {
    var last = [Int](repeating: -1, count: plan.columnSpaces.count)
    for (index, step) in steps.enumerated() {
      for operand in [step.a, step.b, step.c, step.out] { last[Int(operand)] = index }
    }
    for column in kept { last[column] = steps.count }
    var rooms = [Int](repeating: 0, count: plan.columnSpaces.count)
    var spaces: [Int] = []
    var free: [[Int]] = Array(repeating: [], count: plan.spaces.count)
    for (index, step) in steps.enumerated() {
      let out = Int(step.out)
      let space = plan.columnSpaces[out]
      if let room = free[space].popLast() {
        rooms[out] = room
      } else {
        rooms[out] = spaces.count
        spaces.append(space)
      }
      for operand in Set([step.a, step.b, step.c, step.out]) where last[Int(operand)] == index {
        free[plan.columnSpaces[Int(operand)]].append(rooms[Int(operand)])
      }
    }
    return (rooms, spaces)
  }

  // MARK: - Indices

  /// An index and those that it is made of, the latter first.
  private func prepareIndices() {
    func add(_ index: PlanIndex) {
      guard indices[index] == nil else { return }
      for part in index.parts(plan) { add(part) }
      let room =
        switch index {
        case .segments(.members(_, let parent)): capacity[parent] + 1
        case .segments(.pairs(let space)): leftCapacity(space) + 1
        case .map(.up(let from, _)): capacity[from]
        case .map(.left(let space)), .map(.right(let space)), .map(.leftUp(let space, _)):
          capacity[space]
        }
      let memory = UnsafeMutablePointer<Int32>.allocate(capacity: room + 8)
      memory.initialize(repeating: 0, count: room + 8)
      indices[index] = memory
      order.append(index)
    }
    for (number, map) in plan.maps.enumerated() {
      add(.map(map))
      maps[number] = UnsafePointer(indices[.map(map)])
    }
    for (number, some) in plan.segments.enumerated() {
      add(.segments(some))
      segments[number] = UnsafePointer(indices[.segments(some)])
    }
    for space in plan.spaces.indices {
      if case .pairs = plan.spaces[space] { add(.segments(.pairs(space))) }
    }
  }

  private func leftCapacity(_ space: Int) -> Int {
    guard case .pairs(let left, _, _) = plan.spaces[space] else { return 1 }
    return capacity[left]
  }

  // MARK: - Running

  /// Fills the columns for households from the first on, as many as there is room for.
  ///
  /// - Returns: how many.
  package func run(_ given: HouseholdColumns, from start: Int) -> Int {
    var count = min(kind == .rows ? 1 : Self.chunk, given.count - start)
    while count > 1, !fits(given, start, count) { count = (count + 1) / 2 }
    place(given, start, count)
    for index in order { fill(index, given) }
    var frame = annona_frame(
      rows: rows, maps: maps, segments: segments, inputs: inputs, columns: columns,
      sums: sums)
    steps.withUnsafeBufferPointer { steps in
      switch kind {
      case .columns: annona_run_columns(steps.baseAddress, steps.count, &frame)
      case .baseline: annona_run_baseline(steps.baseAddress, steps.count, &frame)
      case .rows: annona_run_rows(steps.baseAddress, steps.count, &frame)
      }
    }
    return count
  }

  /// Where the rows of each space begin and end for these households.
  private func place(_ given: HouseholdColumns, _ start: Int, _ count: Int) {
    first[0] = start
    rows[0] = Int32(count)
    for space in plan.spaces.indices.dropFirst() {
      switch plan.spaces[space] {
      case .household: break
      case .members(_, let parent):
        first[space] = Int(given.start(space, first[parent]))
        rows[space] =
          given.start(space, first[parent] + Int(rows[parent])) - Int32(first[space])
      case .pairs: rows[space] = 0
      }
    }
    for (index, source) in plan.sources.enumerated() {
      let column = given.values[givenAt[index]]
      inputs[index] = UnsafeRawPointer(column.base + first[source.space] * column.bytes)
    }
  }

  private func fits(_ given: HouseholdColumns, _ start: Int, _ count: Int) -> Bool {
    place(given, start, count)
    for space in plan.spaces.indices.dropFirst() {
      if case .members = plan.spaces[space], Int(rows[space]) > capacity[space] { return false }
    }
    for space in plan.spaces.indices {
      guard case .pairs(let left, let right, _) = plan.spaces[space] else { continue }
      // No row stands beside more than a household has.
      let most = Int(rows[left]) * min(Int(rows[right]), Plan.memberLimit)
      if most > capacity[space] { return false }
    }
    return true
  }

  private func fill(_ index: PlanIndex, _ given: HouseholdColumns) {
    guard let memory = indices[index] else { return }
    switch index {
    case .segments(.members(let space, let parent)):
      let count = Int(rows[parent])
      if space == parent {
        for row in 0...count { memory[row] = Int32(row) }
      } else if case .members(_, let direct) = plan.spaces[space], direct != parent,
        let own = indices[.segments(.members(space, of: direct))],
        let above = indices[.segments(.members(direct, of: parent))]
      {
        for row in 0...count { memory[row] = own[Int(above[row])] }
      } else {
        let base = Int32(first[space])
        for row in 0...count { memory[row] = given.start(space, first[parent] + row) - base }
      }
    case .segments(.pairs(let space)): fillPairs(space, memory)
    case .map(.up(let from, let to)):
      if from == to {
        for row in 0..<Int(rows[from]) { memory[row] = Int32(row) }
      } else if let starts = indices[.segments(.members(from, of: to))] {
        for row in 0..<Int(rows[to]) {
          for member in Int(starts[row])..<Int(starts[row + 1]) { memory[member] = Int32(row) }
        }
      }
    // Filled with the pairs.
    case .map(.left), .map(.right): break
    case .map(.leftUp(let space, let to)):
      guard case .pairs(let left, _, _) = plan.spaces[space],
        let lefts = indices[.map(.left(space))], let up = indices[.map(.up(from: left, to: to))]
      else { return }
      for row in 0..<Int(rows[space]) { memory[row] = up[Int(lefts[row])] }
    }
  }

  private func fillPairs(_ space: Int, _ starts: UnsafeMutablePointer<Int32>) {
    guard case .pairs(let left, let right, let meeting) = plan.spaces[space],
      let up = indices[.map(.up(from: left, to: meeting))],
      let down = indices[.segments(.members(right, of: meeting))],
      let lefts = indices[.map(.left(space))], let rights = indices[.map(.right(space))]
    else { return }
    var count = 0
    for row in 0..<Int(rows[left]) {
      starts[row] = Int32(count)
      let held = Int(up[row])
      for other in Int(down[held])..<Int(down[held + 1]) {
        lefts[count] = Int32(row)
        rights[count] = Int32(other)
        count += 1
      }
    }
    starts[Int(rows[left])] = Int32(count)
    rows[space] = Int32(count)
  }

  // MARK: - What came out

  /// The rows that a space has in the households just run.
  package func rowCount(_ space: Int) -> Int { Int(rows[space]) }

  /// The first row of a space among the given columns' rows.
  package func firstRow(_ space: Int) -> Int { first[space] }

  /// A value of the households just run, where the column was kept.
  package func value(_ column: PlanColumn, _ row: Int) -> Int64 {
    switch column {
    case .same(let value): value
    case .column(let index): columns[rooms[index]]?[row] ?? 0
    }
  }

  /// Where a column's values begin.
  func values(ofColumn index: Int) -> UnsafePointer<Int64>? {
    columns[rooms[index]].map { UnsafePointer($0) }
  }
}

/// What leads from the rows of one space to those of another.
private enum PlanIndex: Hashable {
  case map(Plan.Map)
  case segments(Plan.Segments)

  /// What must be filled before it.
  func parts(_ plan: Plan) -> [PlanIndex] {
    switch self {
    case .segments(.members(let space, let parent)):
      guard space != parent, case .members(_, let direct) = plan.spaces[space], direct != parent
      else { return [] }
      return [.segments(.members(space, of: direct)), .segments(.members(direct, of: parent))]
    case .segments(.pairs(let space)):
      guard case .pairs(let left, let right, let meeting) = plan.spaces[space] else { return [] }
      return [
        .map(.up(from: left, to: meeting)), .segments(.members(right, of: meeting)),
        .map(.left(space)), .map(.right(space)),
      ]
    case .map(.up(let from, let to)):
      return from == to ? [] : [.segments(.members(from, of: to))]
    case .map(.left), .map(.right): return []
    case .map(.leftUp(let space, let to)):
      guard case .pairs(let left, _, _) = plan.spaces[space] else { return [] }
      return [.segments(.pairs(space)), .map(.up(from: left, to: to))]
    }
  }
}
