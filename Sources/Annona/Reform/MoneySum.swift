import AnnonaValues

/// A sum of amounts, exact whatever their number: counts of 1 over a power of ten, and what is no such count beside them.
struct MoneySum: Sendable, Hashable {
  private var count: Int128 = 0
  /// `nil` when it is too large to be held.
  private var rest: Number? = .zero

  mutating func add(_ amount: Int64) { count += Int128(amount) }

  mutating func add(_ amount: Number) { rest = rest.flatMap { try? $0 + amount } }

  mutating func subtract(_ amount: Number) { rest = rest.flatMap { try? $0 - amount } }

  mutating func add(_ other: MoneySum) {
    count += other.count
    rest = rest.flatMap { one in other.rest.flatMap { try? one + $0 } }
  }

  /// - Parameter places: how many decimals a count stands for.
  func total(_ places: Int) -> Number? {
    let word = Int128(1) << 62
    guard let rest, let high = Int(exactly: count / word), let low = Int(exactly: count % word),
      let whole = try? Number(high) * Number(1 << 62) + Number(low),
      let power = try? Number(10).power(places)
    else { return nil }
    return try? whole / power + rest
  }
}
