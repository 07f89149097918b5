import Annona
import AnnonaLanguage
import AnnonaValues
import Foundation
import Support
import Testing

@testable import AnnonaRecords

/// Records of more than one decision on one day: of a period, after an event, with what would change it.
@Suite("Requests")
struct RequestTests {
  private static let rules = """
    rulebook: grant
    title: Grant
    language: en
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    entities:
      household:
        facts:
          income: { type: EUR/month, min: 0, title: Income, changeable: true }
          salary: { type: EUR/month, min: 0, varies: monthly, title: Salary }
        has: { children: list of child }
      child: { facts: { born: { type: date, varies: never } } }
    parameters:
      limit: { type: EUR/month, values: { 2024-01-01: 1_000, 2025-03-01: 1_200 }, until_further_notice: true }
    rules:
      household.poor: { title: The income is within the limit, value: income + salary <= limit }
      household.amount: { title: Amount, value: 20 EUR/month * count(children) }
      household.bonus: { title: Bonus, value: 100 EUR * count(children) }
    benefits:
      grant: { title: Grant, entitled: household.poor, amount: household.amount, events: [birth.registered] }
      bonus: { title: Bonus, entitled: true, amount: household.bonus }
    events:
      birth.registered: { children.id: child.id, children.born: child.born }

    """

  private static let household = """
    today: 2025-02-01
    household:
      income: [ { value: 900, source: "register:tax", observed: 2025-01-02 }, { value: 900, source: letter } ]
      salary: { 2025-01..2025-03: 0, 2025-04: 500 }
      children: { ana: { born: 2020-05-01 } }

    """

  private func day(_ text: String) throws -> CalendarDate {
    try #require(CalendarDate(text: text))
  }

  private func recorded() throws -> RecordedRulebook {
    RecordedRulebook(
      try Rulebook.load(files: [SourceFile(path: "grant/rules.yaml", text: Self.rules)]).get())
  }

  private func record(
    _ days: DecisionRequest.Days, secret: [UInt8]? = nil,
    _ change: (inout DecisionRequest) -> Void = { _ in }
  ) throws -> (Record, Verdict) {
    let recorded = try recorded()
    var request = DecisionRequest(
      try recorded.rulebook.readCase(SourceFile(path: "h.yaml", text: Self.household)), days)
    change(&request)
    let record = recorded.record(request, context: DecisionContext(), secret: secret)
    return (record, try record.verdict(from: MemoryArchive(recorded)))
  }

