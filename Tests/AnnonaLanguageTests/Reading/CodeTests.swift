import Foundation
import Testing

/// Every code of the readers is shown by a test with its exact text.
@Suite struct CodeTests {
  @Test func haveATestEach() throws {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let root = here.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let sources = root.appendingPathComponent("Sources/AnnonaLanguage/YAML")
    let declared = try codes(in: sources, quote: "\"")
    let shown = try codes(in: here, quote: "[").union(
      codes(in: here.appendingPathComponent("bad"), quote: "["))
    #expect(declared.count > 40)
    // What no known text leads to: the last resort for a fault that libyaml may yet find.
    #expect(declared.subtracting(shown).sorted() == ["Y041"])
  }

  private func codes(in folder: URL, quote: String) throws -> Set<String> {
    var found: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      else { continue }
      for part in text.components(separatedBy: quote + "Y").dropFirst() {
        let digits = part.prefix(3)
        if digits.count == 3, digits.allSatisfy(\.isNumber) { found.insert("Y" + digits) }
      }
    }
    return found
  }
}
