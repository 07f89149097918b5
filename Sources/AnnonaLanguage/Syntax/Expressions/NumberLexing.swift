import AnnonaValues

/// Numbers and dates, and the many ways of writing them that are not ours.
extension Lexer {
  mutating func scanNumber() {
    let start = position
    if let end = endOfPlainNumber {
      position = end
      return append(.number(source.text(start..<end)), from: start)
    }
    if scanDate() { return }
    var run = NumberRun()
    readGroups(&run)
    if run.looksLikeDate {
      report(.notADate(source.text(start..<position), at: span(from: start)))
      return append(.faulty, from: start)
    }
    if sees(".", at: position), !sees("..", at: position), endsWithPoint(run) {
      position += 1
      report(
        .barePoint(
          source.text(start..<position), instead: run.mended, at: span(from: start)))
    } else if !run.isWellFormed {
      let written = source.text(start..<position)
      report(
        run.readsAsList
          ? .numbersWithoutSpace(
            written, one: run.readAsOne, list: run.spread, at: span(from: start))
          : .groupedNumber(written, instead: run.mended, at: span(from: start)))
    }
    if scanExponent(run, from: start) { return }
    append(.number(run.mended), from: start)
    if let next = byte(at: position), next.isNameStart { reportMissingSpace(run, from: start) }
  }

  /// Where a number ends that is nothing but digits with a point among them, as most are; `nil` where it may be meant otherwise.
  private var endOfPlainNumber: Int? {
    var end = position
    while byte(at: end)?.isDigit ?? false { end += 1 }
    guard end > position else { return nil }
    if sees(".", at: end), byte(at: end + 1)?.isDigit ?? false {
      end += 1
      while byte(at: end)?.isDigit ?? false { end += 1 }
    }
    guard let next = byte(at: end) else { return end }
    switch next {
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "*"), UInt8(ascii: "%"): return end
    case UInt8(ascii: " "), UInt8(ascii: ","):
      return byte(at: end + 1)?.isDigit ?? false ? nil : end
    default: return nil
    }
  }

  // MARK: - Digits

  /// Reads digits and what separates them, as far as it may be meant as one number.
  private mutating func readGroups(_ run: inout NumberRun) {
    run.groups.append(readDigits())
    while let (separator, length) = separator(after: run) {
      position += length
      run.separators.append(separator)
      run.groups.append(readDigits())
    }
  }

  private mutating func readDigits() -> String {
    let start = position
    while let byte = byte(at: position), byte.isDigit { position += 1 }
    return source.text(start..<position)
  }

  /// A mark between two groups of digits. A space or an apostrophe counts only before exactly three digits.
  private func separator(after run: NumberRun) -> (Character, length: Int)? {
    guard let byte = byte(at: position) else { return nil }
    let follows = { (length: Int) in self.byte(at: position + length)?.isDigit ?? false }
    switch byte {
    case UInt8(ascii: "_"): return follows(1) ? ("_", 1) : nil
    case UInt8(ascii: "."): return follows(1) ? (".", 1) : nil
    case UInt8(ascii: ","): return follows(1) ? (",", 1) : nil
    case UInt8(ascii: " "), UInt8(ascii: "'"):
      guard run.mayGoOnInThrees, isGroupOfThree(at: position + 1) else { return nil }
      return (byte == UInt8(ascii: " ") ? " " : "'", 1)
    case 0xC2...0xE2:
      let (value, length) = source.scalar(at: position, before: end)
      guard value == "\u{A0}" || value == "\u{202F}" || value == "\u{2009}" || value == "’",
        run.mayGoOnInThrees, isGroupOfThree(at: position + length)
      else { return nil }
      return (value == "’" ? "'" : " ", length)
    default: return nil
    }
  }

  private func isGroupOfThree(at offset: Int) -> Bool {
    for place in 0..<3 where !(byte(at: offset + place)?.isDigit ?? false) { return false }
    guard let next = byte(at: offset + 3) else { return true }
    return !next.isDigit && !next.isNameStart && next != UInt8(ascii: "-")
  }

  /// `5.` with nothing of a number or a name behind the point.
  private func endsWithPoint(_ run: NumberRun) -> Bool {
    guard !run.separators.contains(".") else { return false }
    guard let next = byte(at: position + 1) else { return true }
    return !next.isNameStart
  }

  /// `1e3`: reported, and read as the number it stands for.
  private mutating func scanExponent(_ run: NumberRun, from start: Int) -> Bool {
    guard sees("e", at: position) || sees("E", at: position) else { return false }
    var next = position + 1
    let isNegative = sees("-", at: next)
    if isNegative || sees("+", at: next) { next += 1 }
    guard byte(at: next)?.isDigit ?? false else { return false }
    position = next
    let exponent = Int(readDigits()).flatMap { $0 <= 30 ? (isNegative ? -$0 : $0) : nil }
    let written = source.text(start..<position)
    guard let exponent else {
      report(.exponent(written, instead: nil, at: span(from: start)))
      append(.faulty, from: start)
      return true
    }
    let plain = run.shifted(by: exponent)
    report(.exponent(written, instead: plain, at: span(from: start)))
    append(.number(plain), from: start)
    return true
  }

  private mutating func reportMissingSpace(_ run: NumberRun, from start: Int) {
    var wordEnd = position
    while let byte = byte(at: wordEnd), byte.isNameStart || byte.isDigit { wordEnd += 1 }
    report(
      .missingSpace(
        number: run.mended, word: source.text(position..<wordEnd),
        at: source.span(start..<wordEnd)))
  }

  // MARK: - Dates

  /// `dddd-dd-dd`; three groups of digits joined otherwise are an error rather than a difference.
  private mutating func scanDate() -> Bool {
    let start = position
    let lengths = dateGroups()
    guard lengths.count == 3 else { return false }
    position += lengths.reduce(2, +)
    while let next = byte(at: position), next.isDigit || next.isNameStart || joinsDate(next) {
      position += 1
    }
    let written = source.text(start..<position)
    guard lengths == [4, 2, 2], written.utf8.count == 10, sees("-", at: start + 4) else {
      report(.notADate(written, at: span(from: start)))
      append(.faulty, from: start)
      return true
    }
    guard let date = CalendarDate(text: written) else {
      report(.impossibleDate(written, at: span(from: start)))
      append(.faulty, from: start)
      return true
    }
    append(.date(date), from: start)
    return true
  }

  /// A further group: `2025-01-01-02`, `2025-01-01T10:00`.
  private func joinsDate(_ byte: UInt8) -> Bool {
    (byte == UInt8(ascii: "-") || byte == UInt8(ascii: ":"))
      && self.byte(at: position + 1)?.isDigit ?? false
  }

  /// The lengths of three groups of digits joined by `-`, or by `/` in the shape of a date.
  private func dateGroups() -> [Int] {
    var lengths: [Int] = []
    var offset = position
    var mark: UInt8?
    while lengths.count < 3 {
      let start = offset
      while let byte = byte(at: offset), byte.isDigit { offset += 1 }
      guard offset > start else { return [] }
      lengths.append(offset - start)
      guard lengths.count < 3 else { break }
      guard let next = byte(at: offset),
        next == UInt8(ascii: "-") || next == UInt8(ascii: "/"), mark ?? next == next
      else { return [] }
      mark = next
      offset += 1
    }
    guard mark == UInt8(ascii: "/") else { return lengths }
    return [[2, 2, 4], [1, 2, 4], [2, 1, 4], [1, 1, 4], [4, 2, 2]].contains(lengths) ? lengths : []
  }
}
