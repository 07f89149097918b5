#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lines of a block, without their ends.
struct RowLines {
  private var rest: UnsafeBufferPointer<UInt8>

  init(_ block: UnsafeBufferPointer<UInt8>) { rest = block }

  /// `nil` when none is left.
  mutating func next() -> UnsafeBufferPointer<UInt8>? {
    guard let start = rest.baseAddress, !rest.isEmpty else { return nil }
    let end = memchr(start, 0x0A, rest.count).map { UnsafeRawPointer($0) - UnsafeRawPointer(start) }
    let line = UnsafeBufferPointer(rebasing: rest[..<(end ?? rest.count)])
    rest = UnsafeBufferPointer(rebasing: rest[min(line.count + 1, rest.count)...])
    return line
  }
}
