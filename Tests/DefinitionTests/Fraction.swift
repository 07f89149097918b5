/// A fraction in lowest terms; arithmetic that outgrows machine words gives up on the rulebook.
struct Fraction: Hashable, Comparable {
  let top: Int
  let bottom: Int

  struct TooLarge: Error {}

  init(_ whole: Int) { (top, bottom) = (whole, 1) }

  init(_ top: Int, over bottom: Int) throws {
    guard abs(top) < 1 << 30, abs(bottom) < 1 << 30 else { throw TooLarge() }
    var (a, b) = (abs(top), abs(bottom))
    while b != 0 { (a, b) = (b, a % b) }
    let sign = bottom < 0 ? -1 : 1
    self.top = sign * top / a
    self.bottom = sign * bottom / a
  }

  static func < (one: Self, other: Self) -> Bool {
    one.top * other.bottom < other.top * one.bottom
  }

  func calculated(_ operation: Operation, _ other: Self) throws -> Fraction {
    switch operation {
    case .add: try Fraction(top * other.bottom + other.top * bottom, over: bottom * other.bottom)
    case .subtract:
      try Fraction(top * other.bottom - other.top * bottom, over: bottom * other.bottom)
    case .multiply: try Fraction(top * other.top, over: bottom * other.bottom)
    case .divide: try Fraction(top * other.bottom, over: bottom * other.top)
    }
  }

  var floor: Fraction {
    Fraction(top >= 0 ? top / bottom : -((-top + bottom - 1) / bottom))
  }

  /// To the nearest whole number, halves away from zero.
  var rounded: Fraction {
    let magnitude = (2 * abs(top) + bottom) / (2 * bottom)
    return Fraction(top < 0 ? -magnitude : magnitude)
  }
}
