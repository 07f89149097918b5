import Annona
import ArgumentParser

/// `annona ask RULEBOOK [CASE]`
struct AskCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract: "Asks for the facts of a household, one by one, as long as an answer still matters.",
    discussion: """
      Each question is one whose answer can still change what is decided; after each answer stands what \
      the benefits come to so far. A case that is given is continued. At the end, and on leaving, there is \
      a case file that every other command reads.

      An answer is written as in case files, or as people say it: yes, the number of a choice, names. \
      Instead of an answer: ? says why it is asked, - leaves it open, ! says that there will be no answer, \
      < goes back, . stops.

      For example:
        annona ask Rules/pt/abono_de_familia --save household.yaml
        annona ask Rules/pt/abono_de_familia household.yaml --today 2025-03-01 --language en
      """)

  @Argument(help: "A folder with a rulebook, or its one file.")
  var rulebook: String

  @Argument(
    help: ArgumentHelp("What is already known of the household.", valueName: "case"))
  var facts: String?

  @Option(
    help: ArgumentHelp("The date decided for, if it is not the case's own.", valueName: "date"))
  var today: String?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "Ask only what this benefit needs, such as abono_de_familia.", valueName: "benefit"))
  var benefit: String?

  @Option(
    help: ArgumentHelp(
      "Keep the case in this file after each answer; without it, it is printed at the end.",
      valueName: "file"))
  var save: String?

  @Option(help: ArgumentHelp("The language of the texts, such as pt.", valueName: "language"))
  var language: String?

  @OptionGroup var imports: ImportOptions

  func run(on console: any Console) throws -> ExitStatus {
    if self.rulebook == "-" || facts == "-" {
      throw RequestProblem(
        "the answers come from standard input: the rulebook and the case are files")
    }
    let loaded = try Rulebook.load(at: self.rulebook, rules: imports.rules)
    guard let rulebook = loaded.rulebook else {
      console.reportErrors(of: loaded)
      return .faultyRulebook
    }
    let source = try facts.map { try RulebookFolder.file(at: $0) }
    let asked = try DateArgument.date(today)
    do {
      let known = try source.map { source throws(RulebookProblems) in
        try rulebook.readCase(source, today: asked)
      }
      let goal = try benefit.map { name in
        try rulebook.lookUp(name, in: known ?? .empty(of: rulebook.program))
      }
      let screen = InterviewScreen(console, rulebook, language: language, save: try place())
      guard let today = asked ?? known?.today ?? screen.askDay() else { return .done }
      let interview = try Interview(
        rulebook, continuing: source, today: today, for: goal, in: language)
      try screen.run(interview)
      return .done
    } catch let problems as RulebookProblems {
      console.report(problems, showValues: false)
      return .faultyCase
    }
  }

  /// Where the case is kept: never in place of another file than the one that is continued.
  private func place() throws -> String? {
    guard let save else { return nil }
    if save != facts, (try? RulebookFolder.file(at: save)) != nil {
      throw FileProblem(path: save, reason: "it is there already")
    }
    return save
  }
}
