import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// One piece of work at a time, for a machine that counts its instructions; `Benchmarks/Gate/run` runs each under callgrind.
///
///     SWIFT_DETERMINISTIC_HASHING=1 swift run -c release Gate PIECE [TIMES]
///
/// Only what `measured` does counts; it runs once before, so that nothing is done for the first time.
@main
struct Gate {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1, let piece = Piece(rawValue: arguments[1]) else {
      return print(Piece.allCases.map(\.rawValue).joined(separator: "\n"))
    }
    let times = arguments.count > 2 ? Int(arguments[2]) ?? piece.times : piece.times
    let work = try piece.prepared()
    work()
    measured(times, work)
  }

  /// Known to callgrind by its name.
  @inline(never)
  private static func measured(_ times: Int, _ work: () -> Void) {
    for _ in 0..<times { work() }
  }
}

/// What is counted. All of it stands here and in `programme`, so that no change of a law changes a count.
enum Piece: String, CaseIterable {
  case load
  case read
  case decide
  case decideGenerated = "decide-generated"
  case explain
  case prepare
  case decidePrepared = "decide-prepared"
  case decidePreparedGenerated = "decide-prepared-generated"
  case columnsBaseline = "columns-baseline"

  /// How often it is done, so that a count has seven digits or more.
  var times: Int {
    switch self {
    case .load, .prepare: 1
    case .read, .decide, .decideGenerated, .explain, .columnsBaseline: 20
    case .decidePrepared, .decidePreparedGenerated: 200
    }
  }

  /// What is to be measured was left to the plain evaluator, or could not be done.
  private struct NotMeasured: Error {}

  func prepared() throws -> () -> Void {
    switch self {
    case .load:
      let file = GeneratedRulebook.file
      return { _ = Rulebook.load(files: [file]) }
    case .read:
      let (rulebook, today) = try Self.reference()
      let file = Self.household
      return { _ = try? rulebook.readCase(file, today: today) }
    case .decide:
      let (rulebook, today) = try Self.reference()
      let household = try rulebook.readCase(Self.household, today: today)
      return { _ = rulebook.decide(household, on: today) }
    case .decideGenerated:
      let (rulebook, household, today) = try Self.generated()
      return { _ = rulebook.decide(household, on: today) }
    case .explain:
      let (rulebook, today) = try Self.reference()
      let decided = rulebook.decide(
        try rulebook.readCase(Self.household, today: today), on: today)
      return { _ = decided.explanation() }
    case .prepare:
      let (rulebook, today) = try Self.reference()
      return { _ = rulebook.prepared(on: today) }
    case .decidePrepared:
      let (rulebook, today) = try Self.reference()
      let prepared = rulebook.prepared(on: today)
      let json = Self.household.bytes
      guard try prepared.decide(json: json).isRecorded else { throw NotMeasured() }
      return { _ = try? prepared.decide(json: json).benefits }
    case .decidePreparedGenerated:
      let (rulebook, household, today) = try Self.generated()
      let prepared = rulebook.prepared(on: today)
      guard prepared.decide(household).isRecorded else { throw NotMeasured() }
      return { _ = prepared.decide(household).benefits }
    case .columnsBaseline: return try Self.columns()
    }
  }

  private static func reference() throws -> (Rulebook, CalendarDate) {
    guard let today = CalendarDate(text: "2024-07-01") else { throw NotMeasured() }
    return (try Rulebook.load(at: "Benchmarks/programme").get(), today)
  }

  /// Of the reference programme.
  private static let household = SourceFile(
    path: "household.json",
    text: """
      {"childcare_costs":412.50,"members":[\
      {"id":"a","role":"adult","birth_date":"1986-05-12","resident":true,"in_care":false,\
      "disabled":false,"residence_months":40,"employment_income":1480.20,\
      "self_employment_income":-35.00,"other_income":0},\
      {"id":"b","role":"child","birth_date":"2019-11-03","resident":true,"in_care":false,\
      "disabled":true,"residence_months":40,"employment_income":0,"self_employment_income":0,\
      "other_income":0}]}
      """)

  private static func generated() throws -> (Rulebook, Case, CalendarDate) {
    let rulebook = try Rulebook.load(files: [GeneratedRulebook.file]).get()
    let household = try rulebook.readCase(GeneratedRulebook.household)
    guard let today = household.today else { throw NotMeasured() }
    return (rulebook, household, today)
  }

  /// Sixty households with the instructions that every processor has, from JSON to their awards.
  private static func columns() throws -> () -> Void {
    let (rulebook, today) = try reference()
    let program = rulebook.program
    let plan = try Plan(program, today: today, isForComplete: true)
    let rows = try RulebookFolder.file(at: "Benchmarks/programme/households.ndjson").bytes
    let columns = HouseholdColumns(for: plan)
    let scanner = HouseholdScanner(
      plan, program, into: columns, id: "household_id", memberID: "person_id")
    let frame = PlanFrame(plan, .baseline)
    let lines = rows.split(separator: 0x0A)
    return {
      scanner.removeAll()
      for line in lines { _ = line.withUnsafeBufferPointer { scanner.scan($0) } }
      _ = frame.run(columns, from: 0)
    }
  }
}
