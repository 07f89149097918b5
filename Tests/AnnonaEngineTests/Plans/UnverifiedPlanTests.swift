import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import RandomPrograms
import Support
import Testing

/// A figure that nobody confirmed leaves only those to the plain evaluator whose decision turns on it.
struct UnverifiedPlanTests {
  private static let rulebook = """
    rulebook: test.doubt
    case: household
    currency: EUR
    entities:
      household:
        facts:
          income: { type: EUR/month, min: 0, max: 10_000, step: 0.01 }
          since: { type: date, varies: never }
    parameters:
      limit: { type: EUR/month, values: { 2020-01-01: { value: 1_000 } }, until_further_notice: true }
      doubt: { type: EUR/month, values: { 2020-01-01: { unverified: Not seen., between: [-5, 10] }, 2025-01-01: 0 }, until_further_notice: true }
      share: { type: percent, values: { 2020-01-01: { unverified: Not seen., between: [40 %, 60 %] } }, until_further_notice: true }
      lowest: { type: EUR/month, values: { 2020-01-01: { unverified: Not seen. } }, until_further_notice: true }
      strict: { type: boolean, values: { 2020-01-01: { unverified: Not seen. } }, until_further_notice: true }
    rules:
      household.test: { type: boolean, value: "TEST" }
    benefits:
      help: { title: Help, entitled: test, amount: limit }
    """

  /// A condition, the incomes whose decision is certain, and those whose decision is not.
  static let tests: [(condition: String, certain: [Int], open: [Int])] = [
    ("income <= limit + doubt", [0, 995, 1_011, 9_000], [996, 1_000, 1_010]),
    ("income < limit + doubt", [0, 994, 1_010, 9_000], [995, 1_000, 1_009]),
    ("income > limit - doubt", [0, 990, 1_006, 9_000], [991, 1_000, 1_005]),
    ("income >= limit - doubt", [0, 989, 1_005, 9_000], [990, 1_000, 1_004]),
    ("limit + doubt >= income", [0, 995, 1_011], [996, 1_010]),
    ("income <= share * limit", [0, 400, 601], [401, 600]),
    ("income <= limit * share / 2", [0, 200, 301], [201, 300]),
    ("income <= limit + (doubt at since)", [0, 1_000, 1_001, 9_000], []),
    ("income <= min(limit + doubt, 998 EUR/month)", [0, 995, 999], [996, 998]),
    ("income <= max(limit + doubt, 1_000 EUR/month)", [0, 1_000, 1_011], [1_001, 1_010]),
    ("income <= (if strict then 900 EUR/month else limit)", [0, 900, 1_001], [901, 1_000]),
    ("income <= (if strict then limit else limit)", [0, 900, 1_000, 1_001], []),
    ("(if strict then income else income + 0) <= limit", [0, 1_000, 1_001], []),
    (
      "income between limit + doubt and 2_000 EUR/month", [0, 994, 1_010, 2_000, 2_001],
      [995, 1_009]
    ),
    ("income <= limit or strict", [0, 1_000], [1_001]),
    ("income <= limit and income >= lowest", [1_001, 5_000], [0, 1_000]),
  ]

  @Test(arguments: tests)
  func onlyWhatTurnsOnItIsLeft(
    _ test: (condition: String, certain: [Int], open: [Int])
  ) throws {
    let text = Self.rulebook.replacing("TEST", with: test.condition)
    let found = checked(text)
    let program = try #require(found.program, "\(found.diagnostics.map(\.message))")
    let today = try #require(CalendarDate(text: "2024-03-01"))
    let tally = { (incomes: [Int]) throws -> PlanComparison.Tally in
      let cases = try incomes.map { try household($0, program) }
      var comparison = PlanComparison(program, cases, today: today)
      for isForComplete in [true, false] {
        comparison.compare(
          try Plan(program, today: today, isForComplete: isForComplete, wantsConditions: true))
      }
      #expect(comparison.differences == [])
      return comparison.tally
    }
    let certain = try tally(test.certain)
    #expect(certain.settled == test.certain.count * 2)
    let open = try tally(test.open)
    #expect(open.settled == 0)
    #expect(open.unsettledThoughKnown == 0)
  }

  private func household(_ income: Int, _ program: Program) throws -> Case {
    var builder = Case.Builder(program)
    for (index, fact) in program.facts.enumerated() {
      let value: Value =
        switch fact.name.split(separator: ".").last {
        case "since": .date(try #require(CalendarDate(text: "2025-06-01")))
        default: .number(Number(income))
        }
      builder.set(FactID(index), of: 0, to: .known(value))
    }
    return builder.build()
  }
}
