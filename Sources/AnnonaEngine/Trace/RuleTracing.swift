import AnnonaLanguage
import AnnonaValues

/// A rule's node: the version in force, its exceptions, its body, its rounding.
extension Tracer {
  mutating func rule(_ key: RuleKey, _ span: Span) -> TraceNode {
    let rule = program.rules[key.rule]
    var id = names.id(of: key.rule, for: key.instance, date: date(key.clock))
    if let output = key.output, let name = outputName(rule, output) { id += ".\(name)" }
    var node = TraceNode(
      .rule(key.rule, key.instance), id: id, title: rule.title,
      state: state { evaluator.value(of: key) }, type: rule.type, span: span)
    node.citations = rule.citations
    if let supposed = evaluator.supposition(key.rule, for: key.instance) {
      node.isSupposed = true
      node.state = .known(supposed.value)
      return node
    }
    guard opens(&node) else { return node }
    var scope = Scope(rule: key.rule, instance: key.instance, clock: key.clock)
    node.children = nested { tracer in
      var children: [TraceNode] = []
      if let under = rule.under {
        children.append(tracer.expression(under, scope, id: "\(id)#under"))
        if let days = tracer.value(under, scope).domain.dates {
          scope.clock.lawOf = Clock.Days(days.lower, days.upper)
        }
      }
      // On days of several versions there is no one body to show.
      guard let version = scope.clock.law.only.flatMap({ rule.version(on: $0) }) else {
        return children
      }
      if version.from != nil {
        node.validity = InForce(from: version.from, through: version.through)
      }
      if !version.citations.isEmpty { node.citations = version.citations }
      return children + tracer.parts(of: key.rule, version, scope, key.output, id)
    }
    return node
  }

  private func outputName(_ rule: Rule, _ output: Int) -> String? {
    for case .table(let table)? in rule.versions.map(\.body) where output < table.outputs.count {
      return table.outputs[output].name
    }
    return nil
  }

  private mutating func parts(
    of ruleID: RuleID, _ version: Rule.Version, _ scope: Scope, _ output: Int?, _ id: String
  ) -> [TraceNode] {
    let rule = program.rules[ruleID]
    let base = Deferred { [self] in state { evaluator.baseValue(ruleID, version, scope, output) } }
    guard !rule.exceptions.isEmpty else {
      let body = bodyNodes(rule, version, scope, output, id)
      return body + rounding(version.round ?? rule.round, of: base, scope, rule, id)
    }
    let condition = Deferred { [self] in
      state { evaluator.baseCondition(ruleID, version, scope) }
    }
    return exceptions(
      rule.exceptions, condition, base, version.round ?? rule.round, scope, rule, output, id
    ) { tracer in tracer.bodyNodes(rule, version, scope, output, id) }
  }

  private mutating func rounding(
    _ rounding: Rounding?, of value: Deferred, _ scope: Scope, _ rule: Rule, _ id: String
  ) -> [TraceNode] {
    guard let rounding else { return [] }
    var node = TraceNode(
      .rounding(rounding.mode), id: "\(id)#round",
      state: state { evaluator.rounded(value.state, rounding, scope) }, type: rule.type,
      span: rounding.span)
    node.children = [expression(rounding.step, scope, id: "\(id)#round.0")]
    return [node]
  }

  // MARK: - Exceptions

  private mutating func exceptions(
    _ exceptions: [ExceptionRule], _ condition: Deferred, _ base: Deferred,
    _ rounding: Rounding?, _ scope: Scope, _ rule: Rule, _ output: Int?, _ id: String,
    baseNodes: (inout Tracer) -> [TraceNode]
  ) -> [TraceNode] {
    let rivals = exceptions.map { exception in
      (exception, state { evaluator.fires(exception, condition, scope) })
    }
    let ways = evaluator.outcomes(rivals, scope)
    let isCertain = ways.winners.count == 1 && ways.faults.isEmpty
    let winner = isCertain ? ways.winners[0] : nil
    var children: [TraceNode] = []
    for (index, rival) in rivals.enumerated() {
      let role: TraceNode.Role =
        if winner == index {
          .fired
        } else if let winner, rival.1.isKnown(.boolean(true)) {
          .displaced(by: rivals[winner].0.rival)
        } else {
          ways.winners.contains(index) ? .possible : .didNotApply
        }
      var node = exception(rival.0, role, condition, base, rounding, scope, rule, output, id)
      if case .displaced = role {
        // What is set aside counts where it sets others aside in its turn.
        node.carries = rivals.contains { other in
          rival.0.prevailsOver.contains(other.0.name) && !other.1.isKnown(.boolean(false))
        }
      }
      children.append(node)
    }
    if let winner {
      var node = TraceNode(
        .candidate(.base), id: "\(id)#base", state: nil, type: rule.type, span: rule.span)
      let isRead = rivals[winner].0.readsBase
      if isRead {
        node.state = state { base.state }
      } else {
        node.role = .displaced(by: rivals[winner].0.rival)
      }
      // An exception that refines applies only where the base would.
      node.carries = isRead || exceptions.contains(where: \.asksForBase)
      if node.carries { node.children = baseNodes(&self) }
      return children + [node]
    }
    return children + baseNodes(&self) + self.rounding(rounding, of: base, scope, rule, id)
  }

