import Annona
import AnnonaEngine
internal import AnnonaLanguage
import AnnonaValues

/// The facts of a record as the case file that they make up, to be read again for the same rulebook or another one.
struct RecordedCase {
  /// JSON, as anybody could have written it.
  private(set) var source = SourceFile(path: "record.json", text: "")
  /// Facts and members that the rulebook does not know, which are left out.
  private(set) var unknown: [String] = []

  private let program: Program
  private let members: [JSONValue]
  private let entries: [Int: [JSONValue]]
  private let places: [JSONValue]

  /// - Returns: `nil` where a fact is redacted, or the record's facts are no case.
  init?(_ facts: JSONValue, for program: Program) {
    self.program = program
    members = facts["members"]?.items ?? []
    places = facts["places"]?.items ?? []
    let recorded = facts["entries"]?.items ?? []
    entries = Dictionary(grouping: recorded) { $0["member"]?.number ?? -1 }
    // Whoever holds somebody stands before them, so that nobody holds themselves.
    let isInOrder = members.indices.allSatisfy { index in
      index == 0 || (members[index]["holder"]?.number ?? index) < index
    }
    guard isInOrder, !members.isEmpty, !program.entities.isEmpty,
      Redaction.redactedFacts(in: recorded).isEmpty
    else { return nil }
    let entity = program.entities[program.caseEntity]
    let household = object(of: 0, program.caseEntity)
    let text = JSONValue.object([.init(entity.name, household)]).compact
    source = SourceFile(path: "record.json", text: text)
  }

  // MARK: - Who there is

  private mutating func object(of member: Int, _ id: EntityID) -> JSONValue {
    let entity = program.entities[id]
    var object: [JSONValue.Member] = []
    for entry in entries[member] ?? [] {
      let name = entry["fact"]?.text ?? ""
      guard let fact = entity.facts.first(where: { program.facts[$0].name == name }) else {
        unknown.append(entry["id"]?.text ?? name)
        continue
      }
      if let value = given(entry, program.facts[fact]) { object.append(.init(name, value)) }
    }
    var held: [String: [Int]] = [:]
    for (index, other) in members.enumerated()
    where index > 0 && other["holder"]?.number == member {
      held[other["place"]?.text ?? "", default: []].append(index)
    }
    for place in entity.places.map({ program.places[$0] }) {
      let inside = held.removeValue(forKey: place.name) ?? []
      let state = places.first {
        $0["holder"]?.number == member && $0["place"]?.text == place.name
      }?["state"]?.text
      if let value = self.members(inside, of: place, state) {
        object.append(.init(place.name, value))
      }
    }
    unknown += held.keys.sorted().map { "\(entity.name).\($0)" }
    return .object(object)
  }

  private mutating func members(
    _ inside: [Int], of place: Place, _ state: String?
  ) -> JSONValue? {
    if state == "declined" { return .object(["state": "declined"]) }
    guard place.isList else {
      if let only = inside.first { return object(of: only, place.member) }
      return state == "known" ? .null : nil
    }
    if inside.isEmpty, state != "known" { return nil }
    return .object(
      inside.map { .init(members[$0]["id"]?.text ?? "", object(of: $0, place.member)) })
  }

  // MARK: - What was said

  /// `nil` for what nobody gave.
  private func given(_ entry: JSONValue, _ fact: Fact) -> JSONValue? {
    switch entry["state"]?.text {
    case "unknown", "awaiting_judgement", "assumed", nil: nil
    case "conflicting":
      .array((entry["claims"]?.items ?? []).map { claim($0, state($0, fact)) })
    default: described(entry, spells(entry, fact) ?? state(entry, fact))
    }
  }

  private func state(_ entry: JSONValue, _ fact: Fact) -> JSONValue {
    switch entry["state"]?.text {
    case "absent": .object(["state": "null"])
    case "declined": .object(["state": "declined"])
    case "unknown": .object(["state": "unknown"])
    case "conflicting": given(entry, fact) ?? .null
    default: value(entry["value"], fact.type)
    }
  }

  /// With its origin, where it has one.
  private func described(_ entry: JSONValue, _ value: JSONValue) -> JSONValue {
    if let others = entry["agreeing"]?.items, !others.isEmpty {
      let first = JSONValue.object(entry.members.filter { $0.name != "agreeing" })
      return .array(([first] + others).map { claim($0, value) })
    }
    let origin = entry.members.filter { ["source", "observed", "verified"].contains($0.name) }
    guard !origin.isEmpty else { return value }
    if value["state"] != nil { return .object(value.members + origin) }
    return .object([.init("value", value)] + origin)
  }

  /// One of several answers, which are mappings even where nobody said from where.
  private func claim(_ origin: JSONValue, _ value: JSONValue) -> JSONValue {
    let claim = described(origin, value)
    return claim["value"] == nil ? .object(["value": claim]) : claim
  }

  private func spells(_ entry: JSONValue, _ fact: Fact) -> JSONValue? {
    guard let spells = entry["spells"] else { return nil }
    return .object(
      spells.items.map { spell in
        let ends = [spell["from"]?.text, spell["through"]?.text].map { end in
          end.map { String($0.prefix(fact.variation.keyLength)) } ?? ""
        }
        return .init(
          ends.joined(separator: ".."), described(spell, state(spell, fact)))
      })
  }

  /// Plain where only a plain word is read, else a text.
  private func value(_ value: JSONValue?, _ type: ValueType) -> JSONValue {
    switch (value, type.present) {
    case (.string("true"), .boolean): .bool(true)
    case (.string("false"), .boolean): .bool(false)
    case (.array(let items), .list(let element)): .array(items.map { self.value($0, element) })
    default: value ?? .null
    }
  }
}

extension Variation? {
  /// Of `2024-09-01` as a key: the day, the month or the year.
  fileprivate var keyLength: Int {
    switch self {
    case .monthly: 7
    case .yearly: 4
    default: 10
    }
  }
}
