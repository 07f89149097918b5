/// A table or grid as it is drawn: its lines cut into cells, and drawn again with every column as wide as its widest cell.
struct DrawnTable {
  /// One line of a drawing.
  enum Line: Hashable {
    case row([String], dividers: [Int])
    /// Kept as it is: `# the cells below are those of 2024`
    case comment(String)
    case rule
    case empty
  }

  /// Without empty lines at its ends.
  private(set) var lines: [Line] = []

  /// `nil` where the text is no drawing that can be read, which is then left as it is.
  init?(_ scalar: Scalar) {
    guard scalar.style == .block else { return nil }
    let source = SourceText(scalar, file: 0)
    let drawn = DrawnLines(source)
    guard drawn.diagnostics.isEmpty, !drawn.lines.isEmpty else { return nil }
    var rows = drawn.lines[...]
    var start = 0
    while start < source.bytes.count {
      let end = source.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
      let range = source.trimmed(start..<end)
      if let row = rows.first, row.range.lowerBound == range.lowerBound, !range.isEmpty {
        lines.append(.row(row.cells.map(source.text), dividers: row.dividers))
        rows = rows.dropFirst()
      } else if range.isEmpty {
        if let last = lines.last, last != .empty { lines.append(.empty) }
      } else if source.bytes[range.lowerBound] == UInt8(ascii: "#") {
        lines.append(.comment(source.text(range)))
      } else {
        lines.append(.rule)
      }
      start = end + 1
    }
    if lines.last == .empty { lines.removeLast() }
    guard lines.contains(where: { if case .row = $0 { true } else { false } }) else { return nil }
    // A block begins where its first line does: only a first cell that is written holds it there.
    if case .row(let cells, _)? = lines.first, cells[0].isEmpty { return nil }
  }

  /// What the drawing says, whatever its widths.
  var cells: [Line] { lines.filter { $0 != .empty } }

  // MARK: - Drawing

  func drawn() -> [String] {
    guard case .row(let heading, let dividers)? = lines.first(where: Self.isRow) else { return [] }
    let columns = columns(heading.count, dividers)
    return lines.map { line in
      switch line {
      case .empty: ""
      case .comment(let text): text
      case .rule: rule(columns, dividers)
      case .row(let cells, let own): row(cells, own, columns, dividers)
      }
    }
  }

  private static func isRow(_ line: Line) -> Bool {
    if case .row = line { true } else { false }
  }

  /// How wide a column is, and how many signs stand before the point in its numbers.
  private struct Column {
    var width = 0
    var whole = 0
  }

  private func columns(_ count: Int, _ dividers: [Int]) -> [Column] {
    var columns = [Column](repeating: Column(), count: count)
    var isHeading = true
    let rows: [[String]] = lines.compactMap { line in
      if case .row(let cells, let own) = line { arranged(cells, own, count, dividers) } else { nil }
    }
    for cells in rows {
      for (index, cell) in cells.enumerated() where !isHeading {
        guard let number = NumberCell(cell) else { continue }
        columns[index].whole = max(columns[index].whole, number.whole)
      }
      isHeading = false
    }
    isHeading = true
    for cells in rows {
      for (index, cell) in cells.enumerated() {
        let width = isHeading ? cell.count : aligned(cell, columns[index]).count
        // `otherwise` may stand across all inputs, and why a figure is missing is a sentence.
        if spans(cells, index) || cell.hasPrefix("unverified") { continue }
        columns[index].width = max(columns[index].width, width)
      }
      isHeading = false
    }
    widen(&columns, dividers, rows)
    return columns
  }

  /// `otherwise` in place of all inputs stands in the first column, with nothing in those after it.
  private func arranged(
    _ cells: [String], _ own: [Int], _ count: Int, _ dividers: [Int]
  ) -> [String] {
    guard cells.count < count, own.first == 1, let inputs = dividers.first,
      cells.count - 1 == count - inputs
    else { return cells.count > count ? Array(cells[..<count]) : cells }
    return [cells[0]] + [String](repeating: "", count: inputs - 1) + cells[1...]
  }

  private func spans(_ cells: [String], _ index: Int) -> Bool {
    index == 0 && cells.count > 1 && cells[0] == "otherwise" && cells[1].isEmpty
  }

  /// A word across all inputs needs them to be as wide as it is.
  private func widen(_ columns: inout [Column], _ dividers: [Int], _ rows: [[String]]) {
    guard let inputs = dividers.first, inputs > 1, inputs <= columns.count else { return }
    let widest = rows.filter { spans($0, 0) }.map { $0[0].count }.max() ?? 0
    let width = columns[..<inputs].reduce(3 * (inputs - 1)) { $0 + $1.width }
    if widest > width { columns[inputs - 1].width += widest - width }
  }

  private func aligned(_ cell: String, _ column: Column) -> String {
    guard let number = NumberCell(cell) else { return cell }
    return String(repeating: " ", count: column.whole - number.whole) + cell
  }

  private func row(
    _ cells: [String], _ own: [Int], _ columns: [Column], _ dividers: [Int]
  ) -> String {
    let isHeading = lines.first(where: Self.isRow) == .row(cells, dividers: own)
    let isShort = cells.count < columns.count
    var text = ""
    var column = 0
    for (index, cell) in cells.enumerated() {
      if index > 0 { text += own.contains(index) ? " || " : " | " }
      guard column < columns.count else {
        text += cell
        continue
      }
      var width = columns[column].width
      var shown = isHeading ? cell : aligned(cell, columns[column])
      if isShort, index == 0, own.first == 1, let inputs = dividers.first,
        cells.count - 1 == columns.count - inputs
      {
        width = columns[..<inputs].reduce(3 * (inputs - 1)) { $0 + $1.width }
        shown = cell
        column = inputs
      } else {
        column += 1
      }
      text += shown + String(repeating: " ", count: max(0, width - shown.count))
    }
    return trimmedEnd(text)
  }

  private func rule(_ columns: [Column], _ dividers: [Int]) -> String {
    var text = ""
    for (index, column) in columns.enumerated() {
      if index > 0 { text += dividers.contains(index) ? "-||-" : "-|-" }
      text += String(repeating: "-", count: max(2, column.width))
    }
    return text
  }
}

/// A cell that is one number, perhaps with a unit: it stands with its point below the others'.
private struct NumberCell {
  /// The signs before its point.
  let whole: Int

  init?(_ cell: String) {
    let parts = cell.split(separator: " ", omittingEmptySubsequences: false)
    guard let number = parts.first, parts.count <= 2, number.contains(where: \.isNumber) else {
      return nil
    }
    if parts.count == 2 {
      guard parts[1] == "%" || parts[1].first?.isLetter == true else { return nil }
    }
    let unsigned = number.first == "-" || number.first == "+" ? number.dropFirst() : number
    let halves = unsigned.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber =
      halves.count <= 2
      && halves.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isNumber || $0 == "_" } }
    guard isNumber else { return nil }
    whole = number.prefix { $0 != "." }.count
  }
}

func trimmedEnd(_ text: String) -> String {
  var text = text
  while text.last == " " { text.removeLast() }
  return text
}
