package import AnnonaLanguage
import AnnonaValues

/// A rule of two programs whose values are set beside each other.
package struct FollowedRule: Sendable {
  package let first: RuleID
  package let second: RuleID
  package let output: Int?
  /// What a count of 1 stands for, of a number.
  private let unit: Number

  /// - Returns: `nil` where the rule is not compiled in both, and where whole numbers do not say all that there is to it: then only the plain evaluator can compare them.
  package init?(
    _ first: RuleID, _ one: Plan, _ second: RuleID, _ other: Plan, output: Int?, type: ValueType
  ) {
    guard let a = one.columns(of: first, output), let b = other.columns(of: second, output) else {
      return nil
    }
    switch (type.present, a.value.content, b.value.content) {
    case (.text, _, _), (.list, _, _), (.null, _, _): return nil
    case (_, .number(let a), .number(let b)):
      guard let unit = Self.unit(a.quantum, b.quantum) else { return nil }
      self.unit = unit
    case (_, .truth, .truth), (_, .code, .code), (_, .period, .period), (_, .member, .member):
      unit = .one
    default: return nil
    }
    self.first = first
    self.second = second
    self.output = output
  }

  /// The greatest of which both are multiples.
  private static func unit(_ one: Number, _ other: Number) -> Number? {
    if one.isZero || other.isZero { return one.isZero ? (other.isZero ? .one : other) : one }
    guard let (n, d) = one.smallParts, let (m, e) = other.smallParts,
      let left = Int(exactly: Int128(n) * Int128(e)),
      let right = Int(exactly: Int128(m) * Int128(d)),
      let below = Int(exactly: Int128(d) * Int128(e))
    else { return nil }
    return try? Number(Int(FollowedValues.divisor(Int128(left), Int128(right))), over: below)
  }

  /// Its values in households that a plan decides, one of the two that it was made for or one like it.
  package func values(of rule: RuleID, _ plan: Plan, _ program: Program) -> FollowedValues? {
    guard let columns = plan.columns(of: rule, output) else { return nil }
    var factor: Int64 = 1
    if case .number(let number) = columns.value.content {
      guard let whole = (try? number.quantum / unit)?.integer else { return nil }
      factor = Int64(whole)
    }
    return FollowedValues(
      columns: columns, entity: program.rules[rule].entity, factor: factor)
  }
}

/// The values of a followed rule in one plan.
package struct FollowedValues: Sendable {
  package let columns: Plan.RuleColumns
  fileprivate let entity: EntityID
  /// What counts are multiplied by, so that those of both plans are of one unit.
  fileprivate let factor: Int64

  fileprivate static func divisor(_ one: Int128, _ other: Int128) -> Int128 {
    var (a, b) = (one, other)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// Adds the rule's values for all whom it is read for in a household, in a form that is the same for the same values.
  ///
  /// - Returns: whether all of them are known.
  package func read(
    _ frame: PlanFrame, household: Int, _ given: HouseholdColumns, into values: inout [Int64]
  ) -> Bool {
    let plan = frame.plan
    let space = plan.spaceOfEntity[Int(entity.index)]
    for row in given.rows(space, ofHousehold: household, plan) {
      func value(_ column: PlacedColumn) -> Int64 {
        if case .same(let constant) = column.column { return constant }
        let placed = column.placement.rows.first?.space ?? 0
        let at = given.row(row, of: space, in: placed, ofHousehold: household, plan)
        return frame.value(column.column, at - frame.firstRow(placed))
      }
      guard columns.value.valid.allSatisfy({ value($0) != 0 }) else { return false }
      if value(columns.value.null) != 0 {
        values.append(1)
        continue
      }
      values.append(0)
      switch columns.value.content {
      case .truth(let column): values.append(value(column) != 0 ? 1 : 0)
      case .number(let number):
        let (count, isTooLarge) = value(number.count).multipliedReportingOverflow(by: factor)
        if isTooLarge { return false }
        let over = number.over.map(value) ?? 1
        let common = Int64(Self.divisor(Int128(count.magnitude), Int128(over.magnitude)))
        if common == 0 { return false }
        values.append(count / common)
        values.append(over / common)
      case .code(let column), .member(let column, _): values.append(value(column))
      case .period(let first, let last):
        values.append(value(first))
        values.append(value(last))
      case .row, .list, .null: return false
      }
    }
    return true
  }
}

extension Plan {
  package func columns(of rule: RuleID, _ output: Int?) -> RuleColumns? {
    rules.first { $0.rule == rule && $0.output == output }
  }
}

extension HouseholdColumns {
  /// The row of an upper space that holds a household's row of a lower one.
  fileprivate func row(
    _ row: Int, of space: Int, in upper: Int, ofHousehold household: Int, _ plan: Plan
  ) -> Int {
    if upper == 0 { return household }
    var (row, space) = (row, space)
    while space != upper {
      guard case .members(_, let parent) = plan.spaces[space] else { return household }
      let holders = rows(parent, ofHousehold: household, plan)
      row = holders.first { start(space, $0) <= row && row < start(space, $0 + 1) } ?? row
      space = parent
    }
    return row
  }
}
