import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Dispatch

#if canImport(Glibc)
  import Glibc
#endif

/// What the reference programme takes in columns and for one household, as lines of a name and a number:
///
///     swift run -c release PlanBench households.ndjson awards.bin [NAME…]
///
/// `awards.bin` holds the exact awards as of 2024-07-01 in cents, 32 bits each: where one differs, nothing is measured.
@main
struct PlanBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 2, let today = CalendarDate(text: "2024-07-01") else {
      print("usage: PlanBench households.ndjson awards.bin [columns|baseline|two_cores|one|bytes…]")
      exit(64)
    }
    let program = try Rulebook.load(at: "Benchmarks/programme").get().program
    let bench = Self(
      program: program, plan: try Plan(program, today: today, isForComplete: true),
      rows: bytes(arguments[1]), awards: cents(arguments[2]))
    let names = arguments.count > 3 ? Array(arguments[3...]) : Self.names
    try bench.measure(names)
  }

  static let names = ["columns", "baseline", "two_cores", "one", "bytes"]

  let program: Program
  let plan: Plan
  let rows: [UInt8]
  let awards: [Int64]

  private func measure(_ names: [String]) throws {
    let households = try read()
    for name in names {
      switch name {
      case "columns", "baseline":
        let kind = name == "columns" ? PlanFrame.Kind.columns : .baseline
        try check(PlanFrame(plan, kind), households, name)
        let frame = PlanFrame(plan, kind)
        let time = median { _ = awards(frame, households, 0..<households.count) }
        print(name, households.count * 1_000_000_000 / time)
      case "two_cores":
        print(name, households.count * 1_000_000_000 / onTwoCores(households))
      default:
        try check(PlanFrame(plan, .rows), households, name)
        print(name, try one(readsBytes: name == "bytes"))
      }
    }
  }

  // MARK: - Populations

  private func read() throws -> HouseholdColumns {
    let households = HouseholdColumns(for: plan)
    let scanner = scanner(into: households)
    for line in rows.split(separator: 0x0A) {
      guard line.withUnsafeBufferPointer({ scanner.scan($0) }) == .added else {
        throw BenchProblem("a row is not read into columns")
      }
    }
    return households
  }

  private func scanner(into households: HouseholdColumns) -> HouseholdScanner {
    HouseholdScanner(plan, program, into: households, id: "household_id", memberID: "person_id")
  }

  private func check(_ frame: PlanFrame, _ households: HouseholdColumns, _ name: String) throws {
    guard awards(frame, households, 0..<households.count) == Array(awards.prefix(households.count))
    else { throw BenchProblem("the awards of `\(name)` differ") }
  }

  /// What a range of households is awarded, in cents; the range begins with a chunk.
  private func awards(
    _ frame: PlanFrame, _ households: HouseholdColumns, _ range: Range<Int>
  ) -> [Int64] {
    var awards = [Int64](repeating: -1, count: range.count)
    guard let result = frame.plan.results.first, let amount = result.amount?.column else {
      return awards
    }
    let entitled = Int64(Outcome.allCases.firstIndex(of: .entitled) ?? 0)
    var start = range.lowerBound
    while start < range.upperBound {
      let count = min(frame.run(households, from: start), range.upperBound - start)
      for row in 0..<count where frame.value(result.isSettled, row) != 0 {
        awards[start - range.lowerBound + row] =
          frame.value(result.outcome, row) == entitled ? frame.value(amount, row) : 0
      }
      start += count
    }
    return awards
  }

  /// Each thread takes a half; nanoseconds that passed.
  private func onTwoCores(_ households: HouseholdColumns) -> Int {
    let half = households.count / 2 / PlanFrame.chunk * PlanFrame.chunk
    let halves = Halves([
      (PlanFrame(plan, .columns), 0..<half), (PlanFrame(plan, .columns), half..<households.count),
    ])
    return median(CLOCK_MONOTONIC) {
      DispatchQueue.concurrentPerform(iterations: 2) { index in
        let (frame, range) = halves.halves[index]
        _ = awards(frame, halves.shared(households), range)
      }
    }
  }

  /// A frame belongs to one thread at a time, and columns are only read.
  private struct Halves: @unchecked Sendable {
    let halves: [(PlanFrame, Range<Int>)]

    init(_ halves: [(PlanFrame, Range<Int>)]) { self.halves = halves }

    func shared(_ households: HouseholdColumns) -> HouseholdColumns { households }
  }

  // MARK: - One household

  /// Nanoseconds for the outcome of one household with all rules' values kept.
  ///
  /// - Parameter readsBytes: whether it begins with the bytes of its JSON, or in columns.
  private func one(readsBytes: Bool) throws -> Int {
    let households = HouseholdColumns(for: plan)
    let scanner = scanner(into: households)
    let frame = PlanFrame(plan, .rows)
    let row = Array(rows.prefix { $0 != 0x0A })
    let count = 100_000
    return row.withUnsafeBufferPointer { row in
      _ = scanner.scan(row)
      var sum: Int64 = 0
      let time = median {
        for _ in 0..<count {
          if readsBytes {
            scanner.removeAll()
            _ = scanner.scan(row)
          }
          _ = frame.run(households, from: 0)
          sum &+= frame.value(plan.results[0].outcome, 0)
        }
      }
      return sum >= 0 ? time / count : 0
    }
  }

  // MARK: - Measuring

  /// The middle of five times in nanoseconds, of this thread's processor unless said otherwise; a first run warms up.
  private func median(_ clock: clockid_t = CLOCK_THREAD_CPUTIME_ID, _ body: () -> Void) -> Int {
    let times = (0...5).map { _ in
      let start = now(clock)
      body()
      return max(1, now(clock) - start)
    }
    return times.dropFirst().sorted()[2]
  }

  private func now(_ clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  private static func cents(_ path: String) -> [Int64] {
    let bytes = bytes(path)
    return stride(from: 0, to: bytes.count - 3, by: 4).map { at in
      (0..<4).reduce(Int64(0)) { $0 | Int64(bytes[at + $1]) << Int64($1 * 8) }
    }
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

struct BenchProblem: Error {
  let message: String

  init(_ message: String) { self.message = message }
}
