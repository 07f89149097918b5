/// The values that something ordered can still have: what comparing two of them can still give.
public protocol OrderedRange: Sendable, Hashable {
  associatedtype Bound: Comparable

  /// `nil` when there is none.
  var leastValue: Bound? { get }
  /// `nil` when there is none.
  var greatestValue: Bound? { get }
  /// The one value that is possible; `nil` while there are several.
  var single: Bound? { get }
  func contains(_ value: Bound) -> Bool
  /// Whether some value is possible in both.
  func sharesValue(with other: Self) -> Bool
  /// The least range of its kind that holds both.
  func hull(with other: Self) -> Self
}

extension OrderedRange {
  @inlinable
  public func equals(_ other: Self) -> Truth {
    if let one = single, let two = other.single { return Truth(one == two) }
    return Truth(canBeTrue: sharesValue(with: other), canBeFalse: true)
  }

  @inlinable
  public func isLess(than other: Self) -> Truth {
    // It can be true while the least here is below the greatest there, and false while the greatest here is not below the least there.
    var canBeTrue = true
    var canBeFalse = true
    if let least = leastValue, let greatest = other.greatestValue { canBeTrue = least < greatest }
    if let greatest = greatestValue, let least = other.leastValue { canBeFalse = greatest >= least }
    return Truth(canBeTrue: canBeTrue, canBeFalse: canBeFalse)
  }

  @inlinable
  public func isAtMost(_ other: Self) -> Truth { !other.isLess(than: self) }

  @inlinable
  public func isGreater(than other: Self) -> Truth { other.isLess(than: self) }

  @inlinable
  public func isAtLeast(_ other: Self) -> Truth { !isLess(than: other) }

  /// Whether the value lies between two others, both ends in.
  @inlinable
  public func isBetween(_ low: Self, _ high: Self) -> Truth {
    isAtLeast(low).and(isAtMost(high))
  }
}

/// What an operation on ranges can give: its values, and the faults that some of the operands' values meet.
public struct Possible<Values: OrderedRange, Fault: Error & Hashable>: Sendable, Hashable {
  /// `nil` when every choice of values meets a fault.
  public let values: Values?
  /// Without repetition, in the order of the faults' declaration.
  public let faults: [Fault]

  public init(_ values: Values?, faults: [Fault] = []) {
    self.values = values
    self.faults = faults
  }

  public var canFail: Bool { !faults.isEmpty }
}
