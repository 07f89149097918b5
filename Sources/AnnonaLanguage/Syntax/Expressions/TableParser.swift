import AnnonaValues

/// Reads a decision table as drawn; what cannot be read is reported and gives `nil`, since a table with a hole proves nothing.
package func parseTable(_ scalar: Scalar, file: Int32) -> (TableSyntax?, [Diagnostic]) {
  var parser = TableParser(SourceText(scalar, file: file))
  let table = parser.table()
  return (table, parser.diagnostics)
}

struct TableParser {
  /// Problems reported of one table.
  private static let problemLimit = 50

  private let source: SourceText
  private let lines: [DrawnLine]
  private(set) var diagnostics: [Diagnostic]
  private var isIncomplete = false
  private var inputs: [TableSyntax.Input] = []
  private var inputTexts: [String] = []
  /// The output columns without `cites`.
  private var outputs: [NameSyntax] = []
  /// The position of the `cites` column after `||`.
  private var citations: Int?

  init(_ source: SourceText) {
    let drawn = DrawnLines(source)
    self.init(source, lines: drawn.lines, diagnostics: drawn.diagnostics)
  }

  init(_ source: SourceText, lines: [DrawnLine], diagnostics: [Diagnostic]) {
    self.source = source
    self.lines = lines
    self.diagnostics = diagnostics
  }

  mutating func table() -> TableSyntax? {
    guard let first = lines.first, let last = lines.last else {
      report(.emptyTable(at: source.span(source.trimmed(source.all))))
      return nil
    }
    guard header(first) else { return nil }
    let whole = source.span(first.range.lowerBound..<last.range.upperBound)
    var rows: [TableSyntax.Row] = []
    for line in lines.dropFirst() {
      if let row = row(line) { rows.append(row) }
    }
    if lines.count == 1 { report(.noRows(at: source.span(first.range))) }
    checkOtherwise(rows)
    guard !isIncomplete, lines.count > 1 else { return nil }
    return TableSyntax(inputs: inputs, outputs: outputs, rows: rows, span: whole)
  }

