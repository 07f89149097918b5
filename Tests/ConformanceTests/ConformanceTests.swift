import AnnonaLanguage
import Foundation
import Testing

/// What another engine would have to do too, read from YAML that policy authors can read.
@Suite("Conformance") struct ConformanceTests {
  /// Read once; a folder that cannot be read has no cases, and the tests below fail.
  static let cases = (try? ConformanceCase.all()) ?? []

  @Test func filesAreReadable() throws {
    let cases = try ConformanceCase.all()
    #expect(!cases.isEmpty)
  }

  @Test func anEmptyFolderHasNoCases() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("annona-\(UInt64.random(in: 0...UInt64.max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try ConformanceCase.all(below: folder).isEmpty)
  }

  @Test(arguments: cases) func holds(_ expected: ConformanceCase) {
    var run = ConformanceRun(expected)
    run.run()
    #expect(run.mismatches.isEmpty, "\(expected)\n\(run.mismatches.joined(separator: "\n"))")
  }

  @Test func namesAreUnique() {
    var seen: Set<String> = []
    let repeated = Self.cases.map(\.description).filter { !seen.insert($0).inserted }
    #expect(repeated.isEmpty)
  }

  /// Every numbered decision has a case, or a written reason for having none; never both.
  @Test func coversEveryDecision() throws {
    let numbers = (1...91).map(String.init) + ["25a", "60a"]
    let wanted = numbers.map { "semantics \($0)" } + (1...21).map { "language \($0)" }
    let shown = Set(Self.cases.flatMap(\.shows))
    let url = ConformanceCase.folder.appendingPathComponent("absent.yaml")
    let bytes = [UInt8](try Data(contentsOf: url))
    let (node, problems) = readNodes(SourceFile(path: "absent.yaml", bytes: bytes), index: 0)
    #expect(problems.isEmpty)
    let absent = node?.entries ?? []
    for entry in absent { #expect(entry.value.text?.isEmpty == false) }
    let excused = Set(absent.map(\.key.text))
    #expect(wanted.filter { !shown.contains($0) && !excused.contains($0) } == [])
    #expect(excused.filter { shown.contains($0) }.sorted() == [])
    #expect(shown.union(excused).subtracting(wanted).sorted() == [])
  }
}
