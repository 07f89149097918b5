public import Annona

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a command reads and writes: the terminal, or a test that looks at what comes out.
public protocol Console: AnyObject {
  /// Writes a result for people to read.
  func print(_ text: String)
  /// Writes a result for programs and files, byte by byte as it is.
  func write(_ text: String)
  /// Writes rows of a population, all of them or none that is missed in silence.
  func printRows(_ bytes: [UInt8]) throws(FileProblem)
  /// Writes a problem or progress.
  func report(_ text: String)
  /// Draws over the line of progress.
  func redraw(_ line: String)
  /// All that stands on standard input.
  func readInput() throws(FileProblem) -> [UInt8]
  /// The next line of standard input, without its end; `nil` when there is none.
  func readLine() -> String?
  /// Whether results, or problems, may be coloured.
  var coloursResults: Bool { get }
  var coloursProblems: Bool { get }
  /// Whether somebody watches the problems appear, so that a line may be drawn over.
  var showsProgress: Bool { get }
  /// Whether anybody still waits for results; a command that watches ends when nobody does.
  var isOpen: Bool { get }
}

extension Console {
  public var showsProgress: Bool { false }
  public var isOpen: Bool { true }
  public func readLine() -> String? { nil }
  public func write(_ text: String) { print(text) }
  public func redraw(_ line: String) { report("\r\(line)\u{1B}[K") }
  public func printRows(_ bytes: [UInt8]) throws(FileProblem) {
    print(String(decoding: bytes, as: UTF8.self))
  }
}

/// Standard input, output and error of the process.
public final class StandardConsole: Console {
  public let coloursResults: Bool
  public let coloursProblems: Bool
  public let showsProgress: Bool

  private let input: Int32
  private let output: Int32
  private let problems: Int32
  private var lines: LineReader

  /// - Parameters: descriptors of open files; those of the process where nothing is said.
  public init(input: Int32 = 0, output: Int32 = 1, problems: Int32 = 2) {
    self.input = input
    self.output = output
    self.problems = problems
    let isPlain = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    coloursResults = !isPlain && isatty(output) == 1
    coloursProblems = !isPlain && isatty(problems) == 1
    showsProgress = isatty(problems) == 1
    lines = LineReader(descriptor: input)
  }

  public func print(_ text: String) { Self.write(text, to: output) }

  public func printRows(_ bytes: [UInt8]) throws(FileProblem) {
    try writeAll(bytes[...], to: output, "-")
  }

  public func report(_ text: String) { Self.write(text, to: problems) }

  /// What does not come from a keyboard is written out, so that a transcript has both sides.
  public func readLine() -> String? {
    let line = lines.next()
    if let line, isatty(input) == 0 { print(line + "\n") }
    return line
  }

  public func readInput() throws(FileProblem) -> [UInt8] { try FileSystem.standardInput() }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = posixWrite(descriptor, start, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}

/// Reads lines as they come, none longer than a person writes.
private struct LineReader {
  let descriptor: Int32
  private var pending: [UInt8] = []
  private var isAtEnd = false

  private static let longest = 65_536

  init(descriptor: Int32) { self.descriptor = descriptor }

  mutating func next() -> String? {
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = text(pending[..<end])
        pending.removeFirst(end + 1)
        return line
      }
      if isAtEnd || pending.count > Self.longest {
        guard !pending.isEmpty else { return nil }
        let line = text(pending[...])
        pending = []
        return line
      }
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let count = posixRead(descriptor, &buffer)
      if count < 0, errno == EINTR { continue }
      if count > 0 { pending += buffer[..<count] } else { isAtEnd = true }
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String {
    let line = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
    return String(decoding: line, as: UTF8.self)
  }
}

private func posixRead(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
  read(descriptor, &buffer, buffer.count)
}

private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
