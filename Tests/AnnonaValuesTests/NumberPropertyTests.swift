import AnnonaValues
import BigInt
import Support
import Testing

/// A fraction computed the long way: common denominators, one division by the common divisor at the end.
private struct Fraction: Equatable {
  let above: BigInt
  let below: BigInt

  init(_ above: BigInt, _ below: BigInt) {
    var (a, b) = (above, below)
    while b != 0 { (a, b) = (b, a % b) }
    let sign: BigInt = below < 0 ? -1 : 1
    let divisor = a.magnitude == 0 ? 1 : BigInt(a.magnitude)
    self.above = sign * above / divisor
    self.below = sign * below / divisor
  }

  init(_ number: Number) {
    self.init(
      BigInt(number.numerator.canonicalText) ?? 0, BigInt(number.denominator.canonicalText) ?? 0)
  }

  var bits: Int { max(above.magnitude.bitWidth, below.magnitude.bitWidth) }

  var fitsWords: Bool { Int(exactly: above) != nil && Int(exactly: below) != nil }

  static func + (a: Self, b: Self) -> Self {
    Self(a.above * b.below + b.above * a.below, a.below * b.below)
  }
  static func - (a: Self, b: Self) -> Self {
    Self(a.above * b.below - b.above * a.below, a.below * b.below)
  }
  static func * (a: Self, b: Self) -> Self { Self(a.above * b.above, a.below * b.below) }
  static func / (a: Self, b: Self) -> Self { Self(a.above * b.below, a.below * b.above) }
}

@Suite struct NumberPropertyTests {
  static let seeds: [UInt64] = [1, 2, 3, 4]

  private func anyNumber(_ random: inout SeededRandom) throws -> Number {
    let small = try Number(random.word(), over: { $0 == 0 ? 1 : $0 }(random.word()))
    guard random.int(0...4) == 0 else { return small }
    let other = try Number(random.word(), over: { $0 == 0 ? 1 : $0 }(random.word()))
    let exponent = random.int(1...6)
    return try small * other.power(exponent)
  }

  @Test(arguments: seeds)
  func operationsAgreeWithFractionsComputedTheLongWay(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<150 {
      let (a, b) = (try anyNumber(&random), try anyNumber(&random))
      let (x, y) = (Fraction(a), Fraction(b))
      try check(try a + b, x + y, "\(a) + \(b), seed \(seed)")
      try check(try a - b, x - y, "\(a) - \(b), seed \(seed)")
      try check(try a * b, x * y, "\(a) * \(b), seed \(seed)")
      if !b.isZero { try check(try a / b, x / y, "\(a) / \(b), seed \(seed)") }
      #expect((a < b) == (x.above * y.below < y.above * x.below), "\(a) < \(b), seed \(seed)")
      #expect((a == b) == (x == y))
      try check(-a, Fraction(0, 1) - x, "-\(a), seed \(seed)")
    }
  }

  /// The same value, machine words exactly when both parts fit, and printed so that reading gives it back.
  private func check(_ result: Number, _ expected: Fraction, _ what: String) throws {
    #expect(Fraction(result) == expected, "\(what)")
    #expect(result.isSmall == expected.fitsWords, "\(what)")
    #expect(try number(result.canonicalText) == result, "\(what)")
    #expect(try number(result.canonicalText).hashValue == result.hashValue, "\(what)")
  }

  @Test(arguments: seeds)
  func roundingIsTheNearestMultipleThatTheModeAllows(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<1500 {
      let value = try anyNumber(&random)
      let step =
        try random.int(0...4) == 0 ? anyNumber(&random).magnitude : random.modest().magnitude
      if step.isZero { continue }
      let below = try value.rounded(to: step, .floor)
      let above = try value.rounded(to: step, .ceiling)
      #expect(below.isMultiple(of: step) && above.isMultiple(of: step))
      let (toLow, toHigh) = (try value - below, try above - value)
      #expect(below <= value && value <= above && toLow < step && toHigh < step)
      #expect(Fraction(try below / step).below == 1)
      let (up, down) = value.isNegative ? (below, above) : (above, below)
      #expect(try value.rounded(to: step, .up) == up)
      #expect(try value.rounded(to: step, .down) == down)
      let isTie = toLow == toHigh && below != above
      let nearest = toLow < toHigh ? below : above
      let even = try (below / step).isMultiple(of: Number(2)) ? below : above
      #expect(try value.rounded(to: step, .halfUp) == (isTie ? up : nearest))
      #expect(try value.rounded(to: step, .halfDown) == (isTie ? down : nearest))
      #expect(try value.rounded(to: step, .halfEven) == (isTie ? even : nearest))
    }
  }

  @Test(arguments: seeds)
  func commonDivisorsDivideAndMultiplesAreMultiples(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<1000 {
      let (a, b) = (try anyNumber(&random), try anyNumber(&random))
      guard let divisor = Number.gcd(a, b) else { continue }
      #expect(a.isMultiple(of: divisor) && b.isMultiple(of: divisor), "\(a), \(b), seed \(seed)")
      guard !a.isZero, !b.isZero, let multiple = Number.lcm(a, b) else { continue }
      #expect(multiple.isMultiple(of: a) && multiple.isMultiple(of: b), "\(a), \(b), seed \(seed)")
      let (p, q) = (Fraction(try a / divisor), Fraction(try b / divisor))
      #expect(p.above.greatestCommonDivisor(with: q.above) == 1)
      #expect(try (multiple * divisor) == (a * b).magnitude)
    }
  }

  @Test(arguments: seeds)
  func peopleSeeTheTruncatedDecimals(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let style = NumberStyle(grouping: "", decimal: ".")
    for _ in 0..<1000 {
      let value = try anyNumber(&random)
      let text = value.text(style: style)
      if value.decimalPlaces != nil {
        #expect(try number(text) == value)
      } else {
        let cut = try value.rounded(to: number("0.01"), .down)
        #expect(text.hasSuffix("…"))
        #expect(try number(String(text.dropLast())) == cut, "\(value), seed \(seed)")
      }
    }
  }
}
