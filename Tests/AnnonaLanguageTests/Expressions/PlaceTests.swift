import AnnonaLanguage
import Testing

/// Places are bytes of the file, also where the text of a scalar is folded, indented or written with escapes.
@Suite struct PlaceTests {
  /// A block scalar as the YAML reader gives it: indentation removed, a segment for each line.
  private func block(_ file: String, indent: Int, from firstLine: Int) -> (Scalar, String) {
    var text = ""
    var segments: [Scalar.Segment] = []
    var offset = 0
    for (index, line) in file.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if index >= firstLine {
        let kept = line.dropFirst(indent)
        let removed = line.utf8.count - kept.utf8.count
        segments.append(.init(text: Int32(text.utf8.count), file: Int32(offset + removed)))
        text += kept + "\n"
      }
      offset += line.utf8.count + 1
    }
    return (Scalar(text: text, style: .block, segments: segments), file)
  }

  @Test func tableCellsInABlock() throws {
    let (scalar, file) = block(
      """
      título: Escalões
      table: |
          escalão | idade in month || value | cites
          1       | above 36 to 72 || 42.91 | art. 2.º, n.º 1
          otherwise                || 0     |
      """, indent: 4, from: 2)
    let (table, problems) = parseTable(scalar, file: 0)
    #expect(problems == [])
    let read = try #require(table)
    #expect(read.inputs.map { slice(file, $0.expression.span) } == ["escalão", "idade"])
    #expect(read.inputs.map { $0.unit.map { slice(file, $0.span) } } == [nil, "month"])
    #expect(read.outputs.map { slice(file, $0.span) } == ["value"])
    let row = try #require(read.rows.first)
    #expect(slice(file, row.span) == "1       | above 36 to 72 || 42.91 | art. 2.º, n.º 1")
    #expect(row.cells.map { slice(file, $0.span) } == ["1", "above 36 to 72"])
    #expect(row.outputs.map { slice(file, $0.span) } == ["42.91"])
    #expect(row.citation.map { slice(file, $0.span) } == "art. 2.º, n.º 1")
    guard case .range(let low, _, let high, _)? = row.cells[1].tests.first else {
      Issue.record("no range")
      return
    }
    #expect(slice(file, low.span) == "36")
    #expect(slice(file, high.span) == "72")
  }

  @Test func problemsInABlock() {
    let (scalar, file) = block(
      """
      value: |
          if a == b
            then “ção”
            else 1 +
      """, indent: 4, from: 1)
    let (_, problems) = parseExpression(scalar, file: 0)
    #expect(problems.map { slice(file, $0.span) } == ["==", "“ção”", "+"])
  }

  @Test func expressionOverLinesReachesFromItsFirstToItsLast() throws {
    let (scalar, file) = block("value: |\n    a +\n      b\n", indent: 4, from: 1)
    let expression = try #require(parseExpression(scalar, file: 0).0)
    #expect(slice(file, expression.span) == "a +\n      b")
  }

  /// A word that ends where a line was folded does not reach into the next line's indentation.
  @Test func wordBeforeAFoldEndsWithItsLine() throws {
    let file = "v: a +\n   b == c"
    let folded = Scalar(
      text: "a + b == c", style: .plain,
      segments: [.init(text: 0, file: 3), .init(text: 3, file: 9), .init(text: 4, file: 10)])
    let (expression, problems) = parseExpression(folded, file: 0)
    let tree = try #require(expression)
    #expect(problems.map { slice(file, $0.span) } == ["=="])
    #expect(slice(file, tree.span) == "a +\n   b == c")
    let short = Scalar(
      text: "a +", style: .plain, segments: [.init(text: 0, file: 3), .init(text: 3, file: 9)])
    #expect(parseExpression(short, file: 0).1.map { slice(file, $0.span) } == ["+"])
  }

  @Test func plainScalarStandsWhereItStands() throws {
    let (expression, _) = parseExpression(scalar("(a + b) * c", at: 100), file: 3)
    let tree = try #require(expression)
    #expect(tree.span == Span(file: 3, start: 100, end: 111))
    guard case .arithmetic(_, let left, let right, _) = tree.kind else { return }
    #expect(left.span == Span(file: 3, start: 100, end: 107))
    #expect(right.span == Span(file: 3, start: 110, end: 111))
  }

  @Test func cellOfAGridIsReadInItsPlace() throws {
    let (grid, _) = parseGrid(scalar("from | rate\n2024-01-01 | 1 +", at: 10), file: 0)
    let cell = try #require(grid?.rows.first?.last)
    let problem = try #require(parseExpression(cell).1.first)
    #expect(problem.span == Span(file: 0, start: 37, end: 38))
  }
}
