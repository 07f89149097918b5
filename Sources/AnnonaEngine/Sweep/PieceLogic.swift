import AnnonaLanguage
import AnnonaValues

/// Truth, comparison and choice for all values of a fact within a stretch.
extension PieceReader {
  func readLogic(_ expression: Expression, _ scope: PieceScope) throws(Undecided) -> Reading {
    switch expression.kind {
    case .not(let operand): return .value(.boolean(try !truth(operand, scope)))
    case .all(let operands): return .value(.boolean(try decide(false, operands, scope)))
    case .any(let operands): return .value(.boolean(try decide(true, operands, scope)))
    case .compare(let comparison, let left, let right):
      let (one, other) = (try read(left, scope), try read(right, scope))
      return .value(.boolean(try compare(comparison, one, other, scope)))
    case .between(let operand, let low, let high):
      let value = try read(operand, scope)
      let (floor, ceiling) = (try read(low, scope), try read(high, scope))
      return .value(.boolean(try isBetween(value, floor, ceiling, scope)))
    case .among(let operand, let items):
      return .value(.boolean(try isAmong(read(operand, scope), items, scope)))
    case .conditional(let condition, let then, let otherwise):
      return try choose(condition, scope) { () throws(Undecided) in
        try self.read(then, scope)
      } else: { () throws(Undecided) in
        try self.read(otherwise, scope)
      }
    case .quantified(let every, let slot, let list, let body):
      var verdict = Verdict(!every)
      for element in try elements(list, scope) {
        verdict.add { () throws(Undecided) in
          try self.truth(body, scope.binding(slot, to: element))
        }
      }
      return .value(.boolean(try verdict.result()))
    case .coalesce(let operands):
      for operand in operands {
        let reading = try read(operand, scope)
        if !reading.isNull { return reading }
      }
      return .value(.null)
    default: throw .notLinear(scope.place)
    }
  }

  func truth(_ expression: Expression, _ scope: PieceScope) throws(Undecided) -> Bool {
    guard case .value(.boolean(let truth)) = try read(expression, scope) else {
      throw fault(.absent, scope, expression.span)
    }
    return truth
  }

  /// Whichever branch a condition leads to; where it is open, what both have in common.
  func choose(
    _ condition: Expression, _ scope: PieceScope, _ then: () throws(Undecided) -> Reading,
    else otherwise: () throws(Undecided) -> Reading
  ) throws(Undecided) -> Reading {
    let open: Undecided
    do throws(Undecided) {
      return try truth(condition, scope) ? then() : otherwise()
    } catch {
      guard case .open(_, mayFail: []) = error else { throw error }
      open = error
    }
    let (one, other) = (try then(), try otherwise())
    let span = condition.span
    guard one.isNumber, other.isNumber else {
      guard case .value(let value) = one, case .value(value) = other else { throw open }
      return one
    }
    let (first, second) = (try band(one, scope, span), try band(other, scope, span))
    func end(
      _ a: SteppedLine?, _ b: SteppedLine?, isGreatest: Bool
    ) throws(Undecided) -> SteppedLine? {
      guard let a, let b else { return nil }
      return try pick(a, b, isGreatest: isGreatest, scope, span)
    }
    return Band(
      try end(first.low, second.low, isGreatest: false),
      try end(first.high, second.high, isGreatest: true), open
    ).reading
  }

  /// `and` and `or`: the deciding value wins in any position. What the fact has no part in comes first, so that nothing is split without need.
  private func decide(
    _ deciding: Bool, _ operands: [Expression], _ scope: PieceScope
  ) throws(Undecided) -> Bool {
    var verdict = Verdict(deciding)
    for isLeft in [true, false] {
      for operand in operands where dependence.isLeftToEvaluator(operand) == isLeft {
        verdict.add { () throws(Undecided) in try self.truth(operand, scope) }
      }
    }
    return try verdict.result()
  }

  /// `and`, `or` and their kin: the deciding value wins, then what is undecided.
  struct Verdict {
    let deciding: Bool
    private var isDecided = false
    private var undecided: Undecided?

    init(_ deciding: Bool) { self.deciding = deciding }

    mutating func add(_ operand: () throws(Undecided) -> Bool) {
      if isDecided { return }
      do {
        isDecided = try operand() == deciding
      } catch {
        undecided = undecided ?? error
      }
    }

