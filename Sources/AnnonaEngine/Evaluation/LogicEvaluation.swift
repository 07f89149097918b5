import AnnonaLanguage
import AnnonaValues

/// Truth, comparison and choice between values.
extension Evaluator {
  func evaluateLogic(_ expression: Expression, _ scope: Scope) -> State {
    switch expression.kind {
    case .not(let operand):
      let state = evaluate(operand, scope)
      if case .known(.boolean(let value)) = state { return .known(.boolean(!value)) }
      return strict([state], scope, expression.span) { operands in
        State.Result(Domain(.boolean(!operands[0].truth)))
      }
    case .all(let operands): return deciding(false, operands, scope, expression.span)
    case .any(let operands): return deciding(true, operands, scope, expression.span)
    case .compare(let comparison, let left, let right):
      let (one, other) = (evaluate(left, scope), evaluate(right, scope))
      note(comparison, left, one, right, other, scope, at: expression.span)
      return compare(comparison, one, other, scope, expression.span)
    case .between(let operand, let low, let high):
      let (value, floor, ceiling) = (
        evaluate(operand, scope), evaluate(low, scope), evaluate(high, scope)
      )
      note(.greaterOrEqual, operand, value, low, floor, scope, at: low.span)
      note(.lessOrEqual, operand, value, high, ceiling, scope, at: high.span)
      return between(value, floor, ceiling, scope, expression.span)
    case .among(let operand, let items):
      return among(operand, items, scope, expression.span)
    case .conditional(let condition, let then, let otherwise):
      let chosen = evaluate(condition, scope)
      if let truth = chosen.knownValue {
        noting?.note(chosen: truth == .boolean(true) ? then.span : otherwise.span)
      }
      return choose(
        chosen, then: { self.evaluate(then, scope) }, else: { self.evaluate(otherwise, scope) })
    case .quantified(let every, let slot, let list, let body):
      return quantified(every, slot, evaluate(list, scope), body, scope)
    case .coalesce(let operands): return coalesce(operands[...], scope)
    default: return .error([])
    }
  }

  private func deciding(
    _ value: Bool, _ operands: [Expression], _ scope: Scope, _ span: Span
  ) -> State {
    var deciding = State.Deciding(value)
    for operand in operands where !deciding.isDecided { deciding.add(evaluate(operand, scope)) }
    dismiss(deciding)
    noteConditions(span) { operands.map { self.evaluate($0, scope) } }
    return deciding.result
  }

  // MARK: - Comparison

  func compare(
    _ comparison: Comparison, _ left: State, _ right: State, _ scope: Scope, _ span: Span
  ) -> State {
    switch comparison {
    case .equal, .unequal: return compare(comparison, left, right)
    default:
      if let known = known(comparison, left, right) { return known }
      return strict([left, right], scope, span) { operands in
        State.Result(Domain(.boolean(self.truth(comparison, operands[0], operands[1]))))
      }
    }
  }

  func compare(_ comparison: Comparison, _ left: State, _ right: State) -> State {
    if let known = known(comparison, left, right) { return known }
    return State.strict([left, right]) { operands in
      State.Result(Domain(.boolean(self.truth(comparison, operands[0], operands[1]))))
    }
  }

  private func known(_ comparison: Comparison, _ left: State, _ right: State) -> State? {
    guard case .known(let one) = left, case .known(let other) = right else { return nil }
    return comparison.holds(one, other).map { .known(.boolean($0)) }
  }

  func truth(_ comparison: Comparison, _ left: Domain, _ right: Domain) -> Truth {
    switch comparison {
    case .equal: equality(left, right)
    case .unequal: !equality(left, right)
    case .less: order(left, right)
    case .lessOrEqual: !order(right, left)
    case .greater: order(right, left)
    case .greaterOrEqual: !order(left, right)
    }
  }

  private func equality(_ left: Domain, _ right: Domain) -> Truth {
    var truth: Truth?
    if let one = left.present, let other = right.present { truth = equality(one, other) }
    func join(_ other: Truth) { truth = truth?.hull(with: other) ?? other }
    if left.canBeNull, right.canBeNull { join(.yes) }
    if left.canBeNull && right.present != nil || right.canBeNull && left.present != nil {
      join(.no)
    }
    return truth ?? .open
  }

  private func equality(_ left: Domain.Present, _ right: Domain.Present) -> Truth {
    switch (left, right) {
    case (.number(let a), .number(let b)): return a.equals(b)
    case (.date(let a), .date(let b)): return a.equals(b)
    case (.boolean(let a), .boolean(let b)):
      if let a = a.known, let b = b.known { return Truth(a == b) }
      return .open
    case (.text(let a), .text(let b)): return equality(a, b)
    case (.choice(let a), .choice(let b)): return equality(a, b)
    case (.instances(let a), .instances(let b)):
      // A generic member can be anyone, or somebody else than the same generic member met again.
      if (a.union(b)).contains(where: { $0 < 0 }) { return .open }
      return equality(Optional(a), Optional(b))
    default:
      if let a = left.single, let b = right.single { return Truth(a == b) }
      return .open
    }
  }

  private func equality<Member>(_ left: Set<Member>?, _ right: Set<Member>?) -> Truth {
    guard let left, let right else { return .open }
    if left.isDisjoint(with: right) { return .no }
    return left.count == 1 && right.count == 1 ? .yes : .open
  }

