import AnnonaValues

/// What YAML allows and a rulebook or case does not, found while the text is read.
extension YAMLReader {
  typealias CText = UnsafeMutablePointer<UInt8>?

  mutating func refuseProperties(anchor: CText, tag: CText, at start: Int) {
    guard anchor != nil || tag != nil, start < bytes.count else { return }
    var end = start
    while end < bytes.count, !isSpaceOrBreak(bytes[end]) { end += 1 }
    end = min(end, start + 200)
    let word = lines.text(start..<end)
    let quoted = quotedRest(from: start)
    if bytes[start] == UInt8(ascii: "&") {
      builder.report(.anchor(String(word.dropFirst()), at: span(start..<end), quoted: quoted))
    } else {
      builder.report(.tag(at: span(start..<end), tag: word, quoted: quoted))
    }
  }

  /// The line with the value from `start` in quotes, where more than its first word stands on the line.
  private func quotedRest(from start: Int) -> String? {
    guard !builder.expectsKey else { return nil }
    let part = lines.flowOrLine(from: start, inFlow: isInFlow)
    return part.contains { lines.isBlank($0) } ? lines.quoting(part) : nil
  }

  /// Past `&anchor` and `!tag` to the scalar itself.
  func afterProperties(_ range: Range<Int>) -> Range<Int> {
    var offset = range.lowerBound
    while offset < range.upperBound, [0x26, 0x21].contains(bytes[offset]) {
      while offset < range.upperBound, !isSpaceOrBreak(bytes[offset]) {
        offset += 1
      }
      offset = min(skipBlanks(from: offset), range.upperBound)
    }
    return offset..<range.upperBound
  }

  mutating func checkOddSpaces(_ text: [UInt8], at range: Range<Int>) {
    guard let first = text.first, let last = text.last else { return }
    if first >= 0xC2, let space = oddSpace(bytes, at: range.lowerBound) {
      let place = range.lowerBound..<(range.lowerBound + space.length)
      builder.report(.oddSpace(at: span(place), value: space.value, isFirst: true))
    } else if last >= 0x80 {
      for length in 2...3 {
        let start = range.upperBound - length
        if start > range.lowerBound, let space = oddSpace(bytes, at: start), space.length == length
        {
          builder.report(
            .oddSpace(at: span(start..<range.upperBound), value: space.value, isFirst: false))
          return
        }
      }
    }
  }

  /// `if: >5` is to YAML a text below, five deep, and there is none.
  mutating func checkEmptyBlock(at range: Range<Int>) {
    let header = range.lowerBound..<lines.line(at: range.lowerBound).upperBound
    let end = lines.beforeComment(header)
    guard bytes[header.lowerBound..<end].contains(where: { (0x30...0x39).contains($0) }) else {
      return
    }
    let part = header.lowerBound..<lines.trimmedEnd(header.lowerBound..<end)
    builder.report(
      .textAfterBlockSign(
        lines.text(header.lowerBound..<(header.lowerBound + 1)), at: span(part),
        rewritten: lines.quoting(part)))
  }

  // MARK: Commas and colons inside brackets

  mutating func checkCuts(in closing: NodeBuilder.Open, until end: Int) {
    let start = Int(closing.start)
    if !closing.isMapping {
      checkItems(closing.items)
    } else if bytes[start] != UInt8(ascii: "{") {
      let part = lines.flowPart(from: start)
      let name = closing.entries.first?.key.text ?? ""
      builder.report(
        .pairInList(at: span(start..<part.upperBound), name: name, rewritten: lines.quoting(part)))
    } else {
      checkEntries(closing.entries, from: start, until: end)
    }
  }

  /// A name without a value inside `{ }` is the rest of a text that its comma cut.
  private mutating func checkEntries(_ entries: [Node.Entry], from start: Int, until end: Int) {
    let isCut = entries.map { $0.value.span.start == $0.value.span.end && !hasColon(after: $0) }
    guard let first = isCut.firstIndex(of: true) else { return }
    builder.dropEntries(isCut)
    if first == 0 {
      let inner = (start + 1)..<max(start + 1, end)
      let list = "[" + lines.text(inner) + "]"
      let whole = start..<min(end + 1, bytes.count)
      builder.report(
        .listInBraces(
          at: span(Int(entries[0].keySpan.start)..<Int(entries[0].keySpan.end)),
          rewritten: lines.rewritten(whole, as: list)))
      return
    }
    var index = first
    while index < entries.count, !builder.isFull {
      var last = index
      while last + 1 < entries.count, isCut[last + 1] { last += 1 }
      let part = Int(entries[index - 1].value.span.start)..<Int(entries[last].keySpan.end)
      let comma = Int(entries[index - 1].value.span.end)
      let number = Self.number(writtenAs: lines.text(part))
      builder.report(
        .cutByComma(
          at: span(comma..<Int(entries[last].keySpan.end)),
          rewritten: number.map { lines.rewritten(part, as: $0) } ?? lines.quoting(part)))
      index = last + 1
      while index < entries.count, !isCut[index] { index += 1 }
    }
  }

  /// `1_200.50 EUR` for `1,200.50 EUR`; `nil` where it is not certainly a number.
  private static func number(writtenAs text: String) -> String? {
    let digits = text.prefix { $0.isNumber || ".,_'".contains($0) }
    let sign = ["€": "EUR", "£": "GBP"]
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    let word = sign[String(unit)] ?? String(unit)
    let isUnit = word.isEmpty || word == "%" || Unit(text: word)?.currency != nil
    guard isUnit, let run = NumberRun(digits), run.isOneNumber else { return nil }
    return run.mended + (word.isEmpty ? "" : " " + word)
  }

  private func hasColon(after entry: Node.Entry) -> Bool {
    let colon = skipBlanks(from: Int(entry.keySpan.end))
    return colon < bytes.count && bytes[colon] == UInt8(ascii: ":")
  }

  /// Items whose parentheses only match when they are put together again were one value.
  private mutating func checkItems(_ items: [Node]) {
    var first: Int?
    var depth = 0
    for (index, item) in items.enumerated() {
      guard case .scalar(let scalar) = item.content, scalar.style == .plain else {
        (first, depth) = (nil, 0)
        continue
      }
      for byte in scalar.text.utf8 {
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth = max(0, depth - 1) }
      }
      if let start = first, depth == 0 {
        let part = Int(items[start].span.start)..<Int(item.span.end)
        let cut = Int(items[start].span.end)..<Int(item.span.end)
        builder.report(.cutInList(at: span(cut), rewritten: lines.quoting(part)))
        first = nil
      } else if first == nil, depth > 0 {
        first = index
      }
    }
  }
}

extension LineRewriting {
  func flowOrLine(from start: Int, inFlow: Bool) -> Range<Int> {
    if inFlow { return flowPart(from: start) }
    let line = start..<max(start, line(at: start).upperBound)
    return start..<trimmedEnd(start..<beforeComment(line))
  }
}
