import AnnonaEngine
import AnnonaLanguage

/// What a file of fixtures says, before it is known which rulebook it is about.
package struct FixtureFile: Sendable {
  package let source: SourceFile
  /// The rulebook that it tests, as written; `nil` where it does not say.
  package let rulebook: NameSyntax?

  /// Reads the file as far as the rulebook's name; its problems are found when it is checked.
  package init(_ source: SourceFile) {
    self.source = source
    let (node, _) = readNodes(source, index: 0)
    guard case .mapping(let entries)? = node?.content,
      let entry = entries.first(where: { $0.key.text == FixtureFileShape.tests.name }),
      case .scalar(let id) = entry.value.content
    else {
      rulebook = nil
      return
    }
    rulebook = NameSyntax(id.text, span: entry.value.span)
  }
}

/// The fixtures of one rulebook, and all that is wrong with them.
package struct FixtureSuite: Sendable {
  package let program: Program
  /// The program's own files, then those of the fixtures: what every span counts in.
  package let files: [SourceFile]
  /// In the order of the files and of the cases in them; a faulty case is not among them.
  package let fixtures: [Fixture]
  package let diagnostics: [Diagnostic]

  package init(_ program: Program, _ sources: [SourceFile]) {
    self.program = program
    files = program.files + sources
    let names = SubjectNames(program)
    var fixtures: [Fixture] = []
    var diagnostics: [Diagnostic] = []
    for (offset, source) in sources.enumerated() {
      let (node, found) = readNodes(source, index: Int32(program.files.count + offset))
      diagnostics += found
      guard let node, !found.hasErrors else { continue }
      let (syntax, faults) = readFile(node, as: FixtureFileShape.self, from: files)
      diagnostics += faults
      guard let syntax else { continue }
      var checking = FixtureChecking(names, syntax)
      checking.checkAll()
      fixtures += checking.fixtures
      diagnostics += checking.diagnostics
    }
    self.fixtures = fixtures
    self.diagnostics = diagnostics.inOrder()
  }

  private init(_ suite: FixtureSuite, _ fixtures: [Fixture]) {
    program = suite.program
    files = suite.files
    diagnostics = suite.diagnostics
    self.fixtures = fixtures
  }

  /// The same with some of its fixtures.
  package func filtered(_ isWanted: (Fixture) -> Bool) -> FixtureSuite {
    FixtureSuite(self, fixtures.filter(isWanted))
  }
}

extension Key {
  fileprivate var name: String { form.name }
}
