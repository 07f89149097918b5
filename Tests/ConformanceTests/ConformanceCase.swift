import AnnonaLanguage
import Foundation

/// One case of the conformance suite as its file says it; `Tests/Conformance/README.md` explains the keys.
struct ConformanceCase: Sendable, CustomStringConvertible {
  /// `01-known-unknown-error/arithmetic.yaml`
  let file: String
  let name: String
  /// What of the language the case shows: `semantics 4`, `language 12`.
  let shows: [String]
  /// The rulebook's files by name, the header among them.
  let files: [(name: String, text: String)]
  /// Rulebooks that it imports, by id.
  let imports: [(id: String, text: String)]
  let today: String
  /// The last day, where payments over time are expected.
  let through: String?
  /// The case in YAML as it stands, or as a text of its own in JSON.
  let given: Node?
  let givenText: SourceFile?
  let suppose: [Node.Entry]
  let expect: [Node.Entry]
  /// Codes of the errors that keep the rulebook from loading, all of them.
  let refused: [String]?
  /// Codes of all warnings.
  let warned: [String]?
  /// Codes of the problems of the case, all of them.
  let caseRefused: [String]?
  /// Words that the diagnostics must have.
  let says: [String]

  var description: String { "\(file): \(name)" }

  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Conformance", isDirectory: true)

  /// Every case of every file, in the order of their paths.
  static func all(below folder: URL = folder) throws -> [ConformanceCase] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    let files = (paths ?? []).filter { $0.hasSuffix(".yaml") && $0.contains("/") }.sorted()
    return try files.flatMap { try read($0, in: folder) }
  }

  private static func read(_ path: String, in folder: URL) throws -> [ConformanceCase] {
    let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(path)))
    let source = SourceFile(path: path, bytes: bytes)
    let (node, problems) = readNodes(source, index: 0)
    guard problems.isEmpty, let node else {
      throw Malformed(description: DiagnosticText(files: [source]).render(problems))
    }
    try checkKeys(of: node, ["about", "today", "rules", "files", "imports", "cases"], path)
    guard let cases = node["cases"]?.elements, !cases.isEmpty, node["about"]?.text != nil else {
      throw Malformed(description: "\(path): `about` or `cases` is missing")
    }
    return try cases.map { try ConformanceCase($0, in: node, path) }
  }

  private static let keys = [
    "name", "shows", "today", "through", "rules", "files", "imports", "value", "given", "json",
    "suppose",
    "is", "expect", "refused", "warned", "case_refused", "says",
  ]

  private static func checkKeys(of node: Node, _ known: [String], _ place: String) throws {
    for entry in node.entries where !known.contains(entry.key.text) {
      throw Malformed(description: "\(place): unknown key `\(entry.key.text)`")
    }
  }

  private init(_ node: Node, in file: Node, _ path: String) throws {
    func said(_ key: String) -> Node? { node[key] ?? file[key] }
    self.file = path
    guard let name = node["name"]?.text else {
      throw Malformed(description: "\(path): a case has no name")
    }
    self.name = name
    try Self.checkKeys(of: node, Self.keys, "\(path): \(name)")
    shows = node["shows"]?.texts ?? []
    today = said("today")?.text ?? "2025-03-01"
    through = node["through"]?.text
    files = StandardRulebook.files(
      rules: said("rules")?.text ?? "", more: said("files")?.entries ?? [],
      value: node["value"]?.text)
    imports = (said("imports")?.entries ?? []).map { ($0.key.text, $0.value.text ?? "") }
    given = node["given"]
    givenText = node["json"]?.text.map { SourceFile(path: "case.json", text: $0) }
    suppose = node["suppose"]?.entries ?? []
    let result = node["is"].map { value in
      Node.Entry(
        key: Scalar(text: StandardRulebook.result, style: .plain, segments: []),
        keySpan: value.span, value: value)
    }
    expect = (result.map { [$0] } ?? []) + (node["expect"]?.entries ?? [])
    refused = node["refused"]?.texts
    warned = node["warned"]?.texts
    caseRefused = node["case_refused"]?.texts
    says = node["says"]?.texts ?? []
    if expect.isEmpty && refused == nil && warned == nil && caseRefused == nil {
      throw Malformed(description: "\(path): \(name): nothing is expected")
    }
  }
}

/// What is added to the rules of a case, so that each shows only what it is about.
enum StandardRulebook {
  /// The rule that `value:` is put into, and `is:` is about.
  static let result = "household.result"

  /// A key of these that the rules have themselves is left out.
  static let header = [
    "rulebook: test.rules", "title: Rules of a test", "language: en", "currency: EUR",
    "case: household", "in_force: { from: 2000-01-01 }",
    "calendar: { leap_day_birthday: mar_1, month_overflow: error }",
  ]
  static let entities = "entities: { household: {} }"

  static func files(
    rules: String, more: [Node.Entry], value: String?
  ) -> [(name: String, text: String)] {
    let texts = [rules] + more.compactMap(\.value.text)
    let own = Set(texts.flatMap(topKeys))
    let lines = (own.contains("rulebook") ? [] : header) + [entities]
    let added = lines.filter { !own.contains(String($0.prefix { $0 != ":" })) }
    var files = [("rules.yaml", added.map { $0 + "\n" }.joined() + rules)]
    files += more.map { ($0.key.text, $0.value.text ?? "") }
    if let value {
      let lines = value.split(separator: "\n").map { "      \($0)\n" }.joined()
      files.append(("value.yaml", "rules:\n  \(result):\n    value: |\n\(lines)"))
    }
    return files
  }

  /// The words before a colon at the start of a line.
  private static func topKeys(of text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      guard let first = line.first, first.isLetter, let colon = line.firstIndex(of: ":") else {
        return nil
      }
      return String(line[..<colon])
    }
  }
}

extension Node {
  subscript(key: String) -> Node? { entries.first { $0.key.text == key }?.value }

  var entries: [Entry] {
    guard case .mapping(let entries) = content else { return [] }
    return entries
  }

  var elements: [Node]? {
    guard case .sequence(let nodes) = content else { return nil }
    return nodes
  }

  var text: String? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar.text
  }

  /// One text, or a list of them.
  var texts: [String]? { text.map { [$0] } ?? elements?.compactMap(\.text) }
}
