import AnnonaLanguage
import AnnonaTesting
import Foundation
import Support
import Testing

/// The schemas that editors use follow from the readers' own shapes, and accept every file of the project.
@Suite struct SchemaTests {
  static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let schemas: [(name: String, value: JSONValue)] = [
    ("rulebook.schema.json", JSONSchema.rulebook), ("fixtures.schema.json", JSONSchema.fixtures),
    ("case.schema.json", JSONSchema.household),
  ]

  @Test(arguments: schemas.map(\.name)) func isTheOneThatIsKept(_ name: String) throws {
    let value = try #require(Self.schemas.first { $0.name == name }).value
    let place = Self.project.appendingPathComponent("Schemas").appendingPathComponent(name)
    let text = value.pretty + "\n"
    if isRecording {
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: place, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name): read it and run again without ANNONA_UPDATE")
    }
    let kept = try String(contentsOf: place, encoding: .utf8)
    #expect(difference(found: text, wanted: kept) == nil)
  }

  /// Every rulebook, file of fixtures and case of the project.
  static let files: [String] = ["Rules", "Examples"].flatMap { folder in
    let root = project.appendingPathComponent(folder).path
    let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }.sorted()
  }

  @Test(arguments: files) func accepts(_ path: String) throws {
    let url = Self.project.appendingPathComponent(path)
    let source = SourceFile(path: path, bytes: [UInt8](try Data(contentsOf: url)))
    let node = try #require(readYAML(source, index: 0).0)
    guard case .mapping(let entries) = node.content else { return }
    let keys = Set(entries.map(\.key.text))
    let schema: JSONValue
    if path.hasSuffix(".test.yaml") {
      schema = JSONSchema.fixtures
    } else if path.hasSuffix("household.yaml") {
      schema = JSONSchema.household
    } else if keys.isDisjoint(with: ["rulebook", "rules", "parameters", "benefits", "entities"]) {
      return
    } else {
      schema = JSONSchema.rulebook
    }
    // One example has a misspelt key on purpose.
    let wanted = path.hasPrefix("Examples/05") ? ["parameters/income_limit: titel is unknown"] : []
    #expect(SchemaCheck(schema).problems(of: node) == wanted)
  }

  @Test(arguments: [
    ("tests: a\ncases: [ { name: x, expect: { y: 1 } } ]\n", [String]()),
    ("cases: []\n", ["tests is missing"]),
    ("tests: a\ncases: []\ncasse: []\n", ["casse is unknown"]),
    ("tests: a\ncases: [ { name: x } ]\n", ["cases/0: none of the ways fits, or several"]),
  ])
  func finds(_ text: String, _ problems: [String]) throws {
    let node = try #require(readYAML(SourceFile(path: "a", text: text), index: 0).0)
    #expect(SchemaCheck(JSONSchema.fixtures).problems(of: node) == problems)
  }
}

/// As much of JSON Schema as the schemas use.
private struct SchemaCheck {
  let root: JSONValue

  init(_ root: JSONValue) { self.root = root }

  func problems(of node: Node) -> [String] { problems(node, root, []) }

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
