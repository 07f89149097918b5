/// Which of true and false is still possible.
@frozen
public struct Truth: Sendable, Hashable {
  public let canBeTrue: Bool
  public let canBeFalse: Bool

  @inlinable
  public init(canBeTrue: Bool, canBeFalse: Bool) {
    self.canBeTrue = canBeTrue
    self.canBeFalse = canBeFalse
  }

  @inlinable
  public init(_ value: Bool) { self.init(canBeTrue: value, canBeFalse: !value) }

  @inlinable public static var yes: Truth { Truth(true) }
  @inlinable public static var no: Truth { Truth(false) }
  @inlinable public static var open: Truth { Truth(canBeTrue: true, canBeFalse: true) }

  /// The one value that is possible; `nil` while both are.
  @inlinable
  public var known: Bool? { canBeTrue == canBeFalse ? nil : canBeTrue }

  @inlinable
  public func and(_ other: Truth) -> Truth {
    Truth(
      canBeTrue: canBeTrue && other.canBeTrue, canBeFalse: canBeFalse || other.canBeFalse)
  }

  @inlinable
  public func or(_ other: Truth) -> Truth {
    Truth(
      canBeTrue: canBeTrue || other.canBeTrue, canBeFalse: canBeFalse && other.canBeFalse)
  }

  @inlinable
  public static prefix func ! (truth: Truth) -> Truth {
    Truth(canBeTrue: truth.canBeFalse, canBeFalse: truth.canBeTrue)
  }

  /// What is possible in either.
  @inlinable
  public func hull(with other: Truth) -> Truth {
    Truth(
      canBeTrue: canBeTrue || other.canBeTrue, canBeFalse: canBeFalse || other.canBeFalse)
  }
}
