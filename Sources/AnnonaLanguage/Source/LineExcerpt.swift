/// The part of a line that is shown under a message, and where its underline begins, in columns of a terminal.
struct LineExcerpt {
  private static let mostColumns = 100
  private static let columnsBefore = 40
  /// No more bytes than this are looked at on each side of the place.
  private static let window = 2000

  let text: String
  let margin: Int
  let width: Int

  init(_ file: SourceFile, _ span: Span) {
    let line = file.lineRange(file.lineIndex(of: span.start))
    let start = min(max(Int(span.start), line.lowerBound), line.upperBound)
    let end = min(max(Int(span.end), start), line.upperBound)
    var first = line.lowerBound
    if first == 0, file.bytes.starts(with: byteOrderMark) {
      first = min(start, byteOrderMark.count)
    }
    let from = Self.boundary(max(first, start - Self.window), in: file.bytes)
    let to = Self.boundary(min(line.upperBound, end, start + Self.window), in: file.bytes)
    let tail = Self.boundary(min(line.upperBound, to + Self.window), in: file.bytes)

    let before = Self.expanded(file.bytes[min(from, start)..<start], column: 0)
    let marked = Self.expanded(file.bytes[start..<max(start, to)], column: before.columns)
    let after = Self.expanded(
      file.bytes[max(start, to)..<max(start, to, tail)], column: before.columns + marked.columns)
    var shown = before.characters
    var margin = before.columns
    var cut = from > first
    if before.columns + marked.columns > Self.mostColumns || cut {
      var dropped = 0
      while margin > Self.columnsBefore, dropped < shown.count {
        margin -= columns(of: shown[dropped])
        dropped += 1
      }
      shown.removeFirst(dropped)
      cut = cut || dropped > 0
    }
    var text = String(shown)
    if cut {
      text = "… " + text
      margin += 2
    }
    let room = max(Self.mostColumns - margin, 20)
    let middle = Self.fitting(marked.characters, room)
    let rest = Self.fitting(after.characters, room - middle.columns)
    text += middle.text + rest.text
    if middle.isCut || rest.isCut || tail < line.upperBound { text += " …" }
    self.text = text.trimmingTrailingSpaces()
    self.margin = margin
    self.width = max(1, middle.columns)
  }

  /// The nearest byte at or before an offset where a code point begins.
  private static func boundary(_ offset: Int, in bytes: [UInt8]) -> Int {
    var offset = offset
    var steps = 0
    while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80, steps < 3 {
      offset -= 1
      steps += 1
    }
    return offset
  }

  /// Tabs reach to the next fourth column; what a terminal would obey is shown as a sign.
  private static func expanded(
    _ bytes: ArraySlice<UInt8>, column: Int
  ) -> (characters: [Character], columns: Int) {
    var characters: [Character] = []
    var width = 0
    for character in String(decoding: bytes, as: UTF8.self) {
      if character == "\t" {
        let spaces = 4 - (column + width) % 4
        characters.append(contentsOf: repeatElement(" ", count: spaces))
        width += spaces
      } else {
        let shown = isPrintable(character) ? character : "\u{FFFD}"
        characters.append(shown)
        width += columns(of: shown)
      }
    }
    return (characters, width)
  }

  private static func fitting(
    _ characters: [Character], _ room: Int
  ) -> (text: String, columns: Int, isCut: Bool) {
    var text = ""
    var width = 0
    for character in characters {
      let next = width + columns(of: character)
      if next > room { return (text, width, true) }
      text.append(character)
      width = next
    }
    return (text, width, false)
  }
}

extension String {
  fileprivate func trimmingTrailingSpaces() -> String {
    var characters = self[...]
    while characters.last == " " { characters.removeLast() }
    return String(characters)
  }
}

/// A text as it may reach a terminal: what would move the cursor or turn the text is shown as a sign.
package func printable(_ text: String) -> String {
  if text.unicodeScalars.allSatisfy(\.isPrintable) { return text }
  return String(text.map { $0 == "\t" ? " " : isPrintable($0) ? $0 : "\u{FFFD}" })
}

private func isPrintable(_ character: Character) -> Bool {
  character.unicodeScalars.allSatisfy(\.isPrintable)
}

extension Unicode.Scalar {
  /// Whether a terminal shows it, in place of obeying it.
  package var isPrintable: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: false
    default: true
    }
  }
}

/// Columns that a terminal gives to a character: two for East Asian wide letters and pictures.
private func columns(of character: Character) -> Int {
  guard let first = character.unicodeScalars.first else { return 0 }
  if first.isASCII { return 1 }
  if character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
  switch first.value {
  case 0x300..<0x370, 0x200B...0x200F, 0x2060, 0xFEFF: return 0
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
    0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}
