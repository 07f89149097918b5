/// Some of a table's rows, by number.
struct RowSet: Hashable {
  private var words: [UInt64]
  private let count: Int

  init(count: Int, filled: Bool) {
    self.count = count
    words = Array(repeating: filled ? .max : 0, count: (count + 63) / 64)
    if filled, count % 64 != 0 { words[words.count - 1] = (1 << UInt64(count % 64)) - 1 }
  }

  mutating func insert(_ row: Int) { words[row / 64] |= 1 << UInt64(row % 64) }

  func contains(_ row: Int) -> Bool { words[row / 64] >> UInt64(row % 64) & 1 == 1 }

  func intersection(_ other: RowSet) -> RowSet {
    var result = self
    for index in words.indices { result.words[index] &= other.words[index] }
    return result
  }

  /// Ascending.
  var members: [Int] {
    (0..<count).filter { words[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
  }
}
