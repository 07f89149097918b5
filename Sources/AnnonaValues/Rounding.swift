/// Which multiple of the step stands for a number between two of them.
public enum RoundingMode: String, Sendable, Hashable, CaseIterable {
  /// The nearest; from the middle, away from zero.
  case halfUp = "half_up"
  /// The nearest; from the middle, to the even multiple.
  case halfEven = "half_even"
  /// The nearest; from the middle, toward zero.
  case halfDown = "half_down"
  /// Away from zero.
  case up
  /// Toward zero.
  case down
  /// Toward minus infinity.
  case floor
  /// Toward plus infinity.
  case ceiling

  /// Whether a number strictly between two multiples goes to the one above; `half` compares its distance from the one
  /// below with half a step.
  @inlinable
  func goesUp(isNegative: Bool, half: Int, floorIsEven: Bool) -> Bool {
    switch self {
    case .floor: false
    case .ceiling: true
    case .up: !isNegative
    case .down: isNegative
    case .halfUp: half > 0 || (half == 0 && !isNegative)
    case .halfDown: half > 0 || (half == 0 && isNegative)
    case .halfEven: half > 0 || (half == 0 && !floorIsEven)
    }
  }
}

extension Number {
  /// The multiple of the step that the mode chooses; a negative step counts as its magnitude, the step 0 is a division by zero.
  public func rounded(
    to step: Number, _ mode: RoundingMode
  ) throws(ArithmeticFault) -> Number {
    guard !step.isZero else { throw .divisionByZero }
    let step = step.magnitude
    guard case .small(let a, let b) = storage, case .small(let c, let d) = step.storage else {
      return try LargeFraction.rounded(self, to: step, mode)
    }
    let numerator = Int128(a) * Int128(d)
    let denominator = Int128(b) * Int128(c)
    var (steps, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    if remainder == 0 { return self }
    if remainder < 0 {
      steps -= 1
      remainder += denominator
    }
    let above = denominator - remainder
    let half = remainder == above ? 0 : remainder < above ? -1 : 1
    if mode.goesUp(isNegative: a < 0, half: half, floorIsEven: steps & 1 == 0) { steps += 1 }
    guard let steps = Int(exactly: steps) else {
      return try LargeFraction.rounded(self, to: step, mode)
    }
    return try Number(steps) * step
  }

  /// The greatest whole number that is not above.
  public var floor: Number { whole(.floor) }

  /// The least whole number that is not below.
  public var ceiling: Number { whole(.ceiling) }

  /// A whole neighbour has no more bits than the numerator, so it always exists.
  private func whole(_ mode: RoundingMode) -> Number {
    if isInteger { return self }
    return (try? rounded(to: .one, mode)) ?? self
  }

  /// Whether the quotient is a whole number; of 0, only 0 is a multiple.
  public func isMultiple(of step: Number) -> Bool {
    if step.isZero { return isZero }
    if case .small(let a, let b) = storage, case .small(let c, let d) = step.storage {
      if d == 1 && b == 1 { return c == -1 || a % c == 0 }
      return (Int128(a) * Int128(d)) % (Int128(b) * Int128(c)) == 0
    }
    return LargeFraction.steps(in: self, of: step.magnitude).isExact
  }

  /// The greatest number of which both are whole multiples; that of 0 and a number is its magnitude. `nil` when it is too large.
  public static func gcd(_ one: Number, _ other: Number) -> Number? {
    if one.isZero { return other.magnitude }
    if other.isZero { return one.magnitude }
    if case .small(let a, let b) = one.storage, case .small(let c, let d) = other.storage,
      let divisor = Int(exactly: greatestCommonDivisor(a.magnitude, c.magnitude))
    {
      // In lowest terms the divisor of the numerators and the multiple of the denominators share nothing.
      if b == d { return Number(reduced: divisor, b) }
      let common = Int(bitPattern: greatestCommonDivisor(b.magnitude, d.magnitude))
      let (multiple, overflow) = (b / common).multipliedReportingOverflow(by: d)
      if !overflow { return Number(reduced: divisor, multiple) }
    }
    return try? LargeFraction.commonDivisor(one, other)
  }

  /// The least positive number that is a whole multiple of both; 0 when either is 0. `nil` when it is too large.
  public static func lcm(_ one: Number, _ other: Number) -> Number? {
    if one.isZero || other.isZero { return .zero }
    guard let divisor = gcd(one, other) else { return nil }
    return (try? one / divisor * other)?.magnitude
  }
}
