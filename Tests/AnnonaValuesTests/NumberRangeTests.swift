import AnnonaValues
import Testing

/// `{1, 2}`, `5`, `0..100 by 0.01`, `..3`, `..`
func range(_ text: String) throws -> NumberRange {
  if text.hasPrefix("{") {
    let members = try text.dropFirst().dropLast().split(separator: ",").map {
      try number(String($0.drop { $0 == " " }))
    }
    return try #require(NumberRange(members))
  }
  guard let dots = text.firstRange(of: "..") else { return try .exactly(number(text)) }
  let rest = text[dots.upperBound...]
  let by = rest.firstRange(of: " by ")
  let upper = by.map { rest[..<$0.lowerBound] } ?? rest
  let lower = text[..<dots.lowerBound]
  return try #require(
    NumberRange(
      lower: lower.isEmpty ? nil : try number(String(lower)),
      upper: upper.isEmpty ? nil : try number(String(upper)),
      step: try by.map { try number(String(rest[$0.upperBound...])) }))
}

@Suite struct NumberRangeTests {
  /// One representation: ends at the step, few whole numbers one by one, one number alone.
  @Test(arguments: [
    ("0.5..2.5 by 1", "{1, 2}"), ("0.5..1.5 by 1", "1"), ("1..5 by 1", "{1, 2, 3, 4, 5}"),
    ("4..8 by 4", "{4, 8}"), ("{5, 1, 2, 3, 1}", "{1, 2, 3, 5}"), ("3..3", "3"),
    ("1.5..1.5 by 0.5", "1.5"),
    ("0.001..0.999 by 0.01", "0.01..0.99 by 0.01"), ("0.. by 0.01", "0.. by 0.01"),
    ("..-0.5 by 1", "..-1 by 1"),
    ("..", ".."), ("-5..5 by 0", "0"), ("0..100 by -0.5", "0..100 by 0.5"),
    ("{1.5, 2}", "1.5..2 by 0.5"),
    ("0..1000 by 1", "0..1000 by 1"),
    ("0..63 by 1", "{\((0...63).map(String.init).joined(separator: ", "))}"),
    ("0..64 by 1", "0..64 by 1"),
  ])
  func representation(text: String, printed: String) throws {
    #expect(try range(text).description == printed)
  }

  @Test func nothingIsNoRange() throws {
    let values: [(Number, Number, Number?)] = try [
      (number("0.5"), number("0.7"), .one), (Number(3), Number(2), nil),
      (Number(1), Number(5), .zero),
      (number("2.6"), number("4.9"), number("2.5")),
    ]
    for (lower, upper, step) in values {
      #expect(NumberRange(lower: lower, upper: upper, step: step) == nil)
    }
    #expect(NumberRange([]) == nil)
  }

  @Test(arguments: [
    ("{1, 2}", "{3, 5}", "{1, 2, 3, 5}"), ("5", "5", "5"),
    ("0", "100..200 by 0.01", "0..200 by 0.01"),
    ("{2, 4}", "0.5", "0.5..4 by 0.5"), ("0..", "..-3", ".."),
    ("183.03", "72", "72..183.03 by 0.03"),
    ("0..1000 by 1", "5000", "0..5000 by 1"),
  ])
  func hulls(one: String, other: String, hull: String) throws {
    #expect(try range(one).hull(with: range(other)).description == hull)
    #expect(try range(other).hull(with: range(one)).description == hull)
  }

  @Test(
    arguments: [
      ("0..10", "5..20", "5..10"), ("0..10 by 2", "0..10 by 3", "{0, 6}"),
      ("{1, 2, 3}", "2..", "{2, 3}"),
      ("0.. by 0.01", "..0.005", "0"), ("{1, 2}", "{3}", nil), ("0..", "1.5", "1.5"),
      ("..", "0.. by 0.5", "0.. by 0.5"), ("7129.641..7129.649", "0.. by 0.01", nil),
      ("7129.641..7129.649", "0.. by 0.005", "7129.645"),
    ] as [(String, String, String?)])
  func intersections(one: String, other: String, result: String?) throws {
    #expect(try range(one).intersection(with: range(other))?.description == result)
    #expect(try range(other).intersection(with: range(one))?.description == result)
  }

