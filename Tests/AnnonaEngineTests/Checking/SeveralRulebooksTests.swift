import AnnonaLanguage
import Support
import Testing

/// Rulebooks that are decided together: one case, and benefits with names of their own.
@Suite struct SeveralRulebooksTests {
  private let base = """
    rulebook: test.base
    entities: { household: { facts: { poor: boolean } } }
    """

  private func grant(_ name: String, case entity: String) -> String {
    """
    rulebook: test.\(name)
    case: \(entity)
    currency: EUR
    import: { base: test.base }
    entities: { firm: { facts: { small: boolean } } }
    benefits:
      help: { title: Help, entitled: \(entity == "firm" ? "small" : "poor"), amount: 10 EUR }
    """
  }

  private func problems(_ texts: [(name: String, text: String)]) -> String {
    let files = texts.map { SourceFile(path: "\($0.name).yaml", text: $0.text) }
    let sources = files.enumerated().map { index, file in
      RulebookSource(
        syntax: readRulebook([readNodes(file, index: Int32(index)).0], from: files).0,
        imports: index == 0 ? [:] : ["base": 0])
    }
    let found = check(sources, deciding: [1, 2], files: files).diagnostics
    return DiagnosticText(files: files).render(found.filter { $0.severity == .error })
  }

  @Test func benefitsMayNotShareAName() {
    #expect(
      problems([
        ("base", base), ("one", grant("one", case: "base.household")),
        ("two", grant("two", case: "base.household")),
      ]) == """
        error[N012] two.yaml:7:3: the benefit `help` is declared twice
          7 |   help: { title: Help, entitled: poor, amount: 10 EUR }
            |   ^^^^
          also: one.yaml:7:3: first declared here
          7 |   help: { title: Help, entitled: poor, amount: 10 EUR }
            |   ^^^^
          help: remove one of the two, or give it another name

        """)
  }

  @Test func allDecideOneCase() {
    #expect(
      problems([
        ("base", base), ("one", grant("one", case: "base.household")),
        ("two", grant("two", case: "firm")),
      ]) == """
        error[B008] one.yaml:2:7: `test.one` decides another case than `test.two`, so that the two cannot be decided together
          2 | case: base.household
            |       ^^^^^^^^^^^^^^
          help: let both import the rulebook that declares the entity, and name it under `case:`

        """)
  }
}
