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
  static let longestKey = 1000

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

  func colonNotAllowed(_ problem: LibYAMLProblem) -> Diagnostic {
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
  func keyAbove(_ offset: Int) -> Range<Int>? {
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

  func dashNotAllowed(_ problem: LibYAMLProblem) -> Diagnostic {
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
  func textBegins(at place: Int) -> Diagnostic {
    let part = lines.flowOrLine(from: place, inFlow: isInFlow)
    return .textBegins(
      with: firstCharacter(place), at: character(place), rewritten: lines.quoting(part))
  }

  func cannotStart(_ problem: LibYAMLProblem) -> Diagnostic {
    let place = problem.place
    if place < bytes.count, bytes[place] == 0x09 { return .tabIndentation(at: character(place)) }
    return textBegins(at: place)
  }

  func afterBlockSign(_ problem: LibYAMLProblem) -> Diagnostic {
    let part = lines.flowOrLine(from: problem.start, inFlow: isInFlow)
    return .textAfterBlockSign(
      firstCharacter(problem.start), at: span(part), rewritten: lines.quoting(part))
  }

  func unknownEscape(_ problem: LibYAMLProblem) -> Diagnostic {
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

  func noCharacter(_ problem: LibYAMLProblem) -> Diagnostic {
    var start = min(problem.place, bytes.count - 1)
    while start > problem.start, bytes[start] != 0x5C { start -= 1 }
    var end = min(start + 2, bytes.count)
    let last = min(
      start + (end > start && bytes[end - 1] == UInt8(ascii: "U") ? 10 : 6), bytes.count)
    while end < last, bytes[end] != 0x22, bytes[end] != 0x5C { end += 1 }
    let place = start..<max(start, end)
    return .noCharacter(at: span(place), found: lines.text(place))
  }

  func colonMissing(_ problem: LibYAMLProblem) -> Diagnostic {
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

  func openQuote(at start: Int) -> Diagnostic {
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

  // MARK: Places

  /// The visible character at a byte.
  func character(_ place: Int) -> Span {
    guard place < bytes.count else { return span(bytes.count..<bytes.count) }
    guard case .scalar(_, let length) = decodeUTF8(bytes, at: place) else {
      return span(place..<(place + 1))
    }
    return span(place..<(place + length))
  }

  func firstCharacter(_ place: Int) -> String { source.text(character(place)) }
}