  private func order(_ left: Domain, _ right: Domain) -> Truth {
    switch (left.present, right.present) {
    case (.number(let a), .number(let b)): a.isLess(than: b)
    case (.date(let a), .date(let b)): a.isLess(than: b)
    default: .open
    }
  }

  private func between(
    _ operand: State, _ low: State, _ high: State, _ scope: Scope, _ span: Span
  ) -> State {
    if let value = operand.knownValue, let floor = low.knownValue, let ceiling = high.knownValue,
      let above = Comparison.greaterOrEqual.holds(value, floor),
      let below = Comparison.lessOrEqual.holds(value, ceiling)
    {
      return .known(.boolean(above && below))
    }
    return strict([operand, low, high], scope, span) { operands in
      let above = self.truth(.greaterOrEqual, operands[0], operands[1])
      let below = self.truth(.lessOrEqual, operands[0], operands[2])
      return State.Result(Domain(.boolean(above.and(below))))
    }
  }

  /// The value equal to an item, within a range, or found in a list or a period.
  private func among(
    _ subject: Expression, _ items: [Expression.Item], _ scope: Scope, _ span: Span
  ) -> State {
    let operand = evaluate(subject, scope)
    var any = State.Deciding(true)
    for item in items where !any.isDecided {
      switch item {
      case .value(let value):
        any.add(compare(.equal, operand, evaluate(value, scope), scope, span))
      case .range(let low, let high):
        let (floor, ceiling) = (evaluate(low, scope), evaluate(high, scope))
        note(.greaterOrEqual, subject, operand, low, floor, scope, at: low.span)
        note(.lessOrEqual, subject, operand, high, ceiling, scope, at: high.span)
        any.add(between(operand, floor, ceiling, scope, span))
      case .members(let members):
        any.add(isMember(operand, of: evaluate(members, scope), scope, span))
      }
    }
    dismiss(any)
    return any.result
  }

  private func isMember(
    _ operand: State, of collection: State, _ scope: Scope, _ span: Span
  ) -> State {
    if case .period(let first, let last)? = collection.domain.present {
      return strict([operand, collection], scope, span) { operands in
        guard let date = operands[0].dates else { return State.Result(Domain(.boolean(.open))) }
        return State.Result(Domain(.boolean(date.isBetween(first, last))))
      }
    }
    return any(collection) { element in self.compare(.equal, operand, element, scope, span) }
  }

  // MARK: - Some and every

  private func quantified(
    _ every: Bool, _ slot: Int, _ list: State, _ body: Expression, _ scope: Scope
  ) -> State {
    quantified(every, list) { element in
      self.evaluate(body, scope.binding(slot, to: element))
    }
  }

  private func any(_ list: State, _ body: (State) -> State) -> State {
    quantified(false, list, body)
  }

  /// An element that is possibly there counts as one of which the body may also not decide.
  private func quantified(_ every: Bool, _ list: State, _ body: (State) -> State) -> State {
    if case .known(.list(let values)) = list {
      var deciding = State.Deciding(!every)
      for value in values where !deciding.isDecided { deciding.add(body(.known(value))) }
      dismiss(deciding)
      return deciding.result
    }
    guard !list.isError, let shape = list.domain.list else { return list }
    var deciding = State.Deciding(!every)
    for element in shape.elements where !deciding.isDecided {
      let state = body(element.state)
      deciding.add(element.isCertain ? state : possibly(state, every, element.presenceWaits))
    }
    for rest in shape.rests where !deciding.isDecided {
      let state = body(rest.state)
      deciding.add(rest.minimum > 0 ? state : possibly(state, every, rest.waits))
    }
    dismiss(deciding)
    // Where making the list may fail, so may every question about it.
    if list.faults.isEmpty { return deciding.result }
    return deciding.result.waiting(also: list.waits, mayFail: list.faults)
  }

  private func possibly(_ state: State, _ every: Bool, _ waits: Waits) -> State {
    .merge([.known(.boolean(every)), state], waits: waits, mayFail: [])
  }

  // MARK: - The first that is there

  private func coalesce(_ operands: ArraySlice<Expression>, _ scope: Scope) -> State {
    guard let first = operands.first else { return .known(.null) }
    let state = evaluate(first, scope)
    guard state.canBeNull, operands.count > 1 else { return state }
    var candidates: [State] = []
    if state.domain.present != nil {
      candidates.append(
        .settled(state.domain.withoutNull, waits: state.waits, mayFail: state.faults))
    }
    candidates.append(coalesce(operands.dropFirst(), scope))
    return .merge(candidates, waits: state.waits, mayFail: state.faults)
  }
}

extension Comparison {
  /// Of two numbers, two dates, or two members of a choice or booleans for equality; `nil` for values of other kinds.
  func holds(_ one: Value, _ other: Value) -> Bool? {
    switch (one, other) {
    case (.number(let a), .number(let b)): holds(a, b)
    case (.date(let a), .date(let b)): holds(a, b)
    case (.choice(let a), .choice(let b)) where isOfEquality: holds(a, b)
    case (.boolean(let a), .boolean(let b)) where isOfEquality: (a == b) == (self == .equal)
    default: nil
    }
  }

  private var isOfEquality: Bool { self == .equal || self == .unequal }

  @inline(__always)
  private func holds<Ordered: Comparable>(_ one: Ordered, _ other: Ordered) -> Bool {
    switch self {
    case .equal: one == other
    case .unequal: one != other
    case .less: one < other
    case .lessOrEqual: !(other < one)
    case .greater: other < one
    case .greaterOrEqual: !(one < other)
    }
  }
}
