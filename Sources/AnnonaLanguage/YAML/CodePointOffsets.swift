/// Turns libyaml's places, counted in code points, into bytes of the file in constant time.
struct CodePointOffsets {
  private static let stride = 64

  /// Where the text begins in the file: behind a byte-order mark.
  private let base: Int
  private let bytes: [UInt8]
  /// The byte of every 64th code point; empty when each code point is a byte.
  private let marks: [Int32]

  init(_ bytes: [UInt8], from base: Int) {
    self.bytes = bytes
    self.base = base
    guard bytes.contains(where: { $0 >= 0x80 }) else {
      self.marks = []
      return
    }
    var marks: [Int32] = []
    var count = 0
    for offset in base..<bytes.count where bytes[offset] & 0xC0 != 0x80 {
      if count % Self.stride == 0 { marks.append(Int32(offset)) }
      count += 1
    }
    self.marks = marks
  }

  /// The byte at which a code point begins; the end of the file for one beyond it.
  func byte(ofCodePoint index: Int) -> Int {
    guard !marks.isEmpty else { return min(base + max(index, 0), bytes.count) }
    let mark = max(index, 0) / Self.stride
    guard mark < marks.count else { return bytes.count }
    var offset = Int(marks[mark])
    var missing = index - mark * Self.stride
    while missing > 0, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      missing -= 1
    }
    return offset
  }
}
