import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

extension SweptCase {
  /// Pieces, jumps and cliffs as lines for people, the last one ended too.
  public func text(in language: String? = nil) -> String {
    let wording = Wording(program, facts, language: language)
    var lines = wording.titles(of: [])
    lines.append(wording.phrase(.decidedFor, today.description))
    for sweep in sweeps { lines += [""] + SweepText(wording, sweep, self).lines }
    return lines.joined(separator: "\n") + "\n"
  }
}

private struct SweepText {
  let wording: Wording
  let sweep: Sweep
  let swept: SweptCase

  init(_ wording: Wording, _ sweep: Sweep, _ swept: SweptCase) {
    self.wording = wording
    self.sweep = sweep
    self.swept = swept
  }

  var lines: [String] {
    let along = wording.phrase(
      .sweptAlong, wording.name(of: sweep.fact), fact(sweep.from), fact(sweep.through))
    return [wording.heading(sweep.goal), "  " + along, ""] + table.map { "  " + $0 } + jumps + falls
  }

  private func fact(_ number: Number) -> String { wording.number(number, sweep.factType) }

  // MARK: - Pieces

  private var table: [String] {
    let header = [
      wording.phrase(.columnFrom), wording.phrase(.columnTo), wording.phrase(.columnAmount),
      wording.phrase(.columnRate), wording.phrase(.columnFormula),
    ]
    var rows = [header]
    for piece in sweep.pieces { rows.append(cells(piece)) }
    let widths = header.indices.map { column in
      rows.map { column < 2 || $0.count > 3 ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var text = ""
      for (column, cell) in row.enumerated() {
        let gap = String(repeating: " ", count: max(0, widths[column] - cell.count))
        let isLast = column == row.count - 1
        // Numbers end at one place, words begin at one.
        text += column < 2 || column == 3 ? gap + cell : isLast ? cell : cell + gap
        if !isLast { text += "   " }
      }
      while text.hasSuffix(" ") { text.removeLast() }
      return text
    }
  }

  private func cells(_ piece: Sweep.Piece) -> [String] {
    let ends = [
      wording.bare(piece.from, sweep.factType), wording.bare(piece.through, sweep.factType),
    ]
    switch piece.content {
    case .notDecided(let why): return ends + [wording.why(why)]
    case .value(let value): return ends + [wording.value(value, sweep.type), "", ""]
    case .amount(let line, let outcome):
      if let outcome, outcome != .entitled, case .benefit(let id, _) = sweep.goal {
        return ends + [wording.outcome(outcome, of: wording.program.benefits[id]), "", ""]
      }
      return ends + [
        amounts(piece, line), line.isConstant ? "" : wording.rate(piece, sweep) ?? "",
        line.isConstant ? "" : wording.formula(line),
      ]
    }
  }

  private func amounts(_ piece: Sweep.Piece, _ line: SteppedLine) -> String {
    guard let first = try? line.value(at: piece.from), let last = try? line.value(at: piece.through)
    else { return "?" }
    let end = wording.number(last, sweep.type)
    return first == last ? end : "\(wording.bare(first, sweep.type)) → \(end)"
  }

  // MARK: - What happens between them

  private var jumps: [String] {
    list(
      .jumps,
      sweep.jumps.map { jump in
        let words = wording.phrase(
          .jump, fact(jump.last), wording.bare(jump.before, sweep.type),
          wording.number(jump.after, sweep.type))
        return words + suffix(jump.turn)
      })
  }

  private var falls: [String] {
    list(.falls, sweep.falls.map { wording.fall($0, sweep, swept) })
  }

  private func list(_ heading: Phrase, _ items: [String]) -> [String] {
    items.isEmpty ? [] : [""] + wording.list(heading, items)
  }

  private func suffix(_ turn: TurningPoint?) -> String {
    wording.turn(turn).map { " (\($0))" } ?? ""
  }
}
