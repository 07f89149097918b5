import AnnonaLanguage
import AnnonaValues

// The English of the proofs: T tables, R exceptions, B benefits.

extension Diagnostic {
  static func rowsOverlap(
    _ rule: String, _ first: Table.Row, _ second: Table.Row, example: String, edit: String?
  ) -> Diagnostic {
    Diagnostic(
      "T001", at: second.span, "two rows of `\(rule)` both apply",
      notes: [.init(first.span, "the other row")], example: example,
      help: (edit ?? "make the rows exclude each other")
        + ", or write `hit: first` beside the table if the law ranks them")
  }

  static func rowMissing(_ rule: String, example: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "T002", at: span, "the table of `\(rule)` leaves out a case", example: "\(example): no row",
      help: "add a row for it, `otherwise || …` for all the rest, "
        + "or `otherwise || impossible` if it cannot occur")
  }

  static func rowOutsideColumn(_ row: Table.Row, column: String, _ cell: Span) -> Diagnostic {
    Diagnostic(
      "T003", at: cell, "\(row.name) can never apply: `\(column)` never has such a value",
      help: "correct the cell, or remove the row")
  }

  static func rowNeverReached(_ row: Table.Row) -> Diagnostic {
    Diagnostic(
      "T003", at: row.span, "\(row.name) can never apply: the rows above it take every case",
      help: "move it up, or remove it")
  }

  enum Undecided {
    case open(Span)
    case column(Span)
    case size
  }

  static func tableNotDecided(
    _ rule: String, because reason: Undecided, at span: Span
  ) -> Diagnostic {
    let why =
      switch reason {
      case .open: "a cell compares with something that is not fixed by the law of the day"
      case .column: "a column can have more values than can be told apart"
      case .size: "there are more than 200 000 regions"
      }
    return Diagnostic(
      "T004", .warning, at: span,
      "not decided whether the table of `\(rule)` is complete and without contradiction: \(why)",
      help: "it is checked whenever it is used; to have it proved before, "
        + "keep the cells to figures and parameters, and put the rest into the column's heading")
  }

  static func otherwiseNeverReached(_ rule: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "T005", .warning, at: span,
      "`otherwise` is never reached: the rows of `\(rule)` already cover every case",
      help: "remove it, so that a row that is forgotten later is noticed")
  }

  static func amountNotRounded(
    _ benefit: String, _ span: Span, coin: String, unit: String, step: String?
  ) -> Diagnostic {
    Diagnostic(
      "B003", at: span,
      "the amount of `\(benefit)` can carry fractions of \(coin) \(unit)"
        + (step.map { ": it comes in steps of \($0) \(unit)" } ?? ""),
      help: "add `round: \(coin) half_up`, or the rounding that the law states, to the rule")
  }

  static func columnMissing(at span: Span, example: String, help: String) -> Diagnostic {
    Diagnostic(
      "T006", at: span, "this can ask for a column that the grid does not have", example: example,
      help: help)
  }

  // MARK: - Exceptions

  private static func cited(_ exception: ExceptionRule) -> String {
    let provisions = exception.citations.map(\.text).joined(separator: ", ")
    return "`\(lastPart(of: exception))`" + (provisions.isEmpty ? "" : " (\(provisions))")
  }

  private static func lastPart(of exception: ExceptionRule) -> String {
    exception.name.split(separator: ".").last.map(String.init) ?? exception.name
  }

  private static func rank(_ one: ExceptionRule, over other: ExceptionRule) -> String {
    "if one of them ranks before the other, write `prevails_over: \(lastPart(of: other))` "
      + "under `\(lastPart(of: one))`"
  }

  static func exceptionsAlwaysClash(
    _ first: ExceptionRule, _ second: ExceptionRule
  ) -> Diagnostic {
    Diagnostic(
      "R021", at: second.span,
      "\(cited(first)) and \(cited(second)) apply in the same cases: a conflict each time",
      notes: [.init(first.span, "the other exception")], help: rank(second, over: first))
  }

  /// Only the narrower one can sensibly rank before the other: the other way round it would never count.
  static func exceptionClashes(
    _ narrow: ExceptionRule, with wide: ExceptionRule, at place: ExceptionRule,
    _ other: ExceptionRule
  ) -> Diagnostic {
    Diagnostic(
      "R021", at: place.span,
      "whenever \(cited(narrow)) applies, \(cited(wide)) applies too: a conflict each time",
      notes: [.init(other.span, "the other exception")],
      help: "if it ranks before the other, write `prevails_over: \(lastPart(of: wide))` "
        + "under `\(lastPart(of: narrow))`")
  }

  static func exceptionsMayClash(
    _ first: ExceptionRule, _ second: ExceptionRule, example: String
  ) -> Diagnostic {
    Diagnostic(
      "R022", .warning, at: second.span, "\(cited(first)) and \(cited(second)) can both apply",
      notes: [.init(first.span, "the other exception")], example: example,
      help: rank(second, over: first))
  }

  static func exceptionsNotDecided(
    _ first: ExceptionRule, _ second: ExceptionRule
  ) -> Diagnostic {
    Diagnostic(
      "R023", .warning, at: second.span,
      "not decided whether \(cited(first)) and \(cited(second)) can both apply",
      notes: [.init(first.span, "the other exception")],
      help: "it is checked whenever the rule is used; " + rank(second, over: first))
  }
}
