import AnnonaLanguage
import AnnonaValues

/// Lists: loops over members, and what is made of them.
extension PlanCompiler {
  mutating func list(
    _ expression: Expression, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    switch expression.kind {
    case .quantified(let every, let slot, let list, let body):
      return try quantified(every: every, try value(list, scope)) {
        (compiler, element) throws(Unplannable) in
        try compiler.value(body, scope.binding(slot, to: element))
      }
    case .map(let slot, let list, let body):
      return try changed(try value(list, scope)) { (compiler, part) throws(Unplannable) in
        let element = try compiler.value(body, scope.binding(slot, to: part.element))
        part.element = element
        part.element.valid = []
        return element.valid
      }
    case .filter(let slot, let list, let condition):
      return try changed(try value(list, scope)) { (compiler, part) throws(Unplannable) in
        let holds = try compiler.present(
          try compiler.value(condition, scope.binding(slot, to: part.element)))
        part.isIn = try compiler.builder.and(part.isIn, try compiler.truth(holds))
        return holds.valid
      }
    case .sort(let slot, let list, let key):
      return try changed(try value(list, scope)) { (compiler, part) throws(Unplannable) in
        let key = try compiler.present(
          try compiler.value(key, scope.binding(slot, to: part.element)))
        part.order.insert(try compiler.orderable(key), at: 0)
        return key.valid
      }
    case .concatenate(let lists):
      var parts: [PlanList.Part] = []
      var valid: [PlacedColumn] = []
      for list in lists {
        let value = try value(list, scope)
        parts += try self.list(value).parts
        valid = union([valid, value.valid])
      }
      return PlanValue(.list(PlanList(parts: parts)), valid: valid)
    case .aggregate(let aggregate, let list, let fallback):
      return try self.aggregate(aggregate, list, fallback, scope)
    case .position(let element, let list):
      return try position(try value(element, scope), try value(list, scope))
    case .series(let body, let period, let variation):
      return try series(body, try value(period, scope), variation, scope)
    default: throw Unplannable("no list")
    }
  }

  func list(_ value: PlanValue) throws(Unplannable) -> PlanList {
    guard case .list(let list) = value.content else { throw Unplannable("no list") }
    return list
  }

  private func orderable(_ value: PlanValue) throws(Unplannable) -> PlacedColumn {
    switch value.content {
    case .code(let column): return column
    case .number(let number) where number.over == nil: return number.count
    default: throw Unplannable("an order by quotients")
    }
  }

  /// Every part changed; the list is known where what the change needs is, for all that were in it.
  private mutating func changed(
    _ list: PlanValue,
    _ change: (inout PlanCompiler, inout PlanList.Part) throws(Unplannable) -> [PlacedColumn]
  ) throws(Unplannable) -> PlanValue {
    var result = try self.list(list)
    var valid = list.valid
    for index in result.parts.indices {
      var part = result.parts[index]
      let needed = try change(&self, &part)
      valid = union([valid, [try all(needed, in: result.parts[index])]])
      result.parts[index] = part
    }
    return PlanValue(.list(result), valid: valid)
  }

  /// Whether the masks are true of every member that is in the list.
  private mutating func all(
    _ masks: [PlacedColumn], in part: PlanList.Part
  ) throws(Unplannable) -> PlacedColumn {
    let needed = try builder.and(beyond(masks, part.isIn))
    if needed.isYes { return .yes }
    let missing = try builder.and(part.isIn, try builder.not(needed))
    return try builder.not(try builder.any(missing, over: part.axis))
  }

  // MARK: - Some and every

  mutating func quantified(
    every: Bool, _ list: PlanValue,
    _ body: (inout PlanCompiler, PlanValue) throws(Unplannable) -> PlanValue
  ) throws(Unplannable) -> PlanValue {
    var decided = PlacedColumn.no
    var everyValid = PlacedColumn.yes
    for part in try self.list(list).parts {
      let state = try present(try body(&self, part.element))
      let truth = try truth(state)
      let deciding = every ? try builder.not(truth) : truth
      let known = try builder.and(beyond(state.valid, part.isIn))
      let found = try builder.and(try builder.and(part.isIn, known), deciding)
      decided = try builder.or(decided, try builder.any(found, over: part.axis))
      everyValid = try builder.and(everyValid, try all(state.valid, in: part))
    }
    let valid = union([list.valid, [try builder.or(decided, everyValid)]])
    return PlanValue(.truth(every ? try builder.not(decided) : decided), valid: valid)
  }

