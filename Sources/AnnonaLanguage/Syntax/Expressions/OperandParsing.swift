import AnnonaValues

/// Prefix words and signs, and the single things that operators join.
extension ExpressionParser {
  /// `not`, `-`, `if`, `some`, `every`, `for` or what has no prefix.
  mutating func operand(
    atLeast precedence: Precedence
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let start = position
    switch current.kind {
    case .sign(.minus):
      advance()
      if endsOperand { throw fail(.nothingAfter("-", at: span(of: start))) }
      return try node(.negate(try expression(atLeast: .sign)), from: start)
    case .sign(.plus):
      report(.plusSign(at: span(of: start)))
      advance()
      return try expression(atLeast: .sign)
    case .word("not"):
      advance()
      if endsOperand { throw fail(.nothingAfter("not", at: span(of: start))) }
      let negation = try node(.not(try expression(atLeast: .not)), from: start)
      return wantsParentheses(negation, inside: precedence, from: start)
    case .word("if"):
      return wantsParentheses(try conditional(), inside: precedence, from: start)
    case .word("some"), .word("every"):
      return wantsParentheses(try quantified(), inside: precedence, from: start)
    case .word("for"):
      return wantsParentheses(try mapped(), inside: precedence, from: start)
    default:
      return try postfix()
    }
  }

  /// These words reach to the right as far as possible, which inside a calculation nobody would guess.
  private mutating func wantsParentheses(
    _ expression: ExpressionSyntax, inside precedence: Precedence, from start: Int
  ) -> ExpressionSyntax {
    if precedence > .not {
      let word = tokens[start].spelling(in: source)
      report(.needsParentheses(word, mended: text(from: start), at: span(from: start)))
    }
    return expression
  }

  // MARK: - if, some, every, for

