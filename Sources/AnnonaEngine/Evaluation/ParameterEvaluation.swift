import AnnonaLanguage
import AnnonaValues

/// The law's figures as of a date, or all that held on a range of days.
extension Evaluator {
  func value(of id: ParameterID, _ scope: Scope, _ span: Span) -> State {
    let parameter = program.parameters[id]
    let law = scope.clock.law
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
      next = covered.last.next
    }
    if let next, next <= law.last { gap(next) }
    return .merge(candidates, waits: [], mayFail: [])
  }

  private func value(of entry: Parameter.Entry, _ id: ParameterID, _ parameter: Parameter) -> State
  {
    switch entry.figure {
    case .value(let value): return .known(value)
    case .unverified(_, let between):
      let domain = domain(
        of: parameter.type, from: between.map { .number($0.0) },
        through: between.map { .number($0.1) })
      return .settled(domain, waits: [.parameter(id, from: entry.from)])
    }
  }
}
