import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// What stands below a chart: a number in it and what it marks.
struct ChartNote {
  /// `nil` for what is a pattern, not a place.
  let number: Int?
  let at: Number?
  let isCliff: Bool
  /// The class of the pattern.
  let style: String
  let lines: [String]

  /// So many are marked.
  private static let limit = 20
  private static let lineLength = 125

  static func all(
    _ sweep: Sweep, _ wording: Wording, _ swept: SweptCase, through end: Number
  ) -> [ChartNote] {
    let falls = sweep.falls
    var places: [(at: Number, isCliff: Bool, text: String)] = []
    for fall in falls where fall.from < end {
      places.append((fall.from, true, wording.fall(fall, sweep, swept)))
    }
    for jump in sweep.jumps where jump.last < end {
      if falls.contains(where: { $0.kind == .jump && $0.from == jump.last }) { continue }
      let words = wording.phrase(
        .jump, wording.number(jump.last, sweep.factType), wording.bare(jump.before, sweep.type),
        wording.number(jump.after, sweep.type))
      places.append((jump.last, false, words + suffix(jump.turn, wording)))
    }
    places.sort { $0.at < $1.at }
    var notes = places.prefix(limit).enumerated().map { index, place in
      ChartNote(
        number: index + 1, at: place.at, isCliff: place.isCliff, style: "",
        lines: wrapped(place.text))
    }
    if falls.contains(where: { $0.kind == .jump && $0.recovery != nil && $0.from < end }) {
      notes.append(
        ChartNote(
          number: nil, at: nil, isCliff: true, style: "lost",
          lines: wrapped(wording.phrase(.lostLegend))))
    }
    var seen: [String] = []
    for piece in sweep.pieces where piece.from <= end {
      guard case .notDecided(let why) = piece.content else { continue }
      let words = wording.why(why)
      if seen.contains(words) { continue }
      seen.append(words)
      notes.append(
        ChartNote(number: nil, at: nil, isCliff: false, style: "undecided", lines: wrapped(words)))
    }
    return notes
  }

  private static func suffix(_ turn: TurningPoint?, _ wording: Wording) -> String {
    wording.turn(turn).map { " (\($0))" } ?? ""
  }

  /// Lines of so many characters, broken at spaces.
  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > lineLength {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return lines + [line]
  }
}

/// Writes SVG.
struct ChartText {
  private(set) var svg = ""

  mutating func add(_ line: String) { svg += "  " + line + "\n" }

  mutating func label(_ text: String, x: String, y: Int, _ style: String) {
    add("<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\">\(Self.escaped(text))</text>")
  }

  /// - Parameters:
  ///   - width: in points.
  ///   - height: in points.
  ///   - title: what the chart is called.
  ///   - about: what it shows, for who cannot see it.
  ///   - style: what this kind of chart adds to the style of all.
  ///   - patterns: what it adds to the patterns.
  mutating func open(
    width: Int, height: Int, title: String, about: String, style: String = "",
    patterns: String = ""
  ) {
    svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
      height="\(height)" role="img" aria-labelledby="title about">
        <title id="title">\(Self.escaped(title))</title>
        <desc id="about">\(Self.escaped(about))</desc>
        <style>
      \(Self.style)\(style)
        </style>
        <defs>
          <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line class="hatch" x1="0" y1="0" x2="0" y2="7"/>
          </pattern>\(patterns)
        </defs>

      """
  }

  mutating func close() { svg += "</svg>\n" }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// Dark on light, and on screens that ask for it light on dark; on paper always the first.
  private static let style = """
        svg { --ink: #1b1f24; --soft: #57606a; --grid: #d8dee4; --paper: #ffffff; --amount: #0b5394; --cliff: #b3261e; --jump: #57606a; --lost: #b3261e1f; }
        @media screen and (prefers-color-scheme: dark) {
          svg { --ink: #f0f3f6; --soft: #b1bac4; --grid: #3d444d; --paper: #151b23; --amount: #79b8ff; --cliff: #ff8a80; --jump: #b1bac4; --lost: #ff8a8033; }
        }
        text { font-family: "Source Sans 3", "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif; fill: var(--ink); font-size: 13px; }
        .paper { fill: var(--paper); }
        .title { font-size: 20px; font-weight: 600; }
        .small, .tick { fill: var(--soft); font-size: 12px; }
        .axisname { font-size: 13px; }
        .note { font-size: 12.5px; }
        .end, .last { text-anchor: end; }
        .middle { text-anchor: middle; }
        .grid { stroke: var(--grid); stroke-width: 1; }
        .axis { stroke: var(--soft); stroke-width: 1.2; }
        .amount { fill: none; stroke: var(--amount); stroke-width: 2.4; stroke-linejoin: round; stroke-linecap: round; }
        line.jump, line.cliff { stroke: var(--jump); stroke-width: 1.4; stroke-dasharray: 4 3; }
        line.cliff { stroke: var(--cliff); }
        .closed { fill: var(--amount); }
        .open { fill: var(--paper); stroke: var(--amount); stroke-width: 1.8; }
        .badge.jump { fill: var(--jump); }
        .badge.cliff { fill: var(--cliff); }
        .number { fill: var(--paper); font-size: 11px; font-weight: 600; }
        .lost { fill: var(--lost); }
        .hatch { stroke: var(--soft); stroke-width: 1.4; opacity: 0.55; }
        .undecided { fill: url(#hatch); stroke: var(--grid); stroke-width: 1; }
    """
}
