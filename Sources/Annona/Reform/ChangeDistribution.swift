import AnnonaValues

/// How many changes are how large, in steps that widen until they are few: the same whatever the order in which changes come.
struct ChangeDistribution: Sendable, Hashable {
  struct Bin: Sendable, Hashable {
    /// Of both: who is granted what was refused, or refused what was granted.
    var flipped = 0
    var moved = 0

    var count: Int { flipped + moved }

    mutating func add(_ other: Bin) {
      flipped += other.flipped
      moved += other.moved
    }
  }

  /// How many counts a step is wide: 1, 5, 10, 50, … each a multiple of the one before.
  private(set) var width: Int64 = 1
  /// By step, counted away from 0: the first above is 1, the first below -1.
  private(set) var bins: [Int64: Bin] = [:]

  private static let limit = 2_000

  mutating func add(_ change: Int64, isFlip: Bool) {
    if change == 0 { return }
    bins[Self.step(change, width), default: Bin()].add(
      Bin(flipped: isFlip ? 1 : 0, moved: isFlip ? 0 : 1))
    narrow()
  }

  mutating func add(_ other: ChangeDistribution) {
    var other = other
    while other.width < width { other.widen() }
    while width < other.width { widen() }
    for (step, bin) in other.bins { bins[step, default: Bin()].add(bin) }
    narrow()
  }

  private mutating func narrow() {
    while bins.count > Self.limit, width < Int64.max / 10 { widen() }
  }

  private mutating func widen() {
    let factor = Self.factor(after: width)
    width *= factor
    var wider: [Int64: Bin] = [:]
    for (step, bin) in bins { wider[Self.step(step, factor), default: Bin()].add(bin) }
    bins = wider
  }

  /// 1, 5, 10, 50, 100, …
  private static func factor(after width: Int64) -> Int64 {
    var rest = width
    while rest % 10 == 0 { rest /= 10 }
    return rest == 1 ? 5 : 2
  }

  /// Away from 0, so that nothing but 0 is in the middle.
  static func step(_ change: Int64, _ width: Int64) -> Int64 {
    let (whole, rest) = change.quotientAndRemainder(dividingBy: width)
    return rest == 0 ? whole : whole + (change < 0 ? -1 : 1)
  }
}
