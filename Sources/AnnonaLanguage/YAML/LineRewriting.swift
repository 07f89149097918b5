/// Shows the author's line as it should have been written.
struct LineRewriting {
  private static let longest = 160
  /// How far from the place in question a line is looked at: no author's line is longer.
  private static let window = 4096

  let source: SourceFile

  private var bytes: [UInt8] { source.bytes }

  /// The bytes of the line that holds a byte, without indentation and line break.
  func line(at offset: Int) -> Range<Int> {
    let range = source.lineRange(source.lineIndex(of: Int32(clamping: offset)))
    var start = range.lowerBound
    if start == 0, bytes.starts(with: byteOrderMark) { start = byteOrderMark.count }
    start = max(start, offset - Self.window)
    let end = max(start, min(range.upperBound, offset + Self.window))
    while start < end, isBlank(start) { start += 1 }
    return start..<trimmedEnd(start..<end)
  }

  /// The whole line with one part replaced, or the part alone where the line is long.
  func rewritten(_ part: Range<Int>, as replacement: String) -> String {
    let first = line(at: part.lowerBound)
    let last = line(at: max(part.lowerBound, part.upperBound - 1))
    let before = text(min(first.lowerBound, part.lowerBound)..<part.lowerBound)
    let after = text(part.upperBound..<max(part.upperBound, last.upperBound))
    let whole = before + replacement + after
    if whole.utf8.count <= Self.longest { return whole }
    if replacement.utf8.count <= Self.longest { return replacement }
    return replacement.prefix(Self.longest / 2) + " … " + replacement.suffix(Self.longest / 4)
  }

  /// The line with one part put in quotes.
  func quoting(_ part: Range<Int>) -> String {
    rewritten(part, as: Self.quoted(folded(part)))
  }

  /// A text in the quotes that need the least escaping.
  static func quoted(_ text: String) -> String {
    if !text.contains("\""), !text.contains("\\") { return "\"" + text + "\"" }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''") + "'"
  }

  func text(_ range: Range<Int>) -> String {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count else { return "" }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// A part that runs over several lines, on one.
  private func folded(_ part: Range<Int>) -> String {
    text(part).split(whereSeparator: \.isNewline).map { line in
      String(line.drop { $0 == " " || $0 == "\t" })
    }.joined(separator: " ")
  }

  /// The value's bytes in a line `key: value` (also behind `- `), or nothing where there is none before `limit`.
  func value(inLineAt offset: Int, before limit: Int) -> Range<Int>? {
    let line = line(at: offset)
    guard let colon = keyColon(in: line), colon < limit else { return nil }
    var start = colon + 1
    while start < line.upperBound, isBlank(start) { start += 1 }
    guard start < line.upperBound, start < limit else { return nil }
    return start..<trimmedEnd(start..<beforeComment(start..<line.upperBound))
  }

  /// The bytes of the key in a line `key: value`.
  func key(inLineAt offset: Int) -> Range<Int>? {
    let line = line(at: offset)
    guard let colon = keyColon(in: line) else { return nil }
    return keyStart(in: line)..<colon
  }

  private func keyStart(in line: Range<Int>) -> Int {
    var start = line.lowerBound
    while start + 1 < line.upperBound, bytes[start] == UInt8(ascii: "-"), isBlank(start + 1) {
      start += 1
      while start < line.upperBound, isBlank(start) { start += 1 }
    }
    return start
  }

  /// The first colon that YAML takes for the end of a key.
  func keyColon(in line: Range<Int>) -> Int? {
    var offset = keyStart(in: line)
    if offset < line.upperBound, bytes[offset] == 0x22 || bytes[offset] == 0x27 {
      let quote = bytes[offset]
      offset += 1
      while offset < line.upperBound, bytes[offset] != quote { offset += 1 }
    }
    while offset < line.upperBound {
      if bytes[offset] == UInt8(ascii: ":"), offset + 1 == line.upperBound || isBlank(offset + 1) {
        return offset
      }
      offset += 1
    }
    return nil
  }

  /// From a byte to the comma or bracket that ends its part of `{ }` or `[ ]`, or to the end of its line.
  func flowPart(from start: Int) -> Range<Int> {
    let end = line(at: start).upperBound
    var depth = 0
    var quote: UInt8?
    var offset = start
    scan: while offset < end {
      let byte = bytes[offset]
      if let open = quote {
        if byte == open { quote = nil }
      } else {
        switch byte {
        case 0x22, 0x27: quote = byte
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: ")") where depth > 0: depth -= 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"):
          if depth == 0 { break scan }
          depth -= 1
        case UInt8(ascii: ",") where depth == 0: break scan
        default: break
        }
      }
      offset += 1
    }
    return start..<trimmedEnd(start..<max(start, offset))
  }

  /// Where ` #` begins a comment, else the end.
  func beforeComment(_ range: Range<Int>) -> Int {
    for offset in range.dropFirst()
    where bytes[offset] == UInt8(ascii: "#") && isBlank(offset - 1) {
      return offset
    }
    return range.upperBound
  }

  func trimmedEnd(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, isBlank(end - 1) { end -= 1 }
    return end
  }

  func isBlank(_ offset: Int) -> Bool { bytes[offset] == 0x20 || bytes[offset] == 0x09 }
}
