/// A column that grows by rows, held as narrow as its values allow.
package final class GivenColumn: @unchecked Sendable {
  let width: Plan.Width
  private(set) var base: UnsafeMutableRawPointer
  private(set) var capacity: Int
  package private(set) var count = 0

  init(_ width: Plan.Width, capacity: Int = 64) {
    self.width = width
    self.capacity = capacity
    base = .allocate(byteCount: capacity * 8, alignment: 64)
  }

  deinit { base.deallocate() }

  var bytes: Int {
    switch width {
    case .byte: 1
    case .half: 4
    case .whole: 8
    }
  }

  @inline(__always)
  func append(_ value: Int64) {
    if count == capacity { grow() }
    switch width {
    case .byte:
      base.storeBytes(of: Int8(truncatingIfNeeded: value), toByteOffset: count, as: Int8.self)
    case .half:
      base.storeBytes(
        of: Int32(truncatingIfNeeded: value), toByteOffset: count * 4, as: Int32.self)
    case .whole: base.storeBytes(of: value, toByteOffset: count * 8, as: Int64.self)
    }
    count += 1
  }

  /// Overwrites a row that was added.
  @inline(__always)
  func set(_ row: Int, _ value: Int64) {
    guard row < count else { return }
    switch width {
    case .byte:
      base.storeBytes(of: Int8(truncatingIfNeeded: value), toByteOffset: row, as: Int8.self)
    case .half:
      base.storeBytes(of: Int32(truncatingIfNeeded: value), toByteOffset: row * 4, as: Int32.self)
    case .whole: base.storeBytes(of: value, toByteOffset: row * 8, as: Int64.self)
    }
  }

  /// Forgets rows from the end.
  func shorten(to rows: Int) { count = min(count, max(0, rows)) }

  private func grow() {
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity * 16, alignment: 64)
    larger.copyMemory(from: base, byteCount: count * bytes)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}
