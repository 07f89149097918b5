import AnnonaLanguage
package import AnnonaValues

/// The values of rules as a frame holds them: what an explanation is made from, worked out when somebody asks.
extension PlanFrame {
  /// A rule's value for one row of its entity's space, in a frame that keeps all columns of one household.
  ///
  /// - Returns: `nil` where the plan cannot tell.
  package func value(
    of rule: Plan.RuleColumns, row: Int, _ household: PlannedCase
  ) -> Value? {
    plan.value(of: rule, row: row, household, reading: value)
  }
}

extension Plan {
  /// A rule's value for one row of its entity's space.
  ///
  /// - Parameter reading: what stands in a column's row.
  /// - Returns: `nil` where the plan cannot tell.
  func value(
    of rule: RuleColumns, row: Int, _ household: PlannedCase,
    reading: (PlanColumn, Int) -> Int64
  ) -> Value? {
    let space = spaceOfEntity[Int(household.program.rules[rule.rule].entity.index)]
    func read(_ column: PlacedColumn) -> Int64 {
      let placed = column.placement.rows.first?.space ?? 0
      return reading(column.column, household.row(row, of: space, in: placed))
    }
    let found = rule.value
    guard found.valid.allSatisfy({ read($0) != 0 }) else { return nil }
    if read(found.null) != 0 { return .null }
    switch found.content {
    case .truth(let column): return .boolean(read(column) != 0)
    case .number(let number):
      guard
        let over = try? number.quantum / Number(Int(number.over.map(read) ?? 1)),
        let value = try? Number(Int(read(number.count))) * over
      else { return nil }
      return .number(value)
    case .code(let column): return value(ofCode: read(column), household.program.rules[rule.rule])
    case .period(let first, let last):
      guard let first = PlanDate.date(read(first)), let last = PlanDate.date(read(last)) else {
        return nil
      }
      return .period(first, last)
    case .member(let place, let entity):
      let instances = household.instances[Int(entity.index)]
      let index = Int(read(place))
      return instances.indices.contains(index) ? .instance(instances[index]) : nil
    case .row, .list, .null: return nil
    }
  }

  private func value(ofCode code: Int64, _ rule: Rule) -> Value? {
    switch rule.type.present {
    case .date: PlanDate.date(code).map { .date($0) }
    case .choice: .choice(Int32(code))
    default: nil
    }
  }
}

extension PlannedCase {
  /// The row of a space that holds the row of another.
  func row(_ row: Int, of space: Int, in upper: Int) -> Int {
    var (row, space) = (row, space)
    while space != upper {
      guard case .members(_, let parent) = plan.spaces[space] else { return 0 }
      var end = 0
      var holder = 0
      for size in sizes[space] {
        end += size
        if row < end { break }
        holder += 1
      }
      (row, space) = (holder, parent)
    }
    return row
  }
}
