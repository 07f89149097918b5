import AnnonaLanguage
import AnnonaValues

/// Compares the conditions of each two exceptions that stand beside each other.
///
/// Evaluation never relies on what is found here: two that fire together are a conflict whenever it happens.
func proveExceptions(of rule: RuleID, _ examiner: Examiner) -> [Diagnostic] {
  let exceptions = examiner.program.rules[rule].exceptions
  if exceptions.isEmpty { return [] }
  var prover = ExceptionProof(rule: rule, examiner: examiner)
  prover.compare(exceptions)
  return prover.diagnostics
}

private struct ExceptionProof {
  let rule: RuleID
  let examiner: Examiner
  var diagnostics: [Diagnostic] = []
  private var pairCount = 0

  /// Beyond so many pairs, or findings, the rest of a rule's exceptions is not decided.
  private static let mostPairs = 5_000
  private static let mostFindings = 100

  private var program: Program { examiner.program }

  init(rule: RuleID, examiner: Examiner) {
    self.rule = rule
    self.examiner = examiner
  }

  mutating func compare(_ siblings: [ExceptionRule]) {
    for (index, second) in siblings.enumerated() {
      compare(second.nested)
      for first in siblings[..<index] where !isRanked(first, second) {
        guard let days = inForce(first)?.intersection(with: inForce(second) ?? InForce()) else {
          continue
        }
        pairCount += 1
        guard pairCount <= Self.mostPairs, diagnostics.count < Self.mostFindings else {
          diagnostics.append(.exceptionsNotDecided(first, second))
          return
        }
        judge(first, second, within: days)
      }
    }
  }

  private func isRanked(_ one: ExceptionRule, _ other: ExceptionRule) -> Bool {
    one.prevailsOver.contains(other.name) || other.prevailsOver.contains(one.name)
  }

  private func inForce(_ exception: ExceptionRule) -> InForce? {
    InForce(
      from: exception.versions.first?.from, through: exception.versions.last?.through
    ).intersection(with: exception.inForce)?.intersection(
      with: program.rulebooks[program.rules[rule].rulebook].inForce)
  }

  // MARK: - Two exceptions

  private enum Relation {
    case apart
    /// Both apply in the very same cases.
    case same
    /// Whenever the one applies, so does the other.
    case implied(narrow: ExceptionRule, wide: ExceptionRule)
    case overlap(String)
    case undecided
  }

  private mutating func judge(
    _ first: ExceptionRule, _ second: ExceptionRule, within days: InForce
  ) {
    var parameters: Set<ParameterID> = []
    for condition in [first.when, second.when] {
      condition.forEachNode { node in
        if case .parameter(let id) = node.kind { parameters.insert(id) }
      }
    }
    for epoch in program.epochs(of: parameters, within: days) {
      switch relation(first, second, during: epoch) {
      case .apart: continue
      case .same: diagnostics.append(.exceptionsAlwaysClash(first, second))
      case .implied(let narrow, let wide):
        diagnostics.append(.exceptionClashes(narrow, with: wide, at: second, first))
      case .overlap(let example):
        diagnostics.append(.exceptionsMayClash(first, second, example: example))
      case .undecided: diagnostics.append(.exceptionsNotDecided(first, second))
      }
      return
    }
  }

  private func relation(
    _ first: ExceptionRule, _ second: ExceptionRule, during days: Clock.Days
  ) -> Relation {
    let evaluator = examiner.evaluator(during: days)
    let proof = ConditionProof(
      [first.when, second.when], program: program, evaluator: evaluator,
      scope: examiner.scope(evaluator, rule: rule))
    if proof.isUndecided { return .undecided }
    var onlyFirst = false
    var onlySecond = false
    var both: [Value]?
    let isComplete = proof.forEachPoint { point in
      switch (proof.holds(first.when, at: point), proof.holds(second.when, at: point)) {
      case (true, true): both = both ?? point
      case (true, false): onlyFirst = true
      case (false, true): onlySecond = true
      case (false, false): break
      }
      return true
    }
    guard isComplete else { return .undecided }
    guard let both else { return .apart }
    switch (onlyFirst, onlySecond) {
    case (false, false): return .same
    case (false, true): return .implied(narrow: first, wide: second)
    case (true, false): return .implied(narrow: second, wide: first)
    case (true, true): break
    }
    // A point that rests on something not taken apart may never occur.
    if proof.columns.contains(where: \.isOpaque) { return .undecided }
    return .overlap(proof.words(both))
  }
}
