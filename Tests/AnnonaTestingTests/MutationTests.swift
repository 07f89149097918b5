import AnnonaLanguage
import AnnonaTesting
import Support
import Testing

/// For each kind of change a small rulebook of which the changes can be counted by hand, and the ones that a weak file of fixtures misses.
@Suite struct MutationTests {
  private func result(
    _ rules: String, _ cases: [String]
  ) throws -> (result: Mutation.Result, names: [String]) {
    let head = """
      rulebook: test.mutate
      currency: EUR
      case: household
      in_force: { from: 2024-01-01 }
      entities:
        household:
          facts:
            income: { type: EUR/year, min: 0 }
            a: boolean
            b: boolean

      """
    let (program, found) = checked(head + rules)
    let text =
      "tests: test.mutate\ntoday: 2025-03-01\ncases:\n"
      + cases.enumerated().map { "  - { name: c\($0), \($1) }\n" }.joined()
    let suite = FixtureSuite(
      try #require(program, "\(found.map(\.message))"),
      [SourceFile(path: "mutate.test.yaml", text: text)])
    #expect(suite.diagnostics.map(\.message) == [])
    #expect(SuiteRun(suite).failed.map(\.fixture.name) == [])
    let result = Mutation(suite).run(tries: 50, seed: 3)
    return (result, result.survivors.map(\.mutant.name))
  }

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
        "limit from 2025-01-01: `3.01`", "limit from 2025-01-01: `2.99`",
        "limit from 2025-01-01: as before",
      ])
  }

  /// A survivor comes with a household for which it decides otherwise.
  @Test func aSurvivorIsToldApart() throws {
    let rules = Self.tier + "\nbenefits: { grant: { entitled: household.tier = 1 } }"
    let weak = try result(rules, ["given: { income: 50 }, expect: { household.tier: 1 }"])
    let moved = try #require(
      weak.result.survivors.first { $0.mutant.name.contains("`100` as `99.99`") })
    #expect(moved.household != nil)
    #expect(moved.difference?.contains("by the mutant") == true)
  }
}
