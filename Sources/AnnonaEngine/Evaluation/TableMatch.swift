import AnnonaLanguage
import AnnonaValues

/// Which rows of a table can apply.
struct TableMatch {
  /// Rows that can give a `unique` or `first` table its value, in order.
  var winners: [Int] = []
  /// `no_row` and `conflict`, where some values of the inputs lead there.
  var failures: [Fault] = []
  /// For `collect` and its kin: rows that can apply, and whether they certainly do.
  var possible: [(row: Int, isCertain: Bool)] = []
  var waits: Waits = []
  /// Of inputs that decide and may fail.
  var mayFail: Faults = []
  /// Set when the table certainly fails.
  var error: Faults?
}

extension Evaluator {
  /// A column's values and what each row demands of them.
  private struct Column {
    let state: State
    /// One a row: whether its cell holds; `nil` for a cell in error.
    var cells: [Truth?] = []
    var cellStates: [State] = []
    /// Whether a cell compares with something open, so that the column cannot be cut into parts.
    var isBlurred = false
  }

  func match(_ table: Table, _ scope: Scope) -> TableMatch {
    let inputs = table.inputs.indices.map { input($0, of: table, scope) }
    if let match = knownMatch(table, inputs, scope) { return match }
    let rows = table.rows.indices.filter { !table.rows[$0].isOtherwise }
    let columns = inputs.indices.map { column($0, inputs[$0], of: table, rows, scope) }
    note(table, rows, columns.map { ($0.state, $0.cellStates) }, scope)
    var match = TableMatch()

    // A row that one of its cells excludes takes no further part; what erred there did not decide.
    var alive: [Int] = []
    var erring: [Int: Faults] = [:]
    for position in rows.indices {
      var all = State.Deciding(false)
      for column in columns where !all.isDecided { all.add(column.cellStates[position]) }
      dismiss(all)
      let state = all.result
      if state == .known(.boolean(false)) { continue }
      alive.append(position)
      if case .error(let faults) = state { erring[position] = faults }
      // An input in error beside an open cell: the row fails unless the open one excludes it.
      let errors = columns.filter { $0.cells[position] == nil }.map(\.state.faults)
      if !errors.isEmpty, erring[position] == nil {
        erring[position] = .union(
          columns.filter { $0.cellStates[position].isError }.map { $0.cellStates[position].faults })
      }
    }
    let relevant = columns.indices.filter { index in
      alive.contains { position in
        let state = columns[index].cellStates[position]
        if case .open = state { return true }
        return false
      }
    }
    let deciding = relevant.map { columns[$0] }
    match.waits = .union(deciding.flatMap { column in alive.map { column.cellStates[$0].waits } })
    match.mayFail = .union(
      deciding.flatMap { column in alive.map { column.cellStates[$0].faults } })
    let otherwise = table.rows.firstIndex(where: \.isOtherwise)
    let ways = combinations(deciding, relevant, alive, rows, table, scope)
    settle(&match, ways, alive, erring, rows, otherwise, table, scope)
    return match
  }

  /// A column that no row tests is never read.
  private func input(_ index: Int, of table: Table, _ scope: Scope) -> State {
    let isRead = table.rows.contains { !$0.isOtherwise && !$0.cells[index].tests.isEmpty }
    return isRead ? evaluate(table.inputs[index], scope) : .known(.null)
  }

  /// Where every input is known and every cell that matters too, the rows that apply are those all of whose cells hold.
  ///
  /// `nil` where something is open or in error; coverage looks at each cell by itself.
  private func knownMatch(_ table: Table, _ inputs: [State], _ scope: Scope) -> TableMatch? {
    guard noting == nil, inputs.allSatisfy({ $0.knownValue != nil }) else { return nil }
    var applying: [Int] = []
    for (number, row) in table.rows.enumerated() where !row.isOtherwise {
      var holds = true
      for (index, cell) in row.cells.enumerated() where holds && !cell.tests.isEmpty {
        guard case .known(.boolean(let isMet)) = value(of: cell, inputs[index], scope) else {
          return nil
        }
        holds = isMet
      }
      if holds { applying.append(number) }
    }
    var match = TableMatch()
    if applying.isEmpty, let otherwise = table.rows.firstIndex(where: \.isOtherwise) {
      applying = [otherwise]
    }
    switch table.hit {
    case .collect, .sum, .min, .max, .count: match.possible = applying.map { ($0, true) }
    case .unique where applying.count > 1:
      match.failures = [conflict(applying.map { table.rows[$0] }, scope, table)]
    case .unique, .first:
      if applying.isEmpty { match.failures = [fault(.noRow, scope, table.span)] }
      match.winners = Array(applying.prefix(1))
    }
    return match
  }

