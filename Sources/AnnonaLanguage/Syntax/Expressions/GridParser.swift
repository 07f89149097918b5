/// Reads a grid without conditions: a parameter's `values: |`, a scale's `brackets: |`, a fixture's table.
package func parseGrid(_ scalar: Scalar, file: Int32) -> (GridSyntax?, [Diagnostic]) {
  var parser = GridParser(SourceText(scalar, file: file))
  let grid = parser.grid()
  return (grid, parser.diagnostics)
}

struct GridParser {
  private static let problemLimit = 50

  private let source: SourceText
  private let lines: [DrawnLine]
  private(set) var diagnostics: [Diagnostic]
  private var isIncomplete = false

  init(_ source: SourceText) {
    let drawn = DrawnLines(source)
    self.source = source
    self.lines = drawn.lines
    self.diagnostics = drawn.diagnostics
  }

  mutating func grid() -> GridSyntax? {
    guard let first = lines.first, let last = lines.last else {
      fail(.emptyTable(at: source.span(source.trimmed(source.all))))
      return nil
    }
    let columns = first.cells.map { source.name($0) }
    check(columns, first)
    guard !isIncomplete else { return nil }
    var rows: [[NameSyntax]] = []
    for line in lines.dropFirst() {
      if let row = row(line, columns, first) { rows.append(row) }
    }
    if lines.count == 1 { fail(.noRows(at: source.span(first.range))) }
    guard !isIncomplete else { return nil }
    return GridSyntax(
      columns: columns, rows: rows, inputCount: first.dividers.first,
      span: source.span(first.range.lowerBound..<last.range.upperBound))
  }

  private mutating func fail(_ diagnostic: Diagnostic) {
    if diagnostics.count < Self.problemLimit { diagnostics.append(diagnostic) }
    isIncomplete = true
  }

  private mutating func check(_ columns: [NameSyntax], _ line: DrawnLine) {
    if line.dividers.count > 1 {
      fail(.secondDivider(at: source.span(line.dividerRanges[1])))
    }
    var places: [String: Span] = [:]
    for column in columns {
      if column.text.isEmpty { return fail(.emptyHeader(at: source.span(line.range))) }
      if let place = places[column.text] {
        fail(.repeatedColumn(column.text, at: column.span, first: place))
      }
      places[column.text] = column.span
    }
  }

  private mutating func row(
    _ line: DrawnLine, _ columns: [NameSyntax], _ header: DrawnLine
  ) -> [NameSyntax]? {
    guard line.cells.count == columns.count else {
      fail(
        .wrongCellCount(
          line.cells.count, columns: columns.map(\.text), side: nil, at: source.span(line.range)))
      return nil
    }
    guard line.dividers == header.dividers else {
      fail(
        line.dividerRanges.isEmpty
          ? .rowWithoutDivider(mended: nil, at: source.span(line.range))
          : .secondDivider(at: source.span(line.dividerRanges[0])))
      return nil
    }
    for (cell, column) in zip(line.cells, columns) where cell.isEmpty && column.text != "cites" {
      fail(.emptyOutput(column.text, at: source.span(line.range)))
      return nil
    }
    return line.cells.map { source.name($0) }
  }
}
