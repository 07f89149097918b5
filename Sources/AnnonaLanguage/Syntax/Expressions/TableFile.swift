import AnnonaValues

/// Reads a decision table from a file of comma-separated values: the first line names the columns, the last of which is the
/// output, or all from the one whose name begins with `||`. A cell in double quotes is a text, any other a cell as drawn.
func parseTableFile(_ source: SourceFile, index: Int32) -> (TableSyntax?, [Diagnostic]) {
  guard let text = String(validating: source.bytes, as: UTF8.self) else {
    return (nil, [.tableFileIsNoText(at: Span(file: index, start: 0, end: 0))])
  }
  let scalar = Scalar(text: text, style: .block, segments: [.init(text: 0, file: 0)])
  let written = SourceText(scalar, file: index)
  var lines = CommaSeparatedLines(written)
  guard lines.read() else { return (nil, lines.diagnostics) }
  var parser = TableParser(written, lines: lines.lines, diagnostics: lines.diagnostics)
  let table = parser.table()
  return (table, parser.diagnostics)
}

/// Cuts a file into lines and cells at its commas, which texts in double quotes may hold.
private struct CommaSeparatedLines {
  let source: SourceText
  private(set) var lines: [DrawnLine] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ source: SourceText) { self.source = source }

  /// Whether every line could be cut.
  mutating func read() -> Bool {
    // A byte order mark is none of the first column's name.
    var start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var firstOutput: Int?
    while start < source.bytes.count {
      let end = source.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
      let line = source.trimmed(start..<end)
      start = end + 1
      guard !line.isEmpty else { continue }
      guard var cut = cut(line) else { return false }
      let output = firstOutput ?? output(of: &cut.cells)
      firstOutput = output
      let comma = cut.commas.indices.contains(output - 1) ? cut.commas[output - 1] : line
      lines.append(
        DrawnLine(
          range: line, cells: cut.cells, dividers: output <= cut.cells.count ? [output] : [],
          dividerRanges: output <= cut.cells.count ? [comma] : []))
    }
    return true
  }

  private mutating func cut(
    _ line: Range<Int>
  ) -> (cells: [Range<Int>], commas: [Range<Int>])? {
    var cells: [Range<Int>] = []
    var commas: [Range<Int>] = []
    var start = line.lowerBound
    var quote: Int?
    for offset in line {
      switch source.bytes[offset] {
      case UInt8(ascii: "\""): quote = quote == nil ? offset : nil
      case UInt8(ascii: ",") where quote == nil:
        cells.append(source.trimmed(start..<offset))
        commas.append(offset..<offset + 1)
        start = offset + 1
      default: break
      }
    }
    if let quote {
      diagnostics.append(.openQuoteInTableFile(at: source.span(quote..<line.upperBound)))
      return nil
    }
    cells.append(source.trimmed(start..<line.upperBound))
    return (cells, commas)
  }

  /// The first output of the heading: the column marked `||`, without its mark, or the last.
  private func output(of cells: inout [Range<Int>]) -> Int {
    let bars = Array("||".utf8)
    for (position, cell) in cells.enumerated() where source.bytes[cell].starts(with: bars) {
      cells[position] = source.trimmed(cell.lowerBound + 2..<cell.upperBound)
      return position
    }
    return max(1, cells.count - 1)
  }
}
