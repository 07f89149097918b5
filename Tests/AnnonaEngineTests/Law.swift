import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

/// A rulebook's text that a test asks about.
struct Law {
  let program: Program

  /// Adds a header where the text has none. Proofs are left out, so that tables may be wrong.
  init(_ text: String) throws {
    let whole =
      text.contains("rulebook:")
      ? text
      : """
      rulebook: test.law
      title: Test
      language: en
      currency: EUR
      case: household
      in_force: { from: 2000-01-01 }
      calendar: { leap_day_birthday: mar_1, month_overflow: last_day }

      """ + text
    let file = SourceFile(path: "law.yaml", text: whole)
    let (node, faults) = readNodes(file, index: 0)
    let (syntax, problems) = readRulebook(node.map { [$0] } ?? [], from: [file])
    let (program, _, findings) = check([RulebookSource(syntax: syntax)], files: [file])
    let errors = (faults + problems + findings).filter { $0.severity == .error }
    let text = DiagnosticText(files: [file]).render(errors)
    try #require(errors.isEmpty, "\(text)")
    self.program = try #require(program)
  }

  func facts(_ text: String) throws -> (Case, [Diagnostic]) {
    let (node, faults) = readNodes(SourceFile(path: "case.yaml", text: text), index: 0)
    let found = readCase(try #require(node), program)
    return (found.facts, faults + found.diagnostics)
  }

  func rule(_ name: String) throws -> RuleID {
    RuleID(try #require(program.rules.firstIndex { $0.name == name }, "no rule \(name)"))
  }

  func evaluator(_ facts: String, today: String = "2025-03-01") throws -> Evaluator {
    let (given, problems) = try self.facts(facts)
    try #require(problems.isEmpty, "\(problems.map(\.message))")
    return Evaluator(program, given, today: try day(today))
  }

  /// A rule's state as text, with what it waits for where it is open: `1 to 2, needs household.children`.
  func value(
    of name: String, _ facts: String, today: String = "2025-03-01", for id: String? = nil
  ) throws -> String {
    let evaluator = try evaluator(facts, today: today)
    let rule = try rule(name)
    let entity = program.rules[rule].entity
    let instance = id.flatMap { evaluator.facts.instance($0, of: entity) } ?? 0
    let state = evaluator.value(of: rule, for: instance)
    return text(state, program.rules[rule].type, evaluator)
  }

  func text(_ state: State, _ type: ValueType, _ evaluator: Evaluator) -> String {
    let names = ValueText(program, evaluator.facts)
    let value = names.text(state, type)
    guard case .open(let possible) = state else { return value }
    let waits = possible.waits.map(names.id(of:)).sorted()
    return waits.isEmpty ? value : "\(value); needs \(waits.joined(separator: ", "))"
  }

  func decide(_ facts: String, today: String = "2025-03-01") throws -> (Decision, Evaluator) {
    let evaluator = try evaluator(facts, today: today)
    return (evaluator.decide(), evaluator)
  }
}

func day(_ text: String) throws -> CalendarDate {
  try #require(CalendarDate(text: text))
}
