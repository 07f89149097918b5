import AnnonaLanguage

/// Turns rows of CSV into rows of JSON: one reader says what both mean.
///
/// A column is named like what it holds: `income`, `applicant.birth_date`, `children.1.birth_date`. An empty cell says nothing, `{}` under a list says that it is empty.
struct CSVRows: Sendable {
  /// What stands under a name: cells, or what stands under further names.
  private struct Branch: Sendable {
    let name: String
    /// As JSON, with its colon.
    let key: [UInt8]
    var cells: [Int] = []
    var parts: [Branch] = []

    init(_ name: String) {
      self.name = name
      key = Array((JSONValue.string(name).compact + ":").utf8)
    }

    mutating func add(_ path: ArraySlice<String>, cell: Int) {
      guard let first = path.first else { return cells.append(cell) }
      let index = parts.firstIndex { $0.name == first } ?? parts.count
      if index == parts.count { parts.append(Branch(first)) }
      parts[index].add(path.dropFirst(), cell: cell)
    }
  }

  /// What is no text; `{}` is an empty list of members.
  private static let literals: [(cell: [UInt8], json: [UInt8])] = [
    ("true", "true"), ("false", "false"), ("null", "null"), ("{}", "{}"),
    ("unknown", "{\"state\":\"unknown\"}"), ("declined", "{\"state\":\"declined\"}"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  private var root = Branch("")
  private let columns: Int
  private let idColumn: Int?

  /// Takes the header from the first block of a file.
  ///
  /// - Throws: where no row below it could be read.
  init(headerOf block: inout [UInt8], idKey: String) throws(FileProblem) {
    if block.starts(with: [0xEF, 0xBB, 0xBF]) { block.removeFirst(3) }
    let end = block.firstIndex(of: 0x0A) ?? block.count
    let header = block[..<end]
    let names = block[..<end].withUnsafeBufferPointer { line in
      let cells = CSVLine(line)
      return cells.cells.map { String(decoding: cells.text(of: $0), as: UTF8.self) }
    }
    block.removeFirst(min(end + 1, block.count))
    columns = names.count
    idColumn = names.firstIndex(of: idKey)
    if let problem = Self.problem(block, header: header, hasID: idColumn != nil, idKey) {
      throw FileProblem(path: "the first line of the rows", reason: problem)
    }
    for (index, name) in names.enumerated() {
      let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      root.add(path[...], cell: index)
    }
  }

  private static func problem(
    _ block: [UInt8], header: ArraySlice<UInt8>, hasID: Bool, _ idKey: String
  ) -> String? {
    if header.contains(0) || String(validating: header, as: UTF8.self) == nil {
      return "it is not UTF-8"
    }
    if header.dropLast().contains(0x0D) {
      return "it ends in a carriage return alone; let lines end in a line feed"
    }
    if hasID || header.isEmpty { return nil }
    return
      "no column is called `\(idKey)`, which says whose row it is; columns are separated by commas, and `--id` "
      + "names another"
  }

  /// What stands before a row that is none, behind which the fault is said; no JSON begins so.
  static let fault: UInt8 = 0x01

  /// The rows of a block, each an object on a line.
  func json(_ block: [UInt8]) -> [UInt8] {
    var json: [UInt8] = []
    json.reserveCapacity(block.count * 3)
    block.withUnsafeBufferPointer { block in
      var lines = RowLines(block)
      while let line = lines.next() {
        // A row that is too long stays so.
        if line.count > RowBlocks.longestRow {
          json += line
        } else if !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
          put(CSVLine(line), &json)
        }
        json.append(0x0A)
      }
    }
    return json
  }

  private func put(_ line: CSVLine, _ json: inout [UInt8]) {
    let problem =
      line.hasStrayQuotes
      ? "a quote in the row does not end, or does not end its cell"
      : line.cells.count > columns ? "the row has more cells than the first line has columns" : nil
    if let problem { json += [Self.fault] + Array(problem.utf8) + [Self.fault] }
    json.append(0x7B)
    _ = put(root, line, hasBefore: false, &json)
    json.append(0x7D)
  }

  /// Writes what stands under the names of a branch, and says whether anything did.
  ///
  /// Two columns of one name, or a cell beside cells below its name, stay two: the reader of cases objects.
  private func put(_ branch: Branch, _ line: CSVLine, hasBefore: Bool, _ json: inout [UInt8])
    -> Bool
  {
    var hasBefore = hasBefore
    for part in branch.parts {
      for index in part.cells where index < line.cells.count && !line.cells[index].isEmpty {
        if hasBefore { json.append(0x2C) }
        hasBefore = true
        json += part.key
        put(line.cells[index], line, isID: index == idColumn, &json)
      }
      if part.parts.isEmpty { continue }
      let mark = json.count
      if hasBefore { json.append(0x2C) }
      json += part.key
      json.append(0x7B)
      if put(part, line, hasBefore: false, &json) {
        json.append(0x7D)
        hasBefore = true
      } else {
        json.removeLast(json.count - mark)
      }
    }
    return hasBefore
  }

  private func put(_ cell: CSVLine.Cell, _ line: CSVLine, isID: Bool, _ json: inout [UInt8]) {
    if cell.hasDoubled {
      line.text(of: cell).withUnsafeBufferPointer { put($0, isID: isID, &json) }
    } else {
      put(line.bytes(of: cell), isID: isID, &json)
    }
  }

  private func put(_ text: UnsafeBufferPointer<UInt8>, isID: Bool, _ json: inout [UInt8]) {
    if !isID, let first = text.first, first > 0x39,
      let literal = Self.literals.first(where: { $0.cell.elementsEqual(text) })
    {
      json += literal.json
      return
    }
    json.append(0x22)
    if text.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) {
      for byte in text {
        if byte == 0x22 || byte == 0x5C {
          json.append(0x5C)
          json.append(byte)
        } else if byte < 0x20 {
          json +=
            JSONValue.string(String(UnicodeScalar(byte))).compact.utf8.dropFirst().dropLast()
        } else {
          json.append(byte)
        }
      }
    } else {
      json.append(contentsOf: text)
    }
    json.append(0x22)
  }
}

