import Annona
import Glibc

/// Reads the bytes as the target says; whatever they are, the answer is a value and its problems can be printed.
func run(_ target: Target, _ bytes: [UInt8]) {
  switch target {
  case .rulebook: load([SourceFile(path: "rules.yaml", bytes: bytes)])
  case .yaml: readCase(SourceFile(path: "case.yaml", bytes: bytes))
  case .json: readCase(SourceFile(path: "case.json", bytes: bytes))
  case .expression: load(households + "rules:\n  household.result:\n    value: |\n", bytes)
  case .table: load(households + "rules:\n  household.result:\n    table: |\n", bytes)
  case .cases: readCase(SourceFile(path: "case.yaml", bytes: bytes))
  }
}

/// The bytes as lines of a block that the text has opened.
private func load(_ text: String, _ bytes: [UInt8]) {
  let indentation = [UInt8](repeating: UInt8(ascii: " "), count: 6)
  let newline = UInt8(ascii: "\n")
  let lines = bytes.split(separator: newline, omittingEmptySubsequences: false)
  let block = lines.flatMap { indentation + $0 + [newline] }
  load([SourceFile(path: "rules.yaml", bytes: Array(text.utf8) + block)])
}

private func load(_ files: [SourceFile]) {
  let loaded = Rulebook.load(files: files)
  _ = DiagnosticText(files: loaded.files).render(loaded.diagnostics)
  guard let rulebook = loaded.rulebook, let today = CalendarDate(text: "2025-03-01") else { return }
  let source = SourceFile(path: "case.yaml", text: "{}")
  guard let household = try? rulebook.readCase(source, today: today) else { return }
  show(rulebook.decide(household, on: today))
}

private func readCase(_ source: SourceFile) {
  guard let today = CalendarDate(text: "2025-03-01") else { return }
  do {
    let household = try rulebook.readCase(source, today: today)
    show(rulebook.decide(household, on: household.today ?? today))
  } catch {
    _ = error.description
  }
}

private func show(_ decided: DecidedCase) {
  _ = decided.json(values: decided.values(all: true))
  _ = decided.text(values: decided.values(all: true))
  _ = decided.explanation().text(for: .auditor)
}

/// What cases are read for: a bit of everything that facts can be.
private let rulebook: Rulebook = {
  do {
    return try Rulebook.load(
      files: [SourceFile(path: "rules.yaml", text: households + rules)]
    ).get()
  } catch {
    // Without it nothing would be tried.
    print(error)
    exit(2)
  }
}()

private let households = """
  rulebook: fuzz.rules
  title: Rules
  language: en
  currency: EUR
  case: household
  in_force: { from: 2000-01-01 }
  calendar: { leap_day_birthday: mar_1, month_overflow: error }
  units: [kWh]
  choices: { status: [single, married] }
  entities:
    household:
      facts:
        income: { type: EUR/year, min: 0 }
        power: { type: kWh, optional: true }
        town: text
        civil: { type: status }
        elder: { type: person, optional: true }
        salary: { type: EUR/month, varies: monthly }
        p: boolean
        x: { type: integer, min: -10, max: 10 }
        since: { type: date, default: 2020-01-01 }
      has: { people: { type: list of person, max: 8 }, home: place optional }
    person:
      facts:
        birth_date: { type: date, varies: never }
        amount: EUR
        resident: { type: boolean, judged_by: officer }
    place: { facts: { rooms: integer } }
  parameters:
    ias: { type: EUR, until_further_notice: true, values: { 2000-01-01: 500, 2020-01-01: 509.26 } }
  functions:
    half: { takes: { n: number }, value: n / 2 }

  """

private let rules = """
  rules:
    person.age: age(birth_date)
    household.share: income / x
    household.first_amount: { value: max(people.amount default 0), min: 0 }
    household.salary_of_year: { value: sum(salary over last 12 months), round: 0.01 half_up }
    household.oldest: first(sort(people by birth_date).age default 0 years)
    household.tier:
      table: |
        x        || value
        below 0  || 1
        0 to 5   || 2
        otherwise || 3
    household.entitled:
      all:
        poor: { if: share < 10_000 EUR/year, unmet: <town> is too rich. }
        young: some c in people satisfies c.age < 3 years
      exceptions:
        old: { when: elder != null and elder.age > 65 years, value: true }
  benefits:
    aid: { entitled: household.entitled, amount: household.first_amount }
    part: { for: household.people, entitled: person.resident }

  """
