import Annona
import ArgumentParser

/// `annona check PATH…`
struct CheckCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Lists every problem of every rulebook below the paths.",
    discussion: """
      Each problem has its place, a sentence, where possible a household that shows it, and the way out. \
      All of them are found in one run, and none of them waits for a case.

      For example:
        annona check Rules
        annona check Rules/pt/abono_de_familia --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, github
  }

  @Argument(help: ArgumentHelp("Folders or files; `-` for standard input.", valueName: "path"))
  var paths: [String]

  @Option(help: "How to write the problems: text, json, or github for annotations of a change.")
  var format = Format.text

  @OptionGroup var imports: ImportOptions

  func run(on console: any Console) throws -> ExitStatus {
    let check = try self.check(on: console)
    switch format {
    case .text: console.print(text(check, coloured: console.coloursResults))
    case .json: console.print(DiagnosticJSON(files: check.files).render(check.diagnostics) + "\n")
    case .github: console.print(DiagnosticAnnotations(files: check.files).render(check.diagnostics))
    }
    return check.diagnostics.hasErrors ? .faultyRulebook : .done
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

  private func text(_ check: RulebookCheck, coloured: Bool) -> String {
    let diagnostics = check.diagnostics
    let found = DiagnosticText(files: check.files, coloured: coloured).render(diagnostics)
    let errors = diagnostics.count { $0.severity == .error }
    let counts = [(errors, "error"), (diagnostics.count - errors, "warning")]
      .filter { $0.0 > 0 }.map { counted($0.0, $0.1) }
    let result = counts.isEmpty ? "no problems" : counts.joined(separator: ", ")
    let gap = found.isEmpty ? "" : "\n"
    return found + gap + "\(counted(check.rulebookCount, "rulebook")): \(result)\n"
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
