import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Every way in which one place of an expression can be changed.
struct ExpressionMutation {
  let program: Program

  func variants(of expression: Expression) -> [Variant<Expression>] {
    var found = own(expression)
    for (index, operand) in expression.operands.enumerated() {
      found += variants(of: operand).map { variant in
        let whole = variant.map { part in
          var operands = expression.operands
          operands[index] = part
          return expression.with(operands)
        }
        guard case .constant = operand.kind, expression.isTest else { return whole }
        return whole.asking(.tests(expression, whole.part))
      }
    }
    return found
  }

  private func variant(
    _ change: Mutant.Change, _ words: String, _ expression: Expression,
    _ kind: Expression.Kind, asking question: EquivalenceQuestion? = nil
  ) -> Variant<Expression> {
    Variant(
      change: change, words: words, span: expression.span,
      part: Expression(kind, type: expression.type, span: expression.span), question: question)
  }

  private func text(_ expression: Expression) -> String {
    "`\(program.text(at: expression.span))`"
  }

  private func own(_ expression: Expression) -> [Variant<Expression>] {
    switch expression.kind {
    case .constant(let value): return constants(value, expression)
    case .compare(let comparison, let left, let right):
      let (change, other) = comparison.neighbour
      let words = "\(text(expression)) with `\(other.rawValue)`"
      let turned = variant(change, words, expression, .compare(other, left, right))
      return [turned.asking(.tests(expression, turned.part))]
    case .all(let operands):
      return [variant(.connective, "\(text(expression)) with `or`", expression, .any(operands))]
        + without(operands, expression, .conditionDropped) { .all($0) }
    case .any(let operands):
      return [variant(.connective, "\(text(expression)) with `and`", expression, .all(operands))]
        + without(operands, expression, .alternativeDropped) { .any($0) }
    case .least(let operands):
      return without(operands, expression, .limitRemoved) {
        .least($0)
      } asking: {
        .limit($0, others: $1, isLeast: true)
      }
    case .greatest(let operands):
      return without(operands, expression, .limitRemoved) {
        .greatest($0)
      } asking: {
        .limit($0, others: $1, isLeast: false)
      }
    case .quantified(let every, let slot, let list, let body):
      let words = "\(text(expression)) with `\(every ? "some" : "every")`"
      return [
        variant(
          .quantifier, words, expression,
          .quantified(every: !every, slot: slot, list, body))
      ]
    case .aggregate(let aggregate, let list, let fallback):
      guard let other = aggregate.other else { return [] }
      let words = "\(text(expression)) with `\(other.rawValue)`"
      return [
        variant(.aggregate, words, expression, .aggregate(other, list, fallback: fallback))
      ]
    case .conditional(let test, let then, let otherwise):
      return [(then, true), (otherwise, false)].map { branch, holds in
        Variant(
          change: .conditionDropped, words: "\(text(expression)) always \(text(branch))",
          span: expression.span, part: branch, question: .always(test, holds))
      }
    case .round(let value, let step, let mode):
      let words = "\(text(expression)) rounded `\(mode.other.rawValue)`"
      return [
        variant(
          .rounding, words, expression, .round(value, step: step, mode.other),
          asking: .rounding([value], step: step))
      ]
    default: return []
    }
  }

  private func without(
    _ operands: [Expression], _ expression: Expression, _ change: Mutant.Change,
    _ rebuild: ([Expression]) -> Expression.Kind,
    asking question: (Expression, [Expression]) -> EquivalenceQuestion? = { _, _ in nil }
  ) -> [Variant<Expression>] {
    guard operands.count > 1 else { return [] }
    return operands.indices.map { index in
      var rest = operands
      let dropped = rest.remove(at: index)
      let words = "\(text(expression)) without \(text(dropped))"
      let asked = question(dropped, rest)
      guard rest.count == 1 else {
        return variant(change, words, expression, rebuild(rest), asking: asked)
      }
      return Variant(
        change: change, words: words, span: expression.span, part: rest[0], question: asked)
    }
  }

  /// One unit more and one less: a cent, a day, a hundredth of a share, else 1.
  private func constants(_ value: Value, _ expression: Expression) -> [Variant<Expression>] {
    switch (value, expression.type.present) {
    case (.date(let date), _):
      return [1, -1].compactMap { days in
        (try? date.adding(days: days)).map { moved in
          variant(.dateMoved, "`\(date)` as `\(moved)`", expression, .constant(.date(moved)))
        }
      }
    case (.number(let number), .number(let type)):
      return changed(number, type).map { other in
        variant(
          .constantChanged, "\(text(expression)) as `\(other.canonicalText)`", expression,
          .constant(.number(other)))
      }
    default: return []
    }
  }

  func changed(_ number: Number, _ type: NumberType) -> [Number] {
    let hundredth = try? Number(1, over: 100)
    let isShare = type.isPercent || (type.unit.isDimensionless && !number.isInteger)
    let minor = type.unit.currency.flatMap { Unit.minorUnit(ofCurrency: $0) }
    let unit = isShare ? hundredth ?? .one : minor ?? .one
    return [try? number + unit, try? number - unit].compactMap { $0 }
  }
}

extension Expression {
  /// A comparison with figures, of which moving one may change nothing.
  fileprivate var isTest: Bool {
    switch kind {
    case .compare, .between: true
    default: false
    }
  }
}

extension Comparison {
  /// The comparison that differs from it least.
  var neighbour: (Mutant.Change, Comparison) {
    switch self {
    case .less: (.boundaryMoved, .lessOrEqual)
    case .lessOrEqual: (.boundaryMoved, .less)
    case .greater: (.boundaryMoved, .greaterOrEqual)
    case .greaterOrEqual: (.boundaryMoved, .greater)
    case .equal: (.comparisonTurned, .unequal)
    case .unequal: (.comparisonTurned, .equal)
    }
  }
}

extension Expression.Aggregate {
  /// Another that gives a value of the same type.
  fileprivate var other: Self? {
    switch self {
    case .sum, .mean, .min: .max
    case .max: .min
    case .first: .last
    case .last: .first
    case .count, .distinct: nil
    }
  }
}

extension RoundingMode {
  /// A mode that gives another result for most values.
  var other: RoundingMode {
    switch self {
    case .halfUp, .halfEven, .halfDown, .up, .ceiling: .down
    case .down, .floor: .up
    }
  }
}
