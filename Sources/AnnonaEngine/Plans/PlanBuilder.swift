import AnnonaLanguage
import AnnonaValues
import CKernels

/// Puts a plan together step by step; what is the same is worked out once, and what is known beforehand not at all.
struct PlanBuilder {
  private(set) var spaces: [Plan.Space] = [.household]
  private(set) var maps: [Plan.Map] = []
  private(set) var segments: [Plan.Segments] = []
  private(set) var sources: [Plan.Source] = []
  private(set) var steps: [annona_step] = []
  private(set) var columnSpaces: [Int] = []
  /// What every proper value of a column lies within.
  private var ranges: [ClosedRange<Int64>] = []
  /// Of a column of truths: columns that are true wherever it is.
  private var implied: [Int: Set<Int>] = [:]
  private var negations: [Int: Int] = [:]
  private var known: [StepKey: Int] = [:]

  /// The first are those that rules run over, one an entity.
  private(set) var axes: [Axis] = []
  let ruleAxes: Int

  private struct StepKey: Hashable {
    let operation: UInt32
    let space: Int
    let with: [Int]
    let operands: [Int]
    let immediates: [Int64]
  }

  /// Numbers beyond this are never held.
  static let limit: Int64 = 1 << 61

  init(spaces: [Plan.Space], spaceOfEntity: [Int]) {
    self.spaces = spaces
    ruleAxes = spaceOfEntity.count
    axes = spaceOfEntity.map { Axis(space: $0, holder: .household) }
  }

  func isOfRule(_ axis: Int) -> Bool { axis < ruleAxes }

  mutating func addAxis(_ axis: Axis) -> Int {
    axes.append(axis)
    return axes.count - 1
  }

  // MARK: - Numbering

  mutating func number(_ space: Plan.Space) -> Int {
    if let found = spaces.firstIndex(of: space) { return found }
    spaces.append(space)
    return spaces.count - 1
  }

  mutating func number(_ map: Plan.Map) -> Int {
    if let found = maps.firstIndex(of: map) { return found }
    maps.append(map)
    return maps.count - 1
  }

  mutating func number(_ some: Plan.Segments) -> Int {
    if let found = segments.firstIndex(of: some) { return found }
    segments.append(some)
    return segments.count - 1
  }

  // MARK: - Steps

  func range(of value: PlacedColumn) -> ClosedRange<Int64> {
    switch value.column {
    case .same(let constant): constant...constant
    case .column(let index): ranges[index]
    }
  }

  static func bounded(_ low: Int128, _ high: Int128) throws(Unplannable) -> ClosedRange<Int64> {
    guard low >= -Int128(limit), high <= Int128(limit) else {
      throw Unplannable("a number too large to be held")
    }
    return Int64(low)...Int64(max(low, high))
  }

  /// A step whose columns all have the rows of the placement, but for those that gather rows.
  mutating func step(
    _ operation: annona_operation, at placement: Placement, with: Int = 0, with2: Int = 0,
    _ operands: [PlanColumn], immediates: [Int64] = [], range: ClosedRange<Int64>
  ) throws(Unplannable) -> PlacedColumn {
    let space = try space(placement)
    let columns = operands.map { operand in
      if case .column(let index) = operand { index } else { 0 }
    }
    let key = StepKey(
      operation: operation.rawValue, space: space, with: [with, with2], operands: columns,
      immediates: immediates)
    if let found = known[key] { return PlacedColumn(column: .column(found), placement: placement) }
    let out = columnSpaces.count
    columnSpaces.append(space)
    ranges.append(range)
    known[key] = out
    var step = annona_step()
    step.operation = UInt16(operation.rawValue)
    step.space = UInt16(space)
    step.with = UInt16(with)
    step.with2 = UInt16(with2)
    step.out = Int32(out)
    step.a = Int32(columns.first ?? out)
    step.b = Int32(columns.count > 1 ? columns[1] : out)
    step.c = Int32(columns.count > 2 ? columns[2] : out)
    step.immediate = immediates.first ?? 0
    step.immediate2 = immediates.count > 1 ? immediates[1] : 0
    steps.append(step)
    guard steps.count < 20_000 else { throw Unplannable("a program of too many steps") }
    return PlacedColumn(column: .column(out), placement: placement)
  }

  /// A column that is given.
  mutating func source(
    _ input: Plan.Input, at placement: Placement, range: ClosedRange<Int64>,
    quantum: Number = .one
  ) throws(Unplannable) -> PlacedColumn {
    let width: Plan.Width =
      range.lowerBound >= -128 && range.upperBound < 128
      ? .byte
      : range.lowerBound >= Int64(Int32.min) && range.upperBound <= Int64(Int32.max)
        ? .half : .whole
    let space = try space(placement)
    let index: Int
    if let found = sources.firstIndex(where: { $0.input == input && $0.space == space }) {
      index = found
    } else {
      index = sources.count
      sources.append(
        Plan.Source(input: input, space: space, width: width, range: range, quantum: quantum))
    }
    let operation =
      switch width {
      case .byte: ANNONA_LOAD8
      case .half: ANNONA_LOAD32
      case .whole: ANNONA_LOAD64
      }
    return try step(operation, at: placement, with: index, [], range: range)
  }

  /// Operands with the rows of all that they depend on.
  mutating func joined(
    _ operands: [PlacedColumn]
  ) throws(Unplannable) -> (columns: [PlanColumn], placement: Placement) {
    let placement = try join(operands.map(\.placement))
    var columns: [PlanColumn] = []
    for operand in operands { columns.append(try spread(operand, to: placement).column) }
    return (columns, placement)
  }

  /// A column also of what is the same for all.
  mutating func filled(
    _ value: PlacedColumn, at placement: Placement
  ) throws(Unplannable) -> PlacedColumn {
    guard let constant = value.constant else { return try spread(value, to: placement) }
    return try step(
      ANNONA_FILL, at: placement, [], immediates: [constant], range: constant...constant)
  }

  // MARK: - What truths imply

  /// The columns that are certainly true where this is.
  func implications(_ truth: PlacedColumn) -> Set<Int> {
    guard case .column(let index) = truth.column else { return [] }
    return (implied[index] ?? []).union([index])
  }

  mutating func note(_ truth: PlacedColumn, implies others: [PlacedColumn]) {
    guard case .column(let index) = truth.column else { return }
    for other in others { implied[index, default: []].formUnion(implications(other)) }
  }

  func negation(of truth: PlacedColumn) -> PlacedColumn? {
    guard case .column(let index) = truth.column, let found = negations[index] else { return nil }
    return PlacedColumn(column: .column(found), placement: truth.placement)
  }

  mutating func note(_ one: PlacedColumn, isNegationOf other: PlacedColumn) {
    guard case .column(let a) = one.column, case .column(let b) = other.column else { return }
    negations[a] = b
    negations[b] = a
  }
}
