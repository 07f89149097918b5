import AnnonaEngine
import Testing

/// One rule `household.it`, read for some facts.
struct Reading: Sendable, CustomStringConvertible {
  let rule: String
  let facts: String
  let value: String
  var description: String { "\(rule) with \(facts)" }

  init(_ rule: String, _ facts: String, _ value: String) {
    self.rule = rule
    self.facts = facts
    self.value = value
  }
}

private let household = """
  entities:
    household:
      facts:
        x: { type: integer }
        y: { type: integer }
        p: boolean
        q: boolean
        income: { type: EUR, min: 0 }
        small: { type: integer, min: 1, max: 3 }
        partner_age: { type: integer, optional: true }

  """

@Suite("Known, unknown, error")
struct KnownUnknownErrorTests {
  @Test(arguments: [
    // 1, 2: what is open counts as known exactly when one value is left and nothing can fail.
    Reading("10 / x > 1", "{}", "unknown or division_by_zero; needs household.x"),
    Reading("10 / x > 1", "{ x: 0 }", "error: division_by_zero"),
    Reading("10 / x > 1", "{ x: 5 }", "true"),
    Reading("income >= 0", "{}", "true"),
    Reading("10 EUR / income >= 0", "{}", "true or division_by_zero; needs household.income"),
    // 3: no connection between two occurrences is ever used.
    Reading("p or not p", "{}", "unknown; needs household.p"),
    // 4: strictness.
    Reading("x + 1 / (y - y)", "{ y: 1 }", "error: division_by_zero"),
    Reading("0 * income", "{}", "0 EUR"),
    Reading("0 * (10 / x)", "{}", "0 or division_by_zero; needs household.x"),
    // 5: the deciding value wins in any position, then unknown, then error.
    Reading("p and 1 / y = 1", "{ y: 0 }", "false or division_by_zero; needs household.p"),
    Reading("true and 1 / y = 1", "{ y: 0 }", "error: division_by_zero"),
    Reading("1 / y = 1 and false", "{ y: 0 }", "false"),
    Reading("1 / x = 1 and false", "{}", "false"),
    Reading("x != 0 and 10 / x > 1", "{ x: 0 }", "false"),
    Reading("10 / x > 1 and x != 0", "{ x: 0 }", "false"),
    Reading("p or 1 / y = 1", "{ y: 0 }", "true or division_by_zero; needs household.p"),
    // 6: whichever branch applies.
    Reading("if p then 5 else 5", "{}", "5"),
    Reading("if 1 / x > 2 then 5 else 5", "{}", "5 or division_by_zero; needs household.x"),
    Reading("if p then 5 else 7", "{}", "5 or 7; needs household.p"),
    Reading("if p then x else 1 / y", "{ p: true, y: 0, x: 4 }", "4"),
    // 7: all faults are kept.
    Reading("1 / x + 2 / y", "{ x: 0, y: 0 }", "error: division_by_zero"),
    // 77: not given is open also where null is possible.
    Reading("partner_age = null", "{}", "unknown; needs household.partner_age"),
    Reading("partner_age = null", "{ partner_age: null }", "true"),
    Reading("coalesce(partner_age, 4)", "{ partner_age: null }", "4"),
    Reading("partner_age != null and partner_age > 3", "{ partner_age: null }", "false"),
    Reading("partner_age != null and partner_age > 3", "{ partner_age: 5 }", "true"),
    Reading("small in (1 to 3)", "{}", "true"),
    Reading("small in (1, 2 to 3)", "{}", "unknown; needs household.small"),
    Reading("small in (1, 3)", "{}", "unknown; needs household.small"),
    Reading("small between 1 and 3", "{}", "true"),
  ])
  func reads(_ reading: Reading) throws {
    let law = try Law(household + "rules:\n  household.it: \(reading.rule)\n")
    let found = try law.value(of: "household.it", reading.facts)
    #expect(found == reading.value)
  }

  @Test func severalFaultsAreKept() throws {
    let law = try Law(household + "rules:\n  household.it: 1 / x + 2 / y\n")
    let evaluator = try law.evaluator("{ x: 0, y: 0 }")
    #expect(evaluator.value(of: try law.rule("household.it")).faults.count == 2)
  }

  @Test(arguments: [
    Reading("{ type: integer, min: 0, value: x - 5 }", "{ x: 3 }", "error: out_of_declared_range"),
    Reading("{ type: integer, min: 0, value: x - 5 }", "{ x: 8 }", "3"),
    Reading(
      "{ type: integer, min: 0, value: small - 2 }", "{}",
      "0 to 1 or out_of_declared_range; needs household.small"),
    Reading(
      "{ cases: [{ when: p, value: 5 }, { otherwise: 5 }] }", "{}", "5"),
    Reading(
      "{ cases: [{ when: p, value: 5 }] }", "{}", "5 or no_case; needs household.p"),
    Reading("{ cases: [{ when: p, value: 5 }] }", "{ p: false }", "error: no_case"),
    Reading(
      "{ cases: [{ when: 1 / x > 2, value: 5 }, { when: true, value: 5 }] }", "{ x: 0 }",
      "error: division_by_zero"),
    Reading("{ when: p, value: 5 }", "{ p: false }", "error: does_not_apply"),
    Reading("{ value: x / 3, round: 0.01 half_up }", "{ x: 100 }", "33.33"),
  ])
  func readsBodies(_ reading: Reading) throws {
    let law = try Law(household + "rules:\n  household.it: \(reading.rule)\n")
    let found = try law.value(of: "household.it", reading.facts)
    #expect(found == reading.value)
  }
}