/// The cells of a line.
struct CSVLine {
  /// Where a cell's text stands, without the quotes around it.
  struct Cell {
    var range: Range<Int>
    /// Whether quotes within it stand twice.
    var hasDoubled = false

    var isEmpty: Bool { range.isEmpty }
  }

  private let line: UnsafeBufferPointer<UInt8>
  private(set) var cells: [Cell] = []
  /// Whether a quote does not end, or something stands behind one that does.
  private(set) var hasStrayQuotes = false

  /// - Parameter line: outlives this.
  init(_ line: UnsafeBufferPointer<UInt8>) {
    var end = line.count
    if end > 0, line[end - 1] == 0x0D { end -= 1 }
    self.line = UnsafeBufferPointer(rebasing: line[..<end])
    var at = 0
    repeat {
      if at < end, line[at] == 0x22 {
        at = quoted(from: at + 1)
      } else {
        let start = at
        while at < end, line[at] != 0x2C { at += 1 }
        cells.append(Cell(range: start..<at))
      }
      at += 1
    } while at <= end
  }

  /// Reads a cell up to its quote's end, and says where it ends.
  private mutating func quoted(from start: Int) -> Int {
    var at = start
    var hasDoubled = false
    while at < line.count {
      if line[at] == 0x22 {
        guard at + 1 < line.count, line[at + 1] == 0x22 else { break }
        hasDoubled = true
        at += 1
      }
      at += 1
    }
    cells.append(Cell(range: start..<min(at, line.count), hasDoubled: hasDoubled))
    at += 1
    if at > line.count || at < line.count && line[at] != 0x2C { hasStrayQuotes = true }
    while at < line.count, line[at] != 0x2C { at += 1 }
    return at
  }

  /// As they stand, quotes within them twice.
  func bytes(of cell: Cell) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: line[cell.range])
  }

  func text(of cell: Cell) -> [UInt8] {
    if !cell.hasDoubled { return Array(line[cell.range]) }
    var text: [UInt8] = []
    var at = cell.range.lowerBound
    while at < cell.range.upperBound {
      text.append(line[at])
      at += line[at] == 0x22 ? 2 : 1
    }
    return text
  }
}
