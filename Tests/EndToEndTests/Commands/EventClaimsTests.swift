import Support
import Testing

/// What a life event says of a fact of which the household says something already.
@Suite struct EventClaimsTests {
  private static let rules = """
    rulebook: grant
    title: Birth grant
    language: en
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    entities:
      household: { has: { children: { type: list of child, title: Children } } }
      child:
        facts:
          born: { type: date, varies: never, max: today, title: Date of birth }
          died: { type: date, varies: never, optional: true, max: today, title: Date of death }
          wage: { type: EUR/month, varies: monthly, title: Wage }
    rules:
      child.new: { title: Born in 2025, value: "born >= 2025-01-01 and died = null" }
    benefits:
      grant: { title: Grant, for: household.children, entitled: child.new, amount: 300 EUR, events: told }
    events:
      told: { children.id: child.id, children.FACT: child.said }

    """

  /// What the event and the household say of Maria, and what comes of it.
  private func run(
    _ fact: String, event: String, household: String, id: String = "9", _ options: String...
  ) throws -> RecordedRun {
    let folder = try TemporaryFolder([
      "grant.yaml": Self.rules.replacing("FACT", with: fact),
      "event.yaml": """
      event: told
      id: \(id)
      on: 2025-03-04
      payload: { child: { id: maria, said: \(event) } }

      """,
      "household.yaml": """
      { today: 2025-03-05, household: { children: { maria: { \(household) } } } }

      """,
    ])
    let files = ["grant.yaml", "event.yaml", "household.yaml"].map { folder.path + "/" + $0 }
    let ran = annona(["event"] + files + options)
    return RecordedRun(
      output: folder.relative(ran.output), problems: folder.relative(ran.problems),
      status: ran.status)
  }

  private func brought(_ fact: String, event: String, household: String) throws -> String {
    let ran = try run(fact, event: event, household: household)
    #expect(ran.problems == "")
    return ran.output.visible.split(separator: "\n").map(String.init)
      .first { $0.hasPrefix("  - ") } ?? ""
  }

  @Test(arguments: [
    // Nothing, or nothing but that nobody knew.
    ("", "= 2025-03-01"), ("born: unknown", "= 2025-03-01"),
    ("born: { state: unknown, source: a }", "= 2025-03-01"),
    // Another origin that says the same.
    ("born: { value: 2025-03-01, source: \"register:hospital\" }", "= 2025-03-01"),
    // Another that says something else.
    (
      "born: { value: 2025-02-02, source: \"register:hospital\" }",
      ": two origins say different things: 2025-03-01 (event:9), 2025-02-02 (register:hospital)"
    ),
    ("born: 2025-02-02", ": two origins say different things: 2025-03-01 (event:9), 2025-02-02"),
    (
      "born: [ { value: 2025-02-02, source: a }, { value: 2025-02-03, source: b } ]",
      ": two origins say different things: 2025-03-01 (event:9), 2025-02-02 (a), 2025-02-03 (b)"
    ),
    // Asked in vain, and now answered.
    ("born: declined", "= 2025-03-01, asked before and not answered"),
    ("born: { state: declined, source: letter }", "= 2025-03-01, asked before and not answered"),
    // The same report, as it was sent before.
    (
      "born: { value: 2025-02-02, source: \"event:9\", observed: 2025-03-04 }",
      "= 2025-03-01"
    ),
    // An earlier report, which this one corrects; and a later one, which it does not.
    (
      "born: { value: 2025-02-02, source: \"event:8\", observed: 2025-03-03 }",
      "= 2025-03-01, in place of what event:8 said"
    ),
    (
      "born: { value: 2025-02-02, source: \"event:10\", observed: 2025-03-05 }",
      ": two origins say different things: 2025-03-01 (event:9), 2025-02-02 (event:10)"
    ),
    (
      "born: { value: 2025-02-02, source: \"event:8\" }",
      ": two origins say different things: 2025-03-01 (event:9), 2025-02-02 (event:8)"
    ),
  ])
  func standsBesideWhatIsKnown(_ household: String, _ words: String) throws {
    let found = try brought("born", event: "2025-03-01", household: household)
    let separator = words.hasPrefix("=") ? " " : ""
    #expect(found == "  - Date of birth: maria (child/maria.born)\(separator)\(words)")
  }

  /// Where the register does not know, what others said stays; its own report it takes back.
  @Test(arguments: [
    ("born: 2025-02-02", "entitled to 300.00 EUR"),
    ("born: { value: 2025-02-02, source: \"event:9\" }", "cannot be decided yet"),
    ("born: declined", "an official has to decide"),
  ])
  func whatTheRegisterDoesNotKnowTakesNothing(_ household: String, _ words: String) throws {
    let ran = try run("born", event: "unknown", household: "died: null, \(household)")
    #expect(ran.output.visible.contains(words), "\(ran.output)")
  }

