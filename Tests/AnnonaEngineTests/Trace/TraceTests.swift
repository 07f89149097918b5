import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Testing

private let law = """
  sources: { act: { title: Act } }
  parameters:
    ias: { type: EUR, cites: act art. 1, values: { 2024-01-01: 509.26 }, through: 2025-12-31 }
  entities:
    household:
      facts:
        p: boolean
        q: boolean
        income: { type: EUR, min: 0 }
      has:
        children: list of person
    person:
      facts:
        birth_date: { type: date, varies: never }
  rules:
    household.double: 2 * ias
    household.both: double + double
    household.logic: p and q
    household.branch: if p then income else 1 EUR
    household.share:
      value: income / 3
      round: 0.01 half_up
    household.kept:
      type: EUR
      value: income
      exceptions:
        other: { when: p, cites: act art. 9, value: 7 }
    household.row:
      type: integer
      hit: first
      cites: act art. 2
      table: |
        income   || value | cites
        up to 10 || 1     | act art. 2(1)
        up to 20 || 2     | act art. 2(2)
        above 20 || 3     | act art. 2(3)
    household.old: double at 2024-06-01
    household.ages: count(children where age(birth_date) < 3 years)
    household.checks:
      all:
        first: p
        second: q

  """

@Suite("Traces")
struct TraceTests {
  private func outline(_ node: TraceNode, _ names: ValueText, _ depth: Int = 0) -> String {
    var line = String(repeating: "  ", count: depth) + node.id
    if let state = node.state { line += " = " + names.text(state, node.type) }
    switch node.role {
    case .operand: break
    case .fired: line += " fired"
    case .possible: line += " possible"
    case .didNotApply: line += " did not apply"
    case .notReached(let name): line += " not reached after \(name)"
    case .displaced(let rival): line += " displaced by \(rival.provision)"
    }
    for cited in node.citations { line += " [\(cited.text)]" }
    if let days = node.validity, let from = days.from {
      line += " (\(from) to \(days.through?.description ?? "…"))"
    }
    if node.isRepeated { line += " see above" }
    return ([line] + node.children.map { outline($0, names, depth + 1) }).joined(separator: "\n")
  }

  @Test(arguments: [
    (
      "both", "{}",
      """
      household.both = 2037.04 EUR
        household.both#0 = 2037.04 EUR
          household.double = 1018.52 EUR
            household.double#0 = 1018.52 EUR
              household.double#0.0 = 2
              ias = 509.26 EUR [act art. 1] (2024-01-01 to 2025-12-31)
          household.double = 1018.52 EUR see above
      """
    ),
    (
      "logic", "{ p: false }",
      """
      household.logic = false
        household.logic#0 = false
          household.p = false
          household.logic#0.1 not reached after household.p
      """
    ),
    (
      "branch", "{ p: true, income: 4 }",
      """
      household.branch = 4 EUR
        household.branch#0 = 4 EUR
          household.p = true
          household.income = 4 EUR fired
          household.branch#0.2 not reached after household.p
      """
    ),
    (
      "share", "{ income: 100 }",
      """
      household.share = 33.33 EUR
        household.share#0 = 100/3 EUR
          household.income = 100 EUR
          household.share#0.1 = 3
        household.share#round = 33.33 EUR
          household.share#round.0 = 0.01 EUR
      """
    ),
    (
      "kept", "{ income: 1, p: true }",
      """
      household.kept = 7 EUR
        household.kept.other = 7 EUR fired [act art. 9]
          household.p = true
          household.kept.other#0 = 7 EUR
        household.kept#base displaced by act art. 9
      """
    ),
    (
      "row", "{ income: 15 }",
      """
      household.row = 2 [act art. 2]
        household.income = 15 EUR
        household.row.row_1 did not apply [act art. 2(1)]
        household.row.row_2 = 2 fired [act art. 2(2)]
          household.row.row_2#0 = 2
        household.row.row_3 not reached after row_2 [act art. 2(3)]
      """
    ),
    (
      "old", "{}",
      """
      household.old = 1018.52 EUR
        household.old#0 = 1018.52 EUR
          household.double@2024-06-01 = 1018.52 EUR
            household.double@2024-06-01#0 = 1018.52 EUR
              household.double@2024-06-01#0.0 = 2
              ias@2024-06-01 = 509.26 EUR [act art. 1] (2024-01-01 to 2025-12-31)
          household.old#0.1 = 2024-06-01
      """
    ),
    (
      "checks", "{ p: false, q: true }",
      """
      household.checks = false
        household.checks.first = false
          household.p = false
        household.checks.second = true
          household.q = true
      """
    ),
    (
      "ages", "{ children: { a: { birth_date: 2024-01-01 } } }",
      """
      household.ages = 1
        household.ages#0 = 1
          household.ages#0.0 = [a]
            household.children = [a]
            household.ages#0.0.1[a] = true
              household.ages#0.0.1[a].0 = true
                household.ages#0.0.1[a].0.0 = 1 year
                  person/a.birth_date = 2024-01-01
                household.ages#0.0.1[a].0.1 = 3 year
      """
    ),
  ])
  func tells(_ rule: String, _ facts: String, _ expected: String) throws {
    let law = try Law(law)
    let evaluator = try law.evaluator(facts)
    let node = evaluator.trace(try law.rule("household.\(rule)"))
    let found = outline(node, ValueText(law.program, evaluator.facts))
    #expect(found == expected)
  }
}