  @Test(arguments: [
    ("0..100 by 0.01", "1..2 by 0.01", "1..102 by 0.01"),
    ("{1, 2}", "{10, 20}", "{11, 12, 21, 22}"),
    ("0.. by 0.01", "0.5", "0.5.. by 0.01"), ("..", "1", ".."), ("1", "2", "3"),
    ("0..10", "1..2", "1..12"),
  ])
  func sums(one: String, other: String, sum: String) throws {
    #expect(try (range(one) + range(other)).description == sum)
    #expect(try (range(other) + range(one)).description == sum)
  }

  @Test(arguments: [
    ("0", "..", "0"), ("0.. by 0.01", "0.5", "0.. by 0.005"),
    ("-2..3 by 0.5", "-10..4 by 0.5", "-30..20 by 0.25"),
    ("0..", "..0", "..0"), ("0..", "..", ".."), ("{1, 2}", "{0, 5}", "{0, 5, 10}"),
    ("2..", "3..", "6.."),
    ("-1..", "0..", ".."), ("0.5", "0..100", "0..50"),
  ])
  func products(one: String, other: String, product: String) throws {
    #expect(try (range(one) * range(other)).description == product)
    #expect(try (range(other) * range(one)).description == product)
  }

  @Test(
    arguments: [
      ("10", "1..5 by 0.5", "2..10", false), ("10", "0..5 by 0.5", "2..20", true),
      ("10", "0..5", "2..", true),
      ("10", "-5..5 by 0.5", "-20..20", true), ("10", "-5..5", "..", true),
      ("1..2", "0", nil, true),
      ("100..200 by 0.01", "2", "50..100 by 0.005", false), ("{2, 4}", "2", "{1, 2}", false),
      ("{2, 5}", "2", "1..2.5 by 0.5", false), ("0", "-1..1", "0", true),
      ("10", "2..", "0..5", false),
      ("10", "..-2", "-5..0", false), ("-4..4", "2..", "-2..2", false), ("..", "4", "..", false),
      ("1", "0.. by 0.01", "0..100", true), ("6", "-2", "-3", false),
      ("{4, 8}", "{2, 4}", "1..4", false),
      ("0.. by 0.01", "-2", "..0 by 0.005", false),
    ] as [(String, String, String?, Bool)])
  func quotients(one: String, other: String, quotient: String?, mayFail: Bool) throws {
    let result = try range(one).divided(by: range(other))
    #expect(result.values?.description == quotient)
    #expect(result.faults == (mayFail ? [.divisionByZero] : []))
  }

  @Test(arguments: [
    ("0..10", 2, "0..100"), ("-3..2", 2, "0..9"), ("-3..2", 3, "-27..8"),
    ("{-2, 2, 3}", 2, "{4, 9}"),
    ("..", 2, "0.."), ("..", 0, "1"), ("1..4 by 0.5", 2, "1..16 by 0.25"),
    ("2..4", -1, "0.25..0.5"),
    ("-2", -2, "0.25"),
  ])
  func powers(base: String, exponent: Int, power: String) throws {
    let result = try range(base).power(exponent)
    #expect(result.values?.description == power)
    #expect(result.faults.isEmpty)
  }

  @Test func powersWithFaults() throws {
    #expect(try range("-1..1").power(-1).faults == [.divisionByZero])
    #expect(try range("0").power(-1) == Possible(nil, faults: [.divisionByZero]))
    #expect(NumberRange.all.power(1000) == Possible(nil, faults: [.badExponent]))
    #expect(try range("2").power(range("{-1, 3}")).values == range("0.5..8 by 0.5"))
    #expect(try range("2").power(range("0.5")).faults == [.badExponent])
    #expect(try range("0..2").power(range("..")).faults == [.divisionByZero, .badExponent])
  }

