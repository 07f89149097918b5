import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import RandomPrograms
import Testing

/// The law of `Rules/` and the reference programme: every rulebook runs in columns, and says there what the plain evaluator says.
struct RulePlanTests {
  static let rulebooks = [
    "Benchmarks/programme", "Rules/fr/allocations_familiales", "Rules/fr/prime_naissance",
    "Rules/nz/rates_rebate", "Rules/pt/abono_de_familia", "Rules/pt/abono_pre_natal",
    "Rules/pt/complemento_garantia_infancia", "Rules/pt/garantia_infancia", "Rules/pt/nascimento",
    "Rules/pt/tarifa_social", "Rules/uk/child_benefit", "Rules/us/fema_ihp",
  ]

  @Test(arguments: rulebooks)
  func rulebookAgrees(path: String) throws {
    let program = try #require(try Rulebook.load(at: path).rulebook).program
    var tally = PlanComparison.Tally()
    for (index, text) in ["2023-02-28", "2024-07-01", "2025-07-01"].enumerated() {
      let today = try #require(CalendarDate(text: text))
      let cases = (0..<40).map { seed in
        RandomHousehold.make(
          program, today: today, missing: seed < 28 ? 0 : 12, seed: UInt64(index * 1_000 + seed))
      }
      var comparison = PlanComparison(program, cases, today: today)
      for isForComplete in [true, false] {
        comparison.compare(
          try Plan(
            program, today: today, isForComplete: isForComplete, wantsConditions: true))
      }
      #expect(
        comparison.differences.isEmpty, "as of \(text): \(comparison.differences.prefix(3))")
      tally += comparison.tally
    }
    print("\(path): \(tally)")
  }
}
