import AnnonaLanguage
import AnnonaValues

/// An expression's node: what it comes to, and its operands in the order written.
extension Tracer {
  mutating func expression(_ expression: Expression, _ scope: Scope, id: String) -> TraceNode {
    nested { $0.node(expression, scope, id: id) }
  }

  private mutating func node(_ expression: Expression, _ scope: Scope, id: String) -> TraceNode {
    let span = expression.span
    switch expression.kind {
    case .constant(let value):
      return TraceNode(.constant, id: id, state: .known(value), type: expression.type, span: span)
    case .today:
      return TraceNode(
        .today, id: "today" + (date(scope.clock).map { "@\($0)" } ?? ""),
        state: value(expression, scope), type: .date, span: span)
    case .fact(let fact, let owner):
      return read(expression, owner, scope, id) { $0.fact(fact, for: $1, scope, span) }
    case .rule(let rule, let owner, let output):
      return read(expression, owner, scope, id) { tracer, instance in
        tracer.rule(
          RuleKey(rule: rule, instance: instance, clock: scope.clock, output: output), span)
      }
    case .members(let place, let owner):
      return read(expression, owner, scope, id) { $0.members(place, for: $1, span) }
    case .parameter(let parameter): return self.parameter(parameter, scope, span)
    case .column(let number, let columns):
      return column(expression, number, columns, scope, id)
    case .series(let body, let period, let variation):
      return series(expression, body, period, variation, scope, id)
    case .at(let inner, let date): return moved(expression, inner, date, scope, id, law: false)
    case .under(let inner, let date): return moved(expression, inner, date, scope, id, law: true)
    default: break
    }
    var node = TraceNode(
      .operation, id: id, state: value(expression, scope), type: expression.type, span: span)
    node.children = children(of: expression, scope, id)
    node.ties = ties(of: expression, scope)
    return node
  }

  /// What is read of whoever the owner is: its own node where that is certain from who the case is about; else how the owner
  /// was found, and a node for each that it can be.
  private mutating func read(
    _ expression: Expression, _ owner: Expression, _ scope: Scope, _ id: String,
    _ body: (inout Tracer, Int32) -> TraceNode
  ) -> TraceNode {
    let owners = value(owner, scope).domain
    let instances = owners.instances
    if owner.isGivenByPlace, instances.count == 1, !owners.canBeNull {
      return body(&self, instances[0])
    }
    var node = TraceNode(
      .operation, id: id, state: value(expression, scope), type: expression.type,
      span: expression.span)
    node.children = [self.expression(owner, scope, id: "\(id).0")]
    node.children += instances.prefix(Domain.setLimit).map { body(&self, $0) }
    return node
  }

  /// The number, then the columns that it can name.
  private mutating func column(
    _ expression: Expression, _ number: Expression, _ columns: [Expression.GridColumn],
    _ scope: Scope, _ id: String
  ) -> TraceNode {
    var node = TraceNode(
      .operation, id: id, state: value(expression, scope), type: expression.type,
      span: expression.span)
    node.children = [self.expression(number, scope, id: "\(id).0")]
    let possible = value(number, scope).domain.numbers
    for column in columns where possible?.contains(Number(column.number)) ?? false {
      node.children.append(parameter(column.parameter, scope, expression.span))
    }
    return node
  }

  /// The period, then the expression as of the first day of each of its steps.
  private mutating func series(
    _ expression: Expression, _ body: Expression, _ period: Expression, _ variation: Variation,
    _ scope: Scope, _ id: String
  ) -> TraceNode {
    var node = TraceNode(
      .operation, id: id, state: value(expression, scope), type: expression.type,
      span: expression.span)
    node.children = [self.expression(period, scope, id: "\(id).0")]
    guard case .known(.period(let first, let last)) = value(period, scope) else { return node }
    for date in Evaluator.dates(from: first, through: last, each: variation) ?? [] {
      var inner = scope
      inner.clock = Clock(date)
      node.children.append(self.expression(body, inner, id: "\(id)@\(date)"))
    }
    return node
  }

  private mutating func moved(
    _ expression: Expression, _ inner: Expression, _ date: Expression, _ scope: Scope,
    _ id: String, law: Bool
  ) -> TraceNode {
    var node = TraceNode(
      .operation, id: id, state: value(expression, scope), type: expression.type,
      span: expression.span)
    node.children = [self.expression(date, scope, id: "\(id).1")]
    guard let days = value(date, scope).domain.dates else { return node }
    var clocked = scope
    let range = Clock.Days(days.lower, days.upper)
    if law { clocked.clock.lawOf = range } else { clocked.clock = Clock(range) }
    node.children.insert(self.expression(inner, clocked, id: "\(id).0"), at: 0)
    return node
  }

