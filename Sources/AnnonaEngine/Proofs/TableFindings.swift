import AnnonaLanguage
import AnnonaValues

/// Examines one table on each epoch of the parameters in its cells.
func proveTable(_ site: TableSite, _ examiner: Examiner) -> [Diagnostic] {
  var parameters: Set<ParameterID> = []
  for row in site.table.rows {
    for bound in row.cells.flatMap(\.tests).flatMap(\.bounds) {
      bound.forEachNode { node in
        if case .parameter(let id) = node.kind { parameters.insert(id) }
      }
    }
  }
  var findings = TableFindings(site: site, program: examiner.program)
  for days in examiner.program.epochs(of: parameters, within: site.inForce) {
    findings.examine(days, examiner)
  }
  return findings.diagnostics + findings.deadRows
}

extension Cell.Test {
  /// What the cell compares its column with.
  var bounds: [Expression] {
    switch self {
    case .compare(_, let bound): [bound]
    case .range(let low, _, let high, _): [low, high]
    case .null: []
    }
  }
}

/// What was found in one table; the same fault on several epochs is said once.
private struct TableFindings {
  let site: TableSite
  let program: Program
  var diagnostics: [Diagnostic] = []
  private var said: Set<[Int]> = []
  /// Rows that can apply on some epoch, and what was found of those that could not on another.
  private var alive: Set<Int> = []
  private var dead: [Int: Diagnostic] = [:]
  private var table: Table { site.table }

  /// Every two rows are compared, and every cell with every part of its column: a table of 200 rows and 12 columns is well below.
  private static let mostRows = 2_000
  private static let mostCells = 2_000_000

  init(site: TableSite, program: Program) {
    self.site = site
    self.program = program
  }

  mutating func examine(_ days: Clock.Days, _ examiner: Examiner) {
    let evaluator = examiner.evaluator(during: days)
    var scope = examiner.scope(evaluator, rule: site.rule)
    for (slot, type) in site.arguments.enumerated() {
      let domain = evaluator.domain(of: type)
      scope = scope.binding(slot, to: State.settled(domain, waits: []))
    }
    guard let proof = cut(evaluator, scope), !proof.columns.contains(where: \.isEmpty) else {
      return
    }
    let overlaps = table.hit == .unique && reportOverlaps(proof)
    reportGaps(proof, rowsAreDisjoint: table.hit == .unique && !overlaps)
    noteDeadRows(proof)
  }

  /// A row is dead only if it can apply on no epoch at all.
  var deadRows: [Diagnostic] {
    dead.sorted { $0.key < $1.key }.filter { !alive.contains($0.key) }.map(\.value)
  }

  // MARK: - Cutting

  /// The table in parts; `nil` where there is nothing to examine or it cannot be decided, which is then said.
  private mutating func cut(_ evaluator: Evaluator, _ scope: Scope) -> TableProof? {
    let rows = table.rows.indices.filter { !table.rows[$0].isOtherwise }
    for row in rows {
      for cell in table.rows[row].cells {
        for bound in cell.tests.flatMap(\.bounds) {
          switch evaluator.value(of: bound, in: scope) {
          case .known: continue
          // A parameter that is no law on these days says so when it is read.
          case .error: return nil
          case .open:
            say([4, row], .tableNotDecided(site.name, because: .open(bound.span), at: cell.span))
            return nil
          }
        }
      }
    }
    var columns: [[Value]] = []
    for (index, input) in table.inputs.enumerated() {
      let state = evaluator.value(of: input, in: scope)
      if state.isError { return nil }
      let parts = evaluator.parts(of: state.domain, index, rows, table, scope)
      let values = parts.compactMap(\.single)
      guard values.count == parts.count else {
        say([4, -1], .tableNotDecided(site.name, because: .column(input.span), at: table.span))
        return nil
      }
      columns.append(values)
    }
    let parts = columns.reduce(0) { $0 + $1.count }
    guard rows.count <= Self.mostRows, rows.count * parts <= Self.mostCells else {
      say([4, -2], .tableNotDecided(site.name, because: .size, at: table.span))
      return nil
    }
    return TableProof(columns: columns, rows: rows.map { box($0, columns, evaluator, scope) })
  }

