import AnnonaLanguage
import AnnonaValues

/// A table cut into parts: each column into values that its cells cannot tell apart, each row into the parts it accepts.
///
/// Every point of the product of the columns stands for all inputs of its kind, so that what holds of the points holds of the law.
struct TableProof {
  /// A value for each part of each column.
  let columns: [[Value]]
  /// For each row but `otherwise`: its position in the table, and the parts it accepts, by column.
  let rows: [Box]

  struct Box {
    let row: Int
    var parts: [RowSet]

    func overlap(with other: Box) -> Box? {
      for index in parts.indices where parts[index].isDisjoint(with: other.parts[index]) {
        return nil
      }
      return Box(row: row, parts: zip(parts, other.parts).map { $0.intersection($1) })
    }
  }

  /// A value for each column.
  typealias Point = [Value]

  /// The point of a box with the least values.
  func point(of box: Box) -> Point {
    zip(columns, box.parts).map { column, parts in column[parts.members.first ?? 0] }
  }

  /// More findings about one table help nobody.
  private static let mostOverlaps = 100

  /// The first two rows, in order, that accept a common point.
  func overlaps() -> [(first: Box, second: Box, common: Box)] {
    var found: [(first: Box, second: Box, common: Box)] = []
    for (index, second) in rows.enumerated() {
      for first in rows[..<index] {
        guard let common = first.overlap(with: second) else { continue }
        found.append((first, second, common))
        if found.count == Self.mostOverlaps { return found }
      }
    }
    return found
  }

  // MARK: - What is left out

  enum Coverage {
    case complete
    case missing(Point)
    /// More regions than the specification examines.
    case undecided
  }

  private var whole: Box {
    Box(row: -1, parts: columns.map { RowSet(count: $0.count, filled: true) })
  }

  /// Whether the rows accept every point; of rows that share none, their sizes say so by addition.
  func coverage(rowsAreDisjoint: Bool) -> Coverage {
    rowsAreDisjoint
      ? counted(rows, column: 0, point: []) : covering(whole, by: rows)
  }

  /// Disjoint boxes fill the whole exactly when their sizes add up to it; where they do not, so in some part of each column.
  private func counted(_ rows: [Box], column: Int, point: Point) -> Coverage {
    guard
      let missing = size(of: columns.map(\.count), from: column).minus(
        rows.map {
          size(of: $0.parts.map(\.count), from: column)
        })
    else { return .undecided }
    if missing.isZero { return .complete }
    guard column < columns.count else { return .missing(point) }
    for (part, value) in columns[column].enumerated() {
      let here = rows.filter { $0.parts[column].contains(part) }
      let found = counted(here, column: column + 1, point: point + [value])
      if case .missing = found { return found }
      if case .undecided = found { return found }
    }
    return .complete
  }

  private func size(of counts: [Int], from column: Int) -> Size {
    Size(counts[column...].map { Number($0) })
  }

  /// Whether boxes that may overlap accept every point of another box.
  func covering(_ box: Box, by rows: [Box]) -> Coverage {
    var search = CoverageSearch(proof: self, box: box, rows: rows)
    return search.run()
  }
}

/// How many points a box has; `nil` once it is too large to say.
private struct Size {
  let number: Number?

  init(_ factors: [Number]) {
    number = factors.reduce(Optional(Number.one)) { product, factor in
      product.flatMap { try? $0 * factor }
    }
  }

  func minus(_ others: [Size]) -> Number? {
    others.reduce(number) { rest, size in
      guard let rest, let number = size.number else { return nil }
      return try? rest - number
    }
  }
}

/// Looks for a point that no row accepts, column by column; rows that are left over alike are looked at once.
private struct CoverageSearch {
  let proof: TableProof
  let box: TableProof.Box
  let rows: [TableProof.Box]
  private var seen: Set<Visit> = []
  private var regions = 0

  private struct Visit: Hashable {
    let column: Int
    let rows: [Int]
  }

  init(proof: TableProof, box: TableProof.Box, rows: [TableProof.Box]) {
    self.proof = proof
    self.box = box
    self.rows = rows
  }

  mutating func run() -> TableProof.Coverage {
    search(Array(rows.indices), column: 0, point: [])
  }

  private mutating func search(
    _ left: [Int], column: Int, point: TableProof.Point
  ) -> TableProof.Coverage {
    if column == proof.columns.count { return left.isEmpty ? .missing(point) : .complete }
    if left.contains(where: { acceptsTheRest($0, from: column) }) { return .complete }
    guard seen.insert(Visit(column: column, rows: left)).inserted else { return .complete }
    for part in box.parts[column].members {
      regions += 1
      if regions > Evaluator.regionLimit { return .undecided }
      let here = left.filter { rows[$0].parts[column].contains(part) }
      let found = search(
        here, column: column + 1, point: point + [proof.columns[column][part]])
      if case .complete = found { continue }
      return found
    }
    return .complete
  }

  private func acceptsTheRest(_ row: Int, from column: Int) -> Bool {
    (column..<proof.columns.count).allSatisfy { index in
      box.parts[index].members.allSatisfy { rows[row].parts[index].contains($0) }
    }
  }
}
