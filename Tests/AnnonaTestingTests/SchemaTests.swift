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
