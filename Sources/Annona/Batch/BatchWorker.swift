import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Decides blocks of rows: in columns what it can, by the plain evaluator what is left. It belongs to one thread.
package final class BatchWorker {
  private let request: BatchRequest
  private let program: Program
  private let scanner: HouseholdScanner?
  private let columns: HouseholdColumns?
  private let partial: BatchFrame?
  private let complete: BatchFrame?
  private var writer: BatchWriter
  private var tally: BatchTally
  private var clock = StageClock()
  /// The rows of the block: the line, its id, and where it stands among the columns.
  private var rows: [Row] = []
  /// Grants in units of the plan's quantum, by benefit.
  private var granted: [Int64]
  private let names: BatchNames
  /// By benefit: how often each condition of `applies`, then of `entitled`, was not met.
  private var unmet: [[Int]] = []

  private struct Row {
    let line: UnsafeBufferPointer<UInt8>
    let id: UnsafeBufferPointer<UInt8>
    let column: Int
  }

  /// What came out of a block.
  package struct Output: Sendable {
    package let bytes: [UInt8]
    package let tally: BatchTally
  }

  /// Why rows are not decided in columns; `nil` when they are.
  package let whyPlain: String?

  package init(_ request: BatchRequest) {
    self.request = request
    program = request.rulebook.program
    writer = BatchWriter(program, request.output)
    tally = BatchTally(program)
    names = BatchNames(program: program)
    granted = program.benefits.map { _ in 0 }
    var made: (Plan, PlanFrame?)?
    var why: String?
    if request.isPlain {
      why = "it was asked for"
    } else {
      do throws(Unplannable) {
        let partial = try Self.plan(request, isForComplete: false)
        var complete: PlanFrame?
        if let plan = try? Self.plan(request, isForComplete: true), plan.readsOnly(partial),
          Self.counts(plan, as: partial)
        {
          complete = PlanFrame(plan, .columns, columnsOf: partial)
        }
        made = (partial, complete)
      } catch {
        why = error.description
      }
    }
    whyPlain = why
    guard let (plan, whole) = made else {
      scanner = nil
      columns = nil
      partial = nil
      complete = nil
      return
    }
    let columns = HouseholdColumns(for: plan)
    self.columns = columns
    scanner = HouseholdScanner(
      plan, program, into: columns, id: request.idKey, memberID: request.memberIDKey)
    partial = BatchFrame(PlanFrame(plan), program, writer)
    complete = whole.map { [program, writer] in BatchFrame($0, program, writer) }
    unmet = plan.results.map { $0.conditions?.subjects.map { _ in 0 } ?? [] }
  }

  private static func plan(
    _ request: BatchRequest, isForComplete: Bool
  ) throws(Unplannable) -> Plan {
    try Plan(
      request.rulebook.program, today: request.today, isForComplete: isForComplete,
      wantsConditions: request.countsReasons)
  }

  /// Whether both plans count the same: every amount in the same unit, so that what one counts may be written as the
  /// other's, and the same conditions.
  private static func counts(_ plan: Plan, as other: Plan) -> Bool {
    plan.results.elementsEqual(other.results) {
      $0.amount?.quantum == $1.amount?.quantum
        && $0.conditions?.subjects == $1.conditions?.subjects
    }
  }

  /// Decides the rows of a block, which ends with a line.
  package func decide(_ block: UnsafeBufferPointer<UInt8>) -> Output {
    tally = BatchTally(program)
    clock = StageClock()
    clock.start()
    writer.removeAll()
    var lines = RowLines(block)
    var isDone = false
    while !isDone {
      // So many rows that columns pay, and few enough that they stay near.
      scanner?.removeAll()
      rows.removeAll(keepingCapacity: true)
      while rows.count < 4_096, !isDone {
        if let line = lines.next() { scan(line) } else { isDone = true }
      }
      clock.lap(.rows)
      write()
    }
    tally.stages = clock.stages
    return Output(bytes: writer.bytes, tally: tally)
  }

  private func scan(_ line: UnsafeBufferPointer<UInt8>) {
    guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { return }
    tally.read += 1
    guard let scanner, let columns, line.count <= RowBlocks.longestRow,
      scanner.scan(line) == .added
    else {
      rows.append(Row(line: line, id: UnsafeBufferPointer(rebasing: line[0..<0]), column: -1))
      return
    }
    rows.append(
      Row(
        line: line, id: UnsafeBufferPointer(rebasing: line[scanner.id]), column: columns.count - 1))
  }

  // MARK: - Writing

  private func write() {
    guard let scanner, let columns, let partial else {
      for row in rows { decidePlainly(row) }
      return
    }
    let given = partial.frame.plan
    var next = 0
    var start = 0
    while start < columns.count {
      // Where something is missing in a chunk, the plan that minds it takes the whole chunk.
      let last = min(start + PlanFrame.chunk, columns.count)
      let isComplete = scanner.isComplete[start..<last].allSatisfy { $0 }
      let batch = isComplete ? complete ?? partial : partial
      clock.lap(.decisions)
      let count = batch.frame.run(columns, from: start)
      clock.lap(.columns)
      while next < rows.count, rows[next].column < start + count {
        let row = rows[next]
        next += 1
        if row.column < 0 {
          decidePlainly(row)
        } else if isSettled(row, batch, columns, given) {
          write(row, batch, columns, scanner, given)
        } else {
          decidePlainly(row)
        }
      }
      start += count
    }
    while next < rows.count {
      decidePlainly(rows[next])
      next += 1
    }
    clock.lap(.decisions)
    for result in granted.indices where granted[result] != 0 { tallyGrants(of: result) }
    tallyConditions(given)
  }

  private func tallyConditions(_ plan: Plan) {
    for (index, result) in plan.results.enumerated() {
      guard let subjects = result.conditions?.subjects else { continue }
      let benefit = Int(result.benefit.index)
      for (place, count) in unmet[index].enumerated() where count > 0 {
        tally.unmet[benefit][names.name(of: subjects[place]), default: 0] += count
        unmet[index][place] = 0
      }
    }
  }

  /// Adds to what a benefit has granted; what would not fit a machine word goes to the tally first.
  private func grant(_ count: Int64, _ result: Int) {
    if granted[result].addingReportingOverflow(count).overflow { tallyGrants(of: result) }
    granted[result] += count
  }

  private func tallyGrants(of result: Int) {
    if let decided = partial?.frame.plan.results[result], let quantum = decided.amount?.quantum,
      let amount = try? Number(Int(granted[result])) * quantum
    {
      tally.add(amount, to: Int(decided.benefit.index))
    }
    granted[result] = 0
  }

  private func isSettled(
    _ row: Row, _ batch: BatchFrame, _ columns: HouseholdColumns, _ given: Plan
  ) -> Bool {
    if row.id.isEmpty { return false }
    let frame = batch.frame
    for (index, result) in batch.results.enumerated() {
      if result.amount != nil, result.scale == nil { return false }
      let first = frame.firstRow(result.space)
      let rows = columns.rows(result.space, ofHousehold: row.column, given)
      var isAny = false
      for at in rows {
        if let isFor = result.isFor, frame.value(isFor, at - first) == 0 { continue }
        if frame.value(result.isSettled, at - first) == 0 { return false }
        // What a refusal rests on is counted, and must be known.
        if request.countsReasons {
          let outcome = Int(frame.value(result.outcome, at - first))
          if PlannedConditions.isRefusal(outcome),
            frame.plan.results[index].conditions?.areKnown(frame, at: at - first, outcome) != true
          {
            return false
          }
        }
        if let amount = result.amount, let factor = result.scale?.factor,
          frame.value(amount, at - first).multipliedReportingOverflow(by: factor).overflow
        {
          return false
        }
        isAny = true
      }
      // Where nobody is there to be decided for, the plain evaluator says so.
      if !isAny { return false }
    }
    return true
  }

  private static let entitled = Outcome.allCases.firstIndex(of: .entitled) ?? 0

  private func write(
    _ row: Row, _ batch: BatchFrame, _ columns: HouseholdColumns, _ scanner: HouseholdScanner,
    _ given: Plan
  ) {
    let frame = batch.frame
    tally.inColumns += 1
    writer.begin(row.id)
    var isFirst = true
    for (index, result) in batch.results.enumerated() {
      let first = frame.firstRow(result.space)
      for at in columns.rows(result.space, ofHousehold: row.column, given) {
        if let isFor = result.isFor, frame.value(isFor, at - first) == 0 { continue }
        let outcome = Int(frame.value(result.outcome, at - first))
        var amount: (count: Int64, places: Int)?
        if outcome == Self.entitled, let column = result.amount, let scale = result.scale {
          let count = frame.value(column, at - first)
          grant(count, index)
          amount = (count &* scale.factor, scale.places)
        }
        if request.countsReasons, PlannedConditions.isRefusal(outcome) {
          frame.plan.results[index].conditions?.forEachUnmet(frame, at: at - first, outcome) {
            unmet[index][$0] += 1
          }
        }
        tally.add(outcome, of: result.benefit)
        writer.decision(
          result.benefit, row: row.id,
          member: result.isOfMembers ? scanner.memberNames[result.space][at] : nil, outcome,
          amount: amount, isFirst: isFirst)
        isFirst = false
      }
    }
    writer.end()
  }

  // MARK: - The plain evaluator

  /// The id of a row that has none.
  private static let nobody = Array("null".utf8)

  private func decidePlainly(_ row: Row) {
    clock.lap(.decisions)
    defer { clock.lap(.plain) }
    guard row.line.count <= RowBlocks.longestRow else {
      let problem = BatchRow.Problem("the row is longer than \(RowBlocks.longestRow) bytes")
      tally.addFaults(problem)
      return Self.nobody.withUnsafeBufferPointer {
        writer.error(row: $0, problem.messages)
      }
    }
    let reading = BatchRow(row.line, request)
    reading.id.withUnsafeBufferPointer { id in
      switch reading.facts {
      case .failure(let problem):
        tally.addFaults(problem)
        writer.error(row: id, problem.messages)
      case .success(let facts):
        tally.byPlainEvaluator += 1
        // One date for all, whatever a row says of its own.
        let decision = AnnonaEngine.decide(program, facts, today: request.today)
        writer.begin(id)
        for (index, benefit) in decision.benefits.enumerated() {
          tally.add(benefit, names, countsReasons: request.countsReasons)
          writer.decision(benefit, facts, row: id, isFirst: index == 0)
        }
        writer.end()
      }
    }
  }
}
