import AnnonaLanguage
import AnnonaValues
import CKernels

/// What each kind of expression comes to.
extension PlanCompiler {
  mutating func value(
    _ expression: Expression, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    depth += 1
    defer { depth -= 1 }
    guard depth < 200 else { throw Unplannable("expressions within one another too deeply") }
    switch expression.kind {
    case .constant(let value): return try constant(value)
    case .today: return PlanValue(.code(scope.moment.today))
    case .enclosing, .local, .base, .fact, .rule, .parameter, .members, .holder, .apply, .at,
      .under, .column:
      return try reference(expression, scope)
    case .not(let operand): return try not(try present(try value(operand, scope)))
    case .all(let operands): return try all(try values(operands, scope))
    case .any(let operands): return try any(try values(operands, scope))
    case .compare(let comparison, let left, let right):
      return try compare(comparison, try value(left, scope), try value(right, scope))
    case .between(let operand, let low, let high):
      return try between(
        try value(operand, scope), try value(low, scope), try value(high, scope))
    case .among(let operand, let items):
      return try among(try value(operand, scope), items, scope)
    case .conditional(let condition, let then, let otherwise):
      return try choose(
        try value(condition, scope), try value(then, scope), try value(otherwise, scope))
    case .coalesce(let operands): return try coalesce(try values(operands, scope))
    case .quantified, .map, .filter, .sort, .aggregate, .position, .concatenate, .series:
      return try list(expression, scope)
    case .negate, .arithmetic, .convert, .least, .greatest, .round, .absolute:
      return try numeric(expression, scope)
    case .shift, .daysApart, .period, .call: return try dated(expression, scope)
    }
  }

  func isConstant(_ value: PlanValue) -> Bool { value.valid.isEmpty }

  mutating func values(
    _ expressions: [Expression], _ scope: PlanScope
  ) throws(Unplannable) -> [PlanValue] {
    var values: [PlanValue] = []
    for expression in expressions { values.append(try value(expression, scope)) }
    return values
  }

  // MARK: - Logic

  mutating func between(
    _ operand: PlanValue, _ low: PlanValue, _ high: PlanValue
  ) throws(Unplannable) -> PlanValue {
    let (above, below) = (
      try compare(.greaterOrEqual, operand, low), try compare(.lessOrEqual, operand, high)
    )
    let truth = try builder.and(try self.truth(above), try self.truth(below))
    return PlanValue(.truth(truth), valid: union([above.valid, below.valid]))
  }

  private mutating func among(
    _ operand: PlanValue, _ items: [Expression.Item], _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    var tests: [PlanValue] = []
    for item in items {
      switch item {
      case .value(let other):
        tests.append(try compare(.equal, operand, try value(other, scope)))
      case .range(let low, let high):
        tests.append(try between(operand, try value(low, scope), try value(high, scope)))
      case .members(let members):
        let collection = try value(members, scope)
        guard case .list = collection.content else {
          tests.append(try isWithin(operand, collection))
          continue
        }
        tests.append(
          try quantified(every: false, collection) { (compiler, element) throws(Unplannable) in
            try compiler.compare(.equal, operand, element)
          })
      }
    }
    return try any(tests)
  }

  private mutating func isWithin(
    _ operand: PlanValue, _ period: PlanValue
  ) throws(Unplannable) -> PlanValue {
    let (operand, period) = (try present(operand), try present(period))
    guard case .period(let first, let last) = period.content else {
      throw Unplannable("a period that is none")
    }
    let date = try code(operand)
    let truth = try builder.and(
      try builder.compare(.lessOrEqual, first, date), try builder.compare(.lessOrEqual, date, last))
    return PlanValue(.truth(truth), valid: union([operand.valid, period.valid]))
  }

  private mutating func coalesce(_ operands: [PlanValue]) throws(Unplannable) -> PlanValue {
    guard var result = operands.last else { return .null }
    for operand in operands.dropLast().reversed() {
      let isThere = PlanValue(.truth(try builder.not(operand.null)), valid: operand.valid)
      var present = operand
      present.null = .no
      present.valid = []
      if operand.null.isNo {
        result = operand
      } else {
        result = try choose(isThere, present, result)
      }
    }
    return result
  }

  // MARK: - Numbers

  private mutating func numeric(
    _ expression: Expression, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    switch expression.kind {
    case .negate(let operand):
      let operand = try present(try value(operand, scope))
      var number = try number(operand)
      number.count = try builder.negate(number.count)
      return PlanValue(.number(number), valid: operand.valid)
    case .absolute(let operand):
      let operand = try present(try value(operand, scope))
      var number = try number(operand)
      number.count = try builder.magnitude(of: number.count)
      return PlanValue(.number(number), valid: operand.valid)
    case .arithmetic(let op, let left, let right):
      return try arithmetic(op, try value(left, scope), try value(right, scope))
    case .convert(let operand, let ratio):
      return try arithmetic(.multiply, try value(operand, scope), .number(ratio))
    case .least(let operands):
      return try extreme(try values(operands, scope), isGreatest: false)
    case .greatest(let operands):
      return try extreme(try values(operands, scope), isGreatest: true)
    case .round(let operand, let step, let mode):
      return try rounded(try value(operand, scope), to: step, mode, scope)
    default: throw Unplannable("no number")
    }
  }

  mutating func arithmetic(
    _ op: ArithmeticOperator, _ left: PlanValue, _ right: PlanValue
  ) throws(Unplannable) -> PlanValue {
    let (one, other) = (try present(left), try present(right))
    let (a, b) = (try number(one), try number(other))
    var valid = union([one.valid, other.valid])
    let result: PlanNumber
    switch op {
    case .add: result = try sum(a, b)
    case .subtract: result = try sum(a, b, subtracting: true)
    case .multiply: result = try product(a, b)
    case .divide:
      let quotient = try quotient(a, b)
      result = quotient.0
      valid = union([valid, [quotient.valid]])
    case .power: result = try power(a, b)
    }
    return PlanValue(.number(result), valid: valid, bounds: bounds(of: op, one, other))
  }

  private mutating func extreme(
    _ operands: [PlanValue], isGreatest: Bool
  ) throws(Unplannable) -> PlanValue {
    var result: PlanValue?
    for operand in operands {
      let operand = try present(operand)
      guard let before = result else {
        result = operand
        continue
      }
      let content = try extreme(before.content, operand.content, isGreatest: isGreatest)
      result = PlanValue(
        content, valid: union([before.valid, operand.valid]),
        bounds: boundsOfExtreme(before, operand, isGreatest: isGreatest))
    }
    guard let result else { throw Unplannable("the least of nothing") }
    return result
  }

  func isDateOrNumber(_ content: PlanValue.Content) -> Bool {
    switch content {
    case .code, .number: true
    default: false
    }
  }

  private mutating func extreme(
    _ one: PlanValue.Content, _ other: PlanValue.Content, isGreatest: Bool
  ) throws(Unplannable) -> PlanValue.Content {
    switch (one, other) {
    case (.number(let a), .number(let b)):
      return .number(try extreme(a, b, isGreatest: isGreatest))
    case (.code(let a), .code(let b)):
      return .code(isGreatest ? try builder.greatest(a, b) : try builder.least(a, b))
    default: throw Unplannable("the least of what has no order")
    }
  }
}
