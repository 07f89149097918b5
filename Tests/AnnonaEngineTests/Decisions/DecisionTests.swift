import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Testing

private let allowance = """
  parameters:
    limit:
      type: EUR/year
      until_further_notice: true
      values: { 2000-01-01: 12_000, 2024-01-01: { unverified: The order was not available. } }
  entities:
    household:
      facts:
        income: { type: EUR/year, min: 0 }
        resident: { type: boolean, default: false }
        presumed: { type: boolean, default: false, cites: act art. 1 }
        hardship: { type: boolean, judged_by: officer }
        x: { type: integer, default: 1 }
      has:
        children: list of person
        partner: adult optional
    person:
      facts:
        birth_date: { type: date, varies: never }
    adult:
      facts:
        earnings: { type: EUR/year }
  sources: { act: { title: Act } }
  rules:
    household.poor:
      cites: act art. 2
      value: income <= 12_000 EUR/year
    household.qualifies:
      all:
        nonzero: { if: x != 0, unmet: x is zero., cites: act art. 3 }
        ratio: { if: 10 / x > 1, cites: act art. 4 }
    household.mixed:
      all:
        a: 1 / (x - x) = 1
        b: income > 5 EUR/year
    household.with_partner:
      all:
        has: partner != null
        rich: partner.earnings > 3 EUR/year
    person.young:
      all:
        age: { if: age(birth_date) < 18 years, met: A child., unmet: No child., cites: act art. 5 }
    person.amount:
      type: EUR/month
      value: if household.income <= 10_000 EUR/year then 100 EUR/month else 0

  """

@Suite("Decisions")
struct DecisionTests {
  struct Example: Sendable, CustomStringConvertible {
    let benefit: String
    let facts: String
    let expected: String
    var today = "2023-05-01"
    var description: String { "\(benefit) with \(facts)" }

    init(_ benefit: String, _ facts: String, _ expected: String, today: String = "2023-05-01") {
      self.benefit = benefit
      self.facts = facts
      self.expected = expected
      self.today = today
    }
  }

