import Annona
import AnnonaTesting
import ArgumentParser

/// `annona suggest PATH…`
struct SuggestCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract:
      "Writes the households of fixtures that are missing; what must come out is left open.",
    discussion: """
      For every row, exception, boundary, condition and outcome that no fixture exercises, a household is \
      looked for that does. The author completes the file with what the law says and where it says so.

      For example:
        annona suggest Rules/pt/abono_de_familia > Rules/pt/abono_de_familia/more.test.yaml
      """)

  @Argument(help: ArgumentHelp("Folders or files of fixtures.", valueName: "path"))
  var paths: [String]

  @Option(help: ArgumentHelp("How many households are tried for each rulebook.", valueName: "n"))
  var tries = 2_000

  @Option(help: ArgumentHelp("The same seed gives the same suggestions.", valueName: "number"))
  var seed: UInt64 = 1

  @OptionGroup var imports: ImportOptions

  func run(on console: any Console) throws -> ExitStatus {
    let loading = try FixtureLoading(paths, rules: imports.rules)
    loading.report(on: console, coloured: console.coloursProblems)
    for suite in loading.suites {
      var suggesting = Suggesting(suite, seed: seed)
      let (suggestions, missing) = suggesting.run(tries: tries)
      console.write(SuggestionYAML().render(suite.program, suggestions, missing: missing))
    }
    return loading.status ?? .done
  }
}
