import Annona

/// What Annona takes to read, check and prove rulebooks, to decide one household and to run fixtures; run it from the project's folder:
///
///     swift run -c release --package-path Benchmarks Bench
@main
struct Bench {
  static func main() throws {
    print("| what | least | median | greatest |\n|---|--:|--:|--:|")
    try loading()
    try deciding(
      "of a newborn and her brother", "Examples/01-newborn/household.yaml",
      by: "Rules/pt/abono_de_familia")
    try sweeping()
    try asking()
    try decidingGenerated()
    guard let command = ShippedCommand() else {
      print("| the command: nobody has built it; `make release` does | | | |")
      return
    }
    try command.measureStart()
    try TestRuns.measure(command)
  }

  static func row(_ what: String, _ times: Times) { print("| \(what) | \(times.row) |") }

  private static func loading() throws {
    let portugal = try Times {
      _ = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
    }
    row("load, check and prove the Portuguese family allowance", portugal)
    let file = GeneratedRulebook.file
    let loaded = Rulebook.load(files: [file])
    if loaded.rulebook == nil {
      print(DiagnosticText(files: loaded.files).render(Array(loaded.diagnostics.prefix(5))))
    }
    row(
      "load, check and prove 1 300 generated rules (\(file.bytes.count / 1024) KB)",
      Times { _ = Rulebook.load(files: [file]) })
  }

  private static func deciding(_ whom: String, _ path: String, by rules: String) throws {
    let rulebook = try Rulebook.load(at: rules).get()
    let file = try RulebookFolder.file(at: path)
    row("read the household \(whom)", try Times { _ = try rulebook.readCase(file) })
    try deciding(whom, try rulebook.readCase(file), by: rulebook)
  }

  /// Over ten million cents of income, on the largest rulebook.
  private static func sweeping() throws {
    let rulebook = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
    let file = try RulebookFolder.file(at: "Examples/01-newborn/household.yaml")
    let household = try rulebook.readCase(file)
    guard let today = household.today else { return }
    let income = try rulebook.caseFact("household.income", in: household)
    row(
      "sweep two children's allowances over 0 to 10 000 000 cents of income",
      try Times { _ = try rulebook.sweep(household, on: today, over: income) })
    let swept = try rulebook.sweep(household, on: today, over: income)
    row(
      "write the sweep as text, and draw it",
      Times {
        _ = swept.text(in: "pt")
        for sweep in swept.sweeps { _ = swept.chart(of: sweep, in: "pt") }
      })
  }

  /// Of a household of which only the children are known, on the largest rulebook.
  private static func asking() throws {
    let rulebook = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
    guard let today = CalendarDate(year: 2025, month: 3, day: 1) else { return }
    let facts = try rulebook.readCase(["children": ["maria": [:], "rui": [:]]], today: today)
    row(
      "decide two children of whom nothing is known, with bounds",
      Times {
        let decided = rulebook.decide(facts, on: today)
        for benefit in decided.benefits { _ = decided.bounds(of: benefit) }
      })
    let decided = rulebook.decide(facts, on: today)
    row("find the next question", Times { _ = decided.questions(in: "pt").first })
    let file = try RulebookFolder.file(at: "Examples/01-newborn/household.yaml")
    let known = rulebook.decide(try rulebook.readCase(file), on: today)
    row(
      "find what would change two children's allowances",
      Times { for benefit in known.benefits { _ = known.counterfactuals(of: benefit) } })
  }

  private static func decidingGenerated() throws {
    guard let rulebook = Rulebook.load(files: [GeneratedRulebook.file]).rulebook else { return }
    try deciding(
      "by 1 300 generated rules", try rulebook.readCase(GeneratedRulebook.household), by: rulebook)
  }

  private static func deciding(_ whom: String, _ household: Case, by rulebook: Rulebook) throws {
    guard let today = household.today else { return }
    row("decide \(whom), with reasons", Times { _ = rulebook.decide(household, on: today) })
    let decided = rulebook.decide(household, on: today)
    let prepared = rulebook.prepared(on: today)
    row(
      "decide \(whom) by the rulebook prepared for the day, all values recorded",
      Times { _ = prepared.decide(household).benefits })
    row("explain it in full", Times { _ = decided.explanation() })
    row("write the decision as text", Times { _ = decided.text(in: "pt") })
  }
}
