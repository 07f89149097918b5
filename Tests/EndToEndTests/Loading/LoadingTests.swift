import Annona
import Support
import Testing

/// Rulebooks in memory: how imports are found, and what is said when they are not.
@Suite struct LoadingTests {
  @Test func anImportThatIsNowhere() {
    #expect(
      problems(importing("pt.ias")) == """
        error[L001] main.yaml:2:16: the imported rulebook `pt.ias` was not found here: there is no folder `Rules` above this file
          2 | import: { ias: pt.ias }
            |                ^^^^^^
          help: say where it is with `--rules DIR`, or keep the rulebooks below a folder named `Rules`

        """)
  }

  @Test func anImportThatHasTwoMeanings() {
    let shelf = Shelf(["pt.ias": [("one.yaml", shared("pt.ias")), ("two.yaml", shared("pt.ias"))]])
    #expect(
      problems(importing("pt.ias"), shelf) == """
        error[L002] main.yaml:2:16: 2 rulebooks are called `pt.ias`
          2 | import: { ias: pt.ias }
            |                ^^^^^^
          also: one.yaml:1:11: one of them
          1 | rulebook: pt.ias
            |           ^^^^^^
          also: two.yaml:1:11: one of them
          1 | rulebook: pt.ias
            |           ^^^^^^
          help: give each rulebook an id of its own

        """)
  }

  @Test func importsInACircle() {
    let shelf = Shelf([
      "a": [("a.yaml", "rulebook: a\nimport: { b: b }\n")],
      "b": [("b.yaml", "rulebook: b\nimport: { a: a }\n")],
    ])
    #expect(
      problems(importing("a"), shelf).contains(
        """
        error[L003] b.yaml:2:14: the rulebooks import one another in a circle: `a` imports `b` imports `a`
          2 | import: { a: a }
            |              ^
          help: move what both need into a rulebook that imports neither

        """))
  }

  @Test func aRulebookThatImportsItself() {
    #expect(
      problems(importing("main")).contains(
        "error[L003] main.yaml:2:16: the rulebooks import one another in a circle: `main` imports `main`\n"
      ))
  }

  @Test func anImportThatCannotBeRead() {
    struct Broken: RulebookLibrary {
      func rulebooks(called id: String) throws(FileProblem) -> [[SourceFile]] {
        throw FileProblem(path: "ias.yaml", reason: "reading it is not permitted")
      }
    }
    #expect(
      problems(importing("pt.ias"), Broken()).hasPrefix(
        """
        error[L004] main.yaml:2:16: the imported rulebook `pt.ias` cannot be read: ias.yaml: reading it is not permitted
          2 | import: { ias: pt.ias }
            |                ^^^^^^
          help: make the file readable, or remove the import
        """))
  }

  /// A name that comes from a missing import is not reported again wherever it is used.
  @Test func aMissingImportIsOneProblem() {
    #expect(problems(importing("pt.ias"), reads: true).split(separator: "error[").count == 1)
  }

  @Test func anImportIsReadOnceHoweverManyImportIt() throws {
    let shelf = Shelf([
      "shared": [("shared.yaml", shared("shared"))],
      "middle": [("middle.yaml", shared("middle") + "import: { s: shared }\n")],
    ])
    let text = importing("shared").replacing("ias: shared", with: "ias: shared, m: middle")
    let loaded = Rulebook.load(files: [SourceFile(path: "main.yaml", text: text)], imports: shelf)
    #expect(loaded.files.map(\.path) == ["main.yaml", "shared.yaml", "middle.yaml"])
  }

  /// Text that cannot be read hides nothing in other files, and its names are not reported as missing.
  @Test func everyStageReportsInOneRun() {
    let header = """
      rulebook: main
      language: en
      currency: EUR
      case: household
      in_force: { from: 2025-01-01 }
      entities:
        household:
          facts: { income: { type: EUR/month, ask: How much? }, size: { type: integer, ask: How many? } }

      """
    let files = [
      ("a.yaml", header),
      ("b.yaml", "rules:\n  household.lost: income\n\thousehold.tab: income\n"),
      ("c.yaml", "rules:\n  household.reader: lost + 1 EUR/month\n  household.typo: incme\n"),
      ("d.yaml", "rules:\n  household.shape: { valeu: income }\n  household.unit: income > 3\n"),
      ("e.yaml", "rules:\n  household.text: income +\n"),
    ]
    let loaded = Rulebook.load(files: files.map { SourceFile(path: $0.0, text: $0.1) })
    #expect(loaded.rulebook == nil)
    let found = loaded.diagnostics.filter { $0.severity == .error }.map { diagnostic in
      "\(loaded.files[Int(diagnostic.span.file)].path) \(diagnostic.code.prefix(1))"
    }
    #expect(found == ["b.yaml Y", "c.yaml N", "d.yaml K", "d.yaml U", "e.yaml X"])
  }

  /// The comma is the one fault: that the formula before it has no end follows from it.
  @Test func whatFollowsFromFaultyTextIsNotReported() {
    let text = importing("x").replacing("import: { ias: x }\n", with: "")
      .replacing("value: income", with: "income")
      .replacing(
        "household.entitled: income >= 0 EUR/month",
        with: "household.entitled: { value: max(income, 3 EUR/month) > 0 EUR/month }")
    #expect(
      problems(text).split(separator: "\n").filter { $0.hasPrefix("error[") }.map { $0.prefix(28) }
        == ["error[Y020] main.yaml:10:42: "].map { $0.prefix(28) })
  }

  @Test func problemsArePrintedAsCheckPrintsThem() {
    let loaded = Rulebook.load(files: [
      SourceFile(path: "main.yaml", text: "rulebook: main\nx: 1\n")
    ])
    #expect(throws: RulebookProblems.self) { try loaded.get() }
    do {
      _ = try loaded.get()
    } catch {
      #expect(error.description == DiagnosticText(files: loaded.files).render(loaded.diagnostics))
    }
  }

  // MARK: - Rulebooks in memory

  private func importing(_ id: String) -> String {
    """
    rulebook: main
    import: { ias: \(id) }
    language: en
    currency: EUR
    case: household
    in_force: { from: 2025-01-01 }
    entities:
      household:
        facts: { income: { type: EUR/month, min: 0, ask: How much? } }
    rules:
      household.entitled: income >= 0 EUR/month
    benefits:
      grant: { entitled: household.entitled }

    """
  }

  private func shared(_ id: String) -> String {
    """
    rulebook: \(id)
    language: en
    currency: EUR
    in_force: { from: 2025-01-01 }
    parameters:
      amount: { type: EUR/month, until_further_notice: true, values: { 2025-01-01: 500 } }

    """
  }

  private func problems(
    _ text: String, _ library: any RulebookLibrary = EmptyLibrary(), reads: Bool = false
  ) -> String {
    let text = reads ? text.replacing("0 EUR/month", with: "ias.amount") : text
    let loaded = Rulebook.load(files: [SourceFile(path: "main.yaml", text: text)], imports: library)
    return DiagnosticText(files: loaded.files).render(
      loaded.diagnostics.filter { $0.severity == .error })
  }
}

private struct Shelf: RulebookLibrary {
  let books: [String: [(path: String, text: String)]]

  init(_ books: [String: [(path: String, text: String)]]) { self.books = books }

  func rulebooks(called id: String) -> [[SourceFile]] {
    (books[id] ?? []).map { [SourceFile(path: $0.path, text: $0.text)] }
  }
}
