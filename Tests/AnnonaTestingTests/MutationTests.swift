import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaTesting
import Foundation
import Support
import Testing

/// For each kind of change a small rulebook of which the changes can be counted by hand, and the ones that a weak file of fixtures misses.
@Suite struct MutationTests {
  private func suite(_ rules: String, _ cases: [String]) throws -> FixtureSuite {
    let head = """
      rulebook: test.mutate
      currency: EUR
      case: household
      in_force: { from: 2024-01-01 }
      entities:
        household:
          facts:
            income: { type: EUR/year, min: 0 }
            helped: { type: boolean, default: false }
            a: boolean
            b: boolean
            since: date
          has: { children: list of person }
        person:
          facts: { ok: boolean, size: { type: integer, min: 0, max: 9 } }

      """
    let (program, found) = checked(head + rules)
    let text =
      "tests: test.mutate\ntoday: 2025-03-01\ncases:\(cases.isEmpty ? " []" : "")\n"
      + cases.enumerated().map { "  - { name: c\($0), \($1) }\n" }.joined()
    let suite = FixtureSuite(
      try #require(program, "\(found.map(\.message))"),
      [SourceFile(path: "mutate.test.yaml", text: text)])
    #expect(suite.diagnostics.map(\.message) == [])
    #expect(SuiteRun(suite).failed.map(\.fixture.name) == [])
    return suite
  }

  private func result(
    _ rules: String, _ cases: [String]
  ) throws -> (result: Mutation.Result, names: [String]) {
    let result = Mutation(try suite(rules, cases)).run(tries: 50, seed: 3)
    return (result, result.survivors.map(\.mutant.name))
  }

  // MARK: - Each operator

  struct Operator: Sendable, CustomTestStringConvertible {
    let change: Mutant.Change
    let rules: String
    let mutants: [String]
    var testDescription: String { change.rawValue }
  }

