import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Compares two rulebooks over a population, block by block: in constant memory, with the same report for every number of jobs.
public struct ReformRun {
  public let request: ReformRequest
  public let jobs: Int
  /// Called after each block with the bytes and the rows read up to its end.
  public var progress: (_ bytes: Int, _ rows: Int) -> Void = { _, _ in }

  private let layout: ReformLayout

  /// - Parameters:
  ///   - request: the two rulebooks, and how rows are read.
  ///   - jobs: how many blocks of rows are compared at once.
  public init(_ request: ReformRequest, jobs: Int = 1) {
    self.request = request
    self.jobs = max(1, jobs)
    layout = ReformLayout(request)
  }

  /// Compares what both rulebooks decide for each row.
  ///
  /// - Parameter read: fills the room with what comes next of the population; 0 at its end.
  public func run(
    read: (UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int
  ) throws(FileProblem) -> ReformReport {
    var tally = ReformTally(request)
    var rows = RowBlocks(request.input, idKey: request.idKey)
    let workers = (0..<jobs).map { _ in ReformWorker(request, layout) }
    try rows.forEachBlock(by: workers, read: read) {
      $0.compare($1)
    } take: { (block: ReformTally, bytesRead) throws(FileProblem) in
      tally.add(block)
      progress(bytesRead, tally.read)
    }
    return ReformReport(request, layout, tally)
  }

  /// Compares rows that are in memory.
  public func run(_ rows: [UInt8]) -> ReformReport {
    var start = 0
    let report = try? run { (room: UnsafeMutableRawBufferPointer) throws(FileProblem) in
      let count = min(room.count, rows.count - start)
      rows.withUnsafeBytes { bytes in
        room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]))
      }
      start += count
      return count
    }
    return report ?? ReformReport(request, layout, ReformTally(request))
  }
}
