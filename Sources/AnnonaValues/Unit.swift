/// What kind of duration a unit measures; the two never mix.
public enum DurationKind: Sendable, Hashable, CaseIterable {
  /// Years and months.
  case months
  /// Weeks and days.
  case days
}

/// A product of names with integer exponents: `EUR/month`. Equal units have one representation.
public struct Unit: Sendable, Hashable {
  public struct Factor: Sendable, Hashable {
    public let name: String
    /// Never 0.
    public let exponent: Int
  }

  /// Exponents stay within this on either side of 0.
  static let exponentLimit = 1_000_000

  /// In the order of their names.
  public let factors: [Factor]

  /// The unit of a plain number.
  public static let none = Unit(sorted: [])
  public static let year = Unit("year")
  public static let month = Unit("month")
  public static let week = Unit("week")
  public static let day = Unit("day")

  private init(sorted factors: [Factor]) { self.factors = factors }

  /// A unit of one name; a plural unit of time is the singular.
  public init(_ name: String, _ exponent: Int = 1) {
    let bounded = min(max(exponent, -Self.exponentLimit), Self.exponentLimit)
    factors =
      bounded == 0 ? [] : [Factor(name: Self.singular[name] ?? name, exponent: bounded)]
  }

  private static let singular = [
    "years": "year", "months": "month", "weeks": "week", "days": "day",
  ]

  /// The names of units of time, singular and plural, which nothing else may bear.
  public static let timeNames = [
    "year", "years", "month", "months", "week", "weeks", "day", "days",
  ]

  @inlinable public var isDimensionless: Bool { factors.isEmpty }

  /// In order.
  public var names: [String] { factors.map(\.name) }

  public func exponent(of name: String) -> Int {
    factors.first { $0.name == name }?.exponent ?? 0
  }

  // MARK: - Products

  public static func * (one: Unit, other: Unit) -> Unit { one.combined(with: other, sign: 1) }

  public static func / (one: Unit, other: Unit) -> Unit { one.combined(with: other, sign: -1) }

  public func power(_ exponent: Int) -> Unit {
    if exponent == 0 { return .none }
    return Unit(
      sorted: factors.map { factor in
        let (product, overflow) = factor.exponent.multipliedReportingOverflow(by: exponent)
        let sign = factor.exponent.signum() * exponent.signum()
        return Factor(
          name: factor.name,
          exponent: Self.bounded(overflow ? sign * Self.exponentLimit : product))
      })
  }

  private static func bounded(_ exponent: Int) -> Int {
    min(max(exponent, -exponentLimit), exponentLimit)
  }

  private func combined(with other: Unit, sign: Int) -> Unit {
    if other.isDimensionless { return self }
    var result: [Factor] = []
    var (i, j) = (0, 0)
    while i < factors.count || j < other.factors.count {
      if j == other.factors.count || (i < factors.count && factors[i].name < other.factors[j].name)
      {
        result.append(factors[i])
        i += 1
      } else if i == factors.count || other.factors[j].name < factors[i].name {
        let factor = other.factors[j]
        result.append(Factor(name: factor.name, exponent: sign * factor.exponent))
        j += 1
      } else {
        let exponent = factors[i].exponent + sign * other.factors[j].exponent
        if exponent != 0 {
          result.append(Factor(name: factors[i].name, exponent: Self.bounded(exponent)))
        }
        i += 1
        j += 1
      }
    }
    return Unit(sorted: result)
  }

  // MARK: - Conversion

  /// What a number in this unit is multiplied by to be in the other; `nil` where no exact ratio exists.
  ///
  /// A year is 12 months, a week 7 days, and nothing else converts.
  public func ratio(to other: Unit) -> Number? {
    if self == other { return .one }
    let (scale, base) = inFinerTime
    let (otherScale, otherBase) = other.inFinerTime
    guard base == otherBase, let scale, let otherScale else { return nil }
    return try? scale / otherScale
  }

  /// Years as 12 months and weeks as 7 days.
  private var inFinerTime: (scale: Number?, base: Unit) {
    let years = exponent(of: "year")
    let weeks = exponent(of: "week")
    if years == 0 && weeks == 0 { return (.one, self) }
    let base =
      self * Unit("year", -years) * Unit("month", years) * Unit("week", -weeks)
      * Unit("day", weeks)
    let scale = try? Number(12).power(years) * Number(7).power(weeks)
    return (scale, base)
  }

  /// What a pure duration measures; `nil` for any other unit.
  public var durationKind: DurationKind? {
    guard factors.count == 1, factors[0].exponent == 1 else { return nil }
    switch factors[0].name {
    case "year", "month": return .months
    case "week", "day": return .days
    default: return nil
    }
  }

  /// The finer of two pure durations of one kind, in which they are added and compared; `nil` for other units.
  public func finer(_ other: Unit) -> Unit? {
    guard let kind = durationKind, kind == other.durationKind else { return nil }
    if self == other { return self }
    return kind == .months ? .month : .day
  }

  // MARK: - Money

  /// The ISO 4217 currency in it, of whatever exponent; `nil` without one, the first by name where there are several.
  public var currency: String? {
    factors.first { Currency.decimals[$0.name] != nil }?.name
  }

  /// The smallest amount of a currency, such as 0.01; `nil` where ISO 4217 lists no such currency.
  public static func minorUnit(ofCurrency code: String) -> Number? {
    guard let decimals = Currency.decimals[code] else { return nil }
    return try? Number(10).power(-decimals)
  }

  /// Whether ISO 4217 lists the code.
  public static func isCurrency(_ code: String) -> Bool { Currency.decimals[code] != nil }

  /// All ISO 4217 codes, in order.
  public static var currencies: [String] { Currency.decimals.keys.sorted() }
}