  // MARK: - Aggregates

  private mutating func aggregate(
    _ aggregate: Expression.Aggregate, _ expression: Expression, _ fallback: Expression?,
    _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    if aggregate == .count, case .aggregate(.distinct, let inner, _) = expression.kind {
      return try distinct(try value(inner, scope))
    }
    let list = try value(expression, scope)
    let parts = try self.list(list).parts
    var size = PlacedColumn.same(0)
    for part in parts {
      size = try builder.add(size, try builder.count(part.isIn, over: part.axis))
    }
    switch aggregate {
    case .count: return PlanValue(.number(.whole(size)), valid: list.valid)
    case .sum: return try sum(parts, list.valid)
    case .distinct: throw Unplannable("a list of distinct values")
    case .min, .max, .mean, .first, .last: break
    }
    let isSome = try builder.compare(.greater, size, .same(0))
    let some: PlanValue
    switch aggregate {
    case .mean:
      let total = try sum(parts, [])
      some = try arithmetic(.divide, total, PlanValue(.number(.whole(size))))
    case .min, .max: some = try extreme(parts, isGreatest: aggregate == .max)
    default: some = try end(parts, isFirst: aggregate == .first)
    }
    let none =
      try fallback.map { (fallback) throws(Unplannable) in try value(fallback, scope) }
      ?? PlanValue(some.content, valid: [.no])
    var chosen = some
    chosen.valid = beyond(some.valid, isSome)
    return try choose(PlanValue(.truth(isSome)), chosen, none).valid(also: list.valid)
  }

  private mutating func sum(
    _ parts: [PlanList.Part], _ valid: [PlacedColumn]
  ) throws(Unplannable) -> PlanValue {
    var total = PlanNumber.constant(.zero)
    var valid = valid
    for part in parts {
      let element = try present(part.element)
      valid = union([valid, [try all(element.valid, in: part)]])
      let number = try number(element)
      guard number.over == nil else { throw Unplannable("a sum of quotients") }
      let column = try builder.value(number.count, where: part.isIn)
      let count = try builder.sum(column, over: part.axis)
      total = try sum(total, PlanNumber(count: count, over: nil, quantum: number.quantum))
    }
    return PlanValue(.number(total), valid: valid)
  }

  private mutating func extreme(
    _ parts: [PlanList.Part], isGreatest: Bool
  ) throws(Unplannable) -> PlanValue {
    var result: PlanValue?
    for part in parts {
      let element = try present(part.element)
      let column = try orderable(element)
      let range = builder.range(of: column)
      let other = isGreatest ? range.lowerBound : range.upperBound
      let candidate = try builder.select(part.isIn, column, .same(other))
      let found =
        isGreatest
        ? try builder.greatest(candidate, over: part.axis, and: other)
        : try builder.least(candidate, over: part.axis, and: other)
      var value = element
      value.valid = [try all(element.valid, in: part)]
      if case .number(var number) = element.content {
        number.count = found
        value.content = .number(number)
      } else {
        value.content = .code(found)
      }
      guard result == nil else { throw Unplannable("the least of several lists") }
      result = value
    }
    guard let result else { throw Unplannable("the least of nothing") }
    return result
  }

  /// The first or the last of a list; meant where there is one.
  private mutating func end(
    _ parts: [PlanList.Part], isFirst: Bool
  ) throws(Unplannable) -> PlanValue {
    guard parts.count == 1, let part = parts.first else {
      throw Unplannable("the first of several lists")
    }
    let rank = try rank(of: part)
    let beyond = Int64(Plan.memberLimit)
    let found: PlacedColumn
    if isFirst {
      let candidate = try builder.select(part.isIn, rank, .same(beyond))
      found = try builder.least(candidate, over: part.axis, and: beyond)
    } else {
      let candidate = try builder.select(part.isIn, rank, .same(-1))
      found = try builder.greatest(candidate, over: part.axis, and: -1)
    }
    let isIt = try builder.and(part.isIn, try builder.compare(.equal, rank, found))
    var content = part.element.content
    if case .row = content {
      let (place, entity) = try member(content)
      content = .member(place, entity)
    }
    var builder = builder
    let value = try PlanValue(content, null: part.element.null, valid: part.element.valid)
      .mapping { (column) throws(Unplannable) in
        if column.constant != nil { return column }
        return try builder.sum(try builder.value(column, where: isIt), over: part.axis)
      }
    self.builder = builder
    return value
  }

