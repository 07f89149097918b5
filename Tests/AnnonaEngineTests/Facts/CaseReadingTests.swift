import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Testing

private let family = """
  choices: { status: [single, married] }
  entities:
    household:
      facts:
        income: { type: EUR/year, min: 0, max: 1_000_000 }
        lone_parent: boolean
        status: status
        since: { type: date, max: today, varies: never }
        size: integer
        share: { type: percent, optional: true }
        stay: { type: month }
        name: { type: text, optional: true }
        salary: { type: EUR/month, varies: monthly }
      has:
        children: { type: list of person, max: 2 }
        parents: { type: list of adult, min: 1 }
        witnesses: { type: list of adult, min: 2 }
        guardians: { type: list of adult, min: 1, max: 1 }
        partner: adult optional
    person:
      facts:
        birth_date: { type: date, varies: never }
        friend: { type: person, optional: true }
    adult:
      facts:
        income: EUR/year
  rules:
    household.rich: this.income > 5 EUR/year

  """

@Suite("Reading a case")
struct CaseReadingTests {
  @Test(arguments: [
    ("{ incme: 1 }", "F004 `household` has no fact `incme` | write `income`"),
    (
      "{ rich: true }",
      "F004 `rich` of `household` is worked out by a rule and cannot be given"
        + " | leave it out, or set it for this case with `suppose`"
    ),
    ("{ income: lots }", "F012 `household.income` must be an amount in EUR/year, such as `12_000`"),
    (
      "{ income: 5 EUR/month }",
      "F012 `household.income` must be an amount in EUR/year, such as `12_000` | give it in `EUR/year`: the number alone, or with that unit behind it"
    ),
    (
      "{ income: \"1,200\" }",
      "F012 `household.income` must be an amount in EUR/year, such as `12_000` | write the digits alone, such as `1_200.50`, with a point before the decimals"
    ),
    (
      "{ income: \"1.200,50 EUR\" }",
      "F012 `household.income` must be an amount in EUR/year, such as `12_000` | write the digits alone, such as `1_200.50`, with a point before the decimals"
    ),
    (
      "{ income: 1 200 }",
      "F012 `household.income` must be an amount in EUR/year, such as `12_000` | write the digits alone, such as `1_200.50`, with a point before the decimals"
    ),
    (
      "{ income: 1'200 }",
      "F012 `household.income` must be an amount in EUR/year, such as `12_000` | write the digits alone, such as `1_200.50`, with a point before the decimals"
    ),
    (
      "{ income: 1.200.000 }",
      "F012 `household.income` must be an amount in EUR/year, such as `12_000` | write the digits alone, such as `1_200.50`, with a point before the decimals"
    ),
    (
      "{ income: 800 € }",
      "F012 `household.income` must be an amount in EUR/year, such as `12_000` | give it in `EUR/year`: the number alone, or with that unit behind it"
    ),
    (
      "{ income: EUR 800 }",
      "F012 `household.income` must be an amount in EUR/year, such as `12_000` | give it in `EUR/year`: the number alone, or with that unit behind it"
    ),
    (
      "{ size: \"1,200\" }",
      "F012 `household.size` must be a whole number, such as `3` | write the digits alone, such as `1_200`"
    ),
    (
      "{ size: 3 people }",
      "F012 `household.size` must be a whole number, such as `3` | write the number alone"
    ),
    (
      "{ share: 13 EUR }",
      "F012 `household.share` must be a percentage, such as `13.7 %` | write the number with `%` behind it"
    ),
    (
      "{ status: Single }",
      "F012 `household.status` must be one of `single`, `married` | write it in small letters"
    ),
    (
      "{ since: 31.01.2025 }",
      "F012 `household.since` must be a date, such as `2025-03-01` | write four digits of the year, two of the month and two of the day, joined by `-`"
    ),
    (
      "{ since: 2025-1-31 }",
      "F012 `household.since` must be a date, such as `2025-03-01` | write four digits of the year, two of the month and two of the day, joined by `-`"
    ),
    (
      "{ since: soon }",
      "F012 `household.since` must be a date, such as `2025-03-01`"
    ),
    (
      "{ since: 2025-02-30 }",
      "F012 `household.since` must be a date, such as `2025-03-01` | the month has no such day"
    ),
    (
      "{ since: 2025-02-00 }",
      "F012 `household.since` must be a date, such as `2025-03-01` | days are counted from 1"
    ),
    (
      "{ since: 0000-02-01 }",
      "F012 `household.since` must be a date, such as `2025-03-01` | years run from 1 to 9999"
    ),
    (
      "{ today: 01/03/2025 }",
      "F003 `today` must be a date, such as `2025-03-01` | write four digits of the year, two of the month and two of the day, joined by `-`"
    ),
    ("{ income: 0.005 }", "F014 `household.income` must be a multiple of `0.01 EUR/year`"),
    ("{ income: -1 }", "F015 `household.income` must be at least `0 EUR/year`"),
    ("{ income: 2_000_000 }", "F015 `household.income` must be at most `1000000 EUR/year`"),
    (
      "{ income: null }",
      "F013 `household.income` is never `null` | write `unknown` if nobody knows it yet"
    ),
    (
      "{ lone_parent: no }",
      "F012 `household.lone_parent` must be `true` or `false` | write `false`"
    ),
    ("{ lone_parent: maybe }", "F012 `household.lone_parent` must be `true` or `false`"),
    ("{ status: widowed }", "F012 `household.status` must be one of `single`, `married`"),
    (
      "{ since: 2025-13-01 }",
      "F012 `household.since` must be a date, such as `2025-03-01` | months run from 1 to 12"
    ),
    ("{ since: 2026-01-01 }", "F015 `household.since` must be at most the date decided for"),
    ("{ size: 1.5 }", "F012 `household.size` must be a whole number, such as `3`"),
    (
      "{ stay: [1] }",
      "F018 each origin of `household.stay` must be a mapping with a `value` and a `source`"
    ),
    (
      "{ children: 3 }",
      "F006 `household.children` must name each `person` with its facts, or be `[]` if there are none"
    ),
    (
      "{ children: [{ birth_date: 2020-01-01 }] }",
      "F007 each member of the list `household.children` must be a mapping with an `id`"
    ),
    (
      "{ children: { a/b: {} } }",
      "F008 the id of a `person` must be a text without `/` and `@`"
    ),
    ("{ children: [{ id: a }, { id: a }] }", "F009 two of the case's `person` have this id"),
    (
      "{ children: { a: {}, b: {}, c: {} } }",
      "F010 `household.children` must have from 0 to 2 members"
    ),
    ("{ parents: [] }", "F010 `household.parents` must have at least 1 member"),
    ("{ witnesses: { a: {} } }", "F010 `household.witnesses` must have at least 2 members"),
    ("{ guardians: [] }", "F010 `household.guardians` must have exactly 1 member"),
    (
      "{ children: { a: { friend: zoe } } }",
      "F016 `person/a.friend` must be the id of a `person` of this case"
    ),
    ("{ children: { a: 5 } }", "F005 `person/a` must be a mapping of facts"),
    (
      "{ partner: 5 }",
      "F005 `household.partner` must be a mapping of facts, or `null` if there is none"
    ),
    (
      "{ income: { state: lost } }",
      "F017 the state of `household.income` must be `unknown` or `declined`"
    ),
    (
      "{ income: { value: 1, sorce: x } }",
      "F018 `household.income` has no key `sorce` beside `value`, `source`, `observed` and `verified`"
        + " | write `source`"
    ),
    ("{ income: { source: x } }", "F018 `household.income` has an origin but no `value`"),
    (
      "{ income: { value: 1, observed: x } }",
      "F018 `observed` of `household.income` must be a date, such as `2025-03-01`"
    ),
    (
      "{ salary: { 2024-13: 1 } }",
      "F019 a key of `household.salary` must be a month such as `2024-09`, or `2024-09..2024-11`"
    ),
    (
      "{ salary: { 2024-01..2024-03: 1, 2024-03: 2 } }",
      "F020 `household.salary` has two values for some days"
    ),
    ("[]", "F001 a case must be a mapping with `household:` and its facts"),
    ("{ today: soon }", "F003 `today` must be a date, such as `2025-03-01`"),
    (
      "{ household: {}, tody: 2025-01-01 }",
      "F002 a case has no key `tody` beside `household` and `today` | write `today`"
    ),
  ])
  func saysWhatIsWrong(_ text: String, _ expected: String) throws {
    let law = try Law(family)
    let (node, _) = readNodes(SourceFile(path: "case.yaml", text: text), index: 0)
    let found = readCase(try #require(node), law.program, today: try day("2025-03-01"))
    let messages = found.diagnostics.map { problem in
      "\(problem.code) \(problem.message)" + (problem.help.map { " | \($0)" } ?? "")
    }
    #expect(messages == [expected])
  }

  @Test func allProblemsAreFoundAtOnce() throws {
    let law = try Law(family)
    let (_, problems) = try law.facts(
      "{ income: x, incme: 1, lone_parent: yes, children: { a: { birth_date: 3 } } }")
    #expect(problems.map(\.code) == ["F004", "F012", "F012", "F012"])
  }

  /// What a fact holds, as text.
  @Test(arguments: [
    ("income: 12_000 EUR/year", "income", "12000"),
    ("income: \"12_000.50\"", "income", "12000.5"),
    ("income: unknown", "income", "not given"),
    ("income: declined", "income", "declined"),
    ("income: { state: declined }", "income", "declined"),
    ("name: \"unknown\"", "name", "unknown"),
    ("name: null", "name", "absent"),
    ("share: 13.5 %", "share", "0.135"),
    ("stay: 2 years", "stay", "24"),
    ("income: { value: 5, source: register }", "income", "5"),
    ("income: [{ value: 5, source: a }, { value: 5, source: b }]", "income", "5"),
    ("income: [{ value: 5, source: a }, { value: 6, source: b }]", "income", "conflicting"),
    ("status: married", "status", "member 1"),
  ])
  func reads(_ text: String, _ name: String, _ expected: String) throws {
    let law = try Law(family)
    let (facts, problems) = try law.facts("{ \(text) }")
    #expect(problems.map(\.message) == [])
    let fact = FactID(try #require(law.program.facts.firstIndex { $0.name == name }))
    let found =
      switch facts.state(of: fact, for: 0) {
      case .known(.number(let number)): number.canonicalText
      case .known(.text(let text)): text
      case .known(.choice(let member)): "member \(member)"
      case .notGiven: "not given"
      case .declined: "declined"
      case .absent: "absent"
      case .conflicting: "conflicting"
      case let other: "\(other)"
      }
    #expect(found == expected)
  }

  @Test func membersMayBeAListAndReferToOneAnother() throws {
    let law = try Law(family)
    let (facts, problems) = try law.facts(
      "{ household: { children: [{ id: a, friend: b }, { id: b }] }, today: 2025-01-01 }")
    #expect(problems.isEmpty)
    #expect(facts.instances.map(\.id) == ["household", "a", "b"])
    #expect(facts.today == (try day("2025-01-01")))
  }
}
