import AnnonaLanguage
import AnnonaValues
import CKernels

/// The operations, with what is known beforehand folded away.
extension PlanBuilder {
  private mutating func binary(
    _ operation: annona_operation, _ immediate: annona_operation?, _ one: PlacedColumn,
    _ other: PlacedColumn, range: ClosedRange<Int64>
  ) throws(Unplannable) -> PlacedColumn {
    if let immediate, let constant = other.constant {
      return try step(
        immediate, at: one.placement, [one.column], immediates: [constant], range: range)
    }
    let (columns, placement) = try joined([
      one.constant == nil ? one : try filled(one, at: .household),
      other.constant == nil ? other : try filled(other, at: .household),
    ])
    return try step(operation, at: placement, columns, range: range)
  }

  mutating func add(
    _ one: PlacedColumn, _ other: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    let (a, b) = (range(of: one), range(of: other))
    let range = try Self.bounded(
      Int128(a.lowerBound) + Int128(b.lowerBound), Int128(a.upperBound) + Int128(b.upperBound))
    if let x = one.constant, let y = other.constant { return .same(x + y) }
    if one.constant != nil { return try add(other, one) }
    if other.constant == 0 { return one }
    return try binary(ANNONA_ADD, ANNONA_ADD_I, one, other, range: range)
  }

  mutating func subtract(
    _ one: PlacedColumn, _ other: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    let (a, b) = (range(of: one), range(of: other))
    let range = try Self.bounded(
      Int128(a.lowerBound) - Int128(b.upperBound), Int128(a.upperBound) - Int128(b.lowerBound))
    if let constant = other.constant { return try add(one, .same(-constant)) }
    if let constant = one.constant {
      return try step(
        ANNONA_RSUB_I, at: other.placement, [other.column], immediates: [constant], range: range)
    }
    if one == other { return .same(0) }
    return try binary(ANNONA_SUB, nil, one, other, range: range)
  }

  mutating func negate(_ one: PlacedColumn) throws(Unplannable) -> PlacedColumn {
    try subtract(.same(0), one)
  }

  mutating func multiply(
    _ one: PlacedColumn, _ other: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    if one.constant != nil, other.constant == nil { return try multiply(other, one) }
    let (a, b) = (range(of: one), range(of: other))
    let corners = [
      Int128(a.lowerBound) * Int128(b.lowerBound), Int128(a.lowerBound) * Int128(b.upperBound),
      Int128(a.upperBound) * Int128(b.lowerBound), Int128(a.upperBound) * Int128(b.upperBound),
    ]
    let range = try Self.bounded(corners.min() ?? 0, corners.max() ?? 0)
    if range.lowerBound == range.upperBound { return .same(range.lowerBound) }
    if other.constant == 1 { return one }
    let isNarrow = [a, b].allSatisfy {
      $0.lowerBound >= Int64(Int32.min) && $0.upperBound <= Int64(Int32.max)
    }
    return isNarrow
      ? try binary(ANNONA_MUL32, ANNONA_MUL32_I, one, other, range: range)
      : try binary(ANNONA_MUL, ANNONA_MUL_I, one, other, range: range)
  }

  mutating func least(
    _ one: PlacedColumn, _ other: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    if one.constant != nil, other.constant == nil { return try least(other, one) }
    let (a, b) = (range(of: one), range(of: other))
    if a.upperBound <= b.lowerBound { return one }
    if b.upperBound <= a.lowerBound { return other }
    let range = min(a.lowerBound, b.lowerBound)...min(a.upperBound, b.upperBound)
    return try binary(ANNONA_MIN, ANNONA_MIN_I, one, other, range: range)
  }

