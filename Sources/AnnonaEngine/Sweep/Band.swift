import AnnonaLanguage
import AnnonaValues

/// A number as a function of the fact: one line, or where something else is open the two between which it lies.
struct Band {
  /// `nil` where there is no limit.
  let low: SteppedLine?
  let high: SteppedLine?
  /// Why it is no single line; `nil` where it is.
  let why: Undecided?

  init(_ line: SteppedLine) { (low, high, why) = (line, line, nil) }

  /// Two ends that are the same leave nothing open.
  init(_ low: SteppedLine?, _ high: SteppedLine?, _ why: Undecided?) {
    self.low = low
    self.high = high
    self.why = low != nil && low == high ? nil : why
  }

  init(_ range: NumberRange, _ why: Undecided) {
    self.init(range.lower.map { SteppedLine($0) }, range.upper.map { SteppedLine($0) }, why)
  }

  /// The one line that it is; `nil` where something is open.
  var exact: SteppedLine? { why == nil ? low : nil }

  var reading: Reading { exact.map { .number($0) } ?? .band(self) }

  func line() throws(Undecided) -> SteppedLine {
    if let exact { return exact }
    throw why ?? .unconfirmed
  }

  /// Either end by itself; the other way round for what falls as they rise.
  func map(
    reversed: Bool = false, _ change: (SteppedLine) throws(Undecided) -> SteppedLine
  ) throws(Undecided) -> Band {
    if let exact { return Band(try change(exact)) }
    var ends: (SteppedLine?, SteppedLine?) = (nil, nil)
    if let low { ends.0 = try change(low) }
    if let high { ends.1 = try change(high) }
    return reversed ? Band(ends.1, ends.0, why) : Band(ends.0, ends.1, why)
  }
}

/// Arithmetic on what is partly open, end by end, as intervals are reckoned with.
extension PieceReader {
  /// A number, or the ends between which it lies.
  func band(_ expression: Expression, _ scope: PieceScope) throws(Undecided) -> Band {
    try band(read(expression, scope), scope, expression.span)
  }

  func band(_ reading: Reading, _ scope: PieceScope, _ span: Span) throws(Undecided) -> Band {
    if case .band(let band) = reading { return band }
    guard let line = reading.line else { throw fault(.absent, scope, span) }
    return Band(line)
  }

  func negative(
    _ band: Band, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Band {
    try band.map(reversed: true) { line throws(Undecided) in
      try exact(scope, span) { () throws(ArithmeticFault) in try line.scaled(by: -.one) }
    }
  }

  func sum(
    _ one: Band, _ other: Band, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Band {
    func end(_ a: SteppedLine?, _ b: SteppedLine?) throws(Undecided) -> SteppedLine? {
      guard let a, let b else { return nil }
      return try exact(scope, span) { () throws(ArithmeticFault) in try a + b }
    }
    if let a = one.exact, let b = other.exact {
      return Band(try exact(scope, span) { () throws(ArithmeticFault) in try a + b })
    }
    return Band(try end(one.low, other.low), try end(one.high, other.high), one.why ?? other.why)
  }

  /// What is open is multiplied by a number, or by a line whose sign is known.
  func product(
    _ one: Band, _ other: Band, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Band {
    guard let (factor, band) = one.exact.map({ ($0, other) }) ?? other.exact.map({ ($0, one) })
    else { return try productOfConstants(one, other, scope, span) }
    if let line = band.exact { return Band(try product(factor, line, scope, span)) }
    let isNegative = try isSign(of: factor, scope, span) { $0 < 0 }
    if try isSign(of: factor, scope, span, { $0 == 0 }) { return Band(SteppedLine(.zero)) }
    return try band.map(reversed: isNegative) { line throws(Undecided) in
      try self.product(factor, line, scope, span)
    }
  }

  private func productOfConstants(
    _ one: Band, _ other: Band, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Band {
    let ends = [one.low, one.high, other.low, other.high].compactMap { $0 }
    let why = one.why ?? .unconfirmed
    guard ends.count == 4, ends.allSatisfy(\.isConstant),
      let first = NumberRange(lower: ends[0].constant, upper: ends[1].constant),
      let second = NumberRange(lower: ends[2].constant, upper: ends[3].constant)
    else { throw why }
    return Band(first * second, why)
  }

  func quotient(
    _ one: Band, _ other: Band, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Band {
    if let divisor = other.exact {
      let number = try settled(divisor, scope, span)
      return try one.map(reversed: number.isNegative) { line throws(Undecided) in
        try exact(scope, span) { () throws(ArithmeticFault) in
          try line.scaled(by: .one / number)
        }
      }
    }
    let why = other.why ?? .unconfirmed
    guard let low = other.low, let high = other.high, low.isConstant, high.isConstant,
      low.constant.sign * high.constant.sign > 0
    else { throw why }
    let (least, most) = try exact(scope, span) { () throws(ArithmeticFault) in
      (try .one / high.constant, try .one / low.constant)
    }
    return try product(one, Band(SteppedLine(least), SteppedLine(most), why), scope, span)
  }

  /// The lesser or the greater, end by end: what is open may be beyond what matters.
  func pick(
    _ one: Band, _ other: Band, isGreatest: Bool, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Band {
    if let a = one.exact, let b = other.exact {
      return Band(try pick(a, b, isGreatest: isGreatest, scope, span))
    }
    func end(
      _ a: SteppedLine?, _ b: SteppedLine?, isUnlimited: Bool
    ) throws(Undecided) -> SteppedLine? {
      guard let a, let b else { return isUnlimited ? nil : a ?? b }
      return try pick(a, b, isGreatest: isGreatest, scope, span)
    }
    return Band(
      try end(one.low, other.low, isUnlimited: !isGreatest),
      try end(one.high, other.high, isUnlimited: isGreatest), one.why ?? other.why)
  }

  /// Settled where it is the same for all that both can be.
  func compare(
    _ comparison: Comparison, _ one: Band, _ other: Band, _ scope: PieceScope
  ) throws(Undecided) -> Bool {
    let span = scope.place.span
    let difference = try sum(one, negative(other, scope, span), scope, span)
    if let line = difference.exact {
      return try isSign(of: line, scope, span) { comparison.holds(forSign: $0) }
    }
    func isAll(_ end: SteppedLine?, _ test: (Int) -> Bool) throws(Undecided) -> Bool {
      guard let end else { return false }
      return try isSign(of: end, scope, span, test)
    }
    let (low, high) = (difference.low, difference.high)
    switch comparison {
    case .equal, .unequal:
      let isAbove = try isAll(low) { $0 > 0 }
      let isApart = isAbove ? true : try isAll(high) { $0 < 0 }
      if isApart { return comparison == .unequal }
    case .less, .greaterOrEqual:
      if try isAll(high, { $0 < 0 }) { return comparison == .less }
      if try isAll(low, { $0 >= 0 }) { return comparison == .greaterOrEqual }
    case .lessOrEqual, .greater:
      if try isAll(high, { $0 <= 0 }) { return comparison == .lessOrEqual }
      if try isAll(low, { $0 > 0 }) { return comparison == .greater }
    }
    throw difference.why ?? .unconfirmed
  }
}
