import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

/// Which question comes first: gates, a page that has been begun, what may settle most for its burden, then declaration.
@Suite struct QuestionOrderTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let facts: String
    let rule: String
    var given = "household: {}"
    let asked: [String]
    var testDescription: String { name }
  }

  static let rows: [Row] = [
    Row(
      name: "declaration, where nothing else tells them apart",
      facts: "a: boolean, b: boolean, c: boolean", rule: "a and b and c", asked: ["a", "b", "c"]),
    Row(
      name: "what may settle most",
      facts: "a: boolean, b: boolean, c: boolean", rule: "(a or b) and c", asked: ["c", "a", "b"]),
    Row(
      name: "over its burden",
      facts: "a: boolean, b: boolean, c: { type: boolean, burden: 10 }", rule: "(a or b) and c",
      asked: ["a", "b", "c"]),
    Row(
      name: "what costs nothing first",
      facts: "a: boolean, b: boolean, c: { type: boolean, burden: 0 }", rule: "a and b and c",
      asked: ["c", "a", "b"]),
    Row(
      name: "a gate before all else, whatever its burden",
      facts: "a: boolean, b: boolean, c: { type: boolean, gate: true, burden: 10 }",
      rule: "a and b and c", asked: ["c", "a", "b"]),
    Row(
      name: "a page together, led by its best question",
      facts: "a: { type: boolean, group: one }, b: boolean, c: { type: boolean, group: one }",
      rule: "(a or b) and c", asked: ["c", "a", "b"]),
    Row(
      name: "the rest of a page that has been begun",
      facts:
        "a: boolean, b: { type: boolean, group: one }, c: { type: boolean, group: one, burden: 9 }",
      rule: "a and b and c", given: "household: { b: true }", asked: ["c", "a"]),
    Row(
      name: "a gate of a page before the rest of another that has been begun",
      facts:
        "a: { type: boolean, gate: true }, b: { type: boolean, group: one }, c: { type: boolean, group: one }",
      rule: "a and b and c", given: "household: { b: true }", asked: ["a", "c"]),
    Row(
      name: "nothing that no longer matters",
      facts: "a: boolean, b: boolean, c: boolean", rule: "(a or b) and c",
      given: "household: { c: true, a: true }", asked: []),
  ]

  @Test(arguments: rows) func asksInOrder(_ row: Row) throws {
    let law = try Law(
      """
      entities: { household: { facts: { \(row.facts) } } }
      rules: { household.entitled: "\(row.rule)" }
      benefits: { grant: { entitled: household.entitled } }
      """)
    let (given, problems) = try law.facts(row.given)
    try #require(problems.isEmpty)
    let today = try day("2025-03-01")
    let decision = decide(law.program, given, today: today)
    let found = Questioning(law.program, given, today: today).relevantFacts(for: decision.benefits)
    let names = found.map { fact -> String in
      if case .fact(_, let id, _) = fact.wait { return law.program.facts[id].name }
      return "?"
    }
    #expect(names == row.asked)
  }

  /// Members before their facts, and the facts of one member's page together.
  @Test func asksForMembersBeforeTheirFacts() throws {
    let law = try Law(
      """
      entities:
        household:
          facts: { income: { type: EUR/month, min: 0, burden: 9 } }
          has: { children: list of person }
        person:
          facts: { young: { type: boolean, group: child }, pupil: { type: boolean, group: child } }
      rules:
        person.counts: young or pupil
        household.amount: 10 EUR/month * count(children where counts)
      benefits: { grant: { entitled: household.income < 100 EUR/month, amount: household.amount } }
      """)
    let today = try day("2025-03-01")
    func asked(_ text: String) throws -> [String] {
      let (given, _) = try law.facts(text)
      let decision = decide(law.program, given, today: today)
      let names = ValueText(law.program, given)
      return Questioning(law.program, given, today: today).relevantFacts(for: decision.benefits)
        .map { names.id(of: $0.wait) }
    }
    // Of children that may not be there nothing is asked yet; who they are may open more than it settles.
    #expect(try asked("household: {}") == ["household.income", "household.children"])
    #expect(
      try asked("household: { children: { ana: {}, rui: { young: false } } }") == [
        "person/rui.pupil", "person/ana.young", "person/ana.pupil", "household.income",
      ])
  }
}
