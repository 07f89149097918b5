import AnnonaLanguage
import AnnonaValues

/// What is still known of a number or truth that is open, such as a figure that nobody confirmed: it is no fault, and within bounds.
///
/// Wherever a value is known it lies within its bounds too; so what holds of all that lies between them holds of it. Few
/// values have any, so that they stand apart from the value.
final class PlanBounds: Sendable {
  /// `nil` for a truth, which is either.
  let within: (low: PlanNumber, high: PlanNumber)?
  /// It is meant where all of these are true, which is wherever the value is known, at least.
  let valid: [PlacedColumn]

  init(within: (low: PlanNumber, high: PlanNumber)?, valid: [PlacedColumn]) {
    self.within = within
    self.valid = valid
  }
}

extension PlanCompiler {
  /// A figure that nobody confirmed.
  func unverified(
    _ type: ValueType, between: (Number, Number?)?
  ) throws(Unplannable) -> PlanValue {
    var bounds: PlanBounds?
    if let (low, high) = between, let high {
      bounds = PlanBounds(within: (.constant(low), .constant(high)), valid: [])
    } else if type == .boolean {
      bounds = PlanBounds(within: nil, valid: [])
    }
    return PlanValue(try nothing(of: type), valid: [.no], bounds: bounds)
  }

  /// Those it has, or itself.
  private func bounds(of value: PlanValue) -> PlanBounds? {
    if let bounds = value.bounds { return bounds }
    guard value.null.isNo else { return nil }
    switch value.content {
    case .number(let number): return PlanBounds(within: (number, number), valid: value.valid)
    case .truth: return PlanBounds(within: nil, valid: value.valid)
    default: return nil
    }
  }

  /// Of two values of which one has bounds; what cannot be bounded has none.
  private mutating func bounded(
    _ one: PlanValue, _ other: PlanValue,
    _ join: (inout PlanCompiler, PlanBounds, PlanBounds) throws(Unplannable) -> PlanBounds?
  ) -> PlanBounds? {
    guard one.bounds != nil || other.bounds != nil, let left = bounds(of: one),
      let right = bounds(of: other)
    else { return nil }
    return (try? join(&self, left, right)) ?? nil
  }

  // MARK: - Choice

  /// Of one value or the other; where the truth itself is open, what holds both.
  mutating func boundsOfChoice(
    _ condition: PlanValue, _ one: PlanValue, _ other: PlanValue
  ) -> PlanBounds? {
    let isOpen = condition.bounds != nil
    guard isOpen || one.bounds != nil || other.bounds != nil, let left = bounds(of: one),
      let right = bounds(of: other)
    else { return nil }
    return try? isOpen
      ? hull(left, right, valid: condition.bounds?.valid ?? [])
      : selected(condition, left, right)
  }

  private mutating func hull(
    _ one: PlanBounds, _ other: PlanBounds, valid: [PlacedColumn]
  ) throws(Unplannable) -> PlanBounds {
    var within: (PlanNumber, PlanNumber)?
    if let (a, b) = one.within, let (c, d) = other.within {
      within = (try extreme(a, c, isGreatest: false), try extreme(b, d, isGreatest: true))
    }
    return PlanBounds(within: within, valid: union([one.valid, other.valid, valid]))
  }

  private mutating func selected(
    _ condition: PlanValue, _ one: PlanBounds, _ other: PlanBounds
  ) throws(Unplannable) -> PlanBounds {
    let chosen = try truth(condition)
    let valid = try builder.select(
      chosen, try builder.and(one.valid), try builder.and(other.valid))
    var within: (PlanNumber, PlanNumber)?
    if let (a, b) = one.within, let (c, d) = other.within {
      within = (try select(chosen, a, c), try select(chosen, b, d))
    }
    return PlanBounds(within: within, valid: union([condition.valid, [valid]]))
  }

  // MARK: - Numbers

  mutating func bounds(
    of op: ArithmeticOperator, _ one: PlanValue, _ other: PlanValue
  ) -> PlanBounds? {
    bounded(one, other) { (compiler, one, other) throws(Unplannable) in
      guard let (a, b) = one.within, let (c, d) = other.within else { return nil }
      let within: (PlanNumber, PlanNumber)
      switch op {
      case .add: within = (try compiler.sum(a, c), try compiler.sum(b, d))
      case .subtract:
        within = (
          try compiler.sum(a, d, subtracting: true), try compiler.sum(b, c, subtracting: true)
        )
      case .multiply:
        // What is never negative keeps the order of what it multiplies.
        guard compiler.isNeverNegative(a), compiler.isNeverNegative(c) else { return nil }
        within = (try compiler.product(a, c), try compiler.product(b, d))
      case .divide:
        guard let divisor = c.constant, divisor == d.constant, divisor.sign > 0 else { return nil }
        within = (try compiler.quotient(a, c).0, try compiler.quotient(b, d).0)
      case .power: return nil
      }
      return PlanBounds(within: within, valid: compiler.union([one.valid, other.valid]))
    }
  }

  private func isNeverNegative(_ number: PlanNumber) -> Bool {
    number.quantum.sign >= 0 && builder.range(of: number.count).lowerBound >= 0
  }

  mutating func boundsOfExtreme(
    _ one: PlanValue, _ other: PlanValue, isGreatest: Bool
  ) -> PlanBounds? {
    bounded(one, other) { (compiler, one, other) throws(Unplannable) in
      guard let (a, b) = one.within, let (c, d) = other.within else { return nil }
      return PlanBounds(
        within: (
          try compiler.extreme(a, c, isGreatest: isGreatest),
          try compiler.extreme(b, d, isGreatest: isGreatest)
        ), valid: compiler.union([one.valid, other.valid]))
    }
  }

  // MARK: - Comparison

  /// True or false where every two values within the bounds compare so; `nil` where neither has bounds.
  mutating func compareBounds(
    _ comparison: Comparison, _ one: PlanValue, _ other: PlanValue
  ) -> PlanValue? {
    guard one.bounds != nil || other.bounds != nil, let left = bounds(of: one),
      let right = bounds(of: other), let (a, b) = left.within, let (c, d) = right.within
    else { return nil }
    func ordered(
      _ comparison: Comparison, _ x: PlanNumber, _ y: PlanNumber
    ) throws(Unplannable) -> PlacedColumn {
      try order(comparison, .number(x), .number(y))
    }
    do throws(Unplannable) {
      let (isTrue, isFalse): (PlacedColumn, PlacedColumn)
      switch comparison {
      case .less: (isTrue, isFalse) = (try ordered(.less, b, c), try ordered(.greaterOrEqual, a, d))
      case .lessOrEqual:
        (isTrue, isFalse) = (try ordered(.lessOrEqual, b, c), try ordered(.greater, a, d))
      case .greater: return compareBounds(.less, other, one)
      case .greaterOrEqual: return compareBounds(.lessOrEqual, other, one)
      case .equal, .unequal: return nil
      }
      return PlanValue(
        .truth(isTrue),
        valid: union([left.valid, right.valid, [try builder.or(isTrue, isFalse)]]))
    } catch {
      return nil
    }
  }
}
