import AnnonaValues
import Testing

@Suite struct RoundingTests {
  /// halfUp, halfEven, halfDown, up, down, floor, ceiling
  @Test(arguments: [
    ("0.5", [1, 0, 0, 1, 0, 0, 1]), ("-0.5", [-1, 0, 0, -1, 0, -1, 0]),
    ("1.5", [2, 2, 1, 2, 1, 1, 2]), ("-1.5", [-2, -2, -1, -2, -1, -2, -1]),
    ("2.5", [3, 2, 2, 3, 2, 2, 3]), ("-2.5", [-3, -2, -2, -3, -2, -3, -2]),
    ("-42.443", [-42, -42, -42, -43, -42, -43, -42]), ("0.1", [0, 0, 0, 1, 0, 0, 1]),
    ("0.9", [1, 1, 1, 1, 0, 0, 1]), ("-0.9", [-1, -1, -1, -1, 0, -1, 0]),
    ("3", [3, 3, 3, 3, 3, 3, 3]), ("-3", [-3, -3, -3, -3, -3, -3, -3]),
    ("1/3", [0, 0, 0, 1, 0, 0, 1]), ("-2/3", [-1, -1, -1, -1, 0, -1, 0]),
    ("0", [0, 0, 0, 0, 0, 0, 0]),
  ])
  func toWholeNumbers(text: String, expected: [Int]) throws {
    let value = try number(text)
    for (mode, result) in zip(RoundingMode.allCases, expected) {
      #expect(try value.rounded(to: .one, mode) == Number(result), "\(text) \(mode.rawValue)")
    }
    #expect(value.floor == Number(expected[5]))
    #expect(value.ceiling == Number(expected[6]))
  }

  @Test(arguments: [
    ("100/3", "0.01", RoundingMode.halfUp, "33.33"), ("50/3", "0.01", .halfUp, "16.67"),
    ("7", "8", .halfUp, "8"), ("4", "8", .halfUp, "8"), ("4", "8", .halfEven, "0"),
    ("12", "8", .halfEven, "16"), ("-4", "8", .halfDown, "0"), ("1/2", "1/3", .halfUp, "2/3"),
    ("1/2", "-1/3", .floor, "1/3"), ("182.415", "0.01", .halfEven, "182.42"),
    ("182.425", "0.01", .halfEven, "182.42"),
    ("9223372036854775807", "2", .up, "9223372036854775808"),
    ("-9223372036854775807", "2", .floor, "-9223372036854775808"),
    ("123456789012345678901234567890.5", "1", .halfEven, "123456789012345678901234567890"),
    ("-123456789012345678901234567890.5", "1", .halfUp, "-123456789012345678901234567891"),
    ("-123456789012345678901234567890.4", "1", .halfUp, "-123456789012345678901234567890"),
  ])
  func toSteps(text: String, step: String, mode: RoundingMode, expected: String) throws {
    #expect(try number(text).rounded(to: number(step), mode) == number(expected))
  }

  @Test func multiples() throws {
    #expect(try number("7129.64").isMultiple(of: number("0.01")))
    #expect(try !number("7129.645").isMultiple(of: number("0.01")))
    #expect(Number.zero.isMultiple(of: .zero))
    #expect(!Number.one.isMultiple(of: .zero))
    #expect(Number(Int.min).isMultiple(of: Number(-1)))
    #expect(try number("1/3").isMultiple(of: number("-1/6")))
    #expect(try number("123456789012345678901234567890").isMultiple(of: Number(10)))
  }
}
