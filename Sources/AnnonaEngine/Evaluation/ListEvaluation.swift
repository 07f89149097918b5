import AnnonaLanguage
import AnnonaValues

/// Lists: each element is certain or possibly there, and a list that was not given may hold any number more.
extension Evaluator {
  func evaluateList(_ expression: Expression, _ scope: Scope) -> State {
    switch expression.kind {
    case .map(let slot, let list, let body):
      return map(evaluate(list, scope)) { self.evaluate(body, scope.binding(slot, to: $0)) }
    case .filter(let slot, let list, let condition):
      return filter(evaluate(list, scope)) {
        self.evaluate(condition, scope.binding(slot, to: $0))
      }
    case .sort(let slot, let list, let key):
      return sort(evaluate(list, scope)) { self.evaluate(key, scope.binding(slot, to: $0)) }
    case .aggregate(let aggregate, let list, let fallback):
      return self.aggregate(
        aggregate, evaluate(list, scope), fallback: fallback, scope, expression.span)
    case .position(let element, let list):
      return position(evaluate(element, scope), evaluate(list, scope), scope, expression.span)
    case .series(let body, let period, let variation):
      return series(body, over: period, variation, scope, expression.span)
    case .concatenate(let lists): return concatenate(lists.map { evaluate($0, scope) })
    default: return .error([])
    }
  }

  /// A list as a state: what its parts wait for and how they may fail is what it does.
  private func state(_ shape: ListShape, mayFail: Faults, waits: Waits) -> State {
    .settled(
      Domain(.list(shape)), waits: shape.allWaits.union(waits),
      mayFail: shape.allFaults.union(mayFail))
  }

  /// A present element in error is an error; a possible one may fail, and is left out.
  private func map(_ list: State, _ body: (State) -> State) -> State {
    if case .known(.list(let values)) = list {
      let states = values.map { body(.known($0)) }
      let known = states.compactMap(\.knownValue)
      if known.count == states.count { return .known(.list(known)) }
      return map(ListShape(values), of: list, to: states, [])
    }
    guard !list.isError, let shape = list.domain.list else { return list }
    let states = shape.elements.map { body($0.state) }
    return map(shape, of: list, to: states, shape.rests.map { body($0.state) })
  }

  private func map(
    _ shape: ListShape, of list: State, to states: [State], _ rests: [State]
  ) -> State {
    var errors: [Faults] = []
    var possibleErrors: [Faults] = [list.faults]
    var waits = [list.waitsOfFailing]
    var mapped = ListShape([], isOrdered: shape.isOrdered)
    for (element, state) in zip(shape.elements, states) {
      if case .error(let faults) = state {
        if element.isCertain { errors.append(faults) } else { possibleErrors.append(faults) }
        waits.append(element.presenceWaits)
        continue
      }
      mapped.elements.append(
        ListShape.Element(
          state.domain, waits: state.waits, mayFail: element.mayFail.union(state.faults),
          isCertain: element.isCertain, presenceWaits: element.presenceWaits))
    }
    for (rest, state) in zip(shape.rests, rests) {
      if case .error(let faults) = state {
        if rest.minimum > 0 { errors.append(faults) } else { possibleErrors.append(faults) }
        waits.append(rest.waits)
        continue
      }
      mapped.rests.append(
        ListShape.Rest(
          state.domain, waits: rest.waits.union(state.waits),
          mayFail: rest.mayFail.union(state.faults), minimum: rest.minimum, maximum: rest.maximum))
    }
    if !errors.isEmpty { return .error(.union(errors)) }
    return state(mapped, mayFail: .union(possibleErrors), waits: .union(waits))
  }

  private func filter(_ list: State, _ condition: (State) -> State) -> State {
    if case .known(.list(let values)) = list {
      let states = values.map { condition(.known($0)) }
      let known = zip(values, states).filter { $1.isKnown(.boolean(true)) }.map(\.0)
      let isSettled = states.allSatisfy { $0.knownValue != nil }
      return isSettled ? .known(.list(known)) : filter(ListShape(values), of: list, by: states, [])
    }
    guard !list.isError, let shape = list.domain.list else { return list }
    let states = shape.elements.map { condition($0.state) }
    return filter(shape, of: list, by: states, shape.rests.map { condition($0.state) })
  }

