import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Reads expected values where their type is known.
struct ExpectedValueReading {
  let program: Program
  let type: ValueType
  let find: (String, EntityID) -> Int32?

  /// `nil` where the text is no value of the type.
  func read(_ syntax: ExpectedTextSyntax) -> ExpectedValue? {
    switch syntax {
    case .one(let text): return read(text.text)
    case .list(let texts, _):
      guard case .list(let element) = type.present else { return nil }
      let values = texts.compactMap { program.value(written: $0.text, element, find: find) }
      return values.count == texts.count ? .exactly(.list(values)) : nil
    }
  }

  func read(_ text: String) -> ExpectedValue? {
    if text == "unknown" { return .unknown }
    if case .number(let number) = type.present {
      if let special = rounded(text, number) ?? bounds(text, number) { return special }
    }
    return program.value(written: text, type, find: find).map { .exactly($0) }
  }

  /// `8_333.33 (to 0.01)`, `8_333.33 EUR/year (to 0.01 floor)`
  private func rounded(_ text: String, _ type: NumberType) -> ExpectedValue? {
    guard text.hasSuffix(")"), let start = text.lastIndex(of: "(") else { return nil }
    let words = text[text.index(after: start)...].dropLast().split(separator: " ")
    guard words.first == "to", words.count == 2 || words.count == 3,
      let step = Number(text: words[1]), !step.isZero,
      let mode = words.count == 3 ? RoundingMode(rawValue: String(words[2])) : .halfUp,
      let number = number(text[..<start].trimmed, type)
    else { return nil }
    return .rounded(number, to: step, mode)
  }

  /// `0 to 186.87`, `0 or more`, `5 or less`
  private func bounds(_ text: String, _ type: NumberType) -> ExpectedValue? {
    if text.hasSuffix(" or more") {
      return number(text.dropLast(8).trimmed, type).map { .between($0, nil) }
    }
    if text.hasSuffix(" or less") {
      return number(text.dropLast(8).trimmed, type).map { .between(nil, $0) }
    }
    let words = text.split(separator: " ")
    guard let to = words.firstIndex(of: "to"),
      let low = number(words[..<to].joined(separator: " "), type),
      let high = number(words[(to + 1)...].joined(separator: " "), type)
    else { return nil }
    return .between(low, high)
  }

  private func number(_ text: String, _ type: NumberType) -> Number? {
    program.number(written: text, type)
  }

  /// What the type is, as messages say it.
  var phrase: String { program.phrase(of: type) }
}

extension StringProtocol {
  var trimmed: String {
    var text = Substring(self)
    while text.first?.isWhitespace ?? false { text.removeFirst() }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}
