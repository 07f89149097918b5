/// Writes a tree of nodes as the layout wants it, with the comments of its file.
struct LayoutWriter {
  /// No `{ }` or `[ ]` that was written over several lines is put on one that is longer.
  static let width = 100

  private struct Line {
    var text: String
    var comment: String?
  }

  /// A mapping or list with a line for each part: where it stood, and where it stands.
  private struct Level {
    let column: Int
    let indentation: Int
  }

  private let source: SourceFile
  private var gaps: LayoutGaps
  private var lines: [Line] = []
  /// The mappings and lists around what was written last.
  private var levels: [Level] = []
  /// What comes next is the first part of something whose beginning is written.
  private var isOpening = true
  /// A comment behind the bracket of what now stands on several lines is no comment on the last of them.
  private var isClosingBrackets = false

  static func text(of node: Node, in source: SourceFile) -> String {
    var writer = LayoutWriter(source: source, gaps: LayoutGaps(source))
    writer.write(node, LayoutPath())
    writer.writeComments(before: source.bytes.count, keeping: 0)
    return writer.finished()
  }

  private init(source: SourceFile, gaps: LayoutGaps) {
    self.source = source
    self.gaps = gaps
  }

  // MARK: - Nodes

  /// The whole of a file.
  private mutating func write(_ node: Node, _ path: LayoutPath) {
    switch node.content {
    case .scalar(let scalar):
      writeComments(before: Int(node.span.start), keeping: 0)
      lines.append(Line(text: ""))
      writeScalar(scalar, node, parent: 0, path, onKeyLine: true)
    case .mapping, .sequence:
      if let text = onOneLine(node, indentation: 0), isFlow(node) {
        writeComments(before: Int(node.span.start), keeping: 0)
        lines.append(Line(text: text))
        gaps.skip(to: Int(node.span.end))
      } else {
        writeBlock(node, indentation: 0, continuing: false, path)
      }
    }
  }

  /// A mapping or list, a line or more for each part.
  ///
  /// - Parameter continuing: whether its first part goes on behind the dash that was just written.
  private mutating func writeBlock(
    _ node: Node, indentation: Int, continuing: Bool, _ path: LayoutPath
  ) {
    let wasFlow = isFlow(node)
    let column = wasFlow ? Int.max : gaps.column(of: Int(node.span.start))
    let depth = levels.count
    levels.append(Level(column: column, indentation: indentation))
    isOpening = true
    switch node.content {
    case .scalar: break
    case .mapping(let entries):
      for (index, entry) in entries.enumerated() {
        begin(Int(entry.keySpan.start), level: depth, continuing: continuing && index == 0)
        writeEntry(entry, wasFlow: wasFlow, indentation, path.entry(entry.key.text))
      }
    case .sequence(let items):
      for (index, item) in items.enumerated() {
        begin(Int(item.span.start), level: depth, continuing: continuing && index == 0)
        writeItem(item, wasFlow: wasFlow, indentation, path.item())
      }
    }
    if wasFlow { isClosingBrackets = true }
  }

  /// Comments before a part, and its line.
  private mutating func begin(_ place: Int, level: Int, continuing: Bool) {
    if continuing {
      putAbove(gaps.comments(before: place).map(\.text))
      isOpening = false
      return
    }
    writeComments(before: place, keeping: level)
    levels.removeSubrange((level + 1)...)
    if gaps.endsWithEmptyLine, !isOpening { writeEmptyLine() }
    isOpening = false
    lines.append(Line(text: spaces(levels[level].indentation)))
  }

  private mutating func writeEntry(
    _ entry: Node.Entry, wasFlow: Bool, _ indentation: Int, _ path: LayoutPath
  ) {
    let value = entry.value
    if wasFlow, let comment = gaps.takeComment(behind: Int(value.span.end)) { putAbove([comment]) }
    append(source.text(entry.keySpan) + ":")
    let text = onOneLine(value, indentation: indentation + source.text(entry.keySpan).count + 2)
    if text != nil || isScalar(value) {
      let gap = Int(entry.keySpan.end)..<max(Int(entry.keySpan.end), Int(value.span.start))
      putAbove(gaps.takeComments(in: gap))
    }
    gaps.skip(to: Int(entry.keySpan.end))
    switch value.content {
    case .scalar(let scalar):
      writeScalar(scalar, value, parent: indentation, path, onKeyLine: false)
    default:
      if let text {
        writeInline(text, value)
      } else {
        writeBlock(value, indentation: indentation + 2, continuing: false, path)
      }
    }
  }

