import AnnonaLanguage
import AnnonaValues

/// Truth and choice, with what is open or in error beside them.
extension PlanCompiler {
  /// As an operand: where it is `null` there is nothing to operate on.
  mutating func present(_ value: PlanValue) throws(Unplannable) -> PlanValue {
    if value.null.isNo { return value }
    let there = value.valid(also: [try builder.not(value.null)])
    return PlanValue(there.content, valid: there.valid, bounds: there.bounds)
  }

  func truth(_ value: PlanValue) throws(Unplannable) -> PlacedColumn {
    switch value.content {
    case .truth(let column): return column
    case .null: return .no
    default: throw Unplannable("no truth")
    }
  }

  /// Those that are not certainly true where the truth is.
  func beyond(_ valid: [PlacedColumn], _ truth: PlacedColumn) -> [PlacedColumn] {
    guard !truth.isYes else { return valid }
    let implied = builder.implications(truth)
    return valid.filter { mask in
      guard case .column(let index) = mask.column, mask.placement == truth.placement else {
        return !mask.isYes
      }
      return !implied.contains(index)
    }
  }

  func union(_ sets: [[PlacedColumn]]) -> [PlacedColumn] {
    var result: [PlacedColumn] = []
    for column in sets.joined() where !column.isYes && !result.contains(column) {
      result.append(column)
    }
    return result
  }

  /// True where all are; where one is known to be false, the others do not matter.
  mutating func all(_ operands: [PlanValue]) throws(Unplannable) -> PlanValue {
    var rest: [[PlacedColumn]] = []
    var everything: [(truth: PlacedColumn, valid: [PlacedColumn])] = []
    var before = PlacedColumn.yes
    for operand in operands {
      let operand = try present(operand)
      let truth = try truth(operand)
      // Where an earlier operand is true, what it implies needs no mention.
      rest.append(beyond(operand.valid, before))
      everything.append((truth, operand.valid))
      before = try builder.and(before, truth)
    }
    let needed = union(rest)
    if needed.isEmpty { return PlanValue(.truth(before)) }
    if everything.allSatisfy({ Set(union([$0.valid])) == Set(needed) }) {
      return PlanValue(.truth(before), valid: needed)
    }
    var decided = PlacedColumn.no
    for (truth, valid) in everything {
      let known = try builder.and(valid)
      decided = try builder.or(decided, try builder.and(known, try builder.not(truth)))
    }
    let isValid = try builder.or(decided, try builder.and(needed))
    return PlanValue(.truth(before), valid: [isValid])
  }

  mutating func any(_ operands: [PlanValue]) throws(Unplannable) -> PlanValue {
    if operands.allSatisfy({ $0.valid.isEmpty && $0.null.isNo }) {
      var result = PlacedColumn.no
      for operand in operands { result = try builder.or(result, try truth(operand)) }
      return PlanValue(.truth(result))
    }
    var negated: [PlanValue] = []
    for operand in operands { negated.append(try not(try present(operand))) }
    return try not(try all(negated))
  }

  mutating func not(_ operand: PlanValue) throws(Unplannable) -> PlanValue {
    PlanValue(.truth(try builder.not(try truth(operand))), valid: operand.valid)
  }

  // MARK: - Choice

  /// One or the other, as a truth says.
  mutating func choose(
    _ condition: PlanValue, _ then: PlanValue, _ otherwise: PlanValue
  ) throws(Unplannable) -> PlanValue {
    let condition = try present(condition)
    let chosen = try truth(condition)
    let bounds = boundsOfChoice(condition, then, otherwise)
    if bounds != nil, condition.valid.contains(where: \.isNo) {
      // Where both are the same, it does not matter which.
      let isSame = (try? order(.equal, then.content, otherwise.content)) ?? .no
      let sound = condition.bounds?.valid ?? [.no]
      return PlanValue(
        then.content, null: then.null,
        valid: union([sound, then.valid, otherwise.valid, [isSame]]), bounds: bounds)
    }
    if chosen.isYes { return then.valid(also: condition.valid) }
    if chosen.isNo { return otherwise.valid(also: condition.valid) }
    let unchosen = try builder.not(chosen)
    let (one, other) = (beyond(then.valid, chosen), beyond(otherwise.valid, unchosen))
    var valid = condition.valid
    if Set(one) == Set(other) {
      valid = union([valid, one])
    } else {
      valid = union([
        valid, [try builder.select(chosen, try builder.and(one), try builder.and(other))],
      ])
    }
    return PlanValue(
      try select(chosen, then.content, otherwise.content),
      null: try builder.select(chosen, then.null, otherwise.null), valid: valid, bounds: bounds)
  }

