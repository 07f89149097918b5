import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

extension ReformReport {
  /// The report for people who read a terminal; ids are all that it shows of households, unless values were asked for.
  public func text() -> String { ReformText(words: ReformWords(self), report: self).text }

  /// How many rows are left out of all figures, and why; `nil` where none is. For those who read a table or a chart alone.
  public var leftOut: String? {
    if rows.compared == rows.read { return nil }
    let lines = ReformText(words: ReformWords(self), report: self).faults
    return lines.joined(separator: "\n") + "\n"
  }
}

private struct ReformText {
  let words: ReformWords
  let report: ReformReport

  var text: String {
    var lines = heading + faults + differences
    for benefit in report.benefits { lines += [""] + self.lines(benefit) }
    for together in report.together { lines += [""] + self.lines(together) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var heading: [String] {
    let request = report.request
    func name(_ rulebook: Rulebook) -> String {
      let title = rulebook.program.title
      let text = title.text(in: rulebook.program.language, else: rulebook.program.language)
      return text.map { "\($0) (\(rulebook.id))" } ?? rulebook.id
    }
    return [
      "first:  \(name(request.first))", "second: \(name(request.second))",
      "decided for \(request.today)",
    ]
  }

  var faults: [String] {
    let rows = report.rows
    var lines = ["\(words.count(rows.read)) rows, \(words.count(rows.compared)) compared"]
    for (count, what) in [
      (rows.faultyInBoth, "no case for either rulebook"),
      (rows.faultyInFirst, "no case for the first rulebook"),
      (rows.faultyInSecond, "no case for the second rulebook"),
    ] where count > 0 { lines.append("  \(words.count(count)) \(what), left out of all figures") }
    for fault in rows.faults {
      lines.append(
        "    \(fault.what): \(words.count(fault.rows)) (\(ids(fault.examples)))")
    }
    return lines
  }

  private var differences: [String] {
    let stated = report.request.statedDifferences
    guard !stated.isEmpty else { return ["", "The two rulebooks say the same."] }
    return ["", "What they say otherwise"]
      + stated.map { difference in
        "  \(difference.subject.rawValue) `\(difference.name)`\(words.cited(difference.citations)): "
          + difference.details.joined(separator: ", ")
      }
  }

  // MARK: - A benefit

  private func lines(_ benefit: ReformReport.BenefitReport) -> [String] {
    var lines = [words.title(benefit.title).map { "\(benefit.name): \($0)" } ?? benefit.name]
    lines += sides(benefit)
    lines.append("")
    var table: [[String]] = []
    for change in benefit.changes {
      if change.decisions == 0, !Self.alwaysShown.contains(change.shift) { continue }
      table.append([
        "  \(change.shift.words(isCharge: benefit.isCharge))", words.count(change.decisions),
        money(change, benefit), "",
      ])
      for cause in benefit.causes {
        guard let (own, examples) = cause.changes.first(where: { $0.change.shift == change.shift })
        else { continue }
        table.append([
          "    \(words.reason(cause.reason))\(words.cited(cause.citations.map(\.text)))",
          words.count(own.decisions), money(own, benefit),
          ids(examples.map(label)),
        ])
      }
    }
    lines += Self.aligned(table)
    lines += values(benefit)
    return lines
  }

  private static let alwaysShown: Set<BenefitShift> = [.gained, .lost, .up, .down, .unchanged]

  private func money(
    _ change: ReformReport.Change, _ benefit: ReformReport.BenefitReport
  ) -> String {
    guard let type = benefit.type, change.shift != .unchanged, change.decisions > 0 else {
      return ""
    }
    return words.change(change.difference, type)
  }

  private func ids(_ ids: [String]) -> String {
    ids.map(words.wording.line).joined(separator: ", ")
  }

  private func label(_ example: ReformReport.Example) -> String {
    example.member.map { "\(example.id)/\($0)" } ?? example.id
  }

  private func sides(_ benefit: ReformReport.BenefitReport) -> [String] {
    let declared = Benefit(named: benefit.name, isCharge: benefit.isCharge)
    var table = [["", "before", "after", ""]]
    for (index, outcome) in Outcome.allCases.enumerated().reversed() {
      let (before, after) = (
        benefit.before?.outcomes[index].decisions, benefit.after?.outcomes[index].decisions
      )
      if (before ?? 0) + (after ?? 0) == 0 { continue }
      table.append([
        "  \(outcome.name(of: declared))", before.map(words.count) ?? "-",
        after.map(words.count) ?? "-", "",
      ])
    }
    if let type = benefit.type {
      table.append([
        benefit.isCharge ? "  owed in all" : "  paid in all",
        benefit.before.map { words.amount($0.paid, type) } ?? "-",
        benefit.after.map { words.amount($0.paid, type) } ?? "-",
        words.change(benefit.difference, type),
      ])
    }
    return Self.aligned(table)
  }

  /// What examples hold, where it was asked for.
  private func values(_ benefit: ReformReport.BenefitReport) -> [String] {
    guard report.request.keepsValues else { return [] }
    var lines: [String] = []
    for cause in benefit.causes {
      for (change, examples) in cause.changes {
        for example in examples {
          lines.append(
            "  \(words.wording.line(label(example))): \(change.shift.words(isCharge: benefit.isCharge)), "
              + "\(example.before ?? "-") -> \(example.after ?? "-")")
          if let row = example.row { lines.append("    \(row)") }
        }
      }
    }
    return lines.isEmpty ? [] : [""] + lines
  }

  // MARK: - Together

  private func lines(_ together: ReformReport.Together) -> [String] {
    let unit = words.wording.unitName(together.type)
    let type = together.type
    return ["all benefits" + (unit.isEmpty ? "" : " in \(unit)")]
      + Self.aligned([
        ["  paid before", "", words.amount(together.before, type), ""],
        ["  paid after", "", words.amount(together.after, type), ""],
        ["  difference", "", words.change(together.difference, type), ""],
        [
          "  households better off", words.count(together.better.households),
          together.better.households == 0 ? "" : words.change(together.better.difference, type), "",
        ],
        [
          "  households worse off", words.count(together.worse.households),
          together.worse.households == 0 ? "" : words.change(together.worse.difference, type), "",
        ],
        ["  households with the same", words.count(together.same), "", ""],
        [
          "  households not known", words.count(together.notKnown),
          notKnown(together).map { words.change($0, type) } ?? "", "",
        ],
      ])
  }

  /// What the difference of those comes to of whom something is open or in error, so that the lines add up.
  private func notKnown(_ together: ReformReport.Together) -> Number? {
    guard let all = together.difference, let better = together.better.difference,
      let worse = together.worse.difference, let rest = try? all - better - worse
    else { return nil }
    return rest.isZero ? nil : rest
  }

  /// The first column to the left, the numbers to the right, nothing behind the last.
  private static func aligned(_ table: [[String]]) -> [String] {
    func width(_ column: Int) -> Int { table.map { $0[column].count }.max() ?? 0 }
    let widths = [width(0), width(1), width(2)]
    return table.map { row in
      func padding(_ column: Int) -> String {
        String(repeating: " ", count: widths[column] - row[column].count)
      }
      var line = row[0] + padding(0)
      for column in [1, 2] { line += "  " + padding(column) + row[column] }
      line += "  " + row[3]
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}

extension Benefit {
  /// What outcomes are called of a benefit, or of a charge.
  fileprivate init(named name: String, isCharge: Bool) {
    self.init(name: name, span: Span(file: 0, start: 0, end: 0))
    self.isCharge = isCharge
  }
}
