import AnnonaEngine
import AnnonaLanguage
import AnnonaTesting
import AnnonaValues

/// One random program with households of it, on which all evaluators must agree: the plain one, columns with and without wide
/// instructions, and the rows of one household.
package struct EvaluatorRound {
  package let program: Program
  package let cases: [RandomCase]

  package init(seed: UInt64) {
    program = RandomProgram(seed).withBenefit()
    var random = Dice(seed: seed &+ 0x1000)
    var cases: [RandomCase] = []
    for index in 0..<4 {
      var facts = RandomCase(program, &random)
      facts.give(index < 3 ? 100 : 70, except: [], &random)
      cases.append(facts)
    }
    self.cases = cases
  }

  init(_ program: Program, _ cases: [RandomCase]) {
    self.program = program
    self.cases = cases
  }

  /// What came of many rounds.
  package struct Tally: Sendable {
    package var programs = 0
    /// Of two a program: one for households of which everything is known, one for any.
    package var plans = 0
    package var comparison = PlanComparison.Tally()
    /// Why the rest was not compiled, and how often.
    package var unplanned: [String: Int] = [:]

    package init() {}

    /// In hundredths of a percent, rounded down.
    package var shareInColumns: Int { programs == 0 ? 0 : plans * 10_000 / (programs * 2) }
  }

  /// - Returns: how the evaluators differ; empty where they agree.
  package func run(_ tally: inout Tally) -> [String] {
    let today = CalendarDate.earliest
    var comparison = PlanComparison(program, cases.map(\.given), today: today)
    tally.programs += 1
    for isForComplete in [true, false] {
      do throws(Unplannable) {
        comparison.compare(
          try Plan(
            program, today: today, isForComplete: isForComplete, wantsConditions: true))
        tally.plans += 1
      } catch {
        tally.unplanned[error.description, default: 0] += 1
      }
    }
    tally.comparison += comparison.tally
    return comparison.differences
  }

  /// How the evaluators differ.
  package var differences: [String] {
    var tally = Tally()
    return run(&tally)
  }
}

extension RandomProgram {
  /// A benefit that grants by the last truth, and pays the last number, rounded.
  package func withBenefit() -> Program {
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
