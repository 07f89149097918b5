import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

#if canImport(Glibc)
  import Glibc
#endif

/// What the reference programme takes in columns and for one household:
///
///     swift run -c release PlanBench households.ndjson [AWARDS]
///
/// AWARDS holds the exact awards as of 2024-07-01 in cents, 32 bits each; every one is compared first.
@main
struct PlanBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 1, let today = CalendarDate(text: "2024-07-01") else {
      return print("usage: PlanBench households.ndjson [awards.bin]")
    }
    let program = try Rulebook.load(at: "Benchmarks/programme").get().program
    let plan = try Plan(program, today: today, isForComplete: true)
    print(plan.summary)
    let rows = bytes(arguments[1])
    let columns = HouseholdColumns(for: plan)
    let scanner = HouseholdScanner(
      plan, program, into: columns, id: "household_id", memberID: "person_id")
    var lines: [Range<Int>] = []
    var start = 0
    while let end = rows[start...].firstIndex(of: 0x0A) {
      lines.append(start..<end)
      start = end + 1
    }
    let reading = rows.withUnsafeBufferPointer { rows in
      best(of: 5) {
        scanner.removeAll()
        for line in lines { _ = scanner.scan(UnsafeBufferPointer(rebasing: rows[line])) }
      }
    }
    let size = columns.count
    print("\(size) of \(lines.count) rows read, \(reading / size) ns each")
    let expected = arguments.count > 2 ? bytes(arguments[2]) : []
    for kind in [PlanFrame.Kind.columns, .baseline, .rows] {
      let frame = PlanFrame(plan, kind)
      let awards = awards(frame, columns)
      let wrong = awards.indices.count { index in
        let at = index * 4
        guard at + 3 < expected.count else { return false }
        let cents = (0..<4).reduce(Int64(0)) { $0 | Int64(expected[at + $1]) << Int64($1 * 8) }
        return awards[index] != cents
      }
      let time = best(of: 15) { _ = Self.awards(frame, columns) }
      print(
        "\(kind): \(time * 100 / size) hundredths of a ns each, \(size * 1_000 / time) million a second, \(wrong) wrong"
      )
    }
    one(plan, program, Array(rows[lines[0]]))
  }

  /// From the bytes of one household to its outcome, with all rules' values kept.
  private static func one(_ plan: Plan, _ program: Program, _ row: [UInt8]) {
    let columns = HouseholdColumns(for: plan)
    let scanner = HouseholdScanner(
      plan, program, into: columns, id: "household_id", memberID: "person_id")
    let frame = PlanFrame(plan, .rows)
    let result = plan.results[0]
    var sum: Int64 = 0
    let count = 100_000
    row.withUnsafeBufferPointer { row in
      scanner.removeAll()
      _ = scanner.scan(row)
      let deciding = best(of: 5) {
        for _ in 0..<count {
          _ = frame.run(columns, from: 0)
          sum &+= frame.value(result.outcome, 0)
        }
      }
      print("one household, \(columns.rows(1)) members, warm: \(deciding / count) ns")
      let all = best(of: 5) {
        for _ in 0..<count {
          scanner.removeAll()
          _ = scanner.scan(row)
          _ = frame.run(columns, from: 0)
          sum &+= frame.value(result.outcome, 0)
        }
      }
      print("from \(row.count) bytes of JSON to the outcome: \(all / count) ns (\(sum & 1))")
    }
  }

  private static func awards(_ frame: PlanFrame, _ columns: HouseholdColumns) -> [Int64] {
    var awards = [Int64](repeating: -1, count: columns.count)
    guard let result = frame.plan.results.first, let amount = result.amount?.column else {
      return awards
    }
    let entitled = Int64(Outcome.allCases.firstIndex(of: .entitled) ?? 0)
    var start = 0
    while start < columns.count {
      let count = frame.run(columns, from: start)
      for row in 0..<count where frame.value(result.isSettled, row) != 0 {
        awards[start + row] =
          frame.value(result.outcome, row) == entitled ? frame.value(amount, row) : 0
      }
      start += count
    }
    return awards
  }

  /// The least time, in nanoseconds of this thread.
  private static func best(of count: Int, _ body: () -> Void) -> Int {
    (0..<count).map { _ in
      let start = now()
      body()
      return max(1, now() - start)
    }.min() ?? 1
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  private static func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = fread(&room, 1, room.count, file)
      if count == 0 { return bytes }
      bytes += room[0..<count]
    }
  }
}
