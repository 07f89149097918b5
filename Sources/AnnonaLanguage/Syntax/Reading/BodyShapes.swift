/// An entry of `cases:`.
enum CaseShape: Shape {
  static let when = Key("when", .expression, "The condition under which its value is taken.")
  static let value = Key("value", .expression, "The value.")
  static let otherwise = Key("otherwise", .expression, "The value where no condition holds.")
  static let cites = Key("cites", .citations, "The provision that it comes from.")

  static let form = ShapeForm(
    "a case", "One condition with its value, or the value otherwise.",
    choices: [
      KeyChoice("a condition", ["when", "otherwise"]),
      KeyChoice("a value", ["value", "otherwise"]),
    ],
    keys: [when, value, otherwise, cites])

  static func read(_ fields: Fields) -> CaseBranchSyntax? {
    let (condition, value, rest) = (fields[when], fields[value], fields[otherwise])
    let citations = fields[cites] ?? []
    if let condition, let value { return .when(condition, value, citations) }
    guard let rest, let entry = fields.entry(otherwise) else { return nil }
    return .otherwise(rest, entry.keySpan)
  }
}

enum CaseBranchSyntax {
  case when(ExpressionSyntax, ExpressionSyntax, [NameSyntax])
  case otherwise(ExpressionSyntax, Span)
}

/// `scale:`
enum ScaleShape: Shape {
  static let of = Key("of", .expression, "What the brackets are applied to.", required: true)
  static let brackets = Key(
    "brackets", .grid, "The columns `above` and `rate`.", required: true)

  static let form = ShapeForm(
    "a scale", "Rates, each on what lies above its threshold up to the next.",
    keys: [of, brackets])

  static func read(_ fields: Fields) -> BodySyntax? {
    let (base, grid) = (fields[of], fields[brackets])
    guard let base, let grid else { return nil }
    return .scale(of: base, brackets: grid)
  }
}

/// `table: { csv: designated_counties.csv }`
enum TableFileShape: Shape {
  static let csv = Key(
    "csv", .plainText, "The file that holds the table, beside the rulebook.", required: true)

  static let form = ShapeForm("a table's file", "A table that stands in a file.", keys: [csv])

  static func read(_ fields: Fields) -> TableSyntax? {
    fields[csv].flatMap { fields.reading.table(inFile: $0) }
  }
}

/// `in_force:`
enum InForceShape: Shape {
  static let from = Key("from", .date, "The first day.", required: true)
  static let through = Key("through", .date, "The last day.")

  static let form = ShapeForm(
    "a time in force", "The days on which something is law.", keys: [from, through])

  static func read(_ fields: Fields) -> InForceSyntax? {
    let (first, last) = (fields[from], fields[through])
    return first.map { InForceSyntax(from: $0, through: last) }
  }
}
