import Annona
import AnnonaLanguage
import Support
import Testing

@testable import AnnonaRecords

private typealias Record = AnnonaRecords.Record

@Suite("Records")
struct RecordTests {
  @Test func keepsWhatWasDecided() throws {
    let record = try Grant.record()
    let outcome = try #require(record.document["outcomes"]?.items.first)
    #expect(outcome["outcome"]?.text == "entitled")
    #expect(outcome["amount"]?.text == "45 EUR/month")
    #expect(
      record.document["provisions"]?.items.map(\.text) == [
        "Order 2", "act s 1", "act s 2", "act s 3", "act s 4", "act s 5",
      ])
    #expect(record.document["assumptions"]?.items.first?["presumed_by_law"] == .bool(true))
    #expect(
      record.document["facts"]?["entries"]?.items.first?.canonicalBytes
        == JSONValue.object([
          "id": "household.income", "member": .integer(0), "fact": "income", "title": "Income",
          "state": "known", "value": "1050.5 EUR/month", "source": "register:tax",
          "observed": "2025-10-01", "verified": "caseworker:17", "used": .bool(true),
        ]).canonicalBytes)
  }

  /// The id depends on the decision alone, the seal also on when it was produced.
  @Test func hasTheSameIdEverywhere() throws {
    let record = try Grant.record()
    let elsewhere = try Grant.record(
      under: Grant.rulebook(in: "/another/place"), producedAt: "2026-01-01T00:00:00Z")
    #expect(record.id == elsewhere.id)
    #expect(record.seal != elsewhere.seal)
    #expect(try Grant.record().bytes == record.bytes)
  }

  @Test(arguments: [
    "household.income=1_050.51", "household.note=other", "child/abe.name=Abe",
  ])
  func hasAnotherIdForOtherFacts(_ setting: String) throws {
    #expect(try Grant.record(setting: [setting]).id != Grant.record().id)
  }

  @Test func hasAnotherIdForAnotherOrderOfChildren() throws {
    let swapped = Grant.household.replacing(
      "zoe: { born: 2020-02-29, name: \"Zoe\\u0301\" }, abe: { born: 2019-01-01 }",
      with: "abe: { born: 2019-01-01 }, zoe: { born: 2020-02-29, name: \"Zoe\\u0301\" }")
    #expect(swapped != Grant.household)
    #expect(try Grant.record(swapped).id != Grant.record().id)
  }

  /// One form of an accent is as good as the other.
  @Test func writesTextInNormalForm() throws {
    let composed = Grant.household.replacing("Zoe\\u0301", with: "Zo\\u00e9")
    #expect(try Grant.record(composed).bytes == Grant.record().bytes)
  }

  /// Sealed anew, it is still no record where a member says nothing that it can say.
  @Test(arguments: [
    ("produced_at", #""yesterday""#, "produced_at"), ("produced_at", "7", "produced_at"),
    (
      "identity",
      #"{"authority":null,"basis":null,"correlation":null,"purpose":"party","subject":null}"#,
      "identity.purpose"
    ),
    (
      "identity",
      #"{"authority":null,"basis":null,"correlation":null,"purpose":"test","subject":5}"#,
      "identity.subject"
    ),
    ("identity", #"{"purpose":"test"}"#, "identity.authority"),
    ("times", #"{"effective_from":null,"facts_known_at":null,"today":"soon"}"#, "times"),
    (
      "times", #"{"effective_from":null,"facts_known_at":"soon","today":"2025-01-01"}"#,
      "times.facts_known_at"
    ),
    (
      "times", #"{"effective_from":"soon","facts_known_at":null,"today":"2025-01-01"}"#,
      "times.effective_from"
    ),
    ("redaction", #"{"keys":5}"#, "redaction"), ("redaction", #"{"key":"00"}"#, "redaction"),
    ("redaction", #"{"keys":{"a":1}}"#, "redaction"),
    ("redaction", #"{"keys":{},"more":1}"#, "redaction"), ("redaction", "null", "redaction"),
    ("extra", "1", "extra"),
  ])
  func refusesMembersThatSayNothing(_ name: String, _ json: String, _ member: String) throws {
    let value = try #require(JSONValue(reading: Array(json.utf8)))
    let document = JSONValue.object(
      try Grant.record().document.without([name]).members + [.init(name, value)])
    let hashes = Record.hashes(of: document, keys: .none)
    let seal = Record.seal(of: hashes.id, producedAt: document["produced_at"] ?? .null)
    let forged = document.with([
      "hashes": hashes.sections, "id": .string("\(hashes.id)"), "seal": .string("\(seal)"),
    ])
    #expect(throws: RecordProblem.malformed(member)) {
      try Record(reading: forged.canonicalBytes)
    }
    #expect(
      "\(RecordProblem.malformed(member))" == "it is no record: `\(member)` is not what it must be")
  }

  @Test func refusesAnOverrideThatNamesNobody() throws {
    let override = try Grant.record().overridden(
      by: OfficersDecision(node: "grant", officer: "o", authority: "a", reason: "r"))
    let content = override.document.without(["hashes", "id", "seal", "produced_at"])
    let forged = Record(
      sealing: content.with(["override": (content["override"] ?? .null).without(["officer"])]),
      kind: .override, producedAt: nil, secret: nil)
    #expect(throws: RecordProblem.malformed("override.officer")) {
      try Record(reading: forged.bytes)
    }
  }

  @Test func readsWhatItWrote() throws {
    let record = try Grant.record()
    let again = try Record(reading: record.bytes + [0x0A])
    #expect(again.bytes == record.bytes)
    #expect(again.id == record.id)
    #expect(again.seal == record.seal)
    #expect(again.purpose == "determination")
  }

  /// A bit of any byte turned over is found; which one, the seed says.
  @Test(arguments: [nil, Grant.secret])
  func findsEveryAlteredByte(_ secret: [UInt8]?) throws {
    var random = SeededRandom(seed: 7)
    let bytes = try Grant.smallest(secret: secret).bytes
    var missed: [Int] = []
    for place in bytes.indices {
      var altered = bytes
      altered[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      if (try? Record(reading: altered)) != nil { missed.append(place) }
    }
    #expect(missed == [])
  }

  @Test(arguments: [0, 1, 10, 100, -2, -1]) func findsTruncation(_ length: Int) throws {
    let bytes = try Grant.record().bytes
    let cut = bytes.prefix(length < 0 ? bytes.count + length : length)
    #expect(throws: RecordProblem.notCanonical) { try Record(reading: Array(cut)) }
  }

  @Test func namesThePartThatWasAltered() throws {
    let record = try Grant.record()
    func problem(_ from: String, _ to: String) -> RecordProblem? {
      let text = String(decoding: record.bytes, as: UTF8.self).replacing(from, with: to)
      do { _ = try Record(reading: Array(text.utf8)) } catch { return error }
      return nil
    }
    #expect(problem("1050.5 EUR/month", "1050.6 EUR/month") == .altered("facts"))
    #expect(problem("Order 2", "Order 3") == .altered("rules"))
    #expect(problem("base + 5 EUR/month", "base + 6 EUR/month") == .altered("steps"))
    #expect(problem("45 EUR/month", "46 EUR/month") != nil)
    #expect(problem("Grant office\",\"basis", "Grant Office\",\"basis") == .altered("id"))
    #expect(problem("2025-11-01T10:00:00Z", "2025-11-01T10:00:01Z") == .altered("seal"))
    #expect(problem("annona.record/1", "annona.record/2") == .unknownSchema("annona.record/2"))
  }

  /// A refusal that would rest on a mere default does not stand; the steps say what did.
  @Test func showsWhatItWasDecidedWith() throws {
    let rules = """
      rulebook: tiny
      title: T
      language: en
      case: person
      in_force: { from: 2024-01-01 }
      entities: { person: { facts: { old: { type: boolean, default: false } } } }
      rules: { person.r: old, person.s: not old }
      benefits:
        a: { title: A, entitled: person.s }
        b: { title: B, entitled: person.r }

      """
    let recorded = try Grant.rulebook(rules)
    let record = try Grant.record("{ today: 2025-11-01, person: {} }", under: recorded)
    #expect(record.outcomes.map(\.outcome) == ["entitled", "undetermined"])
    let steps = record.document["steps"]?.items ?? []
    func state(_ id: String) -> [String] {
      steps.filter { $0["id"]?.text == id }
        .map { ($0["state"]?.text ?? "known") + " " + ($0["value"]?.text ?? "") }
    }
    #expect(state("person.s") == ["known true"])
    #expect(state("person.r") == ["unknown unknown"])
    #expect(try record.verdict(from: MemoryArchive(recorded)) == .verified)
  }

  @Test func hashesWhatTheRulesMean() throws {
    let rulebook = try Grant.rulebook()
    let commented = try Grant.rulebook(Grant.rules + "# A remark.\n")
    let changed = try Grant.rulebook(Grant.rules.replacing("20 EUR/month", with: "21 EUR/month"))
    #expect(rulebook.program == commented.program)
    #expect(rulebook.program != changed.program)
    #expect(rulebook.editions.map(\.id) == ["grant.base", "grant"])
    #expect(rulebook.editions[0] == commented.editions[0])
    #expect(rulebook.editions[1].digest != commented.editions[1].digest)
    #expect(rulebook.editions[1].files.map(\.name) == ["rules.yaml"])
  }

  @Test(arguments: [
    ("2025-03-01T09:30:00Z", true), ("2024-02-29T23:59:60Z", true),
    ("2025-02-29T09:30:00Z", false), ("2025-03-01T24:30:00Z", false),
    ("2025-03-01 09:30:00Z", false), ("2025-03-01T09:30:00+01:00", false), ("", false),
  ])
  func readsTimes(_ text: String, _ isTime: Bool) { #expect((Moment(text) != nil) == isTime) }
}
