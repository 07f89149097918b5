import AnnonaEngine
import Testing

private let person = """
  entities:
    household:
      facts:
        born: { type: date, varies: never }
        declared_on: { type: date, varies: never }
        salary: { type: EUR/month, varies: monthly }
        address: { type: integer, varies: daily }
        d: { type: date, varies: never }
        m: { type: number }
  parameters:
    ias:
      type: EUR
      values: { 2020-01-01: 438.81, 2024-01-01: 509.26, 2025-01-01: 522.50 }
      through: 2025-12-31
  rules:
    household.old: ias
    household.today_is: today

  """

@Suite("Dates, clocks and figures")
struct DateTests {
  @Test(arguments: [
    Reading("ias", "{}", "522.5 EUR"),
    Reading("ias at 2024-06-01", "{}", "509.26 EUR"),
    Reading("ias at d", "{}", "438.81 to 522.5 EUR or not_in_force; needs household.d"),
    Reading("ias at 2019-12-31", "{}", "error: not_in_force"),
    Reading("ias at 2026-01-01", "{}", "error: not_in_force"),
    Reading("old at 2024-06-01", "{}", "509.26 EUR"),
    Reading("today_is at 2024-06-01", "{}", "2024-06-01"),
    // 60a: the law of one date, the day of another.
    Reading("old under 2024-06-01", "{}", "509.26 EUR"),
    Reading("today_is under 2024-06-01", "{}", "2025-03-01"),
    // 58: a child not yet born is never below 3.
    Reading("age(born) < 3 years", "{ born: 2034-01-01 }", "error: dates_reversed"),
    Reading("born <= today and age(born) < 3 years", "{ born: 2034-01-01 }", "false"),
    Reading("age(born)", "{ born: 2000-02-29 }", "25 year"),
    Reading("age(born)", "{}", "0 to 2024 year or dates_reversed; needs household.born"),
    // 55: a whole number of months, or an error.
    Reading("d + 0.5 years", "{ d: 2024-01-15 }", "2024-07-15"),
    Reading("d + m * 1 month", "{ d: 2024-01-15, m: 1.5 }", "error: fractional_duration"),
    Reading("d + 1 month", "{ d: 2023-01-31 }", "2023-02-28"),
    Reading("2024-01-01 - 1930-01-01", "{}", "34333 day"),
    // 63: a state holds until the next key, a flow is never carried forward.
    Reading("address", "{ address: { 2024-01-01: 1, 2025-03-01: 2 } }", "2"),
    Reading("address at 2025-02-28", "{ address: { 2024-01-01: 1, 2025-03-01: 2 } }", "1"),
    Reading(
      "address at 2023-12-31", "{ address: { 2024-01-01: 1 } }",
      "any number; needs household.address"),
    Reading("salary", "{ salary: { 2025-03: 5 } }", "5 EUR/month"),
    Reading(
      "salary", "{ salary: { 2025-02: 5 } }", "any number; needs household.salary@2025-03-01"),
    Reading("salary", "{ salary: { 2024-12..: 5 } }", "5 EUR/month"),
    Reading("salary", "{ salary: 5 }", "5 EUR/month"),
  ])
  func reads(_ reading: Reading) throws {
    let law = try Law(person + "  household.it: \(reading.rule)\n")
    let found = try law.value(of: "household.it", reading.facts)
    #expect(found == reading.value)
  }

  /// 31: a version that was repealed.
  @Test func repealedRuleIsNotInForce() throws {
    let law = try Law(
      """
      entities: { household: { facts: { x: { type: integer } } } }
      rules:
        household.it:
          type: integer
          from:
            2020-01-01: { value: 1 }
            2024-01-01: { value: 2 }
            2025-01-01: { repealed: true }

      """)
    #expect(try law.value(of: "household.it", "{}", today: "2019-12-31") == "error: not_in_force")
    #expect(try law.value(of: "household.it", "{}", today: "2023-12-31") == "1")
    #expect(try law.value(of: "household.it", "{}", today: "2024-01-01") == "2")
    #expect(try law.value(of: "household.it", "{}", today: "2025-01-01") == "error: not_in_force")
  }
}
