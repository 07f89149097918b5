public import AnnonaLanguage
import AnnonaValues

extension Sweep {
  /// The rulebook's word that the law means a fall to be; `nil` where nobody has said so.
  ///
  /// - Parameter facts: the case that was swept.
  public func cliff(
    behind fall: Fall, in program: Program, _ facts: Case, on today: CalendarDate
  ) -> Cliff? {
    program.cliffs.first { cliff in
      guard isSubject(cliff.of, in: program) else { return false }
      switch cliff.when {
      case nil: break
      case .rises(let id)?, .falls(let id)?: guard id == fact.fact else { return false }
      default: return false
      }
      guard let at = cliff.at else { return true }
      let evaluator = Evaluator(program, facts, today: today)
      guard case .known(.number(let place)) = evaluator.value(of: at, for: fact.instance) else {
        return false
      }
      return fall.from <= place && place <= fall.through
    }
  }

  /// Whether a cliff is of what was swept, or of the rule that a benefit pays or asks.
  private func isSubject(_ subject: Property.Subject, in program: Program) -> Bool {
    switch (goal, subject) {
    case (.benefit(let id, _), .benefit(let other)): return id == other
    case (.sum(let keys), .benefit(let other)): return keys.contains { $0.benefit == other }
    case (.rule(let id, _, let output), .rule(let other, let column)):
      return id == other && output == column
    case (.benefit(let id, _), .rule(let rule, _)):
      return program.benefits[id].names(rule)
    case (.sum(let keys), .rule(let rule, _)):
      return keys.contains { program.benefits[$0.benefit].names(rule) }
    case (.rule, .benefit): return false
    }
  }
}

extension Benefit {
  fileprivate func names(_ rule: RuleID) -> Bool {
    [amount, entitled].contains { expression in
      if case .rule(rule, _, _)? = expression?.kind { true } else { false }
    }
  }
}
