import AnnonaLanguage
import AnnonaValues

/// The conditions behind an outcome, each by itself: also those that an earlier one made unnecessary.
extension Evaluator {
  func reasons(of benefit: Benefit, for instance: Int32, outcome: Outcome) -> [Reason] {
    // What is looked at for the report alone adds no need and no fault.
    let before = progress
    defer { restore(before) }
    return unnoted { conditions(of: benefit, for: instance, outcome) }
  }

  private func conditions(
    of benefit: Benefit, for instance: Int32, _ outcome: Outcome
  ) -> [Reason] {
    var scope = Scope(rule: nil, instance: instance, clock: clock)
    if let under = benefit.under, let days = settle({ self.evaluate(under, scope) }).domain.dates {
      scope.clock.lawOf = Clock.Days(days.lower, days.upper)
    }
    // Whoever it is not for is not told what else would be asked of those it is for.
    let entitled = outcome == .notApplicable ? nil : benefit.entitled
    return [benefit.applies, entitled].compactMap { $0 }.flatMap {
      reasons(in: $0, scope, alternativeOf: nil)
    }
  }

  /// The rules that a boolean expression is made of, and what stands beside them without a rule of its own.
  private func reasons(
    in expression: Expression, _ scope: Scope, alternativeOf group: RuleID?,
    after decider: Decider? = nil
  ) -> [Reason] {
    switch expression.kind {
    case .rule(let rule, let owner, _):
      return settle({ self.evaluate(owner, scope) }).domain.instances.filter { $0 >= 0 }.prefix(1)
        .flatMap {
          reasons(of: rule, for: $0, scope, alternativeOf: group, after: decider)
        }
    case .all(let operands):
      return reasons(ofOperands: operands, scope, group, decider)
    case .any(let operands) where operands.allSatisfy(\.isMadeOfRules):
      return operands.flatMap { reasons(in: $0, scope, alternativeOf: group, after: decider) }
    case .constant: return []
    default: return [reason(of: expression, scope, alternativeOf: group, after: decider)]
    }
  }

  private func reasons(
    ofOperands operands: [Expression], _ scope: Scope, _ group: RuleID?, _ outer: Decider?
  ) -> [Reason] {
    var decider = outer
    var reasons: [Reason] = []
    for operand in operands {
      reasons += self.reasons(in: operand, scope, alternativeOf: group, after: decider)
      if decider == nil, settle({ self.evaluate(operand, scope) }).isKnown(.boolean(false)) {
        decider = Decider(operand)
      }
    }
    return reasons
  }

  /// A condition that had already decided when another had no value.
  private enum Decider {
    case rule(RuleID)
    /// One without a name, called by its own text.
    case expression(Span)

    init(_ expression: Expression) {
      if case .rule(let rule, _, _) = expression.kind {
        self = .rule(rule)
      } else {
        self = .expression(expression.span)
      }
    }
  }

  private func name(_ decider: Decider) -> String {
    switch decider {
    case .rule(let rule): lastName(of: rule)
    case .expression(let span): program.files[Int(span.file)].text(span)
    }
  }

  /// Of a condition that has no name: what it says is its own text, or what a fact is called.
  private func reason(
    of expression: Expression, _ scope: Scope, alternativeOf group: RuleID?,
    after decider: Decider?
  ) -> Reason {
    let state = settle { self.evaluate(expression, scope) }
    var title = LocalizedText()
    if case .fact(let fact, _) = expression.kind { title = program.facts[fact].title }
    return Reason(
      subject: .expression(expression.span), instance: scope.instance, exception: nil,
      status: status(state, after: decider), text: title, citations: [],
      margin: margin(of: expression, scope), alternativeOf: group)
  }

  private func status(_ state: State, after decider: Decider?) -> Reason.Status {
    switch state {
    case .known(let value): value == .boolean(true) ? .met : .unmet
    case .open: .open
    case .error(let faults): decider.map { .notTested(after: name($0)) } ?? .failed(faults)
    }
  }

  private func reasons(
    of id: RuleID, for instance: Int32, _ scope: Scope, alternativeOf group: RuleID?,
    after decider: Decider?
  ) -> [Reason] {
    var inner = Scope(rule: id, instance: instance, clock: scope.clock)
    if let under = program.rules[id].under,
      let days = settle({ self.evaluate(under, inner) }).domain.dates
    {
      inner.clock.lawOf = Clock.Days(days.lower, days.upper)
    }
    let isOneDay = inner.clock.law.only != nil
    let version = isOneDay ? theVersion(program.rules[id].versions, on: inner.clock.law) : nil
    func plain() -> [Reason] {
      [reason(of: id, inner, scope.clock, alternativeOf: group, after: decider, version)]
    }
    guard supposition(id, for: instance) == nil, let version else { return plain() }
    if let exception = firing(id, version, inner) {
      return [
        reason(
          of: id, inner, scope.clock, alternativeOf: group, after: decider, version,
          exception: exception)
      ]
    }
    switch version.body {
    case .conditions(let every, let conditions)?:
      return reasons(ofConditions: conditions, every: every, id, inner, group, decider)
    case .value(let expression)?:
      guard program.rules[id].met.isEmpty, program.rules[id].unmet.isEmpty,
        expression.isMadeOfRules
      else { return plain() }
      let deeper = reasons(in: expression, inner, alternativeOf: group, after: decider)
      return deeper.contains { $0.rule != nil } ? deeper : plain()
    default: return plain()
    }
  }

