import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

extension SweptCase {
  /// One sweep as a drawing in SVG, for the screen, light or dark, and for print; the last line ended too.
  ///
  /// It shows nothing of the household but the fact that is swept.
  public func chart(of sweep: Sweep, in language: String? = nil) -> String {
    SweepChart(Wording(program, facts, language: language), sweep, self).svg
  }
}

/// Draws a sweep: axes, pieces, jumps and cliffs, with what stands behind each number below.
struct SweepChart {
  let wording: Wording
  let sweep: Sweep
  private let today: CalendarDate
  private let falls: [Sweep.Fall]
  private let across: ChartScale
  private let up: ChartScale
  private let notes: [ChartNote]

  private static let width = 960
  private static let top = 116
  private static let bottom = 470
  private static let right = 928
  private static let lineHeight = 18

  init(_ wording: Wording, _ sweep: Sweep, _ swept: SweptCase) {
    self.wording = wording
    self.sweep = sweep
    today = swept.today
    falls = sweep.falls
    let end = Self.end(of: sweep)
    let greatest = Self.greatest(sweep, end)
    let high = Self.ceiling(greatest)
    let widest =
      ChartScale(low: .zero, high: high, start: 0, end: 1).ticks(atMost: 6)
      .map { wording.bare($0, sweep.type).count }.max() ?? 1
    across = ChartScale(
      low: sweep.from, high: end, start: 40 + widest * 8, end: Self.right)
    up = ChartScale(low: .zero, high: high, start: Self.bottom, end: Self.top)
    notes = ChartNote.all(sweep, wording, swept, through: end)
  }

  // MARK: - What is shown

  /// A long end without any turn is cut off a little behind the last one.
  private static func end(of sweep: Sweep) -> Number {
    guard let last = sweep.pieces.last, last.from > sweep.from, last.line?.isConstant ?? true,
      let shown = try? last.from + (last.from - sweep.from) / Number(4),
      let whole = try? shown.rounded(
        to: ChartScale.step((sweep.from, shown), atMost: 20) ?? .one, .up)
    else { return sweep.through }
    return min(whole, sweep.through)
  }

  private static func greatest(_ sweep: Sweep, _ end: Number) -> Number {
    var greatest = Number.zero
    for piece in sweep.pieces where piece.from <= end {
      guard let line = piece.line else { continue }
      for x in [piece.from, min(piece.through, end)] {
        if let value = try? line.value(at: x) { greatest = max(greatest, value) }
      }
    }
    return greatest
  }

  /// A round number a little above.
  private static func ceiling(_ greatest: Number) -> Number {
    guard greatest.sign > 0, let step = ChartScale.step((.zero, greatest), atMost: 6),
      let high = try? (greatest * Number(21, over: 20)).rounded(to: step, .up)
    else { return .one }
    return high
  }

  // MARK: - The drawing

  var svg: String {
    var text = ChartText()
    let noteLines = notes.flatMap { $0.lines }.count
    let height = 540 + (notes.isEmpty ? 0 : noteLines * Self.lineHeight + notes.count * 6 + 20)
    text.open(width: Self.width, height: height, title: title, about: subtitle)
    text.add("<rect class=\"paper\" width=\"\(Self.width)\" height=\"\(height)\"/>")
    text.label(title, x: "32", y: 40, "title")
    text.label(subtitle, x: "32", y: 62, "small")
    axes(&text)
    undecided(&text)
    recoveries(&text)
    pieces(&text)
    marks(&text)
    legend(&text)
    text.close()
    return text.svg
  }

  private var title: String { wording.heading(sweep.goal) }

  private var subtitle: String {
    let titles = wording.titles(of: [])
    return (titles + [wording.phrase(.decidedFor, today.description)]).joined(separator: " · ")
  }

