import AnnonaEngine
import AnnonaLanguage

extension JSONSchema {
  /// The schema of the cases of one rulebook: its entities, facts and choices, as the reader of cases knows them.
  package static func household(of program: Program) -> JSONValue { CaseSchema(program).file }
}

private struct CaseSchema {
  let program: Program

  init(_ program: Program) { self.program = program }

  var file: JSONValue {
    guard program.entities.indices.contains(Int(program.caseEntity.index)) else {
      return .object([])
    }
    let entity = program.entities[program.caseEntity]
    let own = properties(of: entity)
    // The case's own facts may stand without its name above them.
    let properties = [
      JSONValue.Member(
        "today",
        .object([
          "description": "The date decided for.", "type": "string", "pattern": .string(Self.date),
        ])),
      .init(entity.name, reference(to: program.caseEntity)),
    ]
    return .object([
      .init("$schema", "http://json-schema.org/draft-07/schema#"),
      .init("title", .string("A case of \(program.id)")), .init("type", "object"),
      .init(
        "properties",
        .object(properties + own.filter { !["today", entity.name].contains($0.name) })),
      .init("additionalProperties", .bool(false)),
      .init("definitions", .object(program.entities.map { .init($0.name, definition(of: $0)) })),
    ])
  }

  private static let date = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

  private func reference(to entity: EntityID) -> JSONValue {
    .object(["$ref": .string("#/definitions/\(program.entities[entity].name)")])
  }

  private func definition(of entity: Entity) -> JSONValue {
    .object([
      .init("type", "object"),
      .init("properties", .object(properties(of: entity))),
      .init("additionalProperties", .bool(false)),
    ])
  }

  private func properties(of entity: Entity) -> [JSONValue.Member] {
    entity.facts.map { id in
      let fact = program.facts[id]
      return JSONValue.Member(
        fact.name, described(schema(of: fact), fact.ask.isEmpty ? fact.title : fact.ask))
    }
      + entity.places.map { id in
        let place = program.places[id]
        return JSONValue.Member(place.name, described(schema(of: place), place.title))
      }
  }

  private func described(_ schema: JSONValue, _ text: LocalizedText) -> JSONValue {
    guard case .object(let members) = schema,
      let words = text.text(in: program.language, else: program.language)
    else { return schema }
    return .object([.init("description", .string(words))] + members)
  }

  private func any(_ ways: [JSONValue]) -> JSONValue { .object(["anyOf": .array(ways)]) }

  private func words(_ words: [String]) -> JSONValue {
    .object(["enum": .array(words.map { .string($0) })])
  }

  // MARK: - Members

  private func schema(of place: Place) -> JSONValue {
    let member = reference(to: place.member)
    guard place.isList else {
      return any(
        [member, words(["unknown", "declined"])]
          + (place.isOptional ? [.object(["type": "null"])] : []))
    }
    let listed: JSONValue = .object([
      "type": "array",
      "items": .object([
        .init("type", "object"),
        .init(
          "properties",
          .object(
            [.init("id", .object(["type": ["string", "number"]]))]
              + properties(of: program.entities[place.member]))),
        .init("required", ["id"]), .init("additionalProperties", .bool(false)),
      ]),
    ])
    let named: JSONValue = .object([
      "type": "object",
      "additionalProperties": any([member, words(["unknown", "declined"])]),
    ])
    return any([named, listed, words(["unknown", "declined"])])
  }

  // MARK: - Facts

  private func schema(of fact: Fact) -> JSONValue {
    var states = [value(fact.type.present), words(["unknown", "declined"])]
    if fact.type.isOptional { states.append(.object(["type": "null"])) }
    let state = any(states)
    let varies = fact.variation.map { $0 != .never } ?? false
    let spells: JSONValue = .object([
      "type": "object",
      "patternProperties": .object([.init("^[0-9]{4}", any([state, origin(state)]))]),
      "additionalProperties": .bool(false),
    ])
    let told = varies ? any([state, spells]) : state
    let claims: JSONValue = .object(["type": "array", "items": origin(told)])
    return any([told, origin(told), claims])
  }

  /// `{ value: 12_000, source: "register:tax", observed: 2025-01-02 }`
  private func origin(_ value: JSONValue) -> JSONValue {
    .object([
      .init("type", "object"),
      .init(
        "properties",
        .object([
          .init("value", value), .init("source", .object(["type": "string"])),
          .init("observed", .object(["type": "string", "pattern": .string(Self.date)])),
          .init("state", words(["unknown", "declined", "null"])),
        ])),
      .init(
        "anyOf",
        .array([.object(["required": ["value"]]), .object(["required": ["state"]])])),
      .init("additionalProperties", .bool(false)),
    ])
  }

  private func value(_ type: ValueType) -> JSONValue {
    switch type.present {
    case .boolean: return .object(["type": "boolean"])
    case .date: return .object(["type": "string", "pattern": .string(Self.date)])
    case .choice(let choice): return words(program.choices[choice].members.map(\.name))
    case .list(let element): return .object(["type": "array", "items": value(element)])
    // A number may have its unit, or lines between its digits: `12_000 EUR/year`.
    case .number: return .object(["type": ["number", "string"]])
    default: return .object(["type": ["string", "number", "boolean"]])
    }
  }
}
