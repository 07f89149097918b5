import AnnonaLanguage
import AnnonaValues

/// What the table parser made of a block: a line for the columns and one for each row, and the problems.
struct TableReading {
  let sketch: [String]?
  let problems: [Reading.Problem]
}

func readTable(_ text: String) -> TableReading {
  let (table, diagnostics) = parseTable(scalar(text), file: 0)
  return TableReading(
    sketch: table.map(sketch), problems: diagnostics.map { problem($0, in: text) })
}

func sketch(_ table: TableSyntax) -> [String] {
  let inputs = table.inputs.map { input in
    sketch(input.expression) + (input.unit.map { " in \($0.unit.description)" } ?? "")
  }
  let header =
    inputs.joined(separator: " | ") + " || "
    + table.outputs.map(\.text).joined(separator: " | ")
  return [header] + table.rows.map(sketch)
}

func sketch(_ row: TableSyntax.Row) -> String {
  let cells = row.isOtherwise ? "otherwise" : row.cells.map(sketch).joined(separator: " | ")
  let outputs =
    row.isImpossible ? "impossible" : row.outputs.map(sketch).joined(separator: " | ")
  return cells + " || " + outputs + (row.citation.map { " @ \($0.text)" } ?? "")
}

func sketch(_ cell: CellSyntax) -> String {
  cell.tests.isEmpty ? "-" : cell.tests.map(sketch).joined(separator: ", ")
}

func sketch(_ test: CellSyntax.Test) -> String {
  switch test {
  case .equals(let value): "= " + sketch(value)
  case .compare(let sign, let value): sign.rawValue + " " + sketch(value)
  case .range(let low, let includesLow, let high, let includesHigh):
    (includesLow ? "[" : "(") + sketch(low) + ".." + sketch(high) + (includesHigh ? "]" : ")")
  case .null: "null"
  }
}
