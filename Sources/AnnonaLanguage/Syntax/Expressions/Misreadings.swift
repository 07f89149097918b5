import AnnonaValues

/// What an author may have meant where the grammar cannot go on.
extension ExpressionParser {
  /// The problem at the current token, which is none that may follow the expression from `start`.
  mutating func unexpected(after start: Int, wanted: String? = nil) -> SyntaxFailure {
    let here = span(of: position)
    switch current.kind {
    case .faulty:
      return alreadyReported()
    case .end:
      return fail(.missingExpression(at: here))
    case .sign(let sign):
      return unexpectedSign(sign, after: start)
    case .word(let word):
      if let wanted, !ReservedWords.contains(word), !comesLater(wanted) { break }
      if let failure = unexpectedWord(word, after: start, wanted: wanted) { return failure }
    case .number, .date, .text:
      break
    }
    if let wanted {
      return fail(
        .wantedWord(wanted, before: current.spelling(in: source), at: here))
    }
    return missingOperator()
  }

  private func comesLater(_ word: String) -> Bool {
    (position..<groupEnd(from: position)).contains { tokens[$0].isWord(word) }
  }

  /// Whether a word may be a value: a name or a constant.
  func startsOperand(_ word: String) -> Bool {
    !ReservedWords.contains(word) || ["this", "true", "false", "null"].contains(word)
  }

  func endsWithOperand(_ index: Int) -> Bool {
    guard index >= 0 else { return false }
    switch tokens[index].kind {
    case .word(let word): return startsOperand(word)
    case .number, .date, .text, .sign(.rightParenthesis), .sign(.percent): return true
    default: return false
    }
  }

  mutating func alreadyReported() -> SyntaxFailure {
    isIncomplete = true
    return SyntaxFailure()
  }

  // MARK: - Words

  private static let foreignWords = [
    "is": "=", "equals": "=", "eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">",
    "ge": ">=", "times": "*", "plus": "+", "minus": "-",
  ]

  private mutating func unexpectedWord(
    _ word: String, after start: Int, wanted: String?
  ) -> SyntaxFailure? {
    let here = span(of: position)
    let small = word.lowercased()
    if small != word, ReservedWords.contains(small) {
      return fail(.capitalWord(word, instead: small, at: here))
    }
    if word == "if" { return trailingIf(after: start) }
    if word == "is", token(1).isWord("not") {
      return fail(
        .foreignSign(
          "is not", instead: "!=",
          at: source.span(current.range.lowerBound..<token(1).range.upperBound)))
    }
    if word == "mod" { return remainder() }
    if let sign = Self.foreignWords[word] {
      return fail(.foreignSign(word, instead: sign, at: here))
    }
    if wanted == nil, ["then", "else", "satisfies", "return"].contains(word) {
      let opener =
        ["then": "if", "else": "if", "satisfies": "some … in", "return": "for … in"][word] ?? ""
      return fail(.wordWithoutOpener(word, opener: opener, at: here))
    }
    if ReservedWords.contains(word) {
      return wanted == nil ? fail(.wordOutOfPlace(word, at: here)) : nil
    }
    if case .word(let before)? = position > 0 ? tokens[position - 1].kind : nil,
      !ReservedWords.contains(before), !isUnit(position - 1)
    {
      return namesInARow()
    }
    return nil
  }

  /// Whether the word at a position is (the end of) a number's unit.
  private func isUnit(_ index: Int) -> Bool {
    var index = index
    while index >= 2, tokens[index - 1].range.upperBound == tokens[index].range.lowerBound {
      index -= 2
    }
    guard index > 0, case .number = tokens[index - 1].kind else { return false }
    return true
  }

  /// `monthly household income`: names have no spaces.
  private mutating func namesInARow() -> SyntaxFailure {
    let first = position - 1
    var last = position
    while last + 1 < tokens.count, case .word(let word) = tokens[last + 1].kind,
      !ReservedWords.contains(word)
    {
      last += 1
    }
    let words = (first...last).map { tokens[$0].spelling(in: source) }
    return fail(
      .namesInARow(
        words.joined(separator: " "), instead: words.joined(separator: "_"),
        at: source.span(tokens[first].range.lowerBound..<tokens[last].range.upperBound)))
  }

