extension NumberRange {
  public static func + (one: NumberRange, other: NumberRange) -> NumberRange {
    if let set = pairwise(one, other, { try? $0 + $1 }) { return set }
    return widest(
      sum(one.lower, other.lower), sum(one.upper, other.upper), commonStep(one.step, other.step))
  }

  public static func - (one: NumberRange, other: NumberRange) -> NumberRange { one + -other }

  public static prefix func - (range: NumberRange) -> NumberRange {
    if let members = range.members { return NumberRange(sorted: members.reversed().map { -$0 }) }
    return widest(range.upper.map { -$0 }, range.lower.map { -$0 }, range.step)
  }

  public static func * (one: NumberRange, other: NumberRange) -> NumberRange {
    if one.single?.isZero == true || other.single?.isZero == true { return .exactly(.zero) }
    if let set = pairwise(one, other, { try? $0 * $1 }) { return set }
    let (least, greatest) = product(one.ends, other.ends)
    return widest(least, greatest, one.step.flatMap { a in other.step.flatMap { try? a * $0 } })
  }

  /// The quotients by every value of the divisor but 0; the fault `divisionByZero` when 0 is one of its values.
  public func divided(by divisor: NumberRange) -> Possible<NumberRange, ArithmeticFault> {
    if let divisor = divisor.single { return divided(by: divisor) }
    let faults: [ArithmeticFault] = divisor.contains(.zero) ? [.divisionByZero] : []
    if single?.isZero == true { return Possible(.exactly(.zero), faults: faults) }
    var result: NumberRange?
    for side in divisor.sidesOfZero {
      let (least, greatest) = Self.product(ends, Self.reciprocal(side))
      let quotients = Self.widest(least, greatest, nil)
      result = result?.hull(with: quotients) ?? quotients
    }
    return Possible(result, faults: faults)
  }

  private func divided(by divisor: Number) -> Possible<NumberRange, ArithmeticFault> {
    guard !divisor.isZero else { return Possible(nil, faults: [.divisionByZero]) }
    if let single {
      // A quotient that is too large is a limit, not one of the faults that a range foresees.
      return Possible((try? single / divisor).map { .exactly($0) } ?? .all)
    }
    if let members, let set = Self.set(members.map { try? $0 / divisor }) { return Possible(set) }
    let (least, greatest) = Self.product(
      ends, Self.reciprocal((.finite(divisor), .finite(divisor))))
    return Possible(
      Self.widest(least, greatest, step.flatMap { try? $0 / divisor.magnitude }))
  }

  /// Each value multiplied by itself; the faults are those of a single power.
  public func power(_ exponent: Int) -> Possible<NumberRange, ArithmeticFault> {
    guard (-999...999).contains(exponent) else { return Possible(nil, faults: [.badExponent]) }
    if exponent < 0 { return NumberRange.exactly(.one).divided(by: raised(to: -exponent)) }
    return Possible(raised(to: exponent))
  }

  /// As `power`, for every exponent possible; what is no whole number from -999 to 999 is the fault `badExponent`.
  public func power(_ exponents: NumberRange) -> Possible<NumberRange, ArithmeticFault> {
    if let exponent = exponents.single {
      return exponent.integer.map { power($0) } ?? Possible(nil, faults: [.badExponent])
    }
    guard let members = exponents.members else {
      let allowed = NumberRange.integers(from: -999, through: 999) ?? .integers
      var faults: [ArithmeticFault] = []
      if contains(.zero), exponents.lower.map({ $0.isNegative }) ?? true {
        faults.append(.divisionByZero)
      }
      if !exponents.isSubset(of: allowed) { faults.append(.badExponent) }
      return Possible(exponents.sharesValue(with: allowed) ? .all : nil, faults: faults)
    }
    var result: NumberRange?
    var faults: Set<ArithmeticFault> = []
    for exponent in members {
      let one = exponent.integer.map { power($0) } ?? Possible(nil, faults: [.badExponent])
      faults.formUnion(one.faults)
      result = one.values.map { values in result?.hull(with: values) ?? values } ?? result
    }
    return Possible(result, faults: ArithmeticFault.allCases.filter(faults.contains))
  }

  /// The exponent is from 0 to 999.
  private func raised(to exponent: Int) -> NumberRange {
    if exponent == 0 { return .exactly(.one) }
    if let single { return (try? single.power(exponent)).map { .exactly($0) } ?? .all }
    if let members, let set = Self.set(members.map { try? $0.power(exponent) }) { return set }
    let base = exponent % 2 == 0 ? magnitude : self
    let step = base.step.flatMap { try? $0.power(exponent) }
    return Self.widest(
      base.lower.flatMap { try? $0.power(exponent) },
      base.upper.flatMap { try? $0.power(exponent) }, step)
  }

  public var magnitude: NumberRange {
    if let members, let set = Self.set(members.map { $0.magnitude }) { return set }
    if let lower, !lower.isNegative { return self }
    if let upper, upper.sign <= 0 { return -self }
    return Self.widest(.zero, Self.greatest(lower.map { -$0 }, upper), step)
  }

