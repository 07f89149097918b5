import AnnonaValues

/// Numbers with their percent sign or unit, and units alone.
extension ExpressionParser {
  mutating func number() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = position
    guard case .number(let digits) = current.kind else { throw missingOperand() }
    guard digits.utf8.count <= Limits.digits, let value = Number(text: digits) else {
      throw fail(.tooLarge(at: span(of: start)))
    }
    advance()
    if sees(.percent), !percentIsRemainder {
      advance()
      guard let hundredth = try? value / Number(100) else {
        throw fail(.tooLarge(at: span(of: start)))
      }
      if let word = operandWord {
        throw fail(.percentOf(text(from: start), word, at: span(from: start)))
      }
      return try node(.number(hundredth, percent: true, unit: nil), from: start)
    }
    let unit = startsUnit ? try unit() : nil
    return try node(.number(value, percent: false, unit: unit), from: start)
  }

  /// `10 % 3`: what follows could only be the divisor of a remainder.
  private var percentIsRemainder: Bool {
    switch token(1).kind {
    case .number: true
    case .sign(.leftParenthesis): true
    default: false
    }
  }

  /// A name that follows directly, as in `10 % income`.
  private var operandWord: String? {
    guard case .word(let word) = current.kind, !ReservedWords.endsNumber(word) else { return nil }
    return word
  }

  /// Whether the word after a number is its unit: not a word of the language, not a call.
  private var startsUnit: Bool {
    guard case .word(let word) = current.kind, !ReservedWords.endsNumber(word) else {
      return false
    }
    return !isCall(at: position)
  }

  private func isCall(at index: Int) -> Bool {
    guard index + 1 < tokens.count, tokens[index + 1].kind == .sign(.leftParenthesis) else {
      return false
    }
    return touches(index + 1)
  }

  /// Whether no space stands before a token.
  private func touches(_ index: Int) -> Bool {
    index < tokens.count && index > 0
      && tokens[index].range.lowerBound == tokens[index - 1].range.upperBound
  }

  /// `EUR/month`, `EUR*month`, `EUR^2`: names joined without spaces; `nil` where no name stands.
  mutating func unit() throws(SyntaxFailure) -> UnitSyntax? {
    let start = position
    guard case .word(let word) = current.kind, !ReservedWords.contains(word) else { return nil }
    advance()
    while takeUnitPart() {}
    let text = self.text(from: start)
    guard let unit = text == "number" ? Unit.none : Unit(text: text) else {
      throw fail(.notAUnit(text, at: span(from: start)))
    }
    return UnitSyntax(unit, text: text, span: span(from: start))
  }

  /// `/month`, `*month` or `^2`, if it follows without a space.
  private mutating func takeUnitPart() -> Bool {
    guard touches(position), touches(position + 1) else { return false }
    switch (current.kind, token(1).kind) {
    case (.sign(.divide), .word(let word)), (.sign(.times), .word(let word)):
      guard !ReservedWords.contains(word), !isCall(at: position + 1) else { return false }
      position += 2
      return true
    case (.sign(.caret), .number):
      position += 2
      return true
    default:
      return false
    }
  }
}
