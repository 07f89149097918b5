import AnnonaLanguage
import AnnonaValues

/// Names: facts, members, parameters and rules.
extension PlanCompiler {
  mutating func reference(
    _ expression: Expression, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    switch expression.kind {
    case .enclosing(let steps):
      var (row, entity) = (scope.row, scope.entity)
      for _ in 0..<steps { (row, entity) = try holder(of: row, entity) }
      return PlanValue(.row(row, entity))
    case .local(let slot):
      guard let local = scope.locals[slot] else { throw Unplannable("a variable out of place") }
      return local
    case .base:
      guard let base = scope.base else { throw Unplannable("a base out of place") }
      return try base(&self)
    case .fact(let fact, let owner):
      let entity = program.facts[fact].entity
      return try read(of: try value(owner, scope), entity) {
        (compiler, row) throws(Unplannable) in
        try compiler.value(ofFact: fact, for: row, scope.moment)
      }
    case .rule(let rule, let owner, let output):
      let entity = program.rules[rule].entity
      return try read(of: try value(owner, scope), entity) {
        (compiler, row) throws(Unplannable) in
        try compiler.value(of: rule, output, for: row, scope.moment)
      }
    case .parameter(let parameter): return try value(of: parameter, scope.moment)
    case .column(let number, let columns): return try value(ofColumn: number, columns, scope)
    case .members(let place, let owner): return try members(of: place, try value(owner, scope))
    case .holder(let owner):
      guard case .row(let row, let entity) = try value(owner, scope).content else {
        throw Unplannable("the holder of a member")
      }
      let (holder, container) = try holder(of: row, entity)
      return PlanValue(.row(holder, container))
    case .apply(let function, let arguments): return try apply(function, arguments, scope)
    case .at(let inner, let date):
      let day = try present(try value(date, scope))
      var moved = scope
      moved.moment = PlanMoment(today: try code(day), lawOf: nil)
      return try value(inner, moved).valid(also: day.valid)
    case .under(let inner, let date):
      let day = try present(try value(date, scope))
      var moved = scope
      moved.moment.lawOf = try code(day)
      return try value(inner, moved).valid(also: day.valid)
    default: throw Unplannable("an unknown name")
    }
  }

  func code(_ value: PlanValue) throws(Unplannable) -> PlacedColumn {
    switch value.content {
    case .code(let column): return column
    case .null: return .same(0)
    default: throw Unplannable("no date")
    }
  }

  private func holder(
    of row: Placement.Row?, _ entity: EntityID
  ) throws(Unplannable) -> (Placement.Row?, EntityID) {
    guard let container = program.entities[entity].container else {
      throw Unplannable("a holder of the case")
    }
    let space = space(of: container)
    guard space != 0, let row else { return (nil, container) }
    return (Placement.Row(axis: row.axis, space: space), container)
  }

  /// Reads something of whoever it is; of `null`, nothing.
  private mutating func read(
    of owner: PlanValue, _ entity: EntityID,
    _ body: (inout PlanCompiler, Placement.Row?) throws(Unplannable) -> PlanValue
  ) throws(Unplannable) -> PlanValue {
    var result: PlanValue
    switch owner.content {
    case .row(let row, _): result = try body(&self, row)
    case .member(let place, _):
      let own = try body(&self, ownRow(of: entity))
      var builder = builder
      result = try own.mapping { (column) throws(Unplannable) in
        try builder.pick(column, of: Int(entity.index), at: place)
      }
      self.builder = builder
    case .null: return .null
    default: throw Unplannable("something of a list")
    }
    guard !owner.null.isNo else { return result.valid(also: owner.valid) }
    var valid = owner.valid
    for mask in result.valid { valid.append(try builder.or(owner.null, mask)) }
    result.null = try builder.or(owner.null, result.null)
    result.valid = union([valid])
    return result
  }

  // MARK: - Facts

