import Annona
import AnnonaRecords
import ArgumentParser

/// `annona event RULEBOOK… EVENT CASE`
struct EventCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "event",
    abstract: "Decides every benefit that a life event touches.",
    discussion: """
      An event is a file: `event:` with its name, `id:` with the register's number, `on:` with the day on \
      which the register knew it, and `payload:` with what the register says. The rulebooks say under \
      `events:` which facts it brings; they keep the event as their origin. A benefit is touched when it \
      names the event under its own `events:`.

      With --record or --log the decisions are one record. The same report of an event on the same \
      facts has the same record, which a log keeps once.

      For example:
        annona event Rules/pt/abono_de_familia Rules/pt/garantia_infancia birth.yaml household.yaml
        annona event Rules/pt/abono_de_familia birth.yaml household.yaml --log decisions.db
      """)

  @Argument(help: "The rulebooks, then the event, then the facts of the household.")
  var paths: [String]

  @Option(
    help: ArgumentHelp("The date decided for, if it is not the case's own.", valueName: "date"))
  var today: String?

  @Option(help: ArgumentHelp("The language of the texts, such as pt.", valueName: "language"))
  var language: String?

  @Option(help: "How to write the decisions.")
  var format = ResultFormat.text

  @Flag(help: "In problems of the case, show its lines; they hold a person's data.")
  var showValues = false

  @OptionGroup var imports: ImportOptions
  @OptionGroup var recording: RecordingOptions

  func validate() throws {
    if paths.count < 3 {
      throw ValidationError("Name at least one rulebook, then the event and the case.")
    }
  }

  func run(on console: any Console) throws -> ExitStatus {
    if recording.isAsked, format == .json {
      throw RequestProblem(
        "`--format json` prints the decision, `--record -` the record in JSON: leave one out")
    }
    let loaded = try Rulebook.load(together: Array(paths.dropLast(2)), rules: imports.rules)
    guard let rulebook = loaded.rulebook else {
      console.reportErrors(of: loaded)
      return .faultyRulebook
    }
    let report = try RulebookFolder.file(at: paths[paths.count - 2])
    let source = try RulebookFolder.file(at: paths[paths.count - 1])
    let date = try DateArgument.date(today)
    let household: Case
    do {
      household = try rulebook.readCase(source, after: report, today: date)
    } catch {
      console.report(error, showValues: showValues)
      return .faultyCase
    }
    guard let day = date ?? household.today else { throw DateArgument.missing }
    guard let event = rulebook.reportedEvent(in: report, on: source) else { return .faultyCase }
    let decided = rulebook.decide(household, on: day).touched(by: event)
    func text() -> String { decided.text(in: language, coloured: console.coloursResults) }
    guard recording.isAsked else {
      switch format {
      case .text: console.print(text())
      case .json: console.write(decided.json(in: language) + "\n")
      }
      return .done
    }
    var request = DecisionRequest(household, .on(day))
    request.event = event
    try recording.record(request, by: rulebook, on: console, text: text)
    return .done
  }
}
