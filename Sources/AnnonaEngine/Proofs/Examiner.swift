import AnnonaLanguage

/// Asks of a program what is possible when no fact is known; what it worked out for some days serves every later question about them.
///
/// Like the evaluators it asks, it belongs to one thread.
final class Examiner {
  let program: Program
  private let empty: Case
  private var evaluators: [Clock.Days: Evaluator] = [:]

  init(_ program: Program, _ empty: Case) {
    self.program = program
    self.empty = empty
  }

  func evaluator(during days: Clock.Days) -> Evaluator {
    if let evaluator = evaluators[days] { return evaluator }
    let evaluator = Evaluator(program, empty, during: days)
    evaluators[days] = evaluator
    return evaluator
  }

  /// What a rule of an entity sees that stands for any of its instances.
  func scope(_ evaluator: Evaluator, rule: RuleID?) -> Scope {
    let entity = rule.map { program.rules[$0].entity } ?? program.caseEntity
    return Scope(rule: rule, instance: evaluator.anyone(entity), clock: evaluator.clock)
  }
}
