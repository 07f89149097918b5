import AnnonaValues

// The English of the checker, codes P: parameters and dates.

extension Diagnostic {
  static func parameterWithoutValues(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "P001", at: name.span, "the parameter `\(name.text)` has no value",
      help: "add `values: { 2025-01-01: … }` with the day from which it holds")
  }

  static func datesOutOfOrder(_ date: DateSyntax, after: DateSyntax) -> Diagnostic {
    Diagnostic(
      "P002", at: date.span, "\(date.date) does not come after \(after.date)",
      notes: [.init(after.span, "the one before")], help: "write the dates in ascending order")
  }

  static func endsBeforeItStarts(_ through: DateSyntax, from: DateSyntax) -> Diagnostic {
    Diagnostic(
      "P003", at: through.span, "this ends on \(through.date), before it starts",
      notes: [.init(from.span, "it starts on \(from.date)")], help: "correct one of the two dates")
  }

  static func valuesOverlap(_ through: DateSyntax, next: DateSyntax) -> Diagnostic {
    Diagnostic(
      "P004", at: through.span, "this holds through \(through.date), when the next already holds",
      notes: [.init(next.span, "the next, from \(next.date)")],
      help: "remove `through:`; a value holds to the day before the next")
  }

  static func endOfValuesUnsaid(_ last: DateSyntax, _ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "P005", at: last.span, "nothing says until when the last value of `\(name.text)` holds",
      help: "add `through:` with the last day that the law has enacted, "
        + "or `until_further_notice: true` to the parameter")
  }

  static func gridColumns(at span: Span) -> Diagnostic {
    Diagnostic(
      "P006", at: span, "the first column of a grid of values is `from`, and others follow",
      help: "write the first line as `from | single | couple`, with the columns that the law has")
  }

  static func notADate(_ cell: NameSyntax) -> Diagnostic {
    Diagnostic(
      "P007", at: cell.span, "`\(cell.text)` is not a date",
      help: "write the day from which the row holds, such as `2025-01-01`")
  }

  static func unknownColumn(_ name: NameSyntax, of grid: String, columns: [String]) -> Diagnostic {
    Diagnostic(
      "P008", at: name.span, "the parameter `\(grid)` has no column `\(name.text)`",
      help: columns.isEmpty
        ? "draw its values as a grid with that column, or remove the column's title"
        : meant(didYouMean(name.text, among: columns)) ?? "write one of \(quoted(columns))")
  }

  static func columnsNotNumbered(_ name: NameSyntax, columns: [String]) -> Diagnostic {
    Diagnostic(
      "P009", at: name.span, "the columns of `\(name.text)` are names, not numbers",
      help: "write `\(name.text).\(columns.first ?? "column")`")
  }

  static func seriesWithoutPeriod(at span: Span, _ type: String) -> Diagnostic {
    Diagnostic(
      "U042", at: span, "`over` takes what is counted per month, day or year, not `\(type)`",
      help: "give it a unit such as `EUR/month`")
  }
}
