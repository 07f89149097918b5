import AnnonaLanguage

extension Expression {
  /// The same expression made of other operands, as many and in the order of `operands`.
  package func with(_ new: [Expression]) -> Expression {
    guard new.count == operands.count, !new.isEmpty else { return self }
    return Expression(kind.with(new), type: type, span: span)
  }
}

extension Expression.Kind {
  fileprivate func with(_ new: [Expression]) -> Expression.Kind {
    switch self {
    case .constant, .today, .enclosing, .local, .parameter, .base: self
    case .fact(let id, _): .fact(id, of: new[0])
    case .rule(let id, _, let output): .rule(id, of: new[0], output: output)
    case .members(let id, _): .members(id, of: new[0])
    case .holder: .holder(of: new[0])
    case .column(_, let columns): .column(new[0], of: columns)
    case .not: .not(new[0])
    case .negate: .negate(new[0])
    case .convert(_, let ratio): .convert(new[0], ratio: ratio)
    case .absolute: .absolute(new[0])
    case .all: .all(new)
    case .any: .any(new)
    case .concatenate: .concatenate(new)
    case .coalesce: .coalesce(new)
    case .least: .least(new)
    case .greatest: .greatest(new)
    case .call(let function, _, let calendar): .call(function, new, calendar)
    case .apply(let function, _): .apply(function, new)
    case .compare(let comparison, _, _): .compare(comparison, new[0], new[1])
    case .arithmetic(let sign, _, _): .arithmetic(sign, new[0], new[1])
    case .daysApart: .daysApart(new[0], new[1])
    case .position: .position(new[0], new[1])
    case .period: .period(new[0], new[1])
    case .quantified(let every, let slot, _, _):
      .quantified(every: every, slot: slot, new[0], new[1])
    case .map(let slot, _, _): .map(slot: slot, new[0], new[1])
    case .filter(let slot, _, _): .filter(slot: slot, new[0], new[1])
    case .sort(let slot, _, _): .sort(slot: slot, new[0], by: new[1])
    case .at: .at(new[0], date: new[1])
    case .under: .under(new[0], date: new[1])
    case .series(_, _, let variation): .series(new[0], over: new[1], variation)
    case .shift(_, _, let kind, let subtract, let overflow):
      .shift(new[0], by: new[1], kind, subtract: subtract, overflow)
    case .between: .between(new[0], low: new[1], high: new[2])
    case .among(_, let items):
      .among(new[0], Expression.Item.rebuilt(items, Array(new.dropFirst())))
    case .conditional: .conditional(new[0], then: new[1], else: new[2])
    case .aggregate(let aggregate, _, let fallback):
      .aggregate(aggregate, new[0], fallback: fallback == nil ? nil : new[1])
    case .round(_, _, let mode): .round(new[0], step: new[1], mode)
    }
  }
}

extension Expression.Item {
  fileprivate static func rebuilt(_ items: [Self], _ new: [Expression]) -> [Self] {
    var rest = new[...]
    return items.map { item in
      switch item {
      case .value: .value(rest.removeFirst())
      case .members: .members(rest.removeFirst())
      case .range: .range(rest.removeFirst(), rest.removeFirst())
      }
    }
  }
}
