#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a run spends its time on.
public enum BatchStage: String, Sendable, Hashable, CaseIterable {
  /// Reading rows from their file, and writing decisions to theirs.
  case files
  /// From the bytes of rows to columns.
  case rows
  /// Deciding in columns.
  case columns
  /// Rows that the reader of cases and the plain evaluator take.
  case plain
  /// From decisions to bytes.
  case decisions
}

/// How long each stage took the processor, in nanoseconds.
public struct BatchStages: Sendable, Hashable {
  private var times = BatchStage.allCases.map { _ in 0 }

  /// How long one stage took.
  public internal(set) subscript(stage: BatchStage) -> Int {
    get { times[Self.index(stage)] }
    set { times[Self.index(stage)] = newValue }
  }

  private static func index(_ stage: BatchStage) -> Int {
    switch stage {
    case .files: 0
    case .rows: 1
    case .columns: 2
    case .plain: 3
    case .decisions: 4
    }
  }

  mutating func add(_ other: Self) {
    for index in times.indices { times[index] += other.times[index] }
  }
}

/// Says what one thread's time was spent on.
struct StageClock {
  private(set) var stages = BatchStages()
  private var last = 0

  /// Time counts from here.
  mutating func start() { last = Self.now() }

  /// What has passed since the last call went into this stage.
  mutating func lap(_ stage: BatchStage) {
    let now = Self.now()
    stages[stage] += now - last
    last = now
  }

  /// The processor's time of this thread, which others on the machine do not lengthen.
  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
