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

/// A case that could not run because it is faulty, or a whole file of which no case could.
package struct FaultyFixture: Sendable {
  /// `nil` for a whole file.
  package let name: String?
  package let span: Span
  package let problems: [Diagnostic]
}

/// The fixtures of one rulebook, and all that is wrong with them.
package struct FixtureSuite: Sendable {
  package let program: Program
  /// The program's own files, then those of the fixtures: what every span counts in.
  package let files: [SourceFile]
  /// In the order of the files and of the cases in them; a faulty case is not among them.
  package let fixtures: [Fixture]
  /// What could not run, in the same order.
  package let faulty: [FaultyFixture]
  package let diagnostics: [Diagnostic]

  package init(_ program: Program, _ sources: [SourceFile]) {
    self.program = program
    files = program.files + sources
    let names = SubjectNames(program)
    let listed = ListedNames(program)
    var fixtures: [Fixture] = []
    var faulty: [FaultyFixture] = []
    var diagnostics: [Diagnostic] = []
    for (offset, source) in sources.enumerated() {
      let index = Int32(program.files.count + offset)
      let (node, found) = readNodes(source, index: index)
      diagnostics += found
      guard let node, !found.hasErrors else {
        faulty.append(.file(index, found))
        continue
      }
      let (syntax, faults) = readFile(node, as: FixtureFileShape.self, from: files)
      diagnostics += faults
      guard let syntax else {
        faulty.append(.file(index, faults))
        continue
      }
      var checking = FixtureChecking(names, listed, syntax, faults)
      checking.checkAll()
      let unread = node.unreadCases(faults)
      if syntax.cases.isEmpty, unread.isEmpty, faults.hasErrors {
        faulty.append(.file(index, faults))
      }
      fixtures += checking.fixtures
      faulty += (checking.faulty + unread).sorted { $0.span.start < $1.span.start }
      diagnostics += checking.diagnostics
    }
    self.fixtures = fixtures
    self.faulty = faulty
    self.diagnostics = diagnostics.inOrder()
  }

  /// Files that cannot run at all, because there is no rulebook to run them on.
  package init(of files: [SourceFile], because problem: Diagnostic) {
    program = Program()
    self.files = files
    fixtures = []
    faulty = files.indices.map { .file(Int32($0), [problem]) }
    diagnostics = [problem]
  }

  private init(_ suite: FixtureSuite, _ fixtures: [Fixture], _ faulty: [FaultyFixture]) {
    program = suite.program
    files = suite.files
    diagnostics = suite.diagnostics
    self.fixtures = fixtures
    self.faulty = faulty
  }

  /// The same with some of its cases, by name; a file that cannot run at all is always among them.
  package func filtered(_ isWanted: (String) -> Bool) -> FixtureSuite {
    FixtureSuite(
      self, fixtures.filter { isWanted($0.name) },
      faulty.filter { $0.name.map(isWanted) ?? true })
  }
}

extension FaultyFixture {
  fileprivate static func file(_ index: Int32, _ found: [Diagnostic]) -> FaultyFixture {
    FaultyFixture(
      name: nil, span: Span(file: index, start: 0, end: 0), problems: found.errors)
  }
}

extension Node {
  /// Entries under `cases:` that are no case at all.
  fileprivate func unreadCases(_ faults: [Diagnostic]) -> [FaultyFixture] {
    guard case .mapping(let entries) = content,
      let cases = entries.last(where: { $0.key.text == FixtureFileShape.cases.name }),
      case .sequence(let items) = cases.value.content
    else { return [] }
    return items.enumerated().compactMap { number, item in
      if case .mapping = item.content { return nil }
      return FaultyFixture(
        name: "case \(number + 1)", span: item.span, problems: faults.errors.within(item.span))
    }
  }
}

extension [Diagnostic] {
  var errors: [Diagnostic] { filter { $0.severity == .error } }

  func within(_ span: Span) -> [Diagnostic] {
    filter {
      $0.span.file == span.file && span.start <= $0.span.start && $0.span.start <= span.end
    }
  }
}

extension Key {
  fileprivate var name: String { form.name }
}
