import AnnonaValues

/// Parameters: their types, and timelines without a hole, an overlap or a silent end.
extension Checker {
  func declareParameters(_ book: Int) {
    for syntax in rulebooks[book].syntax.parameters {
      let type = resolve(syntax.type, anonymous: syntax.name.text, in: book)
      if books[book].parameters[syntax.name.text] != nil { continue }
      if let grid = syntax.grid {
        if let type { declareGrid(grid, syntax, type, in: book) }
        continue
      }
      if let (column, _) = syntax.columnTitles.first {
        report(.unknownColumn(column, of: syntax.name.text, columns: []))
      }
      let id = ParameterID(program.parameters.count)
      books[book].parameters[syntax.name.text] = id
      var parameter = Parameter(
        name: syntax.name.text, type: type ?? .number, span: syntax.name.span,
        rulebook: book)
      parameter.title = text(syntax.title, in: book)
      parameter.citations = citations(syntax.citations, in: book)
      if type == nil { untypedParameters.insert(id) }
      // A figure that names a parameter, even its own, is told that it must be constant.
      program.parameters.append(parameter)
      if let type { program.parameters[id].entries = timeline(of: syntax, type, in: book) }
    }
  }

  func timeline(
    of syntax: ParameterSyntax, _ type: ValueType, in book: Int
  ) -> [Parameter.Entry] {
    guard !syntax.entries.isEmpty else {
      report(.parameterWithoutValues(syntax.name))
      return []
    }
    var entries: [Parameter.Entry] = []
    for (index, entry) in syntax.entries.enumerated() {
      let next = index + 1 < syntax.entries.count ? syntax.entries[index + 1] : nil
      if let next, next.from.date <= entry.from.date {
        report(.datesOutOfOrder(next.from, after: entry.from))
      }
      guard let figure = figure(entry, type, in: book) else { continue }
      entries.append(
        Parameter.Entry(
          from: entry.from.date, through: end(of: entry, next: next, in: syntax), figure: figure,
          citations: citations(entry.citations, in: book), span: entry.span))
    }
    return entries
  }

  private func end(
    of entry: ParameterSyntax.Entry, next: ParameterSyntax.Entry?, in syntax: ParameterSyntax
  ) -> CalendarDate? {
    let before = next.flatMap { try? $0.from.date.adding(days: -1) }
    if let through = entry.through {
      if through.date < entry.from.date { report(.endsBeforeItStarts(through, from: entry.from)) }
      if let before, through.date > before {
        report(.valuesOverlap(through, next: next?.from ?? entry.from))
      }
      return through.date
    }
    if let before { return before }
    if let through = syntax.through {
      if through.date < entry.from.date { report(.endsBeforeItStarts(through, from: entry.from)) }
      return through.date
    }
    if !syntax.untilFurtherNotice { report(.endOfValuesUnsaid(entry.from, syntax.name)) }
    return nil
  }

  private func figure(
    _ entry: ParameterSyntax.Entry, _ type: ValueType, in book: Int
  ) -> Parameter.Figure? {
    switch entry.value {
    case .value(let expression):
      return governedConstant(expression, type, in: book).map { .value($0) }
    case .unverified(let why, let between):
      let why = text(why, in: book)
      guard let between else { return .unverified(why: why, between: nil) }
      guard case .number(let low)? = governedConstant(between.0, type, in: book) else {
        return nil
      }
      guard let upper = between.1 else { return .unverified(why: why, between: (low, nil)) }
      guard case .number(let high)? = governedConstant(upper, type, in: book) else { return nil }
      if low > high {
        report(.limitsReversed(at: upper.span))
        return nil
      }
      return .unverified(why: why, between: (low, high))
    }
  }
}
