import Annona
import AnnonaRecords
import ArgumentParser

/// `annona log QUERY`
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Asks a log of decisions, and proves what stands in it.",
    discussion: """
      RECORD is a record's id, the first digits of one, or its position in the log.

      For example:
        annona log find decisions.db --provision "dl_176_2003 art. 3" --outcome not_entitled
        annona log provisions decisions.db 3f29c1
        annona log replay decisions.db 3f29c1 --set household.income=12_000
        annona log checkpoint decisions.db --key signing.pem --origin example.org/decisions
      """,
    subcommands: [
      LogFindCommand.self, LogShowCommand.self, LogProvisionsCommand.self, LogReplayCommand.self,
      LogLetterCommand.self, LogOverridesCommand.self, LogCheckpointCommand.self,
      LogProofCommand.self,
    ])
}

/// A log and one of its records.
struct LogEntryOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The log.", valueName: "log"))
  var log: String

  @Argument(help: ArgumentHelp("The record's id or position.", valueName: "record"))
  var record: String

  func open() throws -> (log: DecisionLog, entry: LogEntry) {
    let log = try DecisionLog(self.log, for: .reading)
    return (log, try log.entry(record))
  }
}

/// `annona log show`
struct LogShowCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints a record as it is.")

  @OptionGroup var asked: LogEntryOptions

  func run(on console: any Console) throws -> ExitStatus {
    console.write(String(decoding: try asked.open().entry.record.bytes, as: UTF8.self) + "\n")
    return .done
  }
}

/// `annona log provisions`
struct LogProvisionsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "provisions",
    abstract:
      "Lists every provision that a decision relies on, with the text of the rule then in force.")

  @OptionGroup var asked: LogEntryOptions

  @Option(help: "How to write them.")
  var format = ResultFormat.text

  func run(on console: any Console) throws -> ExitStatus {
    let (log, entry) = try asked.open()
    let provisions = try log.provisions(of: entry.record)
    switch format {
    case .text: console.print(provisions.map(text).joined(separator: "\n"))
    case .json: console.write(JSONValue.array(provisions.map(json)).pretty + "\n")
    }
    return .done
  }

  private func text(_ relied: ReliedProvision) -> String {
    let head = [relied.provision, relied.law.map { "(\($0))" }, relied.url]
    var text = head.compactMap { $0 }.joined(separator: " ") + "\n"
    for use in relied.uses {
      let days = [use.from.map { "from \($0)" }, use.through.map { "through \($0)" }]
      let valid = days.compactMap { $0 }.joined(separator: " ")
      let parts: [String] = [use.figure ?? "", valid, use.place]
      let remark = parts.filter { !$0.isEmpty }.joined(separator: ", ")
      text += "  \(use.name): \(remark)\n"
      for line in use.text?.split(separator: "\n") ?? [] { text += "    \(line)\n" }
    }
    return text
  }

  private func json(_ relied: ReliedProvision) -> JSONValue {
    .object([
      "provision": .string(relied.provision), "law": .optional(relied.law),
      "url": .optional(relied.url),
      "uses": .array(
        relied.uses.map { use in
          .object([
            "name": .string(use.name), "title": .optional(use.title), "from": .optional(use.from),
            "through": .optional(use.through), "figure": .optional(use.figure),
            "place": .string(use.place), "text": .optional(use.text),
          ])
        }),
    ])
  }
}

/// `annona log overrides`
struct LogOverridesCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "overrides",
    abstract: "Lists what officers decided on a recorded decision.")

  @OptionGroup var asked: LogEntryOptions

  @Option(help: "How to write them.")
  var format = ResultFormat.text

  func run(on console: any Console) throws -> ExitStatus {
    let (log, entry) = try asked.open()
    let overrides = try log.overrides(of: entry.record)
    switch format {
    case .text:
      for override in overrides {
        guard let decision = override.record.officersDecision else { continue }
        let what = decision.value.map { "set to \($0)" } ?? "confirmed"
        let head = [
          "\(override.position)", String(override.record.id.digits.prefix(12)),
          override.record.producedAt,
        ].compactMap { $0 }.joined(separator: "  ")
        console.print(
          "\(head)  \(decision.node): \(what), by \(decision.officer) "
            + "(\(decision.authority)): \(decision.reason)\n")
      }
      if overrides.isEmpty { console.print("no overrides\n") }
    case .json:
      console.write(
        JSONValue.array(overrides.map(\.officersWord)).pretty + "\n")
    }
    return .done
  }
}

extension LogEntry {
  /// What an officer decided, with where it stands in the log and when it was produced.
  var officersWord: JSONValue {
    .object(
      [
        .init("position", .integer(position)), .init("id", .string(record.id.description)),
        .init("produced_at", .optional(record.producedAt)),
      ] + (record.document["override"]?.members ?? []))
  }
}
