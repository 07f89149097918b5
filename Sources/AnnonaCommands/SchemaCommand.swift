import Annona
import AnnonaTesting
import ArgumentParser

/// `annona schema RULEBOOK`
struct SchemaCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Writes the JSON Schema of a rulebook's cases, by which editors help to write them.",
    discussion: """
      The schema follows from the rulebook's facts, entities and choices. An editor uses it for a file whose \
      first line is `# yaml-language-server: $schema=support.schema.json`.

      For example:
        annona schema Rules/pt/abono_de_familia > abono.schema.json
      """)

  @Argument(help: ArgumentHelp("A folder or file with one rulebook.", valueName: "rulebook"))
  var rulebook: String

  @OptionGroup var imports: ImportOptions

  func run(on console: any Console) throws -> ExitStatus {
    let loaded = try Rulebook.load(at: rulebook, rules: imports.rules)
    guard let rulebook = loaded.rulebook else {
      console.reportErrors(of: loaded)
      return .faultyRulebook
    }
    console.write(JSONSchema.household(of: rulebook.program).pretty + "\n")
    return .done
  }
}
