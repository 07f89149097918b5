import AnnonaEngine
import AnnonaLanguage
import AnnonaTesting
import Support
import Testing

/// For each kind of coverage a small rulebook whose figures are counted by hand.
@Suite struct CoverageTests {
  /// The names of what is missing of a kind, and the count.
  private func missing(
    _ kind: CoverageKind, _ rules: String, _ cases: [String]
  ) throws -> (names: [String], count: CoverageReport.Count?) {
    let head = """
      rulebook: test.cover
      currency: EUR
      case: household
      in_force: { from: 2024-01-01 }
      sources: { act: { title: Act } }
      entities:
        household:
          facts:
            income: { type: EUR/year, min: 0 }
            size: { type: integer, min: 1 }
            a: boolean
            b: boolean
            since: { type: date, max: today }

      """
    let (program, found) = checked(head + rules)
    let text =
      "tests: test.cover\ntoday: 2025-03-01\ncases:\n"
      + cases.enumerated().map { "  - { name: c\($0), \($1) }\n" }.joined()
    let suite = FixtureSuite(
      try #require(program, "\(found.map(\.message))"),
      [SourceFile(path: "cover.test.yaml", text: text)])
    #expect(suite.diagnostics.map(\.message) == [])
    let exercise = Exercise()
    #expect(SuiteRun(suite, noting: exercise).failed.map(\.fixture.name) == [])
    let report = CoverageReport(suite.program, exercise)
    return (
      report.missing.filter { $0.kind == kind }.map(\.name),
      report.counts.first { $0.kind == kind }
    )
  }

  private static let tier = """
    rules:
      household.tier:
        table: |
          income in EUR/year || tier | cites
          up to 100          || 1    | act s 1
          above 100 to 200   || 2    | act s 2
          above 200          || 3    | act s 3
    """

  private func income(_ income: String, _ tier: Int) -> String {
    "given: { income: \(income) }, expect: { household.tier: \(tier) }"
  }

  @Test func rules() throws {
    let rules = """
      rules:
        household.one: income * 2
        household.two: household.one + 1 EUR/year
        household.dated: { from: { 2024-01-01: { value: 1 }, 2025-01-01: { value: 2 } } }
      """
    let found = try missing(
      .rules, rules,
      [
        // What is supposed is not exercised.
        "suppose: { household.one: 2 }, expect: { household.two: 3 }",
        "expect: { household.dated: 2 }",
      ])
    #expect(found.names == ["household.one", "household.dated from 2024-01-01"])
    #expect([found.count?.covered, found.count?.total] == [2, 4])
  }

  @Test func outcomes() throws {
    let rules = """
      rules: { household.poor: income < 10 EUR/year }
      benefits: { grant: { applies: household.a, entitled: household.poor } }
      """
    let found = try missing(
      .outcomes, rules,
      [
        "given: { a: true, income: 3 }, expect: { grant: entitled }",
        "given: { a: true }, expect: { grant: undetermined }",
      ])
    #expect(found.names == ["grant not_entitled", "grant not_applicable"])
    #expect(found.count?.percent == 50)
  }

  @Test func rows() throws {
    let found = try missing(.branches, Self.tier, [income("7", 1), income("207", 3)])
    #expect(found.names == ["household.tier, row_2: `above 100 to 200 || 2 | act s 2`"])
    // 2 of 3 is 66 %, never 67.
    #expect(found.count?.percent == 66)
  }

