import AnnonaLanguage
import AnnonaValues

/// The law's figures as of a date, or all that held on a range of days.
extension Evaluator {
  func value(of id: ParameterID, _ scope: Scope, _ span: Span) -> State {
    let law = scope.clock.law
    if let day = law.only, let known = knownFigure(of: id, on: day) { return known }
    let parameter = program.parameters[id]
    var candidates: [State] = []
    var next: CalendarDate? = law.first
    func gap(_ day: CalendarDate) {
      candidates.append(
        .error([fault(.notInForce, scope, span, subject: .parameter(id), on: day)]))
    }
    for entry in parameter.entries {
      guard let covered = law.intersection(from: entry.from, through: entry.through) else {
        continue
      }
      if let next, next < covered.first { gap(next) }
      candidates.append(value(of: entry, id, parameter))
      exercise?.touch(id, from: entry.from)
      if law.only != nil { noting?.note(id, from: entry.from) }
      next = covered.last.next
    }
    if let next, next <= law.last { gap(next) }
    return .merge(candidates, waits: [], mayFail: [])
  }

  /// What the law says on one day, where somebody could confirm it.
  private func knownFigure(of id: ParameterID, on day: CalendarDate) -> State? {
    let entries = program.parameters[id].entries
    for index in entries.indices.reversed() where entries[index].from <= day {
      guard case .value(let value) = entries[index].figure,
        entries[index].through.map({ day <= $0 }) ?? true
      else { return nil }
      exercise?.touch(id, from: entries[index].from)
      noting?.note(id, from: entries[index].from)
      return .known(value)
    }
    return nil
  }

  /// The column of a grid that a number names; a number that none has is a fault.
  func value(
    ofColumn number: State, of columns: [Expression.GridColumn], _ scope: Scope, _ span: Span
  ) -> State {
    guard !number.isError, let range = number.domain.numbers else { return number }
    let possible = columns.filter { range.contains(Number($0.number)) }
    var candidates = possible.map { value(of: $0.parameter, scope, span) }
    let named = NumberRange(possible.map { Number($0.number) })
    if named.map({ !range.isSubset(of: $0) }) ?? true {
      candidates.append(.error([fault(.noColumn, scope, span)]))
    }
    return .merge(candidates, waits: number.waits, mayFail: number.faults)
  }

  /// What nobody could confirm comes in whole coins too, unless its own bounds are finer.
  private func step(of type: ValueType, _ between: (Number, Number?)?) -> Number? {
    guard case .number(let number) = type.present,
      let coin = number.unit.currency.flatMap({ Unit.minorUnit(ofCurrency: $0) })
    else { return nil }
    guard let between else { return coin }
    return between.0.isMultiple(of: coin) && between.1?.isMultiple(of: coin) ?? true ? coin : nil
  }

  private func value(of entry: Parameter.Entry, _ id: ParameterID, _ parameter: Parameter) -> State
  {
    switch entry.figure {
    case .value(let value): return .known(value)
    case .unverified(_, let between):
      let domain = domain(
        of: parameter.type, from: between.map { .number($0.0) },
        through: between?.1.map { .number($0) }, step: step(of: parameter.type, between))
      return .settled(domain, waits: [.parameter(id, from: entry.from)])
    }
  }
}
