import Annona
import AnnonaLanguage
import Support
import Testing

/// Faulty rulebooks are answered with every problem that they have, to the letter.
@Test(arguments: BadCase.all(beside: #filePath))
func faultyRulebookIsAnswered(_ bad: BadCase) throws {
  let mismatch = try bad.mismatch { files in
    diagnosticsText(files) { checked(rulebooks(in: $0)).diagnostics }
  }
  #expect(mismatch == nil)
}

/// A file with a header starts another rulebook, which those after it may import.
func rulebooks(in files: [SourceFile]) -> [[SourceFile]] {
  files.reduce(into: []) { books, file in
    let hasHeader = String(decoding: file.bytes, as: UTF8.self).hasPrefix("rulebook:")
    if hasHeader || books.isEmpty { books.append([]) }
    books[books.count - 1].append(file)
  }
}
