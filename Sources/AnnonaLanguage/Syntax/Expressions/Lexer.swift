import AnnonaValues

/// Cuts a text into words, numbers and signs.
///
/// What authors write out of habit (`==`, `&&`, `1,000`) is reported and mended, so that one habit hides no other problem.
struct Lexer {
  let source: SourceText
  let end: Int
  var position: Int
  private(set) var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []

  init(_ source: SourceText, in range: Range<Int>) {
    self.source = source
    self.position = range.lowerBound
    self.end = range.upperBound
    tokens.reserveCapacity(range.count / 4 + 2)
  }

  /// All tokens of the range, the last of which is `end`.
  mutating func run() -> [Token] {
    while position < end {
      let byte = source.bytes[position]
      if byte.isBlank {
        position += 1
      } else if byte.isDigit || (byte == UInt8(ascii: ".") && startsFraction) {
        scanNumber()
      } else if byte == UInt8(ascii: "\"") {
        scanText()
      } else if byte == UInt8(ascii: "'") {
        scanForeignText(open: "'", close: "'")
      } else if byte.isNameStart {
        scanWord()
      } else if byte < 0x80 {
        scanSign()
      } else {
        scanNonASCII()
      }
    }
    tokens.append(Token(kind: .end, range: end..<end))
    return tokens
  }

  // MARK: - What the scanners share

  func byte(at offset: Int) -> UInt8? { source.byte(at: offset, before: end) }

  func span(from start: Int) -> Span { source.span(start..<max(start, position)) }

  mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind: kind, range: start..<position))
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Whether the text goes on with exactly these characters.
  func sees(_ text: StaticString, at offset: Int) -> Bool {
    guard offset + text.utf8CodeUnitCount <= end else { return false }
    return text.withUTF8Buffer { buffer in
      buffer.indices.allSatisfy { source.bytes[offset + $0] == buffer[$0] }
    }
  }

  /// `.5`, but not the `.5` of `p.5` or `(p).5`.
  private var startsFraction: Bool {
    guard let next = byte(at: position + 1), next.isDigit else { return false }
    guard let last = tokens.last, last.range.upperBound == position else { return true }
    switch last.kind {
    case .word, .sign(.rightParenthesis), .sign(.dot), .number: return false
    default: return true
    }
  }

  // MARK: - Words and signs

  private mutating func scanWord() {
    let start = position
    while position < end {
      if source.bytes[position].isNameStart || source.bytes[position].isDigit {
        position += 1
      } else if source.bytes[position] >= 0x80 {
        let (value, length) = source.scalar(at: position, before: end)
        guard value.properties.isXIDContinue else { break }
        position += length
      } else {
        break
      }
    }
    append(.word(source.text(start..<position)), from: start)
  }

  private static let foreignSigns: [(written: StaticString, kind: Token.Kind)] = [
    ("==", .sign(.equal)), ("&&", .word("and")), ("||", .word("or")), ("<>", .sign(.unequal)),
    ("=<", .sign(.lessOrEqual)),
  ]

  private static let longSigns: [(StaticString, Sign)] = [
    ("**", .power), ("!=", .unequal), ("<=", .lessOrEqual), (">=", .greaterOrEqual),
    ("=>", .arrow), ("..", .dots),
  ]

  private mutating func scanSign() {
    let start = position
    // Most signs are single.
    if let next = byte(at: position + 1), next.isSign { return scanLongSign() }
    position += 1
    if let sign = Sign(source.bytes[start]) { return append(.sign(sign), from: start) }
    scanForeignSign(from: start)
  }

  private mutating func scanLongSign() {
    let start = position
    for (written, kind) in Self.foreignSigns where sees(written, at: position) {
      position += written.utf8CodeUnitCount
      return mend(kind, from: start)
    }
    for (written, sign) in Self.longSigns where sees(written, at: position) {
      position += written.utf8CodeUnitCount
      return append(.sign(sign), from: start)
    }
    position += 1
    if let sign = Sign(source.bytes[start]) { return append(.sign(sign), from: start) }
    scanForeignSign(from: start)
  }

  private mutating func scanForeignSign(from start: Int) {
    if source.bytes[start] == UInt8(ascii: "!") {
      mend(.word("not"), from: start)
    } else if source.bytes[start] == UInt8(ascii: "$") {
      scanCurrency("USD", from: start)
    } else {
      report(.unexpectedCharacter(source.text(start..<position), at: span(from: start)))
      append(.faulty, from: start)
    }
  }

  /// Reports a sign that other languages use and goes on with ours.
  private mutating func mend(_ kind: Token.Kind, from start: Int) {
    let token = Token(kind: kind, range: start..<position)
    report(
      .foreignSign(
        source.text(token.range), instead: token.spelling(in: source), at: span(from: start)))
    append(kind, from: start)
  }

  private mutating func scanNonASCII() {
    let start = position
    let (value, length) = source.scalar(at: position, before: end)
    if value.properties.isXIDStart { return scanWord() }
    position += length
    switch value {
    case "≤": mend(.sign(.lessOrEqual), from: start)
    case "≥": mend(.sign(.greaterOrEqual), from: start)
    case "≠": mend(.sign(.unequal), from: start)
    case "×", "·", "∙", "⋅": mend(.sign(.times), from: start)
    case "÷": mend(.sign(.divide), from: start)
    case "−", "–", "—": mend(.sign(.minus), from: start)
    case "€": scanCurrency("EUR", from: start)
    case "£": scanCurrency("GBP", from: start)
    case "¥": scanCurrency("JPY", from: start)
    case "“", "„", "”": scanForeignText(from: start, close: ["“", "”"])
    case "‘", "’", "‚": scanForeignText(from: start, close: ["‘", "’"])
    case "«", "»": scanForeignText(from: start, close: ["»", "«"])
    case _ where value.properties.isWhitespace:
      report(.strangeSpace(at: span(from: start)))
    default:
      report(.unexpectedCharacter(source.text(start..<position), at: span(from: start)))
      append(.faulty, from: start)
    }
  }

  /// `5 €` and `€ 5`, mended to `5 EUR`.
  private mutating func scanCurrency(_ code: String, from start: Int) {
    let sign = source.text(start..<position)
    if case .number(let digits)? = tokens.last?.kind, let number = tokens.last {
      report(
        .currencySign(
          sign, instead: "\(digits) \(code)",
          at: source.span(number.range.lowerBound..<position)))
      return append(.word(code), from: start)
    }
    let afterSign = position
    while let next = byte(at: position), next.isBlank { position += 1 }
    guard let next = byte(at: position), next.isDigit else {
      position = afterSign
      report(.currencySign(sign, instead: "5 \(code)", at: span(from: start)))
      return append(.faulty, from: start)
    }
    scanNumber()
    if let number = tokens.last {
      let amount = number.spelling(in: source)
      report(.currencySign(sign, instead: "\(amount) \(code)", at: span(from: start)))
      tokens.append(Token(kind: .word(code), range: position..<position))
    }
  }

  // MARK: - Texts

  private mutating func scanText() {
    let start = position
    position += 1
    var content: [UInt8] = []
    while let byte = byte(at: position), byte != UInt8(ascii: "\n") {
      position += 1
      if byte == UInt8(ascii: "\"") {
        return append(.text(String(decoding: content, as: UTF8.self)), from: start)
      }
      guard byte == UInt8(ascii: "\\") else {
        content.append(byte)
        continue
      }
      guard let escaped = self.byte(at: position) else { break }
      if escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\") {
        content.append(escaped)
        position += 1
      } else {
        let length = source.scalar(at: position, before: end).length
        report(
          .unknownEscape(
            source.text(position - 1..<position + length),
            at: source.span(position - 1..<position + length)))
        content.append(byte)
      }
    }
    report(.openText(mark: "\"", at: source.span(start..<start + 1)))
    position = end
    append(.faulty, from: start)
  }

  private mutating func scanForeignText(open: Unicode.Scalar, close: Unicode.Scalar) {
    let start = position
    position += 1
    scanForeignText(from: start, close: [close])
  }

  /// A text in other marks than `"`, mended; the opening mark is read already.
  private mutating func scanForeignText(from start: Int, close: [Unicode.Scalar]) {
    let contentStart = position
    while position < end {
      let (value, length) = source.scalar(at: position, before: end)
      let contentEnd = position
      position += length
      if close.contains(value) {
        let content = source.text(contentStart..<contentEnd)
        report(
          .foreignQuotes(
            source.text(start..<position), instead: quoted(content), at: span(from: start)))
        return append(.text(content), from: start)
      }
      if value == "\n" { break }
    }
    report(
      .openText(
        mark: source.text(start..<contentStart), at: source.span(start..<contentStart)))
    position = end
    append(.faulty, from: start)
  }
}
