import AnnonaLanguage
import AnnonaTesting
import Support
import Testing

/// The exact words of what failed.
@Suite struct ReportTests {
  private static let cases = """
    - name: the second tier
      source: "a guide, page 3"
      expect: { household.tier: 1, grant/ana: { outcome: entitled, amount: 60.01 } }
    - name: not told
      given: { household: { income: unknown, resident: false } }
      expect: { grant/ana: { outcome: undetermined } }
    - name: a child of twenty
      basis: derived
      because: s 4, 20 is not below 18
      given: { household: { children: { ana: { birth_date: 2005-03-01 } } } }
      expect: { grant/ana: entitled }
    """

  @Test func tellsWhatFailedAndWhy() throws {
    let found = try Grant.report(Self.cases)
    #expect(
      difference(
        found: found,
        wanted: """
          ✗ test.grant: the second tier
            grant.test.yaml:11:15: household.tier
              expected  1  (a guide, page 3)
              got       2
              because   household.tier = 2, row_2 (act s 2)
                        <- household.income = 15000 EUR/year
            grant.test.yaml:11:34: grant/ana amount
              expected  60.01 EUR/month  (a guide, page 3)
              got       60 EUR/month
              because   person/ana.amount = 60 EUR/month, case_2 (act s 3)
                        <- household.tier = 2, row_2 (act s 2)
                        <- household.income = 15000 EUR/year

          ✗ test.grant: not told
            grant.test.yaml:14:15: grant/ana outcome
              expected  undetermined  (no source)
              got       not_entitled
              because   person/ana.qualifies.residence = false (act s 1)
                        <- household.resident = false

          ✗ test.grant: a child of twenty
            grant.test.yaml:19:15: grant/ana outcome
              expected  entitled  (derived: s 4, 20 is not below 18)
              got       not_entitled
              because   person/ana.qualifies.age = false (act s 4)
                        <- person/ana.birth_date = 2005-03-01

          3 cases in 1 file: 3 failed, 0 passed
          1 of 4 expectations has no source; 1 is derived from the law
            grant.test.yaml: 1 of 4

          """) == nil)
  }

  @Test func writesJUnit() throws {
    let run = SuiteRun(try Grant.suite("- { name: \"a < b\", expect: { household.tier: 1 } }"))
    #expect(
      JUnitReport().render([run]) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites tests="1" failures="1">
          <testsuite name="test.grant" tests="1" failures="1">
            <testcase classname="test.grant" name="a &lt; b" file="grant.test.yaml" line="9">
              <failure message="household.tier: expected 1, got 2">household.tier = 2, row_2 (act s 2) &lt;- household.income = 15000 EUR/year</failure>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test func writesJSON() throws {
    let run = SuiteRun(
      try Grant.suite(
        "- { name: it, source: s, suppose: { household.share: 1 }, expect: { household.tier: 1 } }")
    )
    #expect(
      JSONValue.object(TestJSON().value([run])).compact == """
        {"cases":1,"failed":1,"could_not_run":0,"expectations":1,"unsourced":0,"recorded":0,"derived":0,"rulebooks":[{"rulebook":\
        "test.grant","cases":[{"name":"it","file":"grant.test.yaml","line":9,"passed":false,\
        "supposed":["household.share"],"failures":[{"name":"household.tier","line":9,"expected":"1",\
        "got":"2","because":["household.tier = 2, row_2 (act s 2)","household.income = 15000 \
        EUR/year"],"source":"s"}]}],"could_not_run":[]}]}
        """)
  }

  /// A case that is faulty is no failure, and no pass either.
  @Test func tellsWhatCouldNotRun() throws {
    let run = SuiteRun(
      try Grant.suite(
        """
        - { name: sound, source: s, expect: { household.tier: 2 } }
        - { name: faulty, source: s, expect: { household.teir: 2 } }
        """))
    #expect(
      JUnitReport().render([run]) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites tests="2" failures="0" errors="1">
          <testsuite name="test.grant" tests="2" failures="0" errors="1">
            <testcase classname="test.grant" name="sound" file="grant.test.yaml" line="9"/>
            <testcase classname="test.grant" name="faulty" file="grant.test.yaml" line="10">
              <error message="Z004: the rulebook has no rule or benefit `household.teir`"/>
            </testcase>
          </testsuite>
        </testsuites>

        """)
    #expect(
      JSONValue.object(TestJSON().value([run])).compact == """
        {"cases":2,"failed":0,"could_not_run":1,"expectations":1,"unsourced":0,"recorded":0,"derived":0,\
        "rulebooks":[{"rulebook":"test.grant","cases":[{"name":"sound","file":"grant.test.yaml","line":9,\
        "passed":true,"supposed":[],"failures":[]}],"could_not_run":[{"name":"faulty",\
        "file":"grant.test.yaml","line":10,"problems":\
        ["Z004: the rulebook has no rule or benefit `household.teir`"]}]}]}
        """)
  }

  /// What was supposed is marked, in a case that passes too.
  @Test func marksWhatIsSupposed() throws {
    let suite = try Grant.suite(
      "- { name: it, source: s, suppose: { household.tier: 1 }, expect: { person/ana.amount: 120 } }"
    )
    let run = SuiteRun(suite)
    #expect(
      TestText().render([run]) == """
        1 case in 1 file: all passed
        1 case supposes what a rule would say, and does not test it

        """)
    #expect(
      JUnitReport().render([run]).contains(
        """
              <properties>
                <property name="supposed" value="household.tier"/>
              </properties>
        """))
  }

  @Test func filters() throws {
    let run = SuiteRun(try Grant.suite(Self.cases).filtered { $0.contains("tier") })
    #expect(run.results.map(\.fixture.name) == ["the second tier"])
  }
}