  /// Where a member stands among those of the list, from 0: as given, or by what it was sorted by.
  private mutating func rank(of part: PlanList.Part) throws(Unplannable) -> PlacedColumn {
    let row = Placement.Row(axis: part.axis, space: builder.axes[part.axis].space)
    let place = try builder.place(of: row)
    if part.order.isEmpty, part.isIn.isYes, builder.axes[part.axis].holder.rows.isEmpty {
      return place
    }
    let other = twin(of: part.axis)
    let theirs = Placement.Row(axis: other, space: row.space)
    var isBefore = try builder.compare(.less, try builder.place(of: theirs), place)
    for key in part.order.reversed() {
      let twin = try moved(key, from: part.axis, to: other)
      let isSame = try builder.compare(.equal, twin, key)
      isBefore = try builder.or(
        try builder.compare(.less, twin, key), try builder.and(isSame, isBefore))
    }
    let isIn = try moved(part.isIn, from: part.axis, to: other)
    return try builder.count(try builder.and(isIn, isBefore), over: other)
  }

  /// Another loop over the same list.
  private mutating func twin(of axis: Int) -> Int { builder.addAxis(builder.axes[axis]) }

  /// The same column for the other loop's row.
  private func moved(
    _ column: PlacedColumn, from axis: Int, to other: Int
  ) throws(Unplannable) -> PlacedColumn {
    guard column.placement.rows.contains(where: { $0.axis == axis }) else { return column }
    guard column.placement.rows.count == 1 else {
      throw Unplannable("an order that differs from row to row")
    }
    let rows = column.placement.rows.map { Placement.Row(axis: other, space: $0.space) }
    return PlacedColumn(column: column.column, placement: Placement(rows: rows))
  }

  private mutating func position(
    _ element: PlanValue, _ list: PlanValue
  ) throws(Unplannable) -> PlanValue {
    guard let part = try self.list(list).parts.first, try self.list(list).parts.count == 1 else {
      throw Unplannable("a position among several lists")
    }
    let isSame = try compare(.equal, element, part.element)
    let beyond = Int64(Plan.memberLimit)
    let isIt = try builder.and(part.isIn, try truth(isSame))
    let candidate = try builder.select(isIt, try rank(of: part), .same(beyond))
    let found = try builder.least(candidate, over: part.axis, and: beyond)
    let isFound = try builder.compare(.less, found, .same(beyond))
    let all = try all(isSame.valid, in: part)
    return PlanValue(
      .number(.whole(try builder.add(found, .same(1)))),
      valid: union([list.valid, element.valid, [isFound, all]]))
  }

  /// How many different values there are: those before which no other is the same.
  private mutating func distinct(_ list: PlanValue) throws(Unplannable) -> PlanValue {
    guard let part = try self.list(list).parts.first, try self.list(list).parts.count == 1 else {
      throw Unplannable("the distinct values of several lists")
    }
    let other = twin(of: part.axis)
    let row = Placement.Row(axis: part.axis, space: builder.axes[part.axis].space)
    let theirs = Placement.Row(axis: other, space: row.space)
    var element = part.element
    if case .row = element.content {
      element.content = .row(theirs, EntityID(0))
    } else {
      let axis = part.axis
      let compiler = self
      element = try element.mapping { (column) throws(Unplannable) in
        try compiler.moved(column, from: axis, to: other)
      }
    }
    let isSame = try compare(.equal, element, part.element)
    let isBefore = try builder.compare(
      .less, try builder.place(of: theirs), try builder.place(of: row))
    let isIn = try moved(part.isIn, from: part.axis, to: other)
    let repeats = try builder.and([isIn, isBefore, try truth(isSame)])
    let isRepeated = try builder.any(repeats, over: other)
    let isNew = try builder.and(part.isIn, try builder.not(isRepeated))
    let valid = union([list.valid, [try all(part.element.valid, in: part)]])
    return PlanValue(.number(.whole(try builder.count(isNew, over: part.axis))), valid: valid)
  }

  // MARK: - Over time

  /// Each month, day or year of a period that is the same for all is compiled by itself.
  private mutating func series(
    _ body: Expression, _ period: PlanValue, _ variation: Variation, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    throw Unplannable("a series over time")
  }
}

extension PlanScope {
  func binding(_ slot: Int, to value: PlanValue) -> PlanScope {
    var inner = self
    inner.locals[slot] = value
    return inner
  }
}
