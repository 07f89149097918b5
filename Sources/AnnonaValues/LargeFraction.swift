internal import BigInt

/// A fraction that outgrew machine words. The only file that knows how such numbers are held.
@usableFromInline
final class LargeFraction: Sendable, Hashable {
  /// Numerator and denominator hold at most this many bits each.
  static let bitLimit = 4096

  private let numerator: BigInt
  /// Positive, and in lowest terms with the numerator.
  private let denominator: BigUInt

  private init(_ numerator: BigInt, _ denominator: BigUInt) {
    self.numerator = numerator
    self.denominator = denominator
  }

  @usableFromInline
  static func == (one: LargeFraction, other: LargeFraction) -> Bool {
    one === other || one.numerator == other.numerator && one.denominator == other.denominator
  }

  @usableFromInline
  func hash(into hasher: inout Hasher) {
    hasher.combine(numerator)
    hasher.combine(denominator)
  }

  /// Never 0, which fits a machine word.
  @usableFromInline var sign: Int { numerator.sign == .minus ? -1 : 1 }

  @usableFromInline var isInteger: Bool { denominator == 1 }

  @usableFromInline var numeratorNumber: Number { Self.number(numerator, 1) }

  @usableFromInline var denominatorNumber: Number { Self.number(BigInt(denominator), 1) }

  // MARK: - To and from numbers

  private static func parts(_ number: Number) -> (BigInt, BigUInt) {
    switch number.storage {
    case .small(let numerator, let denominator): (BigInt(numerator), BigUInt(denominator))
    case .large(let fraction): (fraction.numerator, fraction.denominator)
    }
  }

  /// Of parts already in lowest terms and within the limit: machine words if they fit.
  private static func number(_ numerator: BigInt, _ denominator: BigUInt) -> Number {
    if let numerator = Int(exactly: numerator), let denominator = Int(exactly: denominator) {
      return Number(reduced: numerator, denominator)
    }
    return Number(storage: .large(LargeFraction(numerator, denominator)))
  }

  private static func checked(
    _ numerator: BigInt, _ denominator: BigUInt
  ) throws(ArithmeticFault) -> Number {
    guard numerator.magnitude.bitWidth <= bitLimit, denominator.bitWidth <= bitLimit else {
      throw .tooLarge
    }
    return number(numerator, denominator)
  }

  private static func reducing(
    _ numerator: BigInt, _ denominator: BigUInt
  ) throws(ArithmeticFault) -> Number {
    guard denominator != 1 else { return try checked(numerator, denominator) }
    let common = divisor(numerator.magnitude, denominator)
    if common == 1 { return try checked(numerator, denominator) }
    return try checked(numerator / BigInt(common), denominator / common)
  }

  /// A fraction of two words each, in lowest terms already.
  @usableFromInline
  static func reduced(_ numerator: Int128, _ denominator: Int128) throws(ArithmeticFault) -> Number
  {
    try checked(wide(numerator), wide(denominator).magnitude)
  }

  private static func wide(_ value: Int128) -> BigInt {
    let magnitude = value.magnitude
    let words = BigUInt(words: [
      UInt(truncatingIfNeeded: magnitude), UInt(truncatingIfNeeded: magnitude >> 64),
    ])
    return BigInt(sign: value < 0 ? .minus : .plus, magnitude: words)
  }

  /// The greatest common divisor, by Lehmer's method: most division steps are foretold from the leading bits and done at once.
  private static func divisor(_ one: BigUInt, _ other: BigUInt) -> BigUInt {
    var (a, b) = one < other ? (other, one) : (one, other)
    while b.bitWidth > UInt.bitWidth {
      let shift = a.bitWidth - leadingBits
      let steps = foretold(Int(a >> shift), Int(b >> shift))
      (a, b) =
        steps.b == 0
        ? (b, a % b)
        : (combination(a, steps.a, b, steps.b), combination(a, steps.c, b, steps.d))
    }
    if b.isZero { return a }
    let word = UInt(b)
    return BigUInt(greatestCommonDivisor(UInt(a % b), word))
  }

  private static let leadingBits = 60

  /// The division steps that are certain whatever bits follow: the pair becomes `a * one + b * other`, `c * one + d * other`.
  private static func foretold(_ one: Int, _ other: Int) -> (a: Int, b: Int, c: Int, d: Int) {
    var (x, y) = (one, other)
    var (a, b, c, d) = (1, 0, 0, 1)
    // All of these stay within one bit more than the leading bits, so nothing overflows.
    while y + c != 0 && y + d != 0 {
      let quotient = (x + a) / (y + c)
      if quotient != (x + b) / (y + d) { break }
      (a, c) = (c, a - quotient * c)
      (b, d) = (d, b - quotient * d)
      (x, y) = (y, x - quotient * y)
    }
    return (a, b, c, d)
  }

  /// The factors are of opposite sign, and the result is not negative.
  private static func combination(_ one: BigUInt, _ a: Int, _ other: BigUInt, _ b: Int) -> BigUInt {
    let first = one * BigUInt(a.magnitude)
    let second = other * BigUInt(b.magnitude)
    return a >= 0 && b <= 0 ? first - second : second - first
  }

  // MARK: - Arithmetic

