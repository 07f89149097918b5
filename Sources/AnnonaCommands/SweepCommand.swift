import Annona
import AnnonaEngine
import ArgumentParser

/// `annona sweep RULEBOOK CASE --fact NAME`
struct SweepCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Shows a benefit as an exact function of one number: pieces, jumps, cliffs.",
    usage: "annona sweep <rulebook> <case> --fact <fact> [--of <name> | --all] [<options>]",
    discussion: """
      Nothing is sampled: each piece is a line or a staircase, valid for every value from its first to its \
      last. A cliff is where whoever has more of the fact ends up with less, the benefit counted in; with \
      it stands from where on as much is reached again. What cannot be said exactly is not decided, with \
      the reason.

      For example:
        annona sweep Rules/nz/rates_rebate household.yaml --fact household.income --to 60_000
        annona sweep Rules/pt/abono_de_familia household.yaml --fact household.income --all
        annona sweep Rules/nz/rates_rebate household.yaml --fact household.income --svg rebate.svg
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, svg
  }

  @OptionGroup var asked: CaseOptions

  @Option(
    help: ArgumentHelp(
      "The fact that takes every value, such as household.income or person/maria.salary.",
      valueName: "fact"))
  var fact: String

  @Option(
    help: ArgumentHelp(
      "The benefit or rule to follow, such as abono_de_familia/maria or household.tier; else each benefit.",
      valueName: "name"))
  var of: String?

  @Flag(help: "Follow all benefits together, in the unit of the fact.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "The first value; else the least that the fact can have.", valueName: "value"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "The last value; else the greatest that the fact can have, or ten million steps on.",
      valueName: "value"))
  var to: String?

  @Option(
    help: ArgumentHelp("How far values are apart, if not the fact's own step.", valueName: "value"))
  var step: String?

  @Option(help: ArgumentHelp("Write a chart to this file as well.", valueName: "file"))
  var svg: String?

  @Option(help: "How to write the result: text, json, or svg for a chart.")
  var format = Format.text

  func run(on console: any Console) throws -> ExitStatus {
    if all, of != nil {
      throw RequestProblem("`--all` follows every benefit, `--of` one: leave one out")
    }
    let rulebook: Rulebook
    let decided: DecidedCase
    switch try asked.decided(on: console, { ($0, $1) }) {
    case .failure(let stop): return stop.status
    case .success(let result): (rulebook, decided) = result
    }
    let swept = try sweep(rulebook, decided)
    if let svg { try FileSystem.write(Array(chart(swept).utf8), to: svg) }
    switch format {
    case .text: console.print(swept.text(in: asked.language))
    case .json: console.write(swept.json(in: asked.language) + "\n")
    case .svg: console.write(try chart(swept))
    }
    return .done
  }

  private func sweep(_ rulebook: Rulebook, _ decided: DecidedCase) throws -> SweptCase {
    let fact = try rulebook.caseFact(fact, in: decided.facts)
    let range = SweepRange(
      from: try from.map { try rulebook.number($0, of: fact) },
      through: try to.map { try rulebook.number($0, of: fact) },
      step: try step.map { try rulebook.number($0, of: fact) })
    var subject = all ? SweepSubject.all : .each
    if let of { subject = .named(try rulebook.lookUp(of, in: decided.facts)) }
    return try rulebook.sweep(
      decided.facts, on: decided.decision.today, over: fact, of: subject, within: range,
      suppose: decided.suppositions)
  }

  private func chart(_ swept: SweptCase) throws -> String {
    guard swept.sweeps.count == 1, let only = swept.sweeps.first else {
      throw RequestProblem(
        "a chart shows one benefit, and \(swept.sweeps.count) depend on `\(fact)`: name one with `--of`, or add `--all`"
      )
    }
    return swept.chart(of: only, in: asked.language)
  }
}