  private mutating func conditional() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = position
    advance()
    let condition = try part(after: start)
    guard take(word: "then") else {
      if isIncomplete { throw SyntaxFailure() }
      throw endsOperand || sees(word: "else")
        ? fail(.missingThen(mended: text(from: start) + " then …", at: span(of: start)))
        : unexpected(after: start + 1, wanted: "then")
    }
    let yes = try part(after: position - 1)
    guard take(word: "else") else {
      throw endsOperand
        ? fail(.missingElse(mended: text(from: start) + " else …", at: span(of: start)))
        : unexpected(after: start + 1, wanted: "else")
    }
    let no = try part(after: position - 1)
    return try node(.conditional(condition, then: yes, else: no), from: start)
  }

  private mutating func quantified() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = position
    let isEvery = sees(word: "every")
    let (name, list) = try loop()
    guard take(word: "satisfies") else { throw loopWithout("satisfies", from: start) }
    let body = try part(after: position - 1)
    return try node(
      .quantified(every: isEvery, name, in: list, satisfies: body), from: start)
  }

  private mutating func mapped() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = position
    let (name, list) = try loop()
    guard take(word: "return") else { throw loopWithout("return", from: start) }
    let body = try part(after: position - 1)
    return try node(.map(name, in: list, return: body), from: start)
  }

  /// `some x in xs`, `for x in xs`
  private mutating func loop() throws(SyntaxFailure) -> (NameSyntax, ExpressionSyntax) {
    let start = position
    advance()
    let name = try declaredName(after: start)
    guard take(word: "in") else { throw loopWithout("in", from: start) }
    return (name, try part(after: position - 1, atLeast: .filter))
  }

  private mutating func loopWithout(_ word: String, from start: Int) -> SyntaxFailure {
    if !endsOperand, !sees(.comma), word != "in" {
      return unexpected(after: start + 1, wanted: word)
    }
    let opener = tokens[start].spelling(in: source)
    return fail(
      .loopWithout(
        word, in: opener, mended: text(from: start) + " \(word) …", at: span(of: start)))
  }

  /// A name that the expression introduces.
  private mutating func declaredName(after opener: Int) throws(SyntaxFailure) -> NameSyntax {
    guard case .word(let word) = current.kind else {
      throw fail(.nothingAfter(tokens[opener].spelling(in: source), at: span(of: opener)))
    }
    guard !ReservedWords.contains(word) else {
      throw fail(.reservedWord(word, at: span(of: position)))
    }
    advance()
    return NameSyntax(word, span: span(of: position - 1))
  }

  /// What follows a word such as `then`.
  private mutating func part(
    after word: Int, atLeast precedence: Precedence = .logic
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    if endsOperand || partEnds {
      throw fail(.nothingAfter(tokens[word].spelling(in: source), at: span(of: word)))
    }
    return try expression(atLeast: precedence)
  }

  private var partEnds: Bool {
    guard case .word(let word) = current.kind else { return false }
    return ["then", "else", "satisfies", "return"].contains(word)
  }

  // MARK: - as, at, under, paths

  /// A single thing with its path, and `as`, `at`, `under` after it.
  mutating func postfix() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = position
    var subject = try path(primary(), from: start)
    while case .word(let word) = current.kind {
      switch word {
      case "as": subject = try converted(subject, from: start)
      case "at", "under": subject = try otherDate(subject, from: start)
      default: return subject
      }
    }
    return subject
  }

  private mutating func path(
    _ base: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    var subject = base
    while true {
      if take(.dot) {
        let dot = position - 1
        guard case .word(let word) = current.kind else {
          throw fail(.nothingAfter(".", at: span(of: dot)))
        }
        guard !ReservedWords.contains(word) else {
          throw fail(.reservedWord(word, at: span(of: position)))
        }
        advance()
        let name = NameSyntax(word, span: span(of: position - 1))
        if sees(.leftParenthesis) {
          subject = try importedCall(subject, name, from: start)
        } else {
          subject = try node(.member(subject, name), from: start)
        }
      } else if sees(.leftBracket) {
        throw bracketFilter(from: start)
      } else {
        return subject
      }
    }
  }

  private mutating func converted(
    _ subject: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let word = position
    advance()
    guard let unit = try unit() else {
      throw fail(.unitMissing(after: "as", at: span(of: word)))
    }
    return try node(.converted(subject, unit), from: start)
  }

  private mutating func otherDate(
    _ subject: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let wordPosition = position
    let isAt = sees(word: "at")
    advance()
    let dateStart = position
    if endsOperand {
      throw fail(.nothingAfter(isAt ? "at" : "under", at: span(of: wordPosition)))
    }
    let date = try path(primary(), from: dateStart)
    if !subject.kind.isNamed {
      let mended = mendedOtherDate(start..<wordPosition, tail: wordPosition..<position)
      report(.notOneName(isAt ? "at" : "under", mended: mended, at: span(from: start)))
    }
    return try node(
      isAt ? .at(subject, date: date) : .under(subject, date: date), from: start)
  }

  /// `(14 * ias) at d` with the date moved to each name: `14 * (ias at d)`. `nil` where there is no name.
  private func mendedOtherDate(_ subject: Range<Int>, tail: Range<Int>) -> String? {
    guard tokens[subject.lowerBound].kind == .sign(.leftParenthesis),
      closers[subject.lowerBound] == subject.upperBound - 1
    else { return nil }
    let tail = text(of: tail)
    var result = ""
    var index = subject.lowerBound
    var found = 0
    while index < subject.upperBound {
      if index > subject.lowerBound, spaceStands(before: index) { result += " " }
      let end = endOfName(at: index, before: subject.upperBound)
      if end > index {
        result += "(\(text(of: index..<end)) \(tail))"
        found += 1
        index = end
      } else {
        result += tokens[index].spelling(in: source)
        index += 1
      }
    }
    guard found > 0 else { return nil }
    let standsAlone = subject.lowerBound == 0 && current.kind == .end
    return standsAlone ? String(result.dropFirst().dropLast()) : result
  }

  /// The end of the name, path or call that starts at a token; the token itself if none does.
  private func endOfName(at start: Int, before end: Int) -> Int {
    guard case .word(let word) = tokens[start].kind, !ReservedWords.contains(word) else {
      return start
    }
    if start > 0, case .number = tokens[start - 1].kind { return start }
    var index = start + 1
    while index < end {
      if tokens[index].kind == .sign(.dot) {
        index += 2
      } else if tokens[index].kind == .sign(.leftParenthesis), let closer = closers[index] {
        index = closer + 1
      } else {
        break
      }
    }
    return min(index, end)
  }
}

extension ExpressionSyntax.Kind {
  /// Whether `at` and `under` may follow.
  fileprivate var isNamed: Bool {
    switch self {
    case .name, .member, .call: true
    default: false
    }
  }
}
