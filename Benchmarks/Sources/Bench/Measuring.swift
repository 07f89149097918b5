/// Times of one thing done again and again: the least, the middle and the greatest, in nanoseconds.
struct Times {
  let least: Int64
  let median: Int64
  let greatest: Int64

  /// Runs the body once for warmth, then until both the count and the time are reached.
  init(atLeast count: Int = 5, for duration: Duration = .seconds(1), _ body: () throws -> Void)
    rethrows
  {
    try body()
    let clock = ContinuousClock()
    var times: [Int64] = []
    let start = clock.now
    while times.count < count || clock.now - start < duration {
      let elapsed = try clock.measure(body)
      let (seconds, attoseconds) = elapsed.components
      times.append(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
    times.sort()
    (least, median, greatest) = (times[0], times[times.count / 2], times[times.count - 1])
  }

  var row: String { [least, median, greatest].map(Self.text).joined(separator: " | ") }

  /// `12.3 ms`, in the unit that leaves one to three digits before the point.
  static func text(_ nanoseconds: Int64) -> String {
    for (unit, size) in [("s", 1_000_000_000), ("ms", 1_000_000), ("µs", 1_000)]
      as [(String, Int64)]
    where nanoseconds >= size {
      return "\(nanoseconds / size).\(nanoseconds % size * 10 / size) \(unit)"
    }
    return "\(nanoseconds) ns"
  }
}
