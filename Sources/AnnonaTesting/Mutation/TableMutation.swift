import AnnonaEngine
import AnnonaLanguage

/// Every way in which one place of a table can be changed.
struct TableMutation {
  private let program: Program
  private let expressions: ExpressionMutation

  init(program: Program) {
    self.program = program
    expressions = ExpressionMutation(program: program)
  }

  private func text(_ span: Span) -> String { "`\(program.text(at: span))`" }

  func variants(of table: Table) -> [Variant<Table>] {
    func with(inputs: [Expression]? = nil, rows: [Table.Row]? = nil) -> Table {
      Table(
        hit: table.hit, inputs: inputs ?? table.inputs, outputs: table.outputs,
        rows: rows ?? table.rows, span: table.span)
    }
    var found: [Variant<Table>] = []
    for (index, input) in table.inputs.enumerated() {
      found += expressions.variants(of: input).map { variant in
        variant.map { part in
          var inputs = table.inputs
          inputs[index] = part
          return with(inputs: inputs)
        }
      }
    }
    for (index, row) in table.rows.enumerated() where !row.isImpossible {
      var rest = table.rows
      rest.remove(at: index)
      found.append(
        Variant(
          change: .rowRemoved, words: "\(row.name) removed: \(text(row.span))", span: row.span,
          part: with(rows: rest), question: .tables(table, with(rows: rest))))
      func add(_ variants: [Variant<Table.Row>], isCell: Bool) {
        for variant in variants {
          var rows = table.rows
          rows[index] = variant.part
          let changed = with(rows: rows)
          found.append(
            Variant(
              change: variant.change, words: "\(row.name): \(variant.words)", span: variant.span,
              part: changed, question: isCell ? .tables(table, changed) : variant.question))
        }
      }
      add(variants(ofCells: row), isCell: true)
      add(variants(ofOutputs: row), isCell: false)
    }
    return found
  }

  private func variants(ofCells row: Table.Row) -> [Variant<Table.Row>] {
    row.cells.indices.flatMap { index in
      variants(of: row.cells[index]).map { variant in
        variant.map { part in
          var cells = row.cells
          cells[index] = part
          return row.with(cells: cells, outputs: row.outputs)
        }
      }
    }
  }

  private func variants(ofOutputs row: Table.Row) -> [Variant<Table.Row>] {
    row.outputs.indices.flatMap { index in
      expressions.variants(of: row.outputs[index]).map { variant in
        variant.map { part in
          var outputs = row.outputs
          outputs[index] = part
          return row.with(cells: row.cells, outputs: outputs)
        }
      }
    }
  }

  private func variants(of cell: Cell) -> [Variant<Cell>] {
    var found: [Variant<Cell>] = []
    for (index, test) in cell.tests.enumerated() {
      if cell.tests.count > 1 {
        var rest = cell.tests
        rest.remove(at: index)
        found.append(
          Variant(
            change: .alternativeDropped, words: "one of \(text(cell.span)) dropped",
            span: cell.span, part: Cell(tests: rest, span: cell.span)))
      }
      found += variants(of: test, in: cell).map { variant in
        variant.map { part in
          var tests = cell.tests
          tests[index] = part
          return Cell(tests: tests, span: cell.span)
        }
      }
    }
    return found
  }

  private func variants(of test: Cell.Test, in cell: Cell) -> [Variant<Cell.Test>] {
    func moved(_ words: String, _ part: Cell.Test) -> Variant<Cell.Test> {
      Variant(
        change: .boundaryMoved, words: "\(text(cell.span)) \(words)", span: cell.span, part: part)
    }
    switch test {
    case .null: return []
    case .compare(let comparison, let bound):
      let (change, other) = comparison.neighbour
      let turned = Variant(
        change: change, words: "\(text(cell.span)) as `\(other.rawValue)`", span: cell.span,
        part: Cell.Test.compare(other, bound))
      return [turned]
        + expressions.variants(of: bound).map { $0.map { .compare(comparison, $0) } }
    case .range(let low, let hasLow, let high, let hasHigh):
      return [
        moved(
          "\(hasLow ? "without" : "with") its lower end",
          .range(low, includesLow: !hasLow, high, includesHigh: hasHigh)),
        moved(
          "\(hasHigh ? "without" : "with") its upper end",
          .range(low, includesLow: hasLow, high, includesHigh: !hasHigh)),
      ]
        + expressions.variants(of: low).map { variant in
          variant.map { .range($0, includesLow: hasLow, high, includesHigh: hasHigh) }
        }
        + expressions.variants(of: high).map { variant in
          variant.map { .range(low, includesLow: hasLow, $0, includesHigh: hasHigh) }
        }
    }
  }
}

extension Table.Row {
  fileprivate func with(cells: [Cell], outputs: [Expression]) -> Table.Row {
    Table.Row(
      name: name, cells: cells, outputs: outputs, isOtherwise: isOtherwise,
      isImpossible: isImpossible, citation: citation, span: span)
  }
}