  private func axes(_ text: inout ChartText) {
    let left = across.start
    let heights = up.ticks(atMost: 6)
    for tick in heights {
      let y = up.text(tick)
      text.add("<line class=\"grid\" x1=\"\(left)\" y1=\"\(y)\" x2=\"\(Self.right)\" y2=\"\(y)\"/>")
      text.label(
        shortened(tick, among: heights, sweep.type), x: "\(left - 10)",
        y: up.place(tick).floorInt + 4, "tick end")
    }
    let ticks = across.ticks(atMost: 8)
    for tick in ticks {
      let x = across.text(tick)
      text.add(
        "<line class=\"axis\" x1=\"\(x)\" y1=\"\(Self.bottom)\" x2=\"\(x)\" y2=\"\(Self.bottom + 6)\"/>"
      )
      let isLast = across.place(tick) > Number(Self.right - 24)
      text.label(
        shortened(tick, among: ticks, sweep.factType), x: x, y: Self.bottom + 22,
        isLast ? "tick last" : "tick middle")
    }
    text.add(
      "<line class=\"axis\" x1=\"\(left)\" y1=\"\(Self.bottom)\" x2=\"\(Self.right)\" y2=\"\(Self.bottom)\"/>"
    )
    text.add(
      "<line class=\"axis\" x1=\"\(left)\" y1=\"\(Self.top - 8)\" x2=\"\(left)\" y2=\"\(Self.bottom)\"/>"
    )
    text.label(unit(sweep.type), x: "32", y: Self.top - 22, "axisname")
    let fact = wording.shortName(of: sweep.fact)
    let unit = unit(sweep.factType)
    text.label(
      unit.isEmpty ? fact : "\(fact) (\(unit))", x: "\((left + Self.right) / 2)",
      y: Self.bottom + 48, "axisname middle")
  }

  /// Whole ticks need no cents.
  private func shortened(_ tick: Number, among ticks: [Number], _ type: ValueType) -> String {
    guard case .number(let number) = type.present, !number.isPercent,
      ticks.allSatisfy(\.isInteger)
    else { return wording.bare(tick, type) }
    return wording.whole(tick)
  }

  private func unit(_ type: ValueType) -> String { wording.unitName(type) }

  // MARK: - Pieces

  private func pieces(_ text: inout ChartText) {
    var lines: [String] = []
    var current: [String] = []
    var before: Sweep.Piece?
    func finish() {
      if current.count > 0 { lines.append(current.joined(separator: " ")) }
      current = []
    }
    for piece in sweep.pieces where piece.from <= across.high {
      guard let line = piece.line else {
        finish()
        before = nil
        continue
      }
      let points = points(piece, line)
      if let before, isJump(before, piece) { finish() }
      current += points
      before = piece
    }
    finish()
    for line in lines { text.add("<polyline class=\"amount\" points=\"\(line)\"/>") }
  }

  private func isJump(_ one: Sweep.Piece, _ other: Sweep.Piece) -> Bool {
    sweep.jumps.contains { $0.last == one.through && $0.first == other.from }
  }

  /// Its ends; of a staircase whose steps can be seen, every corner.
  private func points(_ piece: Sweep.Piece, _ line: SteppedLine) -> [String] {
    let through = min(piece.through, across.high)
    guard let corners = corners(piece, line, through) else {
      return [piece.from, through].compactMap { point($0, line) }
    }
    return corners
  }

  private func point(_ x: Number, _ line: SteppedLine) -> String? {
    (try? line.value(at: x)).map { "\(across.text(x)),\(up.text($0))" }
  }

  /// `nil` where steps are narrower than can be seen, or go both ways.
  private func corners(
    _ piece: Sweep.Piece, _ line: SteppedLine, _ through: Number
  ) -> [String]? {
    guard line.terms.count == 1, line.slope.isZero, let term = line.terms.first,
      let slope = term.stair.of.rate, let width = try? (term.stair.step / slope).magnitude,
      let scale = try? (across.high - across.low) / Number(across.end - across.start),
      let least = try? scale * Number(4), width >= least
    else { return nil }
    var corners: [String] = []
    var x = piece.from
    while x <= through, corners.count < 1_000 {
      guard let value = try? line.value(at: x) else { return nil }
      let last = lastOfStep(line, from: x, through, value, width)
      corners += ["\(across.text(x)),\(up.text(value))", "\(across.text(last)),\(up.text(value))"]
      guard let next = try? last + sweep.step else { break }
      x = next
    }
    return corners
  }

