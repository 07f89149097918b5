import Annona
import AnnonaEngine
import AnnonaLanguage
import Testing

/// Whatever is handed in, there is a located answer with a way out, and nothing traps.
@Suite("Bad input") struct BadInputTests {
  /// Where the sentence itself names what is wanted.
  private static let saysItself = ["K001", "K014", "X007"]

  private func saysItself(_ code: String) -> Bool {
    code.hasPrefix("F") || Self.saysItself.contains(code)
  }

  @Test(arguments: BadInput.texts + BadInput.rulebooks + BadInput.cases)
  func isAnswered(_ bad: BadInput) {
    let answer = bad.answer()
    let codes = Set(answer.diagnostics.map(\.code)).sorted()
    let start = answer.text.prefix(600)
    #expect(codes == bad.codes, "\(bad)\n\(start)")
    for diagnostic in answer.diagnostics {
      let file = Int(diagnostic.span.file)
      #expect(answer.files.indices.contains(file), "\(bad)")
      if saysItself(diagnostic.code) { continue }
      #expect(diagnostic.help != nil, "\(bad): no way out\n\(start)")
    }
    // Every household has 4711 in it where a person's data is.
    if bad.household != nil { #expect(!answer.text.contains("4711"), "\(bad)\n\(start)") }
    // One mistake is not answered with a thousand lines.
    #expect(answer.text.utf8.count < 200_000, "\(bad)")
  }

  @Test(arguments: [
    (1_001, "1 more problem is not shown"), (1_002, "2 more problems are not shown"),
  ])
  func manyProblemsAreNotAllShown(_ count: Int, _ words: String) throws {
    let values = (0..<count).map { "      day\($0): 1\n" }.joined()
    let rules =
      BadInput.header + "entities: { household: {} }\nparameters:\n  p:\n    type: EUR\n"
      + "    until_further_notice: true\n    values:\n" + values
    let loaded = Rulebook.load(files: [SourceFile(path: "rules.yaml", text: rules)])
    #expect(loaded.diagnostics.count == 1_001)
    let last = try #require(loaded.diagnostics.last)
    #expect(
      DiagnosticText(files: loaded.files).render([last]) == """
        error[L010] rules.yaml:1014:7: \(words)
          1014 |       day1000: 1
               |       ^^^^^^^
          help: mend the first ones and check again

        """)
  }

  @Test func aChainOf10000RulesIsDecided() throws {
    let chain = (1..<10_000).map {
      "  household.r\($0): { type: integer, value: r\($0 - 1) + 1 }\n"
    }
    let rules =
      BadInput.header + "entities: { household: { facts: { n: integer } } }\nrules:\n"
      + "  household.r0: { type: integer, value: n }\n" + chain.joined()
    try expect(rules, "n: 1\n", "household.r9999", "10000")
  }

  @Test func aDivisionByZeroThreeRulesAwayNamesItsPlace() throws {
    let rules =
      BadInput.header
        + """
        entities: { household: { facts: { n: integer } } }
        rules:
          household.share: 1 / n
          household.double: 2 * share
          household.much: double > 1
        benefits: { grant: { entitled: household.much } }

        """
    let decided = try expect(rules, "n: 0\n", "household.much", "error: division_by_zero")
    #expect(decided.json().contains("household.share"))
    #expect(decided.json().contains("rules.yaml:10:20"))
    #expect(decided.json().contains("\"outcome\": \"error\""))
  }

  @Test func squaringTwelveTimesEnds() throws {
    let squares = (1...12).map { "  household.x\($0): x\($0 - 1) * x\($0 - 1)\n" }.joined()
    let rules =
      BadInput.header + "entities: { household: {} }\nrules:\n"
      + "  household.x0: { type: number, value: 3/2 }\n" + squares
    try expect(rules, "{}", "household.x12", "error: too_large")
  }

  @Test(arguments: [("4.35", "4.35 EUR/year"), ("0.1", "0.1 EUR/year")])
  func decimalsOfJSONAreExact(_ written: String, _ expected: String) throws {
    let loaded = Rulebook.load(
      files: [SourceFile(path: "rules.yaml", text: BadInput.header + BadInput.facts)])
    let rulebook = try loaded.get()
    let today = try #require(CalendarDate(text: "2025-03-01"))
    let household = try rulebook.readCase(
      SourceFile(path: "case.json", text: "{\"income\": \(written)}"), today: today)
    let text = rulebook.decide(household, on: today).explanation(of: nil).text(for: .auditor)
    #expect(text.contains(expected.replacing(" EUR/year", with: "")), "\(text)")
  }

  @Test func aDateBeforeTheLawIsAnOutcome() throws {
    let rulebook = try Rulebook.load(
      files: [SourceFile(path: "rules.yaml", text: BadInput.header + BadInput.facts)]
    ).get()
    let today = try #require(CalendarDate(text: "1990-01-01"))
    let household = try rulebook.readCase(
      SourceFile(path: "case.yaml", text: "income: 1\n"), today: today)
    #expect(rulebook.decide(household, on: today).benefits.map(\.outcome) == [.notInForce])
  }

  @discardableResult
  private func expect(
    _ rules: String, _ facts: String, _ name: String, _ value: String
  ) throws -> DecidedCase {
    let rulebook = try Rulebook.load(files: [SourceFile(path: "rules.yaml", text: rules)]).get()
    let today = try #require(CalendarDate(text: "2025-03-01"))
    let household = try rulebook.readCase(
      SourceFile(path: "case.yaml", text: facts), today: today)
    let decided = rulebook.decide(household, on: today)
    let found = try #require(decided.values(all: true).first { $0.id == name })
    let names = ValueText(decided.program, decided.facts)
    #expect(names.text(found.state, found.type) == value)
    return decided
  }
}
