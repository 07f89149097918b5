import AnnonaTesting

/// The harness's own random numbers, which come again for the same seed, so that a failing round can be run again.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var dice: Dice

  package init(seed: UInt64) { dice = Dice(seed: seed) }

  package mutating func next() -> UInt64 { dice.next() }

  /// A number from 0 to below `limit`, which must be positive.
  package mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }
}
