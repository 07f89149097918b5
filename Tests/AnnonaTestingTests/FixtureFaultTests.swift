import AnnonaLanguage
import AnnonaTesting
import Testing

/// What can be wrong with a file of fixtures: each code with its exact words.
@Suite struct FixtureFaultTests {
  @Test(arguments: [
    ("- { name: it, expect: {} }", "Z001 `it` expects nothing, so that it cannot fail"),
    (
      "- { name: it, expect: { grant/ana: { source: s } } }",
      "Z001 `grant/ana` expects nothing, so that it cannot fail"
    ),
    ("- { name: it, given: {} }", "K003 an entry of `cases` has no expectation"),
    (
      "- { name: it, expect: { household.tier: 2 } }\n- { name: it, expect: { household.tier: 2 } }",
      "Z003 two cases of this file are called `it`"
    ),
    (
      "- { name: it, expect: { household.teir: 2 } }",
      "Z004 the rulebook has no rule or benefit `household.teir` > write `household.tier`"
    ),
    (
      "- { name: it, expect: { person/ana.amuont: 2 } }",
      "Z004 the rulebook has no rule or benefit `person/ana.amuont` > write `person/ana.amount`"
    ),
    (
      "- { name: it, expect: { grant/ana: { outcome: due } } }",
      "Z022 `grant` is a benefit, which is never `due` > write one of `not_in_force`,"
        + " `not_applicable`, `not_entitled`, `undetermined`, `refer`, `error`, `entitled`"
    ),
    (
      "- { name: it, expect: { grant/anna: entitled } }",
      "Z005 the case has no `person` called `anna` > write `ana`"
    ),
    (
      "- { name: it, given: { children: { b: { birth_date: 2020-01-01 } } }, expect: { grant: 3 } }",
      "Z006 `grant` has a value for each member, and the case has several or none > write `grant/ana`"
    ),
    (
      "- { name: it, expect: { household.tier: two } }",
      "Z007 `two` is no value of `household.tier`, which is a whole number"
    ),
    (
      "- { name: it, expect: { household.share: 3 EUR/month } }",
      "Z007 `3 EUR/month` is no value of `household.share`, which is a number in `EUR/year`"
    ),
    (
      "- { name: it, expect: { household.tier: { amount: 2 } } }",
      "Z008 `amount` is said of benefits, and `household.tier` is a rule > write `value`"
    ),
    (
      "- name: it\n  table: |\n    household.incom || household.tier\n    3 || 1",
      "Z009 the column `household.incom` is not `today`, a fact such as `household.income`, or a rule"
        + " that is supposed > write `household.income`"
    ),
    (
      "- name: it\n  table: |\n    household.income | household.tier\n    3 | 1",
      "Z010 the table does not say what is expected > write `||` between what is given and what is"
        + " expected"
    ),
    (
      "- name: it\n  table: |\n    person/rui.birth_date || household.tier\n    2020-01-01 || 1",
      "Z011 nobody in the case is called `person/rui`, so no fact can be set > name `person/rui` under"
        + " `given:` first"
    ),
    (
      "- name: it\n  table: |\n    today || household.tier\n    2020-1-1 || 1",
      "Z012 `2020-1-1` is not a date such as `2025-03-01`"
    ),
    (
      "- { name: it, given: { children: { rui: removed } }, expect: { household.tier: 2 } }",
      "Z013 `rui` is not in the background, so it cannot be removed > take the line out"
    ),
    (
      "- { name: it, expect: { household.tier: { error: no_rwo } } }",
      "Z015 `no_rwo` is no fault that a decision can have > write `no_row`"
    ),
    (
      "- { name: it, expect: { household.tier: { value: 2, tolerance: some, because: x } } }",
      "Z016 `some` is not a number that a result may be off by"
    ),
    (
      "- { name: it, suppose: { grant: 3 }, expect: { household.tier: 2 } }",
      "Z017 `grant` is a benefit, and only a rule can be supposed > name the rule that the benefit"
        + " names"
    ),
    (
      "- { name: it, expect: { household.tier: { value: 2, tolerance: 1 } } }",
      "K005 `tolerance` stands only beside `because`, which is missing here"
    ),
    (
      "- { name: it, expect: { household.tier: { value: 2, basis: derived } } }",
      "Z018 a value that is derived from the law must say how"
    ),
    (
      "- { name: it, expect: { household.income: 2 } }",
      "Z026 `household.income` is a fact, and only what is computed from facts can be expected"
        + " > write it under `given:`"
    ),
    (
      "- { name: it, suppose: { household.income: 2 }, expect: { household.tier: 2 } }",
      "Z026 `household.income` is a fact, and only what is computed from facts can be supposed"
        + " > write it under `given:`"
    ),
    (
      "- name: it\n  table: |\n    today || household.income\n    2025-03-01 || 1",
      "Z009 the column `household.income` is a fact, and only what is computed can be expected"
        + " > write it before `||`"
    ),
    (
      "- { name: it, expect: { household.tier: { needs: [ household.incme ] } } }",
      "Z027 the rulebook has no fact, list of members or figure `household.incme`"
        + " > write `household.income`"
    ),
    (
      "- { name: it, expect: { grant/ana: { needs: [ person/ana.birthdate@2024-01-01 ] } } }",
      "Z027 the rulebook has no fact, list of members or figure"
        + " `person/ana.birthdate@2024-01-01` > write `person/ana.birth_date`"
    ),
    (
      "- { name: it, expect: { grant/ana: { needs: { includes: [ person/anna.birth_date ] } } } }",
      "Z005 the case has no `person` called `anna` > write `ana`"
    ),
    (
      "- { name: it, expect: { household.tier: { fired: [ household.tier.row_9 ] } } }",
      "Z027 the rulebook has no row, branch or exception `household.tier.row_9`"
        + " > write `household.tier.row_1`"
    ),
    (
      "- { name: it, expect: { grant/ana: { fired: [ person/ana.amount.newborns ] } } }",
      "Z027 the rulebook has no row, branch or exception `person/ana.amount.newborns`"
        + " > write `person/ana.amount.newborn`"
    ),
    (
      "- { name: it, expect: { grant/ana: { reasons: [ residense met ] } } }",
      "Z027 the rulebook has no condition `residense` > write `residence`"
    ),
    (
      "- { name: it, expect: { household.tier: 3 to 1 } }",
      "Z028 `3 to 1` ends below where it begins, so that nothing can lie between > write `1 to 3`"
    ),
    (
      "- { name: it, expect: { household.tier: { value: 2, basis: derived, because: fill_in } } }",
      "Z018 a value that is derived from the law must say how"
    ),
    (
      "- { name: it, basis: derived, because: fill_in, expect: { household.tier: 2 } }",
      "Z018 a value that is derived from the law must say how"
    ),
    (
      "- { name: it, expect: { household.share: { value: 5_001, tolerance: 1, because: fill_in } } }",
      "Z029 a tolerance must say why > write the reason in place of `fill_in`"
    ),
    (
      "- { name: it, because: so, expect: { household.share: { value: 5_001, tolerance: 1, because: fill_in } } }",
      "Z029 a tolerance must say why > write the reason in place of `fill_in`"
    ),
    (
      "- { name: it, expext: { household.tier: 2 } }",
      "K001 `expext` is not a key of a test case > write `expect`"
    ),
    (
      "- { name: it, given: { incme: 3 }, expect: { household.tier: 2 } }",
      "F004 `household` has no fact `incme` > write `income`"
    ),
  ])
  func isSaid(_ cases: String, _ words: String) throws {
    let found = try Grant.suite(cases).diagnostics.map { diagnostic in
      "\(diagnostic.code) \(diagnostic.message)" + (diagnostic.help.map { " > \($0)" } ?? "")
    }
    #expect(found.contains { $0.hasPrefix(words) }, "\(found)")
  }

