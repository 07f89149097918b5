import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import RandomPrograms
import Testing

/// A rulebook that was prepared for a date must say what it says otherwise: outcomes, amounts and values.
struct PreparedRulebookTests {
  @Test(arguments: RulePlanTests.rulebooks)
  func saysTheSame(path: String) throws {
    let rulebook = try #require(try Rulebook.load(at: path).rulebook)
    let program = rulebook.program
    for day in ["2023-02-28", "2025-07-01"] {
      let today = try #require(CalendarDate(text: day))
      let prepared = rulebook.prepared(on: today)
      #expect(prepared.whyPlain == nil)
      var recorded = 0
      var values = 0
      for seed in 0..<60 {
        let facts = RandomHousehold.make(
          program, today: today, missing: seed < 40 ? 0 : 12, seed: UInt64(5_000 + seed))
        let expected = rulebook.decide(facts, on: today)
        let decision = prepared.decide(facts)
        #expect(Self.benefits(decision) == Self.benefits(expected), "seed \(seed)")
        #expect(try decision.decided().json() == expected.json())

        let json = Array(CaseRow(program, facts).text.utf8)
        let read = try rulebook.readCase(
          SourceFile(path: "household.json", bytes: json), today: today)
        let again = try prepared.decide(json: json)
        #expect(
          Self.benefits(again) == Self.benefits(rulebook.decide(read, on: today)), "seed \(seed)")
        for (decision, facts) in [(decision, facts), (again, read)] where decision.isRecorded {
          recorded += 1
          values += try compareValues(decision, facts, on: today)
        }
      }
      // What is not law yet has no rules to record.
      if !path.hasSuffix("garantia_infancia") { #expect(recorded > 0) }
      print("\(path) on \(day): \(recorded) of 120 recorded, \(values) values")
    }
  }

  private func compareValues(
    _ decision: PreparedDecision, _ facts: Case, on today: CalendarDate
  ) throws -> Int {
    let evaluator = Evaluator(decision.program, facts, today: today)
    let values = try decision.values()
    for value in values {
      let state = evaluator.value(of: value.rule, for: value.instance, output: value.output)
      #expect(state == .known(value.value), "\(decision.program.rules[value.rule].name)")
    }
    return values.count
  }

  private static func benefits(_ decided: DecidedCase) -> [String] {
    decided.benefits.map { found in
      var amount: Number?
      if found.outcome == .entitled, case .number(let number)? = found.amount?.knownValue {
        amount = number
      }
      let member = found.member.map { decided.facts.instances[Int($0)].id }
      let name = decided.program.benefits[found.benefit].name
      return "\(name) \(member ?? "-") \(found.outcome) \(amount?.description ?? "-")"
    }
  }

  private static func benefits(_ decision: PreparedDecision) -> [String] {
    decision.benefits.map { found in
      "\(found.name) \(found.member ?? "-") \(found.outcome) \(found.amount?.description ?? "-")"
    }
  }

  /// Forms that only the reader of cases understands, and forms that nobody does.
  @Test(arguments: BatchTests.oddRows)
  func oddJSONSaysTheSame(row: String) throws {
    let rulebook = try #require(try Rulebook.load(at: "Benchmarks/programme").rulebook)
    let today = try #require(CalendarDate(text: "2024-07-01"))
    let text = row.replacing(#/"id":"[a-z]",/#, with: "", maxReplacements: 1)
    let json = Array(text.utf8)
    func answer(_ decide: () throws -> [String]) -> String {
      do { return "\(try decide())" } catch { return "\(error)" }
    }
    let expected = answer {
      let source = SourceFile(path: "household.json", bytes: json)
      return Self.benefits(
        rulebook.decide(try rulebook.readCase(source, today: today), on: today))
    }
    #expect(
      answer { Self.benefits(try rulebook.prepared(on: today).decide(json: json)) } == expected)
  }

