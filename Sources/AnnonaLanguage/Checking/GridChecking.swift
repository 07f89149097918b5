import AnnonaValues

/// Parameters drawn as a grid: a row for each date, a column for each name or number.
extension Checker {
  func declareGrid(
    _ grid: GridSyntax, _ syntax: ParameterSyntax, _ type: ValueType, in book: Int
  ) {
    if books[book].grids[syntax.name.text] != nil { return }
    let sources = grid.columns.firstIndex { $0.text == "cites" }
    guard grid.columns.first?.text == "from", grid.columns.count > (sources == nil ? 1 : 2) else {
      report(.gridColumns(at: grid.span))
      books[book].broken.insert(syntax.name.text)
      return
    }
    let dates = grid.rows.map { row in row.first.flatMap { date(in: $0) } }
    var columns: [(column: String, parameter: ParameterID)] = []
    for (index, column) in grid.columns.enumerated().dropFirst() where index != sources {
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
        name: "\(syntax.name.text).\(column.text)", type: type, span: syntax.name.span,
        rulebook: book)
      let own = syntax.columnTitles.first { $0.column.text == column.text }
      parameter.title = text(own?.title ?? syntax.title, in: book)
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
    let names = columns.map(\.column)
    for (name, _) in syntax.columnTitles where !names.contains(name.text) {
      report(.unknownColumn(name, of: syntax.name.text, columns: names))
    }
  }

  private func date(in cell: NameSyntax) -> DateSyntax? {
    guard let date = CalendarDate(text: cell.text) else {
      report(.notADate(cell))
      return nil
    }
    return DateSyntax(date, span: cell.span)
  }

  private func value(of cell: NameSyntax) -> ParameterSyntax.Value? {
    if let figure = unverified(cell) { return figure }
    let (expression, problems) = parseExpression(cell)
    for problem in problems { report(problem) }
    return expression.map { .value($0) }
  }

  /// `unverified`, `unverified: why` or `unverified between 21.80 and 24.00: why`
  private func unverified(_ cell: NameSyntax) -> ParameterSyntax.Value? {
    let word = "unverified"
    guard cell.text.hasPrefix(word) else { return nil }
    let parts = cell.text.dropFirst(word.count).split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let why = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
    let text = TextSyntax(
      variants: why.isEmpty ? [] : [.init(language: nil, text: why, span: cell.span)])
    let words = parts[0].split(separator: " ")
    if words.isEmpty { return .unverified(why: text, between: nil) }
    guard words.count == 4, words[0] == "between", words[2] == "and",
      let low = bound(words[1], in: cell), let high = bound(words[3], in: cell)
    else { return nil }
    return .unverified(why: text, between: (low, high))
  }

  private func bound(_ word: Substring, in cell: NameSyntax) -> ExpressionSyntax? {
    let start = cell.span.start + Int32(cell.text[..<word.startIndex].utf8.count)
    let span = Span(file: cell.span.file, start: start, end: start + Int32(word.utf8.count))
    return parseExpression(NameSyntax(String(word), span: span)).0
  }

  /// `ias.rates` before a column of an imported grid.
  func importedGrid(
    _ owner: ExpressionSyntax, in context: Context
  ) -> (name: String, book: Int)? {
    guard case .member(let prefix, let name) = owner.kind, case .name(let text) = prefix.kind,
      let book = rulebooks[context.book].imports[text], books[book].grids[name.text] != nil
    else { return nil }
    noteImport(text, in: context.book)
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
    usedParameters.insert(found.parameter)
    return read(found.parameter, span: span)
  }

  /// `p(n)`: proved in range before it runs, like a table.
  func checkNumberedColumn(
    _ grid: String, in book: Int, _ name: NameSyntax, _ call: CallSyntax, _ context: Context,
    _ span: Span
  ) -> Expression? {
    guard call.arguments.count == 1 else {
      report(
        .wrongArguments(
          name, expected: "one whole number", got: call.arguments.count,
          usage: "\(name.text)(size)"))
      return nil
    }
    guard let number = checkGoverned(call.arguments[0], as: .integer, in: context) else {
      return nil
    }
    var numbered: [Expression.GridColumn] = []
    var type: ValueType?
    for (column, parameter) in books[book].grids[grid] ?? [] {
      guard let number = Int(column) else { continue }
      usedParameters.insert(parameter)
      type = program.parameters[parameter].type
      numbered.append(Expression.GridColumn(number: number, parameter: parameter))
    }
    guard let type else {
      report(.columnsNotNumbered(name, columns: (books[book].grids[grid] ?? []).map(\.column)))
      return nil
    }
    return Expression(.column(number, of: numbered), type: type, span: span)
  }
}
