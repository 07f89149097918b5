import AnnonaEngine
import AnnonaLanguage
import AnnonaTesting
import AnnonaValues
import RandomPrograms
import Support
import Testing

/// The households of the law's own fixtures, and others like them, come to the same in columns.
///
/// Random households seldom have a right to anything; those of fixtures do, and stand at the law's limits.
@Suite struct FixturePlanTests {
  static let seed: UInt64 = 20_262

  @Test(arguments: (try? FixtureTests.suites.get()) ?? [])
  func agree(_ suite: FixtureSuite) throws {
    let program = suite.program
    var random = SeededRandom(seed: Self.seed)
    let households = Dictionary(
      grouping: suite.fixtures.filter(\.suppositions.isEmpty), by: \.today)
    var tally = PlanComparison.Tally()
    for (today, fixtures) in households.sorted(by: { $0.key < $1.key }) {
      let cases = fixtures.flatMap { fixture in
        [fixture.facts] + (0..<2).map { _ in varied(fixture.facts, program, &random) }
      }
      var comparison = PlanComparison(program, cases, today: today)
      comparison.compare(
        try Plan(program, today: today, isForComplete: false, wantsConditions: true))
      #expect(
        comparison.differences.isEmpty,
        "seed \(Self.seed), as of \(today): \(comparison.differences.prefix(3))")
      tally += comparison.tally
    }
    print("\(program.id): \(tally)")
  }

  /// With every sum of money somewhere from half to one and a half of it.
  private func varied(_ facts: Case, _ program: Program, _ random: inout SeededRandom) -> Case {
    var builder = Case.Builder(program, from: facts)
    for (index, instance) in facts.instances.enumerated() {
      for id in program.entities[instance.entity].facts {
        guard case .number(let type) = program.facts[id].type.present, type.unit.currency != nil,
          case .known(.number(let number)) = facts.state(of: id, for: Int32(index)),
          let share = try? Number(random.int(50...150)) / Number(100),
          let scaled = try? (number * share).rounded(
            to: program.facts[id].step ?? Number(text: "0.01") ?? .one, .floor)
        else { continue }
        builder.set(id, of: Int32(index), to: .known(.number(scaled)))
      }
    }
    return builder.build()
  }
}
