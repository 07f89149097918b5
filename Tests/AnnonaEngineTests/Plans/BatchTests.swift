import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import RandomPrograms
import Support
import Testing

/// Rows of every rulebook, read and decided in columns, must come out as the plain evaluator writes them.
struct BatchTests {
  @Test(arguments: RulePlanTests.rulebooks)
  func rowsComeOutAlike(path: String) throws {
    let rulebook = try #require(try Rulebook.load(at: path).rulebook)
    let today = try #require(CalendarDate(text: "2025-07-01"))
    var text = ""
    for seed in 0..<60 {
      let facts = RandomHousehold.make(
        rulebook.program, today: today, missing: seed < 40 ? 0 : 12, seed: UInt64(9_000 + seed))
      text += CaseRow(rulebook.program, facts).text(id: "h\(seed)") + "\n"
    }
    var request = BatchRequest(rulebook, today: today)
    let columns = BatchWorker(request).decide(text)
    request.countsReasons = true
    let counted = BatchWorker(request).decide(text)
    request.isPlain = true
    let plain = BatchWorker(request).decide(text)
    #expect(counted.text == plain.text)
    #expect(counted.tally.unmet == plain.tally.unmet)
    #expect(counted.tally.needed == plain.tally.needed)
    let isAnyRefused = !plain.tally.unmet.allSatisfy(\.isEmpty)
    #expect(isAnyRefused || path.hasSuffix("garantia_infancia"))
    #expect(columns.text == plain.text)
    #expect(columns.tally.outcomes == plain.tally.outcomes)
    #expect(columns.tally.totals == plain.tally.totals)
    let isUncounted = columns.tally.unmet.allSatisfy(\.isEmpty)
    #expect(isUncounted)
    #expect(columns.tally.needed == plain.tally.needed)
    #expect(plain.tally.inColumns == 0)
    #expect(columns.tally.inColumns > 0 || path.hasSuffix("garantia_infancia"))
    print(
      "\(path): \(columns.tally.inColumns) of \(columns.tally.read) rows in columns, "
        + "\(counted.tally.inColumns) with reasons counted")
  }

  /// Forms that only the reader of cases understands, and forms that nobody does.
  static let oddRows = [
    #"{"id":"a","childcare_costs":100.00,"members":[]}"#,
    #"{"id":"b","household":{"childcare_costs":100,"members":[]}}"#,
    #"{"household":{"childcare_costs":100,"members":[]},"id":"c","today":"2024-07-01"}"#,
    #"{"id":"d","childcare_costs":1e2,"members":[]}"#,
    #"{"id":"e","childcare_costs":100.001,"members":[]}"#,
    #"{"id":"f","childcare_costs":-1,"members":[]}"#,
    #"{"id":"g","childcare_costs":-0,"members":[]}"#,
    #"{"id":"h","childcare_costs":99999999999999999999,"members":[]}"#,
    #"{"id":"i","childcare_costs":30000000.00,"members":[]}"#,
    #"{"id":"j","childcare_costs":{"state":"declined"},"members":[]}"#,
    #"{"id":"k","childcare_costs":100,"members":{"p1":{"role":"adult","birth_date":"1980-02-29","resident":true,"in_care":false,"disabled":false,"residence_months":12,"employment_income":1200.50,"self_employment_income":-5,"other_income":0}}}"#,
    #"{"id":"l","childcare_costs":100,"childcare_costs":200,"members":[]}"#,
    #"{"id":"m","childcare_cost":100,"members":[]}"#,
    #"{"id":"n","childcare_costs":100,"members":[{"id":"p1"},{"id":"p1"}]}"#,
    #"{"id":"o","childcare_costs":100,"members":[{"role":"adult"}]}"#,
    #"{"id":"p","childcare_costs":100,"members":[{"id":"p1","birth_date":"2023-02-29"}]}"#,
    #"{"id":"q","childcare_costs":100,"members":[{"id":"p1","role":"dog"}]}"#,
    #"{"id":"r","childcare_costs":100"#,
    #"{"id":"s","childcare_costs":100,"members":[]} x"#,
    #"{"childcare_costs":100,"members":[]}"#,
    #"{"id":"t\u0041","childcare_costs":100,"members":[]}"#,
    #"{"id":7,"childcare_costs":"100","members":null}"#,
    #"{"id":"u","today":"2025-01-01","childcare_costs":100,"members":[]}"#,
    #"{"id":"v","today":"2024-02-30","childcare_costs":100,"members":[]}"#,
    #"{"id":"w","household":{"childcare_costs":100,"members":[]},"today":"2024-13-01"}"#,
    #"{"id":"x","today":20240701,"childcare_costs":100,"members":[]}"#,
    #"[1]"#, "", "   ", "null",
  ]

