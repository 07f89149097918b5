import Annona
import AnnonaLanguage
import Foundation
import Testing

@Suite struct RulebooksCheckTests {
  /// Every folder below `Rules` that holds a rulebook.
  static let ids: [String] = {
    let root = LawRulebook.project.appendingPathComponent("Rules")
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    let folders = (paths ?? []).filter { $0.hasSuffix(".yaml") && !$0.hasSuffix(".test.yaml") }
      .map { $0.split(separator: "/").dropLast().joined(separator: ".") }
    return Set(folders).sorted()
  }()

  @Test func areFound() { #expect(Self.ids.contains("pt.abono_de_familia")) }

  @Test(arguments: ids) func checkWithoutFindings(_ id: String) throws {
    let loaded = try LawRulebook.load(id)
    let findings = loaded.diagnostics.map { "\($0.code) \($0.message)" }
    #expect(findings == [])
  }
}
