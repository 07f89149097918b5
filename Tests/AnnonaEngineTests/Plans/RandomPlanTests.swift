import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Random programs, on which plans must say what the plain evaluator says.
struct RandomPlanTests {
  static var count: Int { getenv("ANNONA_PROGRAMS").flatMap { Int(String(cString: $0)) } ?? 1_000 }
  static var first: Int { getenv("ANNONA_SEED").flatMap { Int(String(cString: $0)) } ?? 1 }

  @Test func randomProgramsAgree() throws {
    var tally = PlanComparison.Tally()
    var planned = 0
    var reasons: [String: Int] = [:]
    for seed in Self.first..<Self.first + Self.count {
      let program = RandomProgram(UInt64(seed)).withBenefit()
      var random = SeededRandom(seed: UInt64(seed) &+ 0x1000)
      var cases: [Case] = []
      for index in 0..<4 {
        var facts = RandomCase(program, &random)
        facts.give(index < 3 ? 100 : 70, except: [], &random)
        cases.append(facts.given)
      }
      let today = CalendarDate.earliest
      var comparison = PlanComparison(program, cases, today: today)
      for isForComplete in [true, false] {
        do throws(Unplannable) {
          comparison.compare(try Plan(program, today: today, isForComplete: isForComplete))
          planned += 1
        } catch {
          reasons[error.description, default: 0] += 1
        }
      }
      tally += comparison.tally
      #expect(comparison.differences.isEmpty, "seed \(seed): \(comparison.differences.prefix(3))")
    }
    #expect(planned * 10 >= Self.count * 2 * 9, "too many programs are left to the plain evaluator")
    #expect(tally.settled * 10 >= tally.decisions * 4)
    print("\(planned) of \(Self.count * 2) plans made; \(tally)")
    for (reason, count) in reasons.sorted(by: { $0.value > $1.value }) {
      print("  \(count) not planned: \(reason)")
    }
  }
}

extension RandomProgram {
  /// A benefit that grants by the last truth, and pays the last number, rounded.
  func withBenefit() -> Program {
    var program = program
    program.files = [SourceFile(path: "random", bytes: Array(repeating: 32, count: 4_096))]
    let household = program.rules.indices.filter {
      program.rules[$0].entity == EntityID(0) && program.rules[$0].parent == nil
    }
    let span = Span(file: 0, start: 0, end: 0)
    let this = Expression(.enclosing(0), type: .entity(EntityID(0)), span: span)
    var benefit = Benefit(name: "grant", span: span)
    let truth = household.last { program.rules[$0].type == .boolean }
    let number = household.last { program.rules[$0].type != .boolean }
    let yes = Expression(.constant(.boolean(true)), type: .boolean, span: span)
    benefit.entitled =
      truth.map { Expression(.rule(RuleID($0), of: this, output: nil), type: .boolean, span: span) }
      ?? yes
    if let number {
      let type = program.rules[number].type
      let value = Expression(.rule(RuleID(number), of: this, output: nil), type: type, span: span)
      let step = Expression(.constant(.number(.one)), type: type, span: span)
      benefit.amount = Expression(.round(value, step: step, .halfUp), type: type, span: span)
    }
    program.benefits = [benefit]
    program.rulebooks = [
      RulebookHeader(
        id: "random", title: LocalizedText(), language: "en", currency: nil,
        inForce: program.inForce)
    ]
    return program
  }
}
