/// The numbers that a value can still be: at most 64 whole numbers one by one, else an interval with a step.
///
/// Never empty. Equal sets of possible values have one representation: ends are multiples of the step, and few whole numbers are
/// always held one by one.
public struct NumberRange: Sendable, Hashable {
  /// The greatest size of a set of members.
  public static let memberLimit = 64

  /// `nil` for no lower end.
  public let lower: Number?
  /// `nil` for no upper end.
  public let upper: Number?
  /// Every value is a whole multiple of it; `nil` when none is known, 0 for the number 0 alone.
  public let step: Number?
  /// Two or more members; a single number needs no list.
  private let several: [Number]?

  private init(lower: Number?, upper: Number?, step: Number?, several: [Number]?) {
    self.lower = lower
    self.upper = upper
    self.step = step
    self.several = several
  }

  /// Any number at all.
  public static let all = NumberRange(lower: nil, upper: nil, step: nil, several: nil)
  /// Any whole number.
  public static let integers = NumberRange(lower: nil, upper: nil, step: .one, several: nil)
  /// 0, 1, 2 and so on: the size of a list nobody gave.
  public static let counts = NumberRange(lower: .zero, upper: nil, step: .one, several: nil)

  public static func exactly(_ number: Number) -> NumberRange {
    NumberRange(lower: number, upper: number, step: number.magnitude, several: nil)
  }

  /// Whole numbers from the least to the greatest, both in; `nil` when there are none.
  public static func integers(from least: Int?, through greatest: Int?) -> NumberRange? {
    NumberRange(lower: least.map { Number($0) }, upper: greatest.map { Number($0) }, step: .one)
  }

  /// The multiples of the step between the ends, both in; `nil` when there are none.
  public init?(lower: Number?, upper: Number?, step: Number? = nil) {
    if let step, step.isZero {
      guard lower.map({ $0 <= .zero }) ?? true, upper.map({ $0 >= .zero }) ?? true else {
        return nil
      }
      self = .exactly(.zero)
      return
    }
    let step = step?.magnitude
    var (lower, upper) = (lower, upper)
    if let step {
      // An end that cannot be moved to a multiple stays where it is, which is wide enough.
      lower = lower.map { (try? $0.rounded(to: step, .ceiling)) ?? $0 }
      upper = upper.map { (try? $0.rounded(to: step, .floor)) ?? $0 }
    }
    if let lower, let upper {
      guard lower <= upper else { return nil }
      if lower == upper {
        self = .exactly(lower)
        return
      }
      if let step, let members = Self.few(from: lower, through: upper, step: step) {
        self.init(sorted: members)
        return
      }
    }
    self.init(lower: lower, upper: upper, step: step, several: nil)
  }

  /// One of these numbers; `nil` when there are none.
  public init?(_ numbers: some Sequence<Number>) {
    var range: NumberRange?
    for number in numbers {
      let one = NumberRange.exactly(number)
      range = range.map { $0.hull(with: one) } ?? one
    }
    guard let range else { return nil }
    self = range
  }

  /// Ascending, without repetition, not empty, whole, at most as many as a set may have.
  init(sorted members: [Number]) {
    var step: Number? = .zero
    for member in members { step = step.flatMap { Number.gcd($0, member) } }
    self.init(
      lower: members.first, upper: members.last, step: step,
      several: members.count > 1 ? members : nil)
  }

  private static func few(from lower: Number, through upper: Number, step: Number) -> [Number]? {
    guard step.isInteger, let width = try? (upper - lower) / step, let count = width.integer,
      count < memberLimit
    else { return nil }
    var members = [lower]
    var last = lower
    for _ in 0..<count {
      guard let next = try? last + step else { return nil }
      members.append(next)
      last = next
    }
    return members
  }

  // MARK: - Questions

  /// Ascending: every possible value, where they are whole and few.
  public var members: [Number]? {
    if let several { return several }
    if let single, single.isInteger { return [single] }
    return nil
  }

  public var single: Number? {
    guard let lower, lower == upper else { return nil }
    return lower
  }

  /// Whether every possible value is whole.
  public var isWhole: Bool { isMultiple(of: .one) }

  /// Whether every possible value is a multiple of the step, as far as is known.
  public func isMultiple(of step: Number) -> Bool { self.step?.isMultiple(of: step) ?? false }

  public func contains(_ number: Number) -> Bool {
    if let lower, number < lower { return false }
    if let upper, number > upper { return false }
    if let several { return several.contains(number) }
    return step.map { number.isMultiple(of: $0) } ?? true
  }

