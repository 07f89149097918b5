import AnnonaLanguage
import AnnonaValues

/// Lists whose elements may each be a function of the fact; which of them there are, and their order, is the same for all values of a stretch.
extension PieceReader {
  func elements(_ expression: Expression, _ scope: PieceScope) throws(Undecided) -> [Reading] {
    guard let elements = try read(expression, scope).elements else {
      throw .notLinear(scope.place)
    }
    return elements
  }

  func readList(_ expression: Expression, _ scope: PieceScope) throws(Undecided) -> Reading {
    switch expression.kind {
    case .map(let slot, let list, let body):
      var mapped: [Reading] = []
      for element in try elements(list, scope) {
        mapped.append(try read(body, scope.binding(slot, to: element)))
      }
      return .list(mapped)
    case .filter(let slot, let list, let condition):
      var kept: [Reading] = []
      for element in try elements(list, scope)
      where try truth(condition, scope.binding(slot, to: element)) { kept.append(element) }
      return .list(kept)
    case .sort(let slot, let list, let key):
      return try sorted(elements(list, scope), by: key, slot, scope)
    case .concatenate(let lists):
      var joined: [Reading] = []
      for list in lists { joined += try elements(list, scope) }
      return .list(joined)
    case .position(let element, let list):
      let wanted = try read(element, scope)
      for (index, other) in try elements(list, scope).enumerated()
      where try compare(.equal, wanted, other, scope) {
        return .value(.number(Number(index + 1)))
      }
      throw fault(.notInList, scope, expression.span)
    case .aggregate(let aggregate, let list, let fallback):
      let elements = try elements(list, scope)
      if let found = try self.aggregate(aggregate, elements, scope, expression.span) {
        return found
      }
      guard let fallback else { throw fault(.emptyList, scope, expression.span) }
      return try read(fallback, scope)
    case .series(let body, let period, let variation):
      return try series(body, over: period, variation, scope, expression.span)
    default: throw .notLinear(scope.place)
    }
  }

  /// `nil` of an empty list, for what has no value there.
  func aggregate(
    _ aggregate: Expression.Aggregate, _ elements: [Reading], _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Reading? {
    switch aggregate {
    case .count: return .value(.number(Number(elements.count)))
    case .sum: return try sum(elements, scope, span).reading
    case .distinct: return .list(try distinct(elements, scope))
    case .first: return elements.first
    case .last: return elements.last
    case .mean:
      if elements.isEmpty { return nil }
      let count = Band(SteppedLine(Number(elements.count)))
      return try quotient(sum(elements, scope, span), count, scope, span).reading
    case .min, .max:
      var found: Reading?
      for element in elements {
        guard let best = found else {
          found = element
          continue
        }
        found = try pick(best, element, isGreatest: aggregate == .max, scope, span)
      }
      return found
    }
  }

  private func pick(
    _ one: Reading, _ other: Reading, isGreatest: Bool, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Reading {
    if one.isNumber, other.isNumber {
      return try pick(
        band(one, scope, span), band(other, scope, span), isGreatest: isGreatest, scope, span
      ).reading
    }
    return try compare(.greater, other, one, scope) == isGreatest ? other : one
  }

  private func sum(
    _ elements: [Reading], _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Band {
    var total = Band(SteppedLine(.zero))
    for element in elements {
      total = try sum(total, band(element, scope, span), scope, span)
    }
    return total
  }

  private func distinct(
    _ elements: [Reading], _ scope: PieceScope
  ) throws(Undecided) -> [Reading] {
    var kept: [Reading] = []
    for element in elements {
      var isNew = true
      for other in kept where isNew {
        isNew = try !compare(.equal, element, other, scope)
      }
      if isNew { kept.append(element) }
    }
    return kept
  }

  /// By key, ties in the order given: the order at the stretch's own value, for as long as no two neighbours change places.
  private func sorted(
    _ elements: [Reading], by key: Expression, _ slot: Int, _ scope: PieceScope
  ) throws(Undecided) -> Reading {
    var sorted: [(key: Reading, element: Reading)] = []
    for element in elements {
      let key = try read(key, scope.binding(slot, to: element))
      // Comparing with each neighbour on its way holds the order for the whole stretch.
      var (low, high) = (0, sorted.count)
      while low < high {
        let middle = (low + high) / 2
        if try compare(.less, key, sorted[middle].key, scope) {
          high = middle
        } else {
          low = middle + 1
        }
      }
      sorted.insert((key, element), at: low)
    }
    return .list(sorted.map(\.element))
  }

  private func series(
    _ body: Expression, over period: Expression, _ variation: Variation, _ scope: PieceScope,
    _ span: Span
  ) throws(Undecided) -> Reading {
    guard case .value(.period(let first, let last)) = try read(period, scope) else {
      throw fault(.absent, scope, span)
    }
    guard let dates = Evaluator.dates(from: first, through: last, each: variation) else {
      throw fault(.partialPeriod, scope, period.span)
    }
    guard dates.count <= Evaluator.seriesLimit else { throw fault(.tooLarge, scope, span) }
    var values: [Reading] = []
    var inner = scope
    inner.law = nil
    for date in dates {
      inner.today = date
      values.append(try read(body, inner))
    }
    return .list(values)
  }
}
