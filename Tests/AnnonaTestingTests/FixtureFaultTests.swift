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

  @Test func otherCasesStillRun() throws {
    let suite = try Grant.suite(
      """
      - { name: faulty, expect: { household.teir: 2 } }
      - { name: sound, source: s, expect: { household.tier: 2 } }
      """)
    #expect(suite.diagnostics.count == 1)
    #expect(TestText().render([SuiteRun(suite)]) == "1 case in 1 file: all passed\n")
  }
}
