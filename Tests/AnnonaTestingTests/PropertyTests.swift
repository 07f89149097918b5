import AnnonaEngine
import AnnonaLanguage
import AnnonaTesting
import AnnonaValues
import Support
import Testing

/// Properties of small rulebooks whose answers are known by hand.
@Suite struct PropertyTests {
  /// What the report says of each property of a rulebook.
  private static func run(_ rules: String, seed: UInt64 = 1) throws -> PropertyRun {
    let (program, problems) = checked(heading + rules)
    let faults = problems.filter { $0.severity == .error }
    try #require(faults.isEmpty, "\(faults.map(\.message))")
    return PropertyRun(try #require(program), households: 25, seed: seed)
  }

  private static let heading = """
    rulebook: test
    language: en
    currency: EUR
    case: household
    in_force: { from: 2025-01-01, through: 2025-12-31 }
    calendar: { leap_day_birthday: mar_1 }
    entities:
      household:
        facts:
          income: { type: EUR/month, min: 0, max: 100_000 }
          lone_parent: boolean
          heating: { choice: [gas, oil] }
        has: { children: { type: list of child, max: 4 } }
      child:
        facts:
          birth_date: { type: date, varies: never, min: 2000-01-01, max: today }
          disabled: boolean

    """

  // MARK: - What holds

  static let good: [(rules: String, report: String)] = [
    (
      """
      rules: { household.amount: "if income < 900 EUR/month then 50 EUR/month else 10 EUR/month" }
      properties: { x: { of: household.amount, at_least: 10 } }
      """, "proved"
    ),
    (
      """
      rules: { household.amount: "if income < 900 EUR/month then 50 EUR/month else 10 EUR/month" }
      properties: { x: { of: household.amount, at_most: 50 } }
      """, "proved"
    ),
    (
      // 900 less income is never below 0 where income is below 900, which a range alone does not show.
      """
      rules: { household.amount: "if income < 900 EUR/month then 900 EUR/month - income else 0 EUR/month" }
      properties: { x: { of: household.amount, at_least: 0 } }
      """, "tested on 25 households, seed 1"
    ),
    (
      """
      rules: { household.amount: "max(0, 900 EUR/month - income)" }
      properties: { x: { of: household.amount, never_rises_when: household.income rises } }
      """, "tested on 25 households, seed 1"
    ),
    (
      """
      rules: { household.amount: "max(0, 900 EUR/month - 12 * income)" }
      properties: { x: { of: household.amount, continuous: household.income } }
      """, "tested on 25 households, seed 1"
    ),
    (
      """
      rules: { household.amount: { value: "max(0, 900 EUR/month - income / 3)", round: 5 floor } }
      properties: { x: { of: household.amount, continuous: household.income } }
      """, "tested on 25 households, seed 1"
    ),
    (
      """
      rules: { household.amount: "10 EUR/month * count(children where age(birth_date) < 18 years)" }
      properties: { x: { of: household.amount, never_falls_when: household.children grows } }
      """, "tested on 25 households, seed 1"
    ),
    (
      """
      rules: { household.amount: "10 EUR/month * count(children where disabled)" }
      properties: { x: { of: household.amount, same_whatever_the_order_of: household.children } }
      """, "tested on 25 households, seed 1"
    ),
    (
      """
      rules: { household.amount: "if lone_parent then 10 EUR/month else 5 EUR/month" }
      properties: { x: { of: household.amount, never_falls_when: household.lone_parent becomes true } }
      """, "tested on 25 households, seed 1"
    ),
  ]

  @Test(arguments: good.indices) func holds(_ index: Int) throws {
    let run = try Self.run(Self.good[index].rules)
    #expect(
      PropertyText().render(run) == "Properties of test\n  x  \(Self.good[index].report)\n")
  }

