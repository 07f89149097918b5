import AnnonaLanguage
import Support
import Testing

/// A caret inside a text of several lines lands on the word that the author wrote.
@Suite struct ScalarPlaceTests {
  /// Every letter of these texts stands once in the file, so its place is certain.
  @Test(arguments: [
    "a: bcd", "a: 'b''c d'", "a: \"b\\tc\\\\d\"", "a: |\n  b\n    c\n\n  d\n",
    "a: |\n\n   b\n   c\n", "a: >\n  b\n  c\n\n\n  d\n    e\n    f\n\n  g\n",
    "a: >-\n  b\n\n    c\n  d",
    "a: |2\n    b\n   c\n", "a: >1\n   b\n  c\n d\n", "a: b\n  c\n\n\n   d  \n  e",
    "a: \"b  \n   c\n\n  d\"",
    "a: 'b\n   c\n\n  d '", "a: \"b \\\n   c\\\n   d\"", "a: \"é b\\u00e9c\\U0001F600d\"",
    "a: |\r\n  b\r\n  c\r\n\r\n  d\r\n", "a: >\r\n  b\r\n  c\r\n\r\n  d\r\n",
    "a: b\r\n  c\r\n\r\n  d",
    "é: |\n  b 😀 c\n  é d\n", "- |\n b\n - c\n  d\n- >\n e\n f", "a: |  # note\n    b\n    c\n",
    "a: >+\n  b\n  c\n\n\n", "a: |-\n  b\n\n\n", "a: >\n\n  b\n\n  c\n", "a: \"\n  b\n  c\n  \"",
    "[b\n c, 'd\n  e', \"f\\\n  g\"]", "a: |1\n  b\n c\n",
  ])
  func leadsToItsByte(_ yaml: String) throws {
    let source = SourceFile(path: "a.yaml", text: yaml)
    let (node, problems) = readYAML(source, index: 0)
    #expect(problems.isEmpty)
    for scalar in scalars(of: node) { expectPlaces(scalar, in: source) }
  }

  @Test func leadsToItsByteInRandomTexts() throws {
    let seed: UInt64 = 20_240_229
    var random = SeededRandom(seed: seed)
    for round in 0..<2000 {
      let yaml = randomScalar(&random)
      let source = SourceFile(path: "a.yaml", text: yaml)
      let (node, problems) = readYAML(source, index: 0)
      guard problems.isEmpty, let node else { continue }
      let isRight = scalars(of: node).allSatisfy { letterFault($0, in: source) == nil }
      #expect(
        isRight,
        "seed \(seed), round \(round): \(yaml.debugDescription) \(outline(node).debugDescription)")
    }
  }

  private func randomScalar(_ random: inout SeededRandom) -> String {
    let heads = [
      "|", ">", "|-", ">-", "|+", ">+", "|1", ">2", "\"", "'", "", "|2", ">1",
    ]
    let parts = [
      "b", "c d", "\n", "\n", "\n  ", "\n ", "\n\n", " ", "é", "\t", "\r\n  ", "\\t", "''", "\\\n",
    ]
    let head = heads[random.below(heads.count)]
    var text = "a: " + head
    if head.count > 1 || head == "|" || head == ">" { text += "\n  " }
    for _ in 0..<(1 + random.below(12)) { text += parts[random.below(parts.count)] }
    if head == "\"" || head == "'" { text += head }
    return text
  }

  private func expectPlaces(_ scalar: Scalar, in source: SourceFile) {
    let fault = letterFault(scalar, in: source)
    #expect(fault == nil, "\(fault ?? "") in \(scalar)")
    #expect(scalar.segments.first?.text == 0)
    let starts = scalar.segments.map(\.text)
    #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 }, "\(scalar.segments)")
  }

  /// The first letter whose place does not hold that letter.
  private func letterFault(_ scalar: Scalar, in source: SourceFile) -> String? {
    for (offset, byte) in scalar.text.utf8.enumerated() {
      let place = Int(scalar.fileOffset(of: offset))
      guard place >= 0, place <= source.bytes.count else { return "offset \(offset) is outside" }
      guard (0x61...0x7A).contains(byte) else { continue }
      if place == source.bytes.count || source.bytes[place] != byte { return "offset \(offset)" }
    }
    return nil
  }
}
