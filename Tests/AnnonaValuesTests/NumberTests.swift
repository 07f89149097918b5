import AnnonaValues
import Testing

@Suite struct NumberTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("007", "7"), ("12_000.50", "12000.5"), ("-3", "-3"),
    ("25_000/3", "25000/3"), ("6/4", "1.5"), ("-10/4", "-2.5"), ("0.10", "0.1"),
    ("90071992547409.93", "90071992547409.93"), ("4.35", "4.35"), ("0.000_1", "0.0001"),
    ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("123456789012345678901234567890.123", "123456789012345678901234567890.123"),
    ("1/123456789012345678901234567891", "1/123456789012345678901234567891"),
    ("1/3", "1/3"), ("1/1024", "0.0009765625"), ("1.000", "1"), ("1000/100", "10"),
  ])
  func textIsReadAndPrinted(text: String, canonical: String) throws {
    #expect(try number(text).canonicalText == canonical)
    #expect(try number(canonical) == number(text))
  }

  @Test(arguments: [
    "", "-", "+1", "1.", ".5", "1e3", "1__0", "_1", "1_", "1_.5", "1._5", "1.5_", "--1", "1/0",
    "1/-2", "1/2/3", "1.5/2", "1/2.5", " 1", "1 ", "٣", "0x1F", "1,5", "1/", "/2", "NaN",
  ])
  func otherShapesAreMalformed(text: String) {
    #expect(Number.parse(text) == .failure(.malformed))
    #expect(Number(text: text) == nil)
  }

  @Test func longTextIsAnsweredSafely() throws {
    let digits = String(repeating: "7", count: 100_000)
    #expect(Number.parse(digits) == .failure(.tooLarge))
    #expect(Number.parse("0." + digits) == .failure(.tooLarge))
    #expect(Number.parse("1/" + digits) == .failure(.tooLarge))
    #expect(Number.parse(digits + "x") == .failure(.malformed))
    #expect(Number.parse(String(repeating: "0", count: 100_000) + "5") == .success(Number(5)))
    #expect(Number.parse("5." + String(repeating: "0", count: 100_000)) == .success(Number(5)))
  }

  @Test func theLimitIs4096BitsOnEitherSide() throws {
    let half = try Number(2).power(999).power(4)
    let largest = try half * Number(2).power(99)  // 2^4095, of 4 096 bits
    #expect(throws: ArithmeticFault.tooLarge) { try largest * Number(2) }
    #expect(throws: ArithmeticFault.tooLarge) { try largest + largest }
    #expect(try (largest - .one) + largest == number(text2(4096, minusOne: true)))
    #expect(throws: ArithmeticFault.tooLarge) { try Number.one / largest / Number(2) }
    #expect(Number.parse(text2(4096, minusOne: false)) == .failure(.tooLarge))
    // Many digits and yet a number within the limit.
    let smallest = try Number.one / largest
    #expect(try number(smallest.canonicalText) == smallest)
    #expect(smallest.decimalPlaces == 4095)
    let fives = try Number.one / Number(5).power(999) / Number(5).power(765)
    #expect(try number(fives.canonicalText) == fives)
  }

  /// 2^n in decimal digits, by doubling.
  private func text2(_ exponent: Int, minusOne: Bool) -> String {
    var digits = [1]
    for _ in 0..<exponent {
      var carry = 0
      for place in digits.indices {
        carry += digits[place] * 2
        digits[place] = carry % 10
        carry /= 10
      }
      if carry > 0 { digits.append(carry) }
    }
    if minusOne { digits[0] -= 1 }
    return digits.reversed().map(String.init).joined()
  }

  @Test func squaringsGrowUntilTheyAreTooLarge() throws {
    var x = try Number(3, over: 2)
    for _ in 1...11 { x = try x * x }
    #expect(x.decimalPlaces == 2048)
    #expect(throws: ArithmeticFault.tooLarge) { try x * x }
  }

  @Test func exactArithmetic() throws {
    let third = try number("1/3")
    #expect(try third + third + third == .one)
    #expect(try number("0.1") + number("0.2") == number("0.3"))
    #expect(try Number(100) / Number(3) * Number(3) == Number(100))
    #expect(try number("509.26") * Number(14) == number("7129.64"))
    #expect(try number("0.5") * number("0.5") == number("0.25"))
    #expect(
      try (number("0.05") * number("0.5") * number("0.5")).rounded(to: number("0.01"), .halfUp)
        == number("0.01"))
    #expect(try number("4.35") * Number(100) == Number(435))
    #expect(try (Number(1) + Number(2)) / Number(2) == number("3/2"))
  }

  @Test func faults() throws {
    #expect(throws: ArithmeticFault.divisionByZero) { try Number.one / .zero }
    #expect(throws: ArithmeticFault.divisionByZero) { try Number(1, over: 0) }
    #expect(throws: ArithmeticFault.divisionByZero) { try Number.zero.power(-1) }
    #expect(throws: ArithmeticFault.divisionByZero) { try Number.one.rounded(to: .zero, .up) }
    #expect(throws: ArithmeticFault.badExponent) { try Number.one.power(1000) }
    #expect(throws: ArithmeticFault.badExponent) { try Number.one.power(Int.min) }
    #expect(try Number.zero.power(0) == .one)
    #expect(try Number(2).power(-3) == number("0.125"))
    #expect(try Number(3).power(2) == Number(9))
    #expect(throws: ArithmeticFault.tooLarge) { try Number(1_000_000).power(999) }
  }

  @Test(arguments: [
    ("25000/3", 0, "8\u{A0}333.33…", "8\u{A0}333,33…"),
    ("8333.33", 0, "8\u{A0}333.33", "8\u{A0}333,33"),
    ("0", 0, "0", "0"), ("0", 2, "0.00", "0,00"), ("1200", 2, "1\u{A0}200.00", "1\u{A0}200,00"),
    ("-1234567.5", 2, "-1\u{A0}234\u{A0}567.50", "-1\u{A0}234\u{A0}567,50"),
    ("182.415", 2, "182.415", "182,415"), ("2/3", 3, "0.666…", "0,666…"),
    ("-1/300", 0, "-0.00…", "-0,00…"),
    ("999", 0, "999", "999"), ("100000", 0, "100\u{A0}000", "100\u{A0}000"),
    (
      "12345678901234567890123/7", 0,
      "1\u{A0}763\u{A0}668\u{A0}414\u{A0}462\u{A0}081\u{A0}127\u{A0}160.42…",
      "1\u{A0}763\u{A0}668\u{A0}414\u{A0}462\u{A0}081\u{A0}127\u{A0}160,42…"
    ),
  ])
  func textForPeople(text: String, places: Int, english: String, portuguese: String) throws {
    let value = try number(text)
    #expect(value.text(style: .english, atLeast: places) == english)
    #expect(value.text(style: .portuguese, atLeast: places) == portuguese)
  }

  @Test func stylesByLanguage() {
    #expect(NumberStyle.forLanguage("pt") == .portuguese)
    #expect(NumberStyle.forLanguage("pt-BR") == .portuguese)
    #expect(NumberStyle.forLanguage("en-NZ") == .english)
    #expect(NumberStyle.forLanguage("") == .english)
  }

  @Test func commonDivisors() throws {
    #expect(try Number.gcd(number("0.06"), number("0.15")) == number("0.03"))
    #expect(try Number.gcd(number("1/2"), number("1/3")) == number("1/6"))
    #expect(Number.gcd(.zero, Number(-7)) == Number(7))
    #expect(Number.gcd(.zero, .zero) == .zero)
    #expect(try Number.lcm(number("0.06"), number("0.15")) == number("0.3"))
    let large = try Number(3).power(999)
    #expect(try Number.gcd(.one / large, .one / (large + .one)) != nil)
    #expect(try Number.gcd(.one / (large * Number(2).power(999)), .one / (large + .one)) == nil)
    #expect(try Number.gcd(Number(Int.min), Number(Int.min)) == number("9223372036854775808"))
  }

  @Test func parts() throws {
    #expect(Number(Int.min).magnitude == (try number("9223372036854775808")))
    #expect(try number("-9223372036854775808").isSmall)
    #expect(try !number("9223372036854775808").isSmall)
    #expect(try -number("9223372036854775808") == Number(Int.min))
    #expect(try number("5/2").integer == nil)
    #expect(try number("6/2").integer == 3)
    #expect(try number("9223372036854775808").integer == nil)
    #expect(try number("9223372036854775808").isInteger)
    #expect(try number("-7/2").numerator == Number(-7))
    #expect(try number("-7/2").denominator == Number(2))
    #expect(try number("-0.5").sign == -1)
    #expect(try number("-123456789012345678901").sign == -1)
  }
}