  private func box(
    _ row: Int, _ columns: [[Value]], _ evaluator: Evaluator, _ scope: Scope
  ) -> TableProof.Box {
    var parts: [RowSet] = []
    for (cell, values) in zip(table.rows[row].cells, columns) {
      var accepted = RowSet(count: values.count, filled: cell.tests.isEmpty)
      if !cell.tests.isEmpty {
        for (part, value) in values.enumerated()
        where evaluator.value(of: cell, .known(value), scope) == .known(.boolean(true)) {
          accepted.insert(part)
        }
      }
      parts.append(accepted)
    }
    return TableProof.Box(row: row, parts: parts)
  }

  // MARK: - Findings

  private mutating func say(_ key: [Int], _ diagnostic: Diagnostic) {
    if said.insert(key).inserted { diagnostics.append(diagnostic) }
  }

  private mutating func reportOverlaps(_ proof: TableProof) -> Bool {
    let overlaps = proof.overlaps()
    for (first, second, common) in overlaps {
      let one = table.rows[first.row]
      let other = table.rows[second.row]
      say(
        [1, first.row, second.row],
        .rowsOverlap(
          site.name, one, other,
          example: "\(words(proof.point(of: common))): \(one.name) gives "
            + "\(outputs(of: one)), \(other.name) gives \(outputs(of: other))",
          edit: edit(of: other, common, proof) ?? edit(of: one, common, proof)))
    }
    return !overlaps.isEmpty
  }

  private mutating func reportGaps(_ proof: TableProof, rowsAreDisjoint: Bool) {
    switch table.hit {
    case .collect, .sum, .count: return
    case .unique, .first, .min, .max: break
    }
    let otherwise = table.rows.contains(where: \.isOtherwise)
    switch proof.coverage(rowsAreDisjoint: rowsAreDisjoint) {
    case .missing(let point):
      if !otherwise { say([2], .rowMissing(site.name, example: words(point), at: table.span)) }
    case .undecided:
      if !otherwise {
        say([4, -2], .tableNotDecided(site.name, because: .size, at: table.span))
      }
    case .complete:
      if let row = table.rows.first(where: { $0.isOtherwise && !$0.isImpossible }) {
        say([5], .otherwiseNeverReached(site.name, at: row.span))
      }
    }
  }

  private mutating func noteDeadRows(_ proof: TableProof) {
    for (index, box) in proof.rows.enumerated() {
      let row = table.rows[box.row]
      if let column = box.parts.firstIndex(where: \.isEmpty) {
        dead[box.row] = .rowOutsideColumn(
          row, column: source(table.inputs[column].span), row.cells[column].span)
      } else if table.hit == .first,
        case .complete = proof.covering(box, by: Array(proof.rows[..<index]))
      {
        dead[box.row] = .rowNeverReached(row)
      } else {
        alive.insert(box.row)
      }
    }
  }

  // MARK: - Words

  private func source(_ span: Span) -> String { program.files[Int(span.file)].text(span) }

  /// `tier = 4, age_in_months = 73`
  private func words(_ point: TableProof.Point) -> String {
    zip(table.inputs, point).map { input, value in
      "\(source(input.span)) = \(program.text(of: value, input.type))"
    }.joined(separator: ", ")
  }

  private func outputs(of row: Table.Row) -> String {
    if row.isImpossible { return "`impossible`" }
    return row.outputs.map { output in
      if case .constant(let value) = output.kind { return program.text(of: value, output.type) }
      return "`\(source(output.span))`"
    }.joined(separator: ", ")
  }

  /// Where two rows meet in one value only, the second can start above it.
  private func edit(of row: Table.Row, _ common: TableProof.Box, _ proof: TableProof) -> String? {
    for (column, cell) in row.cells.enumerated() {
      guard common.parts[column].members.count == 1, cell.tests.count == 1,
        case .range(let low, includesLow: true, let high, includesHigh: true) = cell.tests[0],
        case .constant(let bound) = low.kind, proof.point(of: common)[column] == bound
      else { continue }
      return "write `above \(source(low.span)) to \(source(high.span))` in \(row.name)"
    }
    return nil
  }
}
