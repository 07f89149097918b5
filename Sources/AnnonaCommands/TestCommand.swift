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
      shown with what was expected, what came out, and what that comes from.

      What the rulebook declares under `properties:` is proved, or tried on generated households; of a \
      property that is broken the smallest household found is shown as a fixture.

      Exit status: 0 all passed, 1 a case failed or a property is broken, 2 coverage is below what is required, 3 a rulebook has \
      errors, 4 a file of fixtures has.

      For example:
        annona test Rules
        annona test Rules/pt/abono_de_familia --filter "third tier"
        annona test Rules --junit results.xml
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
      "Fail where less of a kind is covered, such as boundaries=100.", valueName: "kind=percent"))
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
    while true {
      do {
        _ = try runOnce(on: console)
      } catch let problem as FileProblem {
        // A file may be gone for the moment in which an editor writes it.
        console.report("\(problem)\n")
      }
      console.report("Waiting for changes.\n")
      watching.waitForChange()
    }
  }

  private func runOnce(on console: any Console) throws -> ExitStatus {
    let loading = try FixtureLoading(paths, rules: imports.rules)
    loading.report(on: console, coloured: console.coloursProblems)
    let required = try CoverageRequirement.read(require)
    var runs: [SuiteRun] = []
    var reports: [CoverageReport] = []
    for suite in loading.suites {
      let exercise = coverage || !required.isEmpty ? Exercise() : nil
      runs.append(SuiteRun(suite, where: isWanted, noting: exercise))
      if let exercise { reports.append(CoverageReport(suite.program, exercise)) }
    }
    if mutate { printMutations(of: loading.suites, on: console) }
    let properties = loading.suites.filter { !$0.program.properties.isEmpty }.map { suite in
      PropertyRun(
        suite.program, households: households, seed: seed,
        like: suite.fixtures.map { Household($0) }
      ) { isWanted($0, suite.program) }
    }
    print(runs, coverage ? reports : [], properties, on: console)
    if update { try writeRecordings(of: runs, on: console) }
    try writeJUnit(runs, properties, console)
    let shortfalls = CoverageRequirement.shortfalls(reports, required)
    for shortfall in shortfalls { console.report(shortfall + "\n") }
    if let problem = loading.status { return problem }
    if runs.contains(where: { !$0.failed.isEmpty }) { return .failedTest }
    if properties.contains(where: { !$0.violated.isEmpty }) { return .failedTest }
    return shortfalls.isEmpty ? .done : .belowThreshold
  }

  private func print(
    _ runs: [SuiteRun], _ reports: [CoverageReport], _ properties: [PropertyRun],
    on console: any Console
  ) {
    switch format {
    case .text:
      for report in reports { console.print(CoverageText().render(report) + "\n") }
      for run in properties where !run.results.isEmpty {
        console.print(PropertyText(coloured: console.coloursResults).render(run) + "\n")
      }
      console.print(TestText(coloured: console.coloursResults).render(runs))
    case .json:
      var members = TestJSON().value(runs)
      if coverage {
        members.append(.init("coverage", .array(reports.map { CoverageText().json($0) })))
      }
      if !properties.isEmpty {
        members.append(.init("properties", .array(properties.map { PropertyText().json($0) })))
      }
      console.print(JSONValue.object(members).pretty + "\n")
    case .github:
      for run in runs { console.print(annotations(run)) }
      for run in properties {
        let found = PropertyText().diagnostics(run)
        console.print(DiagnosticAnnotations(files: run.program.files).render(found))
      }
    }
  }

  private func printMutations(of suites: [FixtureSuite], on console: any Console) {
    for suite in suites {
      let result = Mutation(suite).run(tries: tries, seed: seed) { done, total in
        // A line a hundred mutants; on a terminal one line that is written over.
        let end = console.coloursProblems ? "\r" : "\n"
        guard done == total || done % (console.coloursProblems ? 10 : 100) == 0 else { return }
        console.report("\(suite.program.id): \(done) of \(total) changes tried\(end)")
      }
      console.print(MutationText().render(suite, result) + "\n")
    }
  }

  private func writeRecordings(of runs: [SuiteRun], on console: any Console) throws {
    for change in runs.flatMap({ FixtureUpdate().changes($0) }) {
      try FileSystem.write(change.bytes, to: change.path)
      console.print(change.difference.joined(separator: "\n") + "\n")
    }
  }

  private func isWanted(_ fixture: Fixture) -> Bool {
    filter.map { fixture.name.contains($0) || fixture.rulebook.contains($0) } ?? true
  }

  private func isWanted(_ property: Property, _ program: Program) -> Bool {
    filter.map { property.name.contains($0) || program.id.contains($0) } ?? true
  }

  private func writeJUnit(
    _ runs: [SuiteRun], _ properties: [PropertyRun], _ console: any Console
  ) throws {
    guard let junit else { return }
    let report = JUnitReport().render(runs, properties)
    if junit == "-" { return console.print(report) }
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

/// `--require boundaries=100`
private enum CoverageRequirement {
  static func read(_ texts: [String]) throws -> [CoverageKind: Int] {
    var required: [CoverageKind: Int] = [:]
    for text in texts {
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      let kind = parts.first.flatMap { CoverageKind(rawValue: String($0)) }
      let percent = parts.count == 2 ? Int(parts[1]) : nil
      guard let percent, (0...100).contains(percent), kind != nil || parts[0] == "all" else {
        let kinds = CoverageKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError(
          "`--require \(text)` is not understood: write a kind (\(kinds) or all), `=` and a percentage."
        )
      }
      for kind in kind.map({ [$0] }) ?? CoverageKind.allCases { required[kind] = percent }
    }
    return required
  }

  static func shortfalls(
    _ reports: [CoverageReport], _ required: [CoverageKind: Int]
  ) -> [String] {
    reports.flatMap { report in
      report.shortfalls(required).map { count in
        "\(report.rulebook): \(count.kind.rawValue) \(count.covered) of \(count.total) "
          + "(\(count.percent) %), \(required[count.kind] ?? 0) % are required"
      }
    }
  }
}
