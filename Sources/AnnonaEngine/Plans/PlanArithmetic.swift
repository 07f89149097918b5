import AnnonaLanguage
import AnnonaValues

/// Numbers as counts of a quantum: constants are folded into the quantum, and quotients stay fractions until they are rounded.
extension PlanCompiler {
  func number(_ value: PlanValue) throws(Unplannable) -> PlanNumber {
    switch value.content {
    case .number(let number): return number
    case .null: return .constant(.zero)
    default: throw Unplannable("no number")
    }
  }

  /// Both in the greatest quantum of which both are made.
  mutating func aligned(
    _ one: PlanNumber, _ other: PlanNumber
  ) throws(Unplannable) -> (PlanNumber, PlanNumber, Number) {
    if one.quantum == other.quantum { return (one, other, one.quantum) }
    guard let common = Number.gcd(one.quantum, other.quantum) else {
      throw Unplannable("quantities without a common measure")
    }
    return (try scaled(one, to: common), try scaled(other, to: common), common)
  }

  /// In a quantum of which its own is a multiple.
  private mutating func scaled(
    _ number: PlanNumber, to quantum: Number
  ) throws(Unplannable) -> PlanNumber {
    if number.quantum.isZero { return PlanNumber(count: .same(0), over: nil, quantum: quantum) }
    guard let factor = try? (number.quantum / quantum).integer else {
      throw Unplannable("quantities without a common measure")
    }
    var result = number
    result.count = try builder.multiply(number.count, .same(Int64(factor)))
    result.quantum = quantum
    return result
  }

  mutating func sum(
    _ one: PlanNumber, _ other: PlanNumber, subtracting: Bool = false
  ) throws(Unplannable) -> PlanNumber {
    var (a, b, quantum) = try aligned(one, other)
    let over = try commonOver(&a, &b)
    let count =
      subtracting
      ? try builder.subtract(a.count, b.count) : try builder.add(a.count, b.count)
    return PlanNumber(count: count, over: over, quantum: quantum)
  }

  /// Gives both the same divisor.
  private mutating func commonOver(
    _ a: inout PlanNumber, _ b: inout PlanNumber
  ) throws(Unplannable) -> PlacedColumn? {
    if a.over == b.over { return a.over }
    let (x, y) = (a.over ?? .same(1), b.over ?? .same(1))
    a.count = try builder.multiply(a.count, y)
    b.count = try builder.multiply(b.count, x)
    return try builder.multiply(x, y)
  }

  mutating func product(
    _ one: PlanNumber, _ other: PlanNumber
  ) throws(Unplannable) -> PlanNumber {
    guard let quantum = try? one.quantum * other.quantum else {
      throw Unplannable("a number too large to be held")
    }
    let count = try builder.multiply(one.count, other.count)
    let over: PlacedColumn?
    switch (one.over, other.over) {
    case (let a?, let b?): over = try builder.multiply(a, b)
    case (let a, let b): over = a ?? b
    }
    return PlanNumber(count: count, over: over, quantum: quantum)
  }

  /// The quotient, and where there is one.
  mutating func quotient(
    _ one: PlanNumber, _ other: PlanNumber
  ) throws(Unplannable) -> (PlanNumber, valid: PlacedColumn) {
    if let divisor = other.constant {
      guard !divisor.isZero else { return (one, .no) }
      guard let inverse = try? .one / divisor else {
        throw Unplannable("a number too large to be held")
      }
      return (try product(one, .constant(inverse)), .yes)
    }
    guard let quantum = try? one.quantum / other.quantum else {
      throw Unplannable("a number too large to be held")
    }
    var count = one.count
    let range = builder.range(of: other.count)
    var divisor = other.count
    if range.lowerBound < 0 {
      let isNegative = try builder.compare(.less, other.count, .same(0))
      divisor = try builder.magnitude(of: other.count)
      count = try builder.select(isNegative, try builder.negate(count), count)
    }
    if let over = other.over { count = try builder.multiply(count, over) }
    if let over = one.over { divisor = try builder.multiply(divisor, over) }
    let valid =
      range.contains(0) ? try builder.compare(.unequal, other.count, .same(0)) : PlacedColumn.yes
    return (PlanNumber(count: count, over: divisor, quantum: quantum), valid)
  }

