import AnnonaLanguage
import AnnonaValues

extension Program {
  /// A value as a person writes it where its type is known: `12_000`, `12_000 EUR/year`, `13.7 %`, `2025-03-01`, a choice's member.
  ///
  /// - Parameter find: the case's member of an entity by its id.
  package func value(
    written text: String, _ type: ValueType, find: (String, EntityID) -> Int32? = { _, _ in nil }
  ) -> Value? {
    if text == "null" { return type.isOptional ? .null : nil }
    switch type.present {
    case .boolean: return text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
    case .number(let number): return self.number(written: text, number).map { .number($0) }
    case .date: return CalendarDate(text: text).map { .date($0) }
    case .period:
      let ends = text.split(separator: " ").map(String.init)
      guard ends.count == 3, ends[1] == "to", let first = CalendarDate(text: ends[0]),
        let last = CalendarDate(text: ends[2])
      else { return nil }
      return .period(first, last)
    case .text: return .text(text)
    case .choice(let choice):
      return choices[choice].members.firstIndex { $0.name == text }.map { .choice(Int32($0)) }
    case .entity(let entity): return find(text, entity).map { .instance($0) }
    default: return nil
    }
  }

  /// A number in the type's unit, which may be written behind it.
  package func number(written text: String, _ type: NumberType) -> Number? {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let figure = words.first, let number = constant(figure) else { return nil }
    if type.isInteger, !number.isInteger { return nil }
    guard words.count == 2 else { return number }
    if words[1] == "%" { return type.isPercent ? try? number / Number(100) : nil }
    return Unit(text: words[1]) == type.unit ? number : nil
  }

  /// `8_333.33`, or a quotient such as `5_129.80/52`.
  private func constant(_ text: String) -> Number? {
    if let number = Number(text: text) { return number }
    let parts = text.split(separator: "/", maxSplits: 1).map { Number(text: $0) }
    guard parts.count == 2, let dividend = parts[0], let divisor = parts[1] else { return nil }
    return try? dividend / divisor
  }

  /// What a value of the type is, as messages say it.
  package func phrase(of type: ValueType) -> String {
    switch type.present {
    case .boolean: "`true` or `false`"
    case .number(let number) where number.isPercent: "a percentage"
    case .number(let number) where number.isInteger: "a whole number"
    case .number(let number):
      number.unit.isDimensionless ? "a number" : "a number in `\(number.unit)`"
    case .date: "a date such as `2025-03-01`"
    case .period: "a period such as `2025-03-01 to 2025-03-31`"
    case .choice(let choice):
      "one of " + choices[choice].members.map { "`\($0.name)`" }.joined(separator: ", ")
    case .entity(let entity): "the id of a `\(entities[entity].name)`"
    case .list: "a list"
    case .text, .optional, .null: "a text"
    }
  }
}
