import Annona
import AnnonaRecords
import ArgumentParser

/// `annona override LOG RECORD`
struct OverrideCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "override",
    abstract: "Records what an officer decided on a step of a recorded decision.",
    discussion: """
      The decision itself stays as it is; the override is a further record that names it.

      For example:
        annona override decisions.db 3f29c1 --node grant --value entitled --officer o-17 \
      --authority "Grant Act s. 9" --reason "Hardship, see file 12/2025"
      """)

  @OptionGroup var asked: LogEntryOptions
  @OptionGroup var production: ProductionOptions

  @Option(help: ArgumentHelp("The step: person/maria.age, grant, …", valueName: "step"))
  var node: String

  @Option(
    help: ArgumentHelp("What holds in its place; without it, it is confirmed.", valueName: "value"))
  var value: String?

  @Option(help: ArgumentHelp("Who decides.", valueName: "name"))
  var officer: String

  @Option(help: ArgumentHelp("By which provision, or on whose behalf.", valueName: "authority"))
  var authority: String

  @Option(help: ArgumentHelp("Why.", valueName: "reason"))
  var reason: String

  func run(on console: any Console) throws -> ExitStatus {
    let moment = try production.moment()
    let secret = try production.secretBytes()
    let (log, entry) = try asked.open()
    var decision = OfficersDecision(
      node: node, officer: officer, authority: authority, reason: reason, value: value)
    let record: Record
    do {
      // What was redacted, or decided by rules that are gone, cannot be worked out again and so not be checked.
      if let recorded = try? log.rulebook(of: entry.record) {
        decision = try decision.checked(on: entry.record, under: recorded)
      }
      record = try entry.record.overridden(by: decision, producedAt: moment, secret: secret)
    } catch {
      throw RequestProblem("\(error)")
    }
    let position = try DecisionLog(asked.log, for: .appending).append(record)
    console.print("Record \(record.id), entry \(position) of \(asked.log)\n")
    return .done
  }
}

/// `annona redact RECORD`
struct RedactCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Replaces facts of a record by hashes; its id and seal stay.",
    usage: """
      annona redact <record> --fact <fact>... --output <file>
      annona redact <record> --fact <fact>... --log <log>
      """,
    discussion: """
      The record must have been made with `--secret`. Every value that follows from the facts goes with \
      them; what was decided stays. In a log, the old bytes are overwritten.
      """)

  @Argument(help: ArgumentHelp("A file, or a record of the log.", valueName: "record"))
  var record: String

  @Option(help: ArgumentHelp("The fact, such as household.income.", valueName: "fact"))
  var fact: [String]

  @Option(help: ArgumentHelp("Write the redacted record here.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Redact it in this log.", valueName: "log"))
  var log: String?

  func validate() throws {
    if (output == nil) == (log == nil) {
      throw ValidationError("Say where the redacted record goes: `--output`, or `--log`.")
    }
  }

  func run(on console: any Console) throws -> ExitStatus {
    do {
      if let path = log {
        let log = try DecisionLog(path, for: .appending)
        try log.redact(Set(fact), of: try log.entry(record))
      } else if let output {
        let read = try Record(reading: try RulebookFolder.file(at: record).bytes)
        try FileSystem.keep(try read.redacting(Set(fact)).bytes + [0x0A], at: output)
      }
    } catch let problem as RedactionProblem {
      throw RequestProblem("\(problem)")
    } catch let problem as RecordProblem {
      console.print("\(record): \(problem)\n")
      return .failedTest
    }
    return .done
  }
}