  /// What a fact is by default is not all that it may be.
  @Test func aDefaultProvesNothing() throws {
    let (program, problems) = checked(
      """
      rulebook: test
      language: en
      currency: EUR
      case: household
      in_force: { from: 2025-01-01 }
      entities: { household: { facts: { helped: { type: boolean, default: false } } } }
      rules: { household.amount: "if helped then 50 EUR/month else 10 EUR/month" }
      properties:
        low: { of: household.amount, at_most: 10 }
        high: { of: household.amount, at_most: 50 }
      """)
    #expect(problems.isEmpty)
    let text = PropertyText().render(PropertyRun(try #require(program), households: 25, seed: 1))
    #expect(text.contains("`household.amount` is 50 EUR/month, above 10 EUR/month"))
    #expect(text.contains("high  proved\n"))
  }

  // MARK: - What does not

  /// The rulebook, what is said, and what is given in the smallest households that show it.
  static let bad: [(rules: String, words: String, given: [String])] = [
    (
      """
      rules: { household.amount: 900 EUR/month - income }
      properties: { x: { of: household.amount, at_least: 0 } }
      """, "`household.amount` is -0.01 EUR/month, below 0 EUR/month",
      ["{ household: { income: 900.01, lone_parent: false, heating: gas, children: [] } }"]
    ),
    (
      """
      rules: { household.amount: "10 EUR/month * count(children where disabled)" }
      properties: { x: { of: household.amount, at_most: 10 } }
      """, "`household.amount` is 20 EUR/month, above 10 EUR/month",
      [
        "{ household: { income: 0, lone_parent: false, heating: gas, children: { child_1: { birth_date: 2025-01-01, disabled: true }, child_2: { birth_date: 2025-01-01, disabled: true } } } }"
      ]
    ),
    (
      """
      rules: { household.amount: "if income <= 900 EUR/month then 50 EUR/month else 0 EUR/month" }
      properties: { x: { of: household.amount, never_falls_when: household.income rises } }
      """,
      "`household.amount` falls from 50 EUR/month to 0 EUR/month when `household.income` rises from 900 EUR/month to 900.01 EUR/month",
      [
        "{ household: { income: 900, lone_parent: false, heating: gas, children: [] } }",
        "{ household: { income: 900.01, lone_parent: false, heating: gas, children: [] } }",
      ]
    ),
    (
      """
      rules: { household.amount: "if income < 333.33 EUR/month and lone_parent then 50 EUR/month else 0 EUR/month" }
      properties: { x: { of: household.amount, never_rises_when: household.income falls } }
      """,
      "`household.amount` rises from 0 EUR/month to 50 EUR/month when `household.income` falls from 333.33 EUR/month to 333.32 EUR/month",
      [
        "{ household: { income: 333.33, lone_parent: true, heating: gas, children: [] } }",
        "{ household: { income: 333.32, lone_parent: true, heating: gas, children: [] } }",
      ]
    ),
    (
      """
      rules: { household.amount: "max(0, 900 EUR/month - 12 * income) - (if income > 70 EUR/month then 0.02 EUR/month else 0 EUR/month)" }
      properties: { x: { of: household.amount, continuous: household.income } }
      """,
      "`household.amount` jumps from 60 EUR/month to 59.86 EUR/month when `household.income` rises from 70 EUR/month to 70.01 EUR/month",
      []
    ),
    (
      """
      rules: { household.amount: "100 EUR/month - 10 EUR/month * count(children where disabled)" }
      properties: { x: { of: household.amount, never_falls_when: household.children grows } }
      """,
      "`household.amount` falls from 100 EUR/month to 90 EUR/month when `child_1` is added",
      [
        "{ household: { income: 0, lone_parent: false, heating: gas, children: [] } }",
        "{ household: { income: 0, lone_parent: false, heating: gas, children: { child_1: { birth_date: 2025-01-01, disabled: true } } } }",
      ]
    ),
    (
      """
      rules: { household.amount: "if count(children) = 0 then 0 EUR/month else if first(children).disabled then 20 EUR/month else 10 EUR/month" }
      properties: { x: { of: household.amount, same_whatever_the_order_of: household.children } }
      """,
      "`household.amount` is 20 EUR/month, and 10 EUR/month when `children` are given in another order",
      []
    ),
    (
      """
      rules: { household.amount: "if heating = oil then 5 EUR/month else 10 EUR/month" }
      properties: { x: { of: household.amount, never_falls_when: household.heating becomes oil } }
      """,
      "`household.amount` falls from 10 EUR/month to 5 EUR/month when `household.heating` changes from gas to oil",
      [
        "{ household: { income: 0, lone_parent: false, heating: gas, children: [] } }",
        "{ household: { income: 0, lone_parent: false, heating: oil, children: [] } }",
      ]
    ),
    (
      """
      rules: { household.amount: 100 EUR/month / count(children) }
      properties: { x: { of: household.amount, at_least: 0 } }
      """, "`household.amount` comes to the error `division_by_zero`",
      ["{ household: { income: 0, lone_parent: false, heating: gas, children: [] } }"]
    ),
  ]

  @Test(arguments: bad.indices) func isBroken(_ index: Int) throws {
    let run = try Self.run(Self.bad[index].rules)
    let result = try #require(run.results.first)
    guard case .violated(let example) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(example.words == Self.bad[index].words)
    let given = example.fixture.split(separator: "\n").compactMap { line in
      line.contains("given: ")
        ? String(line.split(separator: ":", maxSplits: 1)[1].dropFirst()) : nil
    }
    if !Self.bad[index].given.isEmpty { #expect(given == Self.bad[index].given) }
    // The fixture is accepted as it is printed, and shows what was said.
    let file = SourceFile(path: "x.test.yaml", text: example.fixture)
    let suite = FixtureSuite(run.program, [file])
    #expect(suite.diagnostics.map(\.message) == [])
    #expect(
      suite.fixtures.count
        == example.fixture.split(separator: "\n").filter { $0.hasPrefix("  - ") }.count)
    #expect(SuiteRun(suite).failed.isEmpty)
  }

  // MARK: - What the law breaks itself

  static let acknowledged = [
    """
    properties: { x: { of: support, never_falls_when: household.income rises } }
    cliffs: { limit: { of: support, when: household.income rises, at: 900, cites: act s 1 } }
    """,
    """
    properties:
      x:
        of: support
        never_falls_when: household.income rises
        except: { rich: { when: income > 900 EUR/month, cites: act s 1 } }
    """,
    """
    properties: { x: { of: support, continuous: household.income } }
    cliffs: { limit: { of: support, when: household.income rises, cites: act s 1 } }
    """,
  ]

  private static let support = """
    rules:
      household.poor: income <= 900 EUR/month
      household.amount: "if income < 500 EUR/month then 50 EUR/month else 50 EUR/month"
    benefits: { support: { title: Support, entitled: household.poor, amount: household.amount } }

    """

  @Test(arguments: acknowledged) func isAcknowledged(_ rules: String) throws {
    let report = PropertyText().render(try Self.run(Self.support + rules))
    #expect(report.contains("tested on 25 households, seed 1; "), "\(report)")
    #expect(report.hasSuffix(" break it where the law does\n"), "\(report)")
  }

  @Test func aCliffElsewhereDoesNotExcuse() throws {
    let run = try Self.run(
      Self.support + """
        properties: { x: { of: support, never_falls_when: household.income rises } }
        cliffs: { limit: { of: support, when: household.income rises, at: 901, cites: act s 1 } }
        """)
    #expect(run.violated.count == 1)
  }

  @Test func aRefusalCountsAsNothing() throws {
    let run = try Self.run(
      Self.support + "properties: { x: { of: support, never_falls_when: household.income rises } }")
    #expect(
      PropertyText().render(run) == """
        Properties of test
          x  broken, seed 1

        ✗ test: x
          rules.yaml:22:15: `support` falls from 50 EUR/month to 0 EUR/month when `household.income` rises from 900 EUR/month to 900.01 EUR/month
          as a fixture:

            tests: test
            cases:
              - name: x, before
                today: 2025-01-01
                given: { household: { income: 900, lone_parent: false, heating: gas, children: [] } }
                expect:
                  support: { outcome: entitled, amount: 50, basis: recorded }
              - name: x, after
                today: 2025-01-01
                given: { household: { income: 900.01, lone_parent: false, heating: gas, children: [] } }
                expect:
                  support: { outcome: not_entitled, basis: recorded }

        """)
  }

  @Test func householdsLikeThoseOfFixturesAreTried() throws {
    let (program, _) = checked(
      Self.heading + """
        rules: { household.amount: "if income * 7 = 2_492 EUR/month then 1 EUR/month else 0 EUR/month" }
        properties: { x: { of: household.amount, at_most: 0 } }
        """)
    let law = try #require(program)
    var builder = Case.Builder(law)
    let income = try #require(law.facts.firstIndex { $0.name == "income" })
    builder.set(FactID(income), to: .known(.number(Number(356))))
    let day = try #require(CalendarDate(text: "2025-06-01"))
    let fixture = Household(facts: builder.build(), today: day)
    let without = PropertyRun(law, households: 25, seed: 1)
    let with = PropertyRun(law, households: 25, seed: 1, like: [fixture])
    #expect(without.violated.isEmpty)
    #expect(with.violated.count == 1)
  }

  @Test func theSameSeedGivesTheSameHouseholds() throws {
    let rules = Self.bad[1].rules
    let reports = try [7, 7, 8].map { PropertyText().render(try Self.run(rules, seed: $0)) }
    #expect(reports[0] == reports[1])
  }

  @Test func reportsOfPrograms() throws {
    let run = try Self.run(Self.bad[0].rules)
    #expect(JUnitReport().render([], [run]).contains("<testsuites tests=\"1\" failures=\"1\">"))
    #expect(PropertyText().json(run).compact.contains("\"verdict\":\"violated\""))
    #expect(PropertyText().diagnostics(run).map(\.code) == ["FAILED"])
  }
}
