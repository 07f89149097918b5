import AnnonaValues

/// Literals, names, calls and parentheses.
extension ExpressionParser {
  /// Nothing that could be an operand stands here.
  var endsOperand: Bool {
    switch current.kind {
    case .end, .sign(.rightParenthesis), .sign(.rightBracket), .sign(.comma): true
    default: false
    }
  }

  mutating func primary() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = position
    switch current.kind {
    case .number: return try number()
    case .date(let date):
      advance()
      return try node(.date(date), from: start)
    case .text(let text):
      advance()
      return try node(.text(text), from: start)
    case .word(let word): return try word == "this" ? this() : named(word)
    case .sign(.leftParenthesis): return try group()
    case .faulty: throw alreadyReported()
    default: throw missingOperand()
    }
  }

  private mutating func this() throws(SyntaxFailure) -> ExpressionSyntax {
    advance()
    return try node(.this, from: position - 1)
  }

  private mutating func named(_ word: String) throws(SyntaxFailure) -> ExpressionSyntax {
    let start = position
    if let kind = ExpressionSyntax.Kind(constant: word) {
      advance()
      return try node(kind, from: start)
    }
    guard !ReservedWords.contains(word) else { throw misplaced(word) }
    if let small = Self.capitalConstants[word], token(1).kind != .sign(.leftParenthesis) {
      report(.capitalConstant(word, instead: small, at: span(of: start)))
      advance()
      return try node(ExpressionSyntax.Kind(constant: small) ?? .null, from: start)
    }
    advance()
    let name = NameSyntax(word, span: span(of: start))
    return sees(.leftParenthesis)
      ? try call(name, from: start) : try node(.name(word), from: start)
  }

  private static let capitalConstants = [
    "True": "true", "TRUE": "true", "False": "false", "FALSE": "false", "Null": "null",
    "NULL": "null",
  ]

  // MARK: - Parentheses

  private mutating func group() throws(SyntaxFailure) -> ExpressionSyntax {
    let open = position
    let outside = surroundings
    surroundings = Surroundings()
    defer { surroundings = outside }
    advance()
    do throws(SyntaxFailure) {
      if sees(.rightParenthesis) { throw fail(.emptyParentheses(at: emptySpan(open))) }
      let inner = try expression()
      guard take(.rightParenthesis) else { throw unclosed(open, after: open + 1) }
      // The parentheses belong to the place of what they hold.
      return ExpressionSyntax(inner.kind, span: span(from: open))
    } catch {
      try skip(toCloserOf: open)
      return placeholder(from: open)
    }
  }

  private func emptySpan(_ open: Int) -> Span {
    source.span(tokens[open].range.lowerBound..<current.range.upperBound)
  }

  /// The items of `in ( )`.
  mutating func list() throws(SyntaxFailure) -> [ExpressionSyntax] {
    let open = position
    let outside = surroundings
    surroundings = Surroundings()
    defer { surroundings = outside }
    advance()
    var items: [ExpressionSyntax] = []
    do throws(SyntaxFailure) {
      if sees(.rightParenthesis) { throw fail(.emptyParentheses(at: emptySpan(open))) }
      repeat {
        if endsOperand {
          throw fail(.missingItem(at: span(of: sees(.comma) ? position : position - 1)))
        }
        let start = position
        items.append(try expression())
        guard sees(.comma) || sees(.rightParenthesis) else { throw unclosed(open, after: start) }
      } while take(.comma)
      advance()
      return items
    } catch {
      try skip(toCloserOf: open)
      return [placeholder(from: open)]
    }
  }

  /// What is wrong where `)` should close the parenthesis `open`.
  mutating func unclosed(_ open: Int, after start: Int) -> SyntaxFailure {
    current.kind == .end ? fail(.neverClosed(at: span(of: open))) : unexpected(after: start)
  }

  /// Goes on behind the parentheses that could not be read, so that the rest is read too.
  mutating func skip(toCloserOf open: Int) throws(SyntaxFailure) {
    guard let closer = closers[open], diagnostics.count < Limits.problems else {
      throw SyntaxFailure()
    }
    position = closer
    advance()
  }

  /// Goes on at the next comma between arguments, or at the parenthesis that closes them.
  mutating func skip(toArgumentAfter open: Int) throws(SyntaxFailure) {
    guard let closer = closers[open], diagnostics.count < Limits.problems else {
      throw SyntaxFailure()
    }
    while position < closer, !sees(.comma) {
      position = closers[position].map { min($0, closer) } ?? position
      if position < closer { advance() }
    }
  }
}

extension ExpressionSyntax.Kind {
  fileprivate init?(constant word: String) {
    switch word {
    case "true": self = .boolean(true)
    case "false": self = .boolean(false)
    case "null": self = .null
    default: return nil
    }
  }
}