  mutating func extreme(
    _ one: PlanNumber, _ other: PlanNumber, isGreatest: Bool
  ) throws(Unplannable) -> PlanNumber {
    let (a, b, quantum) = try aligned(one, other)
    if a.over == b.over {
      let count =
        isGreatest
        ? try builder.greatest(a.count, b.count) : try builder.least(a.count, b.count)
      return PlanNumber(count: count, over: a.over, quantum: quantum)
    }
    let isFirst = try order(isGreatest ? .greater : .less, .number(a), .number(b))
    return try select(isFirst, a, b)
  }

  mutating func power(
    _ base: PlanNumber, _ exponent: PlanNumber
  ) throws(Unplannable) -> PlanNumber {
    guard let exponent = exponent.constant?.integer, (0...8).contains(exponent) else {
      throw Unplannable("a power")
    }
    var result = PlanNumber.constant(.one)
    for _ in 0..<exponent { result = try product(result, base) }
    return result
  }

  // MARK: - Rounding

  /// To a multiple of a constant step.
  mutating func rounded(
    _ number: PlanNumber, to step: Number, _ mode: RoundingMode
  ) throws(Unplannable) -> PlanNumber {
    guard step.sign > 0 else { throw Unplannable("a step that is not positive") }
    guard let ratio = try? number.quantum / step,
      let (up, down) = ratio.smallParts.map({ (Int64($0.numerator), Int64($0.denominator)) })
    else { throw Unplannable("quantities without a common measure") }
    let count = try builder.multiply(number.count, .same(up))
    if number.over == nil, down == 1 {
      return PlanNumber(count: count, over: nil, quantum: step)
    }
    let divisor = try builder.multiply(number.over ?? .same(1), .same(down))
    let steps = try quotient(count, divisor, mode)
    return PlanNumber(count: steps, over: nil, quantum: step)
  }

  /// A whole number of steps; the divisor is above 0.
  private mutating func quotient(
    _ count: PlacedColumn, _ divisor: PlacedColumn, _ mode: RoundingMode
  ) throws(Unplannable) -> PlacedColumn {
    switch mode {
    case .floor: return try builder.divide(count, divisor)
    case .ceiling:
      return try builder.negate(try builder.divide(try builder.negate(count), divisor))
    case .halfEven:
      let below = try builder.divide(count, divisor)
      let rest = try builder.subtract(count, try builder.multiply(below, divisor))
      let twice = try builder.add(rest, rest)
      let isOdd = try builder.compare(.equal, try builder.masked(below, 1), .same(1))
      let isTie = try builder.compare(.equal, twice, divisor)
      let goesUp = try builder.or(
        try builder.compare(.greater, twice, divisor), try builder.and(isTie, isOdd))
      return try builder.select(goesUp, try builder.add(below, .same(1)), below)
    case .down, .up, .halfUp, .halfDown:
      // By magnitude, so that what is below zero goes the same way from it.
      let size = try builder.magnitude(of: count)
      let steps = try builder.divide(
        try builder.add(size, try addition(divisor, mode)), divisor)
      if builder.range(of: count).lowerBound >= 0 { return steps }
      let isNegative = try builder.compare(.less, count, .same(0))
      return try builder.select(isNegative, try builder.negate(steps), steps)
    }
  }

  /// What is added before rounding down.
  private mutating func addition(
    _ divisor: PlacedColumn, _ mode: RoundingMode
  ) throws(Unplannable) -> PlacedColumn {
    switch mode {
    case .up: return try builder.subtract(divisor, .same(1))
    case .halfUp: return try builder.shifted(divisor, by: 1)
    case .halfDown:
      return try builder.shifted(try builder.subtract(divisor, .same(1)), by: 1)
    default: return .same(0)
    }
  }
}
