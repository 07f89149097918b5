import AnnonaLanguage
import AnnonaValues

/// Rules: the version in force, its condition, its body, its exceptions, its rounding and its limits.
extension PlanCompiler {
  mutating func value(
    of id: RuleID, _ output: Int?, for row: Placement.Row?, _ moment: PlanMoment
  ) throws(Unplannable) -> PlanValue {
    let key = RuleMoment(rule: id, output: output, row: row, moment: moment)
    if let found = memo[key] { return found }
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { throw Unplannable("rules that rely on one another too deeply") }
    let rule = program.rules[id]
    var scope = PlanScope(rule: id, row: row, entity: rule.entity, moment: moment)
    var valid: [PlacedColumn] = []
    if let under = rule.under {
      let day = try present(try value(under, scope))
      scope.moment.lawOf = try code(day)
      valid = day.valid
    }
    let inner = scope
    let value = try versions(rule.versions, type: rule.type, inner) {
      (compiler, version) throws(Unplannable) in
      let value = try compiler.withExceptions(rule, version, inner, output)
      return try compiler.limited(value, rule)
    }.valid(also: valid)
    memo[key] = value
    if row == ownRow(of: rule.entity), moment == ownMoment {
      compiled.append(Plan.RuleColumns(rule: id, output: output, value: value))
    }
    return value
  }

  var ownMoment: PlanMoment { PlanMoment(today: .same(PlanDate.code(today)), lawOf: nil) }

  mutating func versions(
    _ versions: [Rule.Version], type: ValueType, _ scope: PlanScope,
    _ body: (inout PlanCompiler, Rule.Version) throws(Unplannable) -> PlanValue
  ) throws(Unplannable) -> PlanValue {
    var none = PlanValue.null
    // Where one is in force for certain, nothing stands for the lack of one.
    let certain = versions.contains { $0.from == nil && $0.through == nil && $0.body != nil }
    if !certain { none = .unknown(try nothing(of: type)) }
    return try dated(
      versions.filter { $0.body != nil }.map { ($0.from, $0.through, $0) }, scope.moment,
      else: none, body)
  }

  private mutating func limited(
    _ value: PlanValue, _ rule: Rule
  ) throws(Unplannable) -> PlanValue {
    var result = value
    // Whether what is only bounded keeps to a limit is left open.
    if rule.minimum != nil || rule.maximum != nil { result.bounds = nil }
    for (limit, comparison) in [
      (rule.minimum, Comparison.greaterOrEqual), (rule.maximum, .lessOrEqual),
    ] {
      guard let limit else { continue }
      switch value.content {
      case .number, .code:
        let isWithin = try order(comparison, value.content, try constant(limit).content)
        result = result.valid(also: [try builder.or(value.null, isWithin)])
      default: break
      }
    }
    return result
  }

  mutating func rounded(
    _ value: PlanValue, _ rounding: Rounding?, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    guard let rounding else { return value }
    return try rounded(value, to: rounding.step, rounding.mode, scope)
  }

  mutating func rounded(
    _ value: PlanValue, to step: Expression, _ mode: RoundingMode, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    let (operand, step) = (try present(value), try self.value(step, scope))
    guard let constant = try number(step).constant else {
      throw Unplannable("a step that is not constant")
    }
    if step.valid.contains(where: \.isNo) {
      return operand.valid(also: step.valid)
    }
    var result = operand
    result.content = .number(try rounded(try number(operand), to: constant, mode))
    return result.valid(also: step.valid)
  }

  // MARK: - The base

  private mutating func baseCondition(
    _ rule: Rule, _ version: Rule.Version, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    var conditions: [PlanValue] = []
    if let when = rule.when { conditions.append(try value(when, scope)) }
    if case .cases(let branches, otherwise: nil)? = version.body {
      var any: [PlanValue] = []
      for branch in branches { any.append(try value(branch.when, scope)) }
      conditions.append(try self.any(any))
    }
    return try all(conditions)
  }

  private mutating func baseValue(
    _ rule: Rule, _ version: Rule.Version, _ scope: PlanScope, _ output: Int?
  ) throws(Unplannable) -> PlanValue {
    guard let body = version.body else { throw Unplannable("a version without a body") }
    let value = try value(of: body, scope, output)
    guard let when = rule.when else { return value }
    let condition = try self.value(when, scope)
    return try choose(condition, value, PlanValue(value.content, valid: [.no]))
  }

  // MARK: - Exceptions

  private mutating func withExceptions(
    _ rule: Rule, _ version: Rule.Version, _ scope: PlanScope, _ output: Int?
  ) throws(Unplannable) -> PlanValue {
    let rounding = version.round ?? rule.round
    let base = { (compiler: inout PlanCompiler) throws(Unplannable) -> PlanValue in
      try compiler.baseValue(rule, version, scope, output)
    }
    guard !rule.exceptions.isEmpty else { return try rounded(try base(&self), rounding, scope) }
    let condition = { (compiler: inout PlanCompiler) throws(Unplannable) -> PlanValue in
      try compiler.baseCondition(rule, version, scope)
    }
    return try resolve(rule.exceptions, condition, base, rounding, scope, output)
  }

  typealias Part = (inout PlanCompiler) throws(Unplannable) -> PlanValue

  /// Whether an exception takes the place of the rule's base.
  mutating func isReplaced(
    _ rule: Rule, _ version: Rule.Version, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    let condition = { (compiler: inout PlanCompiler) throws(Unplannable) -> PlanValue in
      try compiler.baseCondition(rule, version, scope)
    }
    let (left, valid) = try left(of: rule.exceptions, condition, scope)
    var isAny = PlacedColumn.no
    for isLeft in left { isAny = try builder.or(isAny, isLeft) }
    return PlanValue(.truth(isAny), valid: valid)
  }

