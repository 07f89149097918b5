import AnnonaEngine
import Testing

private let household = """
  entities:
    household:
      facts:
        e1: boolean
        e2: boolean
        e3: boolean
        y: { type: integer }
        age: { type: integer, min: 0 }

  """

@Suite("Rules and exceptions")
struct ExceptionTests {
  private static let both =
    "{ value: 100, exceptions: { one: { when: e1, value: 200 }, two: { when: e2, value: 300 } } }"
  private static let equal =
    "{ value: 100, exceptions: { one: { when: e1, value: 200 }, two: { when: e2, value: 200 } } }"
  private static let ranked = """
    { value: 100, exceptions: { one: { when: e1, value: 200, prevails_over: two }, \
    two: { when: e2, value: 300 } } }
    """
  private static let nested = """
    { type: number, value: 100, exceptions: { one: { when: e1, value: base + 1, exceptions: \
    { inner: { when: e2, value: base * 2 } } } } }
    """
  private static let failing = """
    { value: 1 / y, exceptions: { one: { when: e1, value: 200 } } }
    """

  @Test(arguments: [
    Reading(both, "{ e1: false, e2: false }", "100"),
    Reading(both, "{ e1: true, e2: false }", "200"),
    // 23: one fires, the other is open.
    Reading(both, "{ e1: true }", "200 or conflict; needs household.e2"),
    Reading(both, "{ e1: true, e2: true }", "error: conflict"),
    Reading(both, "{}", "100, 200 or 300 or conflict; needs household.e1, household.e2"),
    // 23: one open alone, with the base's value.
    Reading("{ value: 100, exceptions: { one: { when: e1, value: 100 } } }", "{}", "100"),
    // 24: equal values conflict too.
    Reading(equal, "{ e1: true, e2: true }", "error: conflict"),
    Reading(ranked, "{ e1: true, e2: true }", "200"),
    Reading(ranked, "{ e1: true }", "200"),
    Reading(ranked, "{ e1: false, e2: true }", "300"),
    Reading(ranked, "{}", "100, 200 or 300; needs household.e1, household.e2"),
    // 25, 25a: nested refines, and its base is the exception it refines.
    Reading(nested, "{ e1: true, e2: true }", "202"),
    Reading(nested, "{ e1: true, e2: false }", "101"),
    Reading(nested, "{ e1: false, e2: true }", "100"),
    Reading(failing, "{ e1: true, y: 0 }", "200"),
    Reading(failing, "{ e1: false, y: 0 }", "error: division_by_zero"),
    // 25: an exception of a base with a condition of its own.
    Reading(
      "{ when: age < 3, value: 100, exceptions: { disabled: { when: e1, refines: false, value: 200 } } }",
      "{ age: 5, e1: true }", "200"),
    Reading(
      "{ when: age < 3, value: 100, exceptions: { disabled: { when: e1, refines: true, value: 200 } } }",
      "{ age: 5, e1: true }", "error: does_not_apply"),
    // 25a, 28: the rule's rounding comes last and once.
    Reading(
      "{ type: number, value: 100 / 3, round: 0.01 half_up, exceptions: { half: { when: e1, value: 50 % * base } } }",
      "{ e1: true }", "16.67"),
    Reading(
      "{ value: 1, round: 0.01 half_up, exceptions: { other: { when: e1, value: 100 / 3, round: 1 up } } }",
      "{ e1: true }", "34"),
  ])
  func reads(_ reading: Reading) throws {
    let law = try Law(household + "rules:\n  household.it: \(reading.rule)\n")
    let found = try law.value(of: "household.it", reading.facts)
    #expect(found == reading.value)
  }

  /// 27: an exception exists only while its own body is in force.
  @Test func laterExceptionIsNotYetThere() throws {
    let law = try Law(
      household + """
        rules:
          household.it:
            value: 100
            exceptions: { one: { when: true, from: { 2024-01-01: { value: 7 } } } }

        """)
    #expect(try law.value(of: "household.it", "{}", today: "2023-06-01") == "100")
    #expect(try law.value(of: "household.it", "{}", today: "2024-06-01") == "7")
  }

  /// 33
  @Test(arguments: [("150", "20 EUR"), ("-5", "0 EUR"), ("100", "10 EUR"), ("0", "0 EUR")])
  func readsScale(_ of: String, _ value: String) throws {
    let law = try Law(
      """
      entities: { household: { facts: { income: { type: EUR } } } }
      rules:
        household.tax:
          scale:
            of: income
            brackets: |
              above | rate
              0     | 10 %
              100   | 20 %

      """)
    #expect(try law.value(of: "household.tax", "{ income: \(of) }") == value)
  }
}
