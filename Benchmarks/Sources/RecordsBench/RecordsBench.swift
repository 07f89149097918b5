import Annona
import AnnonaRecords

/// Fills a log with records of the Portuguese family allowance and asks it what an auditor asks.
@main
struct RecordsBench {
  static let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 20_000
  static let path = CommandLine.arguments.dropFirst(2).first ?? "bench.db"

  static func main() throws {
    let rulebook = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
    let recorded = try time("read the rulebook's meaning and hashes") { RecordedRulebook(rulebook) }
    let log = try DecisionLog(path, for: .appending)
    let records = try time("decide and record \(count) households") {
      try (0..<count).map { try record($0, recorded) }
    }
    let bytes = records.reduce(0) { $0 + $1.bytes.count }
    print("bytes a record: \(bytes / count)")
    let single = records.prefix(count / 20)
    try time("append \(single.count), one by one, each on disk") {
      for record in single { try log.append(record, from: recorded.editions) }
    }
    try time("append \(count - single.count), 500 at a time") {
      for start in stride(from: single.count, to: count, by: 500) {
        try log.append(
          Array(records[start..<min(start + 500, count)]), from: recorded.editions)
      }
    }
    let figures = try log.figures()
    print("index rows: \(figures.indexRows), \(figures.indexRows / count) a record")
    print("bytes a decision in the log: \(figures.bytes / count)")
    try ask(log)
    let checkpoint = try log.checkpoint(origin: "bench")
    try time("prove that an entry is in the log") {
      _ = try log.inclusionProof(of: log.entry("\(count / 2 % 99_999)"))
    }
    try time("verify the log without deciding again") {
      let report = try log.verify(against: checkpoint, replaying: false)
      print(report.isGood ? "verified" : "NOT VERIFIED")
    }
    try time("verify the log, every record decided again") {
      print(try log.verify(against: checkpoint).isGood ? "verified" : "NOT VERIFIED")
    }
  }

  static func ask(_ log: DecisionLog) throws {
    let questions: [(String, [LogQuery.Condition])] = [
      ("a provision", [.provision("dl_176_2003 art. 14")]),
      ("a figure's value of 2024", [.parameter("amount@2024-01-01")]),
      ("refusals", [.outcome("not_entitled", of: nil)]),
      (
        "refusals that rest on a presumption", [.adversePresumption(nil)]
      ),
      ("a rule, and refused", [.rule("household.tier"), .outcome("not_entitled", of: nil)]),
    ]
    for (name, conditions) in questions {
      var query = LogQuery(limit: 50)
      query.conditions = conditions
      let count = try log.count(query)
      try time("first page of \(count): \(name)") { _ = try log.find(query) }
      query.after = Self.count * 9 / 10
      try time("late page: \(name)") { _ = try log.find(query) }
    }
    var query = LogQuery()
    query.subject = "s-\(count / 2)"
    try time("everything about one subject") { _ = try log.find(query) }
  }

  static func record(_ number: Int, _ recorded: RecordedRulebook) throws -> Record {
    let born = "20\(10 + number % 15)-0\(1 + number % 9)-1\(number % 10)"
    let household = """
      today: 2025-03-01
      household:
        income: \(5_000 + number % 40_000)
        income_year: 2024
        lone_parent: \(number % 7 == 0)
        assets: \(number % 300)
        children:
          maria: { birth_date: \(born) }
          rui: { birth_date: 2021-01-02 }

      """
    let facts = try recorded.rulebook.readCase(SourceFile(path: "household.yaml", text: household))
    return recorded.record(
      facts, on: facts.today ?? .earliest,
      context: DecisionContext(purpose: .determination, subject: "s-\(number)"),
      producedAt: Moment("2025-03-01T00:00:00Z"))
  }

  @discardableResult
  static func time<Result>(_ what: String, _ body: () throws -> Result) rethrows -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try body()
    let microseconds = (clock.now - start) / .microseconds(1)
    print("\(what): \(Int(microseconds)) µs")
    return result
  }
}
