import AnnonaEngine
import AnnonaLanguage
import AnnonaTesting
import Support
import Testing

/// A small rulebook whose figures can be worked out by hand, and fixtures for it.
enum Grant {
  static let text = """
    rulebook: test.grant
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    calendar: { leap_day_birthday: mar_1 }
    sources: { act: { title: Grant Act } }
    entities:
      household:
        facts:
          income: { type: EUR/year, min: 0, ask: "What was your income?" }
          resident: { type: boolean, ask: "Do you live here?" }
        has:
          children: list of person
      person:
        facts:
          birth_date: { type: date, max: today, varies: never, ask: "When was the child born?" }
    parameters:
      standard:
        type: EUR/month
        cites: act s 3
        until_further_notice: true
        values: { 2024-01-01: 100, 2025-01-01: 120 }
    rules:
      household.tier:
        cites: act s 2
        table: |
          income in EUR/year     || tier
          up to 10_000           || 1
          above 10_000 to 20_000 || 2
          above 20_000           || 3
      household.share:
        value: income / 3
      person.qualifies:
        all:
          residence: { if: household.resident, cites: act s 1, unmet: You do not live here. }
          age: { if: age(birth_date) < 18 years, cites: act s 4 }
      person.amount:
        type: EUR/month
        cites: act s 3
        cases:
          - { when: household.tier = 1, value: standard }
          - { when: household.tier = 2, value: standard / 2 }
          - otherwise: 0
        exceptions:
          newborn: { when: age(birth_date) < 1 year, value: standard + 50 EUR/month, cites: act s 5 }
    benefits:
      grant: { for: household.children, entitled: person.qualifies, amount: person.amount }
    """

  static let program: Program? = checked(text).program

  /// The fixtures of a file that begins with the rulebook, a date and a household of one child of five.
  static func suite(_ cases: String, _ program: Program? = Self.program) throws -> FixtureSuite {
    let text = """
      tests: test.grant
      today: 2025-03-01
      given:
        household:
          income: 15_000
          resident: true
          children: { ana: { birth_date: 2019-06-01 } }
      cases:

      """
    let indented = cases.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  " + $0 }.joined(separator: "\n")
    let source = SourceFile(path: "grant.test.yaml", text: text + indented + "\n")
    return FixtureSuite(try #require(program), [source])
  }

  /// What `annona test` prints.
  static func report(_ cases: String) throws -> String {
    let suite = try suite(cases)
    let faults = DiagnosticText(files: suite.files).render(suite.diagnostics)
    return faults + TestText().render([SuiteRun(suite)])
  }
}
