import AnnonaLanguage
import Support
import Testing

/// Faulty rulebooks are answered with every problem that they have, to the letter.
@Test(arguments: BadCase.all(beside: #filePath))
func faultyRulebookIsAnswered(_ bad: BadCase) throws {
  let mismatch = try bad.mismatch { files in
    diagnosticsText(files) { checked([$0]).diagnostics }
  }
  #expect(mismatch == nil)
}