  /// What cannot be read says so once, and its case does not run.
  @Test(arguments: [
    (
      "- { name: it, expect: { grant/ana: { outcom: entitled } } }",
      "K001 `outcom` is not a key of an expectation"
    ),
    (
      "- { name: it, expect: { grant/ana: { outcome: entitledd } } }",
      "K012 `outcome` takes `not_in_force`, `not_applicable`, `not_entitled`, `undetermined`, `refer`,"
        + " `error`, `entitled`, `due` or `not_due`, not `entitledd`"
    ),
    (
      "- { name: it, expect: { grant/ana: { outcome: {} } } }",
      "K011 `outcome` takes `not_in_force`, `not_applicable`, `not_entitled`, `undetermined`, `refer`,"
        + " `error`, `entitled`, `due` or `not_due`, not keys of its own"
    ),
    ("- { name: it, expect: 5 }", "K011 `expect` takes names with a value each, not a text"),
  ])
  func isSaidOnce(_ cases: String, _ words: String) throws {
    let suite = try Grant.suite(cases)
    #expect(suite.diagnostics.map { "\($0.code) \($0.message)" } == [words])
    #expect(suite.fixtures.isEmpty)
  }

  @Test func otherCasesStillRun() throws {
    let suite = try Grant.suite(
      """
      - { name: faulty, expect: { household.teir: 2 } }
      - { name: sound, source: s, expect: { household.tier: 2 } }
      """)
    #expect(suite.diagnostics.count == 1)
    #expect(
      TestText().render([SuiteRun(suite)]) == "2 cases in 1 file: 1 could not run, 1 passed\n")
  }

  /// A number that is rounded where it was published needs no reason, so that one which nobody wrote is none.
  @Test func aRoundedNumberNeedsNoReason() throws {
    let found = try Grant.suite(
      "- { name: it, expect: { household.share: { value: 5_001 (to 1), because: fill_in } } }")
    #expect(found.diagnostics.isEmpty, "\(found.diagnostics)")
  }

  /// What a suggestion leaves open is no source, whoever it stands beside.
  @Test(arguments: [
    "- { name: it, source: fill_in, expect: { household.tier: 2 } }",
    "- { name: it, expect: { household.tier: { value: 2, source: fill_in } } }",
    "- name: it\n  table: |\n    today || household.tier | source\n    2025-03-01 || 2 | fill_in",
  ])
  func aBlankIsNoSource(_ cases: String) throws {
    #expect(
      try Grant.report(cases) == """
        1 case in 1 file: all passed
        1 of 1 expectation has no source
          grant.test.yaml: 1 of 1

        """)
  }

  /// Names that can be listed, in every form in which they are met.
  @Test(arguments: [
    "grant/ana: { needs: [] }", "household.tier: { needs: { includes: [] } }",
    "grant/ana: { reasons: { includes: [ person/ana.qualifies.age met ] } }",
    "grant/ana: { reasons: { includes: [ qualifies.age ] } }",
    "grant/ana: { fired: { includes: [ person/ana.amount.case_2 ] } }",
  ])
  func knowsNames(_ expectation: String) throws {
    let suite = try Grant.suite("- { name: it, expect: { \(expectation) } }")
    #expect(suite.diagnostics.map(\.message) == [])
  }

  /// Each way in which a case cannot run is told, with its name and why.
  @Test func whatCannotRunIsTold() throws {
    let suite = try Grant.suite(
      """
      - { name: sound, source: s, expect: { household.tier: 2 } }
      - { name: name, expect: { household.teir: 2 } }
      - { expect: { household.tier: 2 } }
      - 5
      - { name: nothing, expect: {} }
      - name: rows
        source: s
        table: |
          household.income || household.tier
          5                || 1
          many             || 1
      - { name: misread, expect: { grant/ana: { outcome: entitled, needs: household.income } } }
      - name: columns
        table: |
          household.incom || household.tier
          5               || 1
      """)
    let run = SuiteRun(suite)
    #expect(run.results.map(\.fixture.name) == ["sound", "rows, row 1"])
    #expect(
      suite.faulty.map { "\($0.name ?? ""): \($0.problems.map(\.code).joined(separator: " "))" }
        == [
          "name: Z004", "case 3: K002", "case 4: K011", "nothing: Z001", "rows, row 2: F012",
          "misread: K011", "columns: Z009",
        ])
    #expect(TestText().render([run]) == "9 cases in 1 file: 7 could not run, 2 passed\n")
  }

  /// So is a file of which nothing can be read.
  @Test func aFileThatCannotRunIsTold() throws {
    let sound =
      "tests: test.grant\ntoday: 2025-03-01\ncases:\n"
      + "  - { name: it, source: s, given: { income: 5 }, expect: { household.tier: 1 } }\n"
    let suite = FixtureSuite(
      try #require(Grant.program),
      [
        SourceFile(path: "a.test.yaml", text: sound),
        SourceFile(path: "b.test.yaml", text: "tests: test.grant\ncases: [\n"),
      ])
    let run = SuiteRun(suite)
    #expect(
      TestText().render([run]) == "1 case in 1 file: 1 passed, 1 file could not run\n")
    #expect(
      TestText().render([SuiteRun(suite.filtered { $0 == "none" })])
        == "no case ran, 1 file could not run\n")
  }
}
