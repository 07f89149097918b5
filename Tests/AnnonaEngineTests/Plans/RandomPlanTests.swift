import RandomPrograms
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Random programs, on which plans must say what the plain evaluator says; `make evaluators` runs many more.
struct RandomPlanTests {
  static var count: Int { getenv("ANNONA_PROGRAMS").flatMap { Int(String(cString: $0)) } ?? 1_000 }
  static var first: Int { getenv("ANNONA_SEED").flatMap { Int(String(cString: $0)) } ?? 1 }

  @Test func randomProgramsAgree() throws {
    var tally = EvaluatorRound.Tally()
    for seed in Self.first..<Self.first + Self.count {
      let round = EvaluatorRound(seed: UInt64(seed))
      let differences = round.run(&tally)
      guard !differences.isEmpty else { continue }
      let smallest = round.shrunk { !$0.differences.isEmpty }
      Issue.record("seed \(seed): \(smallest.differences.prefix(3))\n\(smallest.text)")
    }
    let comparison = tally.comparison
    #expect(tally.shareInColumns >= 9_000, "too many programs are left to the plain evaluator")
    #expect(comparison.settled * 10 >= comparison.decisions * 4)
    print("\(tally.plans) of \(Self.count * 2) plans made; \(comparison)")
    for (reason, count) in tally.unplanned.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      print("  \(count) not planned: \(reason)")
    }
  }

  /// Whatever a difference is, what is left of its program shows nothing else.
  @Test func differencesShrink() {
    func reads(_ round: EvaluatorRound) -> Bool { round.text.contains("fact2") }
    let rounds = (1...40).map { EvaluatorRound(seed: $0) }.filter(reads)
    #expect(rounds.count > 10)
    for round in rounds {
      let smallest = round.shrunk(while: reads)
      // A key that members are sorted by stands in a fact of the member that is picked: there are two then.
      let facts = smallest.text.contains("(sort ") ? 2 : 1
      #expect(smallest.text.split(separator: "fact").count == facts + 1, "\(smallest.text)")
      #expect(smallest.text.count <= round.text.count)
    }
  }
}
