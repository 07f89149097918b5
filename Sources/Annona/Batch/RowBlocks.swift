import Dispatch

/// The rows of a file as JSON, a block at a time.
struct RowBlocks {
  private var blocks = BlockReader()
  private let format: BatchRequest.Format
  private let idKey: String

  /// A longer row is an error row, so that no file takes more memory than another. In bytes.
  static let longestRow = 1 << 20

  init(_ format: BatchRequest.Format, idKey: String) {
    self.format = format
    self.idKey = idKey
  }

  /// Hands blocks of rows to workers, as many at once as there are, and takes what comes out in order.
  ///
  /// - Parameters:
  ///   - workers: each is used by one thread at a time.
  ///   - read: fills the room with what comes next of the file, and says how much; 0 at its end.
  ///   - work: what a worker does with a block.
  ///   - take: called for each block in its order.
  ///   - progress: called after each round with the bytes read so far.
  mutating func forEachBlock<Worker, Output: Sendable>(
    by workers: [Worker],
    read: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int,
    work: @Sendable (Worker, UnsafeBufferPointer<UInt8>) -> Output,
    take: (Output) throws(FileProblem) -> Void, progress: (_ bytes: Int) -> Void
  ) throws(FileProblem) {
    let team = Team(workers)
    var table: CSVRows?
    while true {
      var round: [[UInt8]] = []
      while round.count < workers.count, var block = try blocks.next(read) {
        if format == .csv, table == nil { table = CSVRows(headerOf: &block, idKey: idKey) }
        round.append(block)
      }
      if round.isEmpty { return }
      let results = Round<Output>(count: round.count)
      let (batch, csv) = (round, table)
      @Sendable func decide(_ index: Int) {
        let block = csv?.json(batch[index]) ?? batch[index]
        results.set(index, block.withUnsafeBufferPointer { work(team.workers[index], $0) })
      }
      if batch.count == 1 {
        decide(0)
      } else {
        DispatchQueue.concurrentPerform(iterations: batch.count) { decide($0) }
      }
      for output in results.outputs {
        if let output { try take(output) }
      }
      progress(blocks.bytesRead)
    }
  }
}

/// The workers, each used by one iteration at a time.
private struct Team<Worker>: @unchecked Sendable {
  let workers: [Worker]

  init(_ workers: [Worker]) { self.workers = workers }
}

/// What came out of the blocks of a round; each iteration sets its own.
private final class Round<Output: Sendable>: @unchecked Sendable {
  private let room: UnsafeMutableBufferPointer<Output?>

  init(count: Int) {
    room = .allocate(capacity: count)
    room.initialize(repeating: nil)
  }

  deinit {
    room.deinitialize()
    room.deallocate()
  }

  func set(_ index: Int, _ output: Output) { room[index] = output }

  var outputs: [Output?] { Array(room) }
}

/// Cuts what is read into blocks that end with a line; of a line that is too long only the beginning is kept.
struct BlockReader {
  /// What was read behind the last whole line.
  private var rest: [UInt8] = []
  /// Whether the rest of a line that is too long is still to be passed over.
  private var isPassingOver = false
  private var isDone = false
  private(set) var bytesRead = 0

  private static let size = 1 << 20

  mutating func next(
    _ read: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int
  ) throws(FileProblem) -> [UInt8]? {
    var block = rest
    rest = []
    while !isDone {
      let before = block.count
      block = try longer(block, read)
      if isPassingOver {
        let end = block[before...].firstIndex(of: 0x0A)
        block.removeSubrange(before..<(end ?? block.count))
        isPassingOver = end == nil
      }
      guard block.count >= Self.size else { continue }
      if let end = block.lastIndex(of: 0x0A) {
        rest = Array(block[(end + 1)...])
        block.removeLast(block.count - end - 1)
        return block
      }
      if block.count > RowBlocks.longestRow {
        block.removeLast(block.count - RowBlocks.longestRow - 1)
        isPassingOver = true
      }
    }
    return block.isEmpty ? nil : block
  }

  /// A block with what is read next behind it.
  private mutating func longer(
    _ block: [UInt8], _ read: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int
  ) throws(FileProblem) -> [UInt8] {
    var problem: FileProblem?
    var count = 0
    let longer = [UInt8](unsafeUninitializedCapacity: block.count + Self.size) { room, filled in
      _ = room.initialize(fromContentsOf: block)
      filled = block.count
      do throws(FileProblem) {
        let rest = UnsafeMutableRawBufferPointer(
          UnsafeMutableBufferPointer(rebasing: room[filled...]))
        count = try read(rest)
        filled += count
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
    bytesRead += count
    isDone = count == 0
    return longer
  }
}
