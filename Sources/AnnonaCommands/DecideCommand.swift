import Annona
import AnnonaRecords
import ArgumentParser

/// `annona decide RULEBOOK CASE --record F`
struct DecideCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "Decides a case and records the decision.",
    discussion: """
      The record is one JSON document with everything that the decision rests on: the law by version and \
      hash, every fact with its origin, every step, and the outcome. Its id depends on nothing else, so \
      that the same decision has the same id everywhere; its seal also covers when it was produced.

      With --from and --through the record is of a period: each benefit month by month as of its first day, \
      as `annona simulate` decides it, with the steps of every day.

      For example:
        annona decide Rules/pt/abono_de_familia household.yaml --record decision.json
        annona decide Rules/pt/abono_de_familia household.yaml --log decisions.db --purpose determination
        annona decide Rules/pt/abono_de_familia household.yaml --record year.json --from 2025-01 --through 2025-12
      """)

  @OptionGroup var asked: CaseOptions

  @Option(
    help: ArgumentHelp(
      "Decide for a period, from the first day of this month, or from this date.",
      valueName: "month"))
  var from: String?

  @Option(
    help: ArgumentHelp("The last month, or the last day, to decide for.", valueName: "month"))
  var through: String?

  @Flag(
    help: """
      Also record what would change each outcome: the least change of a fact that people can change, exactly.
      """)
  var whatIf = false

  @OptionGroup var recording: RecordingOptions

  func validate() throws {
    guard recording.isAsked else {
      throw ValidationError(
        "Say where the record goes: `--record decision.json`, or `--log decisions.db`.")
    }
  }

  func run(on console: any Console) throws -> ExitStatus {
    let isOverTime = from != nil || through != nil
    if isOverTime, asked.today != nil {
      throw RequestProblem(
        "`--today` asks for one decision, `--from` for many: leave one of them out")
    }
    let stretch = isOverTime ? try StretchArgument.days(from: from, through: through) : nil
    let date = try stretch?.from ?? DateArgument.date(asked.today)
    switch try asked.read(on: console, today: date, { ($0, $1, $2) }) {
    case .failure(let stop): return stop.status
    case .success(let (rulebook, household, suppositions)):
      guard let today = date ?? household.today else { throw DateArgument.missing }
      var request = DecisionRequest(
        household, stretch.map { .from($0.from, through: $0.through) } ?? .on(today))
      request.suppositions = suppositions
      request.wantsCounterfactuals = whatIf
      try recording.record(request, by: rulebook, on: console) {
        text(of: request, by: rulebook, coloured: console.coloursResults)
      }
      return .done
    }
  }

  private func text(
    of request: DecisionRequest, by rulebook: Rulebook, coloured: Bool
  ) -> String {
    switch request.days {
    case .on:
      request.decided(by: rulebook).map { $0.text(in: asked.language, coloured: coloured) }.joined()
    case .from(let first, let last):
      rulebook.schedule(
        request.facts, from: first, through: last, suppose: request.suppositions
      ).text(in: asked.language, coloured: coloured)
    }
  }
}
