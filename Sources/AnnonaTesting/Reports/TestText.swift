import AnnonaLanguage

/// The results of fixtures as policy authors read them: every failure with what was expected, what came out, and why.
package struct TestText {
  private let isColoured: Bool

  package init(coloured: Bool = false) { isColoured = coloured }

  /// What failed, and one line that counts; the last line ended too.
  package func render(_ runs: [SuiteRun]) -> String {
    var lines: [String] = []
    for run in runs {
      for result in run.failed { lines += self.lines(result, run) + [""] }
    }
    return (lines + [summary(runs)] + supposed(runs) + unsourced(runs)).joined(separator: "\n")
      + "\n"
  }

  private func lines(_ result: FixtureResult, _ run: SuiteRun) -> [String] {
    var lines = [painted("✗ \(result.fixture.rulebook): \(result.fixture.name)", "1;31")]
    var told: [String] = []
    for failure in result.failures {
      lines.append("  \(place(failure, run))\(failure.name)")
      lines.append("    expected  \(failure.expected)\(note(failure.basis))")
      lines.append("    got       \(failure.found)")
      // What was just told of the same value is not told again.
      guard failure.chain != told else { continue }
      told = failure.chain
      for (index, link) in told.enumerated() {
        lines.append((index == 0 ? "    because   " : "              <- ") + link)
      }
    }
    return lines
  }

  private func place(_ failure: Failure, _ run: SuiteRun) -> String {
    guard let (file, line, column) = run.place(failure.span) else { return "" }
    return "\(file.path):\(line):\(column): "
  }

  private func note(_ basis: Basis) -> String {
    switch basis {
    case .published(let source): "  (\(source))"
    case .derived(let because): "  (derived: \(because))"
    case .recorded: "  (recorded, no source)"
    case .unsourced: "  (no source)"
    }
  }

  private func summary(_ runs: [SuiteRun]) -> String {
    let ran = runs.reduce(0) { $0 + $1.results.count }
    let failed = runs.reduce(0) { $0 + $1.failed.count }
    let faulty = runs.reduce(0) { $0 + $1.faultyCases.count }
    let unread = runs.reduce(0) { $0 + $1.faultyFiles.count }
    let files = Set(runs.flatMap { run in run.spans.compactMap { run.place($0)?.file.path } })
    var problems: [String] = []
    if failed > 0 { problems.append("\(failed) failed") }
    if faulty > 0 { problems.append("\(faulty) could not run") }
    let unreadFiles = unread > 0 ? ["\(counted(unread, "file")) could not run"] : []
    if ran + faulty == 0 {
      return (["no case ran"] + unreadFiles.map { painted($0, "1;31") }).joined(separator: ", ")
    }
    let text = "\(counted(ran + faulty, "case")) in \(counted(files.count, "file")): "
    if problems.isEmpty, unread == 0 { return text + painted("all passed", "1;32") }
    return text
      + (problems.map { painted($0, "1;31") } + ["\(ran - failed) passed"]
      + unreadFiles.map { painted($0, "1;31") }).joined(separator: ", ")
  }

  /// What a case supposes, it does not test.
  private func supposed(_ runs: [SuiteRun]) -> [String] {
    let supposing = runs.flatMap(\.results).filter { !$0.fixture.suppositions.isEmpty }
    guard !supposing.isEmpty else { return [] }
    let verb = supposing.count == 1 ? "supposes" : "suppose"
    return [
      "\(counted(supposing.count, "case")) \(verb) what a rule would say, and \(supposing.count == 1 ? "does" : "do") not test it"
    ]
  }

  private func unsourced(_ runs: [SuiteRun]) -> [String] {
    let counts = runs.flatMap(\.sources)
    let total = counts.reduce(0) { $0 + $1.expectations }
    let missing = counts.reduce(0) { $0 + $1.unsourced }
    let derived = counts.reduce(0) { $0 + $1.derived }
    let recorded = counts.reduce(0) { $0 + $1.recorded }
    let worked = derived > 0 ? "\(derived) \(derived == 1 ? "is" : "are") derived from the law" : ""
    guard missing > 0 else { return [] }
    let has = missing == 1 ? "has" : "have"
    return [
      "\(missing) of \(counted(total, "expectation")) \(has) no source"
        + (recorded > 0 ? ", \(recorded) of them only recorded" : "")
        + (worked.isEmpty ? "" : "; \(worked)")
    ]
      + counts.filter { $0.unsourced > 0 }.map {
        "  \($0.path): \($0.unsourced) of \($0.expectations)"
      }
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private func painted(_ text: String, _ colour: String) -> String {
    isColoured ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }
}