  @usableFromInline
  static func sum(_ one: Number, _ other: Number) throws(ArithmeticFault) -> Number {
    let (a, b) = parts(one)
    let (c, d) = parts(other)
    let common = b == d ? b : divisor(b, d)
    if common == 1 { return try checked(a * BigInt(d) + c * BigInt(b), b * d) }
    // Only what the denominators share can still be divided out.
    let sum = a * BigInt(d / common) + c * BigInt(b / common)
    if sum.isZero { return .zero }
    let rest = divisor(sum.magnitude, common)
    return try checked(sum / BigInt(rest), b / common * (d / rest))
  }

  @usableFromInline
  static func product(_ one: Number, _ other: Number) throws(ArithmeticFault) -> Number {
    let (a, b) = parts(one)
    let (c, d) = parts(other)
    return try crosswise(a, b, c, d)
  }

  /// The divisor is not 0.
  @usableFromInline
  static func quotient(_ one: Number, _ other: Number) throws(ArithmeticFault) -> Number {
    let (a, b) = parts(one)
    let (c, d) = parts(other)
    return try crosswise(a, b, BigInt(sign: c.sign, magnitude: d), c.magnitude)
  }

  private static func crosswise(
    _ a: BigInt, _ b: BigUInt, _ c: BigInt, _ d: BigUInt
  ) throws(ArithmeticFault) -> Number {
    guard !a.isZero && !c.isZero else { return .zero }
    let first = divisor(a.magnitude, d)
    let second = divisor(c.magnitude, b)
    let above = (a.magnitude / first, c.magnitude / second)
    let below = (b / second, d / first)
    guard above.0.bitWidth + above.1.bitWidth <= bitLimit + 1,
      below.0.bitWidth + below.1.bitWidth <= bitLimit + 1
    else { throw .tooLarge }
    let sign: BigInt.Sign = a.sign == c.sign ? .plus : .minus
    return try checked(
      BigInt(sign: sign, magnitude: above.0 * above.1), below.0 * below.1)
  }

  @usableFromInline
  static func negative(_ number: Number) -> Number {
    let (numerator, denominator) = parts(number)
    return Self.number(-numerator, denominator)
  }

  @usableFromInline
  static func isLess(_ one: Number, _ other: Number) -> Bool {
    let (a, b) = parts(one)
    let (c, d) = parts(other)
    return a * BigInt(d) < c * BigInt(b)
  }

  /// The greatest number of which both are multiples, by an integer.
  static func commonDivisor(_ one: Number, _ other: Number) throws(ArithmeticFault) -> Number {
    let (a, b) = parts(one)
    let (c, d) = parts(other)
    return try checked(BigInt(divisor(a.magnitude, c.magnitude)), b / divisor(b, d) * d)
  }

  /// How many times the step goes into the number, rounded down, and how the remainder compares with half a step.
  static func steps(
    in number: Number, of step: Number
  ) -> (floor: BigInt, isExact: Bool, half: Int, isEven: Bool) {
    let (a, b) = parts(number)
    let (c, d) = parts(step)
    let numerator = a * BigInt(d)
    let denominator = c * BigInt(b)
    var (floor, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    if remainder.sign == .minus && !remainder.isZero {
      floor -= 1
      remainder += denominator
    }
    let twice = remainder * 2
    let half = twice == denominator ? 0 : twice < denominator ? -1 : 1
    return (floor, remainder.isZero, half, floor % 2 == 0)
  }

  /// The nearest multiples of a positive step.
  static func rounded(
    _ number: Number, to step: Number, _ mode: RoundingMode
  ) throws(ArithmeticFault) -> Number {
    let (floor, isExact, half, isEven) = steps(in: number, of: step)
    if isExact { return number }
    let goesUp = mode.goesUp(isNegative: number.isNegative, half: half, floorIsEven: isEven)
    let (c, d) = parts(step)
    return try reducing((goesUp ? floor + 1 : floor) * c, d)
  }

  // MARK: - Text

  /// Decimal digits without a sign: of the whole part, and of the fraction as far as asked.
  static func digits(
    _ number: Number, fraction places: Int
  ) -> (whole: String, fraction: String) {
    let (numerator, denominator) = parts(number)
    let (whole, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: denominator)
    guard places > 0 else { return (String(whole), "") }
    let text = String(rest * BigUInt(10).power(places) / denominator)
    return (String(whole), String(repeating: "0", count: places - text.utf8.count) + text)
  }

  /// How many decimal places the number has; `nil` when it does not terminate.
  static func decimalPlaces(_ number: Number) -> Int? {
    var (_, rest) = parts(number)
    let twos = rest.trailingZeroBitCount
    rest >>= twos
    var fives = 0
    while true {
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 5)
      guard remainder.isZero else { break }
      rest = quotient
      fives += 1
    }
    return rest == 1 ? max(twos, fives) : nil
  }

  /// The number whose digits these are, `places` of them behind the mark, over a divisor that is not 0.
  static func number(
    digits: [UInt8], places: Int, over divisor: [UInt8], negative: Bool
  ) throws(ArithmeticFault) -> Number {
    let numerator = BigInt(sign: negative ? .minus : .plus, magnitude: value(digits))
    return try reducing(numerator, value(divisor) * BigUInt(10).power(places))
  }

  private static func value(_ digits: [UInt8]) -> BigUInt {
    var result = BigUInt(0)
    var at = 0
    while at < digits.count {
      let end = min(at + 18, digits.count)
      var chunk: UInt = 0
      var scale: UInt = 1
      for digit in digits[at..<end] {
        chunk = chunk * 10 + UInt(digit)
        scale *= 10
      }
      result = result * BigUInt(scale) + BigUInt(chunk)
      at = end
    }
    return result
  }
}
