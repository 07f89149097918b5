import Annona
import AnnonaTesting
import ArgumentParser

/// `annona test PATH…`
struct TestCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs the fixtures below the paths: households, and what must be decided for them.",
    discussion: """
      Fixtures stand in files named `*.test.yaml`, usually beside the rules. Every failure of every case is \
      shown with what was expected, what came out, and what that comes from. A rulebook below the paths that \
      no fixture tests is named, and covers nothing of what is required.

      What the rulebook declares under `properties:` is proved, or tried on generated households; of a \
      property that is broken the smallest household found is shown as a fixture.

      Exit status: 0 all passed, 1 a case failed or a property is broken, 2 coverage or mutation is below \
      what is required, 3 a rulebook has errors, 4 a file of fixtures has.

      For example:
        annona test Rules
        annona test Rules/pt/abono_de_familia --filter "third tier"
        annona test Rules --junit results.xml
        annona test Rules --require boundaries=100 --require mutation=90
        annona test Rules --mutate --since main
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, github
  }

  @Argument(help: ArgumentHelp("Folders or files of fixtures.", valueName: "path"))
  var paths: [String]

  @Option(help: ArgumentHelp("Run only cases with these words in their name.", valueName: "words"))
  var filter: String?

  @Option(help: "How to write the results: text, json, or github for annotations of a change.")
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Also write the results as JUnit XML to this file; `-` for standard output.",
      valueName: "file"))
  var junit: String?

  @Flag(help: "Show what of the rulebook no case exercises.")
  var coverage = false

  @Option(
    help: ArgumentHelp(
      "Fail where less of a kind is covered, such as boundaries=100, or where less is noticed: mutation=90.",
      valueName: "kind=percent"))
  var require: [String] = []

  @Flag(help: "Change the rulebook in every small way, and show what no case notices.")
  var mutate = false

  @Option(
    help: ArgumentHelp(
      "How many households are tried to tell an unnoticed change apart.", valueName: "n"))
  var tries = 1_000

  @Option(help: ArgumentHelp("The same seed gives the same households.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "How many households each property is tried on that cannot be proved.", valueName: "n"))
  var households = 300

  @Option(
    help: ArgumentHelp(
      "With --mutate, change only lines that differ from this revision of git.",
      valueName: "revision"))
  var since: String?

  @Flag(
    help:
      "Write what came out in place of what was expected, marked as recorded: no source vouches for it."
  )
  var update = false

  @Flag(help: "Run again whenever a rulebook or a file of fixtures changes.")
  var watch = false

  @OptionGroup var imports: ImportOptions

  func run(on console: any Console) throws -> ExitStatus {
    guard watch else { return try runOnce(on: console) }
    var watching = FileWatch(paths, rules: imports.rules)
    var status = ExitStatus.done
    while true {
      do {
        status = try runOnce(on: console)
      } catch let problem as FileProblem {
        // A file may be gone for the moment in which an editor writes it.
        console.report("\(problem)\n")
      }
      guard console.isOpen else { return status }
      console.report("Waiting for changes.\n")
      watching.waitForChange()
    }
  }

  private func runOnce(on console: any Console) throws -> ExitStatus {
    let loading = try FixtureLoading(paths, rules: imports.rules)
    loading.report(on: console, coloured: console.coloursProblems)
    let required = try TestRequirement.read(require)
    let changes = try since.map { try ChangedLines(since: $0) }
    var reports = TestReports()
    for suite in loading.unrunnable { reports.runs.append(SuiteRun(suite)) }
    for suite in loading.suites.map({ suite in suite.filtered { isWanted($0, suite.program) } }) {
      let exercise = coverage || !required.coverage.isEmpty ? Exercise() : nil
      reports.runs.append(SuiteRun(suite, noting: exercise))
      if let exercise { reports.coverage.append(CoverageReport(suite.program, exercise)) }
      if mutate || required.mutation != nil {
        reports.mutations.append((suite, try mutation(of: suite, changes, on: console)))
      }
    }
    reports.properties = loading.suites.filter { !$0.program.properties.isEmpty }.map { suite in
      PropertyRun(
        suite.program, households: households, seed: seed,
        like: suite.fixtures.map { Household($0) }
      ) { isWanted($0.name, suite.program) }
    }
    print(reports, on: console)
    if update { try writeRecordings(of: reports.runs, on: console) }
    try writeJUnit(reports, console)
    let shortfalls = required.shortfalls(reports)
    for shortfall in shortfalls { console.report(shortfall + "\n") }
    if let problem = loading.status { return problem }
    if reports.hasFailed { return .failedTest }
    return shortfalls.isEmpty ? .done : .belowThreshold
  }

  private func print(_ reports: TestReports, on console: any Console) {
    switch format {
    case .text:
      if coverage {
        for report in reports.coverage { console.print(CoverageText().render(report) + "\n") }
      }
      if mutate {
        for (suite, result) in reports.mutations {
          console.print(MutationText(suite, result).render() + "\n")
        }
      }
      for run in reports.properties where !run.results.isEmpty {
        console.print(PropertyText(coloured: console.coloursResults).render(run) + "\n")
      }
      console.print(TestText(coloured: console.coloursResults).render(reports.runs))
    case .json:
      var members = TestJSON().value(reports.runs)
      if coverage {
        members.append(.init("coverage", .array(reports.coverage.map { CoverageText().json($0) })))
      }
      if mutate {
        let results = reports.mutations.map { MutationText($0, $1).json }
        members.append(.init("mutation", .array(results)))
      }
      if !reports.properties.isEmpty {
        let results = reports.properties.map { PropertyText().json($0) }
        members.append(.init("properties", .array(results)))
      }
      console.write(JSONValue.object(members).pretty + "\n")
    case .github:
      for run in reports.runs {
        let annotations = DiagnosticAnnotations(files: run.suite.files)
        console.write(annotations.render(run.suite.diagnostics) + self.annotations(run))
      }
      for run in reports.properties {
        let found = PropertyText().diagnostics(run)
        console.write(DiagnosticAnnotations(files: run.program.files).render(found))
      }
      for (suite, result) in reports.mutations where mutate {
        let found = MutationText(suite, result).diagnostics
        console.write(DiagnosticAnnotations(files: suite.files).render(found))
      }
    }
  }

  private func mutation(
    of suite: FixtureSuite, _ changes: ChangedLines?, on console: any Console
  ) throws -> Mutation.Result {
    let files = suite.program.files
    let lines = try changes?.lines(of: files)
    let mutation = Mutation(suite) { mutant in
      lines.map { $0.contain(mutant.span, in: files) } ?? true
    }
    let bar = ProgressBar(on: console)
    defer { bar.erase() }
    return mutation.run(tries: tries, seed: seed) { progress in
      switch progress {
      case .changes(let done, let total):
        bar.show(done, of: total, "\(suite.program.id): changes tried")
      case .survivors(let done, let total):
        bar.show(done, of: total, "\(suite.program.id): unnoticed changes looked into")
      }
    }
  }

  private func writeRecordings(of runs: [SuiteRun], on console: any Console) throws {
    for change in runs.flatMap({ FixtureUpdate().changes($0) }) {
      try FileSystem.write(change.bytes, to: change.path)
      console.print(change.difference.joined(separator: "\n") + "\n")
    }
  }

  /// Of cases and of properties.
  private func isWanted(_ name: String, _ program: Program) -> Bool {
    filter.map { name.contains($0) || program.id.contains($0) } ?? true
  }

  private func writeJUnit(_ reports: TestReports, _ console: any Console) throws {
    guard let junit else { return }
    let report = JUnitReport().render(reports.runs, reports.properties)
    if junit == "-" { return console.write(report) }
    try FileSystem.write(Array(report.utf8), to: junit)
  }

  private func annotations(_ run: SuiteRun) -> String {
    let failures = run.failed.flatMap { result in
      result.failures.map { failure in
        Diagnostic(
          "FAILED", at: failure.span,
          "\(result.fixture.name): \(failure.name): expected \(failure.expected), got \(failure.found)",
          help: failure.chain.isEmpty ? nil : failure.chain.joined(separator: " <- "))
      }
    }
    return DiagnosticAnnotations(files: run.suite.files).render(failures)
  }
}
