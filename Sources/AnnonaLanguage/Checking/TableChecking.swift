import AnnonaValues

/// Decision tables and scales: columns typed, cells in the column's unit.
extension Checker {
  func checkTable(
    _ syntax: TableSyntax, _ hit: HitPolicy, as type: ValueType, of id: RuleID?,
    in context: Context
  ) -> Table? {
    let inputs = syntax.inputs.map { checkInput($0, in: context) }
    let types = outputTypes(syntax, hit, as: type, of: id, in: context)
    var rows: [Table.Row] = []
    for (index, row) in syntax.rows.enumerated() {
      guard let checked = checkRow(row, number: index + 1, inputs, types, in: context) else {
        continue
      }
      rows.append(checked)
    }
    let columns = inputs.compactMap { $0 }
    guard columns.count == inputs.count, rows.count == syntax.rows.count else { return nil }
    return Table(
      hit: hit, inputs: columns, outputs: zip(syntax.outputs, types).map { ($0.text, $1) },
      rows: rows, span: syntax.span)
  }

  /// One output is the rule's own value; several are values of their own, each of the declared type, or else typed by its cells.
  private func outputTypes(
    _ syntax: TableSyntax, _ hit: HitPolicy, as type: ValueType, of id: RuleID?, in context: Context
  ) -> [ValueType] {
    if syntax.outputs.count <= 1 {
      switch hit {
      case .collect: if case .list(let element) = type { return [element] }
      // Rows are counted, whatever stands in them.
      case .count: return [inferredType(ofColumn: 0, syntax, in: context) ?? type]
      default: break
      }
      return [type]
    }
    // A type that was inferred is the first column's alone.
    let declared = id.flatMap { id in
      ruleWork[Int(id.index)].syntax.type.flatMap { _ in ruleWork[Int(id.index)].declared }
    }
    let types = syntax.outputs.indices.map { column in
      declared ?? inferredType(ofColumn: column, syntax, in: context) ?? .number
    }
    if let id {
      ruleWork[Int(id.index)].outputs = zip(syntax.outputs, types).map { ($0.text, $1) }
    }
    return types
  }

  /// The type that the cells of an output share.
  private func inferredType(
    ofColumn column: Int, _ syntax: TableSyntax, in context: Context
  ) -> ValueType? {
    let wasProbing = isProbing
    isProbing = true
    defer { isProbing = wasProbing }
    var type: ValueType?
    for row in syntax.rows where column < row.outputs.count {
      guard let value = checkExpression(row.outputs[column], in: context) else { continue }
      type = type.flatMap { common($0, value.type) } ?? value.type
    }
    return type
  }

  private func checkInput(_ input: TableSyntax.Input, in context: Context) -> Expression? {
    guard let value = checkExpression(input.expression, in: context) else { return nil }
    switch value.type.present {
    case .boolean, .number, .date, .choice, .text: break
    default:
      report(.cannotBeColumn(describe(value.type), at: input.expression.span))
      return nil
    }
    guard let unit = input.unit else { return value }
    guard checkUnit(unit, in: context.book) else { return nil }
    guard let number = value.type.present.numberType, let ratio = number.unit.ratio(to: unit.unit)
    else {
      reportConversion(value, unit, at: unit.span)
      return nil
    }
    if ratio == .one { return value }
    let type = ValueType.quantity(unit.unit)
    return Expression(
      .convert(value, ratio: ratio), type: value.type.isOptional ? .optional(type) : type,
      span: value.span)
  }

  private func checkRow(
    _ row: TableSyntax.Row, number: Int, _ inputs: [Expression?], _ outputs: [ValueType],
    in context: Context
  ) -> Table.Row? {
    var cells: [Cell] = []
    for (cell, input) in zip(row.cells, inputs) {
      guard let input, let checked = checkCell(cell, input.type, in: context) else { continue }
      cells.append(checked)
    }
    let values = zip(row.outputs, outputs).map { checkGoverned($0, as: $1, in: context) }
    guard cells.count == row.cells.count, values.allSatisfy({ $0 != nil }) else { return nil }
    return Table.Row(
      name: row.isOtherwise ? "otherwise" : "row_\(number)", cells: cells,
      outputs: values.compactMap { $0 }, isOtherwise: row.isOtherwise,
      isImpossible: row.isImpossible,
      citation: row.citation.map { citation($0, in: context.book) }, span: row.span)
  }

