import Annona

/// What Annona takes to read, check and prove rulebooks, and to decide one household; run it from the project's folder:
///
///     swift run -c release --package-path Benchmarks Bench
@main
struct Bench {
  static func main() throws {
    print("| what | least | median | greatest |\n|---|--:|--:|--:|")
    try loading()
    try deciding()
  }

  static func row(_ what: String, _ times: Times) { print("| \(what) | \(times.row) |") }

  private static func loading() throws {
    let portugal = try Times {
      _ = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
    }
    row("load, check and prove the Portuguese family allowance", portugal)
    let text = GeneratedRulebook.text(rules: 1_300)
    let file = SourceFile(path: "generated.yaml", text: text)
    let loaded = Rulebook.load(files: [file])
    if loaded.rulebook == nil {
      print(DiagnosticText(files: loaded.files).render(Array(loaded.diagnostics.prefix(5))))
    }
    row(
      "load, check and prove 1 300 generated rules (\(text.utf8.count / 1024) KB)",
      Times { _ = Rulebook.load(files: [file]) })
  }

  private static func deciding() throws {
    let rulebook = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
    let file = try RulebookFolder.file(at: "Examples/01-newborn/household.yaml")
    let household = try rulebook.readCase(file)
    guard let today = household.today else { return }
    row("read a household of two children", try Times { _ = try rulebook.readCase(file) })
    row(
      "decide it, both children, with reasons", Times { _ = rulebook.decide(household, on: today) })
    let decided = rulebook.decide(household, on: today)
    row("explain the decision in full", Times { _ = decided.explanation() })
    row("write it as text", Times { _ = decided.text(in: "pt") })
  }
}
