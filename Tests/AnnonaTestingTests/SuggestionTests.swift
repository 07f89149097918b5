import AnnonaLanguage
import AnnonaTesting
import Testing

/// The households that are suggested exercise what was missing.
@Suite struct SuggestionTests {
  @Test func findsBothSidesOfEveryBound() throws {
    let suite = try Grant.suite("- { name: it, source: s, expect: { grant/ana: 60 } }")
    var suggesting = Suggesting(suite, seed: 7)
    let (found, missing) = suggesting.run(tries: 600)
    #expect(missing.map(\.name) == [])
    let covered = found.flatMap(\.covers)
    #expect(covered.contains { $0.name == "household.tier, row_1: `income` at `10_000`" })
    #expect(covered.contains { $0.name == "household.tier, row_1: `income` just above `10_000`" })
  }

  /// With the blanks filled in, the file is one of fixtures that leave nothing out.
  @Test func canBeRun() throws {
    let suite = try Grant.suite("- { name: it, source: s, expect: { grant/ana: 60 } }")
    var suggesting = Suggesting(suite, seed: 7)
    let (found, missing) = suggesting.run(tries: 600)
    let text = SuggestionYAML().render(suite.program, found, missing: missing)
    let again = FixtureSuite(suite.program, [SourceFile(path: "more.test.yaml", text: text)])
    let blanks = again.diagnostics.filter { $0.message.hasPrefix("`fill_in` is no value") }
    #expect(!blanks.isEmpty)
    #expect(again.diagnostics.count == blanks.count, "\(again.diagnostics.map(\.message))")
  }

  @Test func areTheSameForTheSameSeed() throws {
    let suite = try Grant.suite("- { name: it, source: s, expect: { grant/ana: 60 } }")
    let texts = [UInt64(5), 5].map { seed in
      var suggesting = Suggesting(suite, seed: seed)
      let (found, missing) = suggesting.run(tries: 60)
      return SuggestionYAML().render(suite.program, found, missing: missing)
    }
    #expect(texts[0] == texts[1])
  }

  /// Without any fixture the search begins with a household of its own.
  @Test func beginsFromNothing() throws {
    let text = "tests: test.grant\ncases: []\n"
    let suite = FixtureSuite(
      try #require(Grant.program), [SourceFile(path: "none.test.yaml", text: text)])
    var suggesting = Suggesting(suite, seed: 1)
    let (found, _) = suggesting.run(tries: 200)
    #expect(found.count > 5)
  }
}
