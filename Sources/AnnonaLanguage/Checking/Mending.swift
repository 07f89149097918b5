import AnnonaValues

/// The edits that messages propose, in the author's own words.
extension Checker {
  /// The author's own words at a place.
  func words(_ span: Span) -> String { program.files[Int(span.file)].text(span) }

  /// The words without the parentheses around them.
  func bareWords(_ span: Span) -> String {
    let words = words(span)
    let inside = words.dropFirst().dropLast()
    let isEnclosed =
      words.first == "(" && words.last == ")" && !inside.contains { "()".contains($0) }
    return isEnclosed ? String(inside) : words
  }

  /// The place of a word that stands at the end of another place; the whole where it does not.
  func lastWord(_ word: String, of span: Span) -> Span {
    guard words(span).hasSuffix(word) else { return span }
    return Span(file: span.file, start: span.end - Int32(word.utf8.count), end: span.end)
  }

  /// The same inside the parentheses of a call.
  func lastWord(_ word: String, in call: Span) -> Span {
    guard words(call).hasSuffix(")") else { return call }
    return lastWord(word, of: Span(file: call.file, start: call.start, end: call.end - 1))
  }

  /// The first place of a word inside another place; the whole where it does not stand there.
  func place(of word: String, in span: Span) -> Span {
    let text = Array(words(span).utf8)
    let wanted = Array(word.utf8)
    guard !wanted.isEmpty, wanted.count <= text.count else { return span }
    for start in 0...(text.count - wanted.count)
    where text[start..<start + wanted.count].elementsEqual(wanted) {
      let from = span.start + Int32(start)
      return Span(file: span.file, start: from, end: from + Int32(wanted.count))
    }
    return span
  }

  /// The words as an operand: in parentheses unless they are a name, a path, a call or a literal.
  func operandWords(_ expression: Expression) -> String {
    let words = words(expression.span)
    switch expression.kind {
    case .constant(.number(let number)) where number.sign >= 0: return words
    case .constant(.number): return "(\(words))"
    case .constant, .today, .enclosing, .local, .fact, .rule, .parameter, .members, .holder,
      .base, .column:
      return words
    default: return words.last == ")" ? words : "(\(words))"
    }
  }

  /// The way from the one type to the other where there is a usual one.
  func fix(_ given: Expression, toBe type: ValueType) -> String? {
    let words = words(given.span)
    if given.type.isOptional, type.present == .boolean, given.type.present == .boolean {
      return "test it with `!= null` first: `\(words) != null and \(words)`"
    }
    if given.type.isOptional, given.type != .null, common(given.type.present, type.present) != nil {
      let fallback = type.present.numberType == nil ? "…" : "0"
      return "write `coalesce(\(words), \(fallback))`, or test it with `!= null` first"
    }
    if type.present == .boolean { return fixTruth(given, words) }
    if type.present == .date, given.type == .text { return "write the date without quotes" }
    guard let want = type.present.numberType, let have = given.type.numberType else { return nil }
    if want.isInteger, have.unit.isDimensionless {
      return "round it: `floor(\(words) to 1)`, `ceiling(\(words) to 1)` "
        + "or `round(\(words) to 1 half_up)`"
    }
    if have.unit.isDimensionless {
      guard case .constant = given.kind, !have.isPercent else {
        return "multiply it by an amount, such as `\(operandWords(given)) * 1 \(want.unit)`"
      }
      return "give the number its unit: `\(words) \(spelled(want.unit, given))`"
    }
    if let ratio = have.unit.ratio(to: want.unit) {
      if case .constant(.number(let number)) = given.kind, let converted = try? number * ratio,
        !converted.canonicalText.contains("/")
      {
        return "write `\(converted.canonicalText) \(want.unit)`"
      }
      return "convert it: `\(operandWords(given)) as \(want.unit)`"
    }
    return nil
  }

  private func fixTruth(_ given: Expression, _ words: String) -> String? {
    switch given.type {
    case .number: "compare it, such as `\(words) > 0`"
    case .choice(let choice):
      program.choices[choice].members.first.map { "compare it, such as `\(words) = \($0.name)`" }
    case .date: "compare it, such as `\(words) <= today`"
    case .list: "count it, such as `count(\(words)) > 0`"
    case .text: "compare it, such as `\(words) = \"…\"`"
    default: nil
    }
  }

  /// `28 days`, `1 day`, `160 EUR/year`
  private func spelled(_ unit: Unit, _ number: Expression) -> String {
    guard unit.durationKind != nil, case .constant(.number(let number)) = number.kind,
      number != .one
    else { return unit.description }
    return unit.description + "s"
  }

  func reportConversion(_ value: Expression, _ unit: UnitSyntax, at span: Span) {
    let factor = value.type.present.numberType.map { unit.unit / $0.unit }
    let isOfTime = factor?.names.allSatisfy { Unit.timeNames.contains($0) } ?? false
    report(
      .cannotConvert(
        describe(value.type.present), unit.text, at: span, words: operandWords(value),
        factor: isOfTime ? factor?.description : nil))
  }

  // MARK: - Two operands

  func reportMismatch(
    _ operation: String, _ one: Expression, _ other: Expression, at span: Span
  ) {
    report(
      .mismatch(
        operation, .init(words: bareWords(one.span), type: describe(one.type)),
        .init(words: bareWords(other.span), type: describe(other.type)), at: span,
        fix: fix(operation, one, other)))
  }

  private func fix(_ operation: String, _ one: Expression, _ other: Expression) -> String? {
    if one.type == .date || other.type == .date { return fixOfDate(operation, one, other) }
    if case .choice(let choice) = one.type.present,
      let member = program.choices[choice].members.first
    {
      return "compare with a member, such as `\(member.name)`"
    }
    guard let left = one.type.numberType, let right = other.type.numberType else { return nil }
    if ["+", "-"].contains(operation), right.isPercent, !left.unit.isDimensionless {
      return "say of what: `\(words(other.span)) * \(operandWords(one))`"
    }
    if left.unit.durationKind != nil, right.unit.durationKind != nil {
      return "a month has no fixed number of days: count both in months or both in days"
    }
    if left.unit.isDimensionless { return fix(one, toBe: .number(right)) }
    if let fix = fix(other, toBe: .number(left)) { return fix }
    if let one = left.unit.currency, let other = right.unit.currency, one != other {
      return "multiply one of them by a rate of exchange in `\(one)/\(other)` or `\(other)/\(one)`"
    }
    return nil
  }

  private func fixOfDate(_ operation: String, _ one: Expression, _ other: Expression) -> String? {
    if one.type == .text || other.type == .text { return "write the date without quotes" }
    if operation == "+", one.type == other.type {
      return "subtract for the days between: `\(operandWords(one)) - \(operandWords(other))`"
    }
    guard operation == "+" || operation == "-" else { return nil }
    let number = one.type == .date ? other : one
    if number.type.numberType?.unit.isDimensionless == true {
      guard case .constant = number.kind else {
        return "say of what: `\(operandWords(number)) * 1 day`, or `* 1 month`"
      }
      let digits = words(number.span)
      return "write `\(digits) days`, `\(digits) months` or `\(digits) years`"
    }
    return "add a duration to a date, such as `28 days`"
  }
}
