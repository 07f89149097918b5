import AnnonaLanguage
import Support
import Testing

struct RulebookDiagnosticsTests {
  @Test(arguments: BadCase.all(beside: #filePath))
  func `A faulty rulebook is answered in these words`(_ bad: BadCase) throws {
    #expect(try bad.mismatch { files in diagnosticsText(files, problems(of:)) } == nil)
  }

  @Test func `Every code has a faulty rulebook`() throws {
    var codes: Set<String> = []
    for bad in BadCase.all(beside: #filePath) {
      _ = try bad.mismatch { files in
        diagnosticsText(files) { sources in
          let found = problems(of: sources)
          codes.formUnion(found.map(\.code))
          return found
        }
      }
    }
    let numbers = Array(1...5) + Array(10...19) + Array(20...24) + Array(30...32) + [40]
    let wanted = numbers.map { "K" + ($0 < 10 ? "00" : "0") + String($0) }
    #expect(codes.filter { $0.hasPrefix("K") }.sorted() == wanted)
  }
}

private func problems(of sources: [SourceFile]) -> [Diagnostic] {
  let read = ReadRulebook(sources)
  return read.diagnostics
}
