/// A column that grows by rows, held as narrow as its values allow.
///
/// It is a mere reference to its memory, which whoever made it releases: a row is added in a few instructions.
package struct GivenColumn: @unchecked Sendable {
  let width: Plan.Width
  private let memory: UnsafeMutablePointer<Memory>

  private struct Memory {
    var base: UnsafeMutableRawPointer
    var capacity: Int
    var count = 0
  }

  init(_ width: Plan.Width, capacity: Int = 64) {
    self.width = width
    memory = .allocate(capacity: 1)
    memory.initialize(
      to: Memory(base: .allocate(byteCount: capacity * 8, alignment: 64), capacity: capacity))
  }

  func release() {
    base.deallocate()
    memory.deallocate()
  }

  var base: UnsafeMutableRawPointer { memory.pointee.base }

  package var count: Int { memory.pointee.count }

  var bytes: Int {
    switch width {
    case .byte: 1
    case .half: 4
    case .whole: 8
    }
  }

  @inline(__always)
  func append(_ value: Int64) {
    let row = count
    if row == memory.pointee.capacity { grow() }
    memory.pointee.count = row + 1
    set(row, value)
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
  func shorten(to rows: Int) { memory.pointee.count = min(count, max(0, rows)) }

  private func grow() {
    let capacity = memory.pointee.capacity * 2
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity * 8, alignment: 64)
    larger.copyMemory(from: base, byteCount: count * bytes)
    base.deallocate()
    memory.pointee.base = larger
    memory.pointee.capacity = capacity
  }
}
