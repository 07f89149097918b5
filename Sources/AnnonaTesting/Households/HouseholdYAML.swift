import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Writes a household as a fixture gives it.
struct HouseholdYAML {
  private let program: Program
  private let household: Household

  init(_ program: Program, _ household: Household) {
    self.program = program
    self.household = household
  }

  /// The household as a case of a fixtures file, the expectations left open.
  func fixture(named name: String, expecting names: [String]) -> [String] {
    var lines = [
      "- name: \(name)", "  source: \(SuggestionYAML.blank)", "  today: \(household.today)",
    ]
    if !suppositions.isEmpty {
      lines.append("  suppose: { \(suppositions.joined(separator: ", ")) }")
    }
    lines += ["  given: \(given)", "  expect:"]
    return lines + names.map { "    \($0): \(SuggestionYAML.blank)" }
  }

  /// `{ household: { income: 12_000, children: { ana: { birth_date: 2020-01-01 } } } }`
  var given: String {
    let entity = program.entities[program.caseEntity].name
    return "{ \(entity): \(facts(of: 0)) }"
  }

  /// `household.tier: 3`
  var suppositions: [String] {
    let names = ValueText(program, household.facts)
    return household.suppositions.map { supposition in
      let rule = program.rules[supposition.rule]
      let name = supposition.instance.map { names.id(of: supposition.rule, for: $0) } ?? rule.name
      return "\(name): \(text(supposition.value, rule.type))"
    }
  }

  private func facts(of instance: Int32) -> String {
    let entity = program.entities[household.facts.instances[Int(instance)].entity]
    var parts: [String] = []
    for fact in entity.facts {
      let declared = program.facts[fact]
      if let text = text(household.facts.state(of: fact, for: instance), declared) {
        parts.append("\(declared.name): \(text)")
      }
    }
    for place in entity.places {
      if let text = members(of: place, instance) {
        parts.append("\(program.places[place].name): \(text)")
      }
    }
    return parts.isEmpty ? "{}" : "{ " + parts.joined(separator: ", ") + " }"
  }

  private func members(of place: PlaceID, _ holder: Int32) -> String? {
    switch household.facts.members(of: place, for: holder) {
    case .notGiven: return nil
    case .declined: return "declined"
    case .given(let members):
      guard program.places[place].isList else {
        guard let only = members.first else { return "null" }
        let text = facts(of: only)
        return text == "{}" ? nil : text
      }
      if members.isEmpty { return "[]" }
      let entries = members.map {
        "\(household.facts.instances[Int($0)].id): \(facts(of: $0))"
      }
      return "{ " + entries.joined(separator: ", ") + " }"
    }
  }

  private func text(_ state: FactState, _ fact: Fact) -> String? {
    switch state {
    case .known(let value): return text(value, fact.type)
    case .absent: return "null"
    case .declined: return "declined"
    case .varying(let spells):
      let parts = spells.compactMap { spell in
        text(spell.state, fact).map { "\(period(spell, fact)): \($0)" }
      }
      return "{ " + parts.joined(separator: ", ") + " }"
    case .conflicting(let claims):
      let parts = claims.map { claim in
        let source = claim.origin?.source.map { ", source: \(quoted($0))" } ?? ""
        return "{ value: \(claim.value == .null ? "null" : text(claim.value, fact.type))\(source) }"
      }
      return "[ " + parts.joined(separator: ", ") + " ]"
    case .notGiven, .awaitingJudgement, .assumed: return nil
    }
  }

  private func period(_ spell: FactState.Spell, _ fact: Fact) -> String {
    func text(_ date: CalendarDate) -> String {
      switch fact.variation {
      case .yearly: String(date.description.prefix(4))
      case .monthly: String(date.description.prefix(7))
      default: date.description
      }
    }
    let first = text(spell.from)
    guard let through = spell.through else {
      return fact.variation == .daily ? first : "\(first).."
    }
    let last = text(through)
    return first == last ? first : "\(first)..\(last)"
  }

  /// As a fixture writes it: a bare number, a name, a date.
  func text(_ value: Value, _ type: ValueType) -> String {
    switch (value, type.present) {
    case (.number(let number), .number(let type)):
      if type.isPercent, let hundredfold = try? number * Number(100) {
        return hundredfold.canonicalText + " %"
      }
      return number.canonicalText
    case (.text(let text), _): return quoted(text)
    default:
      return program.text(of: value, type) { household.facts.instances[Int($0)].id }
    }
  }

  private func quoted(_ text: String) -> String { JSONValue.string(text).compact }
}
