import Annona
import Support
import Testing

@testable import AnnonaRecords

@Suite("Asking a log")
struct LogQueryTests {
  private func positions(_ conditions: LogQuery.Condition...) throws -> [Int] {
    let filled = try FilledLog(4)
    let log = try DecisionLog(filled.path, for: .appending)
    for setting in [
      "household.income=declined", "household.income=unknown", "household.resident=false",
    ] {
      try log.append(try Grant.record(under: filled.recorded, setting: [setting]))
    }
    let earlier = Grant.household.replacing("2025-11-01", with: "2024-11-01")
    let noSalary = earlier.replacing(
      "salary: { 2025-09: { value: 1_000, source: \"document:sha256:00\" }, 2025-10..: 1_200 }",
      with: "salary: 100"
    ).replacing("2025-10-01", with: "2024-10-01")
    try log.append(try Grant.record(noSalary, under: filled.recorded))
    var query = LogQuery()
    query.conditions = conditions
    return try log.find(query).entries.map(\.position)
  }

  /// Incomes 1 000 to 1 300 at a limit of 1 200, declined, not given, not resident; and one under the limit of 2024.
  @Test func findsByEverythingThatADecisionRestsOn() throws {
    #expect(try positions(.outcome("entitled", of: nil)) == [0, 1, 2])
    #expect(try positions(.outcome("not_entitled", of: "grant")) == [3, 6, 7])
    #expect(try positions(.outcome("entitled", of: "other")) == [])
    #expect(try positions(.turned(on: "household.qualifies.poor", to: "not_entitled")) == [3, 7])
    #expect(try positions(.parameter("limit@2024-01-01")) == [7])
    #expect(
      try positions(.parameter("limit@2025-01-01"), .outcome("not_entitled", of: nil)) == [3, 6])
    #expect(try positions(.provision("Order 1")) == [7])
    #expect(try positions(.rule("household.amount"), .provision("act s 4")) == [0, 1, 2, 4, 5])
    #expect(try positions(.presumption("household.resident")) == [0, 1, 2, 3, 4, 5, 7])
    #expect(try positions(.adversePresumption(nil)) == [3, 7])
    #expect(try positions(.declined(nil)) == [4])
    #expect(try positions(.needed("household.income")) == [5])
    #expect(try positions(.purpose(.determination)).count == 8)
    #expect(try positions(.purpose(.review)) == [])
  }

  @Test func goesPageByPage() throws {
    let log = try FilledLog(7).open()
    var query = LogQuery(limit: 3)
    query.conditions = [.rule("household.qualifies")]
    var found: [[Int]] = []
    repeat {
      let page = try log.find(query)
      found.append(page.entries.map(\.position))
      query.after = page.next
    } while query.after != nil
    #expect(found == [[0, 1, 2], [3, 4, 5], [6]])
    #expect(try log.count(query) == 7)
  }

  @Test func findsByWhomItIsAbout() throws {
    let filled = try FilledLog(2)
    let log = try DecisionLog(filled.path, for: .appending)
    try log.append(
      try Grant.record(
        under: filled.recorded,
        context: DecisionContext(purpose: .review, correlation: "case 9", subject: "s-2")))
    var query = LogQuery()
    query.subject = "s-2"
    #expect(try log.find(query).entries.map(\.position) == [2])
    query.subject = nil
    query.correlation = "case 9"
    query.conditions = [.purpose(.review)]
    #expect(try log.find(query).entries.map(\.position) == [2])
    query.subject = "s-1"
    #expect(try log.find(query).entries.isEmpty)
  }

  @Test func findsOverrides() throws {
    let filled = try FilledLog(4)
    let log = try DecisionLog(filled.path, for: .appending)
    let refused = try log.entry("3").record
    let hardship = try refused.overridden(
      by: OfficersDecision(
        node: "household.qualifies.poor", officer: "o-17", authority: "act s 9", reason: "Hardship",
        value: "true"), producedAt: Moment("2025-12-01T00:00:00Z"))
    #expect(try log.append(hardship) == 4)
    #expect(try Record(reading: hardship.bytes).officersDecision?.value == "true")
    #expect(try log.overrides(of: refused).map(\.position) == [4])
    var query = LogQuery()
    query.isOverridden = true
    #expect(try log.find(query).entries.map(\.position) == [3])
    query.isOverridden = nil
    query.kind = .override
    query.conditions = [.officer("o-17")]
    #expect(try log.find(query).entries.map(\.position) == [4])
    #expect(try log.verify().overrides == 1)
    #expect(throws: OfficersDecision.Problem.unknownNode("household.x")) {
      try refused.overridden(
        by: OfficersDecision(node: "household.x", officer: "o", authority: "a", reason: "r"))
    }
    #expect(throws: OfficersDecision.Problem.notADecision) {
      try hardship.overridden(
        by: OfficersDecision(node: "grant", officer: "o", authority: "a", reason: "r"))
    }
  }

  @Test func showsProvisionsWithTheirTextThenInForce() throws {
    let filled = try FilledLog(1)
    let log = try filled.open()
    let found = try log.provisions(of: log.entry("0").record)
    #expect(
      found.map(\.provision) == ["Order 2", "act s 1", "act s 2", "act s 3", "act s 4", "act s 5"])
    #expect(found[0].uses.map(\.figure) == ["1200 EUR/month"])
    #expect(found[2].law == "Grant Act")
    #expect(
      found[2].uses == [
        .init(
          name: "household.qualifies.poor", title: "The income is within the limit", from: nil,
          through: nil, figure: nil, place: "grant/rules.yaml:36:7",
          text: "poor: { title: The income is within the limit, cites: act s 2, "
            + "value: income <= figures.limit }")
      ])
    #expect(found[3].uses.first?.text?.split(separator: "\n").count == 7)
    #expect(found[4].uses.map(\.name) == ["household.amount.tenants"])
  }

  @Test func provesWhatItHolds() throws {
    let filled = try FilledLog(6)
    let log = try filled.open()
    let checkpoint = try log.checkpoint(origin: "log")
    let old = try log.checkpoint(origin: "log", size: 4)
    let entry = try log.entry("2")
    let proof = try log.inclusionProof(of: entry)
    #expect(try #require(LogProof(reading: Array(proof.text.utf8))) == proof)
    #expect(proof.shows(entry.record, in: checkpoint))
    #expect(!proof.shows(entry.record, in: old))
    #expect(!proof.shows(try filled.record(3), in: checkpoint))
    let growth = try log.growthProof(from: 4)
    #expect(LogProof(reading: Array(growth.text.utf8)) == growth)
    #expect(growth.shows(growthFrom: old, to: checkpoint))
    #expect(!growth.shows(growthFrom: checkpoint, to: checkpoint))
    #expect(!proof.shows(growthFrom: old, to: checkpoint))
    #expect(throws: LogProblem.self) { try log.growthProof(from: 7) }
    #expect(throws: LogProblem.self) { try log.inclusionProof(of: entry, size: 2) }
  }
}