  private mutating func exception(
    _ exception: ExceptionRule, _ role: TraceNode.Role, _ condition: Deferred, _ base: Deferred,
    _ rounding: Rounding?, _ scope: Scope, _ rule: Rule, _ output: Int?, _ id: String
  ) -> TraceNode {
    let name = exception.name.split(separator: ".").last.map(String.init) ?? exception.name
    let own = "\(id).\(name)"
    var node = TraceNode(
      .candidate(.exception), id: own, state: nil, type: rule.type, span: exception.span)
    node.name = name
    node.citations = exception.citations
    node.role = role
    node.children = [expression(exception.when, scope, id: "\(own)#when")]
    switch role {
    case .didNotApply, .displaced: return node
    case .operand, .fired, .possible, .notReached: break
    }
    var inner = scope
    inner.base = base
    let value = Deferred { [self] in
      state { evaluator.value(of: exception, base, scope, output) }
    }
    node.state = state { value.state }
    node.children += exceptions(
      exception.nested, condition, value, exception.round ?? rounding, scope, rule, output, own
    ) { tracer in
      let version = exception.versions.last { version in
        version.body != nil
          && inner.clock.law.intersection(from: version.from, through: version.through) != nil
      }
      return version?.body.map { tracer.body($0, inner, output, own, rule) } ?? []
    }
    return node
  }

  // MARK: - Bodies

  private mutating func bodyNodes(
    _ rule: Rule, _ version: Rule.Version, _ scope: Scope, _ output: Int?, _ id: String
  ) -> [TraceNode] {
    var nodes: [TraceNode] = []
    if let when = rule.when { nodes.append(expression(when, scope, id: "\(id)#when")) }
    return nodes + (version.body.map { body($0, scope, output, id, rule) } ?? [])
  }

  private mutating func body(
    _ body: Body, _ scope: Scope, _ output: Int?, _ id: String, _ rule: Rule
  ) -> [TraceNode] {
    switch body {
    case .value(let expression): return [self.expression(expression, scope, id: "\(id)#0")]
    case .cases(let branches, let otherwise):
      return cases(branches, otherwise, scope, id, rule.type)
    case .conditions(let every, let rules): return conditions(rules, every: every, scope)
    case .table(let table): return self.table(table, output ?? 0, scope, id)
    case .scale(let scale): return self.scale(scale, scope, id, rule.type)
    }
  }

  private mutating func scale(
    _ scale: Scale, _ scope: Scope, _ id: String, _ type: ValueType
  ) -> [TraceNode] {
    let parts = settled { evaluator.parts(of: scale, scope) }
    let base = expression(scale.of, scope, id: "\(id)#of")
    return [base]
      + zip(scale.brackets, parts).enumerated().map { index, bracket in
        let own = "\(id)#\(index)"
        var node = TraceNode(
          .candidate(.bracket), id: own, state: bracket.1, type: type, span: bracket.0.above.span)
        node.name = "bracket_\(index + 1)"
        node.role = bracket.1 == .known(.number(.zero)) ? .didNotApply : .fired
        node.children = [
          expression(bracket.0.above, scope, id: "\(own).above"),
          expression(bracket.0.rate, scope, id: "\(own).rate"),
        ]
        if index + 1 < scale.brackets.count {
          let next = scale.brackets[index + 1].above
          node.children.append(expression(next, scope, id: "\(own).through"))
        }
        return node
      }
  }

