import Annona
import AnnonaLanguage

/// Something that a person or an attacker hands in, and the codes of all that must be said about it.
struct BadInput: Sendable, CustomStringConvertible {
  let name: String
  let codes: [String]
  /// The rulebook, whole or without its header.
  let rules: @Sendable () -> [UInt8]
  /// What is said of a household; the codes are then those of the case.
  let household: (@Sendable () -> SourceFile)?

  var description: String { name }

  init(_ name: String, _ codes: [String], rules: @escaping @Sendable () -> [UInt8]) {
    self.name = name
    self.codes = codes
    self.rules = rules
    household = nil
  }

  init(_ name: String, _ codes: [String], rules: String) {
    self.init(name, codes) { Array((Self.header + rules).utf8) }
  }

  init(
    _ name: String, _ codes: [String], rules: String = Self.facts,
    household: @escaping @Sendable () -> SourceFile
  ) {
    self.name = name
    self.codes = codes
    self.rules = { Array((Self.header + rules).utf8) }
    self.household = household
  }

  /// A case in YAML.
  init(_ name: String, _ codes: [String], household: String) {
    self.init(name, codes) { SourceFile(path: "case.yaml", text: household) }
  }

  static let header = """
    rulebook: xx.test
    title: Test
    language: en
    currency: EUR
    case: household
    in_force: { from: 2020-01-01 }
    calendar: { month_overflow: error, leap_day_birthday: mar_1 }

    """

  static let facts = """
    entities:
      household:
        facts:
          income: { type: EUR/year, min: 0 }
          moved_in: { type: date, max: today }
          eldest: { type: person, optional: true }
          status: { choice: [single, married] }
          rooms: { type: integer, max: 20 }
        has: { people: list of person }
      person:
        facts: { birth_date: { type: date, varies: never } }
    rules: { household.poor: income < 100 EUR/year }
    benefits: { grant: { entitled: household.poor } }

    """

  // MARK: - What is found

  struct Answer {
    let diagnostics: [Diagnostic]
    let files: [SourceFile]
    let text: String
  }

  func answer() -> Answer {
    let loaded = Rulebook.load(files: [SourceFile(path: "rules.yaml", bytes: rules())])
    // What no benefit uses is not what these are about.
    let errors = loaded.diagnostics.filter {
      $0.severity == .error || !$0.code.hasPrefix("R01")
    }
    guard let household, let rulebook = loaded.rulebook else {
      return Answer(
        diagnostics: errors, files: loaded.files,
        text: DiagnosticText(files: loaded.files).render(errors))
    }
    do {
      _ = try rulebook.readCase(household(), today: CalendarDate(text: "2025-03-01"))
      return Answer(diagnostics: [], files: [], text: "")
    } catch {
      return Answer(
        diagnostics: error.diagnostics, files: error.files, text: error.description)
    }
  }
}