  private func decided(_ example: Example) throws -> (BenefitDecision, Law, Evaluator) {
    let law = try Law(allowance + "benefits:\n  it: \(example.benefit)\n")
    let (decision, evaluator) = try law.decide(example.facts, today: example.today)
    return (try #require(decision.benefits.first), law, evaluator)
  }

  /// The outcome, the amount or its bounds, what is needed, what went wrong.
  private func summary(_ example: Example) throws -> String {
    let (decision, law, evaluator) = try decided(example)
    let names = ValueText(law.program, evaluator.facts)
    let type = law.program.benefits[0].amount?.type ?? .null
    var text = decision.outcome.rawValue
    if decision.outcome == .entitled, let amount = decision.amount {
      text += " " + names.text(amount, type)
    } else if let bounds = decision.bounds {
      text += " " + names.text(bounds, type)
    }
    func add(_ word: String, _ parts: [String]) {
      if !parts.isEmpty { text += ", \(word) " + parts.joined(separator: ", ") }
    }
    add("needs", decision.needs.map(names.id(of:)))
    add("because of", decision.referrals.map { names.id(of: $0.wait) })
    add("faults", decision.faults.map(\.code.rawValue))
    add("dismissed", decision.dismissed.map(\.code.rawValue))
    return text
  }

  private static let poor = "{ entitled: household.poor }"
  private static let each =
    "{ for: household.children, entitled: person.young, amount: person.amount }"

  @Test(arguments: [
    Example(poor, "{ income: 5 }", "entitled"),
    Example(poor, "{ income: 12_000.01 }", "not_entitled"),
    Example(poor, "{}", "undetermined, needs household.income"),
    // 11: nobody can be asked.
    Example(poor, "{ income: declined }", "refer, because of household.income"),
    Example(
      poor, "{ income: [{ value: 1, source: a }, { value: 20_000, source: b }] }",
      "refer, because of household.income"),
    Example(
      "{ entitled: household.hardship }", "{}", "refer, because of household.hardship"),
    Example(
      "{ entitled: household.hardship or household.poor }", "{}",
      "undetermined, needs household.income, because of household.hardship"),
    // 12: a figure that nobody could confirm.
    Example(
      "{ entitled: household.income <= limit }", "{ income: 1 }", "refer, because of limit",
      today: "2024-05-01"),
    // 10: a default that cites no law never refuses; one that does may.
    Example(
      "{ entitled: household.resident }", "{}", "undetermined, needs household.resident"),
    Example(
      "{ entitled: household.resident and household.poor }", "{ income: 20_000 }",
      "not_entitled"),
    Example("{ entitled: household.presumed }", "{}", "not_entitled"),
    // 8, 9: faults that did not decide.
    Example(
      "{ entitled: household.mixed }", "{ income: 1 }",
      "not_entitled, dismissed division_by_zero"),
    Example("{ entitled: household.mixed }", "{ income: 9 }", "error, faults division_by_zero"),
    Example("{ entitled: household.qualifies }", "{ x: 0 }", "not_entitled"),
    // 81: in turn, stopping at the first not settled in favour.
    Example(
      "{ entitled: household.poor, amount: 1 EUR / (household.x - household.x) }", "{}",
      "undetermined, needs household.income"),
    Example(
      "{ applies: household.presumed, entitled: household.poor }", "{}", "not_applicable"),
    // 52: no benefit is negative.
    Example(
      "{ entitled: household.poor, amount: household.income - 5 EUR/year }", "{ income: 1 }",
      "error, faults negative_amount"),
    // 84: each member has an outcome.
    Example(each, "{ children: [] }", "not_applicable"),
    Example(
      each, "{}",
      "undetermined 0 to 100 EUR/month, needs household.income, household.children, "
        + "faults dates_reversed"),
    Example(
      each, "{ children: { a: { birth_date: 2020-01-01 } }, income: 5 }",
      "entitled 100 EUR/month"),
    // 83: bounds.
    Example(
      each, "{ children: { a: { birth_date: 2020-01-01 } } }",
      "undetermined 0 to 100 EUR/month, needs household.income"),
    // 11: declined, but it does not matter.
    Example(
      each, "{ children: { a: { birth_date: 2000-01-01 } }, income: declined }", "not_entitled"),
    // 65, 82: no law for that date.
    Example(poor, "{ income: 5 }", "not_in_force", today: "1999-01-01"),
    Example(
      "{ entitled: household.income <= limit at 1990-01-01 }", "{ income: 1 }",
      "not_in_force, faults not_in_force"),
  ])
  func decides(_ example: Example) throws {
    let found = try summary(example)
    #expect(found == example.expected)
  }

  private func reasons(_ example: Example) throws -> String {
    let (decision, law, evaluator) = try decided(example)
    let names = ValueText(law.program, evaluator.facts)
    return decision.reasons.map { reason in
      var text = (reason.rule.map { names.id(of: $0, for: reason.instance) } ?? "unnamed") + " "
      switch reason.status {
      case .met: text += "met"
      case .unmet: text += "unmet"
      case .open: text += "open"
      case .notTested(let name): text += "not tested after \(name)"
      case .failed: text += "failed"
      }
      if let margin = reason.margin, case .number(let type) = margin.differenceType {
        text += " by " + names.text(margin.difference, type)
      }
      for cited in reason.citations { text += ", \(cited.text)" }
      if let words = reason.text.text(in: "en", else: "en") { text += ": \(words)" }
      return text
    }.joined(separator: "; ")
  }

  @Test(arguments: [
    // 85
    Example(
      poor, "{ income: 12_000.01 }", "household.poor unmet by 0.01 EUR/year, act art. 2"),
    Example(
      "{ entitled: household.qualifies }", "{ x: 0 }",
      "household.qualifies.nonzero unmet by 0, act art. 3: x is zero.; "
        + "household.qualifies.ratio not tested after nonzero, act art. 4"),
    // Conditions without a name are reasons too.
    Example(
      "{ entitled: household.x != 0 and 10 / household.x > 1 }", "{ x: 0 }",
      "unnamed unmet by 0; unnamed not tested after household.x != 0"),
    // 76: a condition that rests on another's having shown somebody to be there.
    Example(
      "{ entitled: household.with_partner }", "{ partner: null }",
      "household.with_partner.has unmet; household.with_partner.rich not tested after has"),
    Example(
      "{ for: household.children, entitled: person.young }",
      "{ children: { a: { birth_date: 2004-01-01 } } }",
      "person/a.young.age unmet by 1 year, act art. 5: No child."),
  ])
  func givesReasons(_ example: Example) throws {
    let found = try reasons(example)
    #expect(found == example.expected)
  }

  @Test func suppositionStandsForARule() throws {
    let law = try Law(allowance + "benefits:\n  it: \(Self.poor)\n")
    let (facts, _) = try law.facts("{ income: 50_000 }")
    let poor = Supposition(
      rule: try law.rule("household.poor"), instance: nil, value: .boolean(true))
    let decision = decide(law.program, facts, today: try day("2023-05-01"), suppose: [poor])
    #expect(decision.benefits.map(\.outcome) == [.entitled])
    #expect(decision.values.map(\.isSupposed) == [true])
  }

  /// A chain of rules far deeper than any stack.
  @Test func deepChainsOfRulesAreRead() throws {
    var rules = "rules:\n  household.r0: income\n"
    for index in 1...1000 { rules += "  household.r\(index): r\(index - 1) + 1 EUR\n" }
    let law = try Law(
      "entities: { household: { facts: { income: { type: EUR } } } }\n" + rules)
    #expect(try law.value(of: "household.r1000", "{ income: 5 }") == "1005 EUR")
  }

  /// Formulas as deep as the parser lets them be, one inside the other.
  @Test func deepFormulasOnTopOfOneAnotherAreRead() throws {
    var rules = "rules:\n  household.r0: income\n"
    for index in 1...60 {
      let opening = String(repeating: "(1 EUR + ", count: 90)
      let closing = String(repeating: ")", count: 90)
      rules += "  household.r\(index): \(opening)r\(index - 1)\(closing)\n"
    }
    let law = try Law(
      "entities: { household: { facts: { income: { type: EUR } } } }\n" + rules)
    let found = try law.value(of: "household.r60", "{ income: 5 }")
    #expect(found == "5405 EUR")
  }
}
