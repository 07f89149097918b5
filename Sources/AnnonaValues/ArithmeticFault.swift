/// Why an operation on exact numbers has no result.
public enum ArithmeticFault: Error, Sendable, Hashable, CaseIterable {
  case divisionByZero
  /// The result has over 4 096 bits in its numerator or denominator.
  case tooLarge
  /// The exponent of a power is no integer from -999 to 999.
  case badExponent
}

/// Why a text is no number.
public enum NumberTextFault: Error, Sendable, Hashable {
  case malformed
  /// A number, but one with over 4 096 bits in its numerator or denominator.
  case tooLarge
}