  private mutating func writeItem(
    _ item: Node, wasFlow: Bool, _ indentation: Int, _ path: LayoutPath
  ) {
    if wasFlow, let comment = gaps.takeComment(behind: Int(item.span.end)) { putAbove([comment]) }
    append("-")
    switch item.content {
    case .scalar(let scalar):
      writeScalar(scalar, item, parent: indentation, path, onKeyLine: true)
    default:
      if let text = onOneLine(item, indentation: indentation + 2) {
        writeInline(text, item)
      } else {
        append(" ")
        writeBlock(item, indentation: indentation + 2, continuing: true, path)
      }
    }
  }

  private mutating func writeInline(_ text: String, _ node: Node) {
    append(" " + text)
    gaps.skip(to: Int(node.span.end))
  }

  // MARK: - Scalars

  private mutating func writeScalar(
    _ scalar: Scalar, _ node: Node, parent: Int, _ path: LayoutPath, onKeyLine: Bool
  ) {
    let margin = spaces(parent + 2)
    if scalar.style == .block {
      writeBlockText(scalar, node, parent: parent, path)
    } else if !node.span.range.isEmpty {
      let parts = rawLines(node.span.range).map(trimmedLine)
      let startsBelow = !onKeyLine && hasBreak(before: node)
      if startsBelow {
        lines.append(Line(text: margin + parts[0]))
      } else {
        append((lines.last?.text.allSatisfy { $0 == " " } ?? true ? "" : " ") + parts[0])
      }
      for part in parts.dropFirst() {
        lines.append(Line(text: part.isEmpty ? "" : margin + part))
      }
    }
    gaps.skip(past: node.span.range)
  }

  private mutating func writeBlockText(
    _ scalar: Scalar, _ node: Node, parent: Int, _ path: LayoutPath
  ) {
    // Blanks at the end of its last line are part of the text.
    let end = source.bytes[node.span.range.upperBound...].firstIndex(of: 0x0A)
    let raw = rawLines(node.span.range.lowerBound..<(end ?? source.bytes.count))
    let sign = raw[0].prefix { $0 != " " && $0 != "\t" }
    var text = BlockText(
      scalar, below: raw[1...], sign: String(sign), parent: levels.last?.column ?? 0)
    if path.isTable, sign.first == "|", let table = DrawnTable(scalar) {
      text.lines = table.drawn()
    }
    append(" " + text.sign)
    if let comment = gaps.headerComment(of: node.span.range) {
      lines[lines.count - 1].comment = comment
    }
    for line in text.lines {
      lines.append(Line(text: line.isEmpty ? "" : spaces(parent + 2) + line))
    }
  }

