/// One step through UTF-8: a code point with its length in bytes, or what is wrong there.
enum UTF8Step {
  case scalar(UInt32, length: Int)
  /// The bytes at this place are no UTF-8.
  case invalid
}

/// Reads the code point at `offset`, which must be inside `bytes`; refuses overlong forms and surrogates.
func decodeUTF8(_ bytes: [UInt8], at offset: Int) -> UTF8Step {
  let first = bytes[offset]
  let length: Int
  var value: UInt32
  switch first {
  case 0..<0x80: return .scalar(UInt32(first), length: 1)
  case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
  case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
  case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
  default: return .invalid
  }
  guard offset + length <= bytes.count else { return .invalid }
  for next in bytes[(offset + 1)..<(offset + length)] {
    guard next & 0xC0 == 0x80 else { return .invalid }
    value = value << 6 | UInt32(next & 0x3F)
  }
  switch (length, value) {
  case (3, ..<0x800), (3, 0xD800...0xDFFF), (4, ..<0x10000), (4, 0x110000...): return .invalid
  default: return .scalar(value, length: length)
  }
}

/// A space that looks like one and is none: YAML and expressions take it for a letter.
func isOddSpace(_ value: UInt32) -> Bool {
  switch value {
  case 0xA0, 0x1680, 0x2000...0x200B, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF: true
  default: false
  }
}

/// The odd space that begins at a byte, with its length.
func oddSpace(_ bytes: [UInt8], at offset: Int) -> (value: UInt32, length: Int)? {
  guard bytes.indices.contains(offset), bytes[offset] >= 0xC2 else { return nil }
  guard case .scalar(let value, let length) = decodeUTF8(bytes, at: offset), isOddSpace(value)
  else { return nil }
  return (value, length)
}

/// A space, tab or line break, the only ones that YAML and JSON have here.
func isSpaceOrBreak(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}
