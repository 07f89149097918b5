public import AnnonaLanguage
public import AnnonaValues

/// Something open that a value waits for.
public enum Wait: Sendable, Hashable {
  /// A fact of an instance; for one that varies by month or year, the first day of the period that is missing.
  case fact(Int32, FactID, period: CalendarDate?)
  /// Who the members of a place are.
  case members(Int32, PlaceID)
  /// A figure that nobody could confirm, as of a date.
  case parameter(ParameterID, from: CalendarDate)
}

extension Wait: Comparable {
  public static func < (one: Wait, other: Wait) -> Bool {
    switch (one, other) {
    case (.fact(let a, let f, let p), .fact(let b, let g, let q)):
      if a != b { return a < b }
      if f != g { return f < g }
      guard let p else { return q != nil }
      return q.map { p < $0 } ?? false
    case (.members(let a, let p), .members(let b, let q)):
      return a == b ? p < q : a < b
    case (.parameter(let p, let a), .parameter(let q, let b)):
      return p == q ? a < b : p < q
    default: return one.kind < other.kind
    }
  }

  private var kind: Int {
    switch self {
    case .members: 0
    case .fact: 1
    case .parameter: 2
    }
  }
}

public typealias Waits = SortedSet<Wait>
