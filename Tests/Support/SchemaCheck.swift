package import AnnonaLanguage

/// As much of JSON Schema as the schemas use.
package struct SchemaCheck {
  private let root: JSONValue

  package init(_ root: JSONValue) { self.root = root }

  package func problems(of node: Node) -> [String] { problems(node, root, []) }

  private func problems(_ node: Node, _ schema: JSONValue, _ path: [String]) -> [String] {
    if case .string(let reference)? = schema["$ref"] {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      guard let target = root["definitions"]?[name] else { return ["\(reference) leads nowhere"] }
      return problems(node, target, path)
    }
    func found(_ text: String) -> [String] {
      [path.isEmpty ? text : path.joined(separator: "/") + ": " + text]
    }
    var problems: [String] = []
    if let types = schema["type"]?.texts, types.allSatisfy({ !node.types.contains($0) }) {
      return found("not \(types.joined(separator: " or "))")
    }
    if let words = schema["enum"]?.texts, !words.contains(node.plain ?? "") {
      problems += found("not one of the words")
    }
    if let pattern = schema["pattern"]?.texts?.first, let form = try? Regex(pattern),
      (try? form.wholeMatch(in: node.plain ?? "")) == nil
    {
      problems += found("not of the form")
    }
    if case .array(let parts)? = schema["allOf"] {
      problems += parts.flatMap { self.problems(node, $0, path) }
    }
    if case .array(let ways)? = schema["anyOf"],
      ways.allSatisfy({ !self.problems(node, $0, path).isEmpty })
    {
      problems += found("none of the ways fits")
    }
    if case .array(let ways)? = schema["oneOf"],
      ways.count(where: { self.problems(node, $0, path).isEmpty }) != 1
    {
      problems += found("none of the ways fits, or several")
    }
    if let no = schema["not"], self.problems(node, no, path).isEmpty {
      problems += found("what must not be")
    }
    return problems + inside(node, schema, path, found)
  }

  private func inside(
    _ node: Node, _ schema: JSONValue, _ path: [String], _ found: (String) -> [String]
  ) -> [String] {
    switch node.content {
    case .scalar: return []
    case .sequence(let nodes):
      guard let items = schema["items"] else { return [] }
      return nodes.enumerated().flatMap { problems($1, items, path + ["\($0)"]) }
    case .mapping(let entries):
      let keys = entries.map(\.key.text)
      var problems = (schema["required"]?.texts ?? []).filter { !keys.contains($0) }
        .flatMap { found("\($0) is missing") }
      for key in keys {
        for needed in schema["dependencies"]?[key]?.texts ?? [] where !keys.contains(needed) {
          problems += found("\(key) needs \(needed)")
        }
      }
      for entry in entries {
        let key = entry.key.text
        if let property = schema["properties"]?[key] {
          problems += self.problems(entry.value, property, path + [key])
        } else if schema["additionalProperties"] == .bool(false) {
          problems += found("\(key) is unknown")
        } else if let rest = schema["additionalProperties"] {
          problems += self.problems(entry.value, rest, path + [key])
        }
      }
      return problems
    }
  }
}

extension JSONValue {
  fileprivate subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// A text alone or a list of them.
  fileprivate var texts: [String]? {
    switch self {
    case .string(let text): [text]
    case .array(let items): items.compactMap { $0.texts?.first }
    default: nil
    }
  }
}

extension Node {
  fileprivate var plain: String? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar.text
  }

  /// What an editor takes it for.
  fileprivate var types: [String] {
    switch content {
    case .mapping: return ["object"]
    case .sequence: return ["array"]
    case .scalar(let scalar):
      guard scalar.style == .plain else { return ["string"] }
      if ["true", "false"].contains(scalar.text) { return ["boolean"] }
      if ["null", "", "~"].contains(scalar.text) { return ["null"] }
      return scalar.text.wholeMatch(of: #/-?[0-9][0-9_]*(\.[0-9]+)?/#) == nil
        ? ["string"] : ["number"]
    }
  }
}
