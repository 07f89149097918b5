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

  /// The longest row that is read; a longer one is an error row.
  static let blockSize = 1 << 20

  package init(_ request: BatchRequest, jobs: Int) {
    self.request = request
    self.jobs = max(1, jobs)
  }

  /// Reads rows to the end and hands on what comes out, in their order.
  package func run(
    read: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int,
    write: ([UInt8]) throws(FileProblem) -> Void
  ) throws(FileProblem) -> BatchTally {
    let workers = (0..<jobs).map { _ in BatchWorker(request) }
    var tally = BatchTally(request.rulebook.program)
    var blocks = BlockReader(size: Self.blockSize)
    var converter = request.input == .csv ? CSVRows() : nil
    var passed = 0
    var isFirst = true
    while true {
      var round: [[UInt8]] = []
      while round.count < jobs, var block = try blocks.next(read) {
        if passed < skip { block = Self.rest(of: block, after: skip, &passed) }
        if converter != nil { block = converter?.json(block, idKey: request.idKey) ?? [] }
        round.append(block)
      }
      if isFirst, skip == 0 {
        let header = BatchWriter.header(request.output)
        if !header.isEmpty { try write(header) }
      }
      isFirst = false
      if round.isEmpty { return tally }
      let results = Round(count: round.count)
      let batch = round
      if batch.count == 1 {
        results.set(0, batch[0].withUnsafeBufferPointer { workers[0].decide($0) })
      } else {
        let team = Team(workers)
        DispatchQueue.concurrentPerform(iterations: batch.count) { index in
          results.set(
            index, batch[index].withUnsafeBufferPointer { team.workers[index].decide($0) })
        }
      }
      for output in results.outputs {
        guard let output else { continue }
        tally.add(output.tally)
        try write(output.bytes)
      }
      progress(blocks.bytesRead, tally)
    }
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
private struct Team: @unchecked Sendable {
  let workers: [BatchWorker]

  init(_ workers: [BatchWorker]) { self.workers = workers }
}

/// What came out of the blocks of a round; each iteration sets its own.
private final class Round: @unchecked Sendable {
  private let room: UnsafeMutableBufferPointer<BatchWorker.Output?>

  init(count: Int) {
    room = .allocate(capacity: count)
    room.initialize(repeating: nil)
  }

  deinit {
    room.deinitialize()
    room.deallocate()
  }

  func set(_ index: Int, _ output: BatchWorker.Output) { room[index] = output }

  var outputs: [BatchWorker.Output?] { Array(room) }
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
