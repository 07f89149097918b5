import AnnonaValues

// The small languages of single keys: `round:`, `type:`, units.

/// Reads a rounding, step first: `0.01 half_up`.
package func parseRounding(
  _ scalar: Scalar, file: Int32
) -> (RoundingSyntax?, [Diagnostic]) {
  let source = SourceText(scalar, file: file)
  var parser = ExpressionParser(source, in: source.all)
  let rounding = parser.parseAll { parser throws(SyntaxFailure) in
    if case .word(let word) = parser.current.kind, let mode = RoundingMode(rawValue: word) {
      throw parser.fail(
        .roundingModeFirst(mode: mode.rawValue, at: parser.span(of: parser.position)))
    }
    let step = try parser.expression(atLeast: .sum)
    if parser.current.kind == .end, let word = step.misspeltRounding {
      throw parser.fail(.unknownRounding(word.text, at: word.span))
    }
    guard let mode = try parser.roundingMode() else {
      throw parser.current.kind == .end
        ? parser.fail(
          .roundingWithoutMode(
            step, mended: parser.text(from: 0) + " half_up",
            decimals: step.stepOfDecimals.map { $0 + " half_up" }, at: step.span))
        : parser.unexpected(after: 0)
    }
    if parser.current.kind != .end {
      let word = parser.current.spelling(in: source)
      throw parser.fail(.wordOutOfPlace(word, at: parser.span(of: parser.position)))
    }
    return RoundingSyntax(step: step, mode: mode, span: parser.span(from: 0))
  }
  return (rounding, parser.diagnostics)
}

/// Reads a unit: `EUR/month`, `EUR*month`, `1/month`.
package func parseUnit(_ scalar: Scalar, file: Int32) -> (UnitSyntax?, [Diagnostic]) {
  let source = SourceText(scalar, file: file)
  let range = source.trimmed(source.all)
  let span = source.span(range)
  guard !range.isEmpty else { return (nil, [.missingUnit(at: span)]) }
  let text = source.text(range)
  guard range.count <= Limits.length, let unit = text == "number" ? Unit.none : Unit(text: text)
  else { return (nil, [.notAUnit(String(text.prefix(100)), at: span)]) }
  return (UnitSyntax(unit, text: text, span: span), [])
}

/// Reads a type: `boolean`, `EUR/month`, `list of person`, a choice's or an entity's name.
package func parseType(_ scalar: Scalar, file: Int32) -> (TypeSyntax?, [Diagnostic]) {
  let (type, optional, diagnostics) = readType(SourceText(scalar, file: file))
  guard let optional, type != nil else { return (type, diagnostics) }
  return (nil, diagnostics + [.optionalInType(at: optional)])
}

/// Reads the type of a place of `has:`, where `optional` may follow: `person optional`.
package func parsePlaceType(
  _ scalar: Scalar, file: Int32
) -> (type: TypeSyntax?, isOptional: Bool, [Diagnostic]) {
  let (type, optional, diagnostics) = readType(SourceText(scalar, file: file))
  return (type, optional != nil, diagnostics)
}

/// A type and the place of the word `optional` after it.
private func readType(
  _ source: SourceText
) -> (type: TypeSyntax?, optional: Span?, [Diagnostic]) {
  var words = blankSeparated(source)
  let whole = source.span(source.trimmed(source.all))
  var optional: Span?
  if words.count > 1, let last = words.last, source.text(last) == "optional" {
    optional = source.span(last)
    words.removeLast()
  }
  var depth = 0
  while words.count - 2 * depth >= 3, depth < 8, source.text(words[2 * depth]) == "list",
    source.text(words[2 * depth + 1]) == "of"
  {
    depth += 1
  }
  let rest = words[(2 * depth)...]
  guard rest.count == 1, let last = rest.first else {
    return (nil, nil, [typeProblem(source, words, at: whole)])
  }
  let name = source.text(last)
  guard isTypeName(name) else {
    return (nil, nil, [.notAType(name, instead: typeSuggestion(name), at: source.span(last))])
  }
  var type = TypeSyntax(.named(name), span: source.span(last))
  for level in stride(from: depth - 1, through: 0, by: -1) {
    let start = words[2 * level].lowerBound
    type = TypeSyntax(.list(type), span: source.span(start..<last.upperBound))
  }
  return (type, optional, [])
}

private func blankSeparated(_ source: SourceText) -> [Range<Int>] {
  var words: [Range<Int>] = []
  var start: Int?
  for (offset, byte) in source.bytes.enumerated() {
    if byte.isBlank {
      if let from = start { words.append(from..<offset) }
      start = nil
    } else if start == nil {
      start = offset
    }
  }
  if let from = start { words.append(from..<source.bytes.count) }
  return words
}

private func typeProblem(
  _ source: SourceText, _ words: [Range<Int>], at span: Span
) -> Diagnostic {
  guard let first = words.first else { return .missingType(at: span) }
  let texts = words.prefix(6).map { source.text($0) }
  if source.text(first) == "list", texts.count == 2, texts[1] != "of" {
    return .notAType(
      texts.joined(separator: " "), instead: "list of \(texts[1])", at: span)
  }
  let instead =
    texts[0] == "list"
    ? "list of person" : texts.joined(separator: texts.contains("/") ? "" : "_")
  return .notAType(texts.joined(separator: " "), instead: instead, at: span)
}

/// A name, a dotted name or a unit.
private func isTypeName(_ text: String) -> Bool {
  if Unit(text: text) != nil { return true }
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  return parts.allSatisfy { part in
    guard let first = part.unicodeScalars.first else { return false }
    return (first == "_" || first.properties.isXIDStart)
      && part.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
  }
}

/// What `[person]`, `person?` and `list<person>` mean.
private func typeSuggestion(_ text: String) -> String? {
  if text.hasPrefix("["), text.hasSuffix("]") {
    let inner = String(text.dropFirst().dropLast())
    return isTypeName(inner) ? "list of \(inner)" : nil
  }
  if text.lowercased().hasPrefix("list<"), text.hasSuffix(">") {
    let inner = String(text.dropFirst(5).dropLast())
    return isTypeName(inner) ? "list of \(inner)" : nil
  }
  return nil
}
