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
  /// Writes a result.
  func print(_ text: String)
  /// Writes a problem or progress.
  func report(_ text: String)
  /// All that stands on standard input.
  func readInput() throws(FileProblem) -> [UInt8]
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
}

/// Standard input, output and error of the process.
public final class StandardConsole: Console {
  public let coloursResults: Bool
  public let coloursProblems: Bool
  public let showsProgress: Bool

  public init() {
    let isPlain = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    coloursResults = !isPlain && isatty(1) == 1
    coloursProblems = !isPlain && isatty(2) == 1
    showsProgress = isatty(2) == 1
  }

  public func print(_ text: String) { Self.write(text, to: 1) }

  public func report(_ text: String) { Self.write(text, to: 2) }

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

private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