  private func reasons(
    ofConditions conditions: [RuleID], every: Bool, _ id: RuleID, _ scope: Scope,
    _ group: RuleID?, _ outer: Decider?
  ) -> [Reason] {
    var decider = outer
    var reasons: [Reason] = []
    for condition in conditions {
      reasons += self.reasons(
        of: condition, for: scope.instance, scope, alternativeOf: every ? group : id,
        after: decider)
      let state = settle { self.condition(condition, scope) }
      if decider == nil, state.isKnown(.boolean(!every)) { decider = .rule(condition) }
    }
    return reasons
  }

  func lastName(of rule: RuleID) -> String {
    let name = program.rules[rule].name
    return name.split(separator: ".").last.map(String.init) ?? name
  }

  /// The exception that certainly took the base's place.
  private func firing(
    _ rule: RuleID, _ version: Rule.Version, _ scope: Scope
  ) -> ExceptionRule? {
    let exceptions = program.rules[rule].exceptions
    guard !exceptions.isEmpty else { return nil }
    let rivals = settle {
      let condition = Deferred { self.baseCondition(rule, version, scope) }
      return exceptions.map { ($0, self.fires($0, condition, scope)) }
    }
    let ways = outcomes(rivals, scope)
    guard ways.winners.count == 1, ways.faults.isEmpty, let only = ways.winners[0] else {
      return nil
    }
    return rivals[only].0
  }

  private func reason(
    of id: RuleID, _ scope: Scope, _ clock: Clock, alternativeOf group: RuleID?,
    after decider: Decider?, _ version: Rule.Version?, exception: ExceptionRule? = nil
  ) -> Reason {
    let state = settle {
      self.value(of: RuleKey(rule: id, instance: scope.instance, clock: clock, output: nil))
    }
    let status = status(state, after: decider)
    let own =
      switch status {
      case .met: program.rules[id].met
      case .unmet: program.rules[id].unmet
      default: LocalizedText()
      }
    let cited = version?.citations ?? []
    return Reason(
      subject: .rule(id), instance: scope.instance, exception: exception?.name, status: status,
      text: own.isEmpty ? program.rules[id].title : own,
      citations: exception?.citations
        ?? (cited.isEmpty ? program.rules[id].citations : cited),
      margin: exception == nil ? margin(of: version, scope) : nil, alternativeOf: group)
  }

  // MARK: - Margins

  /// Of a condition that is one comparison of quantities, dates or numbers.
  private func margin(of version: Rule.Version?, _ scope: Scope) -> Margin? {
    guard case .value(let expression)? = version?.body else { return nil }
    return margin(of: expression, scope)
  }

  private func margin(of expression: Expression, _ scope: Scope) -> Margin? {
    switch expression.kind {
    case .compare(let comparison, let left, let right):
      return margin(comparison, left, right, scope)
    case .between(let value, let low, let high):
      return nearest(value, low, high, scope)
    case .among(let value, let items):
      guard items.count == 1, case .range(let low, let high) = items[0] else { return nil }
      return nearest(value, low, high, scope)
    default: return nil
    }
  }

  /// From the end that is nearest.
  private func nearest(
    _ value: Expression, _ low: Expression, _ high: Expression, _ scope: Scope
  ) -> Margin? {
    guard let below = margin(.greaterOrEqual, value, low, scope),
      let above = margin(.lessOrEqual, value, high, scope)
    else { return nil }
    return below.difference.magnitude <= above.difference.magnitude ? below : above
  }

  private func margin(
    _ comparison: Comparison, _ left: Expression, _ right: Expression, _ scope: Scope
  ) -> Margin? {
    guard let one = settle({ self.evaluate(left, scope) }).knownValue,
      let other = settle({ self.evaluate(right, scope) }).knownValue
    else { return nil }
    let type = left.type.present
    switch (one, other) {
    case (.number(let a), .number(let b)):
      guard let difference = try? a - b else { return nil }
      return Margin(
        comparison: comparison, left: one, right: other, type: type, difference: difference,
        differenceType: type)
    case (.date(let a), .date(let b)):
      return Margin(
        comparison: comparison, left: one, right: other, type: .date,
        difference: Number(a.days(since: b)),
        differenceType: .number(NumberType(unit: .day)))
    default: return nil
    }
  }
}

extension Expression {
  /// A rule, or rules joined by `and` and `or`, with whatever else stands beside them.
  var isMadeOfRules: Bool {
    switch kind {
    case .rule: true
    case .all(let operands), .any(let operands): operands.contains(where: \.isMadeOfRules)
    default: false
    }
  }
}