  mutating func greatest(
    _ one: PlacedColumn, _ other: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    if one.constant != nil, other.constant == nil { return try greatest(other, one) }
    let (a, b) = (range(of: one), range(of: other))
    if a.lowerBound >= b.upperBound { return one }
    if b.lowerBound >= a.upperBound { return other }
    let range = max(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
    return try binary(ANNONA_MAX, ANNONA_MAX_I, one, other, range: range)
  }

  mutating func magnitude(of one: PlacedColumn) throws(Unplannable) -> PlacedColumn {
    let range = range(of: one)
    if range.lowerBound >= 0 { return one }
    let greatest = max(-range.lowerBound, range.upperBound)
    return try binary(ANNONA_MAX, ANNONA_MAX_I, one, try negate(one), range: 0...greatest)
  }

  /// Rounded toward minus infinity; the divisor's proper values are above 0.
  mutating func divide(
    _ one: PlacedColumn, _ other: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    if other.constant == 1 { return one }
    let (a, b) = (range(of: one), range(of: other))
    let (low, high) = (max(1, b.lowerBound), max(1, b.upperBound))
    func floor(_ x: Int64, _ y: Int64) -> Int64 { x / y - (x % y < 0 ? 1 : 0) }
    let range =
      min(
        floor(a.lowerBound, low), floor(a.lowerBound, high))...max(
        floor(a.upperBound, low), floor(a.upperBound, high))
    if range.lowerBound == range.upperBound { return .same(range.lowerBound) }
    let narrow: Int64 = (1 << 51) - 1
    let isNarrow = a.lowerBound >= -narrow && a.upperBound <= narrow && high <= narrow
    return isNarrow
      ? try binary(ANNONA_DIV_NARROW, ANNONA_DIV_NARROW_I, one, other, range: range)
      : try binary(ANNONA_DIV, ANNONA_DIV_I, one, other, range: range)
  }

  /// The bits from a place on, of what is never negative.
  mutating func shifted(_ one: PlacedColumn, by bits: Int64) throws(Unplannable) -> PlacedColumn {
    if let constant = one.constant { return .same(constant >> bits) }
    let range = range(of: one)
    return try step(
      ANNONA_SHR_I, at: one.placement, [one.column], immediates: [bits],
      range: max(0, range.lowerBound) >> bits...max(0, range.upperBound) >> bits)
  }

  mutating func masked(_ one: PlacedColumn, _ mask: Int64) throws(Unplannable) -> PlacedColumn {
    if let constant = one.constant { return .same(constant & mask) }
    return try step(
      ANNONA_AND_I, at: one.placement, [one.column], immediates: [mask], range: 0...mask)
  }

  // MARK: - Truth

  private static let truths: ClosedRange<Int64> = -1...0

  mutating func compare(
    _ comparison: Comparison, _ one: PlacedColumn, _ other: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    if let decided = decided(comparison, one, other) { return decided ? .yes : .no }
    switch comparison {
    case .equal: return try compare(ANNONA_EQ, ANNONA_EQ_I, ANNONA_EQ_I, one, other)
    case .unequal: return try not(try compare(.equal, one, other))
    case .less: return try compare(ANNONA_LT, ANNONA_LT_I, ANNONA_GT_I, one, other)
    case .lessOrEqual: return try compare(ANNONA_LE, ANNONA_LE_I, ANNONA_GE_I, one, other)
    case .greater: return try compare(.less, other, one)
    case .greaterOrEqual: return try compare(.lessOrEqual, other, one)
    }
  }

  private mutating func compare(
    _ columns: annona_operation, _ right: annona_operation, _ left: annona_operation,
    _ one: PlacedColumn, _ other: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    if one.constant != nil { return try binary(columns, left, other, one, range: Self.truths) }
    return try binary(columns, right, one, other, range: Self.truths)
  }

  private func decided(
    _ comparison: Comparison, _ one: PlacedColumn, _ other: PlacedColumn
  ) -> Bool? {
    let (a, b) = (range(of: one), range(of: other))
    let isSame = one == other || a.lowerBound == a.upperBound && a == b
    switch comparison {
    case .equal, .unequal:
      if isSame { return comparison == .equal }
      return a.overlaps(b) ? nil : comparison == .unequal
    case .less:
      return a.upperBound < b.lowerBound ? true : a.lowerBound >= b.upperBound ? false : nil
    case .lessOrEqual:
      return isSame || a.upperBound <= b.lowerBound
        ? true : a.lowerBound > b.upperBound ? false : nil
    case .greater: return decided(.less, other, one)
    case .greaterOrEqual: return decided(.lessOrEqual, other, one)
    }
  }

  mutating func not(_ one: PlacedColumn) throws(Unplannable) -> PlacedColumn {
    if let constant = one.constant { return .same(~constant) }
    if let known = negation(of: one) { return known }
    let result = try step(ANNONA_NOT, at: one.placement, [one.column], range: Self.truths)
    note(result, isNegationOf: one)
    return result
  }

  mutating func and(
    _ one: PlacedColumn, _ other: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    if one.isNo || other.isNo { return .no }
    if one.isYes || one == other { return other }
    if other.isYes { return one }
    if negation(of: one) == other { return .no }
    if one.placement == other.placement {
      if case .column(let index) = other.column, implications(one).contains(index) { return one }
      if case .column(let index) = one.column, implications(other).contains(index) { return other }
    }
    let result = try binary(ANNONA_AND, nil, one, other, range: Self.truths)
    note(result, implies: [one, other].filter { $0.placement == result.placement })
    return result
  }

  mutating func and(_ truths: [PlacedColumn]) throws(Unplannable) -> PlacedColumn {
    var result = PlacedColumn.yes
    for truth in truths { result = try and(result, truth) }
    return result
  }

  mutating func or(
    _ one: PlacedColumn, _ other: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    if one.isYes || other.isYes { return .yes }
    if one.isNo || one == other { return other }
    if other.isNo { return one }
    if negation(of: one) == other { return .yes }
    return try binary(ANNONA_OR, nil, one, other, range: Self.truths)
  }

  mutating func or(_ truths: [PlacedColumn]) throws(Unplannable) -> PlacedColumn {
    var result = PlacedColumn.no
    for truth in truths { result = try or(result, truth) }
    return result
  }

  /// The value where it holds, else 0.
  mutating func value(
    _ value: PlacedColumn, where truth: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    if truth.isYes || value.isNo { return value }
    if truth.isNo { return .no }
    if value.isYes { return truth }
    let range = range(of: value)
    if let constant = value.constant {
      return try step(
        ANNONA_AND_I, at: truth.placement, [truth.column], immediates: [constant],
        range: min(0, constant)...max(0, constant))
    }
    return try binary(
      ANNONA_AND, nil, truth, value, range: min(0, range.lowerBound)...max(0, range.upperBound))
  }

  mutating func select(
    _ truth: PlacedColumn, _ then: PlacedColumn, _ otherwise: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    if truth.isYes || then == otherwise { return then }
    if truth.isNo { return otherwise }
    if otherwise.isNo { return try value(then, where: truth) }
    let (a, b) = (range(of: then), range(of: otherwise))
    let isTruth = [a, b].allSatisfy { $0.lowerBound >= -1 && $0.upperBound <= 0 }
    if isTruth {
      if then.isYes { return try or(truth, otherwise) }
      if then.isNo { return try and(otherwise, try not(truth)) }
      if otherwise.isYes { return try or(try not(truth), then) }
    }
    let range = min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
    switch (then.constant, otherwise.constant) {
    case (let x?, let y?):
      return try step(
        ANNONA_SELECT_II, at: truth.placement, [truth.column], immediates: [x, y], range: range)
    case (let x?, nil):
      let (columns, placement) = try joined([truth, truth, otherwise])
      return try step(
        ANNONA_SELECT_IV, at: placement, columns, immediates: [x], range: range)
    case (nil, let y?):
      let (columns, placement) = try joined([truth, then])
      return try step(
        ANNONA_SELECT_VI, at: placement, columns, immediates: [0, y], range: range)
    default:
      let (columns, placement) = try joined([truth, then, otherwise])
      return try step(ANNONA_SELECT, at: placement, columns, range: range)
    }
  }

  // MARK: - Over the rows of a list

  /// The segments, the column with a row for each row of the axis, and what is left when they are taken together.
  private mutating func gathering(
    _ value: PlacedColumn, over axis: Int
  ) throws(Unplannable) -> (column: PlanColumn, segments: Int, placement: Placement) {
    let own = Placement(rows: [Placement.Row(axis: axis, space: axes[axis].space)])
    let placement = try join([value.placement, own])
    let column = try filled(value, at: placement).column
    guard placement.rows.count == 2 else {
      guard placement == own, case .members(_, let parent) = spaces[axes[axis].space] else {
        throw Unplannable("a list within a list beside another")
      }
      let holder = axes[axis].holder
      guard try space(holder) == parent else { throw Unplannable("a list of somebody else's") }
      return (column, number(.members(axes[axis].space, of: parent)), holder)
    }
    guard placement.rows[1] == own.rows[0] else {
      throw Unplannable("loops that end in another order")
    }
    return (
      column, number(.pairs(try space(placement))), Placement(rows: [placement.rows[0]])
    )
  }

  mutating func sum(
    _ value: PlacedColumn, over axis: Int
  ) throws(Unplannable) -> PlacedColumn {
    if value.isNo { return value }
    let range = range(of: value)
    let most = Int128(Plan.memberLimit)
    let total = try Self.bounded(
      min(0, Int128(range.lowerBound) * most), max(0, Int128(range.upperBound) * most))
    let (column, segments, placement) = try gathering(value, over: axis)
    return try step(ANNONA_SUM, at: placement, with: segments, [column], range: total)
  }

  /// The least of a list's values and of one more.
  mutating func least(
    _ value: PlacedColumn, over axis: Int, and other: Int64
  ) throws(Unplannable) -> PlacedColumn {
    let range = range(of: value)
    let (column, segments, placement) = try gathering(value, over: axis)
    return try step(
      ANNONA_LEAST, at: placement, with: segments, [column], immediates: [other],
      range: min(range.lowerBound, other)...other)
  }

  mutating func greatest(
    _ value: PlacedColumn, over axis: Int, and other: Int64
  ) throws(Unplannable) -> PlacedColumn {
    let range = range(of: value)
    let (column, segments, placement) = try gathering(value, over: axis)
    return try step(
      ANNONA_GREATEST, at: placement, with: segments, [column], immediates: [other],
      range: other...max(range.upperBound, other))
  }

  mutating func any(_ truth: PlacedColumn, over axis: Int) throws(Unplannable) -> PlacedColumn {
    if truth.isNo { return .no }
    return try compare(.unequal, try sum(truth, over: axis), .same(0))
  }

  /// How many there are of which it holds.
  mutating func count(_ truth: PlacedColumn, over axis: Int) throws(Unplannable) -> PlacedColumn {
    try negate(try sum(truth, over: axis))
  }

  // MARK: - Members by their place among the household's

  private mutating func householdMap(_ space: Int) -> Int {
    if case .pairs = spaces[space] { return number(.leftUp(space, to: 0)) }
    return number(.up(from: space, to: 0))
  }

  mutating func place(of row: Placement.Row) throws(Unplannable) -> PlacedColumn {
    if row.space == 0 { return .same(0) }
    return try step(
      ANNONA_PLACE, at: Placement(rows: [row]), with: householdMap(row.space),
      with2: number(.members(row.space, of: 0)), [], range: 0...Int64(Plan.memberLimit))
  }

  /// The value of the member that stands in this place.
  mutating func pick(
    _ value: PlacedColumn, of entity: Int, at place: PlacedColumn
  ) throws(Unplannable) -> PlacedColumn {
    if value.constant != nil { return value }
    let row = Placement.Row(axis: entity, space: axes[entity].space)
    guard row.space != 0 else {
      return PlacedColumn(column: value.column, placement: .household)
    }
    let column = try spread(value, to: Placement(rows: [row])).column
    let index = try filled(place, at: place.placement)
    let range = range(of: value)
    return try step(
      ANNONA_PICK, at: place.placement, with: householdMap(try space(place.placement)),
      with2: number(.members(row.space, of: 0)), [column, index.column],
      range: min(0, range.lowerBound)...max(0, range.upperBound))
  }
}
