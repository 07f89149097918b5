import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Runs a case as an embedding app would, and says what came out otherwise than expected.
struct ConformanceRun {
  let expected: ConformanceCase
  private(set) var mismatches: [String] = []

  init(_ expected: ConformanceCase) {
    self.expected = expected
  }

  mutating func run() {
    let sources = expected.files.map { SourceFile(path: $0.name, text: $0.text) }
    let loaded = Rulebook.load(files: sources, imports: Imports(rulebooks: expected.imports))
    let text = DiagnosticText(files: loaded.files).render(loaded.diagnostics)
    let errors = loaded.diagnostics.filter { $0.severity == .error }.map(\.code)
    let warnings = loaded.diagnostics.filter { $0.severity == .warning }.map(\.code)
    compare("refused", Set(errors).sorted(), expected.refused ?? [], text)
    if let warned = expected.warned { compare("warned", Set(warnings).sorted(), warned, text) }
    if expected.caseRefused == nil { findWords(in: text) }
    guard let rulebook = loaded.rulebook, mismatches.isEmpty else { return }
    guard let today = CalendarDate(text: expected.today) else {
      mismatches.append("`\(expected.today)` is no date")
      return
    }
    guard let household = readCase(rulebook, today) else { return }
    decide(rulebook, household, today)
  }

  private mutating func findWords(in text: String) {
    for words in expected.says where !text.contains(words) {
      mismatches.append("not said: \(words)\n\(text)")
    }
  }

  private mutating func compare(
    _ what: String, _ found: [String], _ wanted: [String], _ detail: String = ""
  ) {
    guard found != wanted else { return }
    mismatches.append("\(what): found \(found), expected \(wanted)\n\(detail)")
  }

  // MARK: - Facts

  private mutating func readCase(_ rulebook: Rulebook, _ today: CalendarDate) -> Case? {
    var problems: [Diagnostic] = []
    var text = ""
    var household: Case?
    if let source = expected.givenText {
      do {
        household = try rulebook.readCase(source, today: today)
      } catch {
        problems = error.diagnostics
        text = error.description
      }
    } else {
      let empty = Node(.mapping([]), span: Span(file: 0, start: 0, end: 0))
      let read = AnnonaEngine.readCase(
        expected.given ?? empty, rulebook.program, today: today)
      problems = read.diagnostics
      text = problems.map { "\($0.code): \($0.message); \($0.help ?? "")" }
        .joined(separator: "\n")
      household = read.facts
    }
    let codes = Set(problems.filter { $0.severity == .error }.map(\.code)).sorted()
    compare("case_refused", codes, expected.caseRefused ?? [], text)
    if expected.caseRefused != nil { findWords(in: text) }
    return codes.isEmpty ? household : nil
  }

  // MARK: - What comes out

  private mutating func decide(_ rulebook: Rulebook, _ household: Case, _ today: CalendarDate) {
    var supposed: [Supposition] = []
    for entry in expected.suppose {
      do {
        supposed.append(
          try rulebook.supposition(
            "\(entry.key.text)=\(entry.value.text ?? "")", in: household))
      } catch { mismatches.append("\(error)") }
    }
    let decided = rulebook.decide(household, on: today, suppose: supposed)
    let values = decided.values(all: true)
    var json = decided.jsonValue(in: nil, values: [])
    if let through = expected.through {
      guard let last = CalendarDate(text: through) else {
        mismatches.append("`\(through)` is no date")
        return
      }
      json =
        rulebook.schedule(household, from: today, through: last, suppose: supposed).jsonValue()
    }
    for entry in expected.expect {
      let name = entry.key.text
      if let value = values.first(where: { $0.id == name }) {
        compare(value, with: entry.value, decided)
      } else if let benefit = benefit(name, in: json) {
        compare(benefit, with: entry.value, name)
      } else if name == "explains" {
        explain(entry.value, rulebook, decided)
      } else {
        let names = values.map(\.id)
        mismatches.append("there is no `\(name)`, but \(names.joined(separator: ", "))")
      }
    }
  }

  private mutating func compare(
    _ value: DecidedCase.NamedValue, with wanted: Node, _ decided: DecidedCase
  ) {
    let outcome = StateText(value.state, value.type, ValueText(decided.program, decided.facts))
    if let problem = outcome.mismatch(wanted) { mismatches.append("\(value.id): \(problem)") }
  }

  /// `rates_rebate`, or `abono_de_familia/maria`.
  private func benefit(_ name: String, in json: JSONValue) -> JSONValue? {
    json["benefits"]?.items.first { item in
      let member = item["for"]?.text.map { "/\($0)" } ?? ""
      return (item["benefit"]?.text ?? "") + member == name
    }
  }

  private mutating func compare(_ benefit: JSONValue, with wanted: Node, _ name: String) {
    for entry in wanted.entries {
      let key = entry.key.text
      let found = BenefitText(benefit).value(of: key)
      let expected = BenefitText.written(entry.value)
      if found != expected {
        mismatches.append("\(name).\(key): found \(found ?? "nothing"), expected \(expected)")
      }
    }
  }

  private mutating func explain(_ wanted: Node, _ rulebook: Rulebook, _ decided: DecidedCase) {
    for entry in wanted.entries {
      do {
        let name = try rulebook.lookUp(entry.key.text, in: decided.facts)
        let text = decided.explanation(of: name).text(for: .auditor)
        for words in entry.value.texts ?? [] where !text.contains(words) {
          mismatches.append("the explanation does not say: \(words)\n\(text)")
        }
      } catch { mismatches.append("\(error)") }
    }
  }
}

/// The imported rulebooks of a case.
struct Imports: RulebookLibrary {
  let rulebooks: [(id: String, text: String)]

  func rulebooks(called id: String) -> [[SourceFile]] {
    rulebooks.filter { $0.id == id }.map { [SourceFile(path: "\(id).yaml", text: $0.text)] }
  }
}
