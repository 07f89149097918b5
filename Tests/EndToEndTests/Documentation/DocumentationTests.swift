import Foundation
import Support
import Testing

/// Every example of the language reference is run, and says what it says.
@Suite struct DocumentationTests {
  @Test(arguments: DocumentationPage.all)
  func saysWhatTheCommandsSay(_ page: DocumentationPage) throws {
    let wanted = try page.text()
    let found = try page.executed()
    guard isRecording, found != wanted else {
      #expect(difference(found: found, wanted: wanted) == nil)
      return
    }
    try found.write(to: page.url, atomically: true, encoding: .utf8)
    Issue.record("recorded \(page.name): read it and run again without ANNONA_UPDATE")
  }

  /// A page that describes a construct shows what it does.
  @Test(arguments: DocumentationPage.all.filter { $0.name.first?.isNumber ?? false })
  func hasExamples(_ page: DocumentationPage) throws {
    let text = try page.text()
    #expect(text.contains("\n$ annona "), "\(page.name) runs no command")
    #expect(text.hasPrefix("# "), "\(page.name) has no heading")
  }

  @Test func indexListsEveryPageInOrder() throws {
    let index = try String(
      contentsOf: DocumentationPage.folder.appendingPathComponent("README.md"), encoding: .utf8)
    let listed = index.matches(of: #/\]\(([^)#]+\.md)\)/#).map { String($0.output.1) }
    let pages = DocumentationPage.all.map(\.name).filter { $0 != "README.md" }
    #expect(listed == pages)
  }

  /// Pages lead to pages that exist.
  @Test(arguments: DocumentationPage.all)
  func linksLeadSomewhere(_ page: DocumentationPage) throws {
    for link in try page.text().matches(of: #/\]\(([^)#:]+\.md)/#) {
      let place = DocumentationPage.folder.appendingPathComponent(String(link.output.1))
      #expect(
        FileManager.default.fileExists(atPath: place.path), "\(page.name) links to \(link.output.1)"
      )
    }
  }
}