  @Test func branches() throws {
    let rules = """
      rules:
        household.x:
          cases:
            - { when: a, value: 1 }
            - { when: b, value: 2 }
            - otherwise: 3
        household.y: if a then 1 else 2
        household.z: max(0, income - 10 EUR/year)
      """
    let found = try missing(
      .branches, rules,
      [
        "given: { a: false, b: true, income: 7 }, "
          + "expect: { household.x: 2, household.y: 2, household.z: 0 }"
      ])
    #expect(
      found.names == [
        "household.x, case_1: `a`", "household.x, otherwise", "household.y: `1`",
        "household.z: `income - 10 EUR/year` as the result of `max(0, income - 10 EUR/year)`",
      ])
    #expect([found.count?.covered, found.count?.total] == [3, 7])
  }

  @Test func exceptions() throws {
    let rules = """
      rules:
        household.x:
          value: 1
          exceptions:
            one: { when: a, value: 2, exceptions: { inner: { when: b, value: 3 } } }
      """
    let found = try missing(
      .exceptions, rules, ["given: { a: true, b: false }, expect: { household.x: 2 }"])
    #expect(found.names == ["household.x.one not applying", "household.x.one.inner applying"])
    #expect([found.count?.covered, found.count?.total] == [2, 4])
  }

  /// 100 is the last of the first row, 100.01 the first of the second; 150 is on neither side.
  @Test func boundaries() throws {
    let all = try missing(.boundaries, Self.tier, [income("150", 2)])
    #expect(
      all.names == [
        "household.tier, row_1: `income` at `100`",
        "household.tier, row_1: `income` just above `100`",
        "household.tier, row_2: `income` just above `100`",
        "household.tier, row_2: `income` at `100`",
        "household.tier, row_2: `income` at `200`",
        "household.tier, row_2: `income` just above `200`",
        "household.tier, row_3: `income` just above `200`",
        "household.tier, row_3: `income` at `200`",
      ])
    let some = try missing(.boundaries, Self.tier, [income("100", 1), income("200.01", 3)])
    #expect(
      some.names == [
        "household.tier, row_1: `income` just above `100`",
        "household.tier, row_2: `income` just above `100`",
        "household.tier, row_2: `income` at `200`", "household.tier, row_3: `income` at `200`",
      ])
    let sharp = try missing(
      .boundaries, Self.tier,
      [income("100", 1), income("100.01", 2), income("200", 2), income("200.01", 3)])
    #expect(sharp.names == [])
  }

  /// Whole numbers and days are one apart; the side that no value can be on is not asked for.
  @Test func boundariesOfOtherKinds() throws {
    let rules = """
      rules:
        household.crowded: size > 4
        household.early: since < 2025-01-01
        household.there: size >= 1
        household.half: income / 2 <= 50 EUR/year
      """
    let found = try missing(
      .boundaries, rules,
      [
        "given: { size: 5, since: 2024-12-31, income: 100.01 }, expect: { household.crowded: true, "
          + "household.early: true, household.half: false }",
        "given: { size: 6, since: 2025-01-02 }, "
          + "expect: { household.crowded: true, household.early: false }",
      ])
    #expect(
      found.names == [
        "household.crowded: `size` at `4`", "household.early: `since` at `2025-01-01`",
        "household.there: `size` at `1`", "household.half: `income / 2` at `50 EUR/year`",
      ])
  }

  /// A year that is completed lasts a year: only its first day, and the last before, are at the bound.
  @Test(arguments: [
    ("2009-03-02", ["first"]), ("2009-03-01", ["last"]), ("2009-06-01", ["last", "first"]),
    ("2008-06-01", ["last", "first"]), ("1990-03-01", ["last", "first"]),
  ])
  func ages(_ since: String, _ missingDays: [String]) throws {
    let rules = """
      calendar: { leap_day_birthday: mar_1, month_overflow: last_day }
      rules:
        household.completed: age(since)
        household.young: age(since) < 16 years
        household.by_rule: household.completed < 16 years
        household.by_months: years_between(since, today) < 16 years
        household.group:
          table: |
            household.completed in year || value
            below 16                || 1
            otherwise               || 2
      """
    let young = since > "2009-03-01"
    let found = try missing(
      .boundaries, rules,
      [
        "given: { since: \(since) }, expect: { household.young: \(young), household.by_rule: \(young), "
          + "household.by_months: \(young), household.group: \(young ? 1 : 2) }"
      ])
    let subjects = [
      ("household.young: `age(since)`", "16 years"),
      ("household.by_rule: `household.completed`", "16 years"),
      ("household.by_months: `years_between(since, today)`", "16 years"),
      ("household.group, row_1: `household.completed`", "16"),
    ]
    let names = subjects.flatMap { subject, limit in
      missingDays.map { day in
        "\(subject) \(day == "last" ? "just below" : "at") `\(limit)`, on the \(day) day"
      }
    }
    #expect(found.names == names)
  }

  /// What functions and payments say is listed with the rest.
  @Test func functionsAndPayments() throws {
    let rules = """
      functions:
        band:
          takes: { x: EUR/year }
          type: integer
          cases:
            - { when: x < 10 EUR/year, value: 1 }
            - otherwise: 2
      rules: { household.x: band(income), household.sum: { type: EUR, value: 5 } }
      benefits:
        grant:
          entitled: household.a
          pays: { once: { amount: "if household.b then household.sum else 2 EUR", once: today } }
      """
    let cases = [
      "given: { income: 3 }, expect: { household.x: 1 }",
      "given: { a: true, b: true }, expect: { grant: { total: 5 } }",
    ]
    #expect(
      try missing(.branches, rules, cases).names == [
        "grant: `2 EUR`", "band, otherwise",
      ])
    #expect(
      try missing(.boundaries, rules, cases).names == [
        "band: `x` just below `10 EUR/year`", "band: `x` at `10 EUR/year`",
      ])
  }

  @Test(arguments: [
    ([(true, true), (true, false), (false, true)], [Int]()),
    ([(true, true), (true, false)], [0]),
    ([(true, true), (false, false)], [0, 1]),
    ([(true, false), (false, true)], [0, 1]),
  ])
  func conditions(_ met: [(Bool, Bool)], _ missingPositions: [Int]) throws {
    let rules = """
      rules:
        household.named: { all: { first: { if: a }, second: { if: b } } }
        household.formula: a and b
        household.either: not a or not b
      """
    let cases = met.map { a, b in
      "given: { a: \(a), b: \(b) }, expect: { household.named: \(a && b), "
        + "household.formula: \(a && b), household.either: \(!a || !b) }"
    }
    let found = try missing(.conditions, rules, cases)
    let names = [
      ["household.named.first alone", "household.named.second alone"],
      ["household.formula: `a` alone", "household.formula: `b` alone"],
      ["household.either: `not a` alone", "household.either: `not b` alone"],
    ]
    #expect(found.names == names.flatMap { pair in missingPositions.map { pair[$0] } })
  }

  @Test func periods() throws {
    let rules = """
      parameters:
        limit:
          type: EUR/year
          until_further_notice: true
          values: { 2020-01-01: 1, 2024-01-01: 2, 2025-01-01: 3, 2026-01-01: 4 }
      rules: { household.x: limit }
      """
    let found = try missing(
      .periods, rules,
      ["expect: { household.x: 3 }", "today: 2026-05-01, expect: { household.x: 4 }"])
    // The figure of 2020 ended before the rulebook began.
    #expect(found.names == ["limit from 2024-01-01"])
    #expect([found.count?.covered, found.count?.total] == [2, 3])
  }

  @Test func provisions() throws {
    let found = try missing(.provisions, Self.tier, [income("7", 1)])
    #expect(found.names == ["act s 2", "act s 3"])
  }

  /// What a case does not expect, it does not exercise, even where a decision would reach it.
  @Test func onlyWhatIsExpectedCounts() throws {
    let rules = """
      rules: { household.one: income * 2, household.two: income * 3 }
      benefits: { grant: { entitled: household.a, amount: household.one } }
      """
    let found = try missing(.rules, rules, ["given: { income: 1 }, expect: { household.two: 3 }"])
    #expect(found.names == ["household.one"])
  }
}
