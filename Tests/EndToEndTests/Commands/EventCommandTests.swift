import Support
import Testing

/// `annona event`: what a life event touches, over several rulebooks.
@Suite struct EventCommandTests {
  private let base = """
    rulebook: base
    title: Families
    case: household
    in_force: { from: 2024-01-01 }
    calendar: { leap_day_birthday: mar_1 }
    entities:
      household: { has: { children: { type: list of person, title: Children } } }
      person:
        facts:
          name: { type: text, optional: true, title: Name }
          born: { type: date, varies: never, max: today, title: Date of birth }
    events:
      birth.registered: { children.id: child.id, children.name: child.name, children.born: child.born }
    """

  private let allowance = """
    rulebook: allowance
    title: Child allowance
    currency: EUR
    case: base.household
    in_force: { from: 2024-01-01 }
    calendar: { leap_day_birthday: mar_1 }
    import: { base: base }
    rules:
      base.person.small: { title: Under three, value: age(born) < 3 years }
    benefits:
      allowance:
        title: Allowance
        for: household.children
        events: birth.registered
        entitled: person.small
        amount: 40 EUR/month
      outing:
        title: Outing
        for: household.children
        entitled: not person.small
        amount: 15 EUR
    """

  private let grant = """
    rulebook: grant
    title: Birth grant
    currency: EUR
    case: base.household
    in_force: { from: 2024-01-01 }
    calendar: { month_overflow: last_day }
    import: { base: base }
    entities: { base.person: { facts: { abroad: { type: boolean, title: Born abroad } } } }
    events: { birth.registered: { children.abroad: child.abroad } }
    rules:
      base.person.newborn: { title: Born within a month, value: today <= born + 1 month }
      base.person.here: { title: Born here, value: not abroad }
    benefits:
      grant:
        title: Grant
        for: household.children
        events: birth.registered
        applies: person.newborn
        entitled: person.here
        amount: 300 EUR
    """

  private let birth = """
    event: birth.registered
    id: 2025/9
    on: 2025-03-04
    payload: { child: { id: maria, name: Maria, born: 2025-03-01, abroad: false } }
    """

  private func run(_ options: [String], event: String? = nil) throws -> RecordedRun {
    let folder = try TemporaryFolder([
      "Rules/base/base.yaml": base, "Rules/allowance/allowance.yaml": allowance,
      "Rules/grant/grant.yaml": grant, "birth.yaml": event ?? birth,
      "household.yaml": """
      today: 2025-03-05
      household: { children: { rui: { name: Rui, born: 2020-05-01 } } }
      """,
    ])
    let files = ["Rules/allowance", "Rules/grant", "birth.yaml", "household.yaml"]
    let ran = annona(["event"] + files.map { folder.path + "/" + $0 } + options)
    return RecordedRun(
      output: folder.relative(ran.output), problems: folder.relative(ran.problems),
      status: ran.status)
  }

