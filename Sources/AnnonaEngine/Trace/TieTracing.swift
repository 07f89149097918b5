import AnnonaLanguage
import AnnonaValues

/// Where `first`, `last` or `position` was decided by the order in which the case names its members.
extension Tracer {
  /// The others with the same key as the one that was chosen.
  func ties(of expression: Expression, _ scope: Scope) -> [String] {
    switch expression.kind {
    case .aggregate(.first, let list, _): return ties(in: list, scope) { _ in 0 }
    case .aggregate(.last, let list, _): return ties(in: list, scope) { $0 - 1 }
    case .position(_, let list):
      guard case .known(.number(let place)) = value(expression, scope), let place = place.integer
      else { return [] }
      return ties(in: list, scope) { _ in place - 1 }
    default: return []
    }
  }

  private func ties(
    in list: Expression, _ scope: Scope, at place: (Int) -> Int
  ) -> [String] {
    // A path over a sorted list keeps its order.
    if case .map(_, let inner, _) = list.kind { return ties(in: inner, scope, at: place) }
    guard case .sort(let slot, _, let key) = list.kind,
      let shape = value(list, scope).domain.list, shape.isOrdered, shape.rests.isEmpty
    else { return [] }
    let keys = shape.elements.map { value(key, scope.binding(slot, to: $0.state)).knownValue }
    let chosen = place(keys.count)
    guard keys.indices.contains(chosen), let wanted = keys[chosen] else { return [] }
    return keys.indices.filter { $0 != chosen && keys[$0] == wanted }
      .map { shape.elements[$0].state.domain.instances.first.map(names.name(of:)) ?? "\($0 + 1)" }
  }
}
