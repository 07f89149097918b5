/// An exact rational number in lowest terms, with at most 4 096 bits each in numerator and denominator.
///
/// Numerator and denominator are machine words whenever both fit; equal numbers have one representation.
@frozen
public struct Number: Sendable, Hashable {
  @usableFromInline
  @frozen
  enum Storage: Sendable, Hashable {
    /// Lowest terms, denominator positive.
    case small(Int, Int)
    /// Lowest terms; numerator or denominator does not fit a machine word.
    case large(LargeFraction)
  }

  @usableFromInline let storage: Storage

  @inlinable
  init(storage: Storage) { self.storage = storage }

  /// The caller vouches for lowest terms and a positive denominator.
  @inlinable
  init(reduced numerator: Int, _ denominator: Int) {
    storage = .small(numerator, denominator)
  }

  public static let zero = Number(reduced: 0, 1)
  public static let one = Number(reduced: 1, 1)

  @inlinable
  public init(_ value: Int) { storage = .small(value, 1) }

  /// The quotient of two machine words; fails only for the denominator 0.
  public init(_ numerator: Int, over denominator: Int) throws(ArithmeticFault) {
    self = try Number(numerator) / Number(denominator)
  }

  /// Whether numerator and denominator are held in machine words.
  @inlinable
  public var isSmall: Bool {
    if case .small = storage { true } else { false }
  }

  /// -1, 0 or 1.
  @inlinable
  public var sign: Int {
    switch storage {
    case .small(let numerator, _): numerator.signum()
    case .large(let fraction): fraction.sign
    }
  }

  @inlinable
  public var isZero: Bool {
    if case .small(0, _) = storage { true } else { false }
  }

  @inlinable
  public var isNegative: Bool { sign < 0 }

  @inlinable
  public var magnitude: Number { isNegative ? -self : self }

  @inlinable
  public var isInteger: Bool {
    switch storage {
    case .small(_, let denominator): denominator == 1
    case .large(let fraction): fraction.isInteger
    }
  }

  /// The number as a machine word; `nil` when it is not whole or does not fit.
  @inlinable
  public var integer: Int? {
    if case .small(let numerator, 1) = storage { numerator } else { nil }
  }

  /// Numerator and denominator where both are machine words.
  @inlinable
  public var smallParts: (numerator: Int, denominator: Int)? {
    if case .small(let numerator, let denominator) = storage {
      (numerator, denominator)
    } else {
      nil
    }
  }

  /// The numerator and the denominator in the fraction's lowest terms.
  public var numerator: Number {
    switch storage {
    case .small(let numerator, _): Number(numerator)
    case .large(let fraction): fraction.numeratorNumber
    }
  }

  public var denominator: Number {
    switch storage {
    case .small(_, let denominator): Number(denominator)
    case .large(let fraction): fraction.denominatorNumber
    }
  }
}

extension Number: Comparable {
  @inlinable
  public static func < (one: Number, other: Number) -> Bool {
    if case .small(let a, let b) = one.storage, case .small(let c, let d) = other.storage {
      if b == d { return a < c }
      return Int128(a) * Int128(d) < Int128(c) * Int128(b)
    }
    return LargeFraction.isLess(one, other)
  }
}

extension Number: CustomStringConvertible {
  public var description: String { canonicalText }
}
