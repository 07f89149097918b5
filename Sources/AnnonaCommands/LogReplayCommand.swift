import Annona
import AnnonaRecords
import ArgumentParser

/// `annona log replay`
struct LogReplayCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract:
      "Decides a recorded case again: as it was, under other rules, or with a fact corrected.",
    discussion: """
      What comes out otherwise is listed benefit by benefit with the difference in money, and the first \
      step that is another though all that it comes from is the same.

      For example:
        annona log replay decisions.db 3f29c1
        annona log replay decisions.db 3f29c1 --rulebook Rules/pt/abono_de_familia --today 2026-01-01
        annona log replay decisions.db 3f29c1 --set household.income=12_000
      """)

  @OptionGroup var asked: LogEntryOptions

  @Option(
    help: ArgumentHelp("Under this rulebook, not the one that decided.", valueName: "rulebook"))
  var rulebook: String?

  @Option(
    help: ArgumentHelp("With this fact, such as household.income=12_000.", valueName: "fact=value"))
  var set: [String] = []

  @Option(help: ArgumentHelp("As of this date, not the recorded one.", valueName: "date"))
  var today: String?

  @Option(help: "How to write the difference.")
  var format = ResultFormat.text

  @OptionGroup var imports: ImportOptions

  func run(on console: any Console) throws -> ExitStatus {
    let today = try DateArgument.date(today)
    let (log, entry) = try asked.open()
    do {
      let recorded: RecordedRulebook
      if let rulebook {
        let loaded = try Rulebook.load(at: rulebook, rules: imports.rules)
        guard let other = loaded.rulebook else {
          console.reportErrors(of: loaded)
          return .faultyRulebook
        }
        recorded = RecordedRulebook(other)
      } else {
        recorded = try log.rulebook(of: entry.record)
      }
      let replay = try entry.record.replay(
        under: recorded, today: today, setting: set.map { FactSetting($0) })
      switch format {
      case .text: console.print(text(replay, entry.record))
      case .json: console.write(json(replay))
      }
      return .done
    } catch let problem as ReplayProblem {
      if case .factsRefused(let problems?) = problem {
        console.report(problems, showValues: false)
      } else {
        console.report("Error: \(problem.words)\n")
      }
      return .faultyCase
    }
  }

  private func text(_ replay: Replay, _ record: Record) -> String {
    var text = ""
    for fact in replay.unknownFacts { text += "not known to these rules, left out: \(fact)\n" }
    guard let difference = replay.difference else { return text + "came out alike\n" }
    for change in difference.changes {
      text += "\(change.benefit): \(change.before) → \(change.after)"
      text += (change.money.map { " (\($0))" } ?? "") + "\n"
    }
    if difference.changes.isEmpty { text += "the same outcomes, by other steps\n" }
    if let node = difference.node {
      text += "first at \(node.id): \(node.before ?? "not there") → \(node.after ?? "not there")\n"
    }
    return text
  }

  private func json(_ replay: Replay) -> String {
    let difference = replay.difference
    return JSONValue.object([
      "alike": .bool(difference == nil),
      "unknown_facts": .array(replay.unknownFacts.map { .string($0) }),
      "changes": .array(
        (difference?.changes ?? []).map { change in
          .object([
            "benefit": .string(change.benefit), "before": .string(change.before),
            "after": .string(change.after), "money": .optional(change.money),
          ])
        }),
      "node": difference?.node.map { node in
        .object([
          "id": .string(node.id), "before": .optional(node.before), "after": .optional(node.after),
        ])
      } ?? .null,
    ]).pretty + "\n"
  }
}

extension ReplayProblem {
  /// Half a sentence without any value.
  var words: String {
    switch self {
    case .redacted(let facts):
      "not replayed: \(facts.count) \(facts.count == 1 ? "fact is" : "facts are") redacted"
    case .rulebookMissing(let files):
      "not replayed: nobody has \(files.joined(separator: ", "))"
    case .rulebookRefused: "not replayed: the rulebook has errors"
    case .factsRefused: "not replayed: the facts are no case of the rulebook"
    case .notADecision: "not replayed: it is an officer's decision"
    }
  }
}
