/// Where libyaml stopped and why, in its own words, which no author ever sees.
struct LibYAMLProblem {
  let text: String
  let context: String
  /// The byte at which it stopped.
  let place: Int
  /// The byte at which the part began that it was reading.
  let start: Int
}

/// libyaml's words for faults, translated into what the author did and the line as it should be.
extension YAMLReader {
  /// YAML looks no further than 1024 characters for the colon behind a name.
  private static let longestKey = 1000

  mutating func explain(_ problem: LibYAMLProblem) {
    let diagnostic = translation(of: problem)
    // What an anchor or a cut text has broken on its own line needs no second report.
    let line = source.lineIndex(of: diagnostic.span.start)
    let isTold = builder.problems.contains { source.lineIndex(of: $0.span.start) == line }
    if !isTold { builder.report(diagnostic) }
  }

  private func translation(of problem: LibYAMLProblem) -> Diagnostic {
    switch problem.text {
    case "mapping values are not allowed in this context": return colonNotAllowed(problem)
    case "block sequence entries are not allowed in this context": return dashNotAllowed(problem)
    case "mapping keys are not allowed in this context": return textBegins(at: problem.place)
    case "could not find expected ':'": return colonMissing(problem)
    case "found character that cannot start any token": return cannotStart(problem)
    case "found unexpected end of stream", "found unexpected document indicator":
      return openQuote(at: problem.start)
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      return separatorMissing(problem)
    case "did not find expected key": return keyMissing(problem)
    case "did not find expected '-' indicator": return dashMissing(problem)
    case "did not find expected node content": return contentMissing(problem)
    case "did not find expected <document start>": return afterDocument(problem)
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return .tabIndentation(at: character(problem.place))
    case "found unknown escape character", "did not find expected hexdecimal number":
      return unknownEscape(problem)
    case "found invalid Unicode character escape code": return noCharacter(problem)
    default: return byContext(problem)
    }
  }

  private func byContext(_ problem: LibYAMLProblem) -> Diagnostic {
    switch problem.context {
    case "while scanning a block scalar": return afterBlockSign(problem)
    case "while scanning an anchor", "while scanning an alias": return textBegins(at: problem.start)
    case "while scanning a tag", "while parsing a tag", "while parsing a node":
      return textBegins(at: problem.start)
    case "while scanning a directive", "while scanning a %YAML directive",
      "while scanning a %TAG directive":
      return .directive(at: span(lines.line(at: problem.start)))
    default:
      if problem.text.hasPrefix("found duplicate %") || problem.text.hasSuffix("YAML document") {
        return .directive(at: span(lines.line(at: problem.place)))
      }
      return .unreadable(at: character(problem.place))
    }
  }

  // MARK: One line

  private func colonNotAllowed(_ problem: LibYAMLProblem) -> Diagnostic {
    let line = lines.line(at: problem.place)
    if let value = lines.value(inLineAt: problem.place, before: problem.place) {
      return .colonInText(at: character(problem.place), rewritten: lines.quoting(value))
    }
    // No earlier colon on this line: the line above is a text that this one would continue.
    let name = line.lowerBound..<max(line.lowerBound, problem.place)
    if name.count > Self.longestKey { return .complexKey(at: span(name)) }
    let parent = keyAbove(line.lowerBound)
    let column = parent.map { source.position(of: Int32($0.lowerBound)).column } ?? 1
    return .indentedUnderValue(
      at: span(name), name: lines.text(name) + ":",
      parent: parent.map { lines.text($0) },
      help: "begin `\(lines.text(name)):` in column \(column)"
        + "; or, if it is text, write `|` behind the name and the whole text below it")
  }

  /// The key of the nearest line above that is indented less.
  private func keyAbove(_ offset: Int) -> Range<Int>? {
    var index = source.lineIndex(of: Int32(offset)) - 1
    let indentation = offset - source.lineRange(index + 1).lowerBound
    var looked = 0
    while index >= 0, looked < 100 {
      let start = source.lineRange(index).lowerBound
      let line = lines.line(at: start)
      if !line.isEmpty, line.lowerBound - start < indentation {
        return lines.key(inLineAt: start)
      }
      index -= 1
      looked += 1
    }
    return nil
  }

