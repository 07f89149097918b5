import AnnonaLanguage
import AnnonaTesting
import Testing

/// How the facts of a case, its suppositions and its rows are laid over the background.
@Suite struct GivenTests {
  @Test(arguments: [
    ("{ household: { income: 9_000 } }", "household.tier: 1"),
    ("{ income: 9_000 }", "household.tier: 1"),
    // A member is added, changed, taken out.
    ("{ household: { children: { rui: { birth_date: 2010-01-01 } } } }", "grant/rui: 60"),
    ("{ household: { children: { rui: { birth_date: 2010-01-01 } } } }", "grant/ana: 60"),
    ("{ household: { children: { ana: { birth_date: 2025-01-01 } } } }", "grant/ana: 170"),
    ("{ household: { children: { ana: removed } } }", "grant: not_applicable"),
    ("{ household: { children: [ { id: rui, birth_date: 2010-01-01 } ] } }", "grant/ana: 60"),
    // A fact taken out was never given.
    ("{ household: { income: removed } }", "grant/ana: { needs: [ household.income ] }"),
    ("{ household: { resident: false } }", "grant/ana: not_entitled"),
  ])
  func isLaidOver(_ given: String, _ expectation: String) throws {
    #expect(
      try Grant.report(
        "- { name: it, source: s, given: \(given), expect: { \(expectation) } }")
        == "1 case in 1 file: all passed\n")
  }

  @Test func startsInTheMiddle() throws {
    #expect(
      try Grant.report(
        """
        - name: a tier set for all
          source: s
          suppose: { household.tier: 1 }
          expect: { grant/ana: 120 }
        - name: an amount set for one
          source: s
          given: { household: { children: { rui: { birth_date: 2010-01-01 } } } }
          suppose: { person/ana.amount: 7.50 }
          expect: { grant/ana: 7.50, grant/rui: 60 }
        """)
        == "2 cases in 1 file: all passed\n"
        + "2 cases suppose what a rule would say, and do not test it\n")
  }

  @Test func aRowIsACase() throws {
    let suite = try Grant.suite(
      """
      - name: limits
        source: s
        table: |
          today      | household.income | person/ana.birth_date || household.tier | grant/ana
          2025-01-01 | 10_000           | 2019-01-01            || 1              | 120
          2024-12-31 | 10_000           | -                     || 1              | 100
          -          | 10_000.01        | -                     || 2              | -
          -          | 20_000.01        | 2007-03-01            || 3              | not_entitled
      - name: from the middle
        source: s
        table: |
          name     | household.tier || grant/ana.amount | grant/ana.outcome
          the poor | 1              || 120              | entitled
      """)
    #expect(suite.diagnostics.map(\.message) == [])
    #expect(
      suite.fixtures.map(\.name) == [
        "limits, row 1", "limits, row 2", "limits, row 3", "limits, row 4", "the poor",
      ])
    #expect(suite.fixtures.map(\.expectations.count) == [2, 2, 1, 2, 2])
    #expect(SuiteRun(suite).failed.isEmpty)
  }
}
