import Annona
import ArgumentParser

/// The rulebook, the case and the date: what every command about one decision takes.
struct CaseOptions: ParsableArguments {
  @Argument(help: "A folder with a rulebook, or its one file.")
  var rulebook: String

  @Argument(
    help: ArgumentHelp(
      "The facts of the household, in YAML or JSON; `-` for standard input.", valueName: "case"))
  var facts: String

  @Option(
    help: ArgumentHelp("The date decided for, if it is not the case's own.", valueName: "date"))
  var today: String?

  @Option(
    help: ArgumentHelp(
      "Set a rule's value for this case, such as household.tier=3.", valueName: "rule=value"))
  var suppose: [String] = []

  @Option(
    help: ArgumentHelp(
      "Set a fact, such as household.income=12_000 or person/maria.birth_date=2024-09-10.",
      valueName: "fact=value"))
  var set: [String] = []

  @Option(help: ArgumentHelp("The language of the texts, such as pt.", valueName: "language"))
  var language: String?

  @Flag(help: "In problems of the case, show its lines; they hold a person's data.")
  var showValues = false

  @OptionGroup var imports: ImportOptions

  /// A case decided, or the exit status of whatever was wrong, which has been reported.
  func decided(on console: any Console) throws -> Result<(Rulebook, DecidedCase), Stop> {
    let asked = try DateArgument.date(today)
    switch try read(on: console, today: asked) {
    case .failure(let stop): return .failure(stop)
    case .success(let (rulebook, household, suppositions)):
      guard let date = asked ?? household.today else { throw DateArgument.missing }
      return .success((rulebook, rulebook.decide(household, on: date, suppose: suppositions)))
    }
  }

  /// A case read for a rulebook, with the rules whose value is set for it.
  func read(
    on console: any Console, today: CalendarDate?
  ) throws -> Result<(Rulebook, Case, [Supposition]), Stop> {
    if rulebook == "-" {
      throw RequestProblem("the rulebook is a folder or a file, only the case can be `-`")
    }
    let rulebook: Rulebook
    switch try load(on: console) {
    case .success(let loaded): rulebook = loaded
    case .failure(let stop): return .failure(stop)
    }
    let source =
      facts == "-"
      ? SourceFile(path: "-", bytes: try console.readInput())
      : try RulebookFolder.file(at: facts)
    let household: Case
    do {
      household = try rulebook.readCase(
        source, today: today, setting: set.map { FactSetting($0) })
    } catch {
      console.report(error, showValues: showValues)
      return .failure(Stop(status: .faultyCase))
    }
    let suppositions = try suppose.map { try rulebook.supposition($0, in: household) }
    return .success((rulebook, household, suppositions))
  }

  /// The same case without the facts that were set; `nil` where none were, and where it cannot be decided without them.
  func original(
    _ rulebook: Rulebook, on console: any Console, _ today: CalendarDate
  ) throws -> DecidedCase? {
    // Standard input is read once.
    guard !set.isEmpty, facts != "-",
      let household = try? rulebook.readCase(try RulebookFolder.file(at: facts), today: today),
      let suppositions = try? suppose.map({ try rulebook.supposition($0, in: household) })
    else { return nil }
    return rulebook.decide(household, on: today, suppose: suppositions)
  }

  /// Why a command goes no further.
  struct Stop: Error {
    let status: ExitStatus
  }

  private func load(on console: any Console) throws -> Result<Rulebook, Stop> {
    let loaded = try Rulebook.load(at: rulebook, rules: imports.rules)
    if let rulebook = loaded.rulebook { return .success(rulebook) }
    console.reportErrors(of: loaded)
    return .failure(Stop(status: .faultyRulebook))
  }
}

extension Console {
  /// Why a rulebook decides nothing; its warnings are for `annona check`.
  func reportErrors(of loaded: LoadedRulebook) {
    let text = DiagnosticText(files: loaded.files, coloured: coloursProblems)
    report(text.render(loaded.diagnostics.filter { $0.severity == .error }))
  }

  /// What is wrong with a case, without its lines unless they are asked for.
  func report(_ problems: RulebookProblems, showValues: Bool) {
    let text = DiagnosticText(
      files: problems.files, hidden: showValues ? [] : problems.hidden,
      coloured: coloursProblems)
    report(text.render(problems.diagnostics))
  }
}

/// How results are written.
enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// The date decided for, on the command line.
enum DateArgument {
  static func date(_ text: String?, option: String = "--today") throws -> CalendarDate? {
    try text.map { text in
      guard let date = CalendarDate(text: text) else {
        throw RequestProblem(
          "`\(option) \(text)` is no date: write it as in `\(option) 2025-03-01`")
      }
      return date
    }
  }

  static let missing = RequestProblem(
    "the case does not say for which date to decide: add `--today`, such as `--today 2025-03-01`")
}