  /// A date of its own decides nothing, and keeps no row out of the columns.
  @Test func rowsWithDatesStayInColumns() throws {
    let rulebook = try #require(try Rulebook.load(at: "Benchmarks/programme").rulebook)
    let today = try #require(CalendarDate(text: "2024-07-01"))
    let rows = [
      #"{"id":"a","childcare_costs":100,"members":[]}"#,
      #"{"id":"b","today":"2024-07-01","childcare_costs":100,"members":[]}"#,
      #"{"id":"c","today":"2021-01-31","childcare_costs":100,"members":[]}"#,
      #"{"id":"d","household":{"childcare_costs":100,"members":[]},"today":"2030-12-31"}"#,
    ]
    let decided = BatchWorker(BatchRequest(rulebook, today: today)).decide(
      rows.joined(separator: "\n"))
    #expect(decided.tally.inColumns == 4)
    let outcomes = decided.text.split(separator: "\n").map { $0.dropFirst(#"{"id":"a""#.count) }
    #expect(Set(outcomes).count == 1)
  }

  @Test func oddRowsComeOutAlike() throws {
    let rulebook = try #require(try Rulebook.load(at: "Benchmarks/programme").rulebook)
    let today = try #require(CalendarDate(text: "2024-07-01"))
    let text = Self.oddRows.joined(separator: "\n")
    var request = BatchRequest(rulebook, today: today)
    let columns = BatchWorker(request).decide(text)
    request.isPlain = true
    let plain = BatchWorker(request).decide(text)
    #expect(columns.text == plain.text)
    #expect(columns.tally.inColumns > 0)
    #expect(columns.tally.badRows == plain.tally.badRows)
    #expect(columns.tally.badRows > 10)
  }

  /// Every byte of a row damaged in turn.
  @Test func damagedRowsComeOutAlike() throws {
    let rulebook = try #require(try Rulebook.load(at: "Benchmarks/programme").rulebook)
    let today = try #require(CalendarDate(text: "2024-07-01"))
    let row = Array(Self.oddRows[10].utf8)
    var random = SeededRandom(seed: 77)
    var bytes: [UInt8] = []
    for _ in 0..<600 {
      var damaged = row
      let place = random.int(0...row.count - 1)
      switch random.int(0...2) {
      case 0: damaged.remove(at: place)
      case 1: damaged.insert(random.one(Array("\"{}[],:0-9. \\x".utf8)), at: place)
      default: damaged[place] = random.one(Array("\"{}[],:0-9. \\xé".utf8))
      }
      bytes += damaged + [0x0A]
    }
    var request = BatchRequest(rulebook, today: today)
    let columns = bytes.withUnsafeBufferPointer { BatchWorker(request).decide($0) }
    request.isPlain = true
    let plain = bytes.withUnsafeBufferPointer { BatchWorker(request).decide($0) }
    #expect(columns.text == plain.text)
  }
}

extension BatchWorker {
  func decide(_ text: String) -> Output {
    Array(text.utf8).withUnsafeBufferPointer { decide($0) }
  }
}

extension BatchWorker.Output {
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Writes a case as a row.
struct CaseRow {
  let program: Program
  let facts: Case
  private let values: ValueText

  init(_ program: Program, _ facts: Case) {
    self.program = program
    self.facts = facts
    values = ValueText(program, facts)
  }

  func text(id: String) -> String {
    "{\"id\":\"\(id)\"" + parts(of: 0).map { "," + $0 }.joined() + "}"
  }

  /// As a case that has no id of its own.
  var text: String { "{" + parts(of: 0).joined(separator: ",") + "}" }

  private func parts(of instance: Int32) -> [String] {
    let entity = program.entities[facts.instances[Int(instance)].entity]
    var parts: [String] = []
    for id in entity.facts {
      let fact = program.facts[id]
      switch facts.state(of: id, for: instance) {
      case .known(let value): parts.append("\"\(fact.name)\":" + text(value, fact.type))
      case .absent: parts.append("\"\(fact.name)\":null")
      default: break
      }
    }
    for id in entity.places {
      let place = program.places[id]
      guard case .given(let members) = facts.members(of: id, for: instance) else { continue }
      if place.isList {
        let elements = members.map { member in
          "{\"id\":\"\(facts.instances[Int(member)].id)\""
            + self.parts(of: member).map { "," + $0 }.joined() + "}"
        }
        parts.append("\"\(place.name)\":[" + elements.joined(separator: ",") + "]")
      } else if let member = members.first {
        parts.append(
          "\"\(place.name)\":{" + self.parts(of: member).joined(separator: ",") + "}")
      } else {
        parts.append("\"\(place.name)\":null")
      }
    }
    return parts
  }

  private func text(_ value: Value, _ type: ValueType) -> String {
    switch value {
    case .boolean(let truth): truth ? "true" : "false"
    case .number(let number): number.canonicalText
    case .text(let text): "\"\(text)\""
    default: "\"" + values.text(value, type) + "\""
    }
  }
}
