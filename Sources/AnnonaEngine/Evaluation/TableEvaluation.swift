import AnnonaLanguage
import AnnonaValues

/// Decision tables: which rows can apply, and what follows. Proofs made before are not relied on.
extension Evaluator {
  func value(of table: Table, _ output: Int, _ scope: Scope) -> State {
    let matching = match(table, scope)
    if let error = matching.error { return .error(error) }
    func value(_ row: Int) -> State {
      let row = table.rows[row]
      if row.isImpossible { return .error([fault(.impossibleRow, scope, row.span)]) }
      guard output < row.outputs.count else { return .error([]) }
      return evaluate(row.outputs[output], scope)
    }
    switch table.hit {
    case .unique, .first:
      return .merge(
        matching.winners.map(value) + matching.failures.map { .error([$0]) },
        waits: matching.waits, mayFail: matching.mayFail)
    case .collect, .sum, .min, .max, .count:
      let shape = ListShape(
        matching.possible.compactMap { row, isCertain in
          let state = table.hit == .count ? .known(.boolean(true)) : value(row)
          return element(state, isCertain: isCertain, matching)
        })
      let errors = matching.possible.filter { $0.isCertain }.map { value($0.row) }.filter(\.isError)
      if table.hit != .count, !errors.isEmpty { return .error(.union(errors.map(\.faults))) }
      return collected(shape, table, matching, scope)
    }
  }

  private func element(
    _ state: State, isCertain: Bool, _ matching: TableMatch
  ) -> ListShape.Element? {
    if state.isError, !isCertain { return nil }
    return ListShape.Element(
      state.domain, waits: state.waits, mayFail: state.faults, isCertain: isCertain,
      presenceWaits: isCertain ? [] : matching.waits)
  }

  private func collected(
    _ shape: ListShape, _ table: Table, _ matching: TableMatch, _ scope: Scope
  ) -> State {
    let possibleErrors = matching.possible.filter { !$0.isCertain }.map { row, _ in
      table.hit == .count || !table.rows[row].isImpossible
        ? State.known(.null) : .error([fault(.impossibleRow, scope, table.rows[row].span)])
    }
    let list = State.settled(
      Domain(.list(shape)), waits: shape.allWaits.union(matching.waits),
      mayFail: .union([shape.allFaults, matching.mayFail] + possibleErrors.map(\.faults)))
    switch table.hit {
    case .sum: return aggregate(.sum, list, fallback: nil, scope, table.span)
    case .count: return aggregate(.count, list, fallback: nil, scope, table.span)
    case .min: return aggregate(.min, list, fallback: nil, scope, table.span, empty: .noRow)
    case .max: return aggregate(.max, list, fallback: nil, scope, table.span, empty: .noRow)
    default: return list
    }
  }
}
