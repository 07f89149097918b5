import AnnonaLanguage
import AnnonaValues

/// What each kind of expression means.
extension Evaluator {
  func evaluate(_ expression: Expression, _ scope: Scope) -> State {
    // While an inner rule waits to be settled first, nothing worked out here is kept.
    if postponed != nil { return .error([]) }
    depth += 1
    defer { depth -= 1 }
    switch expression.kind {
    case .constant(let value): return .known(value)
    case .today: return scope.clock.today.state
    case .enclosing, .local, .base, .fact, .rule, .parameter, .members, .holder, .apply, .at,
      .under, .column:
      return evaluateReference(expression, scope)
    case .not, .all, .any, .compare, .between, .among, .conditional, .quantified, .coalesce:
      return evaluateLogic(expression, scope)
    case .map, .filter, .sort, .aggregate, .position, .concatenate, .series:
      return evaluateList(expression, scope)
    case .negate, .arithmetic, .convert, .least, .greatest, .round, .absolute:
      return evaluateNumber(expression, scope)
    case .shift, .daysApart, .period, .call:
      return evaluateDate(expression, scope)
    }
  }

  // MARK: - Names

  private func evaluateReference(_ expression: Expression, _ scope: Scope) -> State {
    switch expression.kind {
    case .enclosing(let steps):
      var instance = scope.instance
      for _ in 0..<steps { instance = holder(of: instance) }
      return state(of: instance)
    case .local(let slot):
      guard slot < scope.locals.count, let local = scope.locals[slot] else { return .error([]) }
      return switch local {
      case .state(let state): state
      case .deferred(let deferred): deferred.state
      }
    case .base: return scope.base?.state ?? .error([])
    case .fact(let fact, let owner):
      return read(of: evaluate(owner, scope)) { self.value(ofFact: fact, for: $0, scope.clock) }
    case .rule(let rule, let owner, let output):
      return read(of: evaluate(owner, scope)) { instance in
        self.value(
          of: RuleKey(rule: rule, instance: instance, clock: scope.clock, output: output))
      }
    case .parameter(let parameter): return value(of: parameter, scope, expression.span)
    case .column(let number, let columns):
      return value(ofColumn: evaluate(number, scope), of: columns, scope, expression.span)
    case .members(let place, let owner):
      return read(of: evaluate(owner, scope)) { self.value(ofMembers: place, for: $0) }
    case .holder(let owner):
      return read(of: evaluate(owner, scope)) { self.state(of: self.holder(of: $0)) }
    case .apply(let function, let arguments):
      return apply(function, arguments, scope, expression.span)
    case .at(let inner, let date):
      return dated(evaluate(date, scope), scope) {
        self.evaluate(inner, $0)
      } moving: { _, days in
        var moved = scope
        moved.clock = Clock(days)
        return moved
      }
    case .under(let inner, let date):
      return dated(evaluate(date, scope), scope) {
        self.evaluate(inner, $0)
      } moving: { _, days in
        var moved = scope
        moved.clock.lawOf = days
        return moved
      }
    default: return .error([])
    }
  }

  /// Functions may call one another so deep; the checker has bounded their size.
  private static let callLimit = 60

  /// The body with the arguments in place, by need.
  private func apply(
    _ id: FunctionID, _ arguments: [Expression], _ scope: Scope, _ span: Span
  ) -> State {
    guard scope.callDepth < Self.callLimit else { return .error([fault(.tooDeep, scope, span)]) }
    let function = program.functions[id]
    var inner = Scope(
      rule: scope.rule, instance: scope.instance, clock: scope.clock,
      callDepth: scope.callDepth + 1)
    inner.locals = arguments.map { argument in
      .deferred(Deferred { self.evaluate(argument, scope) })
    }
    func said(by version: Rule.Version, _ scope: Scope) -> State {
      let state = version.body.map { self.value(of: $0, scope, nil) } ?? .error([])
      return rounded(state, version.round ?? function.round, scope)
    }
    if let version = theVersion(function.versions, on: inner.clock.law) {
      return said(by: version, inner)
    }
    let versions = versionsInForce(function.versions, inner, subject: .place)
    let candidates = versions.found.map { version, clock in
      inner.clock = clock
      return said(by: version, inner)
    }
    return .merge(candidates + versions.gaps, waits: [], mayFail: [])
  }

  // MARK: - Strictness

  /// An operation on present values: where a path that was narrowed is null after all, there is nothing to operate on.
  func strict(
    _ operands: [State], _ scope: Scope, _ span: Span, _ apply: ([Domain]) -> State.Result
  ) -> State {
    State.strict(operands) { domains in
      if domains.contains(where: { $0.present == nil }) {
        return State.Result(.none, mayFail: [self.fault(.absent, scope, span)])
      }
      return apply(domains.map(\.withoutNull))
    }
  }
}

extension Clock.Days {
  /// The date itself as a value.
  var state: State {
    only.map { .known(.date($0)) } ?? .settled(Domain(.date(range)), waits: [])
  }

  var range: DateRange { DateRange(lower: first, upper: last) ?? .exactly(first) }
}
