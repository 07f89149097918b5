import Annona
import AnnonaTesting

/// The fixtures below some paths, each with its rulebook, which is read and checked once; and the rulebooks there that have none.
struct FixtureLoading {
  /// One a rulebook: in the order in which their fixtures are met, then those without fixtures.
  private(set) var suites: [FixtureSuite] = []
  /// Files of fixtures that have no rulebook to run on.
  private(set) var unrunnable: [FixtureSuite] = []
  /// Texts for standard error, and what the exit status must tell.
  private var problems: [(diagnostics: [Diagnostic], files: [SourceFile])] = []
  private(set) var status: ExitStatus?
  /// The first file of every rulebook that was looked at.
  private var looked: Set<String> = []

  init(_ paths: [String], rules: String?) throws(FileProblem) {
    var groups: [(id: String, files: [FixtureFile])] = []
    var seen: Set<String> = []
    var rulebooks: [RulebookFiles] = []
    for path in paths {
      let sources = try FixtureFolder.files(below: path)
      let found = try RulebookFolder.rulebooksIfAny(below: path)
      let misnamed = try FixtureFolder.misnamed(below: path)
      if sources.isEmpty, found.isEmpty, misnamed.isEmpty {
        throw FileProblem(
          path: path,
          reason: "there is neither a rulebook nor a file of fixtures, `*.test.yaml`, here")
      }
      rulebooks += found
      for source in misnamed where seen.insert(source.path).inserted {
        problems.append(([.misnamedFixtures(source.path)], [source]))
      }
      for source in sources where seen.insert(source.path).inserted {
        let file = FixtureFile(source)
        let id = file.rulebook?.text ?? ""
        if let index = groups.firstIndex(where: { $0.id == id }) {
          groups[index].files.append(file)
        } else {
          groups.append((id, [file]))
        }
      }
    }
    for (id, files) in groups { try add(id, files, rules) }
    for rulebook in rulebooks { try add(rulebook, rules) }
  }

  private mutating func add(
    _ id: String, _ files: [FixtureFile], _ rules: String?
  ) throws(FileProblem) {
    let sources = files.map(\.source)
    guard let first = files.first, let name = first.rulebook else {
      // A file that does not say what it tests has faults of its own.
      return add(FixtureSuite(Program(), sources))
    }
    guard let loaded = try FixtureFolder.rulebook(called: id, beside: first.source, rules: rules)
    else {
      return add(FixtureSuite(of: sources, because: .unknownRulebook(id, near: nil, at: name.span)))
    }
    if let path = loaded.files.first?.path { looked.insert(FileSystem.identity(of: path)) }
    guard let rulebook = loaded.rulebook else {
      addErrors(of: loaded)
      unrunnable.append(FixtureSuite(of: sources, because: .faultyRulebook(id, at: name.span)))
      return
    }
    add(FixtureSuite(rulebook.program, sources))
  }

  /// A rulebook that no fixture tests; one of figures alone is tested by those that import it.
  private mutating func add(_ files: RulebookFiles, _ rules: String?) throws(FileProblem) {
    guard let first = files.files.first,
      looked.insert(FileSystem.identity(of: first.path)).inserted
    else { return }
    let library = try RulesFolder.library(rules, for: first.path)
    let loaded = Rulebook.load(files: files.files, imports: library)
    guard let program = loaded.rulebook?.program else { return addErrors(of: loaded) }
    guard !program.rules.isEmpty || !program.benefits.isEmpty else { return }
    problems.append(([.noFixtures(program.id, of: files)], files.files))
    suites.append(FixtureSuite(program, []))
  }

  private mutating func addErrors(of loaded: LoadedRulebook) {
    problems.append((loaded.diagnostics.filter { $0.severity == .error }, loaded.files))
    status = .faultyRulebook
  }

  private mutating func add(_ suite: FixtureSuite) {
    if !suite.diagnostics.isEmpty { problems.append((suite.diagnostics, suite.files)) }
    if suite.diagnostics.hasErrors { status = status ?? .faultyCase }
    if suite.program.id.isEmpty { unrunnable.append(suite) } else { suites.append(suite) }
  }

  func report(on console: any Console, coloured: Bool) {
    for (diagnostics, files) in problems {
      console.report(DiagnosticText(files: files, coloured: coloured).render(diagnostics) + "\n")
    }
  }
}

extension Diagnostic {
  /// At the id in the header.
  fileprivate static func noFixtures(_ id: String, of rulebook: RulebookFiles) -> Diagnostic {
    .noFixtures(id, near: rulebook.files.first?.path ?? id, at: rulebook.header ?? .start(of: 0))
  }

  fileprivate static func misnamedFixtures(_ path: String) -> Diagnostic {
    .misnamedFixtures(
      String(path.split(separator: "/").last ?? ""), at: .start(of: 0))
  }
}

extension Span {
  fileprivate static func start(of file: Int32) -> Span { Span(file: file, start: 0, end: 0) }
}
