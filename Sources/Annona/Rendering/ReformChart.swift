import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

extension ReformReport {
  /// How changes are spread, as a drawing in SVG, for the screen, light or dark, and for print: a panel for each benefit, and one for each unit over all benefits; the last line ended too.
  public func chart() -> String { ReformChart(words: ReformWords(self), report: self).svg }
}

private struct ReformChart {
  let words: ReformWords
  let report: ReformReport

  /// One histogram, with what it is about.
  private struct Panel {
    let title: String
    let lines: [String]
    let histogram: ChangeHistogram
    let type: ValueType
    /// What stands across: `change of the amount`.
    let across: String
    let up: String
    /// Whether more is worse.
    let isCharge: Bool
    /// Whether bars have a part for what is gained or lost altogether.
    let hasFlips: Bool
    let unchanged: Int

    /// Without a change there is nothing to draw.
    var height: Int { histogram.bars.isEmpty ? 130 : 440 }
  }

  private static let width = 960
  private static let head = 92
  private static let right = 928

  var svg: String {
    let panels = panels
    var text = ChartText()
    let height = Self.head + panels.reduce(panels.isEmpty ? 60 : 0) { $0 + $1.height }
    text.open(
      width: Self.width, height: height, title: title, about: about, style: Self.style,
      patterns: Self.patterns)
    text.add("<rect class=\"paper\" width=\"\(Self.width)\" height=\"\(height)\"/>")
    text.label(title, x: "32", y: 40, "title")
    text.label(about, x: "32", y: 62, "small")
    var top = Self.head
    for panel in panels {
      draw(panel, top: top, &text)
      top += panel.height
    }
    if panels.isEmpty { text.label("No benefit pays an amount.", x: "32", y: 130, "note") }
    text.close()
    return text.svg
  }

  private var title: String { "Who gains and who loses" }

  private var about: String {
    let request = report.request
    func name(_ rulebook: Rulebook) -> String {
      rulebook.program.title.text(
        in: rulebook.program.language, else: rulebook.program.language) ?? rulebook.id
    }
    return
      "\(name(request.first)) → \(name(request.second)) · decided for \(request.today) · \(words.count(report.rows.compared)) rows"
  }

  private var panels: [Panel] {
    var panels: [Panel] = []
    for benefit in report.benefits {
      guard let type = benefit.type else { continue }
      panels.append(panel(benefit, type))
    }
    for together in report.together {
      let benefits = report.benefits.filter { $0.type == together.type }
      // One benefit for the case itself is all that there is.
      guard benefits.count > 1 || isForMembers(benefits) else { continue }
      panels.append(panel(together))
    }
    return panels
  }

  private func isForMembers(_ benefits: [ReformReport.BenefitReport]) -> Bool {
    benefits.contains { benefit in
      [report.request.first, report.request.second].contains { rulebook in
        rulebook.program.benefits.contains { $0.name == benefit.name && $0.members != nil }
      }
    }
  }

  private func panel(_ benefit: ReformReport.BenefitReport, _ type: ValueType) -> Panel {
    func decisions(_ shift: BenefitShift) -> Int {
      benefit.changes.first { $0.shift == shift }?.decisions ?? 0
    }
    let parts = BenefitShift.allCases.filter { $0 != .unchanged && decisions($0) > 0 }.map {
      "\(words.count(decisions($0))) \($0.words(isCharge: benefit.isCharge))"
    }
    let money =
      "\(benefit.isCharge ? "owed" : "paid") in all \(words.amount(benefit.before?.paid ?? .zero, type)) → "
      + "\(words.amount(benefit.after?.paid ?? .zero, type)) (\(words.change(benefit.difference, type)))"
    return Panel(
      title: words.title(benefit.title).map { "\($0) (\(benefit.name))" } ?? benefit.name,
      lines: [
        (parts + ["\(words.count(decisions(.unchanged))) unchanged"]).joined(separator: " · "),
        money,
      ],
      histogram: benefit.histogram, type: type, across: "change of the amount", up: "decisions",
      isCharge: benefit.isCharge, hasFlips: true, unchanged: decisions(.unchanged))
  }

