import AnnonaValues

/// Places numbers along an axis, in hundredths of a point, exactly.
struct ChartScale {
  let low: Number
  let high: Number
  /// The places of `low` and `high`, in points; the second may be the lesser.
  let start: Int
  let end: Int

  func place(_ number: Number) -> Number {
    guard low < high,
      let share = try? (number - low) / (high - low),
      let place = try? Number(start) + share * Number(end - start),
      let cut = try? place.rounded(to: Number(1, over: 100), .halfEven)
    else { return Number(start) }
    return cut
  }

  func text(_ number: Number) -> String { place(number).canonicalText }

  /// Round numbers from one end to the other: steps of 1, 2 or 5, at most so many.
  func ticks(atMost count: Int) -> [Number] {
    guard low < high, let step = Self.step((low, high), atMost: count),
      var tick = try? low.rounded(to: step, .ceiling)
    else { return [low] }
    var ticks: [Number] = []
    while tick <= high, ticks.count <= count + 1 {
      ticks.append(tick)
      guard let next = try? tick + step else { break }
      tick = next
    }
    return ticks
  }

  /// The least of 1, 2, 5, 10, 20, … hundredths and less that leaves so few.
  static func step(_ ends: (Number, Number), atMost count: Int) -> Number? {
    guard let width = try? ends.1 - ends.0, let least = try? width / Number(max(1, count)),
      var power = try? Number(10).power(-6)
    else { return nil }
    for _ in 0..<60 {
      for factor in [1, 2, 5] {
        if let step = try? power * Number(factor), step >= least { return step }
      }
      guard let next = try? power * Number(10) else { return nil }
      power = next
    }
    return nil
  }
}