  private mutating func select(
    _ truth: PlacedColumn, _ one: PlanValue.Content, _ other: PlanValue.Content
  ) throws(Unplannable) -> PlanValue.Content {
    switch (one, other) {
    case (.null, let content), (let content, .null): return content
    case (.truth(let a), .truth(let b)): return .truth(try builder.select(truth, a, b))
    case (.code(let a), .code(let b)): return .code(try builder.select(truth, a, b))
    case (.period(let a, let b), .period(let c, let d)):
      return .period(
        first: try builder.select(truth, a, c), last: try builder.select(truth, b, d))
    case (.number(let a), .number(let b)): return .number(try select(truth, a, b))
    case (.member, _), (.row, _):
      let (a, entity) = try member(one)
      let (b, _) = try member(other)
      return .member(try builder.select(truth, a, b), entity)
    default: throw Unplannable("a choice between lists")
    }
  }

  mutating func select(
    _ truth: PlacedColumn, _ one: PlanNumber, _ other: PlanNumber
  ) throws(Unplannable) -> PlanNumber {
    let (a, b, quantum) = try aligned(one, other)
    let count = try builder.select(truth, a.count, b.count)
    var over: PlacedColumn?
    if a.over != nil || b.over != nil {
      over = try builder.select(truth, a.over ?? .same(1), b.over ?? .same(1))
    }
    return PlanNumber(count: count, over: over, quantum: quantum)
  }

  /// The place among the household's of whoever it is.
  mutating func member(
    _ content: PlanValue.Content
  ) throws(Unplannable) -> (PlacedColumn, EntityID) {
    switch content {
    case .row(let row?, let entity): return (try builder.place(of: row), entity)
    case .row(nil, let entity): return (.same(0), entity)
    case .member(let place, let entity): return (place, entity)
    default: throw Unplannable("no member")
    }
  }

  // MARK: - Comparison

  mutating func compare(
    _ comparison: Comparison, _ left: PlanValue, _ right: PlanValue
  ) throws(Unplannable) -> PlanValue {
    switch comparison {
    case .equal: return try equal(left, right)
    case .unequal: return try not(try equal(left, right))
    default:
      let (one, other) = (try present(left), try present(right))
      if let known = compareBounds(comparison, one, other) { return known }
      return PlanValue(
        .truth(try order(comparison, one.content, other.content)),
        valid: union([one.valid, other.valid]))
    }
  }

  private mutating func equal(
    _ left: PlanValue, _ right: PlanValue
  ) throws(Unplannable) -> PlanValue {
    let valid = union([left.valid, right.valid])
    if case .null = left.content { return PlanValue(.truth(right.null), valid: valid) }
    if case .null = right.content { return PlanValue(.truth(left.null), valid: valid) }
    let same = try order(.equal, left.content, right.content)
    let neither = try builder.not(try builder.or(left.null, right.null))
    let both = try builder.and(left.null, right.null)
    return PlanValue(
      .truth(try builder.or(both, try builder.and(neither, same))), valid: valid)
  }

  mutating func order(
    _ comparison: Comparison, _ one: PlanValue.Content, _ other: PlanValue.Content
  ) throws(Unplannable) -> PlacedColumn {
    switch (one, other) {
    case (.truth(let a), .truth(let b)), (.code(let a), .code(let b)):
      return try builder.compare(comparison, a, b)
    case (.number(let a), .number(let b)):
      let (x, y, _) = try aligned(a, b)
      if x.over == y.over { return try builder.compare(comparison, x.count, y.count) }
      return try builder.compare(
        comparison, try builder.multiply(x.count, y.over ?? .same(1)),
        try builder.multiply(y.count, x.over ?? .same(1)))
    case (.period(let a, let b), .period(let c, let d)) where comparison == .equal:
      return try builder.and(
        try builder.compare(.equal, a, c), try builder.compare(.equal, b, d))
    case (.row, _), (.member, _):
      return try builder.compare(comparison, try member(one).0, try member(other).0)
    default: throw Unplannable("a comparison of lists")
    }
  }
}
