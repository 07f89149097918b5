/// Faults of `{ }` and `[ ]`: what is not closed, not separated or not there.
extension YAMLReader {
  func separatorMissing(_ problem: LibYAMLProblem) -> Diagnostic {
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

  func contentMissing(_ problem: LibYAMLProblem) -> Diagnostic {
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
}
