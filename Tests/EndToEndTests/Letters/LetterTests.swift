import Annona
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

@Suite struct LetterTests {
  /// Decisions of every outcome, of every country.
  static let cases = [
    "pt/abono_de_familia 01-newborn",
    "pt/abono_de_familia 01-newborn --set household.income=90_000",
    "pt/abono_de_familia 03-income-missing", "pt/abono_de_familia 07-referred",
    "pt/abono_de_familia 07-referred --set household.income_year=2019",
    "uk/child_benefit 11-child-benefit", "nz/rates_rebate 10-rates-rebate",
    "nz/rates_rebate 10-rates-rebate --today 2023-07-01",
    "fr/allocations_familiales 12-allocations-familiales",
    "fr/prime_naissance 13-prime-naissance --set household.resources=90_000",
    "us/fema_ihp 14-disaster", "us/fema_ihp 14-disaster --set household.registered_on=2024-12-11",
    "pt/tarifa_social 15-tarifa-social",
  ]

  private func letter(_ line: String, _ options: String = "") -> String {
    let words = line.split(separator: " ", maxSplits: 2).map(String.init)
    let rest = words.count > 2 ? words[2] + " " : ""
    let run = annona(
      "explain Rules/\(words[0]) Examples/\(words[1])/household.yaml --format html \(rest)\(options)"
    )
    #expect(run.status == 0, "\(run.problems)")
    return run.output
  }

  @Test(arguments: cases, ["", "--audience auditor", "--language en", "--language fr"])
  func isAWholePage(_ line: String, _ options: String) {
    let page = LetterPage(letter(line, options))
    #expect(page.problems == [])
    #expect(page.tags.first?.attributes == ["lang"])
    #expect(!page.tags.contains { $0.name == "script" })
  }

  @Test func standsInTheLanguageOfTheRulebook() {
    let page = letter(Self.cases[1])
    #expect(page.contains("<html lang=\"pt\">"))
    #expect(page.contains("Decisão para 1 de março de 2025"))
    #expect(page.contains("90\u{A0}000,00\u{A0}EUR por ano"))
    let french = letter(Self.cases[9], "--notified 2025-12-31")
    #expect(french.contains("jusqu&#39;au 28 février 2026."))
    #expect(french.contains("Décision pour le 1er juillet 2025"))
  }

  /// A language of the author's that the engine does not speak.
  @Test func marksWhatIsInAnotherLanguage() {
    let page = letter(Self.cases[0], "--language nl")
    #expect(page.contains("<html lang=\"en\">"))
    #expect(page.contains("<h1><span lang=\"pt\">Abono de família para crianças e jovens<"))
  }

  @Test func showsARuleAlone() {
    let run = annona(
      "explain Rules/pt/abono_de_familia Examples/01-newborn/household.yaml person/maria.base_amount --format html"
    )
    #expect(LetterPage(run.output).problems == [])
    #expect(run.output.contains("129,23"))
  }

  // MARK: - Whatever is written

  private static let rules = """
    rulebook: whatever
    title: TITLE
    language: en
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    sources: { act: { title: TITLE, url: TITLE } }
    entities:
      household:
        facts:
          income: { type: EUR/month, min: 0, title: TITLE }
          note: { type: text, title: TITLE }
        has: { children: { type: list of child, title: TITLE } }
      child: { facts: { name: { type: text, optional: true } } }
    rules:
      child.entitled:
        all:
          poor: { if: household.income <= 10 EUR/month, cites: act 1, met: TITLE, unmet: TITLE }
          noted: { if: household.note != \"x\", cites: act 2, title: TITLE }
    benefits:
      grant:
        title: TITLE
        for: household.children
        entitled: child.entitled
        amount: 1 EUR/month
        authority: TITLE
        appeal: { to: TITLE, effect: TITLE, within: 1 month }

    """

  private func page(title: String, note: String) throws -> LetterPage {
    let quoted = JSONValue.string(title).pretty
    let loaded = Rulebook.load(
      yaml: Self.rules.replacing("TITLE", with: quoted).utf8, named: "whatever.yaml")
    let rulebook = try #require(loaded.rulebook, "\(loaded.diagnostics.map(\.message))")
    let today = try #require(CalendarDate(text: "2025-01-01"))
    let household = try rulebook.readCase(
      [
        "income": "20", "note": .text(note),
        "children": ["a": ["name": .text(note)], "b": ["name": "b"]],
      ], today: today)
    let decided = rulebook.decide(household, on: today)
    return LetterPage(decided.explanation().html(for: .auditor))
  }

  /// The elements of the page are the same, whatever author and citizen write.
  @Test func nothingWrittenBecomesMarkup() throws {
    var random = SeededRandom(seed: 41)
    let pieces = [
      "<script>alert(1)</script>", "</td>", "<!--", "-->", "\"", "'", "&", "&lt;",
      "<img src=x onerror=y>",
      "javascript:alert(1)", "]]>", "</style>", "é", "a", " ", "<name>", "=",
    ]
    let plain = try page(title: "plain", note: "plain")
    #expect(plain.problems == [])
    for round in 1...60 {
      func words() -> String {
        "w" + (1...6).map { _ in pieces[random.below(pieces.count)] }.joined() + "w"
      }
      let found = try page(title: words(), note: words())
      #expect(found.problems == [], "round \(round), seed 41")
      #expect(found.tags == plain.tags, "round \(round), seed 41")
    }
  }
}
