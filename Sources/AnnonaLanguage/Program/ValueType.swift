public import AnnonaValues

public struct NumberType: Sendable, Hashable {
  public var unit: Unit
  /// Whole numbers only, without a unit.
  public var isInteger: Bool
  /// Printed times 100.
  public var isPercent: Bool

  public init(unit: Unit = .none, isInteger: Bool = false, isPercent: Bool = false) {
    self.unit = unit
    self.isInteger = isInteger
    self.isPercent = isPercent
  }
}

public indirect enum ValueType: Sendable, Hashable {
  case boolean
  case number(NumberType)
  case text
  case date
  case period
  case choice(ChoiceID)
  case entity(EntityID)
  case list(ValueType)
  /// A value, or `null`. Never nested.
  case optional(ValueType)
  /// The type of the word `null` alone.
  case null

  public var isOptional: Bool {
    if case .optional = self { return true }
    return self == .null
  }

  /// The type without `null`.
  public var present: ValueType {
    if case .optional(let type) = self { return type }
    return self
  }
}
