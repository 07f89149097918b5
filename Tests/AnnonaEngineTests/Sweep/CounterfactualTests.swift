import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

/// The least change of one fact with which a benefit or a rule comes out otherwise, on rules small enough to reckon by hand.
@Suite struct CounterfactualTests {
  private static let entities = """
    choices: { home: { owned: Owned, rented: Rented, hostel: Hostel } }
    entities:
      household:
        facts:
          income: { type: EUR/year, min: 0, title: Income }
          size: { type: integer, min: 1, max: 12, title: Size }
          home: { type: home }
          ill: { type: boolean, default: false }
          resident: boolean
          rate: { type: number, min: 0 }
        has: { children: list of person }
      person:
        facts: { salary: { type: EUR/month, min: 0 } }

    """

  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let rules: String
    var facts = "household: { income: 1_500, size: 2, home: rented, resident: true, rate: 1 }"
    /// The rule asked about; the benefit where it is `nil`.
    var rule: String?
    let expected: [String]
    var testDescription: String { name }
  }

  /// `income 1500 to 1000 (through 0): entitled 300`
  private func found(
    _ row: Row, where isChangeable: (Fact) -> Bool = { _ in true }
  ) throws -> [String] {
    let law = try Law(Self.entities + row.rules)
    let (given, problems) = try law.facts(row.facts)
    try #require(problems.isEmpty, "\(problems.map(\.message))")
    let today = try day("2025-03-01")
    var goals: [SweepGoal] = []
    if let rule = row.rule {
      goals = [.rule(try law.rule(rule), for: 0, output: nil)]
    } else {
      goals = decide(law.program, given, today: today).benefits.map {
        .benefit($0.benefit, for: $0.member)
      }
    }
    let names = ValueText(law.program, given)
    return goals.flatMap { goal in
      counterfactuals(law.program, given, today: today, of: goal) {
        isChangeable(law.program.facts[$0])
      }.map { change in
        let type = law.program.facts[change.fact.fact].type
        let name = names.id(of: change.fact.fact, for: change.fact.instance)
        let through = change.through.map { " (through \($0))" } ?? ""
        let result = (change.outcome.map { "\($0.rawValue) " } ?? "") + text(change.result.value)
        let steps = change.steps.map {
          ", \(law.program.rules[$0.rule].name) \(text($0.now)) to \(text($0.then))"
        }
        return
          "\(name) \(names.text(change.now, type)) to \(names.text(change.then, type))\(through): \(result)"
          + steps.joined()
      }
    }
  }

  private func text(_ value: Value) -> String {
    switch value {
    case .number(let number): "\(number)"
    case .boolean(let truth): "\(truth)"
    case .choice(let member): "choice \(member)"
    default: "\(value)"
    }
  }

  static let rows: [Row] = [
    Row(
      name: "a refusal that a lower income would undo",
      rules: """
        rules: { household.poor: income <= 1_000 EUR/year, household.amount: 300 EUR/month }
        benefits: { b: { entitled: household.poor, amount: household.amount } }
        """,
      expected: ["household.income 1500 EUR/year to 1000 EUR/year (through 0): entitled 300"]),
    Row(
      name: "a benefit that has no amount",
      rules: """
        rules: { household.poor: income < 1_000 EUR/year }
        benefits: { b: { entitled: household.poor } }
        """,
      expected: ["household.income 1500 EUR/year to 999.99 EUR/year (through 0): entitled 0"]),
    Row(
      name: "the nearest that gains and the nearest that loses, with the tier that changes",
      rules: """
        rules:
          household.tier:
            title: Tier
            type: integer
            table: |
              income                  || value
              up to 1_000             || 1
              above 1_000 to 1_800    || 2
              above 1_800 to 2_500    || 3
              above 2_500             || 4
          household.amount: "(400 EUR/month) - 100 EUR/month * tier"
          household.helped: tier < 4
        benefits: { b: { entitled: household.helped, amount: household.amount } }
        """,
      expected: [
        "household.income 1500 EUR/year to 1000 EUR/year (through 0): entitled 300, household.tier 2 to 1",
        "household.income 1500 EUR/year to 1800.01 EUR/year (through 2500): entitled 100, household.tier 2 to 3",
      ]),
    Row(
      name: "a tier by itself, down and up",
      rules: """
        rules:
          household.tier:
            cases:
              - { when: income <= 1_000 EUR/year, value: 1 }
              - { when: income <= 1_800 EUR/year, value: 2 }
              - otherwise: 3
        """, rule: "household.tier",
      expected: [
        "household.income 1500 EUR/year to 1000 EUR/year (through 0): 1",
        "household.income 1500 EUR/year to 1800.01 EUR/year (through 100000): 3",
      ]),
    Row(
      name: "a condition by itself",
      rules: "rules: { household.poor: income < 2_000 EUR/year and resident }",
      rule: "household.poor",
      expected: [
        "household.income 1500 EUR/year to 2000 EUR/year (through 100000): false",
        "household.resident true to false: false",
      ]),
    Row(
      name: "every choice that makes a difference, and what is assumed",
      rules: """
        rules:
          household.amount: >-
            (if home = hostel then 50 EUR/month else 100 EUR/month)
            + (if ill then 10 EUR/month else 0) + (if resident then 0 else 0)
        benefits: { b: { entitled: true, amount: household.amount } }
        """,
      expected: [
        "household.home rented to hostel: entitled 50", "household.ill false to true: entitled 110",
      ]),
    Row(
      name: "what is charged is a gain where less is asked",
      rules: """
        rules: { household.fee: "if income < 1_000 EUR/year then 5 EUR else 9 EUR" }
        charges: { b: { due: true, amount: household.fee } }
        """,
      expected: ["household.income 1500 EUR/year to 999.99 EUR/year (through 0): entitled 5"]),
    Row(
      name: "what is no longer owed is a gain",
      rules: """
        rules: { household.rich: income >= 1_000 EUR/year }
        charges: { b: { due: household.rich } }
        """,
      expected: ["household.income 1500 EUR/year to 999.99 EUR/year (through 0): not_entitled 0"]),
    Row(
      name: "a taper is no turn",
      rules: """
        rules:
          household.amount: { value: 1_000 EUR/year - income * 10 %, round: 0.01 half_up }
        benefits: { b: { entitled: true, amount: household.amount } }
        """,
      expected: []),
    Row(
      name: "nothing behind what is not decided, nor without a step between two values",
      rules: """
        rules:
          household.poor: >-
            if income > 1_100 EUR/year and income < 1_400 EUR/year then income * income > 1_500_000 EUR*EUR/year/year
            else income <= 1_100 EUR/year and rate > 0
        benefits: { b: { entitled: household.poor } }
        """,
      expected: []),
    Row(
      name: "nothing of what is open",
      rules: """
        rules: { household.poor: income <= 1_000 EUR/year and resident }
        benefits: { b: { entitled: household.poor } }
        """,
      facts: "household: { income: 900 }", expected: []),
    Row(
      name: "of each member, with the whole household's facts",
      rules: """
        rules:
          person.earns: { value: salary < 100 EUR/month and household.income < 2_000 EUR/year }
        benefits: { b: { for: household.children, entitled: person.earns } }
        """,
      facts:
        "household: { income: 1_500, children: { ana: { salary: 50 }, rui: { salary: 150 } } }",
      expected: [
        "household.income 1500 EUR/year to 2000 EUR/year (through 100000): not_entitled 0",
        "person/ana.salary 50 EUR/month to 100 EUR/month (through 100000): not_entitled 0",
        "person/rui.salary 150 EUR/month to 99.99 EUR/month (through 0): entitled 0",
      ]),
  ]

  @Test(arguments: rows) func isTheLeastChange(_ row: Row) throws {
    #expect(try found(row) == row.expected)
  }

  @Test(arguments: rows) func isNeverOfAFactThatPeopleCannotChange(_ row: Row) throws {
    #expect(try found(row, where: { _ in false }) == [])
    let some = try found(row) { $0.name == "income" || $0.name == "home" }
    #expect(some.allSatisfy { $0.hasPrefix("household.income") || $0.hasPrefix("household.home") })
  }
}
