/// One line of a drawn table or grid, cut at its bars.
struct DrawnLine {
  /// Without the blanks at its ends.
  let range: Range<Int>
  /// What stands between the bars, without blanks.
  let cells: [Range<Int>]
  /// How many cells stand before each `||`.
  let dividers: [Int]
  /// The places of the `||` signs.
  let dividerRanges: [Range<Int>]

  /// The cells before the first `||`, or all.
  var inputs: ArraySlice<Range<Int>> { cells[..<(dividers.first ?? cells.count)] }
  /// The cells after the first `||`.
  var outputs: ArraySlice<Range<Int>> { cells[(dividers.first ?? cells.count)...] }
}

/// Cuts a block into lines and cells, leaving out blank lines, `#` lines and rules of dashes.
struct DrawnLines {
  let source: SourceText
  private(set) var lines: [DrawnLine] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ source: SourceText) {
    self.source = source
    var start = 0
    while start < source.bytes.count {
      let end = source.bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
      read(source.trimmed(start..<end))
      start = end + 1
    }
  }

  private mutating func read(_ range: Range<Int>) {
    guard !range.isEmpty, source.bytes[range.lowerBound] != UInt8(ascii: "#"), !isRule(range)
    else { return }
    lines.append(cut(withoutOuterBars(range), line: range))
  }

  /// `---|---||---`
  private func isRule(_ range: Range<Int>) -> Bool {
    let dash = UInt8(ascii: "-")
    let others: StaticString = "|:+= "
    var longest = 0
    var run = 0
    for byte in source.bytes[range] {
      guard byte == dash || others.withUTF8Buffer({ $0.contains(byte) }) else { return false }
      run = byte == dash ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest >= 2
  }

  /// Tables of other kinds begin and end every line with a bar; reported once. Where the first line has none, a bar at the start of
  /// a row follows an empty cell.
  private mutating func withoutOuterBars(_ range: Range<Int>) -> Range<Int> {
    let bar = UInt8(ascii: "|")
    guard source.bytes[range.lowerBound] == bar,
      source.byte(at: range.lowerBound + 1, before: range.upperBound) != bar
    else { return range }
    if !lines.isEmpty, diagnostics.isEmpty { return range }
    if diagnostics.isEmpty {
      diagnostics.append(
        .outerBar(at: source.span(range.lowerBound..<range.lowerBound + 1)))
    }
    let ends = range.count > 1 && source.bytes[range.upperBound - 1] == bar
    return range.lowerBound + 1..<range.upperBound - (ends ? 1 : 0)
  }

  private func cut(_ range: Range<Int>, line: Range<Int>) -> DrawnLine {
    var cells: [Range<Int>] = []
    var dividers: [Int] = []
    var dividerRanges: [Range<Int>] = []
    var start = range.lowerBound
    var offset = start
    var quotesMatter = true
    while offset < range.upperBound {
      let byte = source.bytes[offset]
      if byte == UInt8(ascii: "\""), quotesMatter {
        if let end = endOfText(from: offset, before: range.upperBound) {
          offset = end
        } else {
          quotesMatter = false
        }
      } else if byte == UInt8(ascii: "|") {
        cells.append(source.trimmed(start..<offset))
        if source.byte(at: offset + 1, before: range.upperBound) == UInt8(ascii: "|") {
          dividers.append(cells.count)
          dividerRanges.append(offset..<offset + 2)
          offset += 1
        }
        start = offset + 1
      }
      offset += 1
    }
    cells.append(source.trimmed(start..<range.upperBound))
    return DrawnLine(
      range: line, cells: cells, dividers: dividers, dividerRanges: dividerRanges)
  }

  /// The closing mark of the text that starts here; `nil` if it is not closed on its line.
  private func endOfText(from start: Int, before end: Int) -> Int? {
    var offset = start + 1
    while offset < end {
      if source.bytes[offset] == UInt8(ascii: "\"") { return offset }
      offset += source.bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }
}
