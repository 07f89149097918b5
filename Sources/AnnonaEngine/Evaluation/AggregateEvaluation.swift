import AnnonaLanguage
import AnnonaValues

/// What is made of a list as a whole, element by element.
extension Evaluator {
  func aggregate(
    _ aggregate: Expression.Aggregate, _ list: State, fallback: Expression?, _ scope: Scope,
    _ span: Span, empty: Fault.Code = .emptyList
  ) -> State {
    if case .known(.list(let values)) = list,
      let known = known(aggregate, values, scope, span)
    {
      return known
    }
    guard !list.isError, let shape = list.domain.list else { return list }
    // What the size waits for, and where making the list may fail, all that it waits for.
    let waits = list.faults.isEmpty ? shape.sizeWaits : list.waits
    switch aggregate {
    case .count:
      return .settled(Domain(.number(shape.size)), waits: waits, mayFail: list.faults)
    case .sum: return sum(shape, list, scope, span)
    case .distinct: return distinct(shape, list)
    case .min, .max, .mean, .first, .last: break
    }
    var candidates: [State] = []
    if let some = ofSome(aggregate, shape, list, scope, span) { candidates.append(some) }
    if shape.canBeEmpty {
      candidates.append(
        fallback.map { evaluate($0, scope) } ?? .error([fault(empty, scope, span)]))
    }
    return .merge(candidates, waits: waits, mayFail: list.faults)
  }

  /// Of values that are all known; `nil` where there are none of which to say anything.
  private func known(
    _ aggregate: Expression.Aggregate, _ values: [Value], _ scope: Scope, _ span: Span
  ) -> State? {
    switch aggregate {
    case .count: return .known(.number(Number(values.count)))
    case .sum:
      return values.reduce(.known(.number(.zero))) {
        arithmetic(.add, $0, .known($1), scope, span)
      }
    case .min, .max:
      return Self.extreme(values.map { .known($0) }, isGreatest: aggregate == .max)
        .map { .known($0) }
    case .first: return values.first.map { .known($0) }
    case .last: return values.last.map { .known($0) }
    case .mean, .distinct: return nil
    }
  }

  /// Of a list with at least one element; `nil` where it cannot have one.
  private func ofSome(
    _ aggregate: Expression.Aggregate, _ shape: ListShape, _ list: State, _ scope: Scope,
    _ span: Span
  ) -> State? {
    guard !shape.elements.isEmpty || !shape.rests.isEmpty else { return nil }
    switch aggregate {
    case .mean: return mean(shape, list, scope, span)
    case .first, .last: return end(shape, list, isFirst: aggregate == .first)
    default: return extreme(shape, list, isGreatest: aggregate == .max)
    }
  }

  private func sum(
    _ shape: ListShape, _ list: State, _ scope: Scope, _ span: Span
  ) -> State {
    var total = State.known(.number(.zero))
    let zero = Domain(.number(.exactly(.zero)))
    for element in shape.elements {
      let value = element.isCertain ? element.value : element.value.hull(with: zero)
      total = arithmetic(.add, total, .settled(value, waits: []), scope, span)
    }
    for rest in shape.rests {
      guard let range = rest.value.numbers,
        let count = NumberRange.integers(from: rest.minimum, through: rest.maximum)
      else { continue }
      let some = State.settled(Domain(.number(range.summed(count))), waits: [])
      total = arithmetic(.add, total, some, scope, span)
    }
    // All that is waited for is gathered once: lists may be long.
    return total.waiting(also: shape.allWaits.union(list.waits), mayFail: list.faults)
  }

  /// What the least or the greatest of those that are there can be.
  private func extreme(_ shape: ListShape, _ list: State, isGreatest: Bool) -> State {
    var found: Domain?
    var canBeNone = true
    func add(_ value: Domain, isCertain: Bool) {
      var next = found.map { pick($0, value, isGreatest: isGreatest) }
      if canBeNone { next = next?.hull(with: value) ?? value }
      if !isCertain, let found { next = next?.hull(with: found) }
      found = next
      if isCertain { canBeNone = false }
    }
    for element in shape.elements { add(element.value, isCertain: element.isCertain) }
    for rest in shape.rests where rest.maximum != 0 { add(rest.value, isCertain: rest.minimum > 0) }
    return .settled(found ?? .none, waits: shape.allWaits, mayFail: list.faults)
  }

  /// The lesser or the greater of two numbers or dates.
  func pick(_ one: Domain, _ other: Domain, isGreatest: Bool) -> Domain {
    switch (one.present, other.present) {
    case (.number(let a)?, .number(let b)?):
      Domain(.number(isGreatest ? a.greatest(with: b) : a.least(with: b)))
    case (.date(let a)?, .date(let b)?):
      Domain(.date(isGreatest ? a.greatest(with: b) : a.least(with: b)))
    default: one.hull(with: other)
    }
  }

  private func mean(
    _ shape: ListShape, _ list: State, _ scope: Scope, _ span: Span
  ) -> State {
    if shape.rests.isEmpty, shape.elements.allSatisfy(\.isCertain) {
      let total = sum(shape, list, scope, span)
      return arithmetic(
        .divide, total, .known(.number(Number(shape.elements.count))), scope, span)
    }
    // Somewhere between the least and the greatest of all.
    let values = (shape.elements.map(\.value) + shape.rests.map(\.value)).compactMap(\.numbers)
    guard let hull = values.dropFirst().reduce(values.first, { $0?.hull(with: $1) }) else {
      return list
    }
    let range = NumberRange(lower: hull.lower, upper: hull.upper) ?? .all
    return .settled(Domain(.number(range)), waits: list.waits, mayFail: list.faults)
  }

  private func end(_ shape: ListShape, _ list: State, isFirst: Bool) -> State {
    var candidates: [State] = []
    var waits: [Waits] = []
    let elements = isFirst ? shape.elements : shape.elements.reversed()
    if !isFirst || !shape.isOrdered {
      for rest in shape.rests { candidates.append(rest.state) }
    }
    for element in elements {
      candidates.append(element.state)
      waits.append(element.presenceWaits)
      if shape.isOrdered, element.isCertain {
        return .merge(candidates, waits: .union(waits), mayFail: list.faults)
      }
    }
    if isFirst, shape.isOrdered { for rest in shape.rests { candidates.append(rest.state) } }
    let order = shape.isOrdered ? [] : list.waits
    return .merge(candidates, waits: .union(waits + [order]), mayFail: list.faults)
  }

  /// Each value once. With something open, how many there are is open too.
  private func distinct(_ shape: ListShape, _ list: State) -> State {
    if case .known(.list(let values)) = list {
      var seen = Set<Value>()
      return .known(.list(values.filter { seen.insert($0).inserted }))
    }
    var loose = shape
    for index in loose.elements.indices where index > 0 || !loose.elements[index].isCertain {
      loose.elements[index].isCertain = false
      loose.elements[index].presenceWaits = list.waits
    }
    for index in loose.rests.indices {
      loose.rests[index].minimum = min(1, loose.rests[index].minimum)
      if !loose.elements.isEmpty { loose.rests[index].minimum = 0 }
    }
    return .settled(Domain(.list(loose)), waits: list.waits, mayFail: list.faults)
  }
}