  @Test func listsTheRulebooksTheFactsAndWhatIsTouched() throws {
    let ran = try run([])
    #expect(
      ran.output.visible == """
        Child allowance (allowance)
        Birth grant (grant)
        Decided for 2025-03-05
        What birth.registered brings (event:2025/9, 2025-03-04):
          - Name: Maria (person/maria.name) = Maria
          - Date of birth: Maria (person/maria.born) = 2025-03-01
          - Born abroad: Maria (person/maria.abroad) = no

        Child allowance (allowance)
        ───────────────────────────

        Allowance: Rui
          not entitled
          ✗ Under three (4 years, must be below 3 years; over by 1 year)

        Allowance: Maria
          entitled to 40.00 EUR/month
          ✓ Under three (0 years, must be below 3 years; under by 3 years)
          To be reviewed by 2028-03-01

        Birth grant (grant)
        ───────────────────

        Grant: Rui
          does not apply
          ✗ Born within a month (2025-03-05, limit 2020-06-01; over by 1 738 days)

        Grant: Maria
          entitled to 300.00 EUR
          ✓ Born within a month (2025-03-05, limit 2025-04-01; under by 27 days)
          ✓ Born here
          To be reviewed by 2025-04-02

        """)
    #expect(ran.status == 0)
  }

  @Test func namesTheEventTheFactsAndEachRulebookInJSON() throws {
    let ran = try run(["--format", "json"])
    #expect(
      ran.output.hasPrefix(
        """
        {
          "event": {
            "event": "birth.registered",
            "source": "event:2025/9",
            "on": "2025-03-04",
            "facts": {
              "person/maria.name": "Maria",
              "person/maria.born": "2025-03-01",
              "person/maria.abroad": "false"
            }
          },
          "rulebooks": [
            "allowance",
            "grant"
          ],
          "today": "2025-03-05",
          "benefits": [
            {
              "rulebook": "allowance",
              "benefit": "allowance",
              "for": "rui",
              "outcome": "not_entitled",

        """))
  }

  /// What the register does not know it says, and then it is asked for.
  @Test func whatTheRegisterDoesNotKnowIsAskedFor() throws {
    let ran = try run([], event: birth.replacing("abroad: false", with: "abroad: unknown"))
    #expect(
      ran.output.visible.contains(
        """
        Grant: Maria
          cannot be decided yet: facts are missing; between 0.00 EUR and 300.00 EUR
          ✓ Born within a month (2025-03-05, limit 2025-04-01; under by 27 days)
          ? Born here
          Still needed:
            - Born abroad (person/maria.abroad)

        """))
  }

  @Test func anEventThatNobodyKnows() throws {
    let ran = try run([], event: birth.replacing("birth.registered", with: "birth.registred"))
    #expect(ran.status == 4)
    #expect(ran.output.isEmpty)
    #expect(ran.problems.contains("help: did you mean `birth.registered`?"), "\(ran.problems)")
  }

  @Test func rulebooksOfDifferentCasesAreNotDecidedTogether() throws {
    let folder = try TemporaryFolder([
      "Rules/base/base.yaml": base, "Rules/allowance/allowance.yaml": allowance,
      "firm.yaml": """
      rulebook: firm
      case: firm
      in_force: { from: 2024-01-01 }
      entities: { firm: { facts: { small: boolean } } }
      benefits: { help: { title: Help, entitled: firm.small } }
      """,
      "birth.yaml": birth, "household.yaml": "today: 2025-03-05\nfirm: { small: true }\n",
    ])
    let files = ["Rules/allowance", "firm.yaml", "birth.yaml", "household.yaml"]
    let run = annona(["event"] + files.map { folder.path + "/" + $0 })
    #expect(run.status == 3)
    #expect(
      folder.relative(run.problems) == """
        error[B008] Rules/allowance/allowance.yaml:4:7: `allowance` decides another case than `firm`, so that the two cannot be decided together
          4 | case: base.household
            |       ^^^^^^^^^^^^^^
          help: let both import the rulebook that declares the entity, and name it under `case:`

        """)
  }

  /// What is about one thing is said by the first of several members.
  @Test func twinsEndOnePregnancy() throws {
    let folder = try TemporaryFolder([
      "birth.yaml": """
      event: birth.registered
      id: 2025/10
      payload:
        child: [ { id: ana, name: Ana, born: 2025-03-01 }, { id: eva, name: Eva, born: 2025-03-01 } ]
      """,
      "household.yaml": "today: 2025-03-05\nhousehold: { pregnancy: { babies: 2 } }\n",
    ])
    let rulebooks = ["Rules/pt/abono_de_familia", "Rules/pt/abono_pre_natal"]
    let files = ["birth.yaml", "household.yaml"].map { folder.path + "/" + $0 }
    let run = annona(["event"] + rulebooks + files + ["--language", "en"])
    #expect(
      run.output.visible.contains(
        """
        What birth.registered brings (event:2025/10):
          - Date of birth (pregnancy/pregnancy.born_on) = 2025-03-01
          - Name: Ana (person/ana.name) = Ana
          - Date of birth: Ana (person/ana.birth_date) = 2025-03-01
          - Name: Eva (person/eva.name) = Eva
          - Date of birth: Eva (person/eva.birth_date) = 2025-03-01

        """))
  }
}
