/// One text that a person wrote: a rulebook's file, a case, or a rule given on the command line.
public struct SourceFile: Sendable, Hashable {
  /// The most bytes that a file may have (16 MiB): the readers refuse a larger one, so that every offset fits a span.
  public static let largestSize = 16 * 1024 * 1024

  /// The name that messages print: relative to what the user named, never a path of the machine.
  public let path: String
  /// The UTF-8 bytes exactly as read.
  public let bytes: [UInt8]
  /// The byte offset of each line's first byte, ascending; the first is 0. Nothing is listed beyond `largestSize`.
  public let lineStarts: [Int32]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts: [Int32] = [0]
    bytes.withUnsafeBufferPointer { bytes in
      var offset = 0
      let end = min(bytes.count, Self.largestSize)
      while offset < end {
        if bytes[offset] == 0x0A { starts.append(Int32(offset + 1)) }
        offset += 1
      }
    }
    self.lineStarts = starts
  }

  public init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }
}

/// Half-open range of UTF-8 bytes in one file of a program: the place of a word, a node or a rule.
public struct Span: Sendable, Hashable {
  /// Index of the file in the list that was read together.
  public let file: Int32
  public let start: Int32
  public let end: Int32

  public init(file: Int32, start: Int32, end: Int32) {
    self.file = file
    self.start = start
    self.end = end
  }

  /// From the start of the one to the end of the other.
  public func joined(to other: Span) -> Span {
    Span(file: file, start: min(start, other.start), end: max(end, other.end))
  }
}