  @Test func recordsAPeriod() throws {
    let (record, verdict) = try record(
      .from(try day("2025-01-01"), through: try day("2025-04-30")))
    #expect(verdict == .verified)
    let outcomes = record.outcomes.map {
      "\($0.benefit) \($0.outcome) \($0.amount ?? "-")"
    }
    // What is paid once is decided on the first day alone.
    #expect(
      outcomes == [
        "grant@2025-01-01 entitled 20 EUR/month", "bonus entitled 100 EUR",
        "grant@2025-02-01 entitled 20 EUR/month", "grant@2025-03-01 entitled 20 EUR/month",
        "grant@2025-04-01 not_entitled -",
      ])
    #expect(
      record.document["times"]?["period"]?.canonicalBytes
        == JSONValue.object(["from": "2025-01-01", "through": "2025-04-30"]).canonicalBytes)
    #expect(
      record.document["outcomes"]?.items.last?["period"]?["through"]?.text == "2025-04-30")
    let limits = (record.document["steps"]?.items ?? []).filter { $0["kind"] == "parameter" }
      .map { "\($0["id"]?.text ?? "") \($0["value"]?.text ?? "")" }
    #expect(
      limits == [
        "limit 1000 EUR/month", "limit@2025-02-01 1000 EUR/month",
        "limit@2025-03-01 1200 EUR/month", "limit@2025-04-01 1200 EUR/month",
      ])
    let again = try recorded()
    let march = try record.replay(under: again, today: try day("2025-03-01"))
    #expect(march.decided.count == 1)
  }

  /// No month begins within it: nothing is decided but what is paid once.
  @Test func recordsAStretchWithoutAPeriod() throws {
    let (record, verdict) = try record(
      .from(try day("2025-01-10"), through: try day("2025-01-20")))
    #expect(record.outcomes.map(\.benefit) == ["bonus"])
    #expect(verdict == .verified)
  }

  @Test func recordsWhatAnEventTouches() throws {
    let recorded = try recorded()
    let report = SourceFile(
      path: "birth.yaml",
      text: """
        event: birth.registered
        id: 2025/1
        on: 2025-02-03
        payload: { child: { id: rui, born: 2025-02-01 } }

        """)
    let household = try recorded.rulebook.readCase(
      SourceFile(path: "h.yaml", text: Self.household), after: report)
    var request = DecisionRequest(household, .on(try day("2025-02-05")))
    request.event = recorded.rulebook.reportedEvent(in: report)
    let record = recorded.record(request, context: DecisionContext())
    #expect(record.outcomes.map(\.benefit) == ["grant"])
    #expect(record.outcomes.first?.amount == "40 EUR/month")
    #expect(
      record.document["event"]?.canonicalBytes
        == JSONValue.object([
          "event": "birth.registered", "id": "2025/1", "observed": "2025-02-03",
        ]).canonicalBytes)
    let born = record.document["facts"]?["entries"]?.items.last
    #expect(born?["source"]?.text == "event:2025/1")
    #expect(try record.verdict(from: MemoryArchive(recorded)) == .verified)
    #expect(recorded.record(request, context: DecisionContext()).id == record.id)
  }

  @Test func keepsEveryOriginThatAgrees() throws {
    let (record, _) = try record(.on(try day("2025-02-01")))
    let income = try #require(record.document["facts"]?["entries"]?.items.first)
    #expect(income["state"]?.text == "known")
    #expect(income["source"]?.text == "register:tax")
    #expect(income["agreeing"]?.items.first?["source"]?.text == "letter")
  }

  @Test func keepsWhatWouldChangeIt() throws {
    let (plain, _) = try record(.on(try day("2025-02-01")))
    #expect(plain.document["outcomes"]?.items.first?["counterfactuals"] == nil)
    let (record, verdict) = try record(.on(try day("2025-02-01")), secret: Grant.secret) {
      $0.wantsCounterfactuals = true
    }
    #expect(verdict == .verified)
    let change = record.document["outcomes"]?.items.first?["counterfactuals"]?.items.first
    #expect(change?["fact"]?.text == "household.income")
    #expect(change?["then"]?.text == "1000.01 EUR/month")
    #expect(change?["outcome"]?.text == "not_entitled")
    // It says what the income is, and so goes with it.
    let redacted = try record.redacting(["household.income"])
    #expect(redacted.id == record.id)
    let text = String(decoding: redacted.bytes, as: UTF8.self)
    #expect(!text.contains("900 EUR") && !text.contains("1000.01"))
    #expect(try Record(reading: redacted.bytes).seal == record.seal)
  }

  @Test func saysWhatDecided() throws {
    let (record, _) = try record(.on(try day("2025-02-01")))
    let steps = record.document["steps"]?.items ?? []
    let others = steps.filter { $0["determining"] == nil }.map { $0["id"]?.text ?? "" }
    #expect(others == ["grant", "bonus"])
  }

  /// A figure of an import bears the import's id.
  @Test func namesFiguresOfImports() throws {
    let record = try Grant.record()
    let figures = record.document["rules"]?["parameters"]?.items ?? []
    #expect(figures.map { $0["parameter"]?.text } == ["grant.base.limit"])
  }

  @Test func fitsThePublishedSchema() throws {
    let text = try packageFolder.text("Schemas/record.schema.json")
    let schema = SchemaCheck(try #require(JSONValue(reading: Array(text.utf8))))
    let (period, _) = try record(.from(try day("2025-01-01"), through: try day("2025-04-30"))) {
      $0.wantsCounterfactuals = true
    }
    let run = annona(
      "event Rules/pt/abono_de_familia Rules/pt/garantia_infancia Rules/pt/abono_pre_natal "
        + "Rules/pt/nascimento Examples/08-birth/birth.yaml Examples/08-birth/household.yaml --record -"
    )
    #expect(run.problems == "")
    for bytes in [period.bytes, Array(run.output.utf8)] {
      let source = SourceFile(path: "record.json", bytes: bytes)
      let node = try #require(readJSON(source, index: 0).0)
      #expect(schema.problems(of: node) == [])
    }
  }
}
