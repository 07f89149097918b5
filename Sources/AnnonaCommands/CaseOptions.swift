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

  /// What is made of the case decided, or the exit status of whatever was wrong, which has been reported.
  func decided<Made>(
    on console: any Console, _ make: (Rulebook, DecidedCase) throws -> Made
  ) throws -> Result<Made, Stop> {
    let asked = try DateArgument.date(today)
    return try read(on: console, today: asked) { rulebook, household, suppositions in
      guard let date = asked ?? household.today else { throw DateArgument.missing }
      return try make(rulebook, rulebook.decide(household, on: date, suppose: suppositions))
    }
  }

  /// What is made of a case read for a rulebook, and of the rules whose value is set for it.
  ///
  /// It is made while the rulebook is still being proved; nothing comes of one that is faulty.
  func read<Made>(
    on console: any Console, today: CalendarDate?,
    _ make: (Rulebook, Case, [Supposition]) throws -> Made
  ) throws -> Result<Made, Stop> {
    if rulebook == "-" {
      throw RequestProblem("the rulebook is a folder or a file, only the case can be `-`")
    }
    let (loaded, made) = try Rulebook.load(at: rulebook, rules: imports.rules) { rulebook in
      Result {
        let household = try rulebook.readCase(
          try source(on: console), today: today, setting: set.map { FactSetting($0) })
        return try make(
          rulebook, household, try suppose.map { try rulebook.supposition($0, in: household) })
      }
    }
    guard let made else {
      console.reportErrors(of: loaded)
      return .failure(Stop(status: .faultyRulebook))
    }
    do {
      return .success(try made.get())
    } catch let problems as RulebookProblems {
      console.report(problems, showValues: showValues)
      return .failure(Stop(status: .faultyCase))
    }
  }

  private func source(on console: any Console) throws -> SourceFile {
    facts == "-"
      ? SourceFile(path: "-", bytes: try console.readInput())
      : try RulebookFolder.file(at: facts)
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
}

extension Console {
  /// Gives out what was made of a case, to people or to programs, or goes no further.
  func give(_ made: Result<String, CaseOptions.Stop>, toPeople: Bool) -> ExitStatus {
    switch made {
    case .failure(let stop): return stop.status
    case .success(let text):
      if toPeople { print(text) } else { write(text) }
      return .done
    }
  }

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
