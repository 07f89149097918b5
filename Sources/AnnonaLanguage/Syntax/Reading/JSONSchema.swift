/// The shapes that the readers use, as a JSON Schema (draft 7) for editors; it follows from the shapes and is never written by hand.
package struct JSONSchema {
  private var definitions: [JSONValue.Member] = []
  private var begun: Set<String> = []

  /// The schema of a file whose whole is one mapping of the shape.
  package static func file(_ shape: any Shape.Type, called id: String) -> JSONValue {
    var schema = JSONSchema()
    let reference = schema.reference(to: shape)
    let head: [JSONValue.Member] = [
      .init("$schema", "http://json-schema.org/draft-07/schema#"), .init("$id", .string(id)),
      .init("title", .string(shape.form.summary)),
    ]
    let sorted = schema.definitions.sorted { $0.name < $1.name }
    return .object(head + [.init("allOf", [reference]), .init("definitions", .object(sorted))])
  }

  private mutating func reference(to shape: any Shape.Type) -> JSONValue {
    let name = shape.form.name.split(separator: " ").dropFirst().joined(separator: "_")
    if begun.insert(name).inserted {
      let definition = definition(of: shape.form)
      definitions.append(.init(name, definition))
    }
    return .object(["$ref": .string("#/definitions/\(name)")])
  }

  private mutating func definition(of form: ShapeForm) -> JSONValue {
    let properties = form.keys.map { key in
      JSONValue.Member(key.name, described(schema(of: key.kind), key.summary))
    }
    var members: [JSONValue.Member] = [
      .init("type", "object"), .init("description", .string(form.summary)),
      .init("properties", .object(properties)), .init("additionalProperties", .bool(false)),
    ]
    let required = form.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { members.append(.init("required", .array(required))) }
    let choices = form.choices.map(choice)
    if !choices.isEmpty { members.append(.init("allOf", .array(choices))) }
    if !form.dependencies.isEmpty {
      members.append(
        .init(
          "dependencies",
          .object(form.dependencies.map { .init($0.key, .array([.string($0.needs)])) })))
    }
    return .object(members)
  }

  /// One of the keys, and never two.
  private func choice(_ choice: KeyChoice) -> JSONValue {
    var ways = choice.keys.map { JSONValue.object(["required": .array([.string($0)])]) }
    if !choice.isRequired {
      ways.append(.object(["not": .object(["anyOf": .array(ways)])]))
    }
    return .object(["oneOf": .array(ways)])
  }

  private func described(_ schema: JSONValue, _ summary: String) -> JSONValue {
    guard case .object(let members) = schema, !members.contains(where: { $0.name == "$ref" })
    else {
      // Beside a reference nothing else counts.
      return .object(["description": .string(summary), "allOf": .array([schema])])
    }
    return .object([.init("description", .string(summary))] + members)
  }

  private mutating func schema(of kind: KindForm) -> JSONValue {
    switch kind {
    case .scalar(let form): return schema(of: form)
    case .text:
      let plain = schema(of: .plainText)
      let languages: JSONValue = .object([
        "type": "object", "additionalProperties": plain,
      ])
      return .object(["anyOf": [plain, languages]])
    case .list(let inner): return .object(["type": "array", "items": schema(of: inner)])
    case .entries(_, let inner):
      return .object(["type": "object", "additionalProperties": schema(of: inner)])
    case .shape(let shape):
      let whole = reference(to: shape)
      guard let short = shape.form.short.flatMap(shape.form.key) else { return whole }
      return .object(["anyOf": [schema(of: short.kind), whole]])
    case .either(let kinds):
      var schemas: [JSONValue] = []
      for kind in kinds { schemas.append(schema(of: kind)) }
      return .object(["anyOf": .array(schemas)])
    case .later(let phrase): return .object(["description": .string(phrase)])
    }
  }

  /// An editor takes `12`, `true` and `null` for other types than text; all of them are texts here.
  private func schema(of form: ScalarForm) -> JSONValue {
    switch form {
    case .flag: .object(["type": "boolean"])
    case .word(let words): .object(["enum": .array(words.map { .string($0) })])
    case .date: .object(["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"])
    case .table, .grid: .object(["type": "string"])
    default: .object(["type": ["string", "number", "boolean", "null"]])
    }
  }
}
