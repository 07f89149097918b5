import Annona
import AnnonaEngine
import AnnonaLanguage
import Support
import Testing

/// One rulebook shared by many threads answers each of them as if it were alone. Run under the thread sanitizer too.
@Suite struct ConcurrencyTests {
  private static let threads = 8
  private static let rounds = 6

  private static func rulebook() throws -> Rulebook {
    _ = annona("--help")
    return try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
  }

  /// Households of which some lack facts, and one is faulty.
  private static let households: [GivenFact] = [
    [
      "income": 25_000, "income_year": 2024, "assets": 0, "lone_parent": false,
      "children": ["maria": ["birth_date": "2024-09-10"], "rui": ["birth_date": "2020-01-02"]],
    ],
    ["income": 5_000, "income_year": 2024, "children": ["ana": ["birth_date": "2007-05-06"]]],
    ["assets": 300_000, "children": ["leo": [:]]],
    ["children": []],
    [:],
    ["incme": 1],
  ]

  /// Everything that can be asked of one household.
  private static func answers(_ rulebook: Rulebook, _ household: GivenFact) -> [String] {
    guard let today = CalendarDate(year: 2025, month: 3, day: 1) else { return [] }
    do {
      let decided = rulebook.decide(try rulebook.readCase(household, today: today), on: today)
      let tier = (try? decided.value(of: "household.tier")).map { decided.text(of: $0) }
      return [
        decided.json(), decided.text(in: "en"), tier ?? "",
        try decided.explain().text(for: .auditor), try decided.explain("household.tier").json(),
      ] + decided.benefits.map { "\(decided.neededFacts(for: $0))" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test func oneRulebookDecidesOnManyThreads() async throws {
    let rulebook = try Self.rulebook()
    let alone = Self.households.map { Self.answers(rulebook, $0) }
    #expect(Set(alone.map { $0.joined() }).count == Self.households.count)
    let together = await withTaskGroup(of: [[String]].self) { group in
      for thread in 0..<Self.threads {
        group.addTask {
          (0..<Self.rounds).flatMap { round -> [[String]] in
            let first = (thread + round) % Self.households.count
            let order = Self.households[first...] + Self.households[..<first]
            let answers = order.map { Self.answers(rulebook, $0) }
            // Back in the order of the list.
            return Array(answers[(order.count - first)...] + answers[..<(order.count - first)])
          }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(together.count == Self.threads * Self.rounds * Self.households.count)
    for (index, answers) in together.enumerated() {
      #expect(answers == alone[index % alone.count])
    }
  }

  /// One decided case is asked by several threads at once.
  @Test func oneDecisionIsExplainedOnManyThreads() async throws {
    let rulebook = try Self.rulebook()
    let today = try #require(CalendarDate(year: 2025, month: 3, day: 1))
    let decided = rulebook.decide(
      try rulebook.readCase(Self.households[0], today: today), on: today)
    let names = ["household.tier", "person/maria.age_limit", "abono_de_familia/rui"]
    let alone = try names.map { try decided.explain($0).text(for: .auditor) }
    await withTaskGroup(of: [String].self) { group in
      for _ in 0..<Self.threads {
        group.addTask { names.map { (try? decided.explain($0).text(for: .auditor)) ?? "" } }
      }
      for await texts in group { #expect(texts == alone) }
    }
  }

  /// A rulebook prepared for a date lends each thread what it works on.
  @Test func onePreparedRulebookDecidesOnManyThreads() async throws {
    let rulebook = try Self.rulebook()
    let today = try #require(CalendarDate(year: 2025, month: 3, day: 1))
    let bodies = (0..<40).map { index in
      let children = (0...index % 3).map {
        "\"c\($0)\":{\"birth_date\":\"20\(10 + index % 15)-09-10\"}"
      }
      return Array(
        """
        {"income":\(index * 700),"income_year":2024,"assets":0,"lone_parent":false,\
        "children":{\(children.joined(separator: ","))}}
        """.utf8)
    }
    func answers(_ prepared: PreparedRulebook) -> [[PreparedDecision.Benefit]] {
      bodies.map { (try? prepared.decide(json: $0).benefits) ?? [] }
    }
    let alone = answers(rulebook.prepared(on: today))
    #expect(Set(alone).count > 10)
    let prepared = rulebook.prepared(on: today)
    await withTaskGroup(of: [[PreparedDecision.Benefit]].self) { group in
      for _ in 0..<Self.threads { group.addTask { answers(prepared) } }
      for await found in group { #expect(found == alone) }
    }
  }

  /// Loading keeps nothing that another thread could meet.
  @Test func rulebooksAreLoadedOnManyThreads() async throws {
    let alone = try Self.rulebook()
    await withTaskGroup(of: [String].self) { group in
      for _ in 0..<Self.threads / 2 {
        group.addTask {
          guard let loaded = try? Self.rulebook() else { return [] }
          return Self.answers(loaded, Self.households[0])
        }
      }
      for await answers in group {
        #expect(answers == Self.answers(alone, Self.households[0]))
      }
    }
  }
}
