import AnnonaLanguage
import Foundation
import Support
import Testing

/// Rulebooks that use the language as it is meant to be used are accepted without a word.
@Test(arguments: GoodRulebook.all)
func goodRulebookIsAcceptedInSilence(_ rulebook: GoodRulebook) throws {
  let books = rulebooks(in: rulebook.files)
  let (program, found) = checked(books)
  let text = DiagnosticText(files: rulebook.files).render(found)
  #expect(text == "")
  #expect(program != nil)
}

/// A file of the folder `good`, or a folder in it whose files are rulebooks that import those before.
struct GoodRulebook: Sendable, CustomStringConvertible {
  let description: String
  let files: [SourceFile]

  static let all: [GoodRulebook] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("good")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map { name in
      let place = folder.appendingPathComponent(name)
      let inside = try? FileManager.default.contentsOfDirectory(atPath: place.path)
      let paths = inside?.sorted().map { place.appendingPathComponent($0) } ?? [place]
      return GoodRulebook(
        description: name,
        files: paths.map {
          SourceFile(
            path: $0.lastPathComponent, bytes: [UInt8]((try? Data(contentsOf: $0)) ?? Data()))
        })
    }
  }()
}
