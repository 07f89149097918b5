/// What one expression or table may be at most: limits that keep every walk over it short and safe.
package enum Limits {
  /// The levels of an expression's tree.
  package static let height = 200
  /// The bytes of one expression or cell.
  package static let length = 20_000
  /// The problems reported of one expression: more would only repeat the first.
  package static let problems = 8
  /// The digits of one number.
  package static let digits = 1_200
}

/// The bytes of one scalar and where each stands in its file.
struct SourceText {
  let bytes: [UInt8]
  let scalar: Scalar
  let file: Int32

  init(_ scalar: Scalar, file: Int32) {
    self.bytes = Array(scalar.text.utf8)
    self.scalar = scalar
    self.file = file
  }

  var all: Range<Int> { 0..<bytes.count }

  /// The place in the file of a range of the text.
  func span(_ range: Range<Int>) -> Span {
    let start = scalar.fileOffset(of: range.lowerBound)
    guard !range.isEmpty else { return Span(file: file, start: start, end: start) }
    let end = scalar.fileOffset(of: range.upperBound - 1) + 1
    return Span(file: file, start: start, end: max(start, end))
  }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  func byte(at offset: Int, before end: Int) -> UInt8? {
    offset < end ? bytes[offset] : nil
  }

  /// The range without the blanks at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, bytes[start].isBlank { start += 1 }
    while end > start, bytes[end - 1].isBlank { end -= 1 }
    return start..<end
  }

  func name(_ range: Range<Int>) -> NameSyntax {
    let range = trimmed(range)
    return NameSyntax(text(range), span: span(range))
  }

  /// The Unicode scalar that starts at an offset, and its length in bytes.
  func scalar(at offset: Int, before end: Int) -> (value: Unicode.Scalar, length: Int) {
    let first = bytes[offset]
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    let part = bytes[offset..<min(offset + length, end)]
    let value = String(decoding: part, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    return (value, part.count)
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  var isBlank: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\n")
      || self == UInt8(ascii: "\r")
  }

  /// What the second half of a sign of two characters can be.
  var isSign: Bool {
    self == UInt8(ascii: "=") || self == UInt8(ascii: "&") || self == UInt8(ascii: "|")
      || self == UInt8(ascii: ">") || self == UInt8(ascii: "<") || self == UInt8(ascii: "*")
      || self == UInt8(ascii: ".")
  }

  /// An ASCII letter or `_`.
  var isNameStart: Bool {
    (self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z"))
      || (self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z")) || self == UInt8(ascii: "_")
  }
}
