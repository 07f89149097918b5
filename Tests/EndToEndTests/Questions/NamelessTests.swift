import Support
import Testing

/// What texts call somebody whose name nobody has given: the same in questions, decisions and explanations.
@Suite struct NamelessTests {
  private let rules = """
    rulebook: grant
    title: Grant
    language: en
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    entities:
      household:
        facts: { area: { type: text, title: Area }, rent: { type: EUR/month, min: 0, ask: What is the rent in <area or "your area">? } }
        has: { applicant: { type: adult }, children: list of child }
      adult:
        facts:
          name: { type: text, optional: true, title: Name }
          works: { type: boolean, ask: Does <name or "the applicant"> work? }
      child:
        facts:
          name: { type: text, optional: true, title: Name }
          born: { type: date, varies: never, max: today, ask: When was <name or "the child"> born? }
          lives_here: { type: boolean, ask: "Does <name> live here?" }
    rules:
      child.served: born >= 2020-01-01 and lives_here and household.rent > 0 EUR/month and household.applicant.works
    benefits: { grant: { title: Grant, for: household.children, entitled: child.served, amount: 300 EUR } }

    """

  private func run(_ arguments: [String], _ household: String, input: String = "") throws -> String
  {
    let folder = try TemporaryFolder([
      "grant.yaml": rules, "household.yaml": "today: 2025-01-01\nhousehold: { \(household) }\n",
    ])
    let files = ["grant.yaml", "household.yaml"].map { folder.path + "/" + $0 }
    return annona(arguments + files, input: input).output.visible
  }

  /// The id tells one of several from the others; the words after `or` stand for the only one.
  @Test(arguments: [
    ("ana: {}", "ana"), ("ana: { name: Ana Silva }", "Ana Silva"),
    ("ana: { name: declined }", "ana"),
  ])
  func areCalledByTheirID(_ child: String, _ name: String) throws {
    let text = try run(["simulate"], "children: { \(child) }")
    #expect(
      text.contains(
        """
          Still needed:
            - What is the rent in your area? (household.rent)
            - Does the applicant work? (adult/applicant.works)
            - When was \(name) born? (child/ana.born)
            - Does \(name) live here? (child/ana.lives_here)

        """), "\(text)")
  }

  @Test func somebodyWithoutANameIsCalledAsTheTextSays() throws {
    let text = try run(["simulate"], "children: { ana: { name: null } }")
    #expect(text.contains("    - When was the child born? (child/ana.born)\n"), "\(text)")
  }

  @Test func areAskedAboutByTheirID() throws {
    let text = try run(["ask"], "children: { ana: {}, rui: {} }", input: "-\n-\n-\n-\n-\n-\n")
    #expect(
      text.split(separator: "\n").filter { $0.hasSuffix("?") && !$0.hasPrefix(" ") } == [
        "What is the rent in your area?", "Does the applicant work?", "When was ana born?",
        "When was rui born?", "Does ana live here?", "Does rui live here?",
      ])
  }
}
