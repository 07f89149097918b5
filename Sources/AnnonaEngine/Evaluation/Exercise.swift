import AnnonaLanguage
import AnnonaValues

/// What evaluating cases has exercised of a program: the ground of coverage. Places in the program are known by their spans.
///
/// Only what is certain counts: a row that may apply, or a comparison with something open, exercises nothing.
package final class Exercise {
  /// How near the values came to a bound on either side of it; `nil` where none was there.
  package struct Sides: Sendable {
    /// Where the comparison holds, and where it does not: the least distance from the bound, 0 for the bound itself.
    package internal(set) var holding: Number?
    package internal(set) var failing: Number?
  }

  package private(set) var outcomes: [BenefitID: Set<Outcome>] = [:]
  /// The versions in force that were read, by their position.
  package private(set) var versions: [RuleID: Set<Int>] = [:]
  /// The rows, branches and operands of `min` and `max` that gave a value.
  package private(set) var chosen: Set<Span> = []
  /// Exceptions, with whether they applied.
  package private(set) var applied: [Span: Set<Bool>] = [:]
  /// For each `all:`, `any:`, `and` and `or`: the truths met, in the order written; `nil` for one that has none.
  package private(set) var conditions: [Span: Set<[Bool?]>] = [:]
  package private(set) var boundaries: [Span: Sides] = [:]
  /// The entries of parameters that were read, by the day they hold from.
  package private(set) var periods: [ParameterID: Set<CalendarDate>] = [:]

  /// While it is above 0, something is looked at that decides nothing.
  var pauses = 0
  var isNoting: Bool { pauses == 0 }

  package init() {}

  /// Counts what another has noted as noted here too.
  package func add(_ other: Exercise) {
    outcomes.merge(other.outcomes) { $0.union($1) }
    versions.merge(other.versions) { $0.union($1) }
    chosen.formUnion(other.chosen)
    applied.merge(other.applied) { $0.union($1) }
    conditions.merge(other.conditions) { $0.union($1) }
    periods.merge(other.periods) { $0.union($1) }
    boundaries.merge(other.boundaries) { one, other in
      Sides(
        holding: [one.holding, other.holding].compactMap { $0 }.min(),
        failing: [one.failing, other.failing].compactMap { $0 }.min())
    }
  }

  package func note(_ outcome: Outcome, of benefit: BenefitID) {
    outcomes[benefit, default: []].insert(outcome)
  }

  func note(version: Int, of rule: RuleID) { versions[rule, default: []].insert(version) }

  func note(chosen place: Span) { chosen.insert(place) }

  func note(_ applied: Bool, of exception: Span) {
    self.applied[exception, default: []].insert(applied)
  }

  func note(_ truths: [Bool?], at place: Span) { conditions[place, default: []].insert(truths) }

  func note(_ parameter: ParameterID, from date: CalendarDate) {
    periods[parameter, default: []].insert(date)
  }

  /// A value and the bound it was compared with, both known.
  func note(_ value: Value, against bound: Value, holds: Bool, at place: Span) {
    guard let distance = Self.distance(value, bound) else { return }
    var sides = boundaries[place] ?? Sides()
    if holds {
      sides.holding = sides.holding.map { min($0, distance) } ?? distance
    } else {
      sides.failing = sides.failing.map { min($0, distance) } ?? distance
    }
    boundaries[place] = sides
  }

  private static func distance(_ value: Value, _ bound: Value) -> Number? {
    switch (value, bound) {
    case (.number(let a), .number(let b)): (try? a - b)?.magnitude
    case (.date(let a), .date(let b)): Number(a.days(since: b)).magnitude
    default: nil
    }
  }
}

/// The places in evaluation where something is exercised.
extension Evaluator {
  var noting: Exercise? {
    guard let exercise, exercise.isNoting, postponed == nil else { return nil }
    return exercise
  }

  /// Looks at something that decides nothing; what is worked out on the way is worked out again where it decides.
  func unnoted<Product>(_ body: () -> Product) -> Product {
    guard let exercise else { return body() }
    let before = (progress, entries: memo.entries.count)
    exercise.pauses += 1
    defer {
      exercise.pauses -= 1
      restore(before.0)
      memo.keep(first: before.entries)
    }
    return body()
  }

  func note(_ comparison: Comparison, _ left: State, _ right: State, at place: Span) {
    guard let noting, comparison != .equal, comparison != .unequal,
      let value = left.knownValue, let bound = right.knownValue
    else { return }
    guard let holds = truth(comparison, Domain(value), Domain(bound)).known else { return }
    noting.note(value, against: bound, holds: holds, at: place)
  }

  /// All operands of an `and` or `or`, also those that were no longer needed.
  func noteConditions(_ place: Span, _ operands: () -> [State]) {
    guard let noting else { return }
    let truths = unnoted { operands().map(\.truth.known) }
    noting.note(truths, at: place)
  }

  /// Which operands of `min` or `max` are the result.
  func note(_ result: State, among operands: [Expression], _ scope: Scope) {
    guard let noting, let value = result.knownValue else { return }
    for operand in operands {
      let state = unnoted { evaluate(operand, scope) }
      if state.knownValue == value { noting.note(chosen: operand.span) }
    }
  }

  func note(_ match: TableMatch, of table: Table) {
    guard let noting, match.error == nil, match.mayFail.isEmpty else { return }
    if match.winners.count == 1, match.failures.isEmpty {
      noting.note(chosen: table.rows[match.winners[0]].span)
    }
    for (row, isCertain) in match.possible where isCertain {
      noting.note(chosen: table.rows[row].span)
    }
  }

  /// A cell's bounds count where all other cells of its row hold, and no earlier row of a `first` table does.
  func note(
    _ table: Table, _ rows: [Int], _ columns: [(state: State, cells: [State])], _ scope: Scope
  ) {
    guard let noting else { return }
    let yes = State.known(.boolean(true))
    for position in rows.indices {
      let row = table.rows[rows[position]]
      for index in columns.indices {
        let others = columns.indices.filter { $0 != index }
        guard others.allSatisfy({ columns[$0].cells[position] == yes }),
          let value = columns[index].state.knownValue
        else { continue }
        for test in row.cells[index].tests { note(value, test, noting, scope) }
      }
      let isTaken = columns.allSatisfy { $0.cells[position] == yes }
      if table.hit == .first, isTaken { return }
    }
  }

  private func note(_ value: Value, _ test: Cell.Test, _ noting: Exercise, _ scope: Scope) {
    let state = State.known(value)
    switch test {
    case .null: break
    case .compare(let comparison, let bound):
      note(comparison, state, unnoted { evaluate(bound, scope) }, at: bound.span)
    case .range(let low, let includesLow, let high, let includesHigh):
      let floor = unnoted { evaluate(low, scope) }
      let ceiling = unnoted { evaluate(high, scope) }
      note(includesLow ? .greaterOrEqual : .greater, state, floor, at: low.span)
      note(includesHigh ? .lessOrEqual : .less, state, ceiling, at: high.span)
    }
  }
}
