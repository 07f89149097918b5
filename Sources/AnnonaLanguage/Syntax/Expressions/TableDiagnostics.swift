// Problems of drawn tables and grids: their bars, columns and cells.

extension Diagnostic {
  static func emptyTable(at span: Span) -> Diagnostic {
    Diagnostic(
      "X080", at: span, "a table is missing here",
      help: "write a line of columns such as `age || value`, and a row for each case")
  }

  static func noRows(at span: Span) -> Diagnostic {
    Diagnostic(
      "X081", at: span, "this table has columns and no rows",
      help: "write a row for each case below the columns")
  }

  static func outerBar(at span: Span) -> Diagnostic {
    Diagnostic(
      "X082", at: span, "a line does not begin or end with `|`: bars stand between cells",
      help: "remove the outer bars")
  }

  static func headerWithoutDivider(mended: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "X083", at: span, "no `||` stands between the columns that decide and what is decided",
      help: mended.map { "write `\($0)`" } ?? "write `||` between them")
  }

  static func rowWithoutDivider(mended: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "X083", at: span, "this row has no `||`",
      help: mended.map { "write `\($0)`" } ?? "write `||` where the columns have it")
  }

  static func secondDivider(at span: Span) -> Diagnostic {
    Diagnostic(
      "X084", at: span, "this `||` is one too many",
      help: "write `|` here: `||` stands once in a line, where the columns have it")
  }

  static func noOutput(at span: Span) -> Diagnostic {
    Diagnostic(
      "X085", at: span, "no column after `||` says what is decided", help: "write `|| value`")
  }

  static func emptyHeader(at span: Span) -> Diagnostic {
    Diagnostic("X086", at: span, "a column has no heading", help: "write what it holds")
  }

  static func notAColumnName(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X087", at: span, "`\(text)` cannot name a column", help: "write one word, such as `value`")
  }

  static func repeatedColumn(_ name: String, at span: Span, first: Span?) -> Diagnostic {
    Diagnostic(
      "X088", at: span, "two columns are named `\(name)`",
      notes: first.map { [Diagnostic.Note($0, "the first `\(name)`")] } ?? [],
      help: "give one of them another name")
  }

  /// `side` is `before` or `after` the `||`, or `nil` in a grid.
  static func wrongCellCount(
    _ count: Int, columns: [String], side: String?, at span: Span
  ) -> Diagnostic {
    let cells = count == 1 ? "1 cell" : "\(count) cells"
    let place = side.map { " \($0) `||`" } ?? ""
    let names = columns.map { "`\($0)`" }.joined(separator: ", ")
    let wanted = columns.count == 1 ? "1 column" : "\(columns.count) columns"
    return Diagnostic(
      "X089", at: span, "this row has \(cells)\(place) for \(wanted): \(names)",
      help: count < columns.count
        ? "write a cell for each column, `-` where any value will do"
        : "leave out what is too many")
  }

  static func emptyCell(at span: Span) -> Diagnostic {
    Diagnostic(
      "X090", at: span, "the cell before this bar is empty", help: "write `-` if any value will do")
  }

  static func emptyOutput(_ column: String, at span: Span) -> Diagnostic {
    Diagnostic("X091", at: span, "the cell of `\(column)` is empty", help: "write its value")
  }

  static func impossibleWithValue(at span: Span) -> Diagnostic {
    Diagnostic(
      "X092", at: span, "a row that is `impossible` has no value", help: "leave out the value")
  }

  static func secondOtherwise(at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      "X093", at: span, "a second `otherwise` row can never apply",
      notes: [Diagnostic.Note(first, "the first `otherwise`")], help: "remove one of them")
  }

  // MARK: - Cells

  static func anyValue(_ written: String, at span: Span) -> Diagnostic {
    Diagnostic("X094", at: span, "`\(written)` does not stand for any value", help: "write `-`")
  }

  static func foreignTest(_ written: String, instead: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X095", at: span, "`\(written)` is not how a cell says this", help: "write `\(instead)`")
  }

  static func dashRange(_ written: String, instead: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X096", at: span, "`\(written)` is a difference, and not a range", help: "write `\(instead)`")
  }

  static func joinedTests(mended: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "X097", at: span, "`and` does not join two tests of a cell",
      help: mended.map { "write `\($0)`" } ?? "write a range, such as `18 to below 25`")
  }

  static func columnRepeated(_ test: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X098", at: span, "a cell is compared with its column already", help: "write `\(test)`")
  }

  static func reversedBracket(mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X099", at: span, "`]` does not open a range: `(` leaves its first value out",
      help: "write `\(mended)`")
  }

  static func tableFileIsNoText(at span: Span) -> Diagnostic {
    Diagnostic(
      "X100", at: span, "the file is not text in UTF-8",
      help: "save it as comma-separated values in UTF-8")
  }

  static func openQuoteInTableFile(at span: Span) -> Diagnostic {
    Diagnostic(
      "X101", at: span, "this text is not closed on its line",
      help: "end the text with `\"`; a text holds no line break")
  }
}
