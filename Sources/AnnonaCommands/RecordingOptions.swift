import Annona
import AnnonaRecords
import ArgumentParser

/// Where a record of a decision goes, and what it says beside the decision.
struct RecordingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the record to this file; `-` for standard output, in place of the decision.",
      valueName: "file"))
  var record: String?

  @Option(
    help: ArgumentHelp(
      "Append the record to this log, which is made where there is none.", valueName: "file"))
  var log: String?

  @OptionGroup var context: ContextOptions

  var isAsked: Bool { record != nil || log != nil }

  /// Records what is asked for, and prints it in words or, where the record goes to standard output, the record alone.
  ///
  /// - Parameter text: the decision in words, the last line ended.
  func record(
    _ request: DecisionRequest, by rulebook: Rulebook, on console: any Console, text: () -> String
  ) throws {
    let context = try context.context()
    let producedAt = try self.context.production.moment()
    let secret = try self.context.production.secretBytes()
    let recorded = RecordedRulebook(rulebook)
    let record = recorded.record(
      request, context: context, producedAt: producedAt, secret: secret)
    if let file = self.record, file != "-" {
      try FileSystem.keep(record.bytes + [0x0A], at: file)
    }
    var place = ""
    if let path = log {
      let log = try DecisionLog(path, for: .appending)
      for found in try log.place([record], from: recorded.editions) {
        place = ", entry \(found.position) of \(path)"
        if !found.isNew { place += ", which has it already: not appended again" }
        // The record alone on standard output says nothing of it.
        if !found.isNew, self.record == "-" { console.report("Record \(record.id)\(place)\n") }
      }
    }
    if self.record == "-" {
      console.write(String(decoding: record.bytes, as: UTF8.self) + "\n")
    } else {
      console.print(text() + "\nRecord \(record.id)\(place)\n")
    }
  }
}
