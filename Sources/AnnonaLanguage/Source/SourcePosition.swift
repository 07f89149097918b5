/// A place as people and editors name it.
public struct SourcePosition: Sendable, Hashable {
  /// Counted from 1.
  public let line: Int
  /// Counted from 1 in visible characters, so that a letter with an accent is one.
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

extension SourceFile {
  /// The index, from 0, of the line that holds a byte; found by halving, and inside the file for every offset.
  public func lineIndex(of offset: Int32) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a line, counted from 0, without its line break.
  public func lineRange(_ index: Int) -> Range<Int> {
    guard lineStarts.indices.contains(index) else { return bytes.count..<bytes.count }
    let start = Int(lineStarts[index])
    var end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) - 1 : bytes.count
    if end > start, end <= bytes.count, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<max(start, end)
  }

  /// Line and column of a byte; a byte-order mark at the start of the file has no width.
  public func position(of offset: Int32) -> SourcePosition {
    let line = lineIndex(of: offset)
    var start = lineRange(line).lowerBound
    if start == 0, bytes.starts(with: byteOrderMark) { start = byteOrderMark.count }
    let end = min(max(Int(offset), start), bytes.count)
    return SourcePosition(line: line + 1, column: characters(in: start..<end) + 1)
  }

  /// Most lines are ASCII, where a byte is a character.
  private func characters(in range: Range<Int>) -> Int {
    let isASCII = bytes.withUnsafeBufferPointer { bytes in
      var offset = range.lowerBound
      while offset < range.upperBound, bytes[offset] < 0x80 { offset += 1 }
      return offset == range.upperBound
    }
    return isASCII ? range.count : String(decoding: bytes[range], as: UTF8.self).count
  }

  /// The text of a span, cut to the file.
  package func text(_ span: Span) -> String {
    let start = min(max(Int(span.start), 0), bytes.count)
    let end = min(max(Int(span.end), start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}

/// Some editors write these bytes before UTF-8 text; they say nothing and are skipped.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
