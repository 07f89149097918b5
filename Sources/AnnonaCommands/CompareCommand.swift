import Annona
import ArgumentParser

/// `annona compare FIRST SECOND ROWS`
struct CompareCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract:
      "Compares two rulebooks over a file of households: who gains, who loses, by which rule.",
    usage: "annona compare <first> <second> --cases <file> --today <date> [<options>]",
    discussion: """
      FIRST is the rulebook as it is, SECOND as it is to be; rows are those of `annona batch`. For each \
      benefit it counts who gains it, who loses it, whose amount goes up or down and for whom it is newly \
      open, with the rule behind each, examples, and what is paid in all before and after.

      Examples are ids alone; `--show-values` shows their amounts and rows too, which are people's data.

      For example:
        annona compare Rules/nz/rates_rebate draft/rates_rebate --cases households.ndjson --today 2025-07-01
        annona compare before after --cases households.csv --today 2025-07-01 --svg changes.svg --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, csv, svg
  }

  @Argument(help: "The rulebook as it is: a folder, or its one file.")
  var first: String

  @Argument(help: "The rulebook as it is to be.")
  var second: String

  @Option(
    help: ArgumentHelp(
      "The households, NDJSON or CSV; `-` for standard input.", valueName: "file"))
  var cases: String

  @OptionGroup var population: PopulationOptions

  @Option(
    help: ArgumentHelp(
      "How many ids are named for each rule and each kind of change.", valueName: "number"))
  var examples = 3

  @Flag(help: "Show the amounts and the rows of examples; they hold people's data.")
  var showValues = false

  @Option(
    help: ArgumentHelp("Write a chart of the changes to this file as well.", valueName: "file"))
  var svg: String?

  @Option(help: "How to write the result: text, json, csv, or svg for the chart.")
  var format = Format.text

  func run(on console: any Console) throws -> ExitStatus {
    let date = try population.date()
    guard (0...1_000).contains(examples) else {
      throw RequestProblem("`--examples \(examples)`: write a number from 0 to 1000")
    }
    guard let before = try population.load(first, on: console),
      let after = try population.load(second, on: console)
    else { return .faultyRulebook }
    var request = try ReformRequest(before, after, today: date)
    request.input = population.input(cases)
    request.idKey = population.id
    request.memberIDKey = population.memberID
    request.examples = examples
    request.keepsValues = showValues
    request.isPlain = population.plain
    let source = try RowSource(cases)
    if let svg, source.isFile(at: svg) {
      throw FileProblem(path: svg, reason: "it holds the cases; the chart goes to another file")
    }
    let progress = BatchReport(size: source.size, console: console)
    var run = ReformRun(request, jobs: population.workers)
    run.progress = { progress.progress($0, rows: $1) }
    let report = try run.run(read: source.read)
    if let svg { try FileSystem.write(Array(report.chart().utf8), to: svg) }
    switch format {
    case .text: console.print(report.text())
    case .json: console.write(report.json() + "\n")
    case .csv: console.write(report.csv())
    case .svg: console.write(report.chart())
    }
    if format == .csv || format == .svg, let leftOut = report.leftOut { console.report(leftOut) }
    return .done
  }
}
