import CLibYAML

/// Reads YAML into nodes with exact places, and tells everything that is wrong with it.
///
/// There is no node where the text cannot be read to its end. Where there is one beside errors it holds what could be
/// kept: the first of two equal keys, the part without its anchor or tag.
package func readYAML(_ source: SourceFile, index: Int32) -> (Node?, [Diagnostic]) {
  let problems = TextChecks.problems(of: source, index: index, isYAML: true)
  guard problems.isEmpty else { return (nil, problems) }
  var reader = YAMLReader(source: source, file: index)
  let node = reader.read()
  return (node, reader.builder.problems)
}

/// One pass over libyaml's events.
struct YAMLReader {
  let source: SourceFile
  let file: Int32
  let lines: LineRewriting
  private let offsets: CodePointOffsets
  private let base: Int
  var builder: NodeBuilder
  /// The last scalar or bracket that ended, to tell what stands behind it.
  private(set) var lastEnd: (range: Range<Int>, isClosed: Bool)?
  private var documents = 0

  init(source: SourceFile, file: Int32) {
    self.source = source
    self.file = file
    self.lines = LineRewriting(source: source)
    self.base = source.bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    self.offsets = CodePointOffsets(source.bytes, from: base)
    self.builder = NodeBuilder(file: file)
  }

  var bytes: [UInt8] { source.bytes }

  func span(_ range: Range<Int>) -> Span {
    Span(
      file: file, start: Int32(clamping: range.lowerBound), end: Int32(clamping: range.upperBound))
  }

  mutating func read() -> Node? {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else {
      builder.report(.unreadable(at: span(0..<0)))
      return nil
    }
    defer { yaml_parser_delete(parser) }
    let text = bytes
    return text.withUnsafeBufferPointer { buffer in
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(
        parser, buffer.baseAddress.map { $0 + base }, buffer.count - base)
      return readEvents(parser)
    }
  }

  private mutating func readEvents(_ parser: UnsafeMutablePointer<yaml_parser_t>) -> Node? {
    var event = yaml_event_t()
    while !builder.isFull {
      guard yaml_parser_parse(parser, &event) == 1 else {
        explain(parser.pointee)
        return nil
      }
      defer { yaml_event_delete(&event) }
      if event.type == YAML_STREAM_END_EVENT { return finish() }
      guard take(event) else { return nil }
    }
    return nil
  }

  private mutating func finish() -> Node? {
    if builder.root == nil, builder.problems.isEmpty { reportEmpty() }
    return builder.root
  }

  private mutating func reportEmpty() {
    let content = bytes[base...].contains { !isSpaceOrBreak($0) }
    builder.report(.emptyFile(at: span(base..<base), onlyComments: content))
  }

  private mutating func explain(_ parser: yaml_parser_t) {
    let problem = LibYAMLProblem(
      text: parser.problem.map { String(cString: $0) } ?? "",
      context: parser.context.map { String(cString: $0) } ?? "",
      place: byte(parser.problem_mark), start: byte(parser.context_mark))
    explain(problem)
  }

  private func byte(_ mark: yaml_mark_t) -> Int { offsets.byte(ofCodePoint: Int(mark.index)) }

  // MARK: Events

