import Annona
import AnnonaTesting
import ArgumentParser

/// `annona check PATH…`
struct CheckCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Lists every problem of every rulebook below the paths.",
    discussion: """
      Each problem has its place, a sentence, where possible a household that shows it, and the way out. \
      All of them are found in one run, and none of them waits for a case.

      With --cliffs the households of the fixtures are swept over each of their amounts of money: a cliff, \
      where whoever has more ends up with less, is a warning unless the rulebook has it under `cliffs:`.

      For example:
        annona check Rules
        annona check Rules/pt/abono_de_familia --format json
        annona check Rules/nz/rates_rebate --cliffs
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, github
  }

  @Argument(help: ArgumentHelp("Folders or files; `-` for standard input.", valueName: "path"))
  var paths: [String]

  @Flag(help: "Also look for cliffs, with the households of the fixtures.")
  var cliffs = false

  @Option(help: "How to write the problems: text, json, or github for annotations of a change.")
  var format = Format.text

  @OptionGroup var imports: ImportOptions

  func run(on console: any Console) throws -> ExitStatus {
    let check = try self.check(on: console)
    var findings = Findings(check)
    if cliffs { try findings.addCliffs(paths, imports) }
    let (diagnostics, files) = (findings.diagnostics, findings.files)
    switch format {
    case .text: console.print(text(findings, check, coloured: console.coloursResults))
    case .json: console.write(DiagnosticJSON(files: files).render(diagnostics) + "\n")
    case .github: console.write(DiagnosticAnnotations(files: files).render(diagnostics))
    }
    return diagnostics.hasErrors ? .faultyRulebook : .done
  }

  /// What was found, and the files that its places count.
  private struct Findings {
    var diagnostics: [Diagnostic]
    var files: [SourceFile]
    /// How many households were swept; `nil` where no cliffs were looked for.
    var households: Int?

    init(_ check: RulebookCheck) {
      diagnostics = check.diagnostics
      files = check.files
    }

    mutating func addCliffs(_ paths: [String], _ imports: ImportOptions) throws {
      if paths.contains("-") {
        throw RequestProblem("`--cliffs` needs the fixtures beside a rulebook: name its folder")
      }
      households = 0
      for suite in try FixtureLoading(paths, rules: imports.rules).suites {
        let found = CliffCheck(suite)
        let places = suite.files.indices.map { Int32(files.count + $0) }
        files += suite.files
        diagnostics += found.diagnostics.map { $0.moved(to: places) }
        households = (households ?? 0) + found.households
      }
    }
  }

  private func check(on console: any Console) throws -> RulebookCheck {
    guard paths.contains("-") else { return try RulebookCheck(paths: paths, rules: imports.rules) }
    guard paths.count == 1 else {
      throw RequestProblem("`-` stands alone: standard input is one rulebook")
    }
    let source = SourceFile(path: "-", bytes: try console.readInput())
    let library = try RulesFolder.library(imports.rules, for: ".")
    return RulebookCheck(files: [source], imports: library)
  }

  private func text(
    _ findings: Findings, _ check: RulebookCheck, coloured: Bool
  ) -> String {
    let diagnostics = findings.diagnostics
    let found = DiagnosticText(files: findings.files, coloured: coloured).render(diagnostics)
    let errors = diagnostics.count { $0.severity == .error }
    let counts = [(errors, "error"), (diagnostics.count - errors, "warning")]
      .filter { $0.0 > 0 }.map { counted($0.0, $0.1) }
    let result = counts.isEmpty ? "no problems" : counts.joined(separator: ", ")
    let gap = found.isEmpty ? "" : "\n"
    let swept = findings.households.map { ", \(counted($0, "household")) swept" } ?? ""
    return found + gap + "\(counted(check.rulebookCount, "rulebook"))\(swept): \(result)\n"
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}

/// Where imported rulebooks are looked up.
struct ImportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder below which imported rulebooks are found.",
      discussion: "Without it, the nearest folder named `Rules` above the rulebook.",
      valueName: "dir"))
  var rules: String?
}
