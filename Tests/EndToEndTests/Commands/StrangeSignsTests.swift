import AnnonaLanguage
import Support
import Testing

/// Names with signs that a terminal would obey: whoever gives them cannot move the cursor or write lines of ours.
@Suite struct StrangeSignsTests {
  private static let rules = """
    rulebook: grant
    title: Birth grant
    language: en
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    entities:
      household:
        facts: { income: { type: EUR/month, min: 0, title: Income, ask: What does the household earn? } }
        has: { children: { type: list of child, title: Children } }
      child:
        facts:
          name: { type: text, optional: true, title: Name }
          born: { type: date, varies: never, max: today, title: Date of birth, ask: When was <name> born? }
    rules:
      child.new: { title: Born in 2025, value: "born >= 2025-01-01 and household.income < 1_000 EUR/month" }
      child.other: { title: A word, value: name }
    benefits:
      grant: { title: Grant, for: household.children, entitled: child.new, amount: 300 EUR, events: told }
    events:
      told: { children.id: child.id, children.name: child.name, children.born: child.born }

    """

  /// Clears the screen, recolours what follows, and begins a line of its own.
  private static let id = #""ma\e[2J\e[31mria\n  entitled\u009b""#
  private static let shown = "ma\u{FFFD}[2J\u{FFFD}[31mria   entitled\u{FFFD}"

  private func run(
    _ arguments: [String], input: String = "", coloured: Bool = false
  ) throws -> RecordedRun {
    let folder = try TemporaryFolder([
      "grant.yaml": Self.rules,
      "household.yaml": """
      today: 2025-03-05
      household: { income: 5, children: { \(Self.id): { name: null, born: 2025-03-01 } } }

      """,
      "open.yaml": """
      today: 2025-03-05
      household: { income: 5, children: { \(Self.id): { name: null } } }

      """,
      "told.yaml": """
      today: 2025-03-05
      household: { income: 5, children: { \(Self.id): { name: { value: null, source: \(Self.id) }, born: 2025-02-02 } } }

      """,
      "named.yaml": """
      today: 2025-03-05
      household: { income: 5, children: { a: { name: \(Self.id), born: 2025-03-01 } } }

      """,
      "faulty.yaml": """
      today: 2025-03-05
      household: { income: 5, children: { \(Self.id): { \(Self.id): 5 } } }

      """,
      "event.yaml": """
      event: told
      id: \(Self.id)
      on: 2025-03-04
      payload: { child: { id: \(Self.id), name: null, born: 2025-03-01 } }

      """,
      "rows.ndjson": """
      {"id": \(Self.json), "income": 5, "children": [{"id": \(Self.json), "born": "2025-03-01", "name": null}]}
      {"id": \(Self.json), "income": 5, "children": [{"id": "a", \(Self.json): 5}]}

      """,
      "other.yaml": Self.rules.replacing("1_000", with: "1"),
    ])
    let ran = annona(
      arguments.map { $0.hasPrefix("/") ? folder.path + $0 : $0 }, input: input, coloured: coloured)
    return RecordedRun(
      output: folder.relative(ran.output), problems: folder.relative(ran.problems),
      status: ran.status)
  }

  private static let json = id.replacing(#"\e"#, with: #"\u001b"#)

  @Test(arguments: [
    ["simulate", "/grant.yaml", "/household.yaml"],
    ["simulate", "/grant.yaml", "/open.yaml", "--all"],
    ["simulate", "/grant.yaml", "/household.yaml", "--what-if"],
    ["simulate", "/grant.yaml", "/named.yaml", "--all"],
    ["simulate", "/grant.yaml", "/household.yaml", "--from", "2025-01", "--through", "2025-03"],
    ["explain", "/grant.yaml", "/household.yaml"], ["explain", "/grant.yaml", "/open.yaml"],
    ["explain", "/grant.yaml", "/household.yaml", "--audience", "citizen"],
    ["explain", "/grant.yaml", "/household.yaml", "--audience", "auditor"],
    ["explain", "/grant.yaml", "/told.yaml", "--audience", "auditor"],
    ["explain", "/grant.yaml", "/household.yaml", "--format", "html"],
    ["event", "/grant.yaml", "/event.yaml", "/open.yaml"],
    ["event", "/grant.yaml", "/event.yaml", "/told.yaml"],
    [
      "sweep", "/grant.yaml", "/household.yaml", "--fact", "household.income", "--from", "0",
      "--to", "2_000",
    ],
    [
      "sweep", "/grant.yaml", "/household.yaml", "--fact", "household.income", "--from", "0",
      "--to", "2_000", "--format",
      "svg",
    ],
    ["compare", "/grant.yaml", "/other.yaml", "--cases", "/rows.ndjson", "--today", "2025-03-05"],
    [
      "compare", "/grant.yaml", "/other.yaml", "--cases", "/rows.ndjson", "--today", "2025-03-05",
      "--show-values",
    ],
    ["simulate", "/grant.yaml", "/faulty.yaml"],
    ["simulate", "/grant.yaml", "/faulty.yaml", "--show-values"],
    ["simulate", "/grant.yaml", "/household.yaml", "--set", "child/\u{1B}[2J.born=5"],
    ["ask", "/grant.yaml", "/open.yaml"], ["ask", "/grant.yaml", "/named.yaml"],
  ])
  func areShownAsASign(_ arguments: [String]) throws {
    let ran = try run(arguments, input: arguments[0] == "ask" ? "?\n-\n" : "")
    let text = ran.output + ran.problems
    #expect(text.unicodeScalars.allSatisfy { $0.isPrintable || $0 == "\n" }, "\(text)")
    #expect(text.contains("\u{FFFD}"), "\(text)")
    #expect(!text.split(separator: "\n").contains { $0.hasPrefix("  entitled\u{FFFD}") }, "\(text)")
  }

  @Test func aNameIsOneLine() throws {
    #expect(
      try run(["simulate", "/grant.yaml", "/household.yaml"]).output.visible == """
        Birth grant (grant)
        Decided for 2025-03-05

        Grant: \(Self.shown)
          entitled to 300.00 EUR
          ✓ Born in 2025

        """)
  }

  /// What we paint stays painted, and nothing else is.
  @Test func onlyOurOwnColoursReachATerminal() throws {
    let ran = try run(["simulate", "/grant.yaml", "/household.yaml"], coloured: true)
    #expect(ran.output.contains("\u{1B}[1mGrant: \(Self.shown)\u{1B}[0m\n"), "\(ran.output)")
    #expect(!ran.output.contains("\u{1B}[2J"))
    #expect(ran.output.split(separator: "\u{1B}[31m").count == 1)
  }

  /// Programs read what was said.
  @Test func remainInJSON() throws {
    for arguments in [
      ["simulate", "/grant.yaml", "/household.yaml", "--format", "json"],
      ["event", "/grant.yaml", "/event.yaml", "/open.yaml", "--record", "-"],
    ] {
      let ran = try run(arguments)
      #expect(ran.output.contains(#"ma\u001b[2J\u001b[31mria\n  entitled"# + "\u{9B}"), "\(ran)")
    }
  }

  /// A case that is kept can be read again.
  @Test func remainInTheCaseThatIsKept() throws {
    let ran = try run(["ask", "/grant.yaml", "/open.yaml"], input: "2025-03-01\n")
    #expect(
      ran.output.hasSuffix(
        #"""
        today: 2025-03-05
        household:
          income: 5
          children:
            "ma\u001B[2J\u001B[31mria\n  entitled\u009B":
              name: null
              born: 2025-03-01

        """#), "\(ran.output)")
  }
}
