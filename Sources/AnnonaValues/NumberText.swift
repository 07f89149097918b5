/// How a language writes numbers for people.
public struct NumberStyle: Sendable, Hashable {
  /// Between groups of three digits before the decimal mark.
  public let grouping: String
  public let decimal: String

  public init(grouping: String, decimal: String) {
    self.grouping = grouping
    self.decimal = decimal
  }

  /// `8 333.33`, with a no-break space.
  public static let english = NumberStyle(grouping: "\u{A0}", decimal: ".")
  /// `8 333,33`, with a no-break space.
  public static let portuguese = NumberStyle(grouping: "\u{A0}", decimal: ",")

  private static let languagesWithComma: Set<String> = [
    "bg", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu", "is", "it",
    "lt", "lv", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk",
  ]

  /// The style of a language by its code (`pt`, `pt-BR`); English where the code is not known.
  public static func forLanguage(_ code: String) -> NumberStyle {
    let language = code.lowercased().prefix { $0 != "-" && $0 != "_" }
    return languagesWithComma.contains(String(language)) ? .portuguese : .english
  }
}

extension Number {
  /// The shortest terminating decimal, else `p/q` in lowest terms: the same number always as the same text.
  public var canonicalText: String {
    if let integer { return String(integer) }
    guard let places = decimalPlaces else {
      return "\(numerator.canonicalText)/\(denominator.canonicalText)"
    }
    let (whole, fraction) = LargeFraction.digits(self, fraction: places)
    return (isNegative ? "-" : "") + (places == 0 ? whole : whole + "." + fraction)
  }

  /// How many decimal places the number has; `nil` when its decimals never end.
  public var decimalPlaces: Int? {
    guard case .small(_, let denominator) = storage else {
      return LargeFraction.decimalPlaces(self)
    }
    let twos = denominator.trailingZeroBitCount
    var rest = denominator >> twos
    var fives = 0
    while rest % 5 == 0 {
      rest /= 5
      fives += 1
    }
    return rest == 1 ? max(twos, fives) : nil
  }

  /// For people: digits in groups, all decimals of a number that terminates, else at least two and `…`. Never rounded.
  public func text(style: NumberStyle, atLeast fractionDigits: Int = 0) -> String {
    let wanted = min(max(fractionDigits, 0), LargeFraction.bitLimit)
    let places = decimalPlaces
    let shown = places.map { max($0, wanted) } ?? max(2, wanted)
    let (whole, fraction) = LargeFraction.digits(self, fraction: shown)
    var text = isNegative ? "-" : ""
    let lead = whole.utf8.count % 3
    for (position, digit) in whole.enumerated() {
      if position > 0 && position % 3 == lead { text += style.grouping }
      text.append(digit)
    }
    if shown > 0 { text += style.decimal + fraction }
    return places == nil ? text + "…" : text
  }

  /// `12_000.50`, `-3`, `25_000/3`; `nil` for any other shape and for what is too large.
  public init?(text: some StringProtocol) {
    guard case .success(let number) = Number.parse(text) else { return nil }
    self = number
  }

  /// A number as authors write it: digits with single underscores between them, at most one decimal point between digits, or a
  /// fraction of two whole numbers; a leading `-`. Takes time proportional to the text.
  public static func parse(_ text: some StringProtocol) -> Result<Number, NumberTextFault> {
    var reader = NumberReader(text)
    return reader.read()
  }
}

private struct NumberReader {
  /// Longer runs of significant digits are too large even after everything that could be divided out.
  static let digitLimit = 4200

  private var bytes: [UInt8]
  private var position = 0

  init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

  mutating func read() -> Result<Number, NumberTextFault> {
    let negative = take(UInt8(ascii: "-"))
    guard var digits = takeDigits() else { return .failure(.malformed) }
    var places = 0
    var divisor: [UInt8] = [1]
    if take(UInt8(ascii: ".")) {
      guard var fraction = takeDigits() else { return .failure(.malformed) }
      while fraction.last == 0 { fraction.removeLast() }
      places = fraction.count
      digits += fraction
    } else if take(UInt8(ascii: "/")) {
      guard let written = takeDigits() else { return .failure(.malformed) }
      divisor = Array(written.drop { $0 == 0 })
      if divisor.isEmpty { return .failure(.malformed) }
    }
    guard position == bytes.count else { return .failure(.malformed) }
    digits = Array(digits.drop { $0 == 0 })
    guard digits.count <= Self.digitLimit, divisor.count <= Self.digitLimit,
      places <= LargeFraction.bitLimit
    else { return .failure(.tooLarge) }
    if let small = Self.small(digits, places, divisor, negative) { return .success(small) }
    do {
      return .success(
        try LargeFraction.number(
          digits: digits, places: places, over: divisor, negative: negative))
    } catch {
      return .failure(.tooLarge)
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// At least one digit; single underscores between digits are dropped.
  private mutating func takeDigits() -> [UInt8]? {
    var digits: [UInt8] = []
    var afterDigit = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
        digits.append(byte - UInt8(ascii: "0"))
        afterDigit = true
      } else if byte == UInt8(ascii: "_") && afterDigit {
        afterDigit = false
      } else {
        break
      }
      position += 1
    }
    return afterDigit ? digits : nil
  }

  private static func small(
    _ digits: [UInt8], _ places: Int, _ divisor: [UInt8], _ negative: Bool
  ) -> Number? {
    guard digits.count <= 18, divisor.count <= 18, places <= 18 else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1) }
    let below =
      places > 0
      ? (0..<places).reduce(1) { scale, _ in scale * 10 }
      : divisor.reduce(0) { $0 * 10 + Int($1) }
    return Number.reducing(negative ? -value : value, below)
  }
}