  private func dashNotAllowed(_ problem: LibYAMLProblem) -> Diagnostic {
    guard lines.value(inLineAt: problem.place, before: problem.place + 1) != nil else {
      return .listItemAmongNames(at: character(problem.place))
    }
    let part = lines.flowOrLine(from: problem.place, inFlow: false)
    let item = lines.text((problem.place + 1)..<max(problem.place + 1, part.upperBound))
    let trimmed = String(item.drop { $0 == " " || $0 == "\t" })
    return .dashInLine(
      at: character(problem.place), list: lines.rewritten(part, as: "[" + trimmed + "]"),
      text: lines.quoting(part))
  }

  /// The value that begins here needs quotes.
  private func textBegins(at place: Int) -> Diagnostic {
    let part = lines.flowOrLine(from: place, inFlow: isInFlow)
    return .textBegins(
      with: firstCharacter(place), at: character(place), rewritten: lines.quoting(part))
  }

  private func cannotStart(_ problem: LibYAMLProblem) -> Diagnostic {
    let place = problem.place
    if place < bytes.count, bytes[place] == 0x09 { return .tabIndentation(at: character(place)) }
    return textBegins(at: place)
  }

  private func afterBlockSign(_ problem: LibYAMLProblem) -> Diagnostic {
    let part = lines.flowOrLine(from: problem.start, inFlow: isInFlow)
    return .textAfterBlockSign(
      firstCharacter(problem.start), at: span(part), rewritten: lines.quoting(part))
  }

  private func unknownEscape(_ problem: LibYAMLProblem) -> Diagnostic {
    var place = min(problem.place, bytes.count)
    while place > problem.start, place < bytes.count, bytes[place] != 0x5C { place -= 1 }
    let end = min(place + 2, bytes.count)
    let line = lines.line(at: problem.start)
    var rewritten: String?
    if let close = bytes[min(place, line.upperBound)..<line.upperBound].lastIndex(of: 0x22),
      close > problem.start + 1
    {
      let inner = lines.text((problem.start + 1)..<close)
      rewritten = lines.rewritten(
        problem.start..<(close + 1),
        as: "'"
          + inner.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
          + "'")
    }
    return .unknownEscape(
      at: character(place), found: lines.text(place..<end), rewritten: rewritten)
  }

  private func noCharacter(_ problem: LibYAMLProblem) -> Diagnostic {
    var start = min(problem.place, bytes.count - 1)
    while start > problem.start, bytes[start] != 0x5C { start -= 1 }
    var end = min(start + 2, bytes.count)
    let last = min(
      start + (end > start && bytes[end - 1] == UInt8(ascii: "U") ? 10 : 6), bytes.count)
    while end < last, bytes[end] != 0x22, bytes[end] != 0x5C { end += 1 }
    let place = start..<max(start, end)
    return .noCharacter(at: span(place), found: lines.text(place))
  }

