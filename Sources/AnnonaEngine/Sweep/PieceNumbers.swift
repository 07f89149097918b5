import AnnonaLanguage
import AnnonaValues

/// Arithmetic on lines and staircases.
extension PieceReader {
  func readNumber(_ expression: Expression, _ scope: PieceScope) throws(Undecided) -> Band {
    let span = expression.span
    switch expression.kind {
    case .negate(let operand): return try negative(band(operand, scope), scope, span)
    case .absolute(let operand):
      let band = try band(operand, scope)
      let isNegative = try compare(.less, band, Band(SteppedLine(.zero)), scope)
      return isNegative ? try negative(band, scope, span) : band
    case .convert(let operand, let ratio):
      return try product(band(operand, scope), Band(SteppedLine(ratio)), scope, span)
    case .arithmetic(let op, let left, let right):
      return try arithmetic(op, band(left, scope), band(right, scope), scope, span)
    case .least(let operands): return try extreme(operands, isGreatest: false, scope)
    case .greatest(let operands): return try extreme(operands, isGreatest: true, scope)
    case .round(let operand, let step, let mode):
      let (value, step) = (try band(operand, scope), try number(step, scope))
      let unit = try settled(step, scope, span)
      return try value.map { line throws(Undecided) in
        try self.rounded(line, to: unit, mode, scope, span)
      }
    default: throw .notLinear(scope.place)
    }
  }

  func number(_ expression: Expression, _ scope: PieceScope) throws(Undecided) -> SteppedLine {
    try band(expression, scope).line()
  }

  /// An operation on exact numbers; what has no result is a fault at its place.
  func exact<Result>(
    _ scope: PieceScope, _ span: Span, _ body: () throws(ArithmeticFault) -> Result
  ) throws(Undecided) -> Result {
    do { return try body() } catch { throw fault(.init(error), scope, span) }
  }

  func arithmetic(
    _ op: ArithmeticOperator, _ left: Band, _ right: Band, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Band {
    switch op {
    case .add: return try sum(left, right, scope, span)
    case .subtract: return try sum(left, negative(right, scope, span), scope, span)
    case .multiply: return try product(left, right, scope, span)
    case .divide: return try quotient(left, right, scope, span)
    case .power:
      let exponent = try settled(right.line(), scope, span)
      if exponent == .one { return left }
      let base = try settled(left.line(), scope, span)
      guard let exponent = exponent.integer else { throw fault(.badExponent, scope, span) }
      return Band(
        SteppedLine(
          try exact(scope, span) { () throws(ArithmeticFault) in try base.power(exponent) }))
    }
  }

  /// A line times what is, or can be made, one number.
  func product(
    _ left: SteppedLine, _ right: SteppedLine, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> SteppedLine {
    let (factor, line) =
      right.isConstant || !left.isConstant && right.slope.isZero ? (right, left) : (left, right)
    let number = try settled(factor, scope, span)
    return try exact(scope, span) { () throws(ArithmeticFault) in try line.scaled(by: number) }
  }

  /// One number: a staircase on one of its steps, a line at one value, where no more values than pieces are left.
  func settled(
    _ line: SteppedLine, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Number {
    if line.isConstant { return line.constant }
    let flat = try exact(scope, span) { () throws(ArithmeticFault) in try onOneStep(line, scope) }
    if flat.slope.isZero { return flat.constant }
    guard stretch.count <= Sweep.pieceLimit else { throw .notLinear(scope.place) }
    stretch.narrowToIndex(scope.place)
    return try exact(scope, span) { () throws(ArithmeticFault) in try flat.value(at: stretch.x) }
  }

  /// The line alone, for the values for which each staircase stays on its step.
  func onOneStep(
    _ line: SteppedLine, _ scope: PieceScope
  ) throws(ArithmeticFault) -> SteppedLine {
    var constant = line.constant
    for term in line.terms {
      let here = try term.stair.value(at: stretch.x)
      try stretch.narrow(scope.place) { x throws(ArithmeticFault) in
        try term.stair.value(at: x) == here
      }
      constant = try constant + term.factor * here
    }
    return SteppedLine(slope: line.slope, constant: constant)
  }

  // MARK: - Signs

  /// Whether a test of the line's sign holds at the stretch's own value; narrows to where the answer stays the same.
  ///
  /// - Parameter test: of -1, 0 or 1; holds on one side of 0, with or without it, or for 0 alone.
  func isSign(
    of line: SteppedLine, _ scope: PieceScope, _ span: Span, _ test: (Int) -> Bool
  ) throws(Undecided) -> Bool {
    if line.isConstant { return test(line.constant.sign) }
    let isAboutZero = test(-1) == test(1)
    return try exact(scope, span) { () throws(ArithmeticFault) in
      let sign = try line.value(at: stretch.x).sign
      let answer = test(sign)
      if line.direction == nil {
        if try narrowFarFromZero(line, sign, scope) { return answer }
        // Its parts go both ways: within one step of each staircase it is a plain line.
        _ = try onOneStep(line, scope)
      }
      try stretch.narrow(scope.place) { x throws(ArithmeticFault) in
        let other = try line.value(at: x).sign
        return isAboutZero ? other == sign : test(other) == answer
      }
      return answer
    }
  }

  /// Where the line without its steps is further from 0 than the steps are high, the sign is certain; `false` where it is not.
  private func narrowFarFromZero(
    _ line: SteppedLine, _ sign: Int, _ scope: PieceScope
  ) throws(ArithmeticFault) -> Bool {
    guard let smooth = line.smoothed() else { return false }
    let flat = SteppedLine(slope: smooth.slope, constant: smooth.constant)
    func isFar(_ x: Number) throws(ArithmeticFault) -> Bool {
      let value = try flat.value(at: x)
      return value.sign == sign && value.magnitude > smooth.height
    }
    guard try isFar(stretch.x) else { return false }
    try stretch.narrow(scope.place, while: isFar)
    return true
  }

  private func extreme(
    _ operands: [Expression], isGreatest: Bool, _ scope: PieceScope
  ) throws(Undecided) -> Band {
    var found: Band?
    for operand in operands {
      let next = try band(operand, scope)
      guard let best = found else {
        found = next
        continue
      }
      found = try pick(best, next, isGreatest: isGreatest, scope, operand.span)
    }
    guard let found else { throw .notLinear(scope.place) }
    return found
  }

  func pick(
    _ one: SteppedLine, _ other: SteppedLine, isGreatest: Bool, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> SteppedLine {
    let difference = try exact(scope, span) { () throws(ArithmeticFault) in try other - one }
    let isAbove = try isSign(of: difference, scope, span) { $0 > 0 }
    return isAbove == isGreatest ? other : one
  }
}