  private func filter(
    _ shape: ListShape, of list: State, by states: [State], _ rests: [State]
  ) -> State {
    var errors: [Faults] = []
    var mayFail: [Faults] = [list.faults]
    var waits = [list.waitsOfFailing]
    var kept = ListShape([], isOrdered: shape.isOrdered)
    for (element, holds) in zip(shape.elements, states) {
      var element = element
      if case .error(let faults) = holds {
        if element.isCertain { errors.append(faults) } else { mayFail.append(faults) }
        waits.append(element.presenceWaits)
        continue
      }
      mayFail.append(holds.faults)
      if !holds.faults.isEmpty { waits.append(holds.waits.union(element.presenceWaits)) }
      guard holds.truth.canBeTrue else { continue }
      if holds.truth.canBeFalse {
        element.isCertain = false
        element.presenceWaits = element.presenceWaits.union(holds.waits)
      }
      kept.elements.append(element)
    }
    for (rest, holds) in zip(shape.rests, rests) {
      var rest = rest
      if case .error(let faults) = holds {
        if rest.minimum > 0 { errors.append(faults) } else { mayFail.append(faults) }
        waits.append(rest.waits)
        continue
      }
      mayFail.append(holds.faults)
      if !holds.faults.isEmpty { waits.append(holds.waits.union(rest.waits)) }
      guard holds.truth.canBeTrue else { continue }
      if holds.truth.canBeFalse {
        rest.minimum = 0
        rest.waits = rest.waits.union(holds.waits)
      }
      kept.rests.append(rest)
    }
    if !errors.isEmpty { return .error(.union(errors)) }
    return state(kept, mayFail: .union(mayFail), waits: .union(waits))
  }

  /// By key, ties in the order given. Where a key is open, so is the order.
  private func sort(_ list: State, _ key: (State) -> State) -> State {
    guard !list.isError, let shape = list.domain.list else { return list }
    let keys = shape.elements.map { key($0.state) }
    let errors = zip(keys, shape.elements).filter { $0.isError && $1.isCertain }
    if !errors.isEmpty { return .error(.union(errors.map { $0.0.faults })) }
    var sorted = shape
    let mayFail = Faults.union(keys.map(\.faults))
    let values = keys.map(\.knownValue)
    guard shape.rests.isEmpty, !values.contains(nil), shape.isOrdered else {
      sorted.isOrdered = false
      return state(
        sorted, mayFail: list.faults.union(mayFail),
        waits: .union(keys.map(\.waits) + [list.waitsOfFailing]))
    }
    let order = shape.elements.indices.sorted { one, other in
      if comesBefore(values[one], values[other]) { return true }
      if comesBefore(values[other], values[one]) { return false }
      return one < other
    }
    sorted.elements = order.map { shape.elements[$0] }
    return state(sorted, mayFail: list.faults, waits: list.waitsOfFailing)
  }

  private func comesBefore(_ one: Value?, _ other: Value?) -> Bool {
    switch (one, other) {
    case (.number(let a)?, .number(let b)?): a < b
    case (.date(let a)?, .date(let b)?): a < b
    default: false
    }
  }

  private func concatenate(_ lists: [State]) -> State {
    State.strict(lists) { domains in
      let shapes = domains.compactMap(\.list)
      // Elements after an open list have no known place.
      let isOrdered =
        shapes.allSatisfy(\.isOrdered) && shapes.dropLast().allSatisfy(\.rests.isEmpty)
      return State.Result(
        Domain(
          .list(
            ListShape(
              shapes.flatMap(\.elements), rests: shapes.flatMap(\.rests), isOrdered: isOrdered))))
    }
  }

  /// Counted from 1. Where the order is open, any place.
  private func position(
    _ element: State, _ list: State, _ scope: Scope, _ span: Span
  ) -> State {
    if element.isError || list.isError { return .error(element.faults.union(list.faults)) }
    guard let shape = list.domain.list else { return list }
    var before = NumberRange.exactly(.one)
    var candidates: [State] = []
    var waits = [element.waits, list.waitsOfFailing]
    var certainlyFound = false
    for other in shape.elements {
      let same = compare(.equal, element, other.state)
      waits += [other.presenceWaits, same.waits]
      if same.truth.canBeTrue {
        candidates.append(.settled(Domain(.number(before)), waits: []))
        certainlyFound = other.isCertain && !same.truth.canBeFalse
        if certainlyFound { break }
      }
      before =
        before + (other.isCertain ? .exactly(.one) : .integers(from: 0, through: 1) ?? .counts)
    }
    let mayFail = list.faults.union(element.faults)
    if !shape.isOrdered {
      let places = NumberRange.integers(from: 1, through: shape.size.upper?.integer)
      candidates = [.settled(Domain(.number(places ?? .counts)), waits: list.waits)]
      waits.append(list.waits)
    }
    if !certainlyFound, shape.isOrdered, !shape.rests.isEmpty {
      let places = NumberRange(lower: before.lower, upper: nil, step: .one) ?? .counts
      candidates.append(.settled(Domain(.number(places)), waits: list.waits))
    }
    if !certainlyFound {
      candidates.append(.error([fault(.notInList, scope, span)]))
      waits.append(list.waits)
    }
    return .merge(candidates, waits: .union(waits), mayFail: mayFail)
  }
}