  private mutating func cases(
    _ branches: [CaseBranch], _ otherwise: Expression?, _ scope: Scope, _ id: String,
    _ type: ValueType
  ) -> [TraceNode] {
    var nodes: [TraceNode] = []
    var decider: String?
    var isOpen = false
    func node(_ name: String, _ span: Span) -> TraceNode {
      var node = TraceNode(
        .candidate(.branch), id: "\(id).\(name)", state: nil, type: type, span: span)
      node.name = name
      if let decider { node.role = .notReached(after: decider) }
      return node
    }
    for (index, branch) in branches.enumerated() {
      let name = "case_\(index + 1)"
      var candidate = node(name, branch.value.span)
      candidate.citations = branch.citations
      if decider == nil {
        let condition = value(branch.when, scope)
        candidate.children = [expression(branch.when, scope, id: "\(id).\(name)#when")]
        let truth = condition.truth
        if condition.isError || !truth.canBeTrue {
          candidate.role = .didNotApply
        } else {
          candidate.role = truth.canBeFalse || isOpen ? .possible : .fired
          candidate.state = value(branch.value, scope)
          candidate.children.append(expression(branch.value, scope, id: "\(id).\(name)#value"))
        }
        isOpen = isOpen || truth.canBeTrue && truth.canBeFalse
        if condition.isError || !truth.canBeFalse { decider = name }
      }
      nodes.append(candidate)
    }
    if let otherwise {
      var last = node("otherwise", otherwise.span)
      if decider == nil {
        last.role = isOpen ? .possible : .fired
        last.state = value(otherwise, scope)
        last.children = [expression(otherwise, scope, id: "\(id).otherwise#value")]
      }
      nodes.append(last)
    }
    return nodes
  }

  private mutating func conditions(
    _ rules: [RuleID], every: Bool, _ scope: Scope
  ) -> [TraceNode] {
    var nodes: [TraceNode] = []
    var decider: String?
    for rule in rules {
      let key = RuleKey(rule: rule, instance: scope.instance, clock: scope.clock, output: nil)
      var node = self.rule(key, program.rules[rule].span)
      if let decider, node.state?.isError ?? true {
        node.role = .notReached(after: decider)
        node.state = nil
        node.children = []
      }
      if decider == nil, node.state == .known(.boolean(!every)) {
        decider = evaluator.lastName(of: rule)
      }
      nodes.append(node)
    }
    return nodes.carrying(deciding: !every)
  }

  private mutating func table(
    _ table: Table, _ output: Int, _ scope: Scope, _ id: String
  ) -> [TraceNode] {
    var nodes = table.inputs.enumerated().map { index, input in
      expression(input, scope, id: "\(id)#\(index)")
    }
    let match = settled { evaluator.match(table, scope) }
    let certain = match.winners.count == 1 && match.failures.isEmpty && match.mayFail.isEmpty
    var fired: String?
    for (index, row) in table.rows.enumerated() {
      var node = TraceNode(
        .candidate(.row), id: "\(id).\(row.name)", state: nil,
        type: output < table.outputs.count ? table.outputs[output].type : .null, span: row.span)
      node.name = row.name
      node.citations = row.citation.map { [$0] } ?? []
      let applies =
        match.winners.contains(index) || match.possible.contains { $0.row == index }
      if let fired, table.hit == .first {
        node.role = .notReached(after: fired)
      } else if applies, output < row.outputs.count {
        let isCertain = certain || match.possible.contains { $0.row == index && $0.isCertain }
        node.role = isCertain ? .fired : .possible
        node.state = value(row.outputs[output], scope)
        node.children = [expression(row.outputs[output], scope, id: "\(id).\(row.name)#0")]
        if certain { fired = row.name }
      } else {
        node.role = .didNotApply
        // Of a row that came out alone it takes no other to say why.
        node.carries = table.hit != .unique
      }
      nodes.append(node)
    }
    return nodes
  }
}

extension ExceptionRule {
  /// Whether it, or one of its own, applies only where the base does.
  fileprivate var asksForBase: Bool { refines || nested.contains(where: \.asksForBase) }

  /// Whether what it gives is worked out from the value that it takes the place of.
  fileprivate var readsBase: Bool {
    var reads = false
    func look(_ expression: Expression) {
      if case .base = expression.kind { reads = true }
      expression.operands.forEach(look)
    }
    forEachExpression(look)
    return reads
  }
}
