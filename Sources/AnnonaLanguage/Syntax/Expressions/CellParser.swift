import AnnonaValues

/// The cells of a decision table, which read as the law does: `above 36 to 72`.
extension ExpressionParser {
  /// The alternatives of a cell; none for `-`.
  mutating func cell() throws(SyntaxFailure) -> [CellSyntax.Test] {
    if sees(.minus), token(1).kind == .end {
      advance()
      return []
    }
    if sees(.times), token(1).kind == .end { throw fail(.anyValue("*", at: span(of: 0))) }
    var tests: [CellSyntax.Test] = []
    repeat {
      if sees(.rightBracket) { throw reversedBracket() }
      if endsOperand { throw fail(.missingItem(at: span(of: max(0, position - 1)))) }
      let start = position
      tests.append(try test())
      if current.kind != .end, !sees(.comma) { throw unexpectedInCell(after: start) }
    } while take(.comma)
    return tests
  }

  private mutating func test() throws(SyntaxFailure) -> CellSyntax.Test {
    if let problem = foreignTest() { throw fail(problem) }
    switch current.kind {
    case .sign(let sign):
      if let comparison = Comparison(rawValue: sign.rawValue) {
        let start = position
        advance()
        let value = try value(after: start)
        return comparison == .equal ? .equals(value) : .compare(comparison, value)
      }
      if sign == .leftParenthesis || sign == .leftBracket, holdsDots { return try interval() }
    case .word("null") where testEnds(at: 1):
      advance()
      return .null
    case .word(let word) where !testEnds(at: 1):
      if let test = try wordTest(word) { return test }
    default:
      break
    }
    return try valueOrRange(includesLow: true) { .equals($0) }
  }

  /// `up to 36`, `above 36`, `below 18`, `from 18`, `not single`
  private mutating func wordTest(_ word: String) throws(SyntaxFailure) -> CellSyntax.Test? {
    let start = position
    switch word {
    case "up":
      guard token(1).isWord("to") else { return nil }
      advance()
      advance()
      return .compare(.lessOrEqual, try value(after: start + 1))
    case "below":
      advance()
      return .compare(.less, try value(after: start))
    case "not":
      advance()
      return .compare(.unequal, try value(after: start))
    case "above":
      advance()
      return try valueOrRange(includesLow: false) { .compare(.greater, $0) }
    case "from":
      advance()
      return try valueOrRange(includesLow: true) { .compare(.greaterOrEqual, $0) }
    default:
      return nil
    }
  }

  private func testEnds(at offset: Int) -> Bool {
    let kind = token(offset).kind
    return kind == .end || kind == .sign(.comma)
  }

  /// A value, or a range if `to` follows it.
  private mutating func valueOrRange(
    includesLow: Bool, alone: (ExpressionSyntax) -> CellSyntax.Test
  ) throws(SyntaxFailure) -> CellSyntax.Test {
    let start = position
    let low = try value(after: max(0, start - 1))
    guard take(word: "to") else {
      try checkDash(from: start)
      return alone(low)
    }
    let word = position - 1
    let isBelow = take(word: "below")
    if sees(word: "up") || sees(word: "above") {
      throw fail(.wordOutOfPlace(current.spelling(in: source), at: span(of: position)))
    }
    let high = try value(after: isBelow ? position - 1 : word)
    return .range(low, includesLow: includesLow, high, includesHigh: !isBelow)
  }

  private mutating func value(after word: Int) throws(SyntaxFailure) -> ExpressionSyntax {
    if endsOperand, position > 0 {
      throw fail(.nothingAfter(tokens[word].spelling(in: source), at: span(of: word)))
    }
    return try expression(atLeast: .sum)
  }

  /// `18-64`: as a difference it would be -46, which nobody means.
  private mutating func checkDash(from start: Int) throws(SyntaxFailure) {
    guard position == start + 3, case .number(let low) = tokens[start].kind,
      tokens[start + 1].kind == .sign(.minus), case .number(let high) = tokens[start + 2].kind
    else { return }
    throw fail(.dashRange(text(from: start), instead: "\(low) to \(high)", at: span(from: start)))
  }

  // MARK: - Brackets

  /// Whether the brackets that open here hold a range: `(36..72]`.
  private var holdsDots: Bool {
    guard let closer = closers[position] else { return false }
    var index = position + 1
    while index < closer {
      if tokens[index].kind == .sign(.dots) { return true }
      index = (closers[index] ?? index) + 1
    }
    return false
  }

  private mutating func interval() throws(SyntaxFailure) -> CellSyntax.Test {
    let open = position
    let includesLow = sees(.leftBracket)
    advance()
    let low = try value(after: open)
    guard take(.dots) else { throw unexpected(after: open + 1) }
    let high = try value(after: position - 1)
    let includesHigh = sees(.rightBracket)
    guard includesHigh || sees(.rightParenthesis) else { throw unexpected(after: open + 1) }
    advance()
    return .range(low, includesLow: includesLow, high, includesHigh: includesHigh)
  }

