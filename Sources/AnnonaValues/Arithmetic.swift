extension Number {
  @inlinable
  public static func + (one: Number, other: Number) throws(ArithmeticFault) -> Number {
    guard case .small(let a, let b) = one.storage, case .small(let c, let d) = other.storage else {
      return try LargeFraction.sum(one, other)
    }
    if b == d {
      let (sum, overflow) = a.addingReportingOverflow(c)
      if !overflow { return b == 1 ? Number(sum) : reducing(sum, b) }
    }
    return try sumOfFractions(a, b, c, d)
  }

  @inlinable
  public static func - (one: Number, other: Number) throws(ArithmeticFault) -> Number {
    guard case .small(let a, let b) = one.storage, case .small(let c, let d) = other.storage else {
      return try LargeFraction.sum(one, -other)
    }
    if b == d {
      let (difference, overflow) = a.subtractingReportingOverflow(c)
      if !overflow { return b == 1 ? Number(difference) : reducing(difference, b) }
    }
    guard c != Int.min else { return try LargeFraction.sum(one, -other) }
    return try sumOfFractions(a, b, -c, d)
  }

  @inlinable
  public static func * (one: Number, other: Number) throws(ArithmeticFault) -> Number {
    guard case .small(let a, let b) = one.storage, case .small(let c, let d) = other.storage else {
      return try LargeFraction.product(one, other)
    }
    return try productOfFractions(a, b, c, d)
  }

  @inlinable
  public static func / (one: Number, other: Number) throws(ArithmeticFault) -> Number {
    guard !other.isZero else { throw .divisionByZero }
    guard case .small(let a, let b) = one.storage, case .small(let c, let d) = other.storage,
      c != Int.min
    else { return try LargeFraction.quotient(one, other) }
    return c > 0 ? try productOfFractions(a, b, d, c) : try productOfFractions(a, b, -d, -c)
  }

  @inlinable
  public static prefix func - (number: Number) -> Number {
    if case .small(let numerator, let denominator) = number.storage, numerator != Int.min {
      return Number(reduced: -numerator, denominator)
    }
    return LargeFraction.negative(number)
  }

  /// The number multiplied by itself; the exponent goes from -999 to 999, and nothing to the power 0 is 1.
  public func power(_ exponent: Int) throws(ArithmeticFault) -> Number {
    guard (-999...999).contains(exponent) else { throw .badExponent }
    guard exponent >= 0 else { return try Number.one / power(-exponent) }
    var result = Number.one
    var square = self
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = try result * square }
      rest >>= 1
      if rest > 0 { square = try square * square }
    }
    return result
  }

  // MARK: - Machine words

  /// In lowest terms; the denominator is positive.
  @inlinable
  static func reducing(_ numerator: Int, _ denominator: Int) -> Number {
    let divisor =
      denominator == 100
      ? commonDivisorWithHundred(numerator)
      : Int(bitPattern: greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
    if divisor == 1 { return Number(reduced: numerator, denominator) }
    return Number(reduced: numerator / divisor, denominator / divisor)
  }

  /// Amounts in cents are what most sums are made of, and 100 has no divisors but of 4 and 25.
  @inlinable
  static func commonDivisorWithHundred(_ number: Int) -> Int {
    let twos = min(2, number.trailingZeroBitCount)
    let fives = number % 5 != 0 ? 1 : number % 25 != 0 ? 5 : 25
    return fives << twos
  }

  /// The sum of two fractions in lowest terms: only what the denominators share can still be divided out of it.
  @inlinable
  static func sumOfFractions(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int
  ) throws(ArithmeticFault) -> Number {
    let common = Int(bitPattern: greatestCommonDivisor(b.magnitude, d.magnitude))
    let (first, above) = a.multipliedReportingOverflow(by: d / common)
    let (second, below) = c.multipliedReportingOverflow(by: b / common)
    let (sum, beyond) = first.addingReportingOverflow(second)
    if above || below || beyond { return try wideSum(a, b, c, d, common: common) }
    let rest =
      common == 1
      ? 1 : Int(bitPattern: greatestCommonDivisor(sum.magnitude, common.magnitude))
    let (denominator, overflow) = (b / common).multipliedReportingOverflow(by: d / rest)
    if overflow { return try wideSum(a, b, c, d, common: common) }
    return Number(reduced: rest == 1 ? sum : sum / rest, denominator)
  }

  /// The same in two words, so that a result of machine words never needs more.
  @usableFromInline
  static func wideSum(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int, common: Int
  ) throws(ArithmeticFault) -> Number {
    let sum = Int128(a) * Int128(d / common) + Int128(c) * Int128(b / common)
    guard sum != 0 else { return .zero }
    let remainder = Int(truncatingIfNeeded: sum % Int128(common))
    let rest = Int(bitPattern: greatestCommonDivisor(common.magnitude, remainder.magnitude))
    let numerator = sum / Int128(rest)
    let (denominator, overflow) = (b / common).multipliedReportingOverflow(by: d / rest)
    if !overflow, let numerator = Int(exactly: numerator) {
      return Number(reduced: numerator, denominator)
    }
    return try LargeFraction.reduced(numerator, Int128(b / common) * Int128(d / rest))
  }

  /// The product of two fractions in lowest terms, reduced crosswise before it is multiplied.
  @inlinable
  static func productOfFractions(
    _ a: Int, _ b: Int, _ c: Int, _ d: Int
  ) throws(ArithmeticFault) -> Number {
    let first =
      d == 1 ? 1 : Int(bitPattern: greatestCommonDivisor(a.magnitude, d.magnitude))
    let second =
      b == 1 ? 1 : Int(bitPattern: greatestCommonDivisor(c.magnitude, b.magnitude))
    let (numerator, above) = (a / first).multipliedReportingOverflow(by: c / second)
    let (denominator, below) = (b / second).multipliedReportingOverflow(by: d / first)
    if !above && !below { return Number(reduced: numerator, denominator) }
    return try LargeFraction.reduced(
      Int128(a / first) * Int128(c / second), Int128(b / second) * Int128(d / first))
  }
}

/// The greatest common divisor of two words; that of 0 and a number is the number.
@inlinable
func greatestCommonDivisor(_ one: UInt, _ other: UInt) -> UInt {
  if other == 0 { return one }
  var a = other
  var b = one % other
  if b == 0 { return a }
  let shift = (a | b).trailingZeroBitCount
  a >>= UInt(truncatingIfNeeded: a.trailingZeroBitCount)
  while b != 0 {
    b >>= UInt(truncatingIfNeeded: b.trailingZeroBitCount)
    (a, b) = (min(a, b), max(a, b) &- min(a, b))
  }
  return a << UInt(truncatingIfNeeded: shift)
}
