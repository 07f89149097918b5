import AnnonaLanguage
import Support
import Testing

/// Whatever a damaged file holds, reading it ends in a node or a diagnostic, and every place is inside the file.
@Suite struct MutationTests {
  static let yaml = """
    rulebook: nz.rates_rebate
    title: Rates Rebate  # note
    in_force: { from: 2017-07-01, through: "2020-01-01" }
    about: |
      First línea
        second: line

      third
    help: >-
      folded
      text
    parameters:
      maximum: { type: NZD/year, values: { 2017-07-01: 620, 2018-07-01: '6''30' } }
    rules:
      household.rebate:
        value: min(maximum, max(0, (rates - initial)
          * 2/3 - reduction))
        cases:
          - when: a and b
            value: "x\\n\\u00e9 \\
              y"
          - otherwise: [1, 2, é]

    """
  static let json = """
    { "rulebook": "nz", "numbers": [1, -2.50, 1e10, 0], "text": "a\\n\\ud83d\\ude00é",
      "nested": { "a": [true, false, null, {}], "b": [] } }

    """
  static let snippets: [String] = [
    "&a ", "*a", "!t ", "? ", "- ", ": ", ":", "{", "}", "[", "]", ",", "#", " #", "\"", "'", "\\",
    "|", ">", ">2", "%", "@", "`", "\t", "\n", "\r", "\r\n", "\n\n", "---\n", "...\n", "<<: ",
    "\u{A0}",
    "\u{FEFF}", "\u{2028}", "\u{85}", "\0", "\u{1B}", "😀", "é", "\\u", "\\ud83d", "  ", "\n  ",
    "\n\t",
    "%YAML 1.1\n", "| 3", "!!str ", "//", "e", "-", "1",
  ]

  @Test(arguments: [yaml, json], [UInt64(1), 2, 3])
  func isSurvived(_ text: String, _ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for round in 0..<1500 {
      var bytes = Array(text.utf8)
      for _ in 0...random.below(3) { mutate(&bytes, &random) }
      for path in ["a.yaml", "a.json"] {
        let fault = fault(reading: SourceFile(path: path, bytes: bytes))
        #expect(
          fault == nil,
          "seed \(seed), round \(round), \(path), \(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
    let place = random.below(bytes.count + 1)
    let end = min(bytes.count, place + 1 + random.below(8))
    switch random.below(6) {
    case 0: bytes.removeSubrange(place..<max(place, end))
    case 1: bytes.insert(contentsOf: bytes[place..<max(place, end)], at: random.below(bytes.count))
    case 2: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
    case 3: bytes.removeSubrange(place...)
    default:
      let snippet = Self.snippets[random.below(Self.snippets.count)]
      bytes.insert(contentsOf: Array(snippet.utf8), at: place)
    }
    if bytes.isEmpty { bytes = [0x61] }
  }

  private func fault(reading source: SourceFile) -> String? {
    let (node, problems) = readNodes(source, index: 0)
    if node == nil, problems.isEmpty { return "neither node nor diagnostic" }
    let places = (node.map { spans(of: $0) } ?? []) + problems.map(\.span)
    let notes = problems.flatMap(\.notes).map(\.span)
    for span in places + notes {
      let isInside = span.start >= 0 && span.start <= span.end && span.end <= source.bytes.count
      if !isInside { return "\(span) is outside" }
    }
    for scalar in node.map({ scalars(of: $0) }) ?? [] {
      for offset in 0...scalar.text.utf8.count {
        let place = scalar.fileOffset(of: offset)
        if place < 0 || place > source.bytes.count { return "\(scalar) leads outside" }
      }
    }
    let text = DiagnosticText(files: [source]).render(problems)
    if text.contains("\u{1B}") || text.contains("\0") { return "a sign that a terminal obeys" }
    if problems.contains(where: { $0.help == nil }) { return "no help" }
    return nil
  }
}
