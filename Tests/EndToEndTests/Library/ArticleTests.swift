import Annona
import Foundation
import Support
import Testing

/// The articles of the library: their code is code that compiles, and does what they say.
@Suite struct ArticleTests {
  static let articles: [String] = {
    let folder = packageFolder.url.appendingPathComponent("Sources/Annona/Annona.docc").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted()
  }()

  private static let today = CalendarDate(year: 2025, month: 3, day: 1)

  @Test func areFound() { #expect(Self.articles.count == 6) }

  @Test(arguments: articles) func everyBlockIsCompiled(_ article: String) throws {
    let text = try packageFolder.text("Sources/Annona/Annona.docc/\(article)")
    let source = try packageFolder.text("Tests/EndToEndTests/Library/ArticleSnippets.swift")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let blocks = text.matches(of: #/(?ms)^```swift\n(.*?)^```$/#).map { String($0.output.1) }
    #expect(!blocks.isEmpty)
    for block in blocks {
      let lines = block.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      let isCompiled = source.indices.contains { start in
        let margin = source[start].prefix { $0 == " " }
        let part = source[start...].prefix(lines.count)
        return part.count == lines.count
          && zip(part, lines).allSatisfy { $0 == ($1.isEmpty ? "" : margin + $1) }
      }
      #expect(isCompiled, "\(article) has code that is not in ArticleSnippets.swift\n\(block)")
    }
  }

  // MARK: - What the code does

  private func rulebook() throws -> Rulebook {
    _ = annona("--help")
    return try loadFromAFolder()
  }

  private func today() throws -> CalendarDate { try #require(Self.today) }

  private func decided() throws -> DecidedCase {
    _ = annona("--help")
    return try decideInOverview(on: try today())
  }

  @Test func overview() throws {
    let decided = try decided()
    let benefit = try #require(decided.benefits.first)
    #expect(decided.amount(of: benefit) == "86.53 EUR/month")
    #expect(decided.amount(of: benefit, in: "pt")?.visible == "86,53 EUR/mês")
  }

  @Test func loading() throws {
    #expect(try rulebook().id == "pt.abono_de_familia")
    let lines = try ArticleLog.lines { try showProblems() }
    #expect(lines.count == 2)
    #expect(lines.first == "2 problems")
    let text = """
      rulebook: heating_grant
      title: Heating grant
      language: en
      currency: EUR
      case: household
      in_force: { from: 2025-01-01 }
      entities: { household: { facts: { people: { type: integer, min: 1 } } } }
      rules: { household.grant: 10 EUR/month * people }
      benefits: { heating_grant: { title: Heating grant, entitled: household.grant > 0 EUR/month, amount: household.grant } }

      """
    #expect(try loadFromBytes(text).id == "heating_grant")
    #expect(throws: RulebookProblems.self) { try loadFromBytes("rulebook: a\nrulse: {}\n") }
  }

  @Test func deciding() throws {
    let born = try #require(CalendarDate(year: 2020, month: 1, day: 2))
    let lines = try ArticleLog.lines {
      _ = try decideFromSwift(try rulebook(), born: born, on: try today())
    }
    #expect(
      lines.filter { $0.hasPrefix("abono") } == [
        "abono_de_familia maria entitled 182.41 EUR/month",
        "abono_de_familia rui entitled 58.05 EUR/month",
      ])
    #expect(lines.contains("met Has not reached the age limit. Decree-Law 176/2003 of 2 August"))
    let body = Array(#"{"today": "2025-03-01", "household": {"income": 25000}}"#.utf8)
    #expect(try decideFromJSON(try rulebook(), body).today == today())
    let whole = Array(
      """
      {"income": 25000, "income_year": 2024, "assets": 0, "lone_parent": false,
      "children": {"maria": {"birth_date": "2024-09-10"}}}
      """.utf8)
    let quick = try ArticleLog.lines {
      try decideOnEveryKeystroke(try rulebook(), whole, on: try today())
    }
    #expect(quick.first == "abono_de_familia maria entitled 86.53")
    #expect(quick.last?.contains("86.53\u{A0}EUR/month") == true)
    let problems = ArticleLog.lines { [rulebook = try? rulebook(), today = try? today()] in
      if let rulebook, let today { showCaseProblems(rulebook, on: today) }
    }
    #expect(
      problems == [
        """
        error[F004] facts:4:5: `household` has no fact `incme`
          help: write `income`

        """
      ])
    #expect(try ArticleLog.lines { try askForAValue(try decided()) } == ["4"])
  }

  @Test func missingFacts() throws {
    let lines = try ArticleLog.lines { try askWhatIsMissing(try rulebook(), on: try today()) }
    #expect(
      lines.map(\.visible) == [
        "between 0.00 EUR/month and 280.31 EUR/month",
        "household.income - What was the gross income of the whole household, in the year that the income is of?",
      ])
  }

  @Test func explaining() throws {
    let decided = try decided()
    var audit = ""
    let lines = try ArticleLog.lines { audit = try explainToPeople(decided) }
    #expect(lines.count == 1)
    #expect(lines[0].visible.hasPrefix("Family allowance: maria (2025-03-01)\n"))
    #expect(audit.contains("household.tier"))
    #expect(
      ArticleLog.lines { showWhatWouldChangeIt(decided) }.first?.visible
        == "not entitled with The household's yearly income from 35 648.21 EUR/year on (now 25 000.00 EUR/year); Income tier: 5 instead of 4 [Decree-Law 176/2003 of 2 August, art. 14 n.º 2]"
    )
    #expect(
      ArticleLog.lines { explainWhatIsNotThere(decided) } == [
        "the rulebook has no rule or benefit `household.teir`, did you mean `household.tier`?"
      ])
  }

  @Test func concurrency() async throws {
    let households: [GivenFact] = (0..<20).map {
      ["income": .text("\($0)_000"), "children": ["maria": ["birth_date": "2024-09-10"]]]
    }
    let rulebook = try rulebook()
    let today = try today()
    let decided = await decideAll(households + [["incme": 1]], by: rulebook, on: today)
    let expected = try households.map {
      rulebook.decide(try rulebook.readCase($0, today: today), on: today).json()
    }
    #expect(decided == expected + ["faulty"])
  }
}