  private func panel(_ together: ReformReport.Together) -> Panel {
    let unit = words.wording.unitName(together.type)
    var parts = [
      "\(words.count(together.better.households)) better off",
      "\(words.count(together.worse.households)) worse off",
      "\(words.count(together.same)) the same",
    ]
    if together.notKnown > 0 { parts.append("\(words.count(together.notKnown)) not known") }
    let money =
      "paid in all \(words.amount(together.before, together.type)) → "
      + "\(words.amount(together.after, together.type)) (\(words.change(together.difference, together.type)))"
    return Panel(
      title: "Households, all benefits" + (unit.isEmpty ? "" : " in \(unit)"),
      lines: [parts.joined(separator: " · "), money], histogram: together.histogram,
      type: together.type, across: "change for the household", up: "households", isCharge: false,
      hasFlips: false, unchanged: together.same)
  }

  // MARK: - A panel

  private func draw(_ panel: Panel, top: Int, _ text: inout ChartText) {
    text.label(panel.title, x: "32", y: top + 24, "panel")
    for (index, line) in panel.lines.enumerated() {
      text.label(line, x: "32", y: top + 44 + index * 17, "small")
    }
    let (first, bottom) = (top + 116, top + 330)
    guard let low = panel.histogram.bars.map(\.from).min(),
      let high = panel.histogram.bars.map(\.to).max()
    else {
      text.label("Nobody's amount changes.", x: "32", y: top + 90, "note")
      return
    }
    let most = panel.histogram.bars.map(\.decisions).max() ?? 1
    let step = max(.one, ChartScale.step((.zero, Number(most)), atMost: 5) ?? .one)
    let ceiling = (try? Number(most).rounded(to: step, .up)) ?? Number(most)
    let up = ChartScale(low: .zero, high: ceiling, start: bottom, end: first)
    let heights = up.ticks(atMost: 5).filter(\.isInteger)
    let left = 48 + (heights.map { words.wording.whole($0).count }.max() ?? 1) * 8
    let width = panel.histogram.width
    let across = ChartScale(
      low: min(low, -width), high: max(high, width), start: left, end: Self.right)
    grid(heights, up, left, &text)
    text.label(panel.up, x: "32", y: first - 14, "axisname")
    for bar in panel.histogram.bars { draw(bar, panel, across, up, &text) }
    axis(panel, across, first: first, bottom: bottom, &text)
    legend(panel, y: bottom + 76, &text)
  }

  private func grid(
    _ heights: [Number], _ up: ChartScale, _ left: Int, _ text: inout ChartText
  ) {
    for tick in heights {
      let y = up.text(tick)
      text.add("<line class=\"grid\" x1=\"\(left)\" y1=\"\(y)\" x2=\"\(Self.right)\" y2=\"\(y)\"/>")
      text.label(
        words.wording.whole(tick), x: "\(left - 8)", y: (up.place(tick).floor.integer ?? 0) + 4,
        "tick end")
    }
  }

  private func draw(
    _ bar: ChangeHistogram.Bar, _ panel: Panel, _ across: ChartScale, _ up: ChartScale,
    _ text: inout ChartText
  ) {
    let isRise = bar.to.sign > 0
    let style = isRise == panel.isCharge ? "less" : "more"
    let gap = (try? Number(1, over: 2)) ?? .zero
    guard let start = try? across.place(bar.from) + gap,
      let end = try? across.place(bar.to) - gap, let width = try? end - start
    else { return }
    func block(_ from: Int, _ to: Int, _ style: String) {
      let (y, base) = (up.place(Number(to)), up.place(Number(from)))
      guard to > from, let height = try? base - y else { return }
      text.add(
        "<rect class=\"\(style)\" x=\"\(start)\" y=\"\(y)\" width=\"\(max(width, .one))\" height=\"\(max(height, .one))\"/>"
      )
    }
    block(0, bar.decisions, style)
    if panel.hasFlips { block(bar.moved, bar.decisions, "flipped") }
    if bar.isTail {
      let x = try? (start + end) / Number(2)
      let y = (up.place(Number(bar.decisions)).floor.integer ?? 0) - 6
      text.label(isRise ? "and more" : "and less", x: (x ?? start).canonicalText, y: y, "tail")
    }
  }

