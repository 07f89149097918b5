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

      For example:
        annona decide Rules/pt/abono_de_familia household.yaml --record decision.json
        annona decide Rules/pt/abono_de_familia household.yaml --log decisions.db --purpose determination
      """)

  @OptionGroup var asked: CaseOptions
  @OptionGroup var context: ContextOptions

  @Option(
    help: ArgumentHelp(
      "Write the record to this file; `-` for standard output, in place of the decision.",
      valueName: "file"))
  var record: String?

  @Option(
    help: ArgumentHelp(
      "Append the record to this log, which is made where there is none.", valueName: "file"))
  var log: String?

  func validate() throws {
    if record == nil, log == nil {
      throw ValidationError(
        "Say where the record goes: `--record decision.json`, or `--log decisions.db`.")
    }
  }

  func run(on console: any Console) throws -> ExitStatus {
    let context = try context.context()
    let producedAt = try self.context.production.moment()
    let secret = try self.context.production.secretBytes()
    let asked = try DateArgument.date(asked.today)
    let read: (Rulebook, Case, [Supposition])
    switch try self.asked.read(on: console, today: asked) {
    case .success(let result): read = result
    case .failure(let stop): return stop.status
    }
    let (rulebook, household, suppositions) = read
    guard let today = asked ?? household.today else { throw DateArgument.missing }
    let recorded = RecordedRulebook(rulebook)
    let record = recorded.record(
      household, on: today, suppose: suppositions, context: context, producedAt: producedAt,
      secret: secret)
    if let file = self.record, file != "-" {
      try FileSystem.keep(record.bytes + [0x0A], at: file)
    }
    var place = ""
    if let path = log {
      let position = try DecisionLog(path, for: .appending).append(
        record, from: recorded.editions)
      place = ", entry \(position) of \(path)"
    }
    if self.record == "-" {
      console.print(String(decoding: record.bytes, as: UTF8.self) + "\n")
      return .done
    }
    let decided = rulebook.decide(household, on: today, suppose: suppositions)
    console.print(
      decided.text(in: self.asked.language, coloured: console.coloursResults)
        + "\nRecord \(record.id)\(place)\n")
    return .done
  }
}