  /// `a if c else b`
  private mutating func trailingIf(after start: Int) -> SyntaxFailure {
    let value = text(from: start)
    let here = position
    let end = groupEnd(from: position)
    let otherwise = (here..<end).first { tokens[$0].isWord("else") && closes(before: $0) }
    let condition = text(of: here + 1..<(otherwise ?? end))
    let rest = otherwise.map { text(of: $0 + 1..<end) } ?? "…"
    return fail(
      .trailingIf(
        mended: "if \(condition) then \(value) else \(rest)", at: span(of: here)))
  }

  /// Whether a token stands outside all parentheses that open after the current one.
  private func closes(before index: Int) -> Bool {
    var at = position
    while at < index { at = (closers[at] ?? at) + 1 }
    return at == index
  }

  /// The end of the group that the current token stands in.
  private func groupEnd(from start: Int) -> Int {
    var index = start
    while index < tokens.count {
      switch tokens[index].kind {
      case .end, .sign(.rightParenthesis), .sign(.rightBracket), .sign(.comma): return index
      default: index = (closers[index] ?? index) + 1
      }
    }
    return tokens.count - 1
  }

  // MARK: - Signs

  private mutating func unexpectedSign(_ sign: Sign, after start: Int) -> SyntaxFailure {
    let here = span(of: position)
    switch sign {
    case .rightParenthesis, .rightBracket:
      return fail(.closesNothing(sign.rawValue, at: here))
    case .comma:
      return start > 1 && tokens[start - 1].kind == .sign(.leftParenthesis)
        && tokens[start - 2].isWord("if")
        ? fail(.ifAsFunction(mended: ifAsWords(start), at: span(of: start - 2)))
        : fail(.commaOutOfPlace(at: here))
    case .percent: return remainder()
    case .caret: return fail(.foreignSign("^", instead: "**", at: here))
    case .arrow: return arrow()
    case .question: return questionMark(after: start)
    case .dots: return fail(.foreignSign("..", instead: "to", at: here))
    case .leftBracket: return bracketFilter(from: start)
    case .leftParenthesis: return missingOperator()
    default: return fail(.signOutOfPlace(sign.rawValue, at: here))
    }
  }

  /// `if(c, a, b)` with the words of ours.
  private func ifAsWords(_ start: Int) -> String {
    guard let closer = closers[start - 1] else { return "if … then … else …" }
    var parts: [String] = []
    var partStart = start
    var index = start
    while index <= closer {
      if index == closer || tokens[index].kind == .sign(.comma) {
        parts.append(text(of: partStart..<index))
        partStart = index + 1
      }
      index = (index == closer ? index : closers[index] ?? index) + 1
    }
    let (condition, yes) = (parts[0], parts.count > 1 ? parts[1] : "…")
    return "if \(condition) then \(yes) else \(parts.count > 2 ? parts[2] : "…")"
  }

  /// `x % 3`, `x mod 3`
  private mutating func remainder() -> SyntaxFailure {
    let sign = position
    let left = position > 0 && endsWithOperand(position - 1) ? position - 1 : nil
    let dividend = left.flatMap(simpleText) ?? "x"
    let divisor = sign + 1 < tokens.count ? simpleText(sign + 1) ?? "y" : "y"
    return fail(
      .remainder(
        tokens[sign].spelling(in: source),
        mended: "\(dividend) - \(divisor) * floor(\(dividend) / \(divisor) to 1)",
        at: span(of: sign)))
  }

  private func simpleText(_ index: Int) -> String? {
    switch tokens[index].kind {
    case .word, .number: tokens[index].spelling(in: source)
    default: nil
    }
  }

  private mutating func arrow() -> SyntaxFailure {
    let here = span(of: position)
    if position > 1, case .word(let name) = tokens[position - 1].kind {
      switch tokens[position - 2].kind {
      case .sign(.comma), .sign(.leftParenthesis): return fail(.lambda(name, at: here))
      default: break
      }
    }
    return fail(.foreignSign("=>", instead: ">=", at: here))
  }

