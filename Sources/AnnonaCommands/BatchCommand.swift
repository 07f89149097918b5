import Annona
import AnnonaRecords
import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `annona batch RULEBOOK ROWS`
struct BatchCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Decides a file of households, a row each: outcome and amount of every benefit.",
    discussion: """
      A row is a case as `simulate` reads it, in JSON on one line, with an id; or a line of CSV, its columns \
      named in the first line: `income`, `applicant.birth_date`, `children.1.birth_date`.

      Rows come out in their order, the same bytes for any number of jobs. A row that is no case becomes an \
      error row. How far it is, and a summary at the end, go to the standard error.

      For example:
        annona batch Rules/nz/rates_rebate households.ndjson --today 2024-07-01 > decisions.ndjson
        annona batch Rules/nz/rates_rebate households.csv --today 2024-07-01 --format csv
        annona batch Rules/nz/rates_rebate households.ndjson --today 2024-07-01 --out decisions.ndjson --resume
      """)

  @Argument(help: "A folder with a rulebook, or its one file.")
  var rulebook: String

  @Argument(help: "The households, NDJSON or CSV; `-` for standard input.")
  var rows: String

  @OptionGroup var population: PopulationOptions

  @Option(help: ArgumentHelp("Write to this file.", valueName: "file"))
  var out: String?

  @Option(help: "How to write: ndjson, or csv with a line for each decision.")
  var format = BatchFormat.ndjson

  @Flag(
    help:
      "Go on with the file given by --out where a run was stopped, after holding it to what is decided."
  )
  var resume = false

  @Flag(
    help:
      "Count what refusals rest on. Households of which columns cannot tell all conditions take longer."
  )
  var reasons = false

  @Flag(help: "Say the hash of the rows too, which takes as long as reading them.")
  var hashRows = false

  @Flag(help: "Say at the end what share of the time was spent on what.")
  var stages = false

  func run(on console: any Console) throws -> ExitStatus {
    let date = try population.date()
    if resume, out == nil { throw RequestProblem("`--resume` goes on with a file of `--out`") }
    guard let rulebook = try population.load(rulebook, on: console) else { return .faultyRulebook }
    var request = BatchRequest(rulebook, today: date)
    request.input = population.input(rows)
    request.output = format == .csv ? .csv : .ndjson
    request.idKey = population.id
    request.memberIDKey = population.memberID
    request.isPlain = population.plain
    request.countsReasons = reasons
    let source = try RowSource(rows, hashes: hashRows)
    let sink = try RowSink(out, console: console, keeping: resume, source: source)
    var run = BatchRun(request, jobs: population.workers)
    let report = BatchReport(size: source.size, console: console)
    run.progress = { report.progress($0, rows: $1.read) }
    let tally = try run.run(read: source.read, write: sink.write)
    try sink.finish()
    report.summary(tally, rulebook.program, linesBefore: sink.linesBefore)
    report.hashes(
      RecordedRulebook(rulebook).editions, rows: source.digest, decisions: sink.digest)
    if stages { report.stages(tally.stages) }
    return .done
  }
}

enum BatchFormat: String, ExpressibleByArgument, CaseIterable {
  case ndjson, csv
}