  private mutating func children(
    of expression: Expression, _ scope: Scope, _ id: String
  ) -> [TraceNode] {
    switch expression.kind {
    case .all(let operands): return deciding(operands, false, scope, id)
    case .any(let operands): return deciding(operands, true, scope, id)
    case .conditional(let condition, let then, let otherwise):
      return branches(condition, then, otherwise, scope, id)
    case .quantified(let every, let slot, let list, let body):
      return [self.expression(list, scope, id: "\(id).0")]
        + elements(of: list, slot, body, scope, "\(id).1").carrying(deciding: !every)
    case .map(let slot, let list, let body), .filter(let slot, let list, let body),
      .sort(let slot, let list, let body):
      return [self.expression(list, scope, id: "\(id).0")]
        + elements(of: list, slot, body, scope, "\(id).1")
    case .aggregate(_, let list, let fallback):
      var nodes = [self.expression(list, scope, id: "\(id).0")]
      if let fallback, value(list, scope).domain.list?.canBeEmpty ?? false {
        nodes.append(self.expression(fallback, scope, id: "\(id).1"))
      }
      return nodes
    default:
      return expression.operands.enumerated().map { index, operand in
        self.expression(operand, scope, id: "\(id).\(index)")
      }
    }
  }

  /// After the operand that decides, the others are not reached.
  private mutating func deciding(
    _ operands: [Expression], _ decidingValue: Bool, _ scope: Scope, _ id: String
  ) -> [TraceNode] {
    var decider: String?
    let nodes = operands.enumerated().map { index, operand in
      guard let decider else {
        let node = self.expression(operand, scope, id: "\(id).\(index)")
        if node.state == .known(.boolean(decidingValue)) { decider = node.id }
        return node
      }
      return notReached(operand, id: "\(id).\(index)", after: decider)
    }
    return nodes.carrying(deciding: decidingValue)
  }

  private func notReached(_ expression: Expression, id: String, after decider: String) -> TraceNode
  {
    var node = TraceNode(
      .operation, id: id, state: nil, type: expression.type, span: expression.span)
    node.role = .notReached(after: decider)
    return node
  }

  private mutating func branches(
    _ condition: Expression, _ then: Expression, _ otherwise: Expression, _ scope: Scope,
    _ id: String
  ) -> [TraceNode] {
    let test = self.expression(condition, scope, id: "\(id).0")
    let truth = value(condition, scope).truth
    var nodes = [test]
    for (index, (branch, isPossible)) in [(then, truth.canBeTrue), (otherwise, truth.canBeFalse)]
      .enumerated()
    {
      guard isPossible else {
        nodes.append(notReached(branch, id: "\(id).\(index + 1)", after: test.id))
        continue
      }
      var node = self.expression(branch, scope, id: "\(id).\(index + 1)")
      node.role = truth.known == nil ? .possible : .fired
      nodes.append(node)
    }
    return nodes
  }

  private mutating func elements(
    of list: Expression, _ slot: Int, _ body: Expression, _ scope: Scope, _ id: String
  ) -> [TraceNode] {
    guard let shape = value(list, scope).domain.list else { return [] }
    var nodes: [TraceNode] = []
    let states =
      shape.elements.map { ($0.state, $0.isCertain) } + shape.rests.map { ($0.state, false) }
    for (index, (state, isCertain)) in states.enumerated() {
      let instance = state.domain.instances.first
      let name = instance.flatMap { $0 >= 0 ? names.name(of: $0) : nil } ?? "\(index + 1)"
      let inner = scope.binding(slot, to: state)
      let own = "\(id)[\(name)]"
      var node = TraceNode(
        .element(instance), id: own, state: value(body, inner), type: body.type, span: body.span)
      node.name = name
      node.role = isCertain ? .operand : .possible
      node.children = [self.expression(body, inner, id: "\(own).0")]
      nodes.append(node)
    }
    return nodes
  }
}

extension Expression {
  /// Whether whom it names follows from whom the rule is for, and from nothing that was said.
  fileprivate var isGivenByPlace: Bool {
    switch kind {
    case .enclosing, .local: true
    case .holder(let inner): inner.isGivenByPlace
    case .members(_, let inner): !type.isOptional && inner.isGivenByPlace
    default: false
    }
  }
}
