import AnnonaLanguage
import AnnonaTesting
import Support
import Testing

/// What is paid over time: by day, by the name of a payment, in all.
@Suite struct PaymentTests {
  /// 100 once on the day of birth, then 50 a month for three months, as long as the income is low; and 10 a month.
  private static let rules = """
    rulebook: test.pays
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    calendar: { month_overflow: last_day }
    entities:
      household:
        facts:
          income: { type: EUR/year, min: 0, varies: monthly }
        has: { children: list of person }
      person:
        facts: { birth_date: { type: date, varies: never } }
    rules:
      household.poor: income < 10_000 EUR/year
      household.extra: { type: EUR/month, value: 10 }
    benefits:
      birth_grant:
        for: household.children
        entitled: household.poor
        pays:
          lump: { amount: 100 EUR, once: birth_date }
          monthly:
            amount: 50 EUR
            every: 1 month
            after: birth_date
            during: "period(birth_date, 4 months)"
      extra: { entitled: household.poor, amount: household.extra }
    """

  private func suite(_ expectation: String, _ income: String = "{ 2024-01..: 5_000 }") throws
    -> FixtureSuite
  {
    let text = """
      tests: test.pays
      today: 2024-02-10
      cases:
        - name: it
          source: s
          given: { household: { income: \(income), children: { ana: { birth_date: 2024-02-10 } } } }
          expect: { \(expectation) }

      """
    let (program, found) = checked(Self.rules)
    return FixtureSuite(
      try #require(program, "\(found.map(\.message))"),
      [SourceFile(path: "pays.test.yaml", text: text)])
  }

  @Test(arguments: [
    "birth_grant/ana: { total: 250 }",
    "birth_grant/ana: { pays: { monthly: { payments: 3, first: 2024-03-10, last: 2024-05-10 } } }",
    "birth_grant/ana: { pays: { lump: { payments: 1, amount: 100, total: 100 }, monthly: 50 } }",
    "birth_grant/ana: { pays: { 2024-02-10: 100, 2024-03-10: 50, 2024-04-10: 50 EUR, 2024-05-10: 50 } }",
    "birth_grant/ana: { pays: { 2024-03-10: 50 }, total: 50, from: 2024-03-01, through: 2024-03-31 }",
    "birth_grant/ana: { outcome: entitled, total: 250 }",
    "extra: { total: 120, from: 2025-01-01, through: 2025-12-31 }",
    "extra: { pays: { month: { payments: 12, last: 2025-12-01, amount: 10 } }, from: 2025-01-01, through: 2025-12-31 }",
    "extra: { pays: { 2025-02-01: 10, 2025-03-01: 10 }, from: 2025-01-02, through: 2025-03-31 }",
  ])
  func holds(_ expectation: String) throws {
    let suite = try suite(expectation)
    #expect(suite.diagnostics.map(\.message) == [])
    #expect(TestText().render([SuiteRun(suite)]) == "1 case in 1 file: all passed\n")
  }

  /// From April on the income is too high: two of the payments are refused.
  @Test func aRefusedPaymentIsNone() throws {
    let suite = try suite(
      "birth_grant/ana: { pays: { monthly: { payments: 1, total: 50 }, 2024-02-10: 100, "
        + "2024-03-10: 50, 2024-04-10: not_entitled }, total: 150 }",
      "{ 2024-01..2024-03: 5_000, 2024-04..: 20_000 }")
    #expect(suite.diagnostics.map(\.message) == [])
    #expect(SuiteRun(suite).failed.flatMap(\.failures).map(\.name) == [])
  }

