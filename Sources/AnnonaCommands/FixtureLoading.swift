import Annona
import AnnonaTesting

/// The fixtures below some paths, each with its rulebook, which is read and checked once.
struct FixtureLoading {
  /// One a rulebook, in the order in which their fixtures are met.
  private(set) var suites: [FixtureSuite] = []
  /// Texts for standard error, and what the exit status must tell.
  private var problems: [(diagnostics: [Diagnostic], files: [SourceFile])] = []
  private(set) var status: ExitStatus?

  init(_ paths: [String], rules: String?) throws(FileProblem) {
    var groups: [(id: String, files: [FixtureFile])] = []
    var seen: Set<String> = []
    for path in paths {
      for source in try FixtureFolder.files(below: path) where seen.insert(source.path).inserted {
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
  }

  private mutating func add(
    _ id: String, _ files: [FixtureFile], _ rules: String?
  ) throws(FileProblem) {
    guard let first = files.first, let name = first.rulebook else {
      // A file that does not say what it tests has faults of its own.
      return add(FixtureSuite(Program(), files.map(\.source)))
    }
    guard let loaded = try FixtureFolder.rulebook(called: id, beside: first.source, rules: rules)
    else {
      problems.append(([.unknownRulebook(id, near: nil, at: name.span)], [first.source]))
      status = worse(.faultyCase)
      return
    }
    guard let rulebook = loaded.rulebook else {
      problems.append((loaded.diagnostics.filter { $0.severity == .error }, loaded.files))
      status = worse(.faultyRulebook)
      return
    }
    add(FixtureSuite(rulebook.program, files.map(\.source)))
  }

  private mutating func add(_ suite: FixtureSuite) {
    if !suite.diagnostics.isEmpty { problems.append((suite.diagnostics, suite.files)) }
    if suite.diagnostics.hasErrors { status = worse(.faultyCase) }
    if !suite.fixtures.isEmpty { suites.append(suite) }
  }

  private func worse(_ found: ExitStatus) -> ExitStatus {
    status == .faultyRulebook ? .faultyRulebook : found
  }

  func report(on console: any Console, coloured: Bool) {
    for (diagnostics, files) in problems {
      console.report(DiagnosticText(files: files, coloured: coloured).render(diagnostics) + "\n")
    }
  }
}
