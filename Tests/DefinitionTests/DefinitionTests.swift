import Foundation
import Testing

/// The engine against a definition written for clarity, on random rulebooks, every household of each tried.
///
/// `ANNONA_MODELS=100000` runs more of them, `ANNONA_SEED=7` others.
@Suite("The definition") struct DefinitionTests {
  private static let environment = ProcessInfo.processInfo.environment
  static let models = environment["ANNONA_MODELS"].flatMap { Int($0) } ?? 1600
  static let seed = environment["ANNONA_SEED"].flatMap { UInt64($0) } ?? 2025

  @Test(arguments: 0..<8) func isWhatTheEngineSays(part: Int) {
    var held = 0
    var refused = 0
    for index in 0..<(Self.models / 8) {
      let seed = Self.seed &* 1_000_003 &+ UInt64(part) &* 100_000_007 &+ UInt64(index)
      let model = Generator.model(seed: seed)
      switch Examination.verdict(model, seed: seed) {
      case .holds: held += 1
      case .tooLarge: break
      case .refused(let problem):
        refused += 1
        // Exceptions that always clash, rows that never apply, a second test for null, a divisor that is only zero.
        let expected: Set = ["R021", "T003", "U007", "U012"]
        #expect(Set(problem.codes).isSubset(of: expected), "seed \(seed)\n\(problem.text)")
      case .fails:
        report(model, seed)
        return
      }
    }
    #expect(held > refused, "\(held) models held, \(refused) were refused")
  }

  /// The smallest rulebook that still shows it.
  private func report(_ model: Model, _ seed: UInt64) {
    func failure(_ model: Model) -> String? {
      if case .fails(let failure) = Examination.verdict(model, seed: seed) { return failure }
      return nil
    }
    let small = model.shrunk { failure($0) != nil }
    let text = Printer.files(small).map(\.text).joined()
    Issue.record("seed \(seed): \(failure(small) ?? "")\n\(text)")
  }
}
