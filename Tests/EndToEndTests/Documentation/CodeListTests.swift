import Foundation
import Testing

/// The page of codes names every code that the sources can report, once and in order, and no other.
@Suite struct CodeListTests {
  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Sources", isDirectory: true).standardizedFileURL

  private static func reportedCodes() throws -> Set<String> {
    var codes: Set<String> = []
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/"([A-Z][0-9]{3})"/#) { codes.insert(String(match.output.1)) }
    }
    return codes
  }

  @Test func listsEveryCode() throws {
    let page = try #require(
      DocumentationPage.all.first { $0.name.hasSuffix("codes.md") }, "there is no page of codes")
    let listed = try page.text().matches(of: #/(?m)^\| `([A-Z][0-9]{3})` \| [^|]/#)
      .map { String($0.output.1) }
    let reported = try Self.reportedCodes()
    #expect(!reported.isEmpty)
    #expect(Set(listed).count == listed.count, "a code is listed twice")
    let missing = reported.subtracting(listed).sorted()
    let gone = Set(listed).subtracting(reported).sorted()
    #expect(
      missing.isEmpty,
      "\(page.name) needs a line for \(missing.joined(separator: ", "))")
    #expect(gone.isEmpty, "nothing reports \(gone.joined(separator: ", ")) of \(page.name)")
    // Letters come in the order in which a rulebook is read; numbers ascend.
    let groups = Dictionary(grouping: listed) { $0.first ?? " " }
    for group in groups.values { #expect(group == group.sorted()) }
  }
}