  private func axis(
    _ panel: Panel, _ across: ChartScale, first: Int, bottom: Int, _ text: inout ChartText
  ) {
    let ticks = across.ticks(atMost: 10)
    let isWhole = ticks.allSatisfy(\.isInteger)
    for tick in ticks {
      let x = across.text(tick)
      text.add(
        "<line class=\"axis\" x1=\"\(x)\" y1=\"\(bottom)\" x2=\"\(x)\" y2=\"\(bottom + 6)\"/>")
      let figure =
        isWhole ? words.wording.whole(tick) : words.wording.bare(tick, panel.type)
      let isLast = across.place(tick) > Number(Self.right - 20)
      text.label(
        (tick.sign > 0 ? "+" : "") + figure, x: x, y: bottom + 22,
        isLast ? "tick last" : "tick middle")
    }
    text.add(
      "<line class=\"axis\" x1=\"\(across.start)\" y1=\"\(bottom)\" x2=\"\(Self.right)\" y2=\"\(bottom)\"/>"
    )
    let zero = across.text(.zero)
    text.add(
      "<line class=\"zero\" x1=\"\(zero)\" y1=\"\(first - 22)\" x2=\"\(zero)\" y2=\"\(bottom)\"/>")
    let isRight = across.place(.zero) > Number(Self.right - 160)
    text.label(
      "\(words.count(panel.unchanged)) \(panel.hasFlips ? "unchanged" : "the same")",
      x: ((try? across.place(.zero) + Number(isRight ? -6 : 6)) ?? .zero).canonicalText,
      y: first - 14, isRight ? "small last" : "small")
    let unit = words.wording.unitName(panel.type)
    let width = words.wording.whole(panel.histogram.width)
    text.label(
      (unit.isEmpty ? panel.across : "\(panel.across) (\(unit))") + ", in steps of \(width)",
      x: "\((across.start + Self.right) / 2)", y: bottom + 46, "axisname middle")
  }

  private func legend(_ panel: Panel, y: Int, _ text: inout ChartText) {
    var entries: [(style: String, isFlip: Bool, words: String)] = []
    let bars = panel.histogram.bars
    let (rises, falls) = (bars.filter { $0.to.sign > 0 }, bars.filter { $0.to.sign <= 0 })
    let (more, less) = panel.isCharge ? ("less", "more") : ("more", "less")
    if !panel.hasFlips {
      if !rises.isEmpty { entries.append((more, false, "better off")) }
      if !falls.isEmpty { entries.append((less, false, "worse off")) }
    } else {
      func words(_ shift: BenefitShift) -> String { shift.words(isCharge: panel.isCharge) }
      if rises.contains(where: { $0.moved > 0 }) { entries.append((more, false, words(.up))) }
      if rises.contains(where: { $0.flipped > 0 }) { entries.append((more, true, words(.gained))) }
      if falls.contains(where: { $0.moved > 0 }) { entries.append((less, false, words(.down))) }
      if falls.contains(where: { $0.flipped > 0 }) { entries.append((less, true, words(.lost))) }
    }
    var x = 48
    for entry in entries {
      let box = "x=\"\(x)\" y=\"\(y - 11)\" width=\"18\" height=\"13\""
      text.add("<rect class=\"\(entry.style)\" \(box)/>")
      if entry.isFlip { text.add("<rect class=\"flipped\" \(box)/>") }
      text.label(entry.words, x: "\(x + 26)", y: y, "note")
      x += 50 + entry.words.count * 8
    }
  }

  /// Gains and losses differ in hue and side; what is gained or lost altogether is striped, so that it can be told on paper too.
  private static let style = """

        .panel { font-size: 16px; font-weight: 600; }
        .more { fill: var(--amount); }
        .less { fill: var(--cliff); }
        .flipped { fill: url(#stripes); }
        .stripe { stroke: var(--paper); stroke-width: 2.2; }
        .zero { stroke: var(--ink); stroke-width: 1.6; }
        .tail { fill: var(--soft); font-size: 11px; text-anchor: middle; }
    """

  private static let patterns = """

          <pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line class="stripe" x1="0" y1="0" x2="0" y2="6"/>
          </pattern>
    """
}
