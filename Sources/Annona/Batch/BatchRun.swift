/// Decides a file of households block by block: in order, in constant memory, with the same bytes for every number of jobs.
package struct BatchRun {
  package let request: BatchRequest
  package let jobs: Int
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
    var clock = StageClock()
    let header = BatchWriter.header(request.output)
    if !header.isEmpty { try write(header) }
    var rows = RowBlocks(request.input, idKey: request.idKey)
    try rows.forEachBlock(by: (0..<jobs).map { _ in BatchWorker(request) }) {
      (room) throws(FileProblem) in
      clock.start()
      defer { clock.lap(.files) }
      return try read(room)
    } work: {
      $0.decide($1)
    } take: { (output: BatchWorker.Output) throws(FileProblem) in
      tally.add(output.tally)
      clock.start()
      defer { clock.lap(.files) }
      try write(output.bytes)
    } progress: {
      progress($0, tally)
    }
    tally.stages.add(clock.stages)
    return tally
  }
}
