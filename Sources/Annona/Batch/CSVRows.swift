import AnnonaLanguage

/// Turns rows of CSV into rows of JSON: one reader says what both mean.
///
/// A column is named like what it holds: `income`, `applicant.birth_date`, `children.1.birth_date`. An empty cell says nothing, `{}` under a list says that it is empty.
struct CSVRows {
  private var header: [[String]]?

  mutating func json(_ block: [UInt8], idKey: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var start = 0
    while start < block.count {
      let end = block[start...].firstIndex(of: 0x0A) ?? block.count
      let line = block[start..<end]
      start = end + 1
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { continue }
      let cells = Self.cells(line)
      guard let header else {
        header = cells.map {
          $0.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        }
        continue
      }
      var row = Branch()
      for (path, cell) in zip(header, cells) where !cell.isEmpty {
        row.set(path[...], Self.value(cell, isID: path == [idKey]))
      }
      if cells.count > header.count { row.set(["more cells than columns"], .bool(true)) }
      bytes += Array(row.json.compact.utf8)
      bytes.append(0x0A)
    }
    return bytes
  }

  /// A line's cells; a quote within a quoted cell stands twice.
  private static func cells(_ line: ArraySlice<UInt8>) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      index += 1
      if isQuoted {
        if byte != 0x22 {
          cell.append(byte)
        } else if index < line.endIndex, line[index] == 0x22 {
          cell.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
      } else if byte == 0x22, cell.isEmpty {
        isQuoted = true
      } else if byte == 0x2C {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell = []
      } else if byte != 0x0D {
        cell.append(byte)
      }
    }
    cells.append(String(decoding: cell, as: UTF8.self))
    return cells
  }

  private static func value(_ cell: String, isID: Bool) -> JSONValue {
    if isID { return .string(cell) }
    switch cell {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    // Nobody: an empty list of members.
    case "{}": return .object([] as [JSONValue.Member])
    case "unknown", "declined": return .object(["state": .string(cell)])
    default: return .string(cell)
    }
  }

  /// The parts of a row that stand under one name.
  private struct Branch {
    var value: JSONValue?
    var parts: [(name: String, branch: Branch)] = []

    mutating func set(_ path: ArraySlice<String>, _ new: JSONValue) {
      guard let first = path.first else {
        value = new
        return
      }
      if let index = parts.firstIndex(where: { $0.name == first }) {
        parts[index].branch.set(path.dropFirst(), new)
      } else {
        var branch = Branch()
        branch.set(path.dropFirst(), new)
        parts.append((first, branch))
      }
    }

    var json: JSONValue {
      if let value { return value }
      return .object(parts.map { JSONValue.Member($0.name, $0.branch.json) })
    }
  }
}
