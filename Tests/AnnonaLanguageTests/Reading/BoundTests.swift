import AnnonaLanguage
import Support
import Testing

/// Texts made to exhaust a reader are refused at once and in order.
@Suite struct BoundTests {
  static let deep: [(name: String, text: String)] = [
    ("open lists", String(repeating: "[", count: 100_000)),
    ("open mappings", String(repeating: "{a: ", count: 100_000)),
    ("open mappings of lists", String(repeating: "[{a: ", count: 50_000)),
    ("lists on lines", (0..<100_000).map { _ in "[\n" }.joined()),
    ("block lists", String(repeating: "- ", count: 100_000)),
    ("names in names", String(repeating: "? ", count: 100_000)),
    ("indented names", (0..<2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()),
    (
      "closed lists",
      String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    ),
  ]

  @Test(arguments: deep.map(\.name))
  func refusesDeepNesting(_ name: String) throws {
    let text = try #require(Self.deep.first { $0.name == name }?.text)
    let (node, problems) = readYAML(SourceFile(path: "a", text: text), index: 0)
    #expect(node == nil)
    #expect(problems.map(\.code) == [name == "names in names" ? "Y017" : "Y009"])
    if text.hasPrefix("[") || text.hasPrefix("{") {
      let (node, problems) = readJSON(SourceFile(path: "a", text: text), index: 0)
      #expect(node == nil)
      #expect(problems.count == 1)
    }
  }

  @Test func acceptsNestingUpToTheLimit() {
    let text = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    for path in ["a.json", "a.yaml"] {
      let (node, problems) = readNodes(SourceFile(path: path, text: text), index: 0)
      #expect(problems.isEmpty)
      #expect(node.map { spans(of: $0).count } == 100)
    }
  }

  @Test func refusesALargeFile() {
    let bytes = [UInt8](repeating: 0x20, count: SourceFile.largestSize + 1)
    for path in ["a.yaml", "a.json"] {
      let source = SourceFile(path: path, bytes: bytes)
      let (node, problems) = readNodes(source, index: 0)
      #expect(node == nil)
      #expect(
        problems.map { DiagnosticText(files: [source], hidden: [0]).render($0) } == [
          "error[Y001] \(path):1:1: this file is larger than 16 MiB\n"
        ])
    }
  }

  @Test func stopsAtTooManyProblems() throws {
    let text = (0..<5000).map { _ in "a: 1\n" }.joined()
    let source = SourceFile(path: "a.yaml", text: text)
    let (node, problems) = readYAML(source, index: 0)
    #expect(node == nil)
    #expect(problems.count == 1000)
    #expect(
      DiagnosticText(files: [source]).render(try #require(problems.last)) == """
        error[Y010] a.yaml:1001:1: this file has more than 1000 problems; the rest is not shown
          1001 | a: 1
               | ^
          help: mend the first ones and check again

        """)
  }

  /// One long line with many faults is neither read nor printed in quadratic time.
  @Test func printsManyProblemsOfOneLine() {
    let text =
      "{"
      + (0..<900).map { _ in "a: \(String(repeating: "x", count: 1000))" }
      .joined(separator: ", ") + "}"
    let source = SourceFile(path: "a.yaml", text: text)
    let (_, problems) = readYAML(source, index: 0)
    #expect(problems.count == 899)
    #expect(DiagnosticText(files: [source]).render(problems).utf8.count < 2_000_000)
  }

  @Test(arguments: ["a: |\n", "a: >\n", "a: \"", "a: '", "a: "])
  func readsALongText(_ start: String) throws {
    let line = start.hasSuffix("\n") || start == "a: " ? "  word word\n" : "  word word\n\n"
    let end = start.hasSuffix("\"") ? "\"" : start.hasSuffix("'") ? "'" : ""
    let text = start + (0..<50_000).map { _ in line }.joined() + end
    let node = try #require(readYAML(SourceFile(path: "a", text: text), index: 0).0)
    let scalar = try #require(scalars(of: node).last)
    #expect(scalar.segments.count >= 50_000)
  }
}
