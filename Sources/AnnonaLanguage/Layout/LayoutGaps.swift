/// A comment between two words of a file.
struct LayoutComment {
  /// From `#` to the end of its line.
  let text: String
  /// In bytes from the start of its line.
  let column: Int
  /// Whether it stands behind something on its line.
  let isTrailing: Bool
  let followsEmptyLine: Bool
  let offset: Int
}

/// Reads what stands between the words of a file, from its start to its end: signs, blanks and comments.
struct LayoutGaps {
  private let bytes: [UInt8]
  private var cursor: Int
  /// Comments that stand somewhere else in the result than where they would be met.
  private var moved: Set<Int> = []
  /// Whether an empty line stands right before the place that was reached last.
  private(set) var endsWithEmptyLine = false

  init(_ source: SourceFile, from start: Int = 0) {
    bytes = source.bytes
    cursor = start == 0 && bytes.starts(with: byteOrderMark) ? byteOrderMark.count : start
  }

  mutating func skip(to offset: Int) { cursor = max(cursor, offset) }

  /// Past a word, or past a block of text with all that stands behind its sign.
  mutating func skip(past word: Range<Int>) {
    skip(to: word.upperBound)
    guard isBlock(word) else { return }
    skip(to: bytes[word.lowerBound...].firstIndex(of: 0x0A) ?? bytes.count)
  }

  /// The comments from here to the end of a node, in the order of the file.
  mutating func comments(of node: Node) -> [String] {
    var found: [String] = []
    for word in words(of: node) {
      found += comments(before: word.lowerBound).map(\.text)
      if let comment = headerComment(of: word) { found.append(comment) }
      skip(past: word)
    }
    return found + comments(before: Int(node.span.end)).map(\.text)
  }

  /// The places of the keys and scalars of a tree, in the order of the file.
  private func words(of node: Node) -> [Range<Int>] {
    switch node.content {
    case .scalar: [node.span.range]
    case .sequence(let items): items.flatMap(words)
    case .mapping(let entries): entries.flatMap { [$0.keySpan.range] + words(of: $0.value) }
    }
  }

  /// The comments up to a place, which is then where the next gap begins.
  mutating func comments(before end: Int) -> [LayoutComment] {
    var found: [LayoutComment] = []
    var breaks = 0
    var isFirstLine = cursor > 0
    while cursor < end {
      switch bytes[cursor] {
      case 0x0A:
        breaks += 1
        isFirstLine = false
      case UInt8(ascii: "#"):
        let comment = comment(at: cursor, isTrailing: isFirstLine, afterEmptyLine: breaks > 1)
        if !moved.contains(cursor) { found.append(comment) }
        while cursor < end, bytes[cursor] != 0x0A { cursor += 1 }
        breaks = 0
        continue
      case 0x20, 0x09, 0x0D: break
      // A dash or bracket on its own line is part of what follows.
      default: if breaks < 2 { breaks = 0 }
      }
      cursor += 1
    }
    endsWithEmptyLine = breaks > 1
    return found
  }

  /// Takes the comment that stands behind a place on its line, past commas, so that it can be put elsewhere.
  mutating func takeComment(behind place: Int) -> String? {
    var offset = place
    while offset < bytes.count, [0x20, 0x09, UInt8(ascii: ",")].contains(bytes[offset]) {
      offset += 1
    }
    guard offset > place, offset < bytes.count, bytes[offset] == UInt8(ascii: "#") else {
      return nil
    }
    moved.insert(offset)
    return comment(at: offset, isTrailing: true, afterEmptyLine: false).text
  }

  /// Takes the comments between a key and its value, where the value will stand on the key's line.
  mutating func takeComments(in gap: Range<Int>) -> [String] {
    var found: [String] = []
    var offset = gap.lowerBound
    while offset < gap.upperBound {
      if bytes[offset] == UInt8(ascii: "#") {
        moved.insert(offset)
        found.append(comment(at: offset, isTrailing: false, afterEmptyLine: false).text)
        while offset < gap.upperBound, bytes[offset] != 0x0A { offset += 1 }
      }
      offset += 1
    }
    return found
  }

  /// The comment behind the sign of a block of text.
  func headerComment(of block: Range<Int>) -> String? {
    guard isBlock(block) else { return nil }
    var offset = block.lowerBound
    while offset < bytes.count, bytes[offset] != 0x0A {
      if bytes[offset] == UInt8(ascii: "#") {
        return comment(at: offset, isTrailing: true, afterEmptyLine: false).text
      }
      offset += 1
    }
    return nil
  }

  /// Only the sign of a block of text begins like this.
  private func isBlock(_ word: Range<Int>) -> Bool {
    bytes[word].first == UInt8(ascii: "|") || bytes[word].first == UInt8(ascii: ">")
  }

  func column(of offset: Int) -> Int {
    var start = offset
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    if start == 0, bytes.starts(with: byteOrderMark) { start = byteOrderMark.count }
    return max(0, offset - start)
  }

  private func comment(at offset: Int, isTrailing: Bool, afterEmptyLine: Bool) -> LayoutComment {
    var end = offset
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    while end > offset, isSpaceOrBreak(bytes[end - 1]) { end -= 1 }
    return LayoutComment(
      text: String(decoding: bytes[offset..<end], as: UTF8.self), column: column(of: offset),
      isTrailing: isTrailing, followsEmptyLine: afterEmptyLine, offset: offset)
  }
}
