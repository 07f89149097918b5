/// The texts, numbers and words of JSON.
extension JSONReader {
  /// A text in double quotes at `offset`, which then stands behind it; `nil` with a report when it is faulty.
  mutating func string() -> Scalar? {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    var segments = [Scalar.Segment(text: 0, file: Int32(offset))]
    var run = offset
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        text += bytes[run..<offset]
        offset += 1
        return Scalar(
          text: String(decoding: text, as: UTF8.self), style: .quoted, segments: segments)
      case UInt8(ascii: "\\"):
        text += bytes[run..<offset]
        place(text.count, at: offset, in: &segments)
        guard escape(into: &text) else { return nil }
        place(text.count, at: offset, in: &segments)
        run = offset
      case 0..<0x20:
        builder.report(
          bytes[offset] == 0x0A || bytes[offset] == 0x0D
            ? .openQuote("\"", at: span(start..<(start + 1)), rewritten: nil)
            : .controlInText(at: span(offset..<(offset + 1)), value: UInt32(bytes[offset])))
        return nil
      default:
        offset += 1
      }
    }
    builder.report(.openQuote("\"", at: span(start..<(start + 1)), rewritten: nil))
    return nil
  }

  private func place(_ text: Int, at file: Int, in segments: inout [Scalar.Segment]) {
    if segments.last?.text == Int32(text) { segments.removeLast() }
    segments.append(Scalar.Segment(text: Int32(text), file: Int32(file)))
  }

  private mutating func escape(into text: inout [UInt8]) -> Bool {
    let start = offset
    guard offset + 1 < bytes.count else {
      offset = bytes.count
      builder.report(.badEscape(at: span(start..<offset), found: source.text(span(start..<offset))))
      return false
    }
    offset += 2
    switch bytes[start + 1] {
    case UInt8(ascii: "\""): text.append(0x22)
    case UInt8(ascii: "\\"): text.append(0x5C)
    case UInt8(ascii: "/"): text.append(0x2F)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): return unicodeEscape(from: start, into: &text)
    default:
      let place = span(start..<Int(character(at: start + 1).end))
      builder.report(.badEscape(at: place, found: source.text(place)))
      return false
    }
    return true
  }

  private mutating func unicodeEscape(from start: Int, into text: inout [UInt8]) -> Bool {
    guard var value = fourDigits(at: start + 2) else {
      let end = min(start + 2, bytes.count)
      builder.report(.badEscape(at: span(start..<end), found: source.text(span(start..<end))))
      return false
    }
    offset = start + 6
    if (0xD800..<0xDC00).contains(value), offset + 1 < bytes.count, bytes[offset] == 0x5C,
      bytes[offset + 1] == UInt8(ascii: "u"), let low = fourDigits(at: offset + 2),
      (0xDC00..<0xE000).contains(low)
    {
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      offset += 6
    }
    guard let scalar = Unicode.Scalar(value) else {
      let place = span(start..<(start + 6))
      builder.report(.loneSurrogate(at: place, found: source.text(place)))
      return false
    }
    text.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
    return true
  }

  private func fourDigits(at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[start..<(start + 4)] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
      default: return nil
      }
    }
    return value
  }

  // MARK: Numbers and words

  /// The characters of a number; `nil` with a report when JSON has no such number.
  mutating func number() -> Scalar? {
    let start = offset
    var end = start
    while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
    guard isNumber(start..<end) else {
      let word = span(start..<min(end, start + 200))
      builder.report(.badNumber(at: word, rewritten: mended(start..<end)))
      return nil
    }
    return plain(start..<end)
  }

  private func isNumber(_ range: Range<Int>) -> Bool {
    var rest = bytes[range]
    func digits(_ part: inout ArraySlice<UInt8>) -> Int {
      let count = part.prefix { (0x30...0x39).contains($0) }.count
      part = part.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let leadsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits(&rest)
    guard whole > 0, !leadsWithZero || whole == 1 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits(&rest) > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard digits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// The number without leading zeros and digit marks, or in quotes, as a text.
  private func mended(_ range: Range<Int>) -> String? {
    guard range.count <= 60 else { return nil }
    let written = source.text(span(range))
    let isNegative = written.hasPrefix("-")
    var bare = written.drop { $0 == "-" || $0 == "+" || $0 == "0" }.filter { $0 != "_" }
    if bare.last == "." { bare.removeLast() }
    let digits = bare.first?.isNumber == true ? String(bare) : "0" + bare
    let candidate = (isNegative ? "-" : "") + digits
    let isMended = candidate.utf8.allSatisfy {
      (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D
    }
    return isMended && !candidate.hasSuffix(".") && candidate.filter { $0 == "." }.count < 2
      && !candidate.dropFirst().contains("-") ? candidate : "\"\(written)\""
  }

  /// `true`, `false` or `null`; `nil` with a report for any other word.
  mutating func word() -> Scalar? {
    let start = offset
    var end = start
    while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
    guard end > start else {
      _ = refuse()
      return nil
    }
    let word = source.text(span(start..<min(end, start + 60)))
    if ["true", "false", "null"].contains(word) { return plain(start..<end) }
    let right = ["true", "false", "null"].first { $0 == word.lowercased() }
    builder.report(
      .unquotedWord(at: span(start..<end), rewritten: right ?? (word == "None" ? "null" : nil)))
    return nil
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  private mutating func plain(_ range: Range<Int>) -> Scalar {
    offset = range.upperBound
    return Scalar(
      text: source.text(span(range)), style: .plain,
      segments: [Scalar.Segment(text: 0, file: Int32(range.lowerBound))])
  }
}
