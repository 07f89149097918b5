/// Some of a table's rows, by number.
struct RowSet: Hashable {
  /// The first 64, and the rest where there are more.
  private var first: UInt64
  private var rest: [UInt64]
  private let size: Int

  init(count: Int, filled: Bool) {
    size = count
    first = filled ? Self.low(count) : 0
    rest = []
    var left = count - 64
    while left > 0 {
      rest.append(filled ? Self.low(left) : 0)
      left -= 64
    }
  }

  private static func low(_ count: Int) -> UInt64 {
    count >= 64 ? .max : (1 << UInt64(max(0, count))) - 1
  }

  mutating func insert(_ row: Int) {
    if row < 64 { first |= 1 << UInt64(row) } else { rest[row / 64 - 1] |= 1 << UInt64(row % 64) }
  }

  func contains(_ row: Int) -> Bool {
    (row < 64 ? first : rest[row / 64 - 1]) >> UInt64(row % 64) & 1 == 1
  }

  func intersection(_ other: RowSet) -> RowSet {
    var result = self
    result.first &= other.first
    for index in rest.indices { result.rest[index] &= other.rest[index] }
    return result
  }

  func isDisjoint(with other: RowSet) -> Bool {
    first & other.first == 0 && rest.indices.allSatisfy { rest[$0] & other.rest[$0] == 0 }
  }

  var isEmpty: Bool { first == 0 && rest.allSatisfy { $0 == 0 } }

  /// How many there are.
  var count: Int { rest.reduce(first.nonzeroBitCount) { $0 + $1.nonzeroBitCount } }

  /// Ascending.
  var members: [Int] { (0..<size).filter(contains) }
}