  /// Every mutant of one kind, counted by hand.
  static let operators: [Operator] = [
    Operator(
      change: .rowRemoved,
      rules: """
        rules:
          household.x: { cases: [ { when: a, value: 1 }, { when: b, value: 2 }, { otherwise: 3 } ] }
          household.t:
            table: |
              a     || value
              true  || 1
              false || 2
        """,
      mutants: [
        "household.x: case_1 removed", "household.x: case_2 removed",
        "household.t: row_1 removed: `true || 1`", "household.t: row_2 removed: `false || 2`",
      ]),
    Operator(
      change: .conditionDropped,
      rules: """
        rules:
          household.f: a and b
          household.n: { all: { one: { if: a }, two: { if: b } } }
          household.c: if a then 1 else 2
          household.w: { when: a, value: 1 }
        benefits: { grant: { applies: household.a, entitled: household.b } }
        """,
      mutants: [
        "household.f: `a and b` without `a`", "household.f: `a and b` without `b`",
        "household.n: without `household.n.one`", "household.n: without `household.n.two`",
        "household.c: `if a then 1 else 2` always `1`",
        "household.c: `if a then 1 else 2` always `2`", "household.w: without `when`",
        "grant: without `applies`", "grant: without `entitled`",
      ]),
    Operator(
      change: .alternativeDropped,
      rules: """
        rules:
          household.f: a or b
          household.n: { any: { one: { if: a }, two: { if: b } } }
          person.t:
            table: |
              size || value
              1, 3 || 1
              otherwise || 2
        """,
      mutants: [
        "household.f: `a or b` without `a`", "household.f: `a or b` without `b`",
        "household.n: without `household.n.one`", "household.n: without `household.n.two`",
        "person.t: row_1: one of `1, 3` dropped", "person.t: row_1: one of `1, 3` dropped",
      ]),
    Operator(
      change: .boundaryMoved,
      rules: """
        rules:
          household.f: income < 10 EUR/year
          person.t:
            table: |
              size         || value
              up to 3      || 1
              above 3 to 5 || 2
              otherwise    || 3
        """,
      mutants: [
        "household.f: `income < 10 EUR/year` with `<=`", "person.t: row_1: `up to 3` as `<`",
        "person.t: row_2: `above 3 to 5` with its lower end",
        "person.t: row_2: `above 3 to 5` without its upper end",
      ]),
    Operator(
      change: .comparisonTurned, rules: "rules: { person.f: size = 3, person.g: size != 4 }",
      mutants: ["person.f: `size = 3` with `!=`", "person.g: `size != 4` with `=`"]),
    Operator(
      change: .constantChanged,
      rules: """
        parameters: { rate: { type: percent, until_further_notice: true, values: { 2024-01-01: 5 % } } }
        functions: { double: { takes: { x: number }, type: number, value: 2 * x } }
        rules:
          household.f: income + 10 EUR/year
          household.g: income * rate
          household.h: double(3.5)
        """,
      mutants: [
        "household.f: `10 EUR/year` as `10.01`", "household.f: `10 EUR/year` as `9.99`",
        "household.h: `3.5` as `3.51`", "household.h: `3.5` as `3.49`", "double: `2` as `3`",
        "double: `2` as `1`", "rate from 2024-01-01: `0.06`", "rate from 2024-01-01: `0.04`",
      ]),
    Operator(
      change: .dateMoved,
      rules: """
        parameters: { p: { type: EUR/year, until_further_notice: true, values: { 2025-01-01: 5 } } }
        rules:
          household.f: since < 2025-03-01
          household.v: { from: { 2024-01-01: { value: 1 }, 2025-01-01: { value: 2 } } }
          household.q: income + p
        """,
      mutants: [
        "household.f: `2025-03-01` as `2025-03-02`", "household.f: `2025-03-01` as `2025-02-28`",
        "household.v: from `2024-01-02` in place of `2024-01-01`",
        "household.v: from `2023-12-31` in place of `2024-01-01`",
        "household.v: from `2025-01-02` in place of `2025-01-01`",
        "household.v: from `2024-12-31` in place of `2025-01-01`",
        "p: from `2025-01-02` in place of `2025-01-01`",
        "p: from `2024-12-31` in place of `2025-01-01`",
      ]),
    Operator(
      change: .connective,
      rules: """
        rules: { household.f: a and b, household.g: a or b, household.n: { all: { one: { if: a }, two: { if: b } } } }
        """,
      mutants: [
        "household.f: `a and b` with `or`", "household.g: `a or b` with `and`",
        "household.n: `any` for `all`",
      ]),
    Operator(
      change: .quantifier,
      rules: """
        rules:
          household.s: some c in children satisfies c.ok
          household.e: every c in children satisfies c.ok
        """,
      mutants: [
        "household.s: `some c in children satisfies c.ok` with `every`",
        "household.e: `every c in children satisfies c.ok` with `some`",
      ]),
    Operator(
      change: .aggregate,
      rules: """
        rules:
          household.s: sum(children.size)
          household.m: max(children.size default 0)
          household.c: count(children)
        """,
      mutants: [
        "household.s: `sum(children.size)` with `max`",
        "household.m: `max(children.size default 0)` with `min`",
      ]),
    Operator(
      change: .limitRemoved,
      rules: "rules:\n  household.f: max(5 EUR/year, min(income, 9 EUR/year))",
      mutants: [
        "household.f: `max(5 EUR/year, min(income, 9 EUR/year))` without `5 EUR/year`",
        "household.f: `max(5 EUR/year, min(income, 9 EUR/year))` without `min(income, 9 EUR/year)`",
        "household.f: `min(income, 9 EUR/year)` without `income`",
        "household.f: `min(income, 9 EUR/year)` without `9 EUR/year`",
      ]),
    Operator(
      change: .rounding,
      rules: """
        functions: { third: { takes: { x: EUR/year }, type: EUR/year, value: x / 3, round: 1 floor } }
        rules:
          household.f: { value: income / 3, round: 0.01 half_up }
          household.g: floor(income to 1 EUR/year)
          household.h: third(income)
        """,
      mutants: [
        "household.f: rounded `down`", "household.f: not rounded",
        "household.g: `floor(income to 1 EUR/year)` rounded `up`", "third: rounded `up`",
        "third: not rounded",
      ]),
    Operator(
      change: .exceptionRemoved,
      rules: """
        rules:
          household.x:
            value: 1
            exceptions: { one: { when: a, value: 2, exceptions: { inner: { when: b, value: 3 } } } }
        """,
      mutants: [
        "household.x: `household.x.one` removed", "household.x: `household.x.one.inner` removed",
      ]),
    Operator(
      change: .exceptionAlways,
      rules: """
        rules:
          household.x:
            value: 1
            exceptions: { one: { when: a, value: 2, exceptions: { inner: { when: b, value: 3 } } } }
        """,
      mutants: [
        "household.x: `household.x.one` always", "household.x: `household.x.one.inner` always",
      ]),
    Operator(
      change: .previousFigure,
      rules: """
        parameters:
          p:
            type: EUR/year
            until_further_notice: true
            values: { 2024-01-01: 5, 2025-01-01: 6, 2026-01-01: 6 }
        rules: { household.q: income + p }
        """,
      mutants: ["p from 2025-01-01: as before"]),
  ]

