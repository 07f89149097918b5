import AnnonaValues

extension Expression {
  /// What it is made of, in the order written.
  public var operands: [Expression] {
    var found: [Expression] = []
    forEachOperand { found.append($0) }
    return found
  }

  /// Visits what it is made of, in the order written.
  public func forEachOperand(_ visit: (Expression) -> Void) {
    switch kind {
    case .constant, .today, .enclosing, .local, .parameter, .base: break
    case .fact(_, let operand), .rule(_, let operand, _), .members(_, let operand),
      .holder(let operand), .column(let operand, _), .not(let operand), .negate(let operand),
      .convert(let operand, _), .absolute(let operand):
      visit(operand)
    case .all(let operands), .any(let operands), .concatenate(let operands),
      .coalesce(let operands), .least(let operands), .greatest(let operands),
      .call(_, let operands, _), .apply(_, let operands):
      operands.forEach(visit)
    case .compare(_, let left, let right), .arithmetic(_, let left, let right),
      .daysApart(let left, let right), .position(let left, let right),
      .period(let left, let right), .quantified(_, _, let left, let right),
      .map(_, let left, let right), .filter(_, let left, let right), .sort(_, let left, let right),
      .at(let left, let right), .under(let left, let right), .series(let left, let right, _),
      .shift(let left, let right, _, _, _), .round(let left, let right, _):
      visit(left)
      visit(right)
    case .between(let first, let second, let third),
      .conditional(let first, let second, let third):
      visit(first)
      visit(second)
      visit(third)
    case .among(let value, let items):
      visit(value)
      for item in items { item.operands.forEach(visit) }
    case .aggregate(_, let list, let fallback):
      visit(list)
      if let fallback { visit(fallback) }
    }
  }

  /// Visits it and all that it is made of, in the order written.
  public func forEachNode(_ visit: (Expression) -> Void) {
    visit(self)
    forEachOperand { $0.forEachNode(visit) }
  }
}

extension Expression.Item {
  public var operands: [Expression] {
    switch self {
    case .value(let value), .members(let value): [value]
    case .range(let low, let high): [low, high]
    }
  }
}

extension Body {
  /// Visits every whole expression of the body; the conditions of `all:` are rules of their own.
  public func forEachExpression(_ visit: (Expression) -> Void) {
    switch self {
    case .value(let value): visit(value)
    case .cases(let branches, let otherwise):
      for branch in branches {
        visit(branch.when)
        visit(branch.value)
      }
      if let otherwise { visit(otherwise) }
    case .conditions: break
    case .table(let table): table.forEachExpression(visit)
    case .scale(let scale):
      visit(scale.of)
      for bracket in scale.brackets {
        visit(bracket.above)
        visit(bracket.rate)
      }
    }
  }
}

extension Table {
  func forEachExpression(_ visit: (Expression) -> Void) {
    inputs.forEach(visit)
    for row in rows {
      for test in row.cells.lazy.flatMap(\.tests) {
        switch test {
        case .compare(_, let value): visit(value)
        case .range(let low, _, let high, _):
          visit(low)
          visit(high)
        case .null: break
        }
      }
      row.outputs.forEach(visit)
    }
  }
}

extension Benefit {
  /// Every whole expression of the benefit.
  public var expressions: [Expression] {
    [applies, entitled, amount, under, appeal?.within].compactMap { $0 }
      + payments.flatMap { [$0.amount] + $0.dates.expressions }
  }
}

extension Payment.Dates {
  package var expressions: [Expression] {
    switch self {
    case .once(let date): [date]
    case .every(let step, _, let anchor, _, let period, _): [step, anchor, period]
    }
  }
}

extension Rule {
  /// Visits every whole expression of the rule, those of its exceptions included.
  public func forEachExpression(_ visit: (Expression) -> Void) {
    if let when { visit(when) }
    if let under { visit(under) }
    if let round { visit(round.step) }
    for version in versions { version.forEachExpression(visit) }
    for exception in exceptions { exception.forEachExpression(visit) }
  }
}

extension Rule.Version {
  func forEachExpression(_ visit: (Expression) -> Void) {
    body?.forEachExpression(visit)
    if let round { visit(round.step) }
  }
}

extension ExceptionRule {
  /// Visits every whole expression of the exception, those of its own exceptions included.
  package func forEachExpression(_ visit: (Expression) -> Void) {
    visit(when)
    if let round { visit(round.step) }
    for version in versions { version.forEachExpression(visit) }
    for exception in nested { exception.forEachExpression(visit) }
  }
}