  public func isSubset(of other: NumberRange) -> Bool {
    if let members { return members.allSatisfy(other.contains) }
    if let single { return other.contains(single) }
    if other.members != nil { return false }
    if let end = other.lower { guard let lower, lower >= end else { return false } }
    if let end = other.upper { guard let upper, upper <= end else { return false } }
    guard let step = other.step else { return true }
    return isMultiple(of: step)
  }

  // MARK: - Joining and cutting

  public func hull(with other: NumberRange) -> NumberRange {
    if self == other { return self }
    if let members, let others = other.members {
      let union = Self.union(members, others)
      if union.count <= Self.memberLimit { return NumberRange(sorted: union) }
    }
    let least = Self.least(lower, other.lower)
    let greatest = Self.greatest(upper, other.upper)
    return NumberRange.widest(least, greatest, Self.commonStep(step, other.step))
  }

  /// What is possible in both; `nil` when nothing is.
  public func intersection(with other: NumberRange) -> NumberRange? {
    if let members { return NumberRange(members.filter(other.contains)) }
    if let members = other.members { return NumberRange(members.filter(contains)) }
    if let single { return other.contains(single) ? self : nil }
    if let single = other.single { return contains(single) ? other : nil }
    let least = lower.map { mine in other.lower.map { max(mine, $0) } ?? mine } ?? other.lower
    let greatest = upper.map { mine in other.upper.map { min(mine, $0) } ?? mine } ?? other.upper
    let common: Number?
    switch (step, other.step) {
    case (let one?, let two?): common = Number.lcm(one, two) ?? one
    case (let one, let two): common = one ?? two
    }
    return NumberRange(lower: least, upper: greatest, step: common)
  }

  /// The least possible value above a number; `nil` when there is none, or none is the least.
  public func next(after number: Number) -> Number? {
    if let lower, number < lower { return lower }
    if let members { return members.first { $0 > number } }
    guard let step, !step.isZero, let floor = try? number.rounded(to: step, .floor),
      let next = try? floor + step, contains(next)
    else { return nil }
    return next
  }

  /// The greatest possible value below a number; `nil` when there is none, or none is the greatest.
  public func previous(before number: Number) -> Number? {
    if let upper, number > upper { return upper }
    if let members { return members.last { $0 < number } }
    guard let step, !step.isZero, let ceiling = try? number.rounded(to: step, .ceiling),
      let previous = try? ceiling - step, contains(previous)
    else { return nil }
    return previous
  }

  // MARK: - Parts of the operations

  /// The result of an operation that is known to have one.
  static func widest(_ lower: Number?, _ upper: Number?, _ step: Number?) -> NumberRange {
    NumberRange(lower: lower, upper: upper, step: step) ?? .all
  }

  /// `nil` is below everything.
  static func least(_ one: Number?, _ other: Number?) -> Number? {
    guard let one, let other else { return nil }
    return min(one, other)
  }

  /// `nil` is above everything.
  static func greatest(_ one: Number?, _ other: Number?) -> Number? {
    guard let one, let other else { return nil }
    return max(one, other)
  }

  static func commonStep(_ one: Number?, _ other: Number?) -> Number? {
    guard let one, let other else { return nil }
    return Number.gcd(one, other)
  }

  /// Ascending, without repetition.
  static func union(_ one: [Number], _ other: [Number]) -> [Number] {
    var result: [Number] = []
    var (i, j) = (0, 0)
    while i < one.count || j < other.count {
      let takesOne = j == other.count || (i < one.count && one[i] <= other[j])
      let next = takesOne ? one[i] : other[j]
      if takesOne { i += 1 } else { j += 1 }
      if result.last != next { result.append(next) }
    }
    return result
  }
}

extension NumberRange: OrderedRange {
  @inlinable public var leastValue: Number? { lower }
  @inlinable public var greatestValue: Number? { upper }

  public func sharesValue(with other: NumberRange) -> Bool { intersection(with: other) != nil }
}

extension NumberRange: CustomStringConvertible {
  /// For tests and messages of last resort: `{1, 2, 5}`, `0..100 by 0.01`.
  public var description: String {
    if let members, members.count != 1 {
      return "{" + members.map(\.canonicalText).joined(separator: ", ") + "}"
    }
    if let single { return single.canonicalText }
    let ends = (lower?.canonicalText ?? "") + ".." + (upper?.canonicalText ?? "")
    return step.map { "\(ends) by \($0.canonicalText)" } ?? ends
  }
}