  mutating func value(
    ofFact id: FactID, for row: Placement.Row?, _ moment: PlanMoment
  ) throws(Unplannable) -> PlanValue {
    let fact = program.facts[id]
    let placement = placement(of: row)
    var date: CalendarDate?
    if let variation = fact.variation, variation != .never {
      guard let today = moment.today.constant else {
        throw Unplannable("a varying fact as of a date that is a fact")
      }
      date = PlanDate.date(today)
    }
    let (range, quantum) = Self.range(of: fact, program, today)
    let column = try builder.source(
      .fact(id, on: date), at: placement, range: range, quantum: quantum)
    let content: PlanValue.Content
    switch fact.type.present {
    case .boolean: content = .truth(column)
    case .number: content = .number(PlanNumber(count: column, over: nil, quantum: quantum))
    case .choice, .text, .date: content = .code(column)
    case .entity(let entity): content = .member(column, entity)
    default: throw Unplannable("a fact that is a list")
    }
    var value = PlanValue(content)
    if fact.type.isOptional {
      value.null = try builder.source(.isAbsent(id, on: date), at: placement, range: -1...0)
    }
    if !isForComplete {
      value.valid = [try builder.source(.isGiven(id, on: date), at: placement, range: -1...0)]
    }
    if let assumed = fact.assumed, !assumed.citesTheLaw { readsMereDefaults = true }
    return value
  }

  /// What the values of a fact are held as: those beyond the range are left to the plain evaluator.
  static func range(
    of fact: Fact, _ program: Program, _ today: CalendarDate
  ) -> (ClosedRange<Int64>, quantum: Number) {
    switch fact.type.present {
    case .boolean: return (-1...0, .one)
    case .choice(let choice): return (0...Int64(program.choices[choice].members.count), .one)
    case .text: return (0...Int64(Int32.max), .one)
    case .entity: return (0...Int64(Plan.memberLimit), .one)
    case .date:
      func end(_ limit: Limit?, _ other: Int64) -> Int64 {
        switch limit {
        case .value(.date(let date)): PlanDate.code(date)
        case .today: PlanDate.code(today)
        default: other
        }
      }
      let low = end(fact.minimum, PlanDate.all.lowerBound)
      return (low...max(low, end(fact.maximum, PlanDate.all.upperBound)), .one)
    case .number:
      let most = fact.step == nil ? Int64(1) << 40 : Int64(Int32.max)
      let quantum = fact.step ?? ((try? Number(1, over: 10_000)) ?? .one)
      func end(_ limit: Limit?, _ mode: RoundingMode, _ other: Int64) -> Int64 {
        guard case .value(.number(let number)) = limit,
          let count = (try? number / quantum)?.rounded(mode)
        else { return other }
        return min(most, max(-most, count))
      }
      let low = end(fact.minimum, .ceiling, -most)
      return (low...max(low, end(fact.maximum, .floor, most)), quantum)
    default: return (0...0, .one)
    }
  }

  // MARK: - Members

  private mutating func members(
    of id: PlaceID, _ owner: PlanValue
  ) throws(Unplannable) -> PlanValue {
    guard case .row(let row, _) = owner.content else {
      throw Unplannable("the members of a member")
    }
    let place = program.places[id]
    let space = space(of: place.member)
    let placement = placement(of: row)
    if space == self.space(of: place.holder) { return PlanValue(.row(row, place.member)) }
    var valid: [PlacedColumn] = []
    if isForComplete { neededPlaces.insert(id) }
    if !isForComplete, place.isList || place.isOptional {
      valid = [try builder.source(.isComplete(id), at: placement, range: -1...0)]
    }
    let axis = builder.addAxis(Axis(space: space, holder: placement))
    let own = Placement(rows: [Placement.Row(axis: axis, space: space)])
    var isIn = PlacedColumn.yes
    if !hasOnePlace[Int(place.member.index)] {
      let column = try builder.source(
        .place(place.member), at: own, range: 0...Int64(program.places.count))
      isIn = try builder.compare(.equal, column, .same(Int64(id.index)))
    }
    let element = PlanValue(.row(own.rows[0], place.member))
    if place.isList {
      return PlanValue(
        .list(PlanList(parts: [PlanList.Part(axis: axis, isIn: isIn, element: element)])),
        valid: valid)
    }
    let nobody = Int64(Plan.memberLimit)
    let candidate = try builder.select(isIn, try builder.place(of: own.rows[0]), .same(nobody))
    let found = try builder.least(candidate, over: axis, and: nobody)
    let isNobody = try builder.compare(.equal, found, .same(nobody))
    if place.isOptional {
      return PlanValue(.member(found, place.member), null: isNobody, valid: valid)
    }
    return PlanValue(.member(found, place.member), valid: [try builder.not(isNobody)])
  }

  // MARK: - Parameters