  private func checkCell(
    _ cell: CellSyntax, _ column: ValueType, in context: Context
  ) -> Cell? {
    let tests = cell.tests.map { checkTest($0, column, at: cell.span, in: context) }
    guard tests.allSatisfy({ $0 != nil }) else { return nil }
    return Cell(tests: tests.compactMap { $0 }, span: cell.span)
  }

  private func checkTest(
    _ test: CellSyntax.Test, _ column: ValueType, at span: Span, in context: Context
  ) -> Cell.Test? {
    let type = column.present
    switch test {
    case .null:
      if column.isOptional { return .null }
      report(.neverNullColumn(at: span))
      return nil
    case .equals(let value):
      return checkGoverned(value, as: loose(type), in: context).map { .compare(.equal, $0) }
    case .compare(let comparison, let value):
      guard isOrdered(type) || comparison == .equal || comparison == .unequal else {
        report(.notOrdered(describe(type), words(span), at: span))
        return nil
      }
      return checkGoverned(value, as: loose(type), in: context).map { .compare(comparison, $0) }
    case .range(let low, let includesLow, let high, let includesHigh):
      guard isOrdered(type) else {
        report(.notOrdered(describe(type), words(span), at: span))
        return nil
      }
      guard let from = checkGoverned(low, as: loose(type), in: context),
        let through = checkGoverned(high, as: loose(type), in: context)
      else { return nil }
      if case .constant(let one) = from.kind, case .constant(let other) = through.kind,
        isAfter(one, other)
      {
        report(.cellReversed(at: span))
        return nil
      }
      return .range(from, includesLow: includesLow, through, includesHigh: includesHigh)
    }
  }

  private func isAfter(_ one: Value, _ other: Value) -> Bool {
    switch (one, other) {
    case (.number(let one), .number(let other)): one > other
    case (.date(let one), .date(let other)): one > other
    default: false
    }
  }

  private func isOrdered(_ type: ValueType) -> Bool {
    type.numberType != nil || type == .date
  }

  /// A whole-number column may be compared with any number.
  private func loose(_ type: ValueType) -> ValueType {
    guard var number = type.numberType else { return type }
    number.isInteger = false
    return .number(number)
  }

  // MARK: - Scales

  func checkScale(
    _ of: ExpressionSyntax, _ brackets: GridSyntax, as type: ValueType, in context: Context
  ) -> Scale? {
    guard let base = checkGoverned(of, as: type, in: context), requirePresent(base) else {
      return nil
    }
    guard brackets.columns.map(\.text) == ["above", "rate"] else {
      report(.scaleColumns(at: brackets.span))
      return nil
    }
    var checked: [(above: Expression, rate: Expression)] = []
    for row in brackets.rows where row.count == 2 {
      guard let above = checkGridCell(row[0], as: type, in: context),
        let rate = checkGridCell(row[1], as: .number, in: context)
      else { continue }
      if let last = checked.last, case .constant(.number(let one)) = last.above.kind,
        case .constant(.number(let other)) = above.kind, other <= one
      {
        report(.thresholdsOutOfOrder(at: row[0].span))
      }
      checked.append((above, rate))
    }
    return checked.count == brackets.rows.count ? Scale(of: base, brackets: checked) : nil
  }

  private func checkGridCell(
    _ cell: NameSyntax, as type: ValueType, in context: Context
  ) -> Expression? {
    let (expression, problems) = parseExpression(cell)
    for problem in problems { report(problem) }
    return expression.flatMap { checkGoverned($0, as: type, in: context) }
  }
}
