import Annona
import ArgumentParser

/// For which date and how a file of households is read and decided: what every command about a population takes.
struct PopulationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The date decided for.", valueName: "date"))
  var today: String

  @Option(help: ArgumentHelp("How many blocks of rows are decided at once.", valueName: "number"))
  var jobs = 1

  @Option(
    help:
      "What the rows are written in: ndjson or csv; if it is not said, csv for a name that ends so."
  )
  var inputFormat: BatchFormat?

  @Option(help: ArgumentHelp("The key or column of a row's id.", valueName: "key"))
  var id = "id"

  @Option(help: ArgumentHelp("The key of a member's id in a list.", valueName: "key"))
  var memberID = "id"

  @Flag(help: "Decide every household by the plain evaluator, to compare.")
  var plain = false

  @OptionGroup var imports: ImportOptions

  func date() throws -> CalendarDate {
    guard let date = try DateArgument.date(today) else { throw DateArgument.missing }
    return date
  }

  /// Threads beyond this many only cost memory.
  var workers: Int { min(jobs, 256) }

  /// What the rows are written in: as it is said, or by the name of their file.
  func input(_ rows: String) -> BatchRequest.Format {
    switch inputFormat {
    case .csv: .csv
    case .ndjson: .ndjson
    case nil: rows.lowercased().hasSuffix(".csv") ? .csv : .ndjson
    }
  }

  /// The rulebook; `nil` where it has errors, which have been reported.
  func load(_ path: String, on console: any Console) throws -> Rulebook? {
    let loaded = try Rulebook.load(at: path, rules: imports.rules)
    if loaded.rulebook == nil { console.reportErrors(of: loaded) }
    return loaded.rulebook
  }
}
