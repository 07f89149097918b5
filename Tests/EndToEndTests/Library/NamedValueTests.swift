import Annona
import Support
import Testing

/// What can be asked of a decided case by name, and said of a household in Swift.
@Suite struct NamedValueTests {
  private func decided(_ household: GivenFact = Self.household) throws -> DecidedCase {
    _ = annona("--help")
    let rulebook = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
    let today = try #require(CalendarDate(year: 2025, month: 3, day: 1))
    return rulebook.decide(try rulebook.readCase(household, today: today), on: today)
  }

  static let household: GivenFact = [
    "income": 25_000, "income_year": 2024, "assets": .number(.zero), "lone_parent": false,
    "children": [
      ["id": "maria", "birth_date": "2024-09-10", "name": .absent],
      ["id": "rui", "birth_date": "2020-01-02", "disability": .declined],
    ],
  ]

  @Test(arguments: [
    ("household.tier", "3"), ("person/rui.age_in_months", "61 month"),
    ("household.reference_income", "25000/3 EUR/year"),
  ])
  func valuesHaveNames(_ name: String, _ expected: String) throws {
    let decided = try decided()
    #expect(decided.text(of: try decided.value(of: name)) == expected)
  }

  @Test(arguments: [
    (
      "person.age_in_months",
      "`person.age_in_months` is of several: name one, such as `person/maria.age_in_months`"
    ),
    (
      "household.teir",
      "the rulebook has no rule or benefit `household.teir`, did you mean `household.tier`?"
    ),
    (
      "abono_de_familia/maria",
      "`abono_de_familia/maria` is a benefit, not a value: look for it among the decisions"
    ),
    ("person/ruy.age_limit", "the case has no `person` called `ruy`, did you mean `rui`?"),
  ])
  func namesThatMeanNoOneValue(_ name: String, _ problem: String) throws {
    let decided = try decided()
    #expect(throws: RequestProblem(problem)) { try decided.value(of: name) }
  }

  @Test func aValueOfNobodySaysSo() throws {
    let decided = try decided(["income": 1, "children": []])
    let problem = "`person.age_limit` is of nobody: the case has no member that it could be of"
    #expect(throws: RequestProblem(problem)) { try decided.value(of: "person.age_limit") }
  }

  @Test func factsInSwiftAreFactsInYAML() throws {
    let yaml = """
      today: 2025-03-01
      household:
        income: 25_000
        income_year: 2024
        assets: 0
        lone_parent: false
        children:
          - { id: maria, birth_date: 2024-09-10, name: null }
          - { id: rui, birth_date: 2020-01-02, disability: declined }

      """
    let decided = try decided()
    let loaded = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
    let facts = try loaded.readCase(SourceFile(path: "case.yaml", text: yaml))
    #expect(facts == decided.facts)
  }

  @Test func anUndecidedBenefitHasNoAmount() throws {
    let decided = try decided(["children": ["maria": ["birth_date": "2024-09-10"]]])
    let benefit = try #require(decided.benefits.first)
    #expect(decided.amount(of: benefit) == nil)
    #expect(decided.bounds(of: benefit)?.least == "0 EUR/month")
    #expect(decided.neededFacts(for: benefit).map(\.id).first == "household.income")
    #expect(decided.name(of: benefit) == ("abono_de_familia", "maria"))
  }
}