  /// The lines that a scalar stands on, from its first word or sign to its last.
  private func rawLines(_ range: Range<Int>) -> [String] {
    source.bytes[range].split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: $0.last == 0x0D ? $0.dropLast() : $0, as: UTF8.self) }
  }

  private func hasBreak(before node: Node) -> Bool {
    var offset = Int(node.span.start) - 1
    while offset >= 0, isSpaceOrBreak(source.bytes[offset]) {
      if source.bytes[offset] == 0x0A { return true }
      offset -= 1
    }
    return false
  }

  /// A line of a text without what surrounds it; a blank behind a backslash is part of it.
  private func trimmedLine(_ part: String) -> String {
    var part = part.drop { $0 == " " || $0 == "\t" }
    while let last = part.last, last == " " || last == "\t" {
      let before = part.dropLast()
      if before.last == "\\" { break }
      part = before
    }
    return String(part)
  }

  // MARK: - On one line

  private func isScalar(_ node: Node) -> Bool {
    if case .scalar = node.content { true } else { false }
  }

  /// Whether it was written in brackets.
  private func isFlow(_ node: Node) -> Bool {
    let first = Int(node.span.start)
    guard source.bytes.indices.contains(first), !isScalar(node) else { return false }
    switch node.content {
    case .mapping(let entries):
      return source.bytes[first] == UInt8(ascii: "{")
        && entries.first?.keySpan.start != node.span.start
    case .sequence: return source.bytes[first] == UInt8(ascii: "[")
    case .scalar: return false
    }
  }

  /// `{ a: 1 }` or `[1, 2]`, where it was in brackets on one line, or fits on one and has no comments.
  private func onOneLine(_ node: Node, indentation: Int) -> String? {
    guard isFlow(node) else { return nil }
    let raw = source.bytes[node.span.range]
    let text = flow(node)
    guard raw.contains(0x0A) else { return text }
    guard let text, indentation + text.count <= Self.width else { return nil }
    var gaps = LayoutGaps(source, from: Int(node.span.start))
    return gaps.comments(of: node).isEmpty ? text : nil
  }

  /// `nil` where a text in it runs over several lines.
  private func flow(_ node: Node) -> String? {
    switch node.content {
    case .scalar:
      return source.bytes[node.span.range].contains(0x0A) ? nil : source.text(node.span)
    case .sequence(let items):
      let parts = items.compactMap(flow)
      return parts.count == items.count ? "[" + parts.joined(separator: ", ") + "]" : nil
    case .mapping(let entries):
      if entries.isEmpty { return "{}" }
      let parts: [String] = entries.compactMap { entry in
        guard let value = flow(entry.value) else { return nil }
        return source.text(entry.keySpan) + ":" + (value.isEmpty ? "" : " " + value)
      }
      return parts.count == entries.count ? "{ " + parts.joined(separator: ", ") + " }" : nil
    }
  }

  // MARK: - Comments and lines

  /// Writes the comments up to a place: behind the last line, or on lines of their own at the level that they stood at.
  ///
  /// - Parameter depth: the outermost level that a comment can be at.
  private mutating func writeComments(before place: Int, keeping depth: Int) {
    for comment in gaps.comments(before: place) {
      if comment.isTrailing, !isClosingBrackets, let last = lines.indices.last,
        lines[last].comment == nil, !lines[last].text.isEmpty
      {
        lines[last].comment = comment.text
        continue
      }
      let inside = levels.indices.dropFirst(depth).last { levels[$0].column <= comment.column }
      let level = inside ?? min(depth, levels.count - 1)
      let indentation = levels.indices.contains(level) ? levels[level].indentation : 0
      if comment.followsEmptyLine, !isOpening { writeEmptyLine() }
      isOpening = false
      lines.append(Line(text: spaces(indentation) + comment.text))
    }
    isClosingBrackets = false
  }

  /// Puts comments above the line that is being written.
  private mutating func putAbove(_ comments: [String]) {
    guard let last = lines.last, !comments.isEmpty else { return }
    let margin = last.text.prefix { $0 == " " }
    lines.insert(contentsOf: comments.map { Line(text: margin + $0) }, at: lines.count - 1)
  }

  private mutating func writeEmptyLine() {
    if let last = lines.last, !last.text.isEmpty || last.comment != nil {
      lines.append(Line(text: ""))
    }
  }

  private mutating func append(_ text: String) {
    if lines.isEmpty { lines.append(Line(text: "")) }
    lines[lines.count - 1].text += text
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// The lines, with the comments behind lines that follow one another in one column.
  private func finished() -> String {
    var text = ""
    var start = 0
    while start < lines.count {
      var end = start
      while end < lines.count, lines[end].comment != nil { end += 1 }
      let group = lines[start..<end]
      let column = group.map(\.text.count).filter { $0 <= Self.width }.max() ?? 0
      for line in group {
        let gap = max(2, column + 2 - line.text.count)
        text += line.text + spaces(gap) + (line.comment ?? "") + "\n"
      }
      if end < lines.count {
        text += lines[end].text + "\n"
        end += 1
      }
      start = end
    }
    return text
  }
}
