/// The lines of a text below its key, without the margin that YAML takes away.
struct BlockText {
  /// `|`, `>-`, and a digit where the first line begins with a space of its own.
  let sign: String
  var lines: [String]

  /// - Parameters:
  ///   - below: the lines of the file below the sign.
  ///   - parent: the column of the mapping or list that it stands in.
  init(_ scalar: Scalar, below: ArraySlice<String>, sign: String, parent: Int) {
    if sign.first == "|" {
      lines = scalar.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if scalar.text.hasSuffix("\n") { lines.removeLast() }
    } else {
      let digit = sign.first { $0.isNumber }.flatMap { Int(String($0)) }
      lines = Self.folded(below, margin: digit.map { $0 + parent })
    }
    if !sign.contains("+") { while lines.last?.isEmpty == true { lines.removeLast() } }
    let needsDigit = lines.first { !$0.isEmpty }?.first == " "
    self.sign =
      String(sign.prefix(1)) + (needsDigit ? "2" : "") + sign.filter { $0 == "-" || $0 == "+" }
  }

  private static func folded(_ lines: ArraySlice<String>, margin: Int?) -> [String] {
    let first = lines.first { $0.contains { $0 != " " } }
    let margin = margin ?? first?.prefix { $0 == " " }.count ?? 0
    return lines.map { line in
      line.allSatisfy { $0 == " " } && line.count <= margin ? "" : String(line.dropFirst(margin))
    }
  }
}
