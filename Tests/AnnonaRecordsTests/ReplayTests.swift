import Annona
import AnnonaLanguage
import Testing

@testable import AnnonaRecords

/// The rulebooks that records are held against, in memory.
struct MemoryArchive: SourceArchive {
  var files: [Digest: [UInt8]] = [:]

  init(_ recorded: RecordedRulebook) {
    for file in recorded.editions.flatMap(\.files) { files[file.digest] = file.bytes }
  }

  func bytes(of digest: Digest) -> [UInt8]? { files[digest] }
}

@Suite("Replay")
struct ReplayTests {
  private let archive: MemoryArchive
  private let recorded: RecordedRulebook

  init() throws {
    recorded = try Grant.rulebook()
    archive = MemoryArchive(recorded)
  }

  /// Whatever a case may say is decided again to the same bytes.
  @Test(arguments: [
    "household.income=declined", "household.income=unknown", "household.income=5_000",
    "household.home=owner", "household.home=unknown", "household.resident=false",
    "household.note=null", "household.note=declined", "child/abe.born=unknown",
    "child/abe.name=null", "household.children=unknown", "household.children=declined",
    "household.salary=1_000", "household.salary=declined",
  ])
  func givesTheSameBytes(_ setting: String) throws {
    for secret in [nil, Grant.secret] {
      let record = try Grant.record(under: recorded, secret: secret, setting: [setting])
      #expect(try record.verdict(from: archive) == .verified)
    }
  }

  @Test(arguments: [
    "{ income: [ { value: 900, source: a }, { value: 950, source: b, verified: c } ] }",
    "{ income: { state: declined, source: letter } }",
    "{ salary: { 2025-08..2025-09: { value: 1, observed: 2025-09-30 }, 2025-10: declined } }",
    "{ salary: { value: { 2025-09..: 3 }, source: s }, children: {} }",
    "{ salary: { 2025-09: [ { value: 1, source: a }, { value: 2, source: b } ] } }",
    "{ note: 'null', children: { null: { born: 2020-01-01 }, 'a b': {} } }", "{}",
  ])
  func givesTheSameBytesForEveryFormOfFact(_ facts: String) throws {
    let record = try Grant.record("{ today: 2025-11-01, household: \(facts) }", under: recorded)
    #expect(try record.verdict(from: archive) == .verified)
  }

  @Test func isNamedWhenTheRulebookIsMissing() throws {
    let other = MemoryArchive(try Grant.rulebook(Grant.rules + "# later\n"))
    let verdict = try Grant.record(under: recorded).verdict(from: other)
    #expect(verdict == .rulebookMissing(["grant/rules.yaml"]))
    #expect(
      "\(verdict)" == "rulebook missing: intact, not replayed, since nobody has grant/rules.yaml")
  }

  @Test func isNamedWhenTheRulebookNoLongerChecks() throws {
    let file = RulebookEdition.File(
      name: "rules.yaml", bytes: Array("rulebook: grant\nrulez: 1\n".utf8))
    let content = try Grant.record(under: recorded).document.without([
      "hashes", "id", "seal", "produced_at",
    ])
    let rules = try #require(content["rules"]).with([
      "rulebooks": [
        .object([
          "id": "grant", "digest": "", "asked": .bool(true),
          "files": [.object(["name": "rules.yaml", "digest": .string("\(file.digest)")])],
        ])
      ]
    ])
    let record = Record(
      sealing: content.with(["rules": rules]), kind: .decision, producedAt: nil, secret: nil)
    var archive = archive
    archive.files[file.digest] = file.bytes
    #expect(try record.verdict(from: archive) == .rulebookRefused)
  }

  @Test func isNamedWhenTheDefinitionChanged() throws {
    let facts = try recorded.rulebook.readCase(
      SourceFile(path: "household.yaml", text: Grant.household))
    let record = recorded.record(
      DecisionRequest(facts, .on(facts.today ?? .earliest)), context: DecisionContext(),
      producedAt: nil, secret: nil, by: EngineVersions(engine: "0.0.1", semantics: "0"))
    #expect(
      try record.verdict(from: archive)
        == .semanticsChanged(recorded: "0", engine: EngineVersion.semantics, nil))
  }

  /// An engine of another version that means the same gives the same record but for its own name.
  @Test func doesNotCountTheEngine() throws {
    let facts = try recorded.rulebook.readCase(
      SourceFile(path: "household.yaml", text: Grant.household))
    let record = recorded.record(
      DecisionRequest(facts, .on(facts.today ?? .earliest)), context: DecisionContext(),
      producedAt: nil, secret: nil,
      by: EngineVersions(engine: "0.0.1", semantics: EngineVersion.semantics))
    #expect(try record.verdict(from: archive) == .verified)
  }

  /// Sealed anew, with another outcome than the facts give.
  @Test func namesTheFirstNodeThatDiffers() throws {
    let honest = try Grant.record(under: recorded).document
    let text = String(decoding: honest.canonicalBytes, as: UTF8.self)
    let forged = try #require(
      JSONValue(
        reading: Array(
          text.replacing("45 EUR/month", with: "450 EUR/month")
            .replacing("\"40 EUR/month\"", with: "\"400 EUR/month\"").utf8)))
    let record = Record(
      sealing: forged.without(["hashes", "id", "seal", "produced_at"]), kind: .decision,
      producedAt: nil, secret: nil)
    guard case .outcomeDiffers(let difference) = try record.verdict(from: archive) else {
      Issue.record("not found")
      return
    }
    #expect(difference.changes.map(\.money) == ["-405 EUR/month"])
    #expect(difference.node?.id == "household.amount.tenants#0.0")
    #expect(difference.node?.before == "400 EUR/month")
    #expect(
      "\(Verdict.outcomeDiffers(difference))"
        == "outcome differs: grant, first at household.amount.tenants#0.0")
  }

  @Test func showsWhatACorrectedFactAlters() throws {
    let record = try Grant.record(under: recorded)
    let replay = try record.replay(
      under: recorded, setting: [FactSetting("household.income=2_000")])
    let difference = try #require(replay.difference)
    #expect(
      difference.changes == [
        .init(
          benefit: "grant", before: "entitled, 45 EUR/month", after: "not_entitled",
          money: "-45 EUR/month")
      ])
    #expect(difference.node?.id == "household.income")
  }

  @Test func showsWhatOtherRulesAlter() throws {
    let later = try Grant.rulebook(
      Grant.rules.replacing("20 EUR/month +", with: "21 EUR/month +")
        .replacing("      note: { type: text, optional: true, title: Note }\n", with: ""))
    let replay = try Grant.record(under: recorded).replay(under: later)
    #expect(replay.difference?.changes.map(\.money) == ["+1 EUR/month"])
    #expect(replay.unknownFacts == ["household.note"])
    #expect(try Grant.record(under: recorded).replay(under: recorded).difference == nil)
  }
}

