/// Faults of lines: what is indented like nothing around it, or follows what has ended.
extension YAMLReader {
  func keyMissing(_ problem: LibYAMLProblem) -> Diagnostic {
    if let diagnostic = behindClosed(problem) { return diagnostic }
    let place = problem.place
    switch firstCharacter(place) {
    case "-": return .listItemAmongNames(at: character(place))
    case "]", "}":
      return .wrongBracket(at: character(place), found: firstCharacter(place), wanted: nil)
    case ",": return textBegins(at: place)
    case ":": return .emptyKey(at: character(place))
    default: return badIndentation(place, outer: problem.start)
    }
  }

  /// Something stands behind a closed quote or bracket: on its line, or after a quote that was left open above.
  func behindClosed(_ problem: LibYAMLProblem) -> Diagnostic? {
    guard let last = lastEnd, last.range.upperBound <= problem.place else { return nil }
    let line = lines.line(at: problem.place)
    guard last.range.upperBound > line.lowerBound else { return nil }
    let opening = bytes[last.range.lowerBound]
    let isQuote = opening == 0x22 || opening == 0x27
    if last.range.lowerBound < line.lowerBound {
      return isQuote ? openQuote(at: last.range.lowerBound) : nil
    }
    guard last.isClosed else { return nil }
    if isQuote, firstCharacter(problem.place) == ":" {
      return .noColon(
        at: span(line),
        rewritten: lines.rewritten(problem.place..<(problem.place + 1), as: ": "))
    }
    let part = lines.flowOrLine(from: last.range.lowerBound, inFlow: false)
    return .textAfterEnd(
      of: firstCharacter(last.range.upperBound - 1),
      at: span(problem.place..<max(problem.place, part.upperBound)),
      rewritten: lines.quoting(part))
  }

  func badIndentation(_ place: Int, outer: Int) -> Diagnostic {
    let line = lines.line(at: place)
    guard line.lowerBound == place else { return .unreadable(at: character(place)) }
    if let end = lastEnd?.range.upperBound, end < place, bytes[end..<place].contains(0x23),
      lines.keyColon(in: line) == nil, firstCharacter(place) != "-"
    {
      return .textAfterComment(at: span(line))
    }
    let above = source.position(of: Int32(lineAbove(place)))
    let around = source.position(of: Int32(outer))
    var help = "begin it in column \(above.column), like line \(above.line)"
    if around.column != above.column, around.column > 0 {
      help += ", or in column \(around.column), like line \(around.line)"
    }
    return .badIndentation(at: span(line), help: help)
  }

  /// The first word of the nearest line above that is neither empty nor a comment.
  func lineAbove(_ place: Int) -> Int {
    var index = source.lineIndex(of: Int32(place)) - 1
    while index >= 0 {
      let line = lines.line(at: source.lineRange(index).lowerBound)
      if !line.isEmpty, bytes[line.lowerBound] != UInt8(ascii: "#") { return line.lowerBound }
      index -= 1
    }
    return place
  }

  func dashMissing(_ problem: LibYAMLProblem) -> Diagnostic {
    if let diagnostic = behindClosed(problem) { return diagnostic }
    if firstCharacter(problem.place) == "-" {
      return badIndentation(problem.place, outer: problem.start)
    }
    return .nameAmongListItems(at: span(lines.line(at: problem.place)))
  }

  func afterDocument(_ problem: LibYAMLProblem) -> Diagnostic {
    let place = problem.place
    if firstCharacter(place) == "%" { return .directive(at: span(lines.line(at: place))) }
    if let diagnostic = behindClosed(problem) { return diagnostic }
    let line = lines.line(at: place)
    let above = lines.line(at: lineAbove(place))
    if above.upperBound < place, lines.text(above).hasPrefix("...") {
      return .secondDocument(at: span(above))
    }
    if let root = builder.root, case .scalar = root.content {
      return .noColon(at: root.span, rewritten: nil)
    }
    let first =
      builder.root.map { source.position(of: $0.span.start) } ?? SourcePosition(line: 1, column: 1)
    return .badIndentation(
      at: span(line), help: "begin it in column \(first.column), like line \(first.line)")
  }
}
