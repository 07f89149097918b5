import Annona
import AnnonaRecords
import AnnonaValues
import ArgumentParser

/// `annona log letter`
struct LogLetterCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "letter",
    abstract: "Writes a recorded decision as a letter, under the rulebook that decided.",
    discussion: """
      It is decided again from the record and the log's own copy of the rulebook. Where that does not come \
      to what the record says, there is no letter. What officers decided on it since is said before all else.

      For example:
        annona log letter decisions.db 3f29c1 > letter.html
        annona log letter decisions.db 3f29c1 --audience auditor > audit.html
      """)

  @OptionGroup var asked: LogEntryOptions

  @Option(help: "citizen: what was decided and why; auditor: also the whole tree, to fold out.")
  var audience = Audience.citizen

  @Option(help: ArgumentHelp("The language of the texts, such as pt.", valueName: "language"))
  var language: String?

  @Option(
    help: ArgumentHelp(
      "The day on which people are told, from which the time for an appeal runs.",
      valueName: "date"))
  var notified: String?

  @Option(
    help: ArgumentHelp(
      "Of a record of a period, the first day of the payment to write of.", valueName: "date"))
  var day: String?

  func run(on console: any Console) throws -> ExitStatus {
    let notifiedOn = try DateArgument.date(notified, option: "--notified")
    let asksFor = try DateArgument.date(day, option: "--day")
    let (log, entry) = try asked.open()
    do {
      let replay = try entry.record.replay(under: try log.rulebook(of: entry.record))
      guard replay.difference == nil else {
        console.report("Error: decided again, it does not come to what the record says\n")
        return .failedTest
      }
      let decided = replay.decided.first {
        asksFor == nil && replay.decided.count == 1 || $0.decision.today == asksFor
      }
      guard let decided else {
        let days = replay.decided.map { "\($0.decision.today)" }.joined(separator: ", ")
        throw RequestProblem(
          days.isEmpty
            ? "the record decides nothing"
            : "a letter is of one day, such as `--day \(replay.decided[0].decision.today)`; the record has \(days)"
        )
      }
      console.write(
        decided.explanation().html(
          for: audience, in: language, notifiedOn: notifiedOn,
          reference: entry.record.id.description,
          officers: try log.overrides(of: entry.record).compactMap(\.officersStep)))
      return .done
    } catch let problem as ReplayProblem {
      console.report("Error: \(problem.words)\n")
      return .faultyCase
    }
  }
}

extension LogEntry {
  fileprivate var officersStep: OfficersStep? {
    record.officersDecision.map { decision in
      OfficersStep(
        node: decision.node, value: decision.value, officer: decision.officer,
        authority: decision.authority, reason: decision.reason,
        on: record.producedAt.flatMap { CalendarDate(text: $0.prefix(10)) })
    }
  }
}