  @Test(arguments: [
    ("total: 260", "birth_grant/ana total", "260 EUR", "250 EUR"),
    (
      "pays: { monthly: { payments: 4 } }", "birth_grant/ana pays monthly payments", "4", "3"
    ),
    (
      "pays: { monthly: { first: 2024-03-11 } }", "birth_grant/ana pays monthly first",
      "2024-03-11", "2024-03-10"
    ),
    (
      "pays: { monthly: { last: 2024-06-10 } }", "birth_grant/ana pays monthly last", "2024-06-10",
      "2024-05-10"
    ),
    (
      "pays: { monthly: 51 }", "birth_grant/ana pays monthly amount", "51 EUR",
      "50 EUR on 2024-03-10"
    ),
    (
      "pays: { lump: { total: 99 } }", "birth_grant/ana pays lump total", "99 EUR", "100 EUR"
    ),
    (
      "pays: { 2024-03-10: 49 }, from: 2024-03-01, through: 2024-03-31",
      "birth_grant/ana pays 2024-03-10", "49 EUR", "50 EUR"
    ),
    (
      "pays: { 2024-03-11: 50 }, from: 2024-03-11, through: 2024-03-31",
      "birth_grant/ana pays 2024-03-11", "50 EUR", "no payment"
    ),
    (
      "pays: { 2024-03-10: 50 }, from: 2024-03-01, through: 2024-04-30",
      "birth_grant/ana pays 2024-04-10", "no payment", "50 EUR"
    ),
  ])
  func fails(_ keys: String, _ name: String, _ expected: String, _ found: String) throws {
    let suite = try suite("birth_grant/ana: { \(keys) }")
    #expect(suite.diagnostics.map(\.message) == [])
    let failure = try #require(SuiteRun(suite).results.first?.failures.first)
    #expect([failure.name, failure.expected, failure.found] == [name, expected, found])
  }

  /// A failure shows the payments themselves; a sum of what is not known is none.
  @Test func tellsThePayments() throws {
    let suite = try suite("birth_grant/ana: { total: 1 }", "{ 2024-01..2024-03: 5_000 }")
    let failure = try #require(SuiteRun(suite).results.first?.failures.first)
    #expect(failure.found == "a sum that is not settled")
    #expect(
      failure.chain == [
        "2024-02-10 lump 100 EUR", "2024-03-10 monthly 50 EUR", "2024-04-10 monthly undetermined",
        "2024-05-10 monthly undetermined",
      ])
  }

  @Test(arguments: [
    (
      "extra: { total: 120 }",
      "Z019 `extra` is paid per month without end, so that its payments need a first and a last day > "
        + "add `from: 2025-01-01, through: 2025-12-31` with the days that are meant"
    ),
    (
      "extra: { total: 120, from: 2025-12-31, through: 2025-01-01 }",
      "Z019 `from` is later than `through` > exchange the two"
    ),
    (
      "extra: { total: 120, from: 2025-12-31 }",
      "K005 `from` stands only beside `through`, which is missing here > add `through`, or take "
        + "`from` out"
    ),
    (
      "birth_grant/ana: { pays: { montly: 50 } }",
      "Z020 `birth_grant` has no payment `montly` > write `monthly`"
    ),
    (
      "birth_grant/ana: { pays: { monthly: { payments: 2.5 } } }",
      "Z021 `2.5` is not a number of payments such as `18`"
    ),
    (
      "birth_grant/ana: { pays: { 2024-03-10: { amount: 50, last: 2024-03-10 } } }",
      "Z021 `last` is said of several payments, and `2024-03-10` is one day > write the amount alone"
    ),
    (
      "birth_grant/ana: { total: 50 EUR/month }",
      "Z007 `50 EUR/month` is no value of `birth_grant/ana`, which is a number in `EUR`"
    ),
    (
      "household.poor: { total: 3 }",
      "Z008 `total` is said of benefits, and `household.poor` is a rule"
    ),
  ])
  func isRefused(_ expectation: String, _ words: String) throws {
    let found = try suite(expectation).diagnostics.map { diagnostic in
      "\(diagnostic.code) \(diagnostic.message)" + (diagnostic.help.map { " > \($0)" } ?? "")
    }
    #expect(found.contains(words), "\(found)")
  }
}
