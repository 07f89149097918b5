import AnnonaLanguage
import CKernels

/// What a value depends on: nothing but the household, one row, or two.
struct Placement: Sendable, Hashable {
  /// A row that a loop or a rule runs over: of the space that it runs over, or of one that holds it.
  struct Row: Sendable, Hashable {
    let axis: Int
    let space: Int
  }

  /// Ascending by axis.
  var rows: [Row] = []

  static let household = Placement()
}

/// A column, or a constant, with what it depends on.
struct PlacedColumn: Sendable, Hashable {
  let column: PlanColumn
  let placement: Placement

  static func same(_ value: Int64) -> PlacedColumn {
    PlacedColumn(column: .same(value), placement: .household)
  }

  static let yes = same(-1)
  static let no = same(0)

  var constant: Int64? {
    if case .same(let value) = column { value } else { nil }
  }

  var isYes: Bool { constant == -1 }
  var isNo: Bool { constant == 0 }
}

/// What a loop runs over: the rows of a space, for each row of whoever holds the list.
struct Axis: Sendable {
  let space: Int
  let holder: Placement
}

extension PlanBuilder {
  /// The rows that a row of this axis determines: itself, its holder, and so on.
  private func chain(of axis: Int) -> [Placement.Row] {
    var rows = [Placement.Row(axis: axis, space: axes[axis].space)]
    while let holder = axes[rows[rows.count - 1].axis].holder.rows.first { rows.append(holder) }
    return rows
  }

  private func determines(_ axis: Int, _ row: Placement.Row) -> Bool {
    chain(of: axis).contains { $0.axis == row.axis && isAbove(row.space, $0.space) }
  }

  /// Whether the rows of one space hold those of another, or are they.
  func isAbove(_ upper: Int, _ lower: Int) -> Bool {
    var space = lower
    while true {
      if space == upper { return true }
      guard case .members(_, let parent) = spaces[space] else { return false }
      space = parent
    }
  }

  /// What depends on all that these depend on.
  func join(_ placements: [Placement]) throws(Unplannable) -> Placement {
    var rows: [Placement.Row] = []
    for row in placements.flatMap(\.rows) where !rows.contains(row) { rows.append(row) }
    if rows.count < 2 { return Placement(rows: rows) }
    let kept = rows.filter { row in
      !rows.contains { other in
        guard other != row else { return false }
        if other.axis == row.axis { return isAbove(row.space, other.space) }
        return determines(other.axis, row)
      }
    }.sorted { $0.axis < $1.axis }
    guard kept.count <= 2 else { throw Unplannable("three loops within one another") }
    if kept.count == 2 { _ = try meeting(kept[0], kept[1]) }
    return Placement(rows: kept)
  }

  /// The space in one row of which both rows stand.
  private func meeting(
    _ left: Placement.Row, _ right: Placement.Row
  ) throws(Unplannable) -> Int {
    let chain = chain(of: right.axis)
    if let shared = chain.first(where: { $0.axis == left.axis }) {
      guard isAbove(shared.space, left.space) else {
        throw Unplannable("a list within a list beside another")
      }
      return shared.space
    }
    guard axes[chain[chain.count - 1].axis].holder.rows.isEmpty, !isOfRule(right.axis) else {
      throw Unplannable("a list of somebody else's")
    }
    return 0
  }

  /// The rows of columns that depend on this.
  mutating func space(_ placement: Placement) throws(Unplannable) -> Int {
    switch placement.rows.count {
    case 0: return 0
    case 1: return placement.rows[0].space
    default:
      let (left, right) = (placement.rows[0], placement.rows[1])
      return number(.pairs(left.space, right.space, in: try meeting(left, right)))
    }
  }

  /// The same value for each row of a placement that determines it.
  mutating func spread(
    _ value: PlacedColumn, to placement: Placement
  ) throws(Unplannable) -> PlacedColumn {
    if value.constant != nil || value.placement == placement { return value }
    let target = try space(placement)
    let map: Plan.Map
    if let row = value.placement.rows.first {
      guard value.placement.rows.count == 1 else { throw Unplannable("two loops become another") }
      if placement.rows.count == 1 {
        map = .up(from: target, to: row.space)
      } else {
        let (left, right) = (placement.rows[0], placement.rows[1])
        if left.axis == row.axis || determines(left.axis, row) {
          map = left.space == row.space ? .left(target) : .leftUp(target, to: row.space)
        } else {
          let beside = try spread(value, to: Placement(rows: [right]))
          if beside.placement != value.placement { return try spread(beside, to: placement) }
          map = .right(target)
        }
      }
    } else {
      map = placement.rows.count == 2 ? .leftUp(target, to: 0) : .up(from: target, to: 0)
    }
    if case .up(let from, let to) = map, from == to {
      return PlacedColumn(column: value.column, placement: placement)
    }
    return try step(
      ANNONA_SPREAD, at: placement, with: number(map), [value.column],
      range: range(of: value))
  }
}