  /// `false` when reading cannot go on.
  private mutating func take(_ event: yaml_event_t) -> Bool {
    let range = place(of: event)
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: return startDocument(event, at: range)
    case YAML_SCALAR_EVENT: takeScalar(event.data.scalar, at: range)
    case YAML_ALIAS_EVENT: takeAlias(event.data.alias, at: range)
    case YAML_MAPPING_START_EVENT:
      let data = event.data.mapping_start
      refuseProperties(anchor: data.anchor, tag: data.tag, at: range.lowerBound)
      return begin(mapping: true, flow: data.style == YAML_FLOW_MAPPING_STYLE, at: range)
    case YAML_SEQUENCE_START_EVENT:
      let data = event.data.sequence_start
      refuseProperties(anchor: data.anchor, tag: data.tag, at: range.lowerBound)
      return begin(mapping: false, flow: data.style == YAML_FLOW_SEQUENCE_STYLE, at: range)
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: end(at: range)
    default: break
    }
    return true
  }

  private func place(of event: yaml_event_t) -> Range<Int> {
    let start = byte(event.start_mark)
    return start..<max(start, byte(event.end_mark))
  }

  private mutating func startDocument(_ event: yaml_event_t, at range: Range<Int>) -> Bool {
    documents += 1
    if documents > 1 {
      builder.report(.secondDocument(at: span(range)))
      return false
    }
    let data = event.data.document_start
    if data.version_directive != nil || data.tag_directives.start != data.tag_directives.end {
      builder.report(.directive(at: span(lines.line(at: range.lowerBound))))
    }
    return true
  }

  private mutating func begin(mapping: Bool, flow: Bool, at range: Range<Int>) -> Bool {
    if builder.expectsKey {
      builder.report(
        .complexKey(at: span(range.lowerBound..<(min(range.lowerBound + 1, bytes.count)))))
      return false
    }
    return builder.begin(mapping: mapping, flow: flow, at: Int32(range.lowerBound))
  }

  private mutating func end(at range: Range<Int>) {
    guard let closing = builder.open.last else { return }
    let isOpened = closing.isFlow && [0x7B, 0x5B].contains(bytes[Int(closing.start)])
    if closing.isFlow { checkCuts(in: closing, until: range.lowerBound) }
    builder.end(at: isOpened ? Int32(range.upperBound) : nil)
    if isOpened { lastEnd = (Int(closing.start)..<range.upperBound, true) }
  }

  private mutating func takeAlias(
    _ data: yaml_event_t.__Unnamed_union_data.__Unnamed_struct_alias, at range: Range<Int>
  ) {
    let name = data.anchor.map { String(cString: $0) } ?? ""
    if !(builder.expectsKey) {
      let part = lines.flowOrLine(from: range.lowerBound, inFlow: isInFlow)
      builder.report(.alias(name, at: span(range), quoted: lines.quoting(part)))
    } else {
      builder.report(.alias(name, at: span(range), quoted: nil))
    }
    let scalar = Scalar(
      text: "*" + name, style: .plain,
      segments: [Scalar.Segment(text: 0, file: Int32(range.lowerBound))])
    put(scalar, at: range)
  }

  var isInFlow: Bool { builder.open.last?.isFlow ?? false }

  // MARK: Scalars

  private mutating func takeScalar(
    _ data: yaml_event_t.__Unnamed_union_data.__Unnamed_struct_scalar, at marked: Range<Int>
  ) {
    let text = Array(UnsafeBufferPointer(start: data.value, count: data.length))
    var range = marked
    if data.anchor != nil || data.tag != nil {
      refuseProperties(anchor: data.anchor, tag: data.tag, at: marked.lowerBound)
      range = afterProperties(marked)
    }
    if text.isEmpty, range.isEmpty { range = emptyPlace(range) }
    let scalar = scalar(text, style: data.style, at: range)
    if scalar.style == .block { range = trimmedBlock(range) }
    if range.upperBound > range.lowerBound { lastEnd = (range, scalar.style == .quoted) }
    if scalar.style == .plain { checkOddSpaces(text, at: range) }
    if scalar.style == .block, text.isEmpty { checkEmptyBlock(at: range) }
    put(scalar, at: range)
  }

  private mutating func put(_ scalar: Scalar, at range: Range<Int>) {
    let place = span(range)
    guard builder.expectsKey else {
      if builder.open.isEmpty, scalar.text.isEmpty, range.isEmpty {
        reportEmpty()
      } else {
        let isCut = isInFlow && range.isEmpty && bytes[max(range.lowerBound, 1) - 1] != 0x3A
        builder.add(Node(.scalar(scalar), span: place), isCut: isCut)
      }
      return
    }
    checkKey(scalar, at: range)
    builder.setKey(scalar, span: place)
  }

  private mutating func checkKey(_ scalar: Scalar, at range: Range<Int>) {
    var before = range.lowerBound
    while before > 0, lines.isBlank(before - 1) { before -= 1 }
    if before > 0, before < range.lowerBound, bytes[before - 1] == UInt8(ascii: "?") {
      builder.report(.complexKey(at: span((before - 1)..<before)))
    } else if scalar.text.isEmpty, range.isEmpty {
      builder.report(.emptyKey(at: span(range.lowerBound..<min(range.lowerBound + 1, bytes.count))))
    } else if scalar.style == .plain, scalar.text == "<<" {
      builder.report(.mergeKey(at: span(range)))
    }
  }

  private func scalar(
    _ text: [UInt8], style: yaml_scalar_style_t, at range: Range<Int>
  ) -> Scalar {
    let string = String(decoding: text, as: UTF8.self)
    switch style {
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE:
      let folded = style == YAML_FOLDED_SCALAR_STYLE
      let places = ScalarPlaces.block(text, folded: folded, in: bytes, at: range)
      return Scalar(text: string, style: .block, segments: places)
    case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE:
      let places = ScalarPlaces.quoted(text, in: bytes, at: range)
      return Scalar(
        text: string, style: .quoted, segments: places,
        isFollowedByComment: isComment(after: range.upperBound))
    default:
      let places =
        text.count == range.count
        ? [Scalar.Segment(text: 0, file: Int32(range.lowerBound))]
        : ScalarPlaces.plain(text, in: bytes, at: range)
      return Scalar(
        text: string, style: .plain, segments: places,
        isFollowedByComment: isComment(after: range.upperBound))
    }
  }

  private func isComment(after end: Int) -> Bool {
    var offset = end
    while offset < bytes.count, lines.isBlank(offset) { offset += 1 }
    return offset > end && offset < bytes.count && bytes[offset] == UInt8(ascii: "#")
  }

  /// A value that was not written stands right behind the colon of its key.
  private func emptyPlace(_ range: Range<Int>) -> Range<Int> {
    guard let key = builder.open.last?.key else { return range }
    let colon = skipBlanks(from: Int(key.span.end))
    guard colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else { return range }
    return (colon + 1)..<(colon + 1)
  }

  /// Past spaces and line breaks, but not past comments.
  func skipBlanks(from start: Int) -> Int {
    var offset = start
    while offset < bytes.count, isSpaceOrBreak(bytes[offset]) { offset += 1 }
    return offset
  }

  /// libyaml's block ends where the next token begins; ours ends with its last word.
  private func trimmedBlock(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound + 1, isSpaceOrBreak(bytes[end - 1]) { end -= 1 }
    return range.lowerBound..<end
  }
}
