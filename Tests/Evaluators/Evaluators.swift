import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import RandomPrograms

#if canImport(Glibc)
  import Glibc
#endif

/// Holds all evaluators equal over random programs, and says how many run in columns:
///
///     make evaluators PROGRAMS=100000 SEED=1
///
/// A difference is shrunk to the smallest program and household that still show it; then the run has failed.
@main
struct Evaluators {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
    let count = arguments.first ?? 100_000
    let first = arguments.dropFirst().first ?? 1
    var tally = EvaluatorRound.Tally()
    var different = 0
    for seed in first..<first + count {
      let round = EvaluatorRound(seed: seed)
      let differences = round.run(&tally)
      if !differences.isEmpty {
        different += 1
        if different <= 5 { report(round, seed) }
      }
      if (seed - first + 1) % 10_000 == 0 {
        print("\(seed - first + 1) programs, \(different) differ")
        fflush(nil)
      }
    }
    print("\(tally.programs) programs from seed \(first), \(different) differ")
    print("\(percent(tally.shareInColumns)) run in columns")
    print("\(tally.comparison)")
    for (reason, count) in tally.unplanned.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      print("  \(count) not in columns: \(reason)")
    }
    try law()
    if different > 0 { exit(1) }
  }

  private static func report(_ round: EvaluatorRound, _ seed: UInt64) {
    let smallest = round.shrunk { !$0.differences.isEmpty }
    print("seed \(seed): \(smallest.differences.joined(separator: "; "))\n\(smallest.text)\n")
  }

  /// The rulebooks of `Rules/`, as far as they decide something.
  private static func law() throws {
    guard let today = CalendarDate(text: "2025-07-01") else { return }
    var all = 0
    var planned = 0
    for rulebook in try RulebookFolder.rulebooks(below: "Rules") {
      let library = RulesFolder("Rules")
      guard let loaded = Rulebook.load(files: rulebook.files, imports: library).rulebook,
        !loaded.program.benefits.isEmpty
      else { continue }
      all += 1
      if let why = loaded.prepared(on: today).whyPlain {
        print("  \(rulebook.id) is not in columns: \(why)")
      } else {
        planned += 1
      }
    }
    print("\(planned) of the \(all) rulebooks of Rules/ that decide something run in columns")
  }

  private static func percent(_ hundredths: Int) -> String {
    "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) %"
  }
}