  /// `]36..72]`
  private mutating func reversedBracket() -> SyntaxFailure {
    var words = text(of: position + 1..<testEnd)
    if words.hasSuffix("[") { words = words.dropLast() + ")" }
    return fail(.reversedBracket(mended: "(" + words, at: span(of: position)))
  }

  // MARK: - What authors write out of habit

  private static let foreignStarts: [(words: [String], instead: String)] = [
    (["at", "least"], "from"), (["at", "most"], "up to"), (["more", "than"], "above"),
    (["greater", "than"], "above"), (["less", "than"], "below"), (["over"], "above"),
    (["under"], "below"), (["until"], "up to"), (["after"], "above"), (["before"], "below"),
  ]

  /// `at least 18` for `from 18`
  private func foreignTest() -> Diagnostic? {
    if case .number = current.kind {
      guard let plus = trailingPlus else { return nil }
      return .foreignTest(
        text(of: position..<plus + 1), instead: "from " + text(of: position..<plus),
        at: source.span(current.range.lowerBound..<tokens[plus].range.upperBound))
    }
    for (words, instead) in Self.foreignStarts {
      guard words.indices.allSatisfy({ token($0).isWord(words[$0]) }),
        !testEnds(at: words.count)
      else { continue }
      let rest = text(of: position + words.count..<testEnd)
      let last = position + words.count - 1
      return .foreignTest(
        words.joined(separator: " "), instead: "\(instead) \(rest)",
        at: source.span(current.range.lowerBound..<tokens[last].range.upperBound))
    }
    if sees(word: "between") {
      let words = text(of: position + 1..<testEnd)
      let bounds = words.split(separator: " and ", maxSplits: 1, omittingEmptySubsequences: true)
      let range = bounds.count == 2 ? "\(bounds[0]) to \(bounds[1])" : "… to …"
      return .foreignTest("between", instead: range, at: span(of: position))
    }
    return nil
  }

  /// The end of the alternative that the current token stands in.
  private var testEnd: Int {
    var index = position
    while index < tokens.count - 1, tokens[index].kind != .sign(.comma) {
      index = (closers[index] ?? index) + 1
    }
    return min(index, tokens.count - 1)
  }

  /// `65+`, `65 years+`
  private var trailingPlus: Int? {
    let plus = testEnd - 1
    guard plus > position, plus <= position + 2, tokens[plus].kind == .sign(.plus) else {
      return nil
    }
    return plus
  }

  private static let upward = ["more", "above", "over", "older", "higher", "later", "up"]
  private static let downward = ["less", "below", "under", "younger", "lower", "fewer", "earlier"]

  private mutating func unexpectedInCell(after start: Int) -> SyntaxFailure {
    let here = span(of: position)
    if case .word(let joint) = current.kind, joint == "or" || joint == "and" {
      let value = text(from: start)
      if case .word(let direction) = token(1).kind, testEnds(at: 2),
        Self.upward.contains(direction) || Self.downward.contains(direction)
      {
        let instead = (Self.upward.contains(direction) ? "from " : "up to ") + value
        return fail(
          .foreignTest(
            "\(joint) \(direction)", instead: instead,
            at: source.span(current.range.lowerBound..<token(1).range.upperBound)))
      }
      if joint == "or" {
        let rest = text(of: position + 1..<testEnd)
        return fail(.foreignTest("or", instead: "\(value), \(rest)", at: here))
      }
      return fail(.joinedTests(mended: rangeOfTests(from: start), at: here))
    }
    if sees(word: "up"), token(1).isWord("to") {
      let words = source.span(current.range.lowerBound..<token(1).range.upperBound)
      return fail(.foreignTest("up to", instead: "to", at: words))
    }
    if case .sign(let sign) = current.kind, Comparison(rawValue: sign.rawValue) != nil {
      return fail(
        .columnRepeated(
          text(of: position..<testEnd),
          at: source.span(
            tokens[start].range.lowerBound..<current.range.upperBound)))
    }
    return unexpected(after: start)
  }

  /// `>= 18 and < 25` as a range.
  private func rangeOfTests(from start: Int) -> String? {
    guard case .sign(let first) = tokens[start].kind, case .sign(let second) = token(1).kind
    else { return nil }
    let one = (first, text(of: start + 1..<position))
    let other = (second, text(of: min(position + 2, testEnd)..<testEnd))
    for (low, high) in [(one, other), (other, one)] {
      guard low.0 == .greater || low.0 == .greaterOrEqual, high.0 == .less || high.0 == .lessOrEqual
      else { continue }
      return (low.0 == .greater ? "above " : "") + low.1 + " to "
        + (high.0 == .less ? "below " : "") + high.1
    }
    return nil
  }
}
