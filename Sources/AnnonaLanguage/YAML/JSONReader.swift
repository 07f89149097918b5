/// Reads JSON (RFC 8259) into the same nodes as YAML: texts are quoted scalars, numbers and words plain ones.
///
/// A number keeps its digits as written. Equal names in one object, lone surrogates and nesting beyond the limit are
/// refused. Reading stops at the first place that is not JSON; there is then no node.
package func readJSON(_ source: SourceFile, index: Int32) -> (Node?, [Diagnostic]) {
  let problems = TextChecks.problems(of: source, index: index, isYAML: false)
  guard problems.isEmpty else { return (nil, problems) }
  var reader = JSONReader(source: source, file: index)
  let node = reader.read()
  return (node, reader.builder.problems)
}

/// A single pass with a stack of its own, so that depth costs no stack frames.
struct JSONReader {
  /// What may come next.
  private enum Expected {
    case value
    /// A value, or the end of the list that has just begun.
    case valueOrEnd
    case name
    /// A name, or the end of the object that has just begun.
    case nameOrEnd
    case colon
    case commaOrEnd
    case nothing
  }

  let source: SourceFile
  let file: Int32
  let bytes: [UInt8]
  var offset: Int
  var builder: NodeBuilder
  private var expected = Expected.value

  init(source: SourceFile, file: Int32) {
    self.source = source
    self.file = file
    self.bytes = source.bytes
    self.offset = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    self.builder = NodeBuilder(file: file)
  }

  func span(_ range: Range<Int>) -> Span {
    Span(
      file: file, start: Int32(clamping: range.lowerBound), end: Int32(clamping: range.upperBound))
  }

  mutating func read() -> Node? {
    skipSpace()
    if offset == bytes.count {
      builder.report(.emptyFile(at: span(0..<0), onlyComments: false))
      return nil
    }
    while offset < bytes.count {
      guard !builder.isFull, step() else { return nil }
      skipSpace()
    }
    if case .nothing = expected { return builder.root }
    builder.report(.jsonEnds(at: span(offset..<offset), wanted: wanted))
    return nil
  }

  private mutating func skipSpace() {
    while offset < bytes.count, isSpaceOrBreak(bytes[offset]) { offset += 1 }
  }

  /// Takes the next sign; `false` when it cannot stand here, which has been reported.
  private mutating func step() -> Bool {
    let byte = bytes[offset]
    switch (expected, byte) {
    case (.value, UInt8(ascii: "{")), (.valueOrEnd, UInt8(ascii: "{")):
      return begin(mapping: true)
    case (.value, UInt8(ascii: "[")), (.valueOrEnd, UInt8(ascii: "[")):
      return begin(mapping: false)
    case (.valueOrEnd, UInt8(ascii: "]")), (.nameOrEnd, UInt8(ascii: "}")):
      return close()
    case (.commaOrEnd, UInt8(ascii: "]")) where builder.open.last?.isMapping == false:
      return close()
    case (.commaOrEnd, UInt8(ascii: "}")) where builder.open.last?.isMapping == true:
      return close()
    case (.commaOrEnd, UInt8(ascii: ",")):
      offset += 1
      expected = builder.open.last?.isMapping == true ? .name : .value
      return true
    case (.colon, UInt8(ascii: ":")):
      offset += 1
      expected = .value
      return true
    case (.name, UInt8(ascii: "\"")), (.nameOrEnd, UInt8(ascii: "\"")):
      return name()
    case (.value, _), (.valueOrEnd, _):
      return value(byte)
    default:
      return refuse()
    }
  }

  private mutating func begin(mapping: Bool) -> Bool {
    guard builder.begin(mapping: mapping, flow: true, at: Int32(offset)) else { return false }
    offset += 1
    expected = mapping ? .nameOrEnd : .valueOrEnd
    return true
  }

  private mutating func close() -> Bool {
    offset += 1
    builder.end(at: Int32(offset))
    afterValue()
    return true
  }

  private mutating func afterValue() { expected = builder.open.isEmpty ? .nothing : .commaOrEnd }

  private mutating func name() -> Bool {
    let start = offset
    guard let scalar = string() else { return false }
    builder.setKey(scalar, span: span(start..<offset))
    expected = .colon
    return true
  }

  private mutating func value(_ byte: UInt8) -> Bool {
    let start = offset
    let scalar: Scalar?
    switch byte {
    case UInt8(ascii: "\""): scalar = string()
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), 0x30...0x39: scalar = number()
    default: scalar = word()
    }
    guard let scalar else { return false }
    builder.add(Node(.scalar(scalar), span: span(start..<offset)))
    afterValue()
    return true
  }

  // MARK: What went wrong

  private var wanted: String {
    let closing = builder.open.last?.isMapping == true ? "}" : "]"
    switch expected {
    case .value: return "a value"
    case .valueOrEnd: return "a value or `]`"
    case .name: return "a name in double quotes"
    case .nameOrEnd: return "a name in double quotes or `}`"
    case .colon: return "`:`"
    case .commaOrEnd: return "`,` or `\(closing)`"
    case .nothing: return "nothing more"
    }
  }

  mutating func refuse() -> Bool {
    let found = character(at: offset)
    let byte = bytes[offset]
    switch (expected, byte) {
    case (.nothing, _):
      builder.report(.afterJSON(at: found))
    case (.value, UInt8(ascii: "]")), (.name, UInt8(ascii: "}")):
      let comma = source.bytes[..<offset].lastIndex(of: UInt8(ascii: ",")) ?? offset
      builder.report(
        isAfterComma
          ? .commaBeforeEnd(at: span(comma..<(comma + 1)), closing: source.text(found))
          : .unexpectedJSON(at: found, found: source.text(found), wanted: wanted))
    case (_, UInt8(ascii: "/")), (_, UInt8(ascii: "#")):
      builder.report(.commentInJSON(at: found))
    case (_, UInt8(ascii: "'")):
      builder.report(.singleQuotesInJSON(at: found))
    default:
      builder.report(.unexpectedJSON(at: found, found: source.text(found), wanted: wanted))
    }
    return false
  }

  private var isAfterComma: Bool {
    var before = offset
    while before > 0, isSpaceOrBreak(bytes[before - 1]) { before -= 1 }
    return before > 0 && bytes[before - 1] == UInt8(ascii: ",")
  }

  func character(at place: Int) -> Span {
    guard place < bytes.count, case .scalar(_, let length) = decodeUTF8(bytes, at: place) else {
      return span(min(place, bytes.count)..<min(place + 1, bytes.count))
    }
    return span(place..<(place + length))
  }
}
