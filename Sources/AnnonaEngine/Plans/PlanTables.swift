import AnnonaLanguage
import AnnonaValues

/// Decision tables: each row a truth; what is proved of constant cells needs no step.
extension PlanCompiler {
  mutating func value(
    of table: Table, _ output: Int, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    let rows = table.rows.filter { !$0.isOtherwise }
    var inputs: [PlanValue?] = []
    for index in table.inputs.indices {
      let isRead = rows.contains { !$0.cells[index].tests.isEmpty }
      inputs.append(isRead ? try value(table.inputs[index], scope) : nil)
    }
    let proof = try proof(table, rows, inputs, scope)
    if table.hit == .unique || table.hit == .first, let ladder = proof.ladder {
      return try climb(ladder, rows, output, inputs, scope)
    }
    var matches: [PlanValue] = []
    for row in rows {
      var cells: [PlanValue] = []
      for (index, cell) in row.cells.enumerated() where !cell.tests.isEmpty {
        guard let input = inputs[index] else { continue }
        cells.append(try holds(cell, input, scope))
      }
      matches.append(try all(cells))
    }
    // A row of which it is not known whether it applies leaves the table open.
    var valid = union(matches.map(\.valid))
    var truths: [PlacedColumn] = []
    for match in matches { truths.append(try truth(match)) }
    let otherwise = table.rows.first(where: \.isOtherwise)
    switch table.hit {
    case .unique, .first:
      if table.hit == .unique, !proof.isDisjoint {
        valid = union([valid, [try builder.not(try clash(truths, proof.disjoint))]])
      }
      var result: PlanValue?
      if let otherwise { result = try value(of: otherwise, output, scope) }
      for (index, row) in rows.enumerated().reversed() {
        let value = try self.value(of: row, output, scope)
        if result == nil, proof.isComplete {
          result = value
          continue
        }
        let none = result ?? PlanValue(value.content, valid: [.no])
        result = try choose(PlanValue(.truth(truths[index])), value, none)
      }
      guard let result else { throw Unplannable("a table without rows") }
      return result.valid(also: valid)
    case .sum, .count, .min, .max:
      return try gathered(table, rows, truths, otherwise, output, scope).valid(also: valid)
    case .collect: throw Unplannable("a table that gives a list")
    }
  }

  private mutating func value(
    of row: Table.Row, _ output: Int, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    guard !row.isImpossible else {
      let type = scope.rule.map { program.rules[$0].type } ?? .boolean
      return .unknown(try nothing(of: type))
    }
    guard output < row.outputs.count else { throw Unplannable("a column that is missing") }
    return try value(row.outputs[output], scope)
  }

  /// Whether any two rows hold that were not proved to exclude each other.
  private mutating func clash(
    _ truths: [PlacedColumn], _ disjoint: Set<[Int]>
  ) throws(Unplannable) -> PlacedColumn {
    var clash = PlacedColumn.no
    for (index, truth) in truths.enumerated() {
      for other in 0..<index where !disjoint.contains([other, index]) {
        clash = try builder.or(clash, try builder.and(truth, truths[other]))
      }
    }
    return clash
  }

  private mutating func gathered(
    _ table: Table, _ rows: [Table.Row], _ truths: [PlacedColumn], _ otherwise: Table.Row?,
    _ output: Int, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    var rows = zip(rows, truths).map { ($0, $1) }
    let none = try builder.not(try builder.or(truths))
    if let otherwise { rows.append((otherwise, none)) }
    var total = PlanValue.number(.zero)
    var isSome = PlacedColumn.no
    for (row, truth) in rows where !truth.isNo {
      var value = PlanValue.number(.one)
      if table.hit != .count { value = try present(try self.value(of: row, output, scope)) }
      switch table.hit {
      case .sum, .count:
        let part = try choose(PlanValue(.truth(truth)), value, .number(.zero))
        total = try arithmetic(.add, total, part)
      default:
        let best = PlanValue(
          .number(
            try extreme(
              try number(total), try number(value), isGreatest: table.hit == .max)),
          valid: union([total.valid, value.valid]))
        let next = try choose(PlanValue(.truth(isSome)), best, value)
        total = try choose(PlanValue(.truth(truth)), next, total)
        isSome = try builder.or(isSome, truth)
      }
    }
    guard table.hit == .min || table.hit == .max else { return total }
    return total.valid(also: [isSome])
  }

  // MARK: - Cells

