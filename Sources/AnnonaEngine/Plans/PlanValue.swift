import AnnonaLanguage
import AnnonaValues

/// What a plan knows of a value: where its parts stand, where it is `null`, and where it is not known or in error.
struct PlanValue: Sendable {
  enum Content: Sendable {
    case truth(PlacedColumn)
    case number(PlanNumber)
    /// Of choices, texts and dates: equal codes are equal values, and dates have the order of their codes.
    case code(PlacedColumn)
    case period(first: PlacedColumn, last: PlacedColumn)
    /// A row that is known by its loop or its rule; `nil` for the case's own.
    case row(Placement.Row?, EntityID)
    /// A member by its place among the household's.
    case member(PlacedColumn, EntityID)
    case list(PlanList)
    case null
  }

  var content: Content { didSet { bounds = nil } }
  /// Where it is `null`.
  var null = PlacedColumn.no { didSet { bounds = nil } }
  /// It is meant where all of these are true; elsewhere it is open or in error, and the columns hold anything.
  var valid: [PlacedColumn] = [] { didSet { bounds = nil } }
  /// What is known of it where it is open; whatever else is changed of the value takes it away.
  var bounds: PlanBounds?

  init(
    _ content: Content, null: PlacedColumn = .no, valid: [PlacedColumn] = [],
    bounds: PlanBounds? = nil
  ) {
    self.content = content
    self.null = null
    self.valid = valid
    self.bounds = bounds
  }

  static let null = PlanValue(.null, null: .yes)

  static func number(_ number: Number) -> PlanValue { PlanValue(.number(.constant(number))) }

  /// Nothing that is known.
  static func unknown(_ content: Content) -> PlanValue { PlanValue(content, valid: [.no]) }
}

/// A number: a column in units of a quantum, over a column that is above 0 where there is one.
struct PlanNumber: Sendable {
  var count: PlacedColumn
  var over: PlacedColumn?
  var quantum: Number

  static func constant(_ number: Number) -> PlanNumber {
    PlanNumber(count: .same(Int64(number.sign)), over: nil, quantum: number.magnitude)
  }

  /// A whole number.
  static func whole(_ column: PlacedColumn) -> PlanNumber {
    PlanNumber(count: column, over: nil, quantum: .one)
  }

  /// The number where it is the same for all.
  var constant: Number? {
    guard over == nil, let count = count.constant else { return nil }
    return try? Number(Int(count)) * quantum
  }
}

/// A list: the members that a loop runs over, as far as they are in it, and what each gives.
struct PlanList: Sendable {
  struct Part: Sendable {
    var axis: Int
    var isIn: PlacedColumn
    var element: PlanValue
    /// What it was sorted by, the last first.
    var order: [PlacedColumn] = []
  }

  var parts: [Part]
}

extension PlanValue.Content {
  /// Every part, renamed or moved.
  func mapping(
    _ change: (PlacedColumn) throws(Unplannable) -> PlacedColumn
  ) throws(Unplannable) -> PlanValue.Content {
    switch self {
    case .truth(let column): return .truth(try change(column))
    case .number(let number):
      var changed = number
      changed.count = try change(number.count)
      if let over = number.over { changed.over = try change(over) }
      return .number(changed)
    case .code(let column): return .code(try change(column))
    case .period(let first, let last):
      return .period(first: try change(first), last: try change(last))
    case .member(let place, let entity): return .member(try change(place), entity)
    case .row, .list: throw Unplannable("a row or a list where a value is needed")
    case .null: return .null
    }
  }
}

extension PlanValue {
  func mapping(
    _ change: (PlacedColumn) throws(Unplannable) -> PlacedColumn
  ) throws(Unplannable) -> PlanValue {
    var columns: [PlacedColumn] = []
    for column in valid { columns.append(try change(column)) }
    return PlanValue(try content.mapping(change), null: try change(null), valid: columns)
  }

  /// Meant only where these are true as well, which goes for its bounds too.
  func valid(also others: [PlacedColumn]) -> PlanValue {
    var result = self
    result.valid = valid.joined(with: others)
    result.bounds = bounds.map {
      PlanBounds(within: $0.within, valid: $0.valid.joined(with: others))
    }
    return result
  }
}

extension [PlacedColumn] {
  /// With the others, each once.
  fileprivate func joined(with others: [PlacedColumn]) -> [PlacedColumn] {
    others.reduce(into: self) { all, other in
      if !other.isYes, !all.contains(other) { all.append(other) }
    }
  }
}
