/// Groups of digits with what stood between them.
struct NumberRun {
  /// The first is empty in `.5`.
  var groups: [String] = []
  var separators: [Character] = []

  init() {}

  /// Digits with the marks of any country among them; `nil` for anything else.
  init?(_ text: some StringProtocol) {
    groups = [""]
    for character in text {
      if character.isASCII, character.isNumber {
        groups[groups.count - 1].append(character)
      } else if "_., '".contains(character) {
        separators.append(character)
        groups.append("")
      } else {
        return nil
      }
    }
    if groups.contains("") { return nil }
  }

  /// Whether its marks can be those of thousands and of decimals.
  var isOneNumber: Bool {
    let whole = groups[..<(decimals ?? groups.count)]
    return whole.count == 1
      || (1...3).contains(whole[0].count) && whole.dropFirst().allSatisfy { $0.count == 3 }
  }

  /// `12_000.50`: underscores between digits, at most one point.
  var isWellFormed: Bool {
    let points = separators.count { $0 == "." }
    return points <= 1 && separators.allSatisfy { $0 == "_" || $0 == "." } && groups[0] != ""
  }

  /// `01.03.2025`
  var looksLikeDate: Bool {
    separators == [".", "."] && groups[0].count <= 2 && groups[1].count <= 2
      && groups[2].count == 4
  }

  var mayGoOnInThrees: Bool {
    let last = groups.last?.count ?? 0
    return !separators.contains(".") && !separators.contains(",") && !separators.contains("_")
      && (separators.isEmpty ? (1...3).contains(last) : last == 3)
  }

  /// `1,5` and `1,000` may be one number or, in a list, two.
  var readsAsList: Bool { !separators.isEmpty && separators.allSatisfy { $0 == "," } }

  /// The one number that `1,5` or `1,000,000` may be; none for `1,2,3`.
  var readAsOne: String? {
    let inThrees = groups.dropFirst().allSatisfy { $0.count == 3 }
    return separators.count == 1 || inThrees ? mended : nil
  }

  var spread: String { groups.joined(separator: ", ") }

  /// The position in `groups` of the decimals, judged by the habits of all countries: the last mark, if it is not the mark of thousands.
  private var decimals: Int? {
    guard let last = separators.last, last == "." || last == "," else { return nil }
    let others = separators.dropLast()
    if last == "." {
      return others.contains(".") ? nil : groups.count - 1
    }
    if others.contains(",") { return nil }
    if others.isEmpty, groups[1].count == 3 { return nil }
    return groups.count - 1
  }

  /// The number in our spelling; what was well formed is left as written.
  var mended: String {
    if isWellFormed {
      var text = groups[0]
      for (separator, group) in zip(separators, groups.dropFirst()) {
        text.append(separator)
        text += group
      }
      return text
    }
    let decimals = decimals
    let whole = groups[..<(decimals ?? groups.count)].joined()
    return grouped(whole) + (decimals.map { "." + groups[$0...].joined() } ?? "")
  }

  /// The number times a power of ten.
  func shifted(by exponent: Int) -> String {
    let point = separators.firstIndex(of: ".")
    var whole = groups[...(point ?? groups.count - 1)].joined()
    var fraction = point.map { groups[($0 + 1)...].joined() } ?? ""
    for _ in 0..<abs(exponent) {
      if exponent > 0 {
        whole += fraction.isEmpty ? "0" : String(fraction.removeFirst())
      } else {
        fraction = (whole.isEmpty ? "0" : String(whole.removeLast())) + fraction
      }
    }
    return grouped(whole) + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// Digits with an underscore before every three from the right, without leading zeros.
  private func grouped(_ digits: String) -> String {
    let digits = digits.drop { $0 == "0" }
    guard !digits.isEmpty else { return "0" }
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append("_") }
      result.append(digit)
    }
    return result
  }
}