  /// The alternatives of a cell; in a cell, `null` is no number.
  private mutating func holds(
    _ cell: Cell, _ input: PlanValue, _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    var tests: [PlanValue] = []
    for test in cell.tests {
      switch test {
      case .null: tests.append(PlanValue(.truth(input.null), valid: input.valid))
      case .compare(let comparison, let bound):
        tests.append(try compare(comparison, input, try value(bound, scope), inCell: true))
      case .range(let low, let includesLow, let high, let includesHigh):
        tests.append(
          try all([
            try compare(
              includesLow ? .greaterOrEqual : .greater, input, try value(low, scope), inCell: true),
            try compare(
              includesHigh ? .lessOrEqual : .less, input, try value(high, scope), inCell: true),
          ]))
      }
    }
    return try any(tests)
  }

  private mutating func compare(
    _ comparison: Comparison, _ input: PlanValue, _ bound: PlanValue, inCell: Bool
  ) throws(Unplannable) -> PlanValue {
    guard !input.null.isNo else { return try compare(comparison, input, bound) }
    var present = input
    present.null = .no
    let result = try compare(comparison, present, bound)
    let isThere = try builder.not(input.null)
    return PlanValue(
      .truth(try builder.and(try truth(result), isThere)), valid: result.valid)
  }
}

/// What constant cells prove of a table.
struct PlanTableProof {
  /// Pairs of rows that exclude each other, the lesser first.
  var disjoint: Set<[Int]> = []
  var isDisjoint = false
  var isComplete = false
  /// For one column in which every row is one stretch: rows with their greatest value, ascending.
  var ladder: (column: Int, steps: [(row: Int, through: Int64)])?
}

extension PlanCompiler {
  /// A column of whole codes with what each row allows, in closed stretches; `nil` where it is not constant.
  private struct Stretches {
    let input: PlacedColumn
    let range: ClosedRange<Int64>
    /// `nil` for any.
    var rows: [[ClosedRange<Int64>]?] = []
  }

  private static let regionLimit = 4_096

  fileprivate mutating func proof(
    _ table: Table, _ rows: [Table.Row], _ inputs: [PlanValue?], _ scope: PlanScope
  ) throws(Unplannable) -> PlanTableProof {
    var columns: [Int: Stretches] = [:]
    for (index, input) in inputs.enumerated() {
      guard let input else { continue }
      columns[index] = try stretches(index, rows, input, scope)
    }
    var proof = PlanTableProof()
    proof.isDisjoint = true
    for second in rows.indices {
      for first in 0..<second {
        let isDisjoint = columns.values.contains { column in
          guard let a = column.rows[first], let b = column.rows[second] else { return false }
          return !a.contains { one in b.contains { $0.overlaps(one) } }
        }
        if isDisjoint { proof.disjoint.insert([first, second]) } else { proof.isDisjoint = false }
      }
    }
    let isConstant = inputs.indices.allSatisfy { inputs[$0] == nil || columns[$0] != nil }
    if table.rows.contains(where: \.isOtherwise) {
      proof.isComplete = false
    } else if isConstant {
      proof.isComplete = isComplete(
        columns.keys.sorted().compactMap { columns[$0] }, Array(rows.indices), depth: 0, budget: 1)
    }
    if proof.isComplete, proof.isDisjoint, columns.count == 1, let (index, column) = columns.first {
      proof.ladder = ladder(index, column)
    }
    return proof
  }

  private mutating func stretches(
    _ index: Int, _ rows: [Table.Row], _ input: PlanValue, _ scope: PlanScope
  ) throws(Unplannable) -> Stretches? {
    guard input.null.isNo else { return nil }
    let column: PlacedColumn
    var quantum: Number?
    switch input.content {
    case .truth(let truth): column = truth
    case .code(let code): column = code
    case .number(let number) where number.over == nil && !number.quantum.isZero:
      column = number.count
      quantum = number.quantum
    default: return nil
    }
    var result = Stretches(input: column, range: builder.range(of: column))
    for row in rows {
      let cell = row.cells[index]
      if cell.tests.isEmpty {
        result.rows.append(nil)
        continue
      }
      var allowed: [ClosedRange<Int64>] = []
      for test in cell.tests {
        guard let stretches = try stretches(of: test, quantum, within: result.range, scope) else {
          return nil
        }
        allowed += stretches
      }
      result.rows.append(allowed)
    }
    return result
  }

