/// The rows of a file as JSON, a block at a time.
struct RowBlocks {
  private var blocks = BlockReader()
  private let format: BatchRequest.Format
  private let idKey: String
  private var table: CSVRows?

  /// A longer row is an error row, so that no file takes more memory than another. In bytes.
  static let longestRow = 1 << 20

  init(_ format: BatchRequest.Format, idKey: String) {
    self.format = format
    self.idKey = idKey
  }

  /// Whole rows as they were read.
  private struct Block {
    let bytes: [UInt8]
    let csv: CSVRows?
    /// So much of the file ends with them.
    let bytesRead: Int
  }

  /// Hands blocks of rows to workers, and takes what comes out in order.
  ///
  /// - Parameters:
  ///   - workers: as many blocks are worked on at once; each is used by one thread at a time.
  ///   - read: fills the room with what comes next of the file, and says how much; 0 at its end.
  ///   - work: what a worker does with a block.
  ///   - take: called for each block in its order, with the bytes read up to its end.
  /// - Throws: the first problem in the order of the file, when all before it is taken.
  mutating func forEachBlock<Worker, Output>(
    by workers: [Worker],
    read: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int,
    work: (Worker, UnsafeBufferPointer<UInt8>) -> Output,
    take: (Output, _ bytesRead: Int) throws(FileProblem) -> Void
  ) throws(FileProblem) {
    var (unread, untaken): (FileProblem?, FileProblem?)
    Relay.run(workers) { () -> Block? in
      do throws(FileProblem) {
        return try next(read)
      } catch {
        unread = error
        return nil
      }
    } work: { worker, block in
      let rows = block.csv?.json(block.bytes) ?? block.bytes
      return (rows.withUnsafeBufferPointer { work(worker, $0) }, block.bytesRead)
    } take: { output, bytesRead in
      do throws(FileProblem) {
        try take(output, bytesRead)
        return true
      } catch {
        untaken = error
        return false
      }
    }
    if let problem = untaken ?? unread { throw problem }
  }

  private mutating func next(
    _ read: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int
  ) throws(FileProblem) -> Block? {
    guard var bytes = try blocks.next(read) else { return nil }
    if format == .csv, table == nil { table = try CSVRows(headerOf: &bytes, idKey: idKey) }
    return Block(bytes: bytes, csv: table, bytesRead: blocks.bytesRead)
  }
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
