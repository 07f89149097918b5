import AnnonaLanguage
import Support
import Testing

@Suite struct JSONValueTests {
  let value = JSONValue.object([
    "b": .array([.integer(1), .null, .bool(true)]), "a": .object([:]), "é": [], "c": "x",
  ])

  @Test func isCompact() {
    #expect(value.compact == "{\"b\":[1,null,true],\"a\":{},\"é\":[],\"c\":\"x\"}")
  }

  @Test func isPretty() {
    #expect(
      value.pretty == """
        {
          "b": [
            1,
            null,
            true
          ],
          "a": {},
          "é": [],
          "c": "x"
        }
        """)
  }

  @Test(arguments: [
    ("\"\\/", "\"\\\"\\\\/\""), ("\n\r\t\u{8}\u{C}", "\"\\n\\r\\t\\b\\f\""),
    ("\u{1}\u{1F}\u{7F}", "\"\\u0001\\u001f\u{7F}\""), ("😀\u{2028}", "\"😀\u{2028}\""),
    ("e\u{301}", "\"e\u{301}\""), ("\r\n", "\"\\r\\n\""),
  ])
  func escapesOnlyWhatItMust(_ text: String, _ json: String) {
    #expect(Array(JSONValue.string(text).compact.utf8) == Array(json.utf8))
  }

  /// What is written is read back, whatever the text.
  @Test func isReadBack() throws {
    let seed: UInt64 = 7
    var random = SeededRandom(seed: seed)
    for round in 0..<500 {
      var text = ""
      for _ in 0..<random.below(12) {
        let top = [0x20, 0x7F, 0x800, 0x2000, 0x20_000][random.below(5)]
        if let scalar = Unicode.Scalar(UInt32(random.below(top))) {
          text.unicodeScalars.append(scalar)
        }
      }
      let isRefused = text.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) }
      guard !isRefused else { continue }
      let json = JSONValue.array([.string(text)])
      for written in [json.compact, json.pretty] {
        let read = readJSON(SourceFile(path: "a.json", text: written), index: 0).0
        let back = try #require(scalars(of: read).first, "seed \(seed), round \(round)")
        #expect(Array(back.text.utf8) == Array(text.utf8), "seed \(seed), round \(round)")
      }
    }
  }
}