  /// `c ? a : b`
  private mutating func questionMark(after start: Int) -> SyntaxFailure {
    let condition = text(from: start)
    let here = position
    let end = groupEnd(from: here)
    let colon = (here..<end).first { tokens[$0].kind == .sign(.colon) }
    let yes = text(of: here + 1..<(colon ?? end))
    let no = colon.map { text(of: $0 + 1..<end) } ?? "…"
    return fail(
      .questionMark(
        mended: "if \(condition) then \(yes) else \(no)", at: span(of: here)))
  }

  // MARK: - Brackets

  /// `children[age < 3 years]`, `xs[1]`
  mutating func bracketFilter(from start: Int) -> SyntaxFailure {
    let list = text(from: start)
    let open = position
    let closer = closers[open] ?? groupEnd(from: open + 1)
    let inside = text(of: open + 1..<closer)
    let mended: String
    switch inside {
    case "1": mended = "first(\(list))"
    case "-1": mended = "last(\(list))"
    default: mended = "(\(list) where \(inside))"
    }
    let end = tokens[min(closer, tokens.count - 1)].range.upperBound
    return fail(
      .bracketFilter(mended: mended, at: source.span(tokens[open].range.lowerBound..<end)))
  }

  /// `[1..3]`, `[1, 2]`
  mutating func foreignRange() -> SyntaxFailure {
    let open = position
    let closer = closers[open] ?? groupEnd(from: open + 1)
    let words = (open + 1..<closer).map { index in
      tokens[index].kind == .sign(.dots) ? " to " : text(of: index..<index + 1)
    }
    let end = tokens[min(closer, tokens.count - 1)].range.upperBound
    let spaced = words.joined().split(separator: ",").joined(separator: ", ")
    return fail(
      .bracketRange(
        mended: (tokens[max(0, open - 1)].isWord("in") ? "" : "in ") + "(\(spaced))",
        at: source.span(tokens[open].range.lowerBound..<end)))
  }

  // MARK: - Missing operands and operators

  private mutating func missingOperator() -> SyntaxFailure {
    let before = tokens[max(0, position - 1)]
    let pair = before.spelling(in: source) + " " + current.spelling(in: source)
    return fail(
      .missingOperator(
        pair, at: source.span(before.range.lowerBound..<current.range.upperBound)))
  }

  /// The problem where an operand should start.
  mutating func missingOperand() -> SyntaxFailure {
    let here = span(of: position)
    let before = position > 0 ? tokens[position - 1] : nil
    switch current.kind {
    case .sign(.leftBracket): return foreignRange()
    case .end, .sign(.rightParenthesis), .sign(.rightBracket), .sign(.comma):
      guard let before else { return fail(.nothingBefore(currentSpelling, at: here)) }
      return fail(.nothingAfter(before.spelling(in: source), at: span(of: position - 1)))
    default:
      return fail(.nothingBefore(currentSpelling, at: here))
    }
  }

  private var currentSpelling: String { current.spelling(in: source) }

  /// A word of the language where an operand should start: its own left side is missing, or it was meant as a name.
  mutating func misplaced(_ word: String) -> SyntaxFailure {
    let here = span(of: position)
    if position > 0, !endsWithOperand(position - 1), isInfixWord(word) || partWords.contains(word) {
      let before = tokens[position - 1]
      if before.kind != .sign(.leftParenthesis), before.kind != .sign(.comma) {
        return fail(.nothingAfter(before.spelling(in: source), at: span(of: position - 1)))
      }
    }
    switch token(1).kind {
    case .number, .date, .text, .word, .sign(.leftParenthesis):
      return fail(.nothingBefore(word, at: here))
    default:
      return fail(.reservedWord(word, at: here))
    }
  }

  private var partWords: [String] { ["then", "else", "satisfies", "return"] }

  private func isInfixWord(_ word: String) -> Bool { word == "and" || word == "or" }
}