  private func column(
    _ index: Int, _ state: State, of table: Table, _ rows: [Int], _ scope: Scope
  ) -> Column {
    var column = Column(state: state)
    for row in rows {
      let cell = table.rows[row].cells[index]
      let holds = cell.tests.isEmpty ? State.known(.boolean(true)) : value(of: cell, state, scope)
      column.cellStates.append(holds)
      column.cells.append(holds.isError ? nil : holds.truth)
      for test in cell.tests where !isSharp(test, scope) { column.isBlurred = true }
    }
    return column
  }

  /// Whether a cell's bounds are known.
  private func isSharp(_ test: Cell.Test, _ scope: Scope) -> Bool {
    switch test {
    case .compare(_, let bound): evaluate(bound, scope).knownValue != nil
    case .range(let low, _, let high, _):
      evaluate(low, scope).knownValue != nil && evaluate(high, scope).knownValue != nil
    case .null: true
    }
  }

  /// The alternatives of a cell, joined by `or`.
  func value(of cell: Cell, _ input: State, _ scope: Scope) -> State {
    var any = State.Deciding(true)
    for test in cell.tests where !any.isDecided {
      let holds = value(of: test, input, scope)
      if cell.tests.count == 1, holds.knownValue != nil { return holds }
      any.add(holds)
    }
    return any.result
  }

  private func value(of test: Cell.Test, _ input: State, _ scope: Scope) -> State {
    switch test {
    case .null: return compare(.equal, input, .known(.null))
    case .compare(let comparison, let bound):
      return cellCompare(comparison, input, evaluate(bound, scope))
    case .range(let low, let includesLow, let high, let includesHigh):
      var all = State.Deciding(false)
      all.add(cellCompare(includesLow ? .greaterOrEqual : .greater, input, evaluate(low, scope)))
      all.add(cellCompare(includesHigh ? .lessOrEqual : .less, input, evaluate(high, scope)))
      return all.result
    }
  }

  /// In a cell, `null` is no number: a comparison with it does not hold.
  private func cellCompare(_ comparison: Comparison, _ input: State, _ bound: State) -> State {
    guard input.canBeNull else { return compare(comparison, input, bound) }
    guard input.domain.present != nil else {
      return .settled(
        Domain(.boolean(.no)), waits: input.waits, mayFail: input.faults)
    }
    return State.strict([input, bound]) { operands in
      let truth = self.truth(comparison, operands[0].withoutNull, operands[1])
      return State.Result(Domain(.boolean(truth.hull(with: .no))))
    }
  }

  // MARK: - The ways that open inputs may turn out

  /// Sets of rows (by position in `alive`) that apply together for some values of the inputs; `nil` where they cannot be told apart.
  private func combinations(
    _ columns: [Column], _ indices: [Int], _ alive: [Int], _ rows: [Int], _ table: Table,
    _ scope: Scope
  ) -> Set<RowSet>? {
    if columns.contains(where: \.isBlurred) { return nil }
    var ways: Set<RowSet> = [RowSet(count: alive.count, filled: true)]
    for (column, index) in zip(columns, indices) {
      var parts: Set<RowSet> = []
      for part in self.parts(of: column.state.domain, index, alive.map { rows[$0] }, table, scope) {
        var set = RowSet(count: alive.count, filled: false)
        for (place, position) in alive.enumerated() {
          let cell = table.rows[rows[position]].cells[index]
          let holds =
            cell.tests.isEmpty
            || value(of: cell, .settled(part, waits: []), scope).truth.canBeTrue
          if holds { set.insert(place) }
        }
        parts.insert(set)
      }
      guard parts.count * ways.count <= Self.regionLimit else { return nil }
      ways = Set(ways.flatMap { way in parts.map { way.intersection($0) } })
    }
    return ways
  }

  /// The specification's limit on the regions that a table is cut into.
  static let regionLimit = 200_000

