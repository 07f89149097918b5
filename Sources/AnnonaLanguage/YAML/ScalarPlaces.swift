/// Follows a scalar that YAML folded, unescaped or stripped back to the bytes that the author wrote.
///
/// libyaml gives the text; the places come from reading the same bytes again by YAML's rules. Should the two ever
/// disagree, the scalar keeps libyaml's text and its places fall back to the line that was last certain.
struct ScalarPlaces {
  private let bytes: [UInt8]
  private let text: [UInt8]
  private var segments: [Scalar.Segment] = []
  /// How much of `text` has been placed.
  private var done = 0

  private init(bytes: [UInt8], text: [UInt8]) {
    self.bytes = bytes
    self.text = text
  }

  /// The places of a plain scalar that stands at `range`.
  static func plain(_ text: [UInt8], in bytes: [UInt8], at range: Range<Int>) -> [Scalar.Segment] {
    var places = ScalarPlaces(bytes: bytes, text: text)
    places.flow(range, quote: nil)
    return places.finished(from: range.lowerBound)
  }

  /// The places of a quoted scalar; `range` includes its quotes.
  static func quoted(_ text: [UInt8], in bytes: [UInt8], at range: Range<Int>) -> [Scalar.Segment] {
    var places = ScalarPlaces(bytes: bytes, text: text)
    let inside = (range.lowerBound + 1)..<max(range.lowerBound + 1, range.upperBound - 1)
    places.flow(inside, quote: bytes[range.lowerBound])
    return places.finished(from: inside.lowerBound)
  }

  /// The places of a `|` or `>` block; `range` begins at its header.
  static func block(
    _ text: [UInt8], folded: Bool, in bytes: [UInt8], at range: Range<Int>
  ) -> [Scalar.Segment] {
    var places = ScalarPlaces(bytes: bytes, text: text)
    places.block(range, folded: folded)
    return places.finished(from: range.lowerBound)
  }

  private func finished(from start: Int) -> [Scalar.Segment] {
    var segments = segments
    if segments.first?.text != 0 {
      segments.insert(Scalar.Segment(text: 0, file: Int32(start)), at: 0)
    }
    // Blank lines alone have no word to go by: what would lead beyond the file leads to its end.
    guard let last = segments.last else { return [] }
    let room = bytes.count - Int(last.file)
    let rest = text.count - Int(last.text)
    if rest > room {
      for offset in (room + 1)...rest {
        segments.append(Scalar.Segment(text: last.text + Int32(offset), file: Int32(bytes.count)))
      }
    }
    return segments
  }

  private mutating func place(at file: Int) {
    if let last = segments.last, last.file + Int32(done) - last.text == Int32(file) { return }
    segments.append(Scalar.Segment(text: Int32(done), file: Int32(file)))
  }

  // MARK: Plain and quoted

  private mutating func flow(_ range: Range<Int>, quote: UInt8?) {
    var offset = range.lowerBound
    place(at: offset)
    while offset < range.upperBound, done < text.count {
      let byte = bytes[offset]
      if byte == 0x0A || byte == 0x0D || byte == 0x20 || byte == 0x09 {
        offset = foldSpace(from: offset, until: range.upperBound)
      } else if quote == 0x27, byte == 0x27 {
        done += 1
        offset += 2
        place(at: offset)
      } else if quote == 0x22, byte == 0x5C {
        offset = escape(at: offset, until: range.upperBound)
      } else {
        done += 1
        offset += 1
      }
    }
  }

  /// Spaces count unless a line break follows or precedes them; one break is a space, more are breaks.
  private mutating func foldSpace(from start: Int, until end: Int) -> Int {
    var offset = start
    var breaks = 0
    while offset < end {
      switch bytes[offset] {
      case 0x0A: breaks += 1
      case 0x20, 0x09, 0x0D: break
      default:
        return folded(breaks: breaks, from: start, to: offset)
      }
      offset += 1
    }
    return folded(breaks: breaks, from: start, to: offset)
  }

  private mutating func folded(breaks: Int, from start: Int, to offset: Int) -> Int {
    if breaks == 0 {
      done += offset - start
    } else {
      done += max(1, breaks - 1)
      place(at: offset)
    }
    return offset
  }

  private mutating func escape(at start: Int, until end: Int) -> Int {
    var offset = start + 2
    guard start + 1 < end else { return end }
    switch bytes[start + 1] {
    case UInt8(ascii: "x"): offset += 2
    case UInt8(ascii: "u"): offset += 4
    case UInt8(ascii: "U"): offset += 8
    case 0x0A, 0x0D: return escapedBreak(at: start + 1, until: end)
    default: break
    }
    place(at: start)
    if done < text.count {
      done += 1
      while done < text.count, text[done] & 0xC0 == 0x80 { done += 1 }
    }
    offset = min(offset, end)
    place(at: offset)
    return offset
  }

  /// A backslash at the end of a line joins it with the next: no space, but empty lines still count.
  private mutating func escapedBreak(at start: Int, until end: Int) -> Int {
    var offset = start
    var breaks = 0
    while offset < end, isSpaceOrBreak(bytes[offset]) {
      if bytes[offset] == 0x0A { breaks += 1 }
      offset += 1
    }
    done += max(0, breaks - 1)
    place(at: offset)
    return offset
  }

  // MARK: Blocks

  private mutating func block(_ range: Range<Int>, folded: Bool) {
    var start = lineEnd(from: range.lowerBound) + 1
    let indentation = indentation(from: start, until: range.upperBound)
    while start < range.upperBound, done < text.count {
      let end = lineEnd(from: start)
      let content = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
      let spaces = leadingSpaces(start..<content)
      if start + spaces < content || spaces > indentation {
        placeLine((start + min(indentation, spaces))..<content, folded: folded)
      } else if !folded || segments.isEmpty {
        // An empty line before the text, or in a literal block, is a break of its own.
        place(at: content)
        if done < text.count, text[done] == 0x0A { done += 1 }
      }
      start = end + 1
    }
  }

  /// How many spaces YAML took from each line: what the first word lost of those before it.
  private func indentation(from first: Int, until end: Int) -> Int {
    guard let word = text.firstIndex(where: { $0 != 0x20 && $0 != 0x0A }) else { return 0 }
    let kept = text[..<word].reversed().prefix { $0 == 0x20 }.count
    var start = first
    while start < end {
      let line = start..<lineEnd(from: start)
      let spaces = leadingSpaces(line)
      if start + spaces < line.upperBound, bytes[start + spaces] != 0x0D {
        return max(0, spaces - kept)
      }
      start = line.upperBound + 1
    }
    return 0
  }

  private mutating func placeLine(_ line: Range<Int>, folded: Bool) {
    if folded {
      while done < text.count, !hasPrefix(line), text[done] == 0x0A || text[done] == 0x20 {
        done += 1
      }
    }
    guard hasPrefix(line) else { return }
    place(at: line.lowerBound)
    done += line.count
    if !folded, done < text.count, text[done] == 0x0A { done += 1 }
  }

  private func hasPrefix(_ line: Range<Int>) -> Bool {
    guard line.count <= text.count - done else { return false }
    return text[done..<(done + line.count)].elementsEqual(bytes[line])
  }

  private func lineEnd(from start: Int) -> Int {
    var offset = start
    while offset < bytes.count, bytes[offset] != 0x0A { offset += 1 }
    return offset
  }

  private func leadingSpaces(_ line: Range<Int>) -> Int {
    var offset = line.lowerBound
    while offset < line.upperBound, bytes[offset] == 0x20 { offset += 1 }
    return offset - line.lowerBound
  }
}
