import Annona
import ArgumentParser

/// `annona simulate RULEBOOK CASE`
struct SimulateCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Decides a case: outcome, amount and reasons for each benefit and member.",
    usage: """
      annona simulate <rulebook> <case> [--today <date>] [<options>]
      annona simulate <rulebook> <case> --from <month> --through <month>
      """,
    discussion: """
      ✓ stands before what is met, ✗ before what is not, ? before what cannot be told yet; behind it stands \
      by how much, and the provision. Where facts are missing, the answer says which, and what the amount \
      can still be.

      With --from and --through it is decided over time: what is paid per month month by month, each as \
      of its first day, and so on; payments that the law dates one by one on those dates. What is paid \
      once is decided on the first day.

      For example:
        annona simulate Rules/pt/abono_de_familia household.yaml
        annona simulate Rules/pt/abono_de_familia household.yaml --today 2025-07-01
        annona simulate Rules/pt/abono_de_familia household.yaml --set household.income=9_000
        annona simulate Rules/pt/abono_de_familia household.yaml --what-if
        annona simulate Rules/pt/abono_de_familia household.yaml --suppose household.tier=3
        annona simulate Rules/pt/abono_de_familia household.yaml --from 2025-01 --through 2025-12
      """)

  @OptionGroup var asked: CaseOptions

  @Option(
    help: ArgumentHelp(
      "Decide over time, from the first day of this month, or from this date.",
      valueName: "month"))
  var from: String?

  @Option(
    help: ArgumentHelp("The last month, or the last day, to decide for.", valueName: "month"))
  var through: String?

  @Option(
    help: ArgumentHelp("List the value of this rule only; may be repeated.", valueName: "name"))
  var only: [String] = []

  @Flag(help: "List the values of all rules, also of those that the decisions did not need.")
  var all = false

  @Flag(
    help: """
      Say what would change each outcome: the least change of a fact that people can change, exactly.
      """)
  var whatIf = false

  @Option(help: "How to write the decision.")
  var format = ResultFormat.text

  func run(on console: any Console) throws -> ExitStatus {
    if from != nil || through != nil { return try schedule(on: console) }
    let text = try asked.decided(on: console) { rulebook, decided in
      var decided = decided
      if let original = try asked.original(rulebook, on: console, decided.decision.today) {
        decided = decided.compared(with: original)
      }
      if whatIf { decided = decided.withCounterfactuals() }
      let values = try values(of: decided, rulebook)
      switch format {
      case .text:
        let shown = decided.program.shown
        let listed = all || !only.isEmpty ? values : values.filter { shown.contains($0.rule) }
        return decided.text(
          in: asked.language, values: listed, coloured: console.coloursResults)
      case .json: return decided.json(in: asked.language, values: values) + "\n"
      }
    }
    return console.give(text, toPeople: format == .text)
  }

  private func schedule(on console: any Console) throws -> ExitStatus {
    if asked.today != nil {
      throw RequestProblem(
        "`--today` asks for one decision, `--from` for many: leave one of them out")
    }
    if whatIf {
      throw RequestProblem("`--what-if` looks at one decision: leave out `--from`")
    }
    if all || !only.isEmpty {
      throw RequestProblem(
        "`--all` and `--only` list the values of one decision: leave out `--from`")
    }
    let stretch = try StretchArgument.days(from: from, through: through)
    let text = try asked.read(on: console, today: nil) { rulebook, household, suppositions in
      let schedule = rulebook.schedule(
        household, from: stretch.from, through: stretch.through, suppose: suppositions)
      return switch format {
      case .text: schedule.text(in: asked.language, coloured: console.coloursResults)
      case .json: schedule.json(in: asked.language) + "\n"
      }
    }
    return console.give(text, toPeople: format == .text)
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
