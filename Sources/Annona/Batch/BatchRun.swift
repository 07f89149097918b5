import Dispatch

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Decides a file of households block by block: in order, in constant memory, with the same bytes for every number of jobs.
package struct BatchRun {
  package let request: BatchRequest
  package let jobs: Int
  /// Rows that were decided before, and are passed over.
  package var skip = 0
  /// Called after each round with the bytes read so far.
  package var progress: (_ bytes: Int, _ tally: BatchTally) -> Void = { _, _ in }

  package init(_ request: BatchRequest, jobs: Int) {
    self.request = request
    self.jobs = max(1, jobs)
  }

  /// Reads rows to the end and hands on what comes out, in their order.
  package func run(
    read: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int,
    write: ([UInt8]) throws(FileProblem) -> Void
  ) throws(FileProblem) -> BatchTally {
    var tally = BatchTally(request.rulebook.program)
    if skip == 0 {
      let header = BatchWriter.header(request.output)
      if !header.isEmpty { try write(header) }
    }
    var rows = RowBlocks(request.input, idKey: request.idKey, skip: skip)
    try rows.forEachBlock(by: (0..<jobs).map { _ in BatchWorker(request) }, read: read) {
      $0.decide($1)
    } take: { (output: BatchWorker.Output) throws(FileProblem) in
      tally.add(output.tally)
      try write(output.bytes)
    } progress: {
      progress($0, tally)
    }
    return tally
  }
}

/// The rows of a file, a block at a time.
struct RowBlocks {
  private var blocks = BlockReader(size: Self.size)
  private var converter: CSVRows?
  private let idKey: String
  /// Rows that are passed over, and those that were.
  private let skip: Int
  private var passed = 0

  /// The longest row that is read; a longer one is an error row.
  private static let size = 1 << 20

  init(_ format: BatchRequest.Format, idKey: String, skip: Int = 0) {
    converter = format == .csv ? CSVRows() : nil
    self.idKey = idKey
    self.skip = skip
  }

  /// Hands blocks of JSON rows to workers, as many at once as there are, and takes what comes out in order.
  ///
  /// - Parameters:
  ///   - workers: each is used by one thread at a time.
  ///   - read: fills the room with what comes next of the file; 0 at its end.
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
    while true {
      var round: [[UInt8]] = []
      while round.count < workers.count, let block = try next(read) { round.append(block) }
      if round.isEmpty { return }
      let results = Round<Output>(count: round.count)
      let batch = round
      if batch.count == 1 {
        results.set(0, batch[0].withUnsafeBufferPointer { work(team.workers[0], $0) })
      } else {
        DispatchQueue.concurrentPerform(iterations: batch.count) { index in
          results.set(
            index, batch[index].withUnsafeBufferPointer { work(team.workers[index], $0) })
        }
      }
      for output in results.outputs {
        if let output { try take(output) }
      }
      progress(blocks.bytesRead)
    }
  }

  private mutating func next(
    _ read: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int
  ) throws(FileProblem) -> [UInt8]? {
    guard var block = try blocks.next(read) else { return nil }
    if passed < skip { block = Self.rest(of: block, after: skip, &passed) }
    return converter == nil ? block : converter?.json(block, idKey: idKey)
  }

  /// What is left of a block when so many rows in all are passed over.
  private static func rest(of block: [UInt8], after skip: Int, _ passed: inout Int) -> [UInt8] {
    var start = 0
    while start < block.count, passed < skip {
      let end = block[start...].firstIndex(of: 0x0A) ?? block.count
      if block[start..<end].contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) {
        passed += 1
      }
      start = end + 1
    }
    return Array(block[min(start, block.count)...])
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

/// Cuts what is read into blocks that end with a line.
struct BlockReader {
  private let size: Int
  private var rest: [UInt8] = []
  private var isDone = false
  private(set) var bytesRead = 0

  init(size: Int) { self.size = size }

  mutating func next(
    _ read: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int
  ) throws(FileProblem) -> [UInt8]? {
    var block = rest
    rest = []
    while !isDone {
      let before = block.count
      block.append(contentsOf: repeatElement(0, count: size))
      var count = 0
      var problem: FileProblem?
      block.withUnsafeMutableBytes { bytes in
        do throws(FileProblem) {
          count = try read(UnsafeMutableRawBufferPointer(rebasing: bytes[before...]))
        } catch {
          problem = error
        }
      }
      if let problem { throw problem }
      block.removeLast(size - count)
      bytesRead += count
      if count == 0 {
        isDone = true
        break
      }
      if block.count >= size, let end = block.lastIndex(of: 0x0A) {
        rest = Array(block[(end + 1)...])
        block.removeLast(block.count - end - 1)
        return block
      }
    }
    return block.isEmpty ? nil : block
  }
}
