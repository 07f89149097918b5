import Support
import Testing

/// `check --cliffs`: a loss that the law has not owned up to is a finding.
@Suite struct CliffTests {
  private static func law(_ cliffs: String) -> String {
    """
    rulebook: support
    title: Support
    language: en
    currency: EUR
    case: household
    in_force: { from: 2025-01-01 }
    entities:
      household:
        facts: { income: { type: EUR/month, min: 0 } }
    rules:
      household.claim: { cites: act s 2, value: income <= 1_300 EUR/month }
      household.amount: { cites: act s 1, value: 300 EUR/month }
    sources: { act: { title: Act } }
    benefits:
      support: { title: Support, entitled: household.claim, amount: household.amount }
    \(cliffs)
    """
  }

  private static let fixtures = """
    tests: support
    today: 2025-03-01
    cases:
      - { name: a, source: act s 1, given: { household: { income: 0 } }, expect: { support: { amount: 300 } } }
      - { name: b, source: act s 1, given: { household: { income: 9 } }, expect: { support: { amount: 300 } } }
    """

  private func findings(_ cliffs: String) throws -> String {
    let folder = try TemporaryFolder([
      "support/support.yaml": Self.law(cliffs), "support/support.test.yaml": Self.fixtures,
    ])
    let run = annona(["check", folder.path + "/support", "--cliffs"])
    #expect(run.problems == "")
    return folder.relative(run.output)
  }

  @Test func aCliffIsAFinding() throws {
    let found = try findings("")
    #expect(
      found == """
        warning[B009] support/support.yaml:15:3: more `household.income` leaves less in all with `support`
          15 |   support: { title: Support, entitled: household.claim, amount: household.amount }
             |   ^^^^^^^
          also: support/support.yaml:11:13: here it turns
          11 |   household.claim: { cites: act s 2, value: income <= 1_300 EUR/month }
             |             ^^^^^
          example: { household: { income: 0 } } on 2025-03-01: above 1\u{A0}300 EUR/month, 299.99 EUR/month are lost at once, and as much is reached again from 1\u{A0}600 EUR/month on
          help: if the law means it to, say so: `cliffs: { NAME: { of: support, when: household.income rises, cites: act s 2 } }`

        1 rulebook, 1 household swept: 1 warning

        """)
  }

  @Test(arguments: [
    "cliffs: { end: { of: support, cites: act s 2 } }",
    "cliffs: { end: { of: support, when: household.income rises, cites: act s 2 } }",
    "cliffs: { end: { of: household.amount, cites: act s 2 } }",
    "cliffs: { end: { of: support, when: household.income rises, at: 1_300 EUR/month, cites: act s 2 } }",
  ])
  func aCliffThatTheLawMeansIsNone(_ cliffs: String) throws {
    #expect(try findings(cliffs) == "1 rulebook, 1 household swept: no problems\n")
  }

  @Test(arguments: [
    "cliffs: { end: { of: support, when: household.income rises, at: 1_299 EUR/month, cites: act s 2 } }"
  ])
  func aCliffElsewhereExcusesNothing(_ cliffs: String) throws {
    #expect(try findings(cliffs).contains("warning[B009]"))
  }
}