  private mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.count < Self.problemLimit { diagnostics.append(diagnostic) }
  }

  private mutating func report(_ found: [Diagnostic]) {
    for diagnostic in found { report(diagnostic) }
  }

  private mutating func fail(_ diagnostic: Diagnostic) {
    report(diagnostic)
    isIncomplete = true
  }

  // MARK: - The header

  /// Whether the header says enough to read the rows.
  private mutating func header(_ line: DrawnLine) -> Bool {
    guard let divider = line.dividerRanges.first else {
      fail(.headerWithoutDivider(mended: dividing(line, before: 1), at: source.span(line.range)))
      return false
    }
    if line.dividers.count > 1 {
      fail(.secondDivider(at: source.span(line.dividerRanges[1])))
      return false
    }
    for cell in line.inputs { input(cell, divider: divider) }
    for (position, cell) in line.outputs.enumerated() { output(cell, position, divider: divider) }
    if outputs.isEmpty, !isIncomplete {
      fail(.noOutput(at: source.span(divider)))
    }
    return true
  }

  /// A line with `||` for the bar before its last cells.
  private func dividing(_ line: DrawnLine, before count: Int) -> String? {
    guard line.cells.count > count, count > 0 else { return nil }
    let texts = line.cells.map { source.text($0) }
    return texts.dropLast(count).joined(separator: " | ") + " || "
      + texts.suffix(count).joined(separator: " | ")
  }

  private mutating func input(_ cell: Range<Int>, divider: Range<Int>) {
    inputTexts.append(source.text(cell))
    guard !cell.isEmpty else {
      return fail(.emptyHeader(at: source.span(divider)))
    }
    let (range, unit) = headerUnit(cell)
    let (expression, found) = parseExpression(source, in: range)
    report(found)
    guard let expression else {
      isIncomplete = true
      return
    }
    inputs.append(TableSyntax.Input(expression: expression, unit: unit))
  }

  /// Cuts `in month` off the end of a header cell.
  private func headerUnit(_ cell: Range<Int>) -> (Range<Int>, UnitSyntax?) {
    guard cell.count <= Limits.length else { return (cell, nil) }
    var lexer = Lexer(source, in: cell)
    let tokens = lexer.run()
    guard let word = tokens.lastIndex(where: { $0.isWord("in") }), word > 0,
      word + 1 < tokens.count - 1
    else { return (cell, nil) }
    let range = tokens[word + 1].range.lowerBound..<cell.upperBound
    let text = source.text(range)
    guard let unit = text == "number" ? Unit.none : Unit(text: text) else { return (cell, nil) }
    return (
      source.trimmed(cell.lowerBound..<tokens[word].range.lowerBound),
      UnitSyntax(unit, text: text, span: source.span(range))
    )
  }

  private mutating func output(_ cell: Range<Int>, _ position: Int, divider: Range<Int>) {
    let name = source.name(cell)
    if name.text == "cites" {
      if citations != nil { fail(.repeatedColumn("cites", at: name.span, first: nil)) }
      citations = position
      return
    }
    if cell.isEmpty {
      fail(.emptyHeader(at: source.span(divider)))
    } else if !isColumnName(name.text) {
      fail(.notAColumnName(name.text, at: name.span))
    } else if let first = outputs.first(where: { $0.text == name.text }) {
      fail(.repeatedColumn(name.text, at: name.span, first: first.span))
    }
    outputs.append(name)
  }

  private func isColumnName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !ReservedWords.contains(text) else {
      return false
    }
    return (first == "_" || first.properties.isXIDStart)
      && text.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
  }

  // MARK: - Rows

  private var outputTexts: [String] {
    var texts = outputs.map(\.text)
    if let citations { texts.insert("cites", at: min(citations, texts.count)) }
    return texts
  }

  private mutating func row(_ line: DrawnLine) -> TableSyntax.Row? {
    let span = source.span(line.range)
    guard line.dividers.count == 1 else {
      fail(
        line.dividers.isEmpty
          ? .rowWithoutDivider(mended: dividedRow(line), at: span)
          : .secondDivider(at: source.span(line.dividerRanges[1])))
      return nil
    }
    let isOtherwise = saysOtherwise(line)
    guard isOtherwise || line.inputs.count == inputTexts.count else {
      fail(
        .wrongCellCount(
          line.inputs.count, columns: inputTexts, side: "before", at: inputSpan(line)))
      return nil
    }
    let cells = isOtherwise ? [] : line.inputs.map { self.cell($0, in: line) }
    let isImpossible = line.outputs.first.map { source.text($0) } == "impossible"
    guard let (outputs, citation) = outputCells(line, isImpossible: isImpossible) else {
      return nil
    }
    let read = cells.compactMap { $0 }
    guard read.count == cells.count else { return nil }
    return TableSyntax.Row(
      cells: read, outputs: outputs, isOtherwise: isOtherwise, isImpossible: isImpossible,
      citation: citation, span: span)
  }

  private func dividedRow(_ line: DrawnLine) -> String? {
    line.cells.count == inputTexts.count + outputTexts.count
      ? dividing(line, before: outputTexts.count) : nil
  }

  /// `otherwise` alone, or with `-` in the other columns.
  private func saysOtherwise(_ line: DrawnLine) -> Bool {
    guard let first = line.inputs.first, source.text(first) == "otherwise" else { return false }
    return line.inputs.dropFirst().allSatisfy { $0.isEmpty || source.text($0) == "-" }
  }

  private func inputSpan(_ line: DrawnLine) -> Span {
    source.span(source.trimmed(line.range.lowerBound..<line.dividerRanges[0].lowerBound))
  }

  private func outputSpan(_ line: DrawnLine) -> Span {
    let range = source.trimmed(line.dividerRanges[0].upperBound..<line.range.upperBound)
    return source.span(range.isEmpty ? line.dividerRanges[0] : range)
  }

  private mutating func cell(_ range: Range<Int>, in line: DrawnLine) -> CellSyntax? {
    guard !range.isEmpty else {
      fail(.emptyCell(at: barBeside(range, in: line)))
      return nil
    }
    var parser = ExpressionParser(source, in: range)
    let tests = parser.parseAll { parser throws(SyntaxFailure) in try parser.cell() }
    report(parser.diagnostics)
    guard let tests else {
      isIncomplete = true
      return nil
    }
    return CellSyntax(tests: tests, span: source.span(range))
  }

  /// The bar that ends an empty cell, so that something can be underlined.
  private func barBeside(_ range: Range<Int>, in line: DrawnLine) -> Span {
    let end = line.range.upperBound
    var offset = range.lowerBound
    while offset < end, source.bytes[offset].isBlank { offset += 1 }
    if offset < end {
      let isDouble = source.byte(at: offset + 1, before: end) == UInt8(ascii: "|")
      return source.span(offset..<min(offset + (isDouble ? 2 : 1), end))
    }
    return source.span(max(line.range.lowerBound, end - 1)..<end)
  }

  /// The values and the provision after `||`; `nil` if they cannot be read.
  private mutating func outputCells(
    _ line: DrawnLine, isImpossible: Bool
  ) -> ([ExpressionSyntax], NameSyntax?)? {
    var cells = Array(line.outputs)
    let columns = outputTexts
    var citation: NameSyntax?
    if isImpossible {
      // Nothing but the provision may follow `impossible`.
      let rest = cells.dropFirst().filter { !$0.isEmpty }
      guard rest.isEmpty || (citations != nil && rest.count == 1) else {
        fail(.impossibleWithValue(at: source.span(rest[rest.startIndex])))
        return nil
      }
      return ([], rest.first.map { source.name($0) })
    }
    guard cells.count == columns.count else {
      fail(
        .wrongCellCount(
          cells.count == 1 && cells[0].isEmpty ? 0 : cells.count, columns: columns,
          side: "after", at: outputSpan(line)))
      return nil
    }
    if let citations, citations < cells.count {
      let cell = cells.remove(at: citations)
      if !cell.isEmpty { citation = source.name(cell) }
    }
    var values: [ExpressionSyntax] = []
    for (cell, column) in zip(cells, outputs) {
      if cell.isEmpty {
        fail(.emptyOutput(column.text, at: barBeside(cell, in: line)))
        continue
      }
      let (value, found) = parseExpression(source, in: cell)
      report(found)
      if let value { values.append(value) } else { isIncomplete = true }
    }
    return values.count == cells.count ? (values, citation) : nil
  }

  private mutating func checkOtherwise(_ rows: [TableSyntax.Row]) {
    let others = rows.filter(\.isOtherwise)
    for row in others.dropFirst() {
      fail(.secondOtherwise(at: row.span, first: others[0].span))
    }
  }
}
