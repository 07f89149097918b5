extension JSONSchema {
  /// The schema of a rulebook's files.
  package static var rulebook: JSONValue {
    file(FileShape.self, called: "rulebook.schema.json")
  }
}
