import AnnonaLanguage
import AnnonaValues

/// What can be said of every case at once: the values that are possible when no fact is known.
extension Evaluator {
  /// Reads any case on any day on which the rulebook is law.
  package static func ofAnyCase(_ program: Program) -> Evaluator {
    Evaluator(program, .empty(of: program), during: program.inForce.days)
  }

  package func truth(ofAny entity: EntityID, _ test: Expression) -> Truth {
    let truth = value(of: test, for: anyone(entity)).truth
    // A test that has no value outside a loop may be either.
    return truth.canBeTrue || truth.canBeFalse ? truth : .open
  }

  package func range(ofAny entity: EntityID, _ expression: Expression) -> NumberRange? {
    value(of: expression, for: anyone(entity)).domain.numbers
  }
}