    func result() throws(Undecided) -> Bool {
      if isDecided { return deciding }
      if let undecided { throw undecided }
      return !deciding
    }
  }

  // MARK: - Comparison

  func compare(
    _ comparison: Comparison, _ left: Reading, _ right: Reading, _ scope: PieceScope
  ) throws(Undecided) -> Bool {
    let span = scope.place.span
    if left.isNumber, right.isNumber {
      return try compare(comparison, band(left, scope, span), band(right, scope, span), scope)
    }
    switch comparison {
    case .equal, .unequal:
      let (one, other) = (try concrete(left, scope), try concrete(right, scope))
      return (one == other) == (comparison == .equal)
    default:
      guard case .value(.date(let one)) = left, case .value(.date(let other)) = right else {
        throw fault(.absent, scope, span)
      }
      return comparison.holds(forSign: (one.dayNumber - other.dayNumber).signum())
    }
  }

  /// One value for the whole stretch.
  func concrete(_ reading: Reading, _ scope: PieceScope) throws(Undecided) -> Value {
    switch reading {
    case .value(let value): return value
    case .band(let band): return .number(try settled(band.line(), scope, scope.place.span))
    case .number(let line): return .number(try settled(line, scope, scope.place.span))
    case .list(let readings):
      var values: [Value] = []
      for reading in readings { values.append(try concrete(reading, scope)) }
      return .list(values)
    }
  }

  private func isBetween(
    _ value: Reading, _ low: Reading, _ high: Reading, _ scope: PieceScope
  ) throws(Undecided) -> Bool {
    let isAbove = try compare(.greaterOrEqual, value, low, scope)
    return try compare(.lessOrEqual, value, high, scope) && isAbove
  }

  private func isAmong(
    _ value: Reading, _ items: [Expression.Item], _ scope: PieceScope
  ) throws(Undecided) -> Bool {
    var verdict = Verdict(true)
    for item in items {
      verdict.add { () throws(Undecided) in
        switch item {
        case .value(let other):
          return try self.compare(.equal, value, self.read(other, scope), scope)
        case .range(let low, let high):
          return try self.isBetween(value, self.read(low, scope), self.read(high, scope), scope)
        case .members(let members):
          return try self.isMember(value, of: self.read(members, scope), scope)
        }
      }
    }
    return try verdict.result()
  }

  private func isMember(
    _ value: Reading, of collection: Reading, _ scope: PieceScope
  ) throws(Undecided) -> Bool {
    if case .value(.period(let first, let last)) = collection {
      guard case .value(.date(let date)) = value else {
        throw fault(.absent, scope, scope.place.span)
      }
      return first <= date && date <= last
    }
    guard let elements = collection.elements else { throw .notLinear(scope.place) }
    var verdict = Verdict(true)
    for element in elements {
      verdict.add { () throws(Undecided) in try self.compare(.equal, value, element, scope) }
    }
    return try verdict.result()
  }

  // MARK: - Dates

  /// Dates, periods and durations are made of single values.
  func readDate(_ expression: Expression, _ scope: PieceScope) throws(Undecided) -> Reading {
    var operands: [Expression] = []
    for operand in expression.operands {
      let value = try concrete(read(operand, scope), scope)
      operands.append(Expression(.constant(value), type: operand.type, span: operand.span))
    }
    let kind: Expression.Kind
    switch (expression.kind, operands.count) {
    case (.shift(_, _, let unit, let subtract, let overflow), 2):
      kind = .shift(operands[0], by: operands[1], unit, subtract: subtract, overflow)
    case (.daysApart, 2): kind = .daysApart(operands[0], operands[1])
    case (.period, 2): kind = .period(operands[0], operands[1])
    case (.call(let function, _, let calendar), _): kind = .call(function, operands, calendar)
    default: throw .notLinear(scope.place)
    }
    return try leave(Expression(kind, type: expression.type, span: expression.span), scope)
  }
}

extension Comparison {
  /// Whether it holds between two values whose difference has this sign.
  func holds(forSign sign: Int) -> Bool {
    switch self {
    case .equal: sign == 0
    case .unequal: sign != 0
    case .less: sign < 0
    case .lessOrEqual: sign <= 0
    case .greater: sign > 0
    case .greaterOrEqual: sign >= 0
    }
  }
}