  /// The last value at which a staircase is on the same step: found by halving, since it goes one way only.
  private func lastOfStep(
    _ line: SteppedLine, from x: Number, _ through: Number, _ value: Number, _ width: Number
  ) -> Number {
    guard let beyond = try? x + width + sweep.step,
      let count = try? ((min(beyond, through) - x) / sweep.step).floor.integer
    else { return x }
    var (inside, outside) = (0, count + 1)
    while outside - inside > 1 {
      let middle = (inside + outside) / 2
      let isSame = (try? line.value(at: x + sweep.step * Number(middle))) == value
      if isSame { inside = middle } else { outside = middle }
    }
    return (try? x + sweep.step * Number(inside)) ?? x
  }

  // MARK: - Jumps, cliffs and what is not decided

  private func undecided(_ text: inout ChartText) {
    for piece in sweep.pieces where piece.from <= across.high {
      guard case .notDecided = piece.content else { continue }
      band(&text, piece.from, min(piece.through, across.high), "undecided")
    }
  }

  /// From a cliff to where as much is reached again.
  private func recoveries(_ text: inout ChartText) {
    for fall in falls where fall.kind == .jump && fall.from < across.high {
      guard let recovery = fall.recovery else { continue }
      band(&text, fall.from, min(recovery, across.high), "lost")
    }
  }

  private func band(_ text: inout ChartText, _ from: Number, _ through: Number, _ style: String) {
    let (start, end) = (across.place(from), across.place(through))
    guard let width = try? end - start else { return }
    text.add(
      "<rect class=\"\(style)\" x=\"\(start)\" y=\"\(Self.top)\" width=\"\(max(width, Number(2)))\" "
        + "height=\"\(Self.bottom - Self.top)\"/>")
  }

  private func marks(_ text: inout ChartText) {
    for jump in sweep.jumps where jump.last < across.high {
      let x = across.text(jump.last)
      let isCliff = notes.contains { $0.at == jump.last && $0.isCliff }
      let style = isCliff ? "cliff" : "jump"
      let (high, low) = (up.text(jump.before), up.text(jump.after))
      text.add("<line class=\"\(style)\" x1=\"\(x)\" y1=\"\(high)\" x2=\"\(x)\" y2=\"\(low)\"/>")
      text.add("<circle class=\"closed \(style)\" cx=\"\(x)\" cy=\"\(high)\" r=\"3.5\"/>")
      text.add("<circle class=\"open \(style)\" cx=\"\(x)\" cy=\"\(low)\" r=\"3.5\"/>")
    }
    // Numbers that would touch stand in rows above one another.
    var rows: [Number] = []
    for note in notes {
      guard let at = note.at, let number = note.number else { continue }
      let x = across.place(at)
      let row = rows.firstIndex { (try? $0 + Number(22)).map { $0 <= x } ?? true } ?? rows.count
      if row == rows.count { rows.append(x) } else { rows[row] = x }
      let y = Self.top - 4 + min(row, 8) * 22
      let style = note.isCliff ? "cliff" : "jump"
      text.add("<circle class=\"badge \(style)\" cx=\"\(x)\" cy=\"\(y)\" r=\"9\"/>")
      text.label("\(number)", x: x.canonicalText, y: y + 4, "number middle")
    }
  }

  private func legend(_ text: inout ChartText) {
    var y = 552
    for note in notes {
      let style = note.isCliff ? "cliff" : "jump"
      if let number = note.number {
        text.add("<circle class=\"badge \(style)\" cx=\"44\" cy=\"\(y - 4)\" r=\"9\"/>")
        text.label("\(number)", x: "44", y: y, "number middle")
      } else {
        text.add(
          "<rect class=\"\(note.style)\" x=\"35\" y=\"\(y - 12)\" width=\"18\" height=\"14\"/>")
      }
      for line in note.lines {
        text.label(line, x: "64", y: y, "note")
        y += Self.lineHeight
      }
      y += 6
    }
  }
}

extension Number {
  /// The whole number not above; 0 where it is too large.
  fileprivate var floorInt: Int { floor.integer ?? 0 }
}