  /// The bound as a count: the greatest that is not above it, and whether it is reached.
  private mutating func bound(
    _ expression: Expression, _ quantum: Number?, _ scope: PlanScope
  ) throws(Unplannable) -> (count: Int64, isExact: Bool)? {
    let value = try value(expression, scope)
    guard value.valid.isEmpty, value.null.isNo else { return nil }
    switch value.content {
    case .truth(let column), .code(let column): return column.constant.map { ($0, true) }
    case .number(let number):
      guard let quantum, let constant = number.constant, let count = try? constant / quantum,
        let floor = count.rounded(.floor)
      else { return nil }
      return (floor, count.isInteger)
    default: return nil
    }
  }

  private mutating func stretches(
    of test: Cell.Test, _ quantum: Number?, within range: ClosedRange<Int64>, _ scope: PlanScope
  ) throws(Unplannable) -> [ClosedRange<Int64>]? {
    func cut(_ low: Int64, _ high: Int64) -> [ClosedRange<Int64>] {
      let (low, high) = (max(low, range.lowerBound), min(high, range.upperBound))
      return low <= high ? [low...high] : []
    }
    func from(_ bound: (count: Int64, isExact: Bool), _ isIn: Bool) -> Int64 {
      bound.isExact && isIn ? bound.count : bound.count + 1
    }
    func through(_ bound: (count: Int64, isExact: Bool), _ isIn: Bool) -> Int64 {
      bound.isExact && !isIn ? bound.count - 1 : bound.count
    }
    switch test {
    case .null: return []
    case .compare(let comparison, let expression):
      guard let bound = try bound(expression, quantum, scope) else { return nil }
      switch comparison {
      case .equal: return bound.isExact ? cut(bound.count, bound.count) : []
      case .unequal:
        guard bound.isExact else { return [range] }
        return cut(range.lowerBound, bound.count - 1) + cut(bound.count + 1, range.upperBound)
      case .less: return cut(range.lowerBound, through(bound, false))
      case .lessOrEqual: return cut(range.lowerBound, through(bound, true))
      case .greater: return cut(from(bound, false), range.upperBound)
      case .greaterOrEqual: return cut(from(bound, true), range.upperBound)
      }
    case .range(let low, let includesLow, let high, let includesHigh):
      guard let low = try bound(low, quantum, scope), let high = try bound(high, quantum, scope)
      else { return nil }
      return cut(from(low, includesLow), through(high, includesHigh))
    }
  }

  /// Whether every combination of values is in some row.
  private func isComplete(
    _ columns: [Stretches], _ rows: [Int], depth: Int, budget: Int
  ) -> Bool {
    if rows.isEmpty { return false }
    guard depth < columns.count else { return true }
    let column = columns[depth]
    var starts: Set<Int64> = [column.range.lowerBound]
    for row in rows {
      for stretch in column.rows[row] ?? [] {
        starts.insert(stretch.lowerBound)
        if stretch.upperBound < column.range.upperBound { starts.insert(stretch.upperBound + 1) }
      }
    }
    guard starts.count * budget <= Self.regionLimit else { return false }
    return starts.allSatisfy { start in
      let here = rows.filter { row in
        column.rows[row].map { $0.contains { $0.contains(start) } } ?? true
      }
      return isComplete(columns, here, depth: depth + 1, budget: budget * starts.count)
    }
  }

  private func ladder(
    _ index: Int, _ column: Stretches
  ) -> (column: Int, steps: [(row: Int, through: Int64)])? {
    var steps: [(row: Int, through: Int64)] = []
    for (row, stretches) in column.rows.enumerated() {
      guard let stretches else { return nil }
      for stretch in stretches { steps.append((row, stretch.upperBound)) }
    }
    return (index, steps.sorted { $0.through < $1.through })
  }

  fileprivate mutating func climb(
    _ ladder: (column: Int, steps: [(row: Int, through: Int64)]), _ rows: [Table.Row],
    _ output: Int, _ inputs: [PlanValue?], _ scope: PlanScope
  ) throws(Unplannable) -> PlanValue {
    guard let input = inputs[ladder.column] else { throw Unplannable("a table without rows") }
    let column: PlacedColumn
    switch input.content {
    case .truth(let truth): column = truth
    case .code(let code): column = code
    case .number(let number): column = number.count
    default: throw Unplannable("a table of what has no order")
    }
    var result: PlanValue?
    for (row, through) in ladder.steps.reversed() {
      let value = try self.value(of: rows[row], output, scope)
      if let above = result {
        let isHere = try builder.compare(.lessOrEqual, column, .same(through))
        result = try choose(PlanValue(.truth(isHere)), value, above)
      } else {
        result = value
      }
    }
    guard let result else { throw Unplannable("a table without rows") }
    return result.valid(also: input.valid)
  }
}
