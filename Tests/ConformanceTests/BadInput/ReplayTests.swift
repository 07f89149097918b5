import Annona
import AnnonaLanguage
import Foundation
import Testing

/// What random bytes have found is tried again, each time: `Fuzz/finds/TARGET/…`.
@Suite("Finds") struct ReplayTests {
  static let folder = ConformanceCase.folder.deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fuzz/finds", isDirectory: true)

  /// `expression/crash-1234`
  static let finds: [String] = {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (paths ?? []).filter { $0.contains("/") }.sorted()
  }()

  @Test func isWhereFindsAreKept() {
    #expect(FileManager.default.fileExists(atPath: Self.folder.path))
  }

  @Test(arguments: finds) func isAnswered(_ find: String) throws {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(find)))
    let answer = input(find, bytes).answer()
    for diagnostic in answer.diagnostics {
      #expect(answer.files.indices.contains(Int(diagnostic.span.file)))
    }
  }

  private func input(_ find: String, _ bytes: [UInt8]) -> BadInput {

    switch find.prefix(while: { $0 != "/" }) {
    case "expression": return BadInput(find, []) { block("value", bytes) }
    case "table": return BadInput(find, []) { block("table", bytes) }
    case "json":
      return BadInput(find, []) { SourceFile(path: "case.json", bytes: bytes) }
    case "yaml", "cases":
      return BadInput(find, []) { SourceFile(path: "case.yaml", bytes: bytes) }
    default: return BadInput(find, []) { bytes }
    }
  }
}

/// The bytes as the lines of a rule's text.
private func block(_ key: String, _ bytes: [UInt8]) -> [UInt8] {
  let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
  let margin = [UInt8](repeating: 0x20, count: 6)
  let rules =
    BadInput.header
    + BadInput.facts
    .replacing(
      "rules: { household.poor: income < 100 EUR/year }",
      with: "rules:\n  household.poor: { value: true }"
    )
    .replacing("benefits: { grant: { entitled: household.poor } }\n", with: "")
  return Array((rules + "  household.result:\n    \(key): |\n").utf8)
    + lines.flatMap { margin + $0 + [0x0A] }
}