  private func settle(
    _ match: inout TableMatch, _ ways: Set<RowSet>?, _ alive: [Int], _ erring: [Int: Faults],
    _ rows: [Int], _ otherwise: Int?, _ table: Table, _ scope: Scope
  ) {
    guard let ways else {
      return blur(&match, alive, erring, rows, otherwise, table, scope)
    }
    var winners = Set<Int>()
    var failures: [Fault] = []
    var applying: [Int: Int] = [:]
    var errors: Faults = []
    var succeeds = 0
    for way in ways {
      let here = way.members.map { alive[$0] }
      let outcome = self.outcome(here, erring, rows, otherwise, table, scope)
      switch outcome {
      case .row(let row): winners.insert(row)
      case .rows(let rows): for row in rows { applying[row, default: 0] += 1 }
      case .failure(let fault): failures.append(fault)
      case .error(let faults): errors = errors.union(faults)
      }
      if case .error = outcome { continue }
      succeeds += 1
    }
    if succeeds == 0 {
      match.error = errors.union(match.mayFail)
      return
    }
    match.mayFail = match.mayFail.union(errors)
    match.winners = winners.sorted()
    match.failures = SortedSet(failures).elements
    match.possible = applying.keys.sorted().map { ($0, applying[$0] == succeeds) }
  }

  private enum Outcome {
    case row(Int)
    case rows([Int])
    case failure(Fault)
    case error(Faults)
  }

  /// What the table says when exactly these rows hold, as far as they do not fail.
  private func outcome(
    _ here: [Int], _ erring: [Int: Faults], _ rows: [Int], _ otherwise: Int?, _ table: Table,
    _ scope: Scope
  ) -> Outcome {
    if table.hit == .first {
      guard let first = here.first else { return lastResort(otherwise, table, scope) }
      return erring[first].map { .error($0) } ?? .row(rows[first])
    }
    let errors = here.compactMap { erring[$0] }
    if !errors.isEmpty { return .error(.union(errors)) }
    guard table.hit == .unique else {
      if here.isEmpty, let otherwise { return .rows([otherwise]) }
      return .rows(here.map { rows[$0] })
    }
    if here.count > 1 { return .failure(conflict(here.map { table.rows[rows[$0]] }, scope, table)) }
    return here.first.map { .row(rows[$0]) } ?? lastResort(otherwise, table, scope)
  }

  private func lastResort(_ otherwise: Int?, _ table: Table, _ scope: Scope) -> Outcome {
    otherwise.map { .row($0) } ?? .failure(fault(.noRow, scope, table.span))
  }

  private func conflict(_ rows: [Table.Row], _ scope: Scope, _ table: Table) -> Fault {
    fault(
      .conflict, scope, rows.first?.span ?? table.span,
      subject: .rivals(
        rows.map { Fault.Rival(name: $0.name, citations: $0.citation.map { [$0] } ?? []) }))
  }

  /// Where bounds are open too, each row that may hold is taken by itself, and any two may clash.
  private func blur(
    _ match: inout TableMatch, _ alive: [Int], _ erring: [Int: Faults], _ rows: [Int],
    _ otherwise: Int?, _ table: Table, _ scope: Scope
  ) {
    var certain: [Int] = []
    match.mayFail = match.mayFail.union(.union(alive.compactMap { erring[$0] }))
    for position in alive where erring[position] == nil {
      match.winners.append(rows[position])
      let isCertain = isCertain(position, rows, table, scope)
      match.possible.append((rows[position], isCertain))
      guard isCertain else { continue }
      certain.append(rows[position])
      if table.hit == .first { break }
    }
    if table.hit == .unique {
      if certain.count == 1 { match.winners = certain }
      if match.possible.count > 1 {
        match.failures.append(conflict(match.possible.map { table.rows[$0.row] }, scope, table))
      }
    }
    guard certain.isEmpty else { return }
    if let otherwise {
      match.winners.append(otherwise)
      match.possible.append((otherwise, match.possible.isEmpty))
    } else if table.hit == .unique || table.hit == .first {
      match.failures.append(fault(.noRow, scope, table.span))
    }
  }

  private func isCertain(_ position: Int, _ rows: [Int], _ table: Table, _ scope: Scope) -> Bool {
    let row = table.rows[rows[position]]
    return zip(row.cells, table.inputs).allSatisfy { cell, input in
      cell.tests.isEmpty || value(of: cell, evaluate(input, scope), scope) == .known(.boolean(true))
    }
  }
}