  /// Which of these siblings apply and give way to none, and where that is certain and at most one.
  private mutating func left(
    of exceptions: [ExceptionRule], _ condition: Part, _ scope: PlanScope
  ) throws(Unplannable) -> (left: [PlacedColumn], valid: [PlacedColumn]) {
    var firing: [PlacedColumn] = []
    var valid: [PlacedColumn] = []
    for exception in exceptions {
      let fires = try fires(exception, condition, scope)
      valid = union([valid, fires.valid])
      firing.append(try truth(fires))
    }
    var taken = PlacedColumn.no
    var clash = PlacedColumn.no
    var left: [PlacedColumn] = []
    for (index, exception) in exceptions.enumerated() {
      var isLeft = firing[index]
      for (other, rival) in exceptions.enumerated()
      where rival.prevailsOver.contains(exception.name) {
        isLeft = try builder.and(isLeft, try builder.not(firing[other]))
      }
      clash = try builder.or(clash, try builder.and(taken, isLeft))
      taken = try builder.or(taken, isLeft)
      left.append(isLeft)
    }
    return (left, union([valid, [try builder.not(clash)]]))
  }

  /// The value with these siblings taken into account: what is left of those that apply, or the base.
  private mutating func resolve(
    _ exceptions: [ExceptionRule], _ condition: Part, _ base: @escaping Part,
    _ rounding: Rounding?, _ scope: PlanScope, _ output: Int?
  ) throws(Unplannable) -> PlanValue {
    let (left, valid) = try left(of: exceptions, condition, scope)
    var result = try rounded(try base(&self), rounding, scope)
    for (index, exception) in exceptions.enumerated() where !left[index].isNo {
      let own = { (compiler: inout PlanCompiler) throws(Unplannable) -> PlanValue in
        try compiler.value(of: exception, base, scope, output)
      }
      let value =
        exception.nested.isEmpty
        ? try rounded(try own(&self), exception.round ?? rounding, scope)
        : try resolve(
          exception.nested, condition, own, exception.round ?? rounding, scope, output)
      result = try choose(PlanValue(.truth(left[index])), value, result)
    }
    return result.valid(also: valid)
  }

  private mutating func fires(
    _ exception: ExceptionRule, _ condition: Part, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    let law = scope.moment.law
    var isThere = PlacedColumn.no
    for version in exception.versions where version.body != nil {
      isThere = try builder.or(isThere, try covers(law, version.from, version.through))
    }
    let declared = try covers(law, exception.inForce.from, exception.inForce.through)
    isThere = try builder.and(isThere, declared)
    if isThere.isNo { return PlanValue(.truth(.no)) }
    var operands = [PlanValue(.truth(isThere)), try value(exception.when, scope)]
    if exception.refines { operands.append(try condition(&self)) }
    return try all(operands)
  }

  private mutating func value(
    of exception: ExceptionRule, _ base: @escaping Part, _ scope: PlanScope, _ output: Int?
  ) throws(Unplannable) -> PlanValue {
    var inner = scope
    inner.base = base
    let type = scope.rule.map { program.rules[$0].type } ?? .boolean
    return try versions(exception.versions, type: type, inner) {
      (compiler, version) throws(Unplannable) in
      guard let body = version.body else { throw Unplannable("a version without a body") }
      return try compiler.value(of: body, inner, output)
    }
  }

  // MARK: - Bodies

  mutating func value(
    of body: Body, _ scope: PlanScope, _ output: Int?
  ) throws(Unplannable) -> PlanValue {
    switch body {
    case .value(let expression): return try value(expression, scope)
    case .cases(let branches, let otherwise):
      var result: PlanValue?
      if let otherwise { result = try value(otherwise, scope) }
      for branch in branches.reversed() {
        let value = try self.value(branch.value, scope)
        let none = result ?? PlanValue(value.content, valid: [.no])
        result = try choose(try self.value(branch.when, scope), value, none)
      }
      guard let result else { throw Unplannable("cases without a case") }
      return result
    case .conditions(let every, let rules):
      var conditions: [PlanValue] = []
      for rule in rules {
        conditions.append(try value(of: rule, nil, for: scope.row, scope.moment))
      }
      return every ? try all(conditions) : try any(conditions)
    case .table(let table): return try value(of: table, output ?? 0, scope)
    case .scale(let scale): return try value(of: scale, scope)
    }
  }

  private mutating func value(
    of scale: Scale, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    let amount = try present(try value(scale.of, scope))
    var thresholds: [PlanValue] = []
    for bracket in scale.brackets {
      thresholds.append(try present(try value(bracket.above, scope)))
    }
    var total = PlanNumber.constant(.zero)
    var valid = amount.valid
    for (index, bracket) in scale.brackets.enumerated() {
      let rate = try present(try value(bracket.rate, scope))
      var top = try number(amount)
      if index + 1 < thresholds.count {
        top = try extreme(top, try number(thresholds[index + 1]), isGreatest: false)
      }
      let above = try sum(top, try number(thresholds[index]), subtracting: true)
      let within = try extreme(above, .constant(.zero), isGreatest: true)
      total = try sum(total, try product(within, try number(rate)))
      valid = union([valid, thresholds[index].valid, rate.valid])
    }
    return PlanValue(.number(total), valid: valid)
  }
}
