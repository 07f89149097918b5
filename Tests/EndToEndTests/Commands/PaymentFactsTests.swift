import Foundation
import Support
import Testing

/// What payments on days of their own rest on: their dates, and facts as of each of them.
@Suite struct PaymentFactsTests {
  private static let rules = """
    rulebook: moving
    title: Grant
    language: en
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    calendar: { month_overflow: last_day }
    entities:
      household:
        facts:
          moved_in: { type: date, varies: never, title: Moved in }
          people: { type: integer, min: 1, varies: daily, ask: How many people lived here? }
          rate: { type: EUR, min: 1, varies: daily, title: Rate }
    benefits:
      grant:
        title: Moving grant
        entitled: household.people >= 1
        pays:
          q: { every: 3 months, after: household.moved_in, during: "period(household.moved_in, 6 months)", amount: household.rate * household.people }

    """

  private func folder(_ people: String) throws -> TemporaryFolder {
    try TemporaryFolder([
      "moving.yaml": Self.rules,
      "case.yaml": """
      today: 2024-05-01
      household: { moved_in: 2024-01-01, people: { \(people): 3 }, rate: { 2024-01-01: 10 } }

      """,
    ])
  }

  /// An open payment says what it waits for, and as of when.
  @Test func anOpenPaymentSaysWhatIsMissing() throws {
    let folder = try folder("2024-05-01")
    let command = ["simulate", folder.path + "/moving.yaml", folder.path + "/case.yaml"]
    #expect(
      annona(command).output.visible == """
        Grant (moving)
        Decided for 2024-05-01

        Moving grant
          entitled
          Payments:
            - 2024-04-01: cannot be decided yet: facts are missing
          ✓ `household.people >= 1` (3, at least 1 needed; over by 2)
          Still needed:
            - How many people lived here? (household.people@2024-04-01)

        """)
    #expect(
      annona(command + ["--format", "json"]).output.contains(
        """
              "payments": [
                {
                  "name": "q",
                  "date": "2024-04-01",
                  "outcome": "undetermined",
                  "amount": null,
                  "needs": [
                    "household.people@2024-04-01"
                  ]
                }
              ],
        """))
    let over = command + ["--from", "2024-01", "--through", "2024-12"]
    #expect(
      annona(over).output.visible.hasSuffix(
        """
          Still needed:
            - How many people lived here? (household.people@2024-04-01)

        """))
    #expect(annona(over + ["--format", "json"]).output.contains("household.people@2024-04-01"))
  }

  /// Neither the day that payments are counted from, nor what only their amounts read, is without effect.
  @Test(arguments: ["2024-01-01", "2024-05-01"])
  func whatPaymentsRestOnIsUsed(_ people: String) throws {
    let folder = try folder(people)
    let run = annona(["ask", folder.path + "/moving.yaml", folder.path + "/case.yaml"])
    #expect(run.status == 0)
    #expect(run.output.contains("The case, to be kept in a file:"), "\(run)")
    #expect(!run.output.contains("without effect"), "\(run.output)")
  }
}
