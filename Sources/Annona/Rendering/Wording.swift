import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Says values, names and provisions of one case as a reader of a language reads them; nothing depends on the machine.
struct Wording {
  let program: Program
  let facts: Case
  let language: String
  /// Ids of rules and facts, and canonical values.
  let canonical: ValueText
  private let phrases: [Phrase: String]
  let style: NumberStyle
  let manner: Manner

  /// How much a reader is expected to know.
  enum Manner: Sendable, Hashable {
    /// `2025-03-01`, `EUR/month`, the ids of facts beside their titles.
    case brief
    /// `1 March 2025`, `EUR per month`, and no ids: for a letter.
    case spelledOut
    /// The same, with ids.
    case spelledOutWithIDs
  }

  init(_ program: Program, _ facts: Case, language: String?, manner: Manner = .brief) {
    self.program = program
    self.facts = facts
    self.language = language ?? program.language
    self.manner = manner
    canonical = ValueText(program, facts)
    phrases = Phrase.table(self.language)
    style = .forLanguage(self.language)
  }

  func phrase(_ phrase: Phrase, _ parts: String...) -> String {
    var text = phrases[phrase] ?? phrase.rawValue
    for (index, part) in parts.enumerated() {
      text = text.split(separator: "{\(index)}", omittingEmptySubsequences: false)
        .joined(separator: part)
    }
    return text
  }

  func text(_ text: LocalizedText) -> String? { text.text(in: language, else: program.language) }

  // MARK: - Values

  func value(_ value: Value, _ type: ValueType) -> String {
    switch value {
    case .boolean(let truth): phrase(truth ? .yes : .no)
    case .number(let number): self.number(number, type)
    case .date(let date): self.date(date)
    case .period(let first, let last): phrase(.to, self.date(first), self.date(last))
    case .text(let text): line(text)
    case .choice(let member): choice(member, type)
    case .instance(let instance): name(of: instance)
    case .list(let values): list(values, type)
    case .null: phrase(.none)
    }
  }

  private func list(_ values: [Value], _ type: ValueType) -> String {
    guard case .list(let element) = type.present, !values.isEmpty else { return phrase(.none) }
    return values.map { value($0, element) }.joined(separator: ", ")
  }

  func number(_ number: Number, _ type: ValueType) -> String {
    guard case .number(let numeric) = type.present else { return number.text(style: style) }
    if numeric.isPercent, let hundredfold = try? number * Number(100) {
      return hundredfold.text(style: style) + "\u{A0}%"
    }
    // A year is no amount: 2024.
    if numeric.isInteger, let whole = number.integer, (-9_999...9_999).contains(whole) {
      return String(whole)
    }
    let minor = numeric.unit.currency.flatMap { Unit.minorUnit(ofCurrency: $0) }
    let figure = number.text(style: style, atLeast: minor?.decimalPlaces ?? 0)
    let unit = self.unit(numeric.unit, isOne: number.magnitude == .one)
    return unit.isEmpty ? figure : figure + "\u{A0}" + unit
  }

  /// A whole number without decimals, for axes.
  func whole(_ number: Number) -> String { number.text(style: style) }

  /// `EUR/mês`; empty for a plain number.
  func unitName(_ type: ValueType) -> String {
    guard case .number(let numeric) = type.present else { return "" }
    return numeric.isPercent ? "%" : unit(numeric.unit, isOne: false)
  }

  /// `EUR/mês`; a duration alone is counted: `36 meses`.
  private func unit(_ unit: Unit, isOne: Bool) -> String {
    if unit.durationKind != nil { return word(unit.description, isOne: isOne) }
    let description = unit.description
    if manner != .brief, !description.contains("("), !description.contains("*") {
      // `EUR per month`, as one would say it.
      let names = description.split(separator: "/").map { word(String($0), isOne: true) }
      if let first = names.first {
        return names.dropFirst().reduce(first) { phrase(.per, $0, $1) }
      }
    }
    var text = ""
    var name = ""
    for character in unit.description + " " {
      if character.isLetter || character == "_" {
        name.append(character)
      } else {
        text += word(name, isOne: true)
        text.append(character)
        name = ""
      }
    }
    return String(text.dropLast())
  }

  func rounding(_ mode: RoundingMode) -> String {
    switch mode {
    case .halfUp: phrase(.halfUp)
    case .halfEven: phrase(.halfEven)
    case .halfDown: phrase(.halfDown)
    case .up: phrase(.up)
    case .down: phrase(.down)
    case .floor: phrase(.floor)
    case .ceiling: phrase(.ceiling)
    }
  }

  private func word(_ name: String, isOne: Bool) -> String {
    switch name {
    case "year": phrase(isOne ? .year : .years)
    case "month": phrase(isOne ? .month : .months)
    case "week": phrase(isOne ? .week : .weeks)
    case "day": phrase(isOne ? .day : .days)
    default: name
    }
  }

  private func choice(_ member: Int32, _ type: ValueType) -> String {
    guard case .choice(let id) = type.present else { return "\(member)" }
    let members = program.choices[id].members
    guard members.indices.contains(Int(member)) else { return "\(member)" }
    return text(members[Int(member)].title) ?? members[Int(member)].name
  }

  // MARK: - What is still possible

  func state(_ state: State, _ type: ValueType) -> String {
    switch state {
    case .known(let value): self.value(value, type)
    case .error(let faults): codes(faults)
    case .open(let possible):
      possible.mayFail.isEmpty
        ? domain(possible.domain, type)
        : phrase(.orFault, domain(possible.domain, type), codes(possible.mayFail))
    }
  }

  private func domain(_ domain: Domain, _ type: ValueType) -> String {
    var parts: [String] = []
    switch domain.present {
    case .number(let range)?: parts.append(self.range(range, type))
    case .date(let range)?:
      parts.append(
        range == .all
          ? phrase(.open) : phrase(.between, self.date(range.lower), self.date(range.upper)))
    case .choice(let members?)?: parts += members.sorted().map { choice($0, type) }
    case nil: break
    default: parts.append(phrase(.open))
    }
    if domain.canBeNull { parts.append(phrase(.none)) }
    guard let first = parts.first else { return phrase(.open) }
    return parts.dropFirst().reduce(first) { phrase(.or, $0, $1) }
  }

  func range(_ range: NumberRange, _ type: ValueType) -> String {
    switch (range.lower, range.upper) {
    case (let low?, let high?) where low == high: number(low, type)
    case (let low?, let high?): phrase(.between, number(low, type), number(high, type))
    case (let low?, nil): phrase(.atLeast, number(low, type))
    case (nil, let high?): phrase(.atMost, number(high, type))
    case (nil, nil): phrase(.anyNumber)
    }
  }

  func codes(_ faults: Faults) -> String {
    var codes: [String] = []
    for fault in faults where !codes.contains(fault.code.rawValue) {
      codes.append(fault.code.rawValue)
    }
    return codes.joined(separator: ", ")
  }
}
