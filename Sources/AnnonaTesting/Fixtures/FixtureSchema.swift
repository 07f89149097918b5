import AnnonaLanguage

extension JSONSchema {
  /// The schema of files of fixtures.
  package static var fixtures: JSONValue {
    file(FixtureFileShape.self, called: "fixtures.schema.json")
  }

  /// The schema of cases: what their facts are, only their rulebook knows.
  package static var household: JSONValue {
    .object([
      "$schema": "http://json-schema.org/draft-07/schema#", "$id": "case.schema.json",
      "title": "What is known of one household.", "type": "object",
      "properties": .object([
        "today": .object([
          "description": "The date decided for.", "type": "string",
          "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        ])
      ]),
      "additionalProperties": .object([
        "type": ["object", "string", "number", "boolean", "array", "null"]
      ]),
    ])
  }
}