  @Test(arguments: operators) func isListed(_ operator: Operator) throws {
    let all = Mutation(try suite(`operator`.rules, [])).mutants
    let found = all.filter { $0.change == `operator`.change }.map(\.name)
    #expect(found == `operator`.mutants)
  }

  @Test func everyOperatorIsTested() {
    #expect(Set(Self.operators.map(\.change)) == Set(Mutant.Change.allCases))
  }

  // MARK: - What fixtures notice

  private static let tier = """
    rules:
      household.tier:
        table: |
          income in EUR/year || tier
          up to 100          || 1
          above 100          || 2
    """

  /// Two rows, each with a row to remove, a bound to move, a bound and an output to change by one unit more and less.
  @Test func tables() throws {
    let weak = try result(Self.tier, ["given: { income: 50 }, expect: { household.tier: 1 }"])
    #expect(weak.result.total == 12)
    #expect(
      weak.names == [
        "household.tier: row_1: `up to 100` as `<`",
        "household.tier: row_1: `100` as `100.01`", "household.tier: row_1: `100` as `99.99`",
        "household.tier: row_2 removed: `above 100 || 2`",
        "household.tier: row_2: `above 100` as `>=`",
        "household.tier: row_2: `100` as `100.01`", "household.tier: row_2: `100` as `99.99`",
        "household.tier: row_2: `2` as `3`", "household.tier: row_2: `2` as `1`",
      ])
    let strong = try result(
      Self.tier,
      [
        "given: { income: 100 }, expect: { household.tier: 1 }",
        "given: { income: 100.01 }, expect: { household.tier: 2 }",
      ])
    #expect(strong.names == [])
  }

  @Test func conditions() throws {
    let rules = "rules: { household.x: a and b }"
    let weak = try result(
      rules, ["given: { a: true, b: true }, expect: { household.x: true }"])
    #expect(
      weak.names == [
        "household.x: `a and b` with `or`", "household.x: `a and b` without `a`",
        "household.x: `a and b` without `b`",
      ])
    let strong = try result(
      rules,
      [
        "given: { a: true, b: false }, expect: { household.x: false }",
        "given: { a: false, b: true }, expect: { household.x: false }",
      ])
    #expect(strong.names == [])
  }

  @Test func exceptions() throws {
    let rules = """
      rules:
        household.x:
          value: 1
          exceptions: { poor: { when: a, value: 2 } }
      """
    let weak = try result(rules, ["given: { a: true }, expect: { household.x: 2 }"])
    #expect(
      weak.names == [
        "household.x: `1` as `2`", "household.x: `1` as `0`",
        "household.x: `household.x.poor` always",
      ])
  }

  @Test func roundingAndLimits() throws {
    let rules = """
      rules:
        household.x:
          value: min(500 EUR/year, income / 3)
          round: 0.01 half_up
      """
    let weak = try result(rules, ["given: { income: 30 }, expect: { household.x: 10 }"])
    #expect(
      Set(weak.result.survivors.map(\.mutant.change))
        == [.rounding, .limitRemoved, .constantChanged])
    #expect(weak.result.scores.first { $0.change == .rounding }?.killed == 0)
  }

  @Test func figures() throws {
    let rules = """
      parameters:
        limit:
          type: EUR/year
          until_further_notice: true
          values: { 2024-01-01: 2, 2025-01-01: 3 }
      rules: { household.x: limit }
      """
    let weak = try result(rules, ["today: 2024-03-01, expect: { household.x: 2 }"])
    #expect(
      weak.names == [
        "limit: from `2024-01-02` in place of `2024-01-01`", "limit from 2025-01-01: `3.01`",
        "limit from 2025-01-01: `2.99`", "limit from 2025-01-01: as before",
        "limit: from `2025-01-02` in place of `2025-01-01`",
        "limit: from `2024-12-31` in place of `2025-01-01`",
      ])
    #expect(
      weak.result.equivalents.map(\.mutant.name) == [
        "limit: from `2023-12-31` in place of `2024-01-01`"
      ])
    let strong = try result(
      rules,
      [
        "today: 2024-01-01, expect: { household.x: 2 }",
        "today: 2024-12-31, expect: { household.x: 2 }",
        "today: 2025-01-01, expect: { household.x: 3 }",
      ])
    #expect(strong.names == [])
  }

  /// A survivor comes with a household for which it decides otherwise.
  @Test func aSurvivorIsToldApart() throws {
    let rules = Self.tier + "\nbenefits: { grant: { entitled: household.tier = 1 } }"
    let weak = try result(rules, ["given: { income: 50 }, expect: { household.tier: 1 }"])
    let moved = try #require(
      weak.result.survivors.first { $0.mutant.name.contains("`100` as `99.99`") })
    let difference = try #require(moved.difference)
    #expect(
      [difference.name, difference.now, difference.changed] == [
        "grant", "entitled", "error no_row",
      ])
  }

  /// Where no benefit shows it, the rule itself does; the bound is approached where no household is near.
  @Test func aRuleAloneIsToldApart() throws {
    let rules = "rules: { household.half: income / 2 + 7 EUR/year <= 100 EUR/year }"
    let weak = try result(rules, ["given: { income: 50 }, expect: { household.half: true }"])
    let moved = try #require(weak.result.survivors.first { $0.mutant.change == .boundaryMoved })
    let difference = try #require(moved.difference)
    #expect(
      [difference.name, difference.now, difference.changed] == ["household.half", "true", "false"])
  }

  /// Bounds that are written alike tell nothing apart: 33.33 on both sides, of 100 and of 99.99 thirds.
  @Test func whatIsWrittenAlikeIsNotToldApart() throws {
    let rules = """
      rules:
        household.third: { type: EUR, value: "if a then 100 EUR / 3 else 0 EUR", round: 0.01 half_up }
      """
    let weak = try result(rules, ["given: { a: true }, expect: { household.third: 33.33 }"])
    for survivor in weak.result.survivors {
      #expect(
        survivor.difference.map { $0.now != $0.changed } ?? true,
        "\(survivor.mutant.name): \(survivor.difference?.now ?? "")")
    }
    #expect(weak.names.contains("household.third: `100 EUR` as `99.99`"), "\(weak.names)")
  }

  /// What is printed for a survivor is a case that notices it, once the law has filled it in.
  @Test func whatIsPrintedNotices() throws {
    let cases = ["given: { income: 50 }, expect: { household.tier: 1 }"]
    let weak = try suite(Self.tier, cases)
    let result = Mutation(weak).run(tries: 50, seed: 3)
    let text = MutationText(weak, result).render()
    #expect(text.contains("household.tier is 1; so changed it would be error no_row\n"))
    let found = try #require(result.survivors.first { $0.mutant.name.contains("`100` as `99.99`") })
    let difference = try #require(found.difference)
    let given = try #require(text.split(separator: "\n").first { $0.contains("given:") })
      .trimmingPrefix(while: { $0 == " " })
    let completed = cases + ["\(given), expect: { \(difference.name): \(difference.now) }"]
    let again = try self.result(Self.tier, completed)
    #expect(again.names.count < result.survivors.count)
  }

  /// A case that fails notices nothing, since it would fail of anything.
  @Test func failingCasesCountForNothing() throws {
    let (program, _) = checked(Grant.text)
    let suite = try Grant.suite(
      "- { name: wrong, expect: { household.tier: 1 } }", program)
    let result = Mutation(suite).run(tries: 0, seed: 1)
    #expect(result.killed == 0)
    #expect(result.failing == 1)
    #expect(MutationText(suite, result).render().contains("  1 case fails without any change"))
  }

  @Test func isTheSameForTheSameSeed() throws {
    let cases = ["given: { income: 50 }, expect: { household.tier: 1 }"]
    let suite = try suite(Self.tier, cases)
    let texts = [5, 5].map {
      MutationText(suite, Mutation(suite).run(tries: 40, seed: $0)).render()
    }
    #expect(texts[0] == texts[1])
  }

  // MARK: - Equivalence

  /// What is proved to change nothing, and why; what stands in no list still counts.
  @Test(arguments: [
    (
      // Cents cannot lie between 100 and 100.005.
      "rules: { household.x: income < 100.005 EUR/year }", [String](),
      ["household.x: `income < 100.005 EUR/year` with `<=`: same bounds"]
    ),
    (
      // Two values of the household, which never meet.
      "rules: { household.x: income < 0 EUR/year - 1 EUR/year - income }", [],
      ["household.x: `income < 0 EUR/year - 1 EUR/year - income` with `<=`: same bounds"]
    ),
    (
      "rules:\n  household.x: max(0 EUR/year, income)", [],
      [
        "household.x: `max(0 EUR/year, income)` without `0 EUR/year`: same bounds",
        "household.x: `0 EUR/year` as `-0.01`: no proof",
      ]
    ),
    (
      "rules: { household.x: { value: income * 2, round: 0.01 half_up } }", [],
      [
        "household.x: rounded `down`: same bounds", "household.x: not rounded: same bounds",
      ]
    ),
    (
      """
      rules:
        household.x:
          hit: first
          table: |
            income in EUR/year || value
            up to 10           || 1
            10 to 20           || 2
            above 20           || 3
      """, [],
      [
        "household.x: row_2: `10 to 20` without its lower end: same table after normalisation",
        "household.x: row_2: `10` as `10.01`: same table after normalisation",
        "household.x: row_2: `10` as `9.99`: same table after normalisation",
        "household.x: row_3: `20` as `19.99`: same table after normalisation",
        "household.x: row_3: `above 20` as `>=`: same table after normalisation",
      ]
    ),
    (
      "rules: { household.x: if income >= 0 EUR/year then 1 else 2 }", [],
      [
        "household.x: `if income >= 0 EUR/year then 1 else 2` always `1`: unreachable",
        "household.x: `0 EUR/year` as `-0.01`: same bounds",
      ]
    ),
    (
      """
      parameters:
        p: { type: EUR/year, until_further_notice: true, values: { 2020-01-01: 1, 2022-01-01: 2, 2024-01-01: 2 } }
      rules: { household.x: income + p }
      """, [],
      [
        "p from 2020-01-01: `1.01`: unreachable", "p from 2020-01-01: `0.99`: unreachable",
        "p from 2022-01-01: `2.01`: unreachable",
        "p: from `2024-01-02` in place of `2024-01-01`: same table after normalisation",
      ]
    ),
    (
      // By default nobody is helped, but somebody may be.
      "rules: { household.x: if helped then 1 else 2 }",
      ["household.x: `if helped then 1 else 2` always `2`"], []
    ),
    (
      // Read as of another date, the old figure does matter.
      """
      parameters:
        p: { type: EUR/year, until_further_notice: true, values: { 2020-01-01: 1, 2022-01-01: 2 } }
      rules: { household.x: income + (p at 2021-01-01) }
      """, ["p from 2020-01-01: `1.01`"], []
    ),
  ])
  func equivalence(_ rules: String, _ survivors: [String], _ equivalents: [String]) throws {
    let found = try result(rules, [])
    let proved = found.result.equivalents.map {
      "\($0.mutant.name): \($0.ground.kind.rawValue)"
    }
    for name in equivalents where !name.hasSuffix(": no proof") {
      #expect(proved.contains(name), "\(name) in \(proved)")
    }
    for name in equivalents where name.hasSuffix(": no proof") {
      #expect(found.names.contains(String(name.dropLast(10))), "\(name) in \(found.names)")
    }
    for name in survivors { #expect(found.names.contains(name), "\(found.names)") }
  }

  /// No fixture may notice what is proved to change nothing.
  @Test(arguments: ["Rules/nz/rates_rebate", "Rules/uk/child_benefit", "Rules/us/fema_ihp"])
  func noMutantThatIsNoticedIsEquivalent(_ path: String) throws {
    let sources = try FixtureFolder.files(below: packageFolder.url.path + "/" + path)
    let id = try #require(FixtureFile(sources[0]).rulebook?.text)
    let loaded = try #require(try FixtureFolder.rulebook(called: id, beside: sources[0]))
    let suite = FixtureSuite(try #require(loaded.rulebook).program, sources)
    let mutation = Mutation(suite)
    let result = mutation.run(tries: 0, seed: 1)
    let unnoticed = Set(
      result.survivors.map(\.mutant.identity) + result.equivalents.map(\.mutant.identity))
    let proof = EquivalenceProof(suite.program)
    for mutant in mutation.mutants where !unnoticed.contains(mutant.identity) {
      #expect(Mutation.ground(mutant, proof) == nil, "\(mutant.name)")
    }
  }
}

extension Mutant {
  fileprivate var identity: String { "\(change) \(name) \(span)" }
}
