/// Decides a file of households block by block: in order, in constant memory, with the same bytes for every number of jobs.
package struct BatchRun {
  package let request: BatchRequest
  package let jobs: Int
  /// Called after each block with the bytes read up to its end.
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
    // Each is used by one thread at a time, and not by the same as the other.
    var (reading, writing) = (StageClock(), StageClock())
    let header = BatchWriter.header(request.output)
    if !header.isEmpty { try write(header) }
    var rows = RowBlocks(request.input, idKey: request.idKey)
    try rows.forEachBlock(by: (0..<jobs).map { _ in BatchWorker(request) }) {
      (room) throws(FileProblem) in
      reading.start()
      defer { reading.lap(.files) }
      return try read(room)
    } work: {
      $0.decide($1)
    } take: { (output: BatchWorker.Output, bytesRead) throws(FileProblem) in
      tally.add(output.tally)
      writing.start()
      defer { writing.lap(.files) }
      try write(output.bytes)
      progress(bytesRead, tally)
    }
    tally.stages.add(reading.stages)
    tally.stages.add(writing.stages)
    return tally
  }
}