  @Test(arguments: [
    ("{1, 5}", "{3}", "{1, 3}", "{3, 5}"), ("0..", "5", "0..5", "5.."),
    ("-10.. by 0.01", "0", "-10..0 by 0.01", "0.. by 0.01"),
    ("1..2", "5..6", "1..2", "5..6"), ("..", "3", "..3", "3.."),
    ("36.5", "{1, 2}", "1..2 by 0.5", "36.5"),
  ])
  func leastAndGreatest(one: String, other: String, least: String, greatest: String) throws {
    #expect(try range(one).least(with: range(other)) == range(least))
    #expect(try range(one).greatest(with: range(other)) == range(greatest))
    #expect(try range(other).greatest(with: range(one)) == range(greatest))
  }

  @Test func roundingAndMagnitudes() throws {
    let cents = try number("0.01")
    #expect(try range("0..100").rounded(to: cents, .halfUp).values == range("0..100 by 0.01"))
    #expect(try range("0.. by 0.02").rounded(to: cents, .halfUp).values == range("0.. by 0.02"))
    #expect(try range("-0.5..2.5").rounded(to: .one, .floor).values == range("{-1, 0, 1, 2}"))
    #expect(try range("{3, 5, 9}").rounded(to: Number(4), .halfUp).values == range("{4, 8}"))
    #expect(NumberRange.all.rounded(to: .zero, .up) == Possible(nil, faults: [.divisionByZero]))
    #expect(try range("-5..3").magnitude == range("0..5"))
    #expect(try range("..-2").magnitude == range("2.."))
    #expect(try range("{-2, 1, 2}").magnitude == range("{1, 2}"))
    #expect(NumberRange.all.magnitude == (try range("0..")))
  }

  @Test func sumsOfSeveral() throws {
    #expect(try range("0..100 by 0.01").summed(range("{0, 1, 2}")) == range("0..200 by 0.01"))
    #expect(try range("50").summed(.counts) == range("0.. by 50"))
    #expect(try range("{1, 2}").summed(range("2")) == range("{2, 3, 4}"))
    #expect(try range("-5..100").summed(.counts) == .all)
    #expect(try range("{1, 2}").summed(range("1")) == range("{1, 2}"))
  }

  @Test(arguments: [
    ("0..", "0", Truth.open, Truth.no, Truth.open), ("1..", "0", .no, .no, .no),
    ("..0", "0", .open, .open, .yes),
    ("5", "5", .yes, .no, .yes), ("{1, 3}", "2", .no, .open, .open),
    ("0.. by 0.01", "0.005", .no, .open, .open),
    ("{1, 2}", "{3, 4}", .no, .yes, .yes), ("{1, 2}", "{2, 3}", .open, .open, .yes),
    ("..", "..", .open, .open, .open),
    ("0.. by 2", "1.. by 2", .open, .open, .open),
  ])
  func comparisons(one: String, other: String, equal: Truth, less: Truth, atMost: Truth) throws {
    let (a, b) = (try range(one), try range(other))
    #expect(a.equals(b) == equal)
    #expect(b.equals(a) == equal)
    #expect(a.isLess(than: b) == less)
    #expect(a.isAtMost(b) == atMost)
    #expect(b.isGreater(than: a) == less)
    #expect(b.isAtLeast(a) == atMost)
  }

  @Test func neighbours() throws {
    let income = try range("0.. by 0.01")
    #expect(try income.next(after: number("7129.64")) == number("7129.65"))
    #expect(try income.next(after: number("7129.645")) == number("7129.65"))
    #expect(try income.previous(before: number("7129.645")) == number("7129.64"))
    #expect(try income.next(after: number("-5")) == .zero)
    #expect(income.previous(before: .zero) == nil)
    #expect(NumberRange.all.next(after: .zero) == nil)
    #expect(try range("{1, 2, 5}").next(after: Number(2)) == Number(5))
    #expect(try range("{1, 2, 5}").previous(before: Number(1)) == nil)
    #expect(try range("{1, 2, 5}").previous(before: Number(100)) == Number(5))
  }

  @Test func tooLargeEndsBecomeUnbounded() throws {
    let huge = try Number(2).power(999).power(4)
    let range = try #require(NumberRange(lower: huge, upper: huge * Number(2)))
    #expect((range * range).lower == nil && (range * range).upper == nil)
    #expect(range.power(2).values?.upper == nil)
  }
}
