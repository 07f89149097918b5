package import AnnonaLanguage
import AnnonaValues

/// Whether a property can be shown to hold for every household on every day, without trying any.
///
/// Only `at_least` and `at_most` can be proved: every value that is possible when no fact is known keeps to the bound, and none is a fault.
package func isProved(_ property: Property, of program: Program) -> Bool {
  guard let (comparison, bound) = property.bound, let values = program.values(of: property.of)
  else { return false }
  let entity = program.entity(of: property.of)
  let tests = values.counted.map {
    Expression(.compare(comparison, $0, bound), type: .boolean, span: bound.span)
  }
  let parameters = Set(program.parameters.indices.map { ParameterID($0) })
  let days = program.rulebooks[values.rulebook].inForce
  return program.epochs(of: parameters, within: days).allSatisfy { epoch in
    let evaluator = Evaluator(program, .empty(of: program), during: epoch)
    let anyone = evaluator.anyone(entity)
    return tests.allSatisfy { evaluator.value(of: $0, for: anyone).isCertainlyTrueOrSaysNothing }
      && values.conditions.allSatisfy { evaluator.value(of: $0, for: anyone).neverFails }
  }
}

extension Property {
  fileprivate var bound: (Comparison, Expression)? {
    switch claim {
    case .atLeast(let bound): (.greaterOrEqual, bound)
    case .atMost(let bound): (.lessOrEqual, bound)
    default: nil
    }
  }
}

extension Program {
  /// The expressions whose values are held to a bound, and those that decide between them.
  fileprivate func values(
    of subject: Property.Subject
  ) -> (counted: [Expression], conditions: [Expression], rulebook: Int)? {
    switch subject {
    case .rule(let id, let output):
      let rule = rules[id]
      let this = Expression(.enclosing(0), type: .entity(rule.entity), span: rule.span)
      let type = columnType(of: rule, output) ?? rule.type
      let value = Expression(.rule(id, of: this, output: output), type: type, span: rule.span)
      return ([value], [], rule.rulebook)
    case .benefit(let id):
      let benefit = benefits[id]
      guard benefit.payments.isEmpty, let amount = benefit.amount else { return nil }
      // Who is refused gets nothing, which the bound must allow too.
      let nothing = Expression(
        .constant(.number(.zero)), type: amount.type, span: benefit.span)
      let conditions = [benefit.applies, benefit.entitled].compactMap { $0 }
      return ([amount, nothing], conditions, benefit.rulebook)
    }
  }

  private func columnType(of rule: Rule, _ output: Int?) -> ValueType? {
    for case .table(let table)? in rule.versions.map(\.body) {
      if let output, table.outputs.indices.contains(output) { return table.outputs[output].type }
    }
    return nil
  }
}

extension State {
  /// Faults that say that there is no law, not that it is wrong.
  fileprivate var neverFails: Bool {
    faults.allSatisfy { $0.code == .notInForce || $0.code == .doesNotApply }
  }

  fileprivate var isCertainlyTrueOrSaysNothing: Bool {
    neverFails && (isError || truth == Truth(true))
  }
}