  /// The lesser of two values.
  public func least(with other: NumberRange) -> NumberRange {
    let greatest = [upper, other.upper].compactMap { $0 }.min()
    if let members, let others = other.members, let greatest {
      let union = Self.union(members, others).filter { $0 <= greatest }
      if union.count <= Self.memberLimit { return NumberRange(sorted: union) }
    }
    return Self.widest(
      Self.least(lower, other.lower), greatest, Self.commonStep(step, other.step))
  }

  /// The greater of two values.
  public func greatest(with other: NumberRange) -> NumberRange { -(-self).least(with: -other) }

  /// Every value rounded to a step; a step of 0 is the fault `divisionByZero`.
  public func rounded(
    to step: Number, _ mode: RoundingMode
  ) -> Possible<NumberRange, ArithmeticFault> {
    guard !step.isZero else { return Possible(nil, faults: [.divisionByZero]) }
    if isMultiple(of: step) { return Possible(self) }
    if let members, let set = Self.set(members.map { try? $0.rounded(to: step, mode) }) {
      return Possible(set)
    }
    return Possible(
      Self.widest(
        lower.flatMap { try? $0.rounded(to: step, mode) },
        upper.flatMap { try? $0.rounded(to: step, mode) }, step))
  }

  /// The sum of as many values of this range as the count says; the count is not negative.
  public func summed(_ count: NumberRange) -> NumberRange {
    if single != nil { return self * count }
    if count.single == .one { return self }
    let product = self * count
    return Self.widest(product.lower, product.upper, step)
  }

  // MARK: - Ends

  enum End {
    case finite(Number)
    case infinite(negative: Bool)

    var finite: Number? { if case .finite(let number) = self { number } else { nil } }

    var sign: Int {
      switch self {
      case .finite(let number): number.sign
      case .infinite(let negative): negative ? -1 : 1
      }
    }

    /// Nothing times anything is nothing; what is too large has no end.
    static func * (one: End, other: End) -> End {
      let sign = one.sign * other.sign
      if sign == 0 { return .finite(.zero) }
      if let a = one.finite, let b = other.finite, let product = try? a * b {
        return .finite(product)
      }
      return .infinite(negative: sign < 0)
    }

    static func isLess(_ one: End, _ other: End) -> Bool {
      switch (one, other) {
      case (.finite(let a), .finite(let b)): a < b
      case (.infinite(let negative), .finite): negative
      case (.finite, .infinite(let negative)): !negative
      case (.infinite(let a), .infinite(let b)): a && !b
      }
    }
  }

  private var ends: (End, End) {
    (
      lower.map { .finite($0) } ?? .infinite(negative: true),
      upper.map { .finite($0) } ?? .infinite(negative: false)
    )
  }

  private static func product(
    _ one: (End, End), _ other: (End, End)
  ) -> (least: Number?, greatest: Number?) {
    let corners = [one.0 * other.0, one.0 * other.1, one.1 * other.0, one.1 * other.1]
    let least = corners.min(by: End.isLess)
    let greatest = corners.max(by: End.isLess)
    return (least?.finite, greatest?.finite)
  }

  /// The values below and above 0; an end at 0 moves to the first step where one is known.
  private var sidesOfZero: [(End, End)] {
    var sides: [(End, End)] = []
    if lower.map({ $0.isNegative }) ?? true {
      let nearest = upper.flatMap { $0.isNegative ? $0 : nil }
      sides.append((ends.0, .finite(nearest ?? previous(before: .zero) ?? .zero)))
    }
    if upper.map({ $0.sign > 0 }) ?? true {
      let nearest = lower.flatMap { $0.sign > 0 ? $0 : nil }
      sides.append((.finite(nearest ?? next(after: .zero) ?? .zero), ends.1))
    }
    return sides
  }

  /// Of an interval on one side of 0, of which 0 can be the open end.
  private static func reciprocal(_ side: (End, End)) -> (End, End) {
    let negative = side.0.sign < 0
    func reciprocal(_ end: End) -> End {
      guard let number = end.finite else { return .finite(.zero) }
      if !number.isZero, let result = try? Number.one / number { return .finite(result) }
      return .infinite(negative: negative)
    }
    return (reciprocal(side.1), reciprocal(side.0))
  }

  private static func sum(_ one: Number?, _ other: Number?) -> Number? {
    guard let one, let other else { return nil }
    return try? one + other
  }

  /// The results of an operation on each pair of members, if they are few and whole.
  private static func pairwise(
    _ one: NumberRange, _ other: NumberRange, _ operation: (Number, Number) -> Number?
  ) -> NumberRange? {
    if let a = one.single, let b = other.single { return operation(a, b).map { .exactly($0) } }
    guard let members = one.members, let others = other.members,
      members.count * others.count <= memberLimit
    else { return nil }
    var results: [Number?] = []
    for a in members { for b in others { results.append(operation(a, b)) } }
    return set(results)
  }

  /// Whole numbers, at most as many as a set may have; `nil` when one is missing or not whole.
  private static func set(_ numbers: [Number?]) -> NumberRange? {
    var distinct: Set<Number> = []
    for number in numbers {
      guard let number, number.isInteger else { return nil }
      distinct.insert(number)
    }
    guard !distinct.isEmpty, distinct.count <= memberLimit else { return nil }
    return NumberRange(sorted: distinct.sorted())
  }
}
