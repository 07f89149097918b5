public import AnnonaValues

/// An amount as a function of one number: a line, and any number of staircases on it, each the rounding of such a function.
///
/// `a·x + b + Σ factor·round(… to step, mode)`, exact at every x; equal functions that were built alike are equal.
public struct SteppedLine: Sendable, Hashable {
  /// `round(of to step, mode)`
  public struct Stair: Sendable, Hashable {
    /// Goes one way only.
    public let of: SteppedLine
    /// Positive.
    public let step: Number
    public let mode: RoundingMode

    func value(at x: Number) throws(ArithmeticFault) -> Number {
      try of.value(at: x).rounded(to: step, mode)
    }
  }

  public struct Term: Sendable, Hashable {
    public let factor: Number
    public let stair: Stair
  }

  public let slope: Number
  public let constant: Number
  /// Each stair once, in a fixed order, none with the factor 0.
  public let terms: [Term]

  static let x = SteppedLine(slope: .one, constant: .zero)

  package init(_ constant: Number) { self.init(slope: .zero, constant: constant) }

  init(slope: Number, constant: Number, terms: [Term] = []) {
    self.slope = slope
    self.constant = constant
    self.terms = terms
  }

  public var isConstant: Bool { slope.isZero && terms.isEmpty }

  public func value(at x: Number) throws(ArithmeticFault) -> Number {
    var value = slope.isZero ? constant : try slope * x + constant
    for term in terms { value = try value + term.factor * term.stair.value(at: x) }
    return value
  }

  /// The line that it follows, and how far its staircases can be off it on either side; `nil` where these are too large.
  func smoothed() -> (slope: Number, constant: Number, height: Number)? {
    var (slope, constant, height) = (self.slope, self.constant, Number.zero)
    for term in terms {
      guard let inner = term.stair.of.smoothed(),
        let nextSlope = try? slope + term.factor * inner.slope,
        let nextConstant = try? constant + term.factor * inner.constant,
        let nextHeight = try? height + term.factor.magnitude * (term.stair.step + inner.height)
      else { return nil }
      (slope, constant, height) = (nextSlope, nextConstant, nextHeight)
    }
    return (slope, constant, height)
  }

  /// How much it rises on average for each unit of x: the slope of the line and of every staircase on it.
  public var rate: Number? { smoothed()?.slope }

  /// 1 where it never falls, -1 where it never rises, 0 where it is constant; `nil` where its parts go both ways.
  var direction: Int? {
    var found = slope.sign
    for term in terms {
      let sign = term.factor.sign * (term.stair.of.direction ?? 0)
      if sign == 0 || sign == found { continue }
      guard found == 0 else { return nil }
      found = sign
    }
    return found
  }

  /// Of how many lines and staircases it is made.
  var size: Int { terms.reduce(1) { $0 + $1.stair.of.size } }
}

extension SteppedLine {
  static func + (one: Self, other: Self) throws(ArithmeticFault) -> Self {
    SteppedLine(
      slope: try one.slope + other.slope, constant: try one.constant + other.constant,
      terms: try joined(one.terms, other.terms))
  }

  static func - (one: Self, other: Self) throws(ArithmeticFault) -> Self {
    try one + other.scaled(by: -.one)
  }

  func scaled(by factor: Number) throws(ArithmeticFault) -> Self {
    if factor.isZero { return SteppedLine(.zero) }
    if factor == .one { return self }
    var scaled: [Term] = []
    for term in terms { scaled.append(Term(factor: try term.factor * factor, stair: term.stair)) }
    return SteppedLine(
      slope: try slope * factor, constant: try constant * factor, terms: scaled)
  }

  func shifted(by amount: Number) throws(ArithmeticFault) -> Self {
    SteppedLine(slope: slope, constant: try constant + amount, terms: terms)
  }

  /// Two lists in their order, with the factors of what both have added.
  private static func joined(_ one: [Term], _ other: [Term]) throws(ArithmeticFault) -> [Term] {
    if one.isEmpty { return other }
    if other.isEmpty { return one }
    var result: [Term] = []
    var (i, j) = (0, 0)
    while i < one.count || j < other.count {
      if i < one.count, j < other.count, one[i].stair == other[j].stair {
        let factor = try one[i].factor + other[j].factor
        if !factor.isZero { result.append(Term(factor: factor, stair: one[i].stair)) }
        i += 1
        j += 1
      } else if j == other.count || i < one.count && one[i].stair < other[j].stair {
        result.append(one[i])
        i += 1
      } else {
        result.append(other[j])
        j += 1
      }
    }
    return result
  }
}

extension SteppedLine.Stair: Comparable {
  /// Any order will do, as long as it is always the same.
  public static func < (one: Self, other: Self) -> Bool {
    if one.step != other.step { return one.step < other.step }
    if one.mode != other.mode { return one.mode.rawValue < other.mode.rawValue }
    return one.of < other.of
  }
}

extension SteppedLine: Comparable {
  /// As for stairs.
  public static func < (one: Self, other: Self) -> Bool {
    if one.slope != other.slope { return one.slope < other.slope }
    if one.constant != other.constant { return one.constant < other.constant }
    for (a, b) in zip(one.terms, other.terms) where a != b {
      return a.stair == b.stair ? a.factor < b.factor : a.stair < b.stair
    }
    return one.terms.count < other.terms.count
  }
}
