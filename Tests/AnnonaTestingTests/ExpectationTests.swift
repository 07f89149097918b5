import AnnonaLanguage
import AnnonaTesting
import Support
import Testing

/// What can be expected, and that each kind of expectation passes and fails.
@Suite struct ExpectationTests {
  @Test func rulebookChecks() {
    let found = checked(Grant.text).diagnostics.map(\.message)
    #expect(found == ["`household.share` is computed, but no benefit uses it"])
  }

  /// Each holds for a child of five in a household with an income of 15 000.
  @Test(arguments: [
    "household.tier: 2",
    "household.share: 5_000",
    "household.share: 5_000 EUR/year",
    "household.share: 15_000/3",
    "household.share: 7_500.5/1.5001",
    "household.share: { value: 5_001, tolerance: 1, because: the guide rounds }",
    "person.qualifies: true",
    "person/ana.qualifies.age: true",
    "person/ana.amount: 60",
    "grant/ana: 60",
    "grant: 60",
    "grant/ana: entitled",
    "grant/ana: { outcome: entitled, amount: 60.00 EUR/month }",
    "grant/ana: { needs: [] }",
    "grant/ana: { reasons: [ residence met, age ] }",
    "grant/ana: { reasons: { includes: [ age met ] } }",
    "grant/ana: { fired: [ household.tier.row_2, person/ana.amount.case_2 ] }",
    "grant/ana: { fired: { includes: [ household.tier.row_2 ] } }",
    "household.tier: { fired: [ household.tier.row_2 ] }",
  ])
  func holds(_ expectation: String) throws {
    #expect(
      try Grant.report("- { name: it, source: s, expect: { \(expectation) } }")
        == "1 case in 1 file: all passed\n")
  }

  @Test(arguments: [
    ("household.tier: 3", "household.tier", "3", "2"),
    ("household.share: 5_000.01", "household.share", "5000.01 EUR/year", "5000 EUR/year"),
    (
      "household.share: { value: 5_001, tolerance: 0.99, because: no }", "household.share",
      "5001 EUR/year, give or take 0.99", "5000 EUR/year"
    ),
    ("household.share: unknown", "household.share", "unknown", "5000 EUR/year"),
    ("household.share: 0 to 9", "household.share", "0 to 9 EUR/year", "5000 EUR/year"),
    ("person/ana.qualifies: false", "person/ana.qualifies", "false", "true"),
    ("grant/ana: 61", "grant/ana amount", "61 EUR/month", "60 EUR/month"),
    ("grant/ana: not_entitled", "grant/ana outcome", "not_entitled", "entitled (60 EUR/month)"),
    ("grant/ana: 0 to 60", "grant/ana amount", "0 to 60 EUR/month", "60 EUR/month"),
    (
      "grant/ana: { needs: [ household.income ] }", "grant/ana needs", "household.income", "none"
    ),
    (
      "grant/ana: { reasons: [ age met ] }", "grant/ana reasons", "age met",
      "person/ana.qualifies.residence met, person/ana.qualifies.age met"
    ),
    (
      "grant/ana: { reasons: { includes: [ age unmet ] } }", "grant/ana reasons", "age unmet",
      "person/ana.qualifies.residence met, person/ana.qualifies.age met"
    ),
    (
      "household.tier: { fired: [] }", "household.tier fired", "none", "household.tier.row_2"
    ),
    ("grant/ana: { error: no_row }", "grant/ana error", "no_row", "entitled"),
    (
      "household.tier: { error: no_row in household.tier }", "household.tier error",
      "no_row in household.tier", "2"
    ),
  ])
  func fails(_ expectation: String, _ name: String, _ expected: String, _ found: String) throws {
    let suite = try Grant.suite("- { name: it, expect: { \(expectation) } }")
    #expect(suite.diagnostics.map(\.message) == [])
    let failure = try #require(SuiteRun(suite).results.first?.failures.first)
    #expect([failure.name, failure.expected, failure.found] == [name, expected, found])
  }

  /// What a source prints rounded is compared after the result is rounded.
  @Test(arguments: [
    ("3_333.33 (to 0.01)", true), ("3_333.34 (to 0.01)", false), ("3_333.34 (to 0.01 up)", true),
    ("3_333 (to 1)", true), ("3_333.3 (to 0.01)", false), ("10_000/3", true),
  ])
  func rounds(_ expected: String, _ holds: Bool) throws {
    let suite = try Grant.suite(
      """
      - name: it
        given: { household: { income: 10_000 } }
        expect: { household.share: \(expected) }
      """)
    #expect(suite.diagnostics.map(\.message) == [])
    #expect(SuiteRun(suite).failed.isEmpty == holds)
  }

  /// What nobody told yet: outcome, facts, bounds.
  @Test func isUndetermined() throws {
    #expect(
      try Grant.report(
        """
        - name: it
          source: s
          given: { household: { income: unknown } }
          expect:
            household.tier: 1 to 3
            household.share: 0 or more
            grant/ana: { outcome: undetermined, needs: [ household.income ], amount: 0 to 120 }
        """) == "1 case in 1 file: all passed\n")
  }

  @Test func meetsFaults() throws {
    #expect(
      try Grant.report(
        """
        - name: it
          source: s
          today: 2023-03-01
          expect:
            person/ana.amount: { error: not_in_force in person/ana.amount }
            grant/ana: not_in_force
        """) == "1 case in 1 file: all passed\n")
  }
}
