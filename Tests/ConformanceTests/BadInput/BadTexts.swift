import AnnonaLanguage

// Texts that are no rulebook, or one made to exhaust whoever reads it.
extension BadInput {
  static let texts: [BadInput] = [
    BadInput("empty file", ["Y005"]) { [] },
    BadInput("a file of comments", ["Y005"]) { Array("# nothing\n".utf8) },
    BadInput("Latin-1", ["Y003"]) { Array("rulebook: xx.test\ntitle: Sant".utf8) + [0xE9, 0x0A] },
    BadInput("UTF-16", ["Y002"]) { [0xFF, 0xFE] + "rulebook: a\n".utf8.flatMap { [$0, 0] } },
    BadInput("a tab for indentation", ["Y007"], rules: "rules:\n\thousehold.a: 1\n"),
    BadInput("100 000 levels of lists in lines", ["Y009"]) {
      Array(repeating: UInt8(ascii: "["), count: 100_000)
    },
    BadInput("100 000 levels of mappings in lines", ["Y009"]) {
      Array(String(repeating: "{a: ", count: 100_000).utf8)
    },
    BadInput("100 000 levels of dashes", ["Y009"]) {
      Array(String(repeating: "- ", count: 100_000).utf8)
    },
    BadInput("levels of indentation", ["Y009"]) {
      Array((0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined().utf8)
    },
    BadInput("50 MB", ["Y001"]) { [UInt8](repeating: UInt8(ascii: "a"), count: 50_000_000) },
    BadInput("a list of a million", ["K001", "K030"]) {
      Array("x: [".utf8) + [UInt8](repeating: UInt8(ascii: ","), count: 0)
        + (0..<1_000_000).flatMap { _ in [UInt8(ascii: "1"), UInt8(ascii: ","), 0x20] }
        + Array("1]\n".utf8)
    },
    BadInput("twenty thousand days of a parameter", ["K014", "L010"]) {
      Array(
        (header + "entities: { household: {} }\nparameters:\n  p:\n    type: EUR\n    values:\n"
          + (0..<20_000).map { "      2020-01-01x\($0): 1\n" }.joined()).utf8)
    },
    BadInput(
      "a comma inside braces", ["Y020"],
      rules: "entities: { household: {} }\nrules: { household.a: min(1, 2) }\n"),
    BadInput(
      "a comma in a text inside braces", ["Y020"],
      rules:
        "entities: { household: {} }\nsources: { act: { title: Benefits, children and families } }\n"
    ),
    BadInput(
      "a text cut by a comment", ["Y023"],
      rules: "entities: { household: {} }\nsources:\n  act: { title: x }\nabout: Act #3\n"),
  ]
}
