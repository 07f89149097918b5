import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Foundation
import Testing

/// A figure that somebody published, and the household it was published for.
///
/// The numbers are the file's own text, so that none passes through a binary fraction on its way.
struct PublishedFigure: CustomStringConvertible {
  let id: String
  let date: CalendarDate
  /// By the names of the file: text for everything, `true` and `false` included.
  let input: [String: String]
  let expected: [String: String]

  var description: String { id }

  /// All cases of a file below `cases`.
  static func all(_ name: String) throws -> [PublishedFigure] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("cases").appendingPathComponent(name + ".json")
    let source = SourceFile(path: name, bytes: [UInt8](try Data(contentsOf: url)))
    let (node, problems) = readJSON(source, index: 0)
    try #require(problems.isEmpty)
    let cases = try #require(node?["cases"]?.elements)
    return try cases.map { entry in
      let date = CalendarDate(text: entry["date"]?.text ?? "")
      return try PublishedFigure(
        id: #require(entry["id"]?.text), date: #require(date),
        input: texts(#require(entry["input"])), expected: texts(#require(entry["expected"])))
    }
  }

  private static func texts(_ node: Node) -> [String: String] {
    var texts: [String: String] = [:]
    for entry in node.entries { texts[entry.key.text] = entry.value.text }
    return texts
  }

  func number(_ key: String) throws -> Number {
    try #require(Number(text: input[key] ?? ""))
  }

  func integer(_ key: String) throws -> Int { try #require(try number(key).integer) }
}