  private func colonMissing(_ problem: LibYAMLProblem) -> Diagnostic {
    let start = problem.start
    let above = lines.line(at: lineAbove(start))
    if above.upperBound < start, let sign = bytes[above].last, sign == 0x7C || sign == 0x3E {
      return .textNotIndented(
        at: span(lines.line(at: start)), sign: lines.text((above.upperBound - 1)..<above.upperBound)
      )
    }
    if start < bytes.count, bytes[start] == 0x22 || bytes[start] == 0x27 {
      return openQuote(at: start)
    }
    let line = lines.line(at: start)
    var rewritten: String?
    if let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")), colon > start {
      var after = colon + 1
      while let space = oddSpace(bytes, at: after) { after += space.length }
      rewritten = lines.rewritten(colon..<after, as: ": ")
    }
    return .noColon(
      at: span(max(start, line.lowerBound)..<max(start, line.upperBound)), rewritten: rewritten)
  }

  private func openQuote(at start: Int) -> Diagnostic {
    let line = lines.line(at: start)
    let quote = firstCharacter(start)
    let rest = (start + 1)..<max(start + 1, line.upperBound)
    guard rest.upperBound <= bytes.count, !rest.isEmpty else {
      return .openQuote(quote, at: character(start), rewritten: nil)
    }
    // `'s avonds` is a text that begins with an apostrophe.
    let isApostrophe = quote == "'" && rest.count > 2 && lines.isBlank(rest.lowerBound + 1)
    let inner = lines.text(rest)
    let text = isApostrophe ? LineRewriting.quoted("'" + inner) : quote + inner + quote
    return .openQuote(
      quote, at: character(start),
      rewritten: lines.rewritten(start..<rest.upperBound, as: text))
  }

  // MARK: Brackets

  private func separatorMissing(_ problem: LibYAMLProblem) -> Diagnostic {
    let opening = firstCharacter(problem.start)
    let closing = opening == "{" ? "}" : "]"
    let found = firstCharacter(problem.place)
    if found == "}" || found == "]" {
      return .wrongBracket(at: character(problem.place), found: found, wanted: closing)
    }
    if found == ":", let key = lastEnd?.range, key.count > Self.longestKey {
      return .complexKey(at: span(key))
    }
    if let cut = commentInBrackets(from: problem.start, until: problem.place) { return cut }
    let isLater =
      source.lineIndex(of: Int32(problem.place)) > source.lineIndex(of: Int32(problem.start))
    guard problem.place < bytes.count, !isLater || !looksUnclosed(problem.start) else {
      return .openBracket(opening, at: character(problem.start), closing: closing)
    }
    var rewritten: String?
    if let value = builder.open.last?.items.last?.span ?? lastValue() {
      let part = lines.flowPart(from: Int(value.start))
      if part.contains(problem.place) { rewritten = lines.quoting(part) }
    }
    return .flowSeparator(at: character(problem.place), closing: closing, rewritten: rewritten)
  }

  /// The comment that swallowed the closing bracket on the line of an opening one.
  private func commentInBrackets(from start: Int, until place: Int) -> Diagnostic? {
    let line = start..<max(start, lines.line(at: start).upperBound)
    let comment = lines.beforeComment(line)
    let rest = comment..<line.upperBound
    guard comment < place, bytes[rest].contains(where: { $0 == 0x7D || $0 == 0x5D }) else {
      return nil
    }
    var value = comment
    while value > start + 1,
      !(lines.isBlank(value - 1) && [0x3A, 0x2C].contains(bytes[value - 2])),
      ![0x7B, 0x5B].contains(bytes[value - 1])
    {
      value -= 1
    }
    let part = lines.flowPart(from: value)
    return .cutByComment(at: span(rest), rewritten: lines.quoting(part))
  }

  private func lastValue() -> Span? {
    guard let open = builder.open.last else { return nil }
    return open.key?.span ?? open.entries.last?.value.span
  }

  /// The line of an opening bracket has fewer closing ones.
  private func looksUnclosed(_ start: Int) -> Bool {
    var depth = 0
    for byte in bytes[start..<max(start, lines.line(at: start).upperBound)] {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
    }
    return depth > 0
  }

  private func contentMissing(_ problem: LibYAMLProblem) -> Diagnostic {
    let place = problem.place
    let found = firstCharacter(place)
    if found == ":" { return .emptyKey(at: character(place)) }
    if place >= bytes.count {
      return .openBracket(
        firstCharacter(problem.start), at: character(problem.start),
        closing: firstCharacter(problem.start) == "{" ? "}" : "]")
    }
    if !isInFlow, found == "]" || found == "}" || found == "," {
      return textBegins(at: place)
    }
    if found == "]" || found == "}", let open = builder.open.last {
      let wanted = open.isMapping ? "}" : "]"
      if found != wanted {
        return .wrongBracket(at: character(place), found: found, wanted: wanted)
      }
    }
    return .missingValue(at: character(place), before: found)
  }

  // MARK: Indentation

  private func keyMissing(_ problem: LibYAMLProblem) -> Diagnostic {
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
  private func behindClosed(_ problem: LibYAMLProblem) -> Diagnostic? {
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

  private func badIndentation(_ place: Int, outer: Int) -> Diagnostic {
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
  private func lineAbove(_ place: Int) -> Int {
    var index = source.lineIndex(of: Int32(place)) - 1
    while index >= 0 {
      let line = lines.line(at: source.lineRange(index).lowerBound)
      if !line.isEmpty, bytes[line.lowerBound] != UInt8(ascii: "#") { return line.lowerBound }
      index -= 1
    }
    return place
  }

  private func dashMissing(_ problem: LibYAMLProblem) -> Diagnostic {
    if let diagnostic = behindClosed(problem) { return diagnostic }
    if firstCharacter(problem.place) == "-" {
      return badIndentation(problem.place, outer: problem.start)
    }
    return .nameAmongListItems(at: span(lines.line(at: problem.place)))
  }

  private func afterDocument(_ problem: LibYAMLProblem) -> Diagnostic {
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

  // MARK: Places

  /// The visible character at a byte.
  private func character(_ place: Int) -> Span {
    guard place < bytes.count else { return span(bytes.count..<bytes.count) }
    guard case .scalar(_, let length) = decodeUTF8(bytes, at: place) else {
      return span(place..<(place + 1))
    }
    return span(place..<(place + length))
  }

  private func firstCharacter(_ place: Int) -> String { source.text(character(place)) }
}
