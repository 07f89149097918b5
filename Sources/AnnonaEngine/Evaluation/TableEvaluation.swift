import AnnonaLanguage
import AnnonaValues

/// Decision tables: which rows can apply, and what follows. Proofs made before are not relied on.
extension Evaluator {
  func value(of table: Table, _ output: Int, _ scope: Scope) -> State {
    let matching = match(table, scope)
    note(matching, of: table)
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
      let rows = matching.possible.map { row, isCertain in
        (state: table.hit == .count ? .known(.boolean(true)) : value(row), isCertain: isCertain)
      }
      return collected(rows, table, matching, scope)
    }
  }

  /// What all rows that apply come to together; one that only may apply and fails makes the whole fail if it does.
  private func collected(
    _ rows: [(state: State, isCertain: Bool)], _ table: Table, _ matching: TableMatch,
    _ scope: Scope
  ) -> State {
    let errors = rows.filter(\.state.isError)
    if errors.contains(where: \.isCertain) {
      return .error(.union(errors.filter(\.isCertain).map(\.state.faults)))
    }
    let shape = ListShape(
      rows.filter { !$0.state.isError }.map { state, isCertain in
        ListShape.Element(
          state.domain, waits: state.waits, mayFail: state.faults, isCertain: isCertain,
          presenceWaits: isCertain ? [] : matching.waits)
      })
    let list = State.settled(
      Domain(.list(shape)), waits: shape.allWaits.union(matching.waits),
      mayFail: .union([shape.allFaults, matching.mayFail] + errors.map(\.state.faults)))
    switch table.hit {
    case .sum: return aggregate(.sum, list, fallback: nil, scope, table.span)
    case .count: return aggregate(.count, list, fallback: nil, scope, table.span)
    case .min: return aggregate(.min, list, fallback: nil, scope, table.span, empty: .noRow)
    case .max: return aggregate(.max, list, fallback: nil, scope, table.span, empty: .noRow)
    default: return list
    }
  }
}
