import AnnonaLanguage
import Support
import Testing

/// What a correct text is read as, and the place of each part.
@Suite struct YAMLNodeTests {
  struct Reading: Sendable, CustomTestStringConvertible {
    let yaml: String
    let nodes: String
    var testDescription: String { yaml }

    init(_ yaml: String, _ nodes: String) {
      self.yaml = yaml
      self.nodes = nodes
    }
  }

  @Test(arguments: [
    Reading("a: no", "{a: no}"),
    Reading("a: 1_000", "{a: 1_000}"),
    Reading("2025-01-01: 0.10", "{2025-01-01: 0.10}"),
    Reading("a: 1e3\nb: ~\nc: null\n", "{a: 1e3, b: ~, c: null}"),
    Reading("a: \"x\"\nb: 'it''s'\n", "{a: \"x\", b: \"it's\"}"),
    Reading("a: |\n  one\n   two\n\n  three\n", "{a: |one⏎ two⏎⏎three⏎|}"),
    Reading("a: >-\n  one\n  two\n\n  three\n", "{a: |one two⏎three|}"),
    Reading("a: one\n  two\n\n  three\n", "{a: one two⏎three}"),
    Reading("a:\nb: 1\n", "{a: , b: 1}"),
    Reading("a: [1, {b: 2}, []]\nc: {}\n", "{a: [1, {b: 2}, []], c: {}}"),
    Reading("- a\n-\n  - b\n- c: 1\n  d: 2\n", "[a, [b], {c: 1, d: 2}]"),
    Reading("---\na: 1 # note\n...\n", "{a: 1}"),
    Reading("a: max(0, b) * 2/3 - c\n", "{a: max(0, b) * 2/3 - c}"),
    Reading("a: -3\nb: <= 36\nc: (36..72]\n", "{a: -3, b: <= 36, c: (36..72]}"),
    Reading("a: \"\\u00e9\\n\\x41 \\\n   b\"\n", "{a: \"é⏎A b\"}"),
    Reading("\u{FEFF}a: 1\r\nb: 2\r\n", "{a: 1, b: 2}"),
    Reading("{ \"a\": [1, true], \"b\": null }", "{\"a\": [1, true], \"b\": null}"),
    Reading("hello", "hello"),
  ])
  func isRead(_ reading: Reading) {
    let (node, problems) = readYAML(SourceFile(path: "a.yaml", text: reading.yaml), index: 0)
    #expect(problems.isEmpty)
    #expect(outline(node) == reading.nodes)
  }

  /// Between `⟦` and `⟧` stands what the last span inside that mapping or list covers.
  @Test(arguments: [
    "a: ⟦1⟧", "a:   ⟦x + y⟧  # note", "é: ⟦ü⟧\n", "a: ⟦\"x\\ty\"⟧ \n", "a: ⟦'é'⟧",
    "a: ⟦|\n  one\n  two⟧\n\n", "a: ⟦one\n  two⟧\n\n# x\n", "a: ⟦[é, 2]⟧\n", "a: ⟦{b: 1}⟧ # x",
    "a:\n  ⟦b: 1\n  c:\n    - é\n    - d⟧\n\n# note\n", "a:⟦⟧\n", "a:⟦⟧ # x\nb: 1", "{a:⟦⟧ , b: 1}",
    "😀😀: ⟦x⟧", "\u{FEFF}é: ⟦x⟧", "é: 1\r\nb: ⟦ü⟧\r\n", "a:\n⟦- 1\n- 2⟧\n", "a: ⟦|2\n    x⟧\n",
  ])
  func hasItsPlace(_ marked: String) throws {
    let text = MarkedText(marked)
    let (node, problems) = readYAML(SourceFile(path: "a.yaml", text: text.text), index: 7)
    #expect(problems.isEmpty)
    let wanted = try #require(text.ranges.first)
    let places = spans(of: node)
    let isFound = places.contains { $0.start == wanted.lowerBound && $0.end == wanted.upperBound }
    #expect(isFound, "\(places)")
    #expect(places.allSatisfy { $0.file == 7 })
  }

  @Test(arguments: [
    ("a: x # note", true), ("a: x#note", false), ("a: \"x\" # note", true), ("a: x\n# note", false),
    ("a: # note\n", true), ("a: |\n  x\n# note", false), ("a: x\t# note", true),
    ("[a, x # note\n]", true),
  ])
  func knowsTheCommentBehindIt(_ yaml: String, _ isFollowed: Bool) throws {
    let source = SourceFile(path: "a.yaml", text: yaml)
    let node = try #require(readYAML(source, index: 0).0)
    #expect(scalars(of: node).last?.isFollowedByComment == isFollowed)
  }

  @Test func tellsOfATextThatACommentCut() throws {
    let source = SourceFile(path: "a.yaml", text: "title: Aid for flat #1 and #2  \nb: 1 # note\n")
    let node = try #require(readYAML(source, index: 0).0)
    guard case .mapping(let entries) = node.content else { return }
    let problems = entries.prefix(1).compactMap {
      Diagnostic.textCutByComment($0.value, in: source)
    }
    #expect(
      DiagnosticText(files: [source]).render(problems) == """
        error[Y023] a.yaml:1:21: ` #` begins a comment, so this text ends before it
          1 | title: Aid for flat #1 and #2
            |                     ^^^^^^^^^
          help: write `title: "Aid for flat #1 and #2"` if the text goes on, or move the comment to a line of its own

        """)
  }

  @Test func keepsTheFirstOfTwoEqualKeys() {
    let (node, problems) = readYAML(SourceFile(path: "a", text: "a: 1\nb: 2\na: 3"), index: 0)
    #expect(outline(node) == "{a: 1, b: 2}")
    #expect(problems.map(\.code) == ["Y018"])
  }

  @Test func findsEqualKeysInALongMapping() {
    let lines = (0..<1000).map { "k\($0): \($0)" } + ["k3: again", "k999: again"]
    let source = SourceFile(path: "a", text: lines.joined(separator: "\n"))
    let (_, problems) = readYAML(source, index: 0)
    #expect(problems.map { source.position(of: $0.span.start).line } == [1001, 1002])
    let first = problems.flatMap(\.notes).map { source.position(of: $0.span.start).line }
    #expect(first == [4, 1000])
  }
}
