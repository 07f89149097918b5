import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Testing

/// `pt.abono_de_familia` against every published figure, to the cent.
@Suite struct FamilyAllowanceTests {
  static let rulebook = Result { try LawRulebook.load("pt.abono_de_familia").get() }
  static let figures = Result { try PublishedFigure.all("pt_abono_familia") }

  @Test func areAllRead() throws { #expect(try Self.figures.get().count == 56) }

  @Test(arguments: (try? figures.get()) ?? []) func comesOut(_ figure: PublishedFigure) throws {
    let program = try Self.rulebook.get().program
    let facts = try household(of: figure, program)
    let evaluator = Evaluator(
      program, facts, today: figure.date, suppose: try suppositions(of: figure, program))
    let child = try #require(facts.instances.firstIndex { $0.id == "ana" }.map(Int32.init))

    for (key, text) in figure.expected.sorted(by: { $0.key < $1.key }) {
      let state =
        switch key {
        case "monthly": evaluator.value(of: try program.rule("person.amount"), for: child)
        case "supplement":
          evaluator.value(of: try program.rule("person.large_family_supplement"), for: child)
        case "tier": evaluator.value(of: try program.rule("household.tier"))
        case "reference_income": evaluator.value(of: try program.rule("household.reference_income"))
        default: throw UnknownKey(key: key)
        }
      #expect(state == .known(.number(try published(key, text, of: figure))), "\(key)")
    }
  }

  struct UnknownKey: Error { let key: String }

  /// The one figure that was printed rounded is held against the quotient that it rounds.
  private func published(
    _ key: String, _ text: String, of figure: PublishedFigure
  ) throws -> Number {
    if key == "reference_income", text == "8333.33 (to 0.01)" { return try Number(25_000, over: 3) }
    return try #require(Number(text: text))
  }

  private func household(of figure: PublishedFigure, _ program: Program) throws -> Case {
    var builder = Case.Builder(program)
    let child = builder.add("ana", to: try program.place("children"))
    let months = try figure.input["age_months"] == nil ? 0 : figure.integer("age_months")
    let first = figure.date.year * 12 + figure.date.month - 1 - months
    let birth = try #require(
      CalendarDate(year: first / 12, month: first % 12 + 1, day: figure.date.day))
    builder.set(try program.fact("person.birth_date"), of: child, to: .known(.date(birth)))
    if let lone = figure.input["single_parent"] {
      builder.set(
        try program.fact("household.lone_parent"), to: .known(.boolean(lone == "true")))
    }
    let numbers = ["household_income": "income", "income_year": "income_year"]
    for (key, name) in numbers where figure.input[key] != nil {
      builder.set(
        try program.fact("household." + name), to: .known(.number(try figure.number(key))))
    }
    return builder.build()
  }

  /// What the source starts from.
  private func suppositions(
    of figure: PublishedFigure, _ program: Program
  ) throws -> [Supposition] {
    let rules = [
      "tier": "tier", "abono_holders_in_household": "holders",
      "children_entitled": "entitled_children", "reference_income": "reference_income",
    ]
    return try rules.sorted(by: { $0.key < $1.key }).compactMap { key, name in
      guard figure.input[key] != nil else { return nil }
      return Supposition(
        rule: try program.rule("household." + name), instance: nil,
        value: .number(try figure.number(key)))
    }
  }
}