@Suite("Redaction")
struct RedactionTests {
  private let record: Record

  init() throws { record = try Grant.record(secret: Grant.secret) }

  @Test func keepsIdAndSeal() throws {
    let redacted = try record.redacting(["household.income"])
    #expect(redacted.id == record.id)
    #expect(redacted.seal == record.seal)
    let read = try Record(reading: redacted.bytes)
    #expect(read.redactedFacts == ["household.income"])
    let twice = try read.redacting(["child/abe.born", "household.note"])
    #expect(try Record(reading: twice.bytes).seal == record.seal)
    let verdict = try twice.verdict(from: MemoryArchive(Grant.rulebook()))
    #expect("\(verdict)" == "intact, 3 facts redacted, not replayed")
  }

  /// Nothing that the fact says, or that follows from it, can be read any more.
  @Test func leavesNoTraceOfTheValue() throws {
    let whole = String(decoding: record.bytes, as: UTF8.self)
    #expect(whole.contains("1050.5") && whole.contains("149.5"))
    let redacted = try record.redacting(["household.income"])
    let text = String(decoding: redacted.bytes, as: UTF8.self)
    #expect(!text.contains("1050.5"))
    #expect(!text.contains("149.5"))
    #expect(text.contains("45 EUR/month"))
    let salaries = String(
      decoding: try record.redacting(["household.salary"]).bytes, as: UTF8.self)
    for value in ["1000 EUR/month", "2200 EUR"] {
      #expect(whole.contains(value))
      #expect(!salaries.contains(value), "\(value)")
    }
  }

  /// Without the record's key, two equal values of two records have nothing in common.
  @Test func hidesEqualValues() throws {
    func hash(_ record: Record) throws -> String? {
      try record.redacting(["household.income"]).document["facts"]?["entries"]?.items
        .first?["value"]?["hash"]?.text
    }
    let other = try Grant.record(secret: Grant.secret, setting: ["household.note=other"])
    let secret = try Grant.record(secret: Array("another secret of bytes".utf8))
    #expect(try Set([hash(record), hash(other), hash(secret)]).count == 3)
  }

  @Test func findsAnythingAlteredAfterwards() throws {
    let redacted = try record.redacting(["household.income"])
    let text = String(decoding: redacted.bytes, as: UTF8.self)
    let altered = text.replacing("\"2019-01-01\"", with: "\"2018-01-01\"")
    #expect(altered != text)
    #expect(throws: RecordProblem.altered("facts")) {
      try Record(reading: Array(altered.utf8))
    }
  }

  @Test func needsASecretAndAFact() throws {
    #expect(throws: RedactionProblem.madeWithoutSecret) {
      try Grant.record().redacting(["household.income"])
    }
    #expect(throws: RedactionProblem.unknownFact("household.x")) {
      try record.redacting(["household.x"])
    }
  }
}
