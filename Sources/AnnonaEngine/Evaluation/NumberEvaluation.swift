import AnnonaLanguage
import AnnonaValues

/// Arithmetic: exact where the values are known, by intervals where they are open.
extension Evaluator {
  func evaluateNumber(_ expression: Expression, _ scope: Scope) -> State {
    let span = expression.span
    switch expression.kind {
    case .negate(let operand):
      return number([evaluate(operand, scope)], scope, span) {
        -$0[0]
      } ranges: {
        (-$0[0], [])
      }
    case .absolute(let operand):
      return number([evaluate(operand, scope)], scope, span) {
        $0[0].magnitude
      } ranges: {
        ($0[0].magnitude, [])
      }
    case .arithmetic(let op, let left, let right):
      return arithmetic(op, evaluate(left, scope), evaluate(right, scope), scope, span)
    case .convert(let operand, let ratio):
      return arithmetic(.multiply, evaluate(operand, scope), .known(.number(ratio)), scope, span)
    case .least(let operands):
      let least = extreme(operands, scope, isGreatest: false, span)
      note(least, among: operands, scope)
      return least
    case .greatest(let operands):
      let greatest = extreme(operands, scope, isGreatest: true, span)
      note(greatest, among: operands, scope)
      return greatest
    case .round(let operand, let step, let mode):
      return round(evaluate(operand, scope), to: evaluate(step, scope), mode, scope, span)
    default: return .error([])
    }
  }

  private func extreme(
    _ operands: [Expression], _ scope: Scope, isGreatest: Bool, _ span: Span
  ) -> State {
    let states = operands.map { evaluate($0, scope) }
    if let known = Self.extreme(states, isGreatest: isGreatest) { return .known(known) }
    return strict(states, scope, span) { domains in
      var found = domains[0]
      for domain in domains.dropFirst() { found = self.pick(found, domain, isGreatest: isGreatest) }
      return State.Result(found)
    }
  }

  /// Of numbers or of dates that are all known.
  static func extreme(_ states: [State], isGreatest: Bool) -> Value? {
    guard states.count > 1, var found = states[0].knownValue else { return nil }
    for state in states.dropFirst() {
      guard let next = state.knownValue,
        let isLess = Comparison.less.holds(isGreatest ? found : next, isGreatest ? next : found)
      else { return nil }
      if isLess { found = next }
    }
    return found
  }

  func least(_ one: State, _ other: State) -> State {
    State.strict([one, other]) { State.Result(self.pick($0[0], $0[1], isGreatest: false)) }
  }

  func greatest(_ one: State, _ other: State) -> State {
    State.strict([one, other]) { State.Result(self.pick($0[0], $0[1], isGreatest: true)) }
  }

  func arithmetic(
    _ op: ArithmeticOperator, _ left: State, _ right: State, _ scope: Scope, _ span: Span
  ) -> State {
    number(left, right, scope, span) { one, other throws(ArithmeticFault) in
      switch op {
      case .add: try one + other
      case .subtract: try one - other
      case .multiply: try one * other
      case .divide: try one / other
      case .power: try self.power(one, other)
      }
    } ranges: { one, other in
      switch op {
      case .add: return (one + other, [])
      case .subtract: return (one - other, [])
      case .multiply: return (one * other, [])
      case .divide:
        let quotient = one.divided(by: other)
        return (quotient.values, quotient.faults)
      case .power:
        let power = one.power(other)
        return (power.values, power.faults)
      }
    }
  }

  private func power(_ base: Number, _ exponent: Number) throws(ArithmeticFault) -> Number {
    guard let exponent = exponent.integer else { throw .badExponent }
    return try base.power(exponent)
  }

  /// The step is a constant or a parameter.
  func round(
    _ operand: State, to step: State, _ mode: RoundingMode, _ scope: Scope, _ span: Span
  ) -> State {
    number(operand, step, scope, span) { number, step throws(ArithmeticFault) in
      try number.rounded(to: step, mode)
    } ranges: { range, steps in
      if let step = steps.single {
        let rounded = range.rounded(to: step, mode)
        return (rounded.values, rounded.faults)
      }
      // A step that is open moves the value by less than the greatest step.
      guard let most = steps.upper else { return (.all, []) }
      let margin = NumberRange(lower: -most, upper: most) ?? .all
      let faults: [ArithmeticFault] = steps.contains(.zero) ? [.divisionByZero] : []
      return (range + margin, faults)
    }
  }

  private func number(
    _ one: State, _ other: State, _ scope: Scope, _ span: Span,
    _ exactly: (Number, Number) throws(ArithmeticFault) -> Number,
    ranges: (NumberRange, NumberRange) -> (NumberRange?, [ArithmeticFault])
  ) -> State {
    guard case .known(.number(let a)) = one, case .known(.number(let b)) = other else {
      return number([one, other], scope, span) { numbers throws(ArithmeticFault) in
        try exactly(numbers[0], numbers[1])
      } ranges: {
        ranges($0[0], $0[1])
      }
    }
    do throws(ArithmeticFault) {
      return .known(.number(try exactly(a, b)))
    } catch {
      return .error([fault(.init(error), scope, span)])
    }
  }

  /// Known numbers are reckoned exactly, so that what is too large is an error; ranges foresee all other faults.
  private func number(
    _ operands: [State], _ scope: Scope, _ span: Span,
    _ exactly: ([Number]) throws(ArithmeticFault) -> Number,
    ranges: ([NumberRange]) -> (NumberRange?, [ArithmeticFault])
  ) -> State {
    strict(operands, scope, span) { domains in
      let numbers = domains.compactMap(\.numbers)
      guard numbers.count == operands.count else { return State.Result(.none) }
      let known = numbers.compactMap(\.single)
      if known.count == numbers.count {
        do throws(ArithmeticFault) {
          return State.Result(Domain(.number(.exactly(try exactly(known)))))
        } catch {
          return State.Result(.none, mayFail: [self.fault(.init(error), scope, span)])
        }
      }
      let (range, faults) = ranges(numbers)
      return State.Result(
        Domain(range.map { .number($0) }),
        mayFail: Faults(faults.map { self.fault(.init($0), scope, span) }))
    }
  }
}

extension Fault.Code {
  init(_ fault: ArithmeticFault) {
    switch fault {
    case .divisionByZero: self = .divisionByZero
    case .tooLarge: self = .tooLarge
    case .badExponent: self = .badExponent
    }
  }

  init(_ fault: DateFault) {
    switch fault {
    case .monthOverflow: self = .monthOverflow
    case .outOfRange: self = .dateOutOfRange
    case .datesReversed: self = .datesReversed
    case .fractionalDuration: self = .fractionalDuration
    }
  }
}
