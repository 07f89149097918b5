/// An entry of `parameters:`.
enum ParameterShape: Shape {
  static let title = Key("title", .text, "What people call it.")
  static let about = Key("about", .text, "What authors should know about it.")
  static let type = Key("type", .type, "What kind of value it has, with its unit.", required: true)
  static let cites = Key("cites", .citations, "The provision that sets it.")
  static let untilFurtherNotice = Key(
    "until_further_notice", .flag, "Whether the last value holds until a new one is enacted.")
  static let through = Key("through", .date, "The last day on which the last value holds.")
  static let columns = Key(
    "columns", .entries(.name, .text), "What people call each column of a grid of values.")
  static let values = Key(
    "values",
    Kind<ParameterValues>.either(
      Kind<[(DateSyntax, ParameterEntry)]>.entries(.date, .shape(ParameterEntryShape.self))
        .map { .dated($0.map { $0.1.syntax(from: $0.0) }) },
      Kind<GridSyntax>.grid.map { .grid($0) }),
    "What it is from each date.", required: true)

  static let form = ShapeForm(
    "a parameter", "A figure that the law sets and changes over time.",
    choices: [KeyChoice("an end", ["until_further_notice", "through"], isRequired: false)],
    keys: [title, about, type, cites, untilFurtherNotice, through, columns, values])

  static func read(_ fields: Fields) -> ParameterSyntax? {
    let written = fields[type]
    var parameter = ParameterSyntax(
      name: fields.name, type: written ?? TypeSyntax(.named(""), span: fields.span),
      span: fields.span)
    parameter.title = fields[title]
    parameter.about = fields[about]
    parameter.citations = fields[cites] ?? []
    parameter.untilFurtherNotice = fields[untilFurtherNotice] ?? false
    parameter.through = fields[through]
    parameter.columnTitles = fields[columns]?.map { (column: $0.0, title: $0.1) } ?? []
    let figures = fields[values]
    switch figures {
    case .dated(let entries):
      // Figures that none could be read of were reported, each where it stands.
      if entries.isEmpty, fields.isFaulty { return nil }
      parameter.entries = entries
    case .grid(let grid): parameter.grid = grid
    case nil: return nil
    }
    return written == nil ? nil : parameter
  }
}

enum ParameterValues {
  case dated([ParameterSyntax.Entry])
  case grid(GridSyntax)
}

/// An entry of `values:` without its date.
struct ParameterEntry {
  let value: ParameterSyntax.Value
  let through: DateSyntax?
  let citations: [NameSyntax]
  let span: Span

  func syntax(from date: DateSyntax) -> ParameterSyntax.Entry {
    ParameterSyntax.Entry(
      from: date, value: value, through: through, citations: citations, span: span)
  }
}

/// An entry of `values:`.
enum ParameterEntryShape: Shape {
  static let value = Key("value", .expression, "What it is from this date.")
  static let unverified = Key(
    "unverified", .text, "Why nobody could confirm it; decisions that need it are referred.")
  static let between = Key(
    "between", .bounds, "The least and the greatest it can be, where that is certain.")
  static let atLeast = Key("at_least", .expression, "What it is certainly not below.")
  static let cites = Key("cites", .citations, "The provision that sets it.")
  static let through = Key("through", .date, "The last day on which it holds.")

  static let form = ShapeForm(
    "a parameter's value", "What a parameter is from a date.", short: "value",
    choices: [
      KeyChoice("a value", ["value", "unverified"]),
      KeyChoice("a bound", ["between", "at_least"], isRequired: false),
    ],
    dependencies: [
      KeyDependency("between", needs: "unverified"), KeyDependency("at_least", needs: "unverified"),
    ],
    keys: [value, unverified, between, atLeast, cites, through])

  static func read(_ fields: Fields) -> ParameterEntry? {
    let (known, why, bounds) = (fields[value], fields[unverified], fields[between])
    let (least, citations, last) = (fields[atLeast], fields[cites], fields[through])
    let figure: ParameterSyntax.Value
    if let known {
      figure = .value(known)
    } else if let why {
      figure = .unverified(
        why: why, between: bounds.map { ($0.low, $0.high) } ?? least.map { ($0, nil) })
    } else {
      return nil
    }
    return ParameterEntry(
      value: figure, through: last, citations: citations ?? [], span: fields.span)
  }
}

/// `between: [12_120.36, 12_120.39]`
struct Bounds {
  let low: ExpressionSyntax
  let high: ExpressionSyntax
}

extension Kind where Value == Bounds {
  static var bounds: Self {
    let list = Kind<[ExpressionSyntax]>.list(.expression)
    return Kind(list.form) { spot, reading in
      guard case .sequence(let items) = spot.node.content else { return nil }
      guard items.count == 2 else {
        reading.report(.notTwoBounds(items.count, at: spot.node.span))
        return nil
      }
      guard let bounds = list.read(spot, reading), bounds.count == 2 else { return nil }
      return Bounds(low: bounds[0], high: bounds[1])
    }
  }
}
