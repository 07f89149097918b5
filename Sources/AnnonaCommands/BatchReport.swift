import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaRecords

/// Says how far a batch is, and what it came to.
final class BatchReport {
  private let size: Int?
  private let console: any Console
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now

  init(size: Int?, console: any Console) {
    self.size = size
    self.console = console
  }

  /// At most once a second, and not of a file that is at its end.
  func progress(_ bytes: Int, rows: Int) {
    if let size, bytes >= size { return }
    let now = ContinuousClock.now
    guard now - last >= .seconds(1) else { return }
    last = now
    let elapsed = milliseconds(now - start)
    var line = "\(rows) rows, \(rows * 1_000 / elapsed) a second"
    if let size, bytes > 0 {
      line += ", \((size - bytes) / 1_000 * elapsed / max(1, bytes / 1_000) / 1_000) s left"
    }
    console.report(line + "\n")
  }

  private func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    return max(1, Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000))
  }

  func summary(_ tally: BatchTally, _ program: Program, linesBefore: Int) {
    var lines: [String] = []
    if linesBefore > 0 { lines.append("lines that had been written before: \(linesBefore)") }
    lines.append(
      "\(tally.read) \(tally.read == 1 ? "row" : "rows"): \(tally.inColumns) decided in columns, \(tally.byPlainEvaluator) by the plain evaluator, "
        + "\(tally.badRows) faulty")
    if !tally.faults.isEmpty { lines.append("  faults: \(counts(tally.faults, separator: "; "))") }
    let text = ValueText(program, .empty(of: program))
    for (index, benefit) in program.benefits.enumerated() {
      var parts: [String] = []
      for (position, outcome) in Outcome.allCases.enumerated() {
        let count = tally.outcomes[index][position]
        if count > 0 { parts.append("\(count) \(outcome.rawValue)") }
      }
      var line = "\(benefit.name): " + (parts.isEmpty ? "nobody" : parts.joined(separator: ", "))
      if let type = benefit.amount?.type, let total = tally.totals[index] {
        line += "; \(text.text(.number(total), type)) in all"
      }
      lines.append(line)
      lines += [("not met", tally.unmet[index]), ("waits for", tally.needed[index])].compactMap {
        $1.isEmpty ? nil : "  \($0): \(counts($1))"
      }
    }
    console.report(lines.joined(separator: "\n") + "\n")
  }

  /// What is most frequent comes first.
  private func counts(_ counts: [String: Int], separator: String = ", ") -> String {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) \($0.key)" }.joined(separator: separator)
  }

  /// What the run was made of and what came out, for whoever must show later that nothing was changed.
  func hashes(_ rulebooks: [RulebookEdition], rows: Digest?, decisions: Digest) {
    var lines = rulebooks.map { "\($0.id): \($0.digest)" }
    if let rows { lines.append("rows: \(rows)") }
    lines.append("decisions: \(decisions)")
    console.report(lines.joined(separator: "\n") + "\n")
  }

  /// What share of the time each stage took.
  func stages(_ stages: BatchStages) {
    let total = max(1, BatchStage.allCases.reduce(0) { $0 + stages[$1] })
    let shares = BatchStage.allCases.map { stage in
      let name =
        switch stage {
        case .files: "reading and writing files"
        case .rows: "rows to columns"
        case .columns: "deciding in columns"
        case .plain: "plain evaluator"
        case .decisions: "decisions to rows"
        }
      return "\(name) \((stages[stage] * 100 + total / 2) / total) %"
    }
    console.report("time: " + shares.joined(separator: ", ") + "\n")
  }
}
