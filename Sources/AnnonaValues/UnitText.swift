extension Unit: CustomStringConvertible {
  /// `EUR/month`, `EUR*month`, `EUR/month^2`, `1/month`; empty for a plain number.
  public var description: String {
    if isDimensionless { return "" }
    func text(_ factor: Factor) -> String {
      factor.exponent.magnitude == 1 ? factor.name : "\(factor.name)^\(factor.exponent.magnitude)"
    }
    let above = factors.filter { $0.exponent > 0 }.map(text)
    let below = factors.filter { $0.exponent < 0 }.map(text)
    return (above.isEmpty ? "1" : above.joined(separator: "*"))
      + below.map { "/" + $0 }.joined()
  }

  /// `EUR/month`, `EUR*month`, `EUR^2`, `months/year`, `1/month`, without spaces; `nil` for any other shape.
  ///
  /// A name starts with a letter or `_` and goes on with letters, digits and `_`. Whether it is declared is not looked at.
  public init?(text: some StringProtocol) {
    var rest = Substring(text)[...]
    var unit = Unit.none
    var divides = false
    if rest.hasPrefix("1/") {
      rest = rest.dropFirst(2)
      divides = true
    }
    while true {
      let name = rest.prefix { $0 == "_" || Self.isLetter($0) || Self.isDigit($0) }
      guard let first = name.first, first == "_" || Self.isLetter(first) else { return nil }
      rest = rest.dropFirst(name.count)
      var exponent = 1
      if rest.first == "^" {
        let digits = rest.dropFirst().prefix(while: Self.isDigit)
        guard digits.utf8.count <= 3, let value = Int(digits), value > 0 else { return nil }
        exponent = value
        rest = rest.dropFirst(1 + digits.count)
      }
      unit = unit * Unit(String(name), divides ? -exponent : exponent)
      guard unit.factors.count <= Self.nameLimit else { return nil }
      guard let sign = rest.first else { break }
      guard sign == "*" || sign == "/" else { return nil }
      divides = sign == "/"
      rest = rest.dropFirst()
    }
    self = unit
  }

  /// A written unit has at most this many names.
  private static let nameLimit = 16

  private static func isLetter(_ character: Character) -> Bool {
    guard let ascii = character.asciiValue else { return character.isLetter }
    return UInt8(ascii: "a")...UInt8(ascii: "z") ~= ascii | 0x20
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }
}