  @Test func aContradictionIsReferredAndRecordedWithBoth() throws {
    let household = "died: null, born: { value: 2024-02-02, source: \"register:hospital\" }"
    let ran = try run("born", event: "2025-03-01", household: household)
    #expect(
      ran.output.visible.contains(
        """
          an official has to decide; between 0.00 EUR and 300.00 EUR
          ? Born in 2025
          Why an official has to decide:
            - Date of birth: maria (child/maria.born): two origins say different things

        """), "\(ran.output)")
    let record = try run("born", event: "2025-03-01", household: household, "--record", "-").output
    #expect(record.contains(#""conflicts":["child/maria.born"]"#))
    #expect(
      record.contains(
        #""claims":[{"observed":"2025-03-04","source":"event:9","value":"2025-03-01"},"#
          + #"{"source":"register:hospital","value":"2024-02-02"}]"#), "\(record)")
    let json = try run("born", event: "2025-03-01", household: household, "--format", "json").output
    #expect(
      json.contains(
        """
              "child/maria.born": [
                {
                  "value": "2025-03-01",
                  "source": "event:9"
                },
                {
                  "value": "2024-02-02",
                  "source": "register:hospital"
                }
              ]

        """), "\(json)")
  }

  @Test func whatItTookThePlaceOfIsRecorded() throws {
    let earlier = "born: { value: 2025-02-02, source: \"event:8\", observed: 2025-03-03 }"
    #expect(
      try run("born", event: "2025-03-01", household: earlier, "--record", "-").output.contains(
        #""displaced":[{"event":"event:8","id":"child/maria.born"}]"#))
    #expect(
      try run("born", event: "2025-03-01", household: "born: declined", "--record", "-").output
        .contains(#""displaced":[{"declined":true,"id":"child/maria.born"}]"#))
    #expect(
      try run("born", event: "2025-03-01", household: "born: declined", "--format", "json").output
        .contains("\"id\": \"child/maria.born\",\n        \"event\": null"))
  }

  @Test(arguments: [
    ("died", "2025-03-02", "died: null", "2025-03-02 (event:9), none"),
    ("died", "null", "died: { value: 2025-03-02, source: a }", "none (event:9), 2025-03-02 (a)"),
  ])
  func everyKindOfFactCanBeInConflict(
    _ fact: String, _ event: String, _ household: String, _ words: String
  ) throws {
    #expect(
      try brought(fact, event: event, household: household)
        .hasSuffix(": two origins say different things: \(words)"))
  }

  /// Each is decided again alike from its record alone.
  @Test(arguments: [
    ("died", "2025-03-02", "born: 2025-03-01, died: null"),
    ("died", "null", "born: 2025-03-01, died: null"),
    ("died", "null", "born: 2025-03-01, died: { value: 2025-03-02, source: a }"),
    ("born", "2025-03-01", "born: declined"), ("born", "2025-03-01", "born: 2025-03-01"),
    (
      "wage", "{ 2025-01: 5, 2025-02: 7 }", "wage: { 2024-12: 3, 2025-01: { value: 4, source: a } }"
    ),
  ])
  func recordsOfThemReplay(_ fact: String, _ event: String, _ household: String) throws {
    let folder = try TemporaryFolder([
      "grant.yaml": Self.rules.replacing("FACT", with: fact),
      "event.yaml": "event: told\nid: 9\npayload: { child: { id: maria, said: \(event) } }\n",
      "household.yaml":
        "{ today: 2025-03-05, household: { children: { maria: { \(household) } } } }\n",
    ])
    let files = ["grant.yaml", "event.yaml", "household.yaml"].map { folder.path + "/" + $0 }
    #expect(annona(["event"] + files + ["--record", folder.path + "/r.json"]).problems == "")
    let verified = annona([
      "verify", folder.path + "/r.json", "--rules", folder.path + "/grant.yaml",
    ])
    #expect(
      folder.relative(verified.output) == "r.json: verified: intact, and decided again alike\n")
  }

  /// What holds when is set side by side period by period.
  @Test func spellsStandBesideSpells() throws {
    let record = try run(
      "wage", event: "{ 2025-01: 5, 2025-02: 7 }",
      household: "wage: { 2024-12: 3, 2025-01: { value: 4, source: a } }", "--record", "-"
    ).output
    #expect(record.contains(#""from":"2024-12-01""#))
    #expect(record.contains(#""from":"2025-02-01""#))
    #expect(record.contains(#""value":"5 EUR/month""#))
    #expect(record.contains(#""source":"a","value":"4 EUR/month""#), "\(record)")
    let mixed = try run("wage", event: "{ 2025-01: 5 }", household: "wage: 4")
    #expect(mixed.status == 4)
  }
}
