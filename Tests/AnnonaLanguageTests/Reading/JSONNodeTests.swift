import AnnonaLanguage
import Support
import Testing

@Suite struct JSONNodeTests {
  @Test(arguments: [
    ("{\"a\": 1e400}", "{\"a\": 1e400}"),
    ("[0.10, -0, 12345678901234567890.5, 1E+2]", "[0.10, -0, 12345678901234567890.5, 1E+2]"),
    ("{\"a\"\n:\n[true,false,null]}", "{\"a\": [true, false, null]}"),
    ("\"\\ud83d\\ude00\\u00e9\\/\\\"\"", "\"😀é/\"\""),
    ("{}", "{}"), ("[]", "[]"), (" [ ] ", "[]"), ("{\"\":\"\"}", "{\"\": \"\"}"), ("7", "7"),
    ("\"a\u{2028}b\"", "\"a\u{2028}b\""), ("\u{FEFF}[1]", "[1]"),
    ("[\"\\u0000\"]", "[\"\0\"]"), ("{\"a\": {\"b\": [{}]}}", "{\"a\": {\"b\": [{}]}}"),
  ])
  func isRead(_ json: String, _ nodes: String) {
    let (node, problems) = readJSON(SourceFile(path: "a.json", text: json), index: 0)
    #expect(problems.isEmpty)
    #expect(outline(node) == nodes)
  }

  @Test(arguments: [
    "{\"a\": ⟦1.50⟧}", "[⟦\"é\"⟧, 2]", "{\"é\": ⟦[1, 2]⟧ }", "⟦{\"a\": {}}⟧ ",
    "[\"\\u00e9\", ⟦true⟧]",
  ])
  func hasItsPlace(_ marked: String) throws {
    let text = MarkedText(marked)
    let (node, _) = readJSON(SourceFile(path: "a.json", text: text.text), index: 3)
    let wanted = try #require(text.ranges.first)
    let places = spans(of: node)
    #expect(
      places.contains { $0.start == wanted.lowerBound && $0.end == wanted.upperBound },
      "\(places)")
  }

  @Test func placesLettersBehindEscapes() throws {
    let source = SourceFile(path: "a.json", text: "\"x\\u00e9y\\ud83d\\ude00z\\nw\"")
    let scalar = try #require(scalars(of: readJSON(source, index: 0).0).first)
    for (offset, byte) in scalar.text.utf8.enumerated() where (0x61...0x7A).contains(byte) {
      #expect(source.bytes[Int(scalar.fileOffset(of: offset))] == byte)
    }
  }

  /// What is JSON reads the same as YAML, for the texts that libyaml can read.
  @Test(arguments: [
    "{\"a\": [1, 2.50, \"x\"], \"b\": {\"c\": null}}", "[[], {}, \"é\\n\", -1]",
    "{\"a b\": \"\\u00e9\"}",
  ])
  func readsLikeYAML(_ text: String) {
    let source = SourceFile(path: "a", text: text)
    let (json, yaml) = (readJSON(source, index: 0).0, readYAML(source, index: 0).0)
    #expect(outline(json) == outline(yaml))
    #expect(json.map { spans(of: $0) } == yaml.map { spans(of: $0) })
  }

  @Test func readsAMillionElements() {
    let text = "[" + String(repeating: "1,", count: 999_999) + "1]"
    let (node, problems) = readJSON(SourceFile(path: "a.json", text: text), index: 0)
    #expect(problems.isEmpty)
    guard case .sequence(let items)? = node?.content else {
      Issue.record("not a list")
      return
    }
    #expect(items.count == 1_000_000)
  }

  @Test(arguments: [
    ("case.json", "a: 1", false), ("case.yaml", "{\"a\": 1}", true),
    ("-", "{\"a\": \"\\ud83d\\ude00\"}", true),
    ("-", "[{\"a\": 1}]", true), ("-", "{ a: 1 }", true), ("-", "[a, b]", true),
    ("-", "a: 1", true),
    ("CASE.JSON", "{\"a\":\n1}", true),
  ])
  func choosesTheReader(_ path: String, _ text: String, _ isRead: Bool) {
    let (node, problems) = readNodes(SourceFile(path: path, text: text), index: 0)
    #expect((node != nil) == isRead)
    #expect(problems.isEmpty == isRead)
  }
}
