public import AnnonaValues

/// How many decisions change by how much, in some forty steps of a round width.
public struct ChangeHistogram: Sendable {
  public struct Bar: Sendable, Hashable {
    /// The change is more than the first and at most the second; for a loss at least the first and less than the second.
    public let from: Number
    public let to: Number
    /// Of those in the step: granted now and refused before, or the other way round.
    public let flipped: Int
    /// Granted by both.
    public let moved: Int
    /// Whether everything beyond is counted here too.
    public let isTail: Bool

    public var decisions: Int { flipped + moved }
  }

  public let width: Number
  /// Ascending; steps without any change are left out.
  public let bars: [Bar]

  static let barLimit = 40
  /// Of a hundred changes so many may lie in each tail.
  private static let tail = 1

  init(_ distribution: ChangeDistribution, places: Int) {
    let sorted = distribution.bins.sorted { $0.key < $1.key }
    let count = sorted.reduce(0) { $0 + $1.value.count }
    // The steps within which all but the tails lie.
    func step(leaving left: Int, in bins: [(key: Int64, value: ChangeDistribution.Bin)]) -> Int64 {
      var passed = 0
      for bin in bins {
        passed += bin.value.count
        if passed > left { return bin.key }
      }
      return 0
    }
    let left = count / 100 * Self.tail
    let low = min(0, step(leaving: left, in: sorted))
    let high = max(0, step(leaving: left, in: sorted.reversed()))
    var factor: Int64 = 1
    for candidate in Self.factors(of: distribution.width) {
      factor = candidate
      let steps =
        ChangeDistribution.step(high, factor).subtractingReportingOverflow(
          ChangeDistribution.step(low, factor)
        ).partialValue
      if steps >= 0, steps <= Self.barLimit { break }
    }
    let (first, last) = (
      ChangeDistribution.step(low, factor), ChangeDistribution.step(high, factor)
    )
    var steps: [Int64: ChangeDistribution.Bin] = [:]
    var tails: Set<Int64> = []
    for (key, bin) in sorted {
      let step = ChangeDistribution.step(key, factor)
      let shown = min(max(step, first), last)
      if shown != step { tails.insert(shown) }
      steps[shown, default: .init()].add(bin)
    }
    let power = (try? Number(10).power(-places)) ?? .one
    let unit = (try? Number(Int(distribution.width)) * power) ?? power
    let width = (try? unit * Number(Int(factor))) ?? unit
    self.width = width
    bars = steps.sorted { $0.key < $1.key }.compactMap { step, bin in
      guard let end = try? width * Number(Int(step)),
        let inner = try? width * Number(Int(step + (step < 0 ? 1 : -1)))
      else { return nil }
      return Bar(
        from: min(end, inner), to: max(end, inner), flipped: bin.flipped, moved: bin.moved,
        isTail: tails.contains(step))
    }
  }

  /// What a width of 1, 5, 10, 50, … can be multiplied by to be 1, 2, 5, 10, 20, …
  private static func factors(of width: Int64) -> [Int64] {
    var leading = width
    while leading >= 10, leading % 10 == 0 { leading /= 10 }
    var factors: [Int64] = []
    var power: Int64 = 1
    while power < Int64.max / 100 {
      for digit in leading == 1 ? [1, 2, 5] as [Int64] : [1, 2, 4] { factors.append(power * digit) }
      power *= 10
    }
    return factors
  }
}
