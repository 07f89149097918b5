import AnnonaValues

/// Parameters drawn as a grid: a row for each date, a column for each name or number.
extension Checker {
  func declareGrid(
    _ grid: GridSyntax, _ syntax: ParameterSyntax, _ type: ValueType, in book: Int
  ) {
    guard books[book].grids[syntax.name.text] == nil else {
      report(.declaredTwice("parameter", syntax.name, first: nil))
      return
    }
    let sources = grid.columns.firstIndex { $0.text == "cites" }
    guard grid.columns.first?.text == "from", grid.columns.count > (sources == nil ? 1 : 2) else {
      report(.gridColumns(at: grid.span))
      return
    }
    let dates = grid.rows.map { row in row.first.flatMap { date(in: $0) } }
    var columns: [(column: String, parameter: ParameterID)] = []
    for (index, column) in grid.columns.enumerated().dropFirst() where index != sources {
      if columns.contains(where: { $0.column == column.text }) {
        report(.declaredTwice("column", column, first: nil))
        continue
      }
      var figures = syntax
      figures.grid = nil
      figures.entries = zip(dates, grid.rows).compactMap { date, row in
        date.flatMap { date in
          value(of: row[index]).map {
            ParameterSyntax.Entry(
              from: date, value: $0, through: nil,
              citations: sources.map { [row[$0]] }?.filter { !$0.text.isEmpty } ?? [],
              span: row[index].span)
          }
        }
      }
      var parameter = Parameter(
        name: "\(syntax.name.text).\(column.text)", type: type, span: syntax.name.span)
      parameter.title = text(syntax.title, in: book)
      parameter.citations = citations(syntax.citations, in: book)
      // Dates are the same for all columns: what is wrong with them is said once.
      let wasProbing = isProbing
      isProbing = isProbing || !columns.isEmpty && figures.entries.isEmpty
      parameter.entries = timeline(of: figures, type, in: book)
      isProbing = wasProbing
      columns.append((column.text, ParameterID(program.parameters.count)))
      program.parameters.append(parameter)
    }
    books[book].grids[syntax.name.text] = columns
  }

  private func date(in cell: NameSyntax) -> DateSyntax? {
    guard let date = CalendarDate(text: cell.text) else {
      report(.notADate(cell))
      return nil
    }
    return DateSyntax(date, span: cell.span)
  }

  private func value(of cell: NameSyntax) -> ParameterSyntax.Value? {
    if let why = reasonUnverified(cell) { return .unverified(why: why, between: nil) }
    let (expression, problems) = parseExpression(cell)
    for problem in problems { report(problem) }
    return expression.map { .value($0) }
  }

  /// `unverified`, or `unverified: why`
  private func reasonUnverified(_ cell: NameSyntax) -> TextSyntax? {
    let word = "unverified"
    guard cell.text.hasPrefix(word) else { return nil }
    let rest = cell.text.dropFirst(word.count)
    if rest.isEmpty { return TextSyntax(variants: []) }
    guard rest.first == ":" else { return nil }
    let why = String(rest.dropFirst().drop { $0 == " " })
    return TextSyntax(variants: [.init(language: nil, text: why, span: cell.span)])
  }

  /// `ias.rates` before a column of an imported grid.
  func importedGrid(
    _ owner: ExpressionSyntax, in context: Context
  ) -> (name: String, book: Int)? {
    guard case .member(let prefix, let name) = owner.kind, case .name(let text) = prefix.kind,
      let book = rulebooks[context.book].imports[text], books[book].grids[name.text] != nil
    else { return nil }
    return (name.text, book)
  }

  func checkColumn(
    _ name: NameSyntax, of grid: String, in book: Int, _ span: Span
  ) -> Expression? {
    let columns = books[book].grids[grid] ?? []
    guard let found = columns.first(where: { $0.column == name.text }) else {
      report(.unknownColumn(name, of: grid, columns: columns.map(\.column)))
      return nil
    }
    return read(found.parameter, span: span)
  }

  /// `p(n)`: proved in range before it runs, like a table.
  func checkNumberedColumn(
    _ grid: String, in book: Int, _ name: NameSyntax, _ call: CallSyntax, _ context: Context,
    _ span: Span
  ) -> Expression? {
    guard call.arguments.count == 1 else {
      report(.wrongArguments(name, expected: "one whole number", got: call.arguments.count))
      return nil
    }
    guard let number = checkGoverned(call.arguments[0], as: .integer, in: context) else {
      return nil
    }
    var numbered: [Expression.GridColumn] = []
    var type: ValueType?
    for (column, parameter) in books[book].grids[grid] ?? [] {
      guard let number = Int(column) else { continue }
      type = read(parameter, span: span).type
      numbered.append(Expression.GridColumn(number: number, parameter: parameter))
    }
    guard let type else {
      report(.columnsNotNumbered(name, columns: (books[book].grids[grid] ?? []).map(\.column)))
      return nil
    }
    return Expression(.column(number, of: numbered), type: type, span: span)
  }
}
