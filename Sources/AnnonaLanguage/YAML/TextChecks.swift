/// What must hold of a file's bytes before any grammar looks at them.
struct TextChecks {
  private let source: SourceFile
  private let file: Int32
  private let isYAML: Bool
  private var problems: [Diagnostic] = []
  private var invalid: (first: Int, count: Int)?
  private var controls: (first: Int, value: UInt32, count: Int)?

  /// Everything wrong with the bytes of a file; the grammar may read it only when this is empty.
  static func problems(of source: SourceFile, index: Int32, isYAML: Bool) -> [Diagnostic] {
    var checks = TextChecks(source: source, file: index, isYAML: isYAML)
    checks.run()
    return checks.problems
  }

  private init(source: SourceFile, file: Int32, isYAML: Bool) {
    self.source = source
    self.file = file
    self.isYAML = isYAML
  }

  private mutating func run() {
    let bytes = source.bytes
    guard bytes.count <= SourceFile.largestSize else {
      problems.append(.fileTooLarge(at: span(0, 0)))
      return
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || bytes.prefix(4).contains(0)
    {
      problems.append(.utf16(at: span(0, 0)))
      return
    }
    readCharacters()
    if let invalid {
      problems.append(
        .notUTF8(
          at: span(invalid.first, invalid.first + 1), byte: bytes[invalid.first],
          place: invalid.first + 1, more: invalid.count - 1))
    }
    if let controls {
      problems.append(
        .controlCharacter(
          at: span(controls.first, controls.first + 1), value: controls.value,
          more: controls.count - 1))
    }
    if isYAML { checkIndentation() }
  }

  private mutating func readCharacters() {
    let bytes = source.bytes
    var offset = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte >= 0x20, byte < 0x7F {
        offset += 1
        continue
      }
      switch decodeUTF8(bytes, at: offset) {
      case .invalid:
        invalid = (invalid?.first ?? offset, (invalid?.count ?? 0) + 1)
        offset += 1
      case .scalar(let value, let length):
        if isRefused(value, at: offset) {
          controls = (
            controls?.first ?? offset, controls?.value ?? value, (controls?.count ?? 0) + 1
          )
        }
        offset += length
      }
    }
  }

  /// Characters that nobody sees, that break lines unseen, or that turn the direction of reading.
  private func isRefused(_ value: UInt32, at offset: Int) -> Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0x0D: isYAML && !(offset + 1 < source.bytes.count && source.bytes[offset + 1] == 0x0A)
    case 0..<0x20: true
    case 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: isYAML
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// An odd space before the first word of a line looks like indentation and is a letter to YAML.
  private mutating func checkIndentation() {
    let bytes = source.bytes
    var found: [(space: Range<Int>, value: UInt32)] = []
    for line in source.lineStarts.indices {
      let range = source.lineRange(line)
      var offset = range.lowerBound
      if offset == 0, bytes.starts(with: byteOrderMark) { offset = byteOrderMark.count }
      var odd: (Range<Int>, UInt32)?
      while offset < range.upperBound {
        if bytes[offset] == 0x20 || bytes[offset] == 0x09 {
          offset += 1
        } else if let space = oddSpace(bytes, at: offset) {
          if odd == nil { odd = (offset..<(offset + space.length), space.value) }
          offset += space.length
        } else {
          break
        }
      }
      if let odd, offset < range.upperBound, bytes[offset] != UInt8(ascii: "#") {
        found.append(odd)
      }
    }
    guard let first = found.first else { return }
    problems.append(
      .oddIndentation(
        at: span(first.space.lowerBound, first.space.upperBound), value: first.value,
        more: found.count - 1))
  }

  private func span(_ start: Int, _ end: Int) -> Span {
    Span(file: file, start: Int32(start), end: Int32(min(end, source.bytes.count)))
  }
}
