public final class Table: Sendable {
  public final class Row: Sendable {
    /// `row_1`, `row_2`, … in the order drawn, `otherwise` for the last resort.
    public let name: String
    /// One an input; empty for `otherwise`.
    public let cells: [Cell]
    /// One an output; empty where impossible.
    public let outputs: [Expression]
    public let isOtherwise: Bool
    public let isImpossible: Bool
    public let citation: Citation?
    public let span: Span

    public init(
      name: String, cells: [Cell], outputs: [Expression], isOtherwise: Bool, isImpossible: Bool,
      citation: Citation?, span: Span
    ) {
      self.name = name
      self.cells = cells
      self.outputs = outputs
      self.isOtherwise = isOtherwise
      self.isImpossible = isImpossible
      self.citation = citation
      self.span = span
    }
  }

  public let hit: HitPolicy
  public let inputs: [Expression]
  public let outputs: [(name: String, type: ValueType)]
  public let rows: [Row]
  public let span: Span

  public init(
    hit: HitPolicy, inputs: [Expression], outputs: [(name: String, type: ValueType)], rows: [Row],
    span: Span
  ) {
    self.hit = hit
    self.inputs = inputs
    self.outputs = outputs
    self.rows = rows
    self.span = span
  }
}

/// What a column must be for its row to apply; expressions are in the column's unit and read no fact.
public struct Cell: Sendable {
  public enum Test: Sendable {
    case compare(Comparison, Expression)
    case range(Expression, includesLow: Bool, Expression, includesHigh: Bool)
    case null
  }

  /// Any of them suffices; empty for `-`, which never reads its column.
  public let tests: [Test]
  public let span: Span

  public init(tests: [Test], span: Span) {
    self.tests = tests
    self.span = span
  }
}
