import AnnonaLanguage
import AnnonaTesting
import Testing

/// What is recorded is marked, passes, and is counted as unsourced ever after.
@Suite struct UpdateTests {
  @Test func recordsAndMarks() throws {
    let cases = """
      - name: it
        source: s
        expect:
          household.tier: 1
          grant/ana: { outcome: entitled, amount: 61 }
          person/ana.amount:
            value: 62
          household.share: { value: 63, source: a guide }
      - { name: other, source: s, expect: { person/ana.amount: { value: 1, basis: recorded } } }
      """
    let suite = try Grant.suite(cases)
    #expect(suite.diagnostics.map(\.message) == [])
    let change = try #require(FixtureUpdate().changes(SuiteRun(suite)).first)
    #expect(
      change.difference.filter { $0.contains(" + ") }.map {
        $0.split(separator: "+").last.map { $0.drop { $0 == " " } } ?? ""
      } == [
        "household.tier: { value: 2, basis: recorded }",
        "grant/ana: { outcome: entitled, amount: 60, basis: recorded }", "value: 60",
        "basis: recorded",
        "- { name: other, source: s, expect: { person/ana.amount: { value: 60, basis: recorded } } }",
      ])
    let again = FixtureSuite(
      suite.program, [SourceFile(path: "again.test.yaml", bytes: change.bytes)])
    #expect(again.diagnostics.map(\.message) == [])
    let run = SuiteRun(again)
    // What has a source of its own was not touched.
    #expect(run.failed.flatMap(\.failures).map(\.name) == ["household.share"])
    #expect(run.sources.map(\.unsourced) == [4])
    #expect(run.sources.map(\.recorded) == [4])
    #expect(
      TestText().render([run]).hasSuffix(
        """
        4 of 5 expectations have no source, 4 of them only recorded
          again.test.yaml: 4 of 5

        """))
  }
}
