import AnnonaLanguage
import AnnonaValues

/// The way out for a value of the wrong form: how it is written, never what was given.
extension Program {
  func wantedForm(of text: String, _ type: ValueType) -> String? {
    switch type {
    case .choice(let choice):
      let word = text.lowercased()
      return choices[choice].members.contains { $0.name == word }
        ? "write it in small letters" : nil
    case .date: return wantedDate(text)
    case .number(let number): return wantedNumber(text, number)
    default: return nil
    }
  }

  private func wantedNumber(_ text: String, _ type: NumberType) -> String? {
    let digits = text.drop { !$0.isASCIIDigit }
    guard let last = digits.lastIndex(where: \.isASCIIDigit) else { return nil }
    let written = digits[...last]
    if written.contains(where: { !$0.isASCIIDigit && $0 != "." && $0 != "_" })
      || written.count(where: { $0 == "." }) > 1
    {
      let example = type.isInteger ? "`1_200`" : "`1_200.50`, with a point before the decimals"
      return "write the digits alone, such as \(example)"
    }
    if text.allSatisfy({ $0.isASCIIDigit || "-._".contains($0) }) { return nil }
    if type.isPercent { return "write the number with `%` behind it" }
    if type.unit.isDimensionless { return "write the number alone" }
    return "give it in `\(type.unit)`: the number alone, or with that unit behind it"
  }
}

/// How a day is written that was meant as one; `nil` where none was.
func wantedDate(_ text: String) -> String? {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  let numbers = parts.compactMap { $0.allSatisfy(\.isASCIIDigit) ? Int($0) : nil }
  guard numbers.count == 3, parts.map(\.utf8.count) == [4, 2, 2] else {
    return text.contains(where: \.isASCIIDigit)
      ? "write four digits of the year, two of the month and two of the day, joined by `-`" : nil
  }
  if numbers[0] < 1 { return "years run from 1 to 9999" }
  guard (1...12).contains(numbers[1]) else { return "months run from 1 to 12" }
  return numbers[2] < 1 ? "days are counted from 1" : "the month has no such day"
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
