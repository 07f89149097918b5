public import AnnonaLanguage
import AnnonaValues

/// The values that a fact can have between two of them, by number: the first, and so many steps above it.
struct SweepGrid {
  let first: Number
  /// Positive.
  let step: Number
  let count: Int

  func value(_ index: Int) throws(ArithmeticFault) -> Number {
    try first + step * Number(index)
  }
}

/// The values around one of them for which everything that was read so far turns out alike.
///
/// It begins as wide as the sweep and only ever narrows: by each comparison, row and rounding that depends on the fact.
final class ValueStretch {
  let grid: SweepGrid
  let index: Int
  /// The fact's value at the index.
  let x: Number
  private(set) var low: Int
  private(set) var high: Int
  /// What narrowed it last on the upper side: what makes the amount turn there.
  private(set) var end: TurningPoint?

  init(_ grid: SweepGrid, from index: Int) throws(ArithmeticFault) {
    self.grid = grid
    self.index = index
    low = index
    high = grid.count - 1
    x = try grid.value(index)
  }

  var count: Int { high - low + 1 }

  /// Keeps the values for which something holds that holds at the index, and on either side of it up to some value only.
  func narrow(
    _ cause: TurningPoint, while holds: (Number) throws(ArithmeticFault) -> Bool
  ) throws(ArithmeticFault) {
    let upper = try reach(high, 1, holds)
    if upper < high {
      high = upper
      end = cause
    }
    low = try reach(low, -1, holds)
  }

  func narrowToIndex(_ cause: TurningPoint) {
    if high > index { end = cause }
    (low, high) = (index, index)
  }

  /// The last index toward an end for which it holds: strides that double until one fails, then halves.
  private func reach(
    _ limit: Int, _ sign: Int, _ holds: (Number) throws(ArithmeticFault) -> Bool
  ) throws(ArithmeticFault) -> Int {
    if limit == index { return index }
    if try holds(grid.value(limit)) { return limit }
    var inside = index
    var outside = limit
    var stride = 1
    while abs(outside - index) > stride {
      let next = index + sign * stride
      guard try holds(grid.value(next)) else {
        outside = next
        break
      }
      inside = next
      stride *= 2
    }
    while abs(outside - inside) > 1 {
      let middle = (inside + outside) / 2
      if try holds(grid.value(middle)) { inside = middle } else { outside = middle }
    }
    return inside
  }
}

/// What makes an amount turn at some value of a fact: the rule that asks, and the provision.
public struct TurningPoint: Sendable, Hashable {
  /// `nil` for what a benefit itself says.
  public let rule: RuleID?
  public let citations: [Citation]
  public let span: Span

  public init(rule: RuleID?, citations: [Citation], span: Span) {
    self.rule = rule
    self.citations = citations
    self.span = span
  }
}

/// Why nothing exact can be said of an amount over a range of a fact's values.
public enum Undecided: Error, Sendable, Hashable {
  /// It waits for facts, or figures, that are open, and may fail as well.
  case open(Waits, mayFail: Faults = [])
  /// It fails.
  case failing(Faults)
  /// An operation on the fact that is neither a line nor a staircase, such as a product of two amounts that both depend on it.
  case notLinear(TurningPoint)
  /// Over 10 000 pieces were needed before this range was reached.
  case tooManyPieces
  /// The decision itself says otherwise than the piece that was found: the piece is not shown.
  case unconfirmed
}
