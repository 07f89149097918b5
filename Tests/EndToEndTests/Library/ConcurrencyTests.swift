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

  /// Workers hand over in the order of the rows, in whatever order they are done; what cannot be read or written ends
  /// the run where it stands in that order.
  @Test func oneFileIsDecidedOnManyThreads() throws {
    let rulebook = try Rulebook.load(at: "Rules/nz/rates_rebate").get()
    let request = BatchRequest(
      rulebook, today: try #require(CalendarDate(year: 2024, month: 7, day: 1)))
    // Half a kilobyte each: some blocks of a megabyte.
    let space = String(repeating: " ", count: 500)
    let rows = Array(
      (0..<5_000).map {
        """
        {"id":\($0),\(space)"ratepayer_on_1_july":true,"lived_here_on_1_july":\($0 % 7 != 0),\
        "rates":\($0 % 4_000),"income":\($0 * 9)}

        """
      }.joined().utf8)
    func decide(jobs: Int, upTo end: Int? = nil, writing most: Int = .max) -> ([UInt8], String?) {
      var (start, written): (Int, [UInt8]) = (0, [])
      do {
        _ = try BatchRun(request, jobs: jobs).run { (room) throws(FileProblem) in
          if start == end { throw FileProblem(path: "rows", reason: "gone") }
          let count = min(room.count, (end ?? rows.count) - start)
          room.copyBytes(from: rows[start..<start + count])
          start += count
          return count
        } write: { bytes throws(FileProblem) in
          if written.count + bytes.count > most { throw FileProblem(path: "out", reason: "full") }
          written += bytes
        }
        return (written, nil)
      } catch {
        return (written, error.reason)
      }
    }
    let (alone, problem) = decide(jobs: 1)
    #expect(problem == nil)
    #expect(alone.split(separator: 0x0A).count == 5_000)
    let unread = decide(jobs: 1, upTo: rows.count / 2)
    let full = decide(jobs: 1, writing: alone.count / 2)
    #expect(unread.1 == "gone" && full.1 == "full")
    #expect(alone.starts(with: unread.0) && alone.starts(with: full.0))
    #expect(!unread.0.isEmpty && !full.0.isEmpty)
    for jobs in [3, Self.threads] {
      #expect(decide(jobs: jobs) == (alone, nil), "\(jobs) jobs")
      #expect(decide(jobs: jobs, upTo: rows.count / 2) == unread, "\(jobs) jobs")
      #expect(decide(jobs: jobs, writing: alone.count / 2) == full, "\(jobs) jobs")
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