  /// Both benefits read one rule, and no refusal may rest on a default that no law gives.
  @Test func noBenefitIsRefusedByAMereDefault() throws {
    let text = """
      rulebook: presumed
      title: Presumed
      language: en
      case: person
      in_force: { from: 2024-01-01 }
      entities: { person: { facts: { insured: { type: boolean, default: false } } } }
      rules: { person.covered: { title: Is insured, value: insured } }
      benefits:
        first: { title: First, entitled: person.covered }
        second: { title: Second, entitled: person.covered }

      """
    let file = SourceFile(path: "presumed.yaml", text: text)
    let rulebook = try Rulebook.load(files: [file]).get()
    let today = try #require(CalendarDate(text: "2024-06-01"))
    let prepared = rulebook.prepared(on: today)
    #expect(prepared.whyPlain == nil)
    let unsaid = try prepared.decide(json: Array("{}".utf8))
    #expect(unsaid.benefits.map(\.outcome) == [.undetermined, .undetermined])
    let said = try prepared.decide(json: Array(#"{"insured":false}"#.utf8))
    #expect(said.isRecorded)
    #expect(said.benefits.map(\.outcome) == [.notEntitled, .notEntitled])
    var request = BatchRequest(rulebook, today: today)
    let row = #"{"id":1}"#
    let columns = BatchWorker(request).decide(row)
    request.isPlain = true
    #expect(columns.text == BatchWorker(request).decide(row).text)
  }

  /// A chain of rules as long as any runs in columns.
  @Test func longChainsAreRecorded() throws {
    var text = """
      rulebook: chain
      title: Chain
      language: en
      currency: EUR
      case: household
      in_force: { from: 2024-01-01 }
      entities: { household: { facts: { income: { type: EUR/month, min: 0, max: 10_000 } } } }
      rules:
        household.r0: income

      """
    for index in 1...1_000 {
      text += "  household.r\(index): max(0 EUR/month, min(r\(index - 1), income) - 1 EUR/month)\n"
    }
    text +=
      "benefits: { grant: { title: Grant, entitled: household.r0 >= 0 EUR/month, amount: household.r1000 } }\n"
    let rulebook = try Rulebook.load(files: [SourceFile(path: "chain.yaml", text: text)]).get()
    let today = try #require(CalendarDate(text: "2024-06-01"))
    let prepared = rulebook.prepared(on: today)
    let decision = try prepared.decide(json: Array(#"{"income":1200.50}"#.utf8))
    #expect(decision.isRecorded, "\(prepared.whyPlain ?? "")")
    #expect(decision.benefits.first?.amount?.description == "200.5")
    #expect(try decision.values().count == 1_001)
  }

  /// One desk after the other's household, whole or not, leaves nothing behind.
  @Test func householdsDoNotMeet() throws {
    let rulebook = try #require(try Rulebook.load(at: "Benchmarks/programme").rulebook)
    let today = try #require(CalendarDate(text: "2024-07-01"))
    let prepared = rulebook.prepared(on: today)
    let rows = try RulebookFolder.file(at: "Benchmarks/programme/households.ndjson").bytes
      .split(separator: 0x0A)
      .map {
        String(decoding: $0, as: UTF8.self)
          .replacing(#/"household_id":[0-9]+,/#, with: "")
          .replacing("\"person_id\":", with: "\"id\":")
      }
    #expect(rows.count == 60)
    let alone = try rows.map {
      try rulebook.prepared(on: today).decide(json: Array($0.utf8)).benefits
    }
    for (index, row) in (rows + rows.reversed()).enumerated() {
      let json = Array(row.utf8)
      let decision = try prepared.decide(json: json)
      #expect(decision.isRecorded)
      #expect(decision.benefits == alone[index < 60 ? index : 119 - index])
      _ = try? prepared.decide(json: Array(json.dropLast(json.count / 2)))
    }
  }
}

extension PreparedDecision {
  fileprivate var program: Program { rulebook.rulebook.program }
}
