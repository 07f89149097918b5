import AnnonaLanguage
import Support
import Testing

/// Benefits of rulebooks that are decided together need names of their own.
@Test func benefitsOfTwoRulebooksMayNotShareAName() {
  let files = ["one", "two"].map { name in
    SourceFile(
      path: "\(name).yaml",
      text: """
        rulebook: test.\(name)
        case: household
        currency: EUR
        entities: { household: { facts: { poor: boolean } } }
        benefits:
          help: { title: Help, entitled: poor, amount: 10 EUR }
        """)
  }
  let sources = files.enumerated().map { index, file in
    RulebookSource(
      syntax: readRulebook([readNodes(file, index: Int32(index)).0], from: files).0)
  }
  let found = check(sources, deciding: [0, 1], files: files).diagnostics
  let text = DiagnosticText(files: files).render(found)
  #expect(
    text == """
      error[N012] two.yaml:6:3: the benefit `help` is declared twice
        6 |   help: { title: Help, entitled: poor, amount: 10 EUR }
          |   ^^^^
        also: one.yaml:6:3: first declared here
        6 |   help: { title: Help, entitled: poor, amount: 10 EUR }
          |   ^^^^
        help: remove one of the two, or give it another name

      """)
}