  private mutating func value(
    of id: ParameterID, _ moment: PlanMoment
  ) throws(Unplannable) -> PlanValue {
    let parameter = program.parameters[id]
    let none = PlanValue.unknown(try nothing(of: parameter.type))
    return try dated(
      parameter.entries.map { ($0.from, $0.through, $0) }, moment, else: none
    ) { (compiler, entry) throws(Unplannable) in
      switch entry.figure {
      case .value(let value): return try compiler.constant(value)
      case .unverified(_, let between):
        return try compiler.unverified(parameter.type, between: between)
      }
    }
  }

  /// Whichever of several holds on the law's date.
  mutating func dated<Entry>(
    _ entries: [(from: CalendarDate?, through: CalendarDate?, entry: Entry)],
    _ moment: PlanMoment, else none: PlanValue,
    _ body: (inout PlanCompiler, Entry) throws(Unplannable) -> PlanValue
  ) throws(Unplannable) -> PlanValue {
    var result = none
    for (from, through, entry) in entries.reversed() {
      let holds = try covers(moment.law, from, through)
      if holds.isNo { continue }
      let value = try body(&self, entry)
      if holds.isYes { return value }
      result = try choose(PlanValue(.truth(holds)), value, result)
    }
    return result
  }

  mutating func covers(
    _ law: PlacedColumn, _ from: CalendarDate?, _ through: CalendarDate?
  ) throws(Unplannable) -> PlacedColumn {
    var holds = PlacedColumn.yes
    if let from {
      holds = try builder.compare(.greaterOrEqual, law, .same(PlanDate.code(from)))
    }
    if let through {
      let isBefore = try builder.compare(.lessOrEqual, law, .same(PlanDate.code(through)))
      holds = try builder.and(holds, isBefore)
    }
    return holds
  }

  /// What stands where a value of a type is not known.
  func nothing(of type: ValueType) throws(Unplannable) -> PlanValue.Content {
    switch type.present {
    case .boolean: return .truth(.no)
    case .number: return .number(.constant(.zero))
    case .text, .date, .choice: return .code(.same(0))
    case .period: return .period(first: .same(0), last: .same(0))
    case .entity(let entity): return .member(.same(0), entity)
    case .null, .optional: return .null
    case .list: throw Unplannable("a list that may be missing")
    }
  }

  mutating func constant(_ value: Value) throws(Unplannable) -> PlanValue {
    switch value {
    case .boolean(let truth): return PlanValue(.truth(truth ? .yes : .no))
    case .number(let number): return .number(number)
    case .date(let date): return PlanValue(.code(.same(PlanDate.code(date))))
    case .period(let first, let last):
      return PlanValue(
        .period(first: .same(PlanDate.code(first)), last: .same(PlanDate.code(last))))
    case .choice(let member): return PlanValue(.code(.same(Int64(member))))
    case .text(let text): return PlanValue(.code(.same(code(ofText: text))))
    case .null: return .null
    case .instance, .list: throw Unplannable("a list that is a constant")
    }
  }

  private mutating func code(ofText text: String) -> Int64 {
    if let code = texts[text] { return code }
    let code = Int64(texts.count)
    texts[text] = code
    return code
  }

  private mutating func value(
    ofColumn number: Expression, _ columns: [Expression.GridColumn], _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    let number = try present(try value(number, scope))
    guard let first = columns.first else { throw Unplannable("a grid without columns") }
    var result = PlanValue.unknown(try nothing(of: program.parameters[first.parameter].type))
    for column in columns.reversed() {
      let isIt = try compare(.equal, number, .number(Number(column.number)))
      result = try choose(isIt, try value(of: column.parameter, scope.moment), result)
    }
    return result
  }

  // MARK: - Functions

  private mutating func apply(
    _ id: FunctionID, _ arguments: [Expression], _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    guard scope.callDepth < 20 else { throw Unplannable("functions within functions") }
    let function = program.functions[id]
    var inner = PlanScope(
      rule: scope.rule, row: scope.row, entity: scope.entity, moment: scope.moment,
      callDepth: scope.callDepth + 1)
    for (slot, argument) in arguments.enumerated() {
      inner.locals[slot] = try value(argument, scope)
    }
    return try versions(function.versions, type: function.type, inner) {
      (compiler, version) throws(Unplannable) in
      guard let body = version.body else { throw Unplannable("a version without a body") }
      let value = try compiler.value(of: body, inner, nil)
      return try compiler.rounded(value, version.round ?? function.round, inner)
    }
  }
}

extension Number {
  /// As a whole number, where it fits.
  func rounded(_ mode: RoundingMode) -> Int64? {
    (try? rounded(to: .one, mode))?.integer.map { Int64($0) }
  }
}
