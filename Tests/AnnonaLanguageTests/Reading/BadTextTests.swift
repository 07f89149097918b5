import AnnonaLanguage
import Support
import Testing

/// Every fault of a text and the exact words that its author reads.
@Suite struct BadTextTests {
  @Test(arguments: BadCase.all(beside: #filePath))
  func isAnswered(_ bad: BadCase) throws {
    let mismatch = try bad.mismatch { files in
      diagnosticsText(files) { sources in
        sources.enumerated().flatMap { readNodes($0.element, index: Int32($0.offset)).1 }
      }
    }
    #expect(mismatch == nil, "\(mismatch ?? "")")
  }
}
