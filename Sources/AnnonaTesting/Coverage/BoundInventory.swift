import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Says which values stand on either side of a bound: the last on one and the first on the other.
struct BoundInventory {
  private let program: Program
  private let evaluator: Evaluator

  /// One side of a bound.
  struct Bound {
    let name: String
    let side: CoverageItem.Side
  }

  init(_ program: Program) {
    self.program = program
    evaluator = Evaluator.ofAnyCase(program)
  }

  /// The sides that the value can be on at all; none for what has no order.
  func of(
    _ comparison: Comparison, _ value: Expression, _ bound: Expression, in entity: EntityID
  ) -> [Bound] {
    guard comparison != .equal, comparison != .unequal else { return [] }
    guard let step = step(value, bound, entity) else { return [] }
    let test = Expression(.compare(comparison, value, bound), type: .boolean, span: bound.span)
    let possible = evaluator.truth(ofAny: entity, test)
    let counts = program.countsCompletedTime(value) || program.countsCompletedTime(bound)
    var sides: [Bound] = []
    for holds in [true, false] where holds ? possible.canBeTrue : possible.canBeFalse {
      let side = CoverageItem.Side(comparison: comparison, holds: holds, step: step)
      // A completed year lasts a year: its bound is met on the first day after it, or the last before.
      let isYoung = (comparison == .less || comparison == .lessOrEqual) == holds
      let day = counts ? ", on the \(isYoung ? "last" : "first") day" : ""
      sides.append(Bound(name: name(side, value, bound) + day, side: side))
    }
    return sides
  }

  private func name(
    _ side: CoverageItem.Side, _ value: Expression, _ bound: Expression
  ) -> String {
    let isBelow = (side.comparison == .less || side.comparison == .lessOrEqual) == side.holds
    let words = "`\(program.text(at: value.span))`"
    let limit = "`\(program.text(at: bound.span))`"
    if side.includesBound { return "\(words) at \(limit)" }
    return "\(words) just \(isBelow ? "below" : "above") \(limit)"
  }

  /// The distance between neighbouring values; where there is none by itself, that of the currency or a hundredth.
  private func step(_ value: Expression, _ bound: Expression, _ entity: EntityID) -> Number? {
    switch value.type.present {
    case .date: return .one
    case .number(let type):
      let steps = [value, bound].map { evaluator.range(ofAny: entity, $0)?.step }
      if let one = steps[0], let other = steps[1], let step = Number.gcd(one, other), !step.isZero {
        return step
      }
      if type.isInteger || type.unit.durationKind != nil { return .one }
      return type.unit.currency.flatMap { Unit.minorUnit(ofCurrency: $0) }
        ?? (try? Number(1, over: 100))
    default: return nil
    }
  }
}
