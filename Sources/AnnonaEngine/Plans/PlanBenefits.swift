import AnnonaLanguage
import AnnonaValues

/// Benefits: force, `applies`, `entitled` and `amount` in turn.
extension PlanCompiler {
  mutating func result(_ id: BenefitID) throws(Unplannable) -> Plan.Result {
    let benefit = program.benefits[id]
    var row: Placement.Row?
    var entity = program.caseEntity
    var isFor: PlacedColumn?
    if let place = benefit.members {
      entity = program.places[place].member
      neededPlaces.insert(place)
      row = ownRow(of: entity)
      if !hasOnePlace[Int(entity.index)] {
        let column = try builder.source(
          .place(entity), at: placement(of: row), range: 0...Int64(program.places.count))
        isFor = try builder.compare(.equal, column, .same(Int64(place.index)))
      }
    }
    let placement = placement(of: row)
    let inForce = program.rulebooks[benefit.rulebook].inForce.contains(today)
    guard inForce else {
      return Plan.Result(
        benefit: id, space: try builder.space(placement), isFor: try column(isFor, placement),
        isSettled: .same(-1), outcome: .same(Self.code(.notInForce)), amount: nil)
    }
    var scope = PlanScope(row: row, entity: entity, moment: ownMoment)
    var valid: [PlacedColumn] = []
    if let under = benefit.under {
      let day = try present(try value(under, scope))
      scope.moment.lawOf = try code(day)
      valid = day.valid
    }
    let settled = try settled(benefit, scope, valid)
    var isSettled = settled.isSettled
    if readsMereDefaults {
      let rests = try builder.source(.restsOnDefault, at: .household, range: -1...0)
      let isRefused = try builder.compare(
        .unequal, settled.outcome, .same(Self.code(.entitled)))
      isSettled = try builder.and(
        isSettled, try builder.not(try builder.and(isRefused, rests)))
    }
    var amount: (column: PlanColumn, quantum: Number)?
    if let number = settled.amount {
      guard number.over == nil else { throw Unplannable("an amount that is a quotient") }
      amount = (
        try column(number.count, placement) ?? .same(0),
        number.quantum.isZero ? .one : number.quantum
      )
    }
    var result = Plan.Result(
      benefit: id, space: try builder.space(placement), isFor: try column(isFor, placement),
      isSettled: try column(isSettled, placement) ?? .same(0),
      outcome: try column(settled.outcome, placement) ?? .same(0), amount: amount)
    if wantsConditions, benefit.under == nil,
      let applies = try? conditions(of: benefit.applies, scope, at: placement),
      let entitled = try? conditions(of: benefit.entitled, scope, at: placement)
    {
      result.conditions = PlannedConditions(applies: applies, entitled: entitled)
    }
    return result
  }

  private mutating func column(
    _ value: PlacedColumn?, _ placement: Placement
  ) throws(Unplannable) -> PlanColumn? {
    guard let value else { return nil }
    return try builder.spread(value, to: placement).column
  }

  static func code(_ outcome: Outcome) -> Int64 {
    Int64(Outcome.allCases.firstIndex(of: outcome) ?? 0)
  }

  /// The outcome where each step that was reached is known.
  private mutating func settled(
    _ benefit: Benefit, _ scope: PlanScope, _ valid: [PlacedColumn]
  ) throws(Unplannable) -> (isSettled: PlacedColumn, outcome: PlacedColumn, amount: PlanNumber?) {
    var outcome = PlacedColumn.same(Self.code(.entitled))
    var isSettled = PlacedColumn.yes
    var number: PlanNumber?
    // What the law's date rests on is part of every step.
    if let amount = benefit.amount {
      let value = try present(try self.value(amount, scope)).valid(also: valid)
      let found = try self.number(value)
      number = found
      let isNegative = try builder.compare(.less, found.count, .same(0))
      isSettled = try builder.and(
        try builder.and(value.valid), try builder.not(isNegative))
    } else if !benefit.payments.isEmpty {
      isSettled = .no
    }
    for (condition, refusal) in [
      (benefit.entitled, Outcome.notEntitled), (benefit.applies, .notApplicable),
    ] {
      guard let condition else { continue }
      let value = try present(try self.value(condition, scope)).valid(also: valid)
      let truth = try truth(value)
      let rest = try builder.or(try builder.not(truth), isSettled)
      isSettled = try builder.and(try builder.and(value.valid), rest)
      outcome = try builder.select(truth, outcome, .same(Self.code(refusal)))
    }
    return (isSettled, outcome, number)
  }
}
