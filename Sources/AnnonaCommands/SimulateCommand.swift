import Annona
import ArgumentParser

/// `annona simulate RULEBOOK CASE`
struct SimulateCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Decides a case: outcome, amount and reasons for each benefit and member.",
    usage: "annona simulate <rulebook> <case> [--today <date>] [<options>]",
    discussion: """
      ✓ stands before what is met, ✗ before what is not, ? before what cannot be told yet; behind it stands \
      by how much, and the provision. Where facts are missing, the answer says which, and what the amount \
      can still be.

      For example:
        annona simulate Rules/pt/abono_de_familia household.yaml
        annona simulate Rules/pt/abono_de_familia household.yaml --today 2025-07-01
        annona simulate Rules/pt/abono_de_familia household.yaml --set household.income=9_000
        annona simulate Rules/pt/abono_de_familia household.yaml --suppose household.tier=3
      """)

  @OptionGroup var asked: CaseOptions

  @Option(
    help: ArgumentHelp("List the value of this rule only; may be repeated.", valueName: "name"))
  var only: [String] = []

  @Flag(help: "List the values of all rules, also of those that the decisions did not need.")
  var all = false

  @Option(help: "How to write the decision.")
  var format = ResultFormat.text

  func run(on console: any Console) throws -> ExitStatus {
    let rulebook: Rulebook
    let decided: DecidedCase
    switch try asked.decided(on: console) {
    case .failure(let stop): return stop.status
    case .success(let result): (rulebook, decided) = result
    }
    let values = try values(of: decided, rulebook)
    switch format {
    case .text:
      let listed = all || !only.isEmpty ? values : []
      console.print(
        decided.text(in: asked.language, values: listed, coloured: console.coloursResults))
    case .json: console.print(decided.json(in: asked.language, values: values) + "\n")
    }
    return .done
  }

  private func values(
    of decided: DecidedCase, _ rulebook: Rulebook
  ) throws -> [DecidedCase.NamedValue] {
    guard !only.isEmpty else { return decided.values(all: all) }
    let names = try only.map { try rulebook.lookUp($0, in: decided.facts) }
    return decided.values(all: true).filter { value in
      names.contains { name in
        guard case .rule(let rule, let instance) = name else { return false }
        return value.rule == rule && (instance == nil || value.instance == instance)
      }
    }
  }
}
