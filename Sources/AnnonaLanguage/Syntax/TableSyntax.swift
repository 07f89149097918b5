import AnnonaValues

/// A decision table as drawn.
package struct TableSyntax: Sendable {
  package struct Input: Sendable {
    package let expression: ExpressionSyntax
    /// `age_in_months in month`: the unit that the cells below are written in.
    package let unit: UnitSyntax?

    package init(expression: ExpressionSyntax, unit: UnitSyntax?) {
      self.expression = expression
      self.unit = unit
    }
  }

  package struct Row: Sendable {
    /// One a column; empty for `otherwise`.
    package let cells: [CellSyntax]
    /// One an output column; empty where `isImpossible`.
    package let outputs: [ExpressionSyntax]
    package let isOtherwise: Bool
    /// `otherwise || impossible`
    package let isImpossible: Bool
    package let citation: NameSyntax?
    package let span: Span

    package init(
      cells: [CellSyntax], outputs: [ExpressionSyntax], isOtherwise: Bool, isImpossible: Bool,
      citation: NameSyntax?, span: Span
    ) {
      self.cells = cells
      self.outputs = outputs
      self.isOtherwise = isOtherwise
      self.isImpossible = isImpossible
      self.citation = citation
      self.span = span
    }
  }

  package let inputs: [Input]
  /// The names of the output columns; a table with one may call it anything.
  package let outputs: [NameSyntax]
  package let rows: [Row]
  package let span: Span

  package init(inputs: [Input], outputs: [NameSyntax], rows: [Row], span: Span) {
    self.inputs = inputs
    self.outputs = outputs
    self.rows = rows
    self.span = span
  }
}

/// A cell: what its column must be for the row to apply. Alternatives are joined by `,` in the source.
package struct CellSyntax: Sendable {
  package enum Test: Sendable {
    /// A bare value.
    case equals(ExpressionSyntax)
    /// `<= 36`, `up to 36`, `above 36`, `below 18`, `from 18`, `not single`
    case compare(Comparison, ExpressionSyntax)
    /// `above 36 to 72`, `18 to below 25`, `1 to 4`, `(36..72]`
    case range(
      ExpressionSyntax, includesLow: Bool, ExpressionSyntax, includesHigh: Bool)
    case null
  }

  /// Empty for `-`: any value, and the column is not read.
  package let tests: [Test]
  package let span: Span

  package init(tests: [Test], span: Span) {
    self.tests = tests
    self.span = span
  }
}

/// A drawn grid without conditions: a parameter's `values: |`, a scale's `brackets: |`, a fixture's table.
package struct GridSyntax: Sendable {
  package let columns: [NameSyntax]
  /// Each row has as many cells as there are columns; a cell is text with its place, an expression where one is wanted.
  package let rows: [[NameSyntax]]
  /// The columns before `||`, as in a fixture's table; `nil` where the columns are not divided.
  package let inputCount: Int?
  package let span: Span

  package init(columns: [NameSyntax], rows: [[NameSyntax]], inputCount: Int? = nil, span: Span) {
    self.columns = columns
    self.rows = rows
    self.inputCount = inputCount
    self.span = span
  }
}
