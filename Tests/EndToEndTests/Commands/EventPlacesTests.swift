import Support
import Testing

/// What a life event brings into lists and members of which the household says something already.
@Suite struct EventPlacesTests {
  private static let rules = """
    rulebook: grant
    title: Birth grant
    language: en
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    entities:
      household: { has: { children: { type: list of child, title: Children }, partner: { type: adult, optional: true } } }
      adult: { facts: { met: { type: date, optional: true, varies: never, max: today, title: Day of meeting } } }
      child:
        facts:
          born: { type: date, varies: never, max: today, title: Date of birth }
          wage: { type: EUR/month, varies: monthly, title: Wage }
    rules:
      child.new: { title: Born in 2025, value: "born >= 2025-01-01" }
    benefits:
      grant: { title: Grant, for: household.children, entitled: child.new, amount: 300 EUR, events: [told, met] }
    events:
      told: { children.id: child.id, children.born: child.born, children.wage: child.wage }
      met: { partner.met: on }

    """

  /// - Parameter household: its lists.
  private func run(
    _ household: String, event: String = "told",
    payload: String = "{ child: { id: maria, born: 2025-03-01, wage: 0 } }", _ options: String...
  ) throws -> RecordedRun {
    let folder = try TemporaryFolder([
      "grant.yaml": Self.rules,
      "event.yaml": "event: \(event)\nid: 9\non: 2025-03-04\npayload: \(payload)\n",
      "household.yaml": "{ today: 2025-03-05, household: { \(household) } }\n",
    ])
    let files = ["grant.yaml", "event.yaml", "household.yaml"].map { folder.path + "/" + $0 }
    let ran = annona(["event"] + files + options)
    return RecordedRun(
      output: folder.relative(ran.output), problems: folder.relative(ran.problems),
      status: ran.status)
  }

  /// The lines of what the event brings.
  private func brought(
    _ household: String, event: String = "told",
    payload: String = "{ child: { id: maria, born: 2025-03-01, wage: 0 } }"
  ) throws -> [String] {
    let ran = try run(household, event: event, payload: payload)
    #expect(ran.problems == "")
    return ran.output.visible.split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("  - ") }
  }

  private let facts = [
    "  - Date of birth: maria (child/maria.born) = 2025-03-01",
    "  - Wage: maria (child/maria.wage) = 0.00 EUR/month",
  ]

  /// What nobody knew, and who is there already, is no answer that it takes the place of.
  @Test(arguments: ["", "children: unknown", "children: { state: unknown }", "children: []"])
  func bringsMembers(_ household: String) throws {
    #expect(try brought(household) == facts)
  }

  @Test(arguments: ["children: declined", "children: { state: declined }"])
  func saysThatAListWasDeclined(_ household: String) throws {
    #expect(
      try brought(household)
        == ["  - Children (household.children) = maria, asked before and not answered"] + facts)
    #expect(
      try run(household, "--format", "json").output.contains(
        """
            "displaced": [
              {
                "id": "household.children",
                "event": null
              }
            ]

        """))
    #expect(
      try run(household, "--record", "-").output
        .contains(#""displaced":[{"declined":true,"id":"household.children"}]"#))
  }

  /// Of a member as of a list; that there is none is no refusal to answer.
  @Test(arguments: [
    ("partner: declined", ["  - household.partner = partner, asked before and not answered"]),
    ("partner: unknown", []), ("partner: null", []),
  ])
  func saysThatAMemberWasDeclined(_ household: String, _ lines: [String]) throws {
    #expect(
      try brought(household, event: "met", payload: "{ on: 2025-01-01 }")
        == lines + ["  - Day of meeting (adult/partner.met) = 2025-01-01"])
  }

  /// An event that brings nobody answers nothing.
  @Test func bringsNobody() throws {
    #expect(try brought("children: declined", payload: "{ child: [] }") == [])
    #expect(
      try run("children: declined", payload: "{ child: [] }").output.visible
        .contains("    - Children (household.children): asked, and not answered"))
  }

  /// What is wrong with the case is not lost under what the event brings.
  @Test(arguments: [
    ("children: 5", "F006"), ("children: null", "F006"),
    ("children: [ { born: 2025-01-01 } ]", "F007"),
    ("children: { maria: 5 }", "F005"), ("partner: 5", "F005"),
  ])
  func leavesWhatIsFaulty(_ household: String, _ code: String) throws {
    let event = household.hasPrefix("partner") ? "met" : "told"
    let ran = try run(
      household, event: event,
      payload: "{ child: { id: maria, born: 2025-03-01, wage: 0 }, on: 2025-01-01 }")
    #expect(ran.problems.hasPrefix("error[\(code)] household.yaml:1:"), "\(ran.problems)")
    #expect(ran.status == 4)
  }

  // MARK: - A member that is brought twice

  @Test(
    arguments: [
      // The same both times, or known but once.
      ("born: 2025-03-01, wage: 0", "born: 2025-03-01, wage: 0", "", ""),
      ("born: unknown, wage: 0", "born: 2025-03-01, wage: unknown", "", ""),
      // Something else.
      (
        "born: 2025-03-01, wage: 0", "born: 2025-02-01, wage: 0",
        ": two origins say different things: 2025-03-01 (event:9), 2025-02-01 (event:9)", ""
      ),
      (
        "born: 2025-03-01, wage: { 2025-01: 5 }", "born: 2025-03-01, wage: { 2025-02: 6 }", "", nil
      ),
    ] as [(String, String, String, String?)])
  func saysWhatItSaysOfAMemberBroughtTwice(
    _ one: String, _ other: String, _ born: String, _ wage: String?
  ) throws {
    let found = try brought(
      "children: []",
      payload: "{ child: [ { id: maria, \(one) }, { id: maria, \(other) } ] }")
    let value = born.isEmpty ? " = 2025-03-01" : born
    #expect(found.first == "  - Date of birth: maria (child/maria.born)" + value)
    if wage != nil { #expect(found.last == facts[1]) }
  }

  /// What holds when is put together from both.
  @Test func bringsThePeriodsOfBoth() throws {
    let child = "{ id: maria, born: 2025-03-01, wage: WAGE }"
    let both = ["{ 2025-01: 5 }", "{ 2025-02: 6 }"].map { child.replacing("WAGE", with: $0) }
    let record = try run(
      "children: []", payload: "{ child: [ \(both.joined(separator: ", ")) ] }", "--record", "-"
    ).output
    #expect(record.contains(#""value":"5 EUR/month""#))
    #expect(record.contains(#""value":"6 EUR/month""#), "\(record)")
  }

  /// It is decided again alike from its record alone.
  @Test func recordsOfItReplay() throws {
    let folder = try TemporaryFolder([
      "grant.yaml": Self.rules,
      "event.yaml": """
      event: told
      id: 9
      payload: { child: [ { id: maria, born: 2025-03-01, wage: 0 }, { id: maria, born: 2024-03-01, wage: 0 } ] }

      """,
      "household.yaml": "{ today: 2025-03-05, household: { children: declined } }\n",
    ])
    let files = ["grant.yaml", "event.yaml", "household.yaml"].map { folder.path + "/" + $0 }
    #expect(annona(["event"] + files + ["--record", folder.path + "/r.json"]).problems == "")
    let verified = annona([
      "verify", folder.path + "/r.json", "--rules", folder.path + "/grant.yaml",
    ])
    #expect(
      folder.relative(verified.output) == "r.json: verified: intact, and decided again alike\n")
  }
}
