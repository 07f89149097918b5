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

  /// The rules and the entries of parameters that were read at all, for a result or only for its reasons: no other can matter.
  package private(set) var touchedRules: Set<RuleID> = []
  package private(set) var touchedPeriods: [ParameterID: Set<CalendarDate>] = [:]

  /// Comparisons of completed years or months, by their place.
  private var countsTime: [Span: Bool] = [:]

  /// While it is above 0, something is looked at that decides nothing.
  var pauses = 0
  var isNoting: Bool { pauses == 0 }

  package init() {}

  /// Notes only what is read, not what decides; for those who look for what can matter.
  package static func touches() -> Exercise {
    let exercise = Exercise()
    exercise.pauses = 1
    return exercise
  }

  func touch(_ rule: RuleID) { touchedRules.insert(rule) }

  func touch(_ parameter: ParameterID, from date: CalendarDate) {
    touchedPeriods[parameter, default: []].insert(date)
  }

  fileprivate func countsTime(at place: Span, _ find: () -> Bool) -> Bool {
    if let known = countsTime[place] { return known }
    let found = find()
    countsTime[place] = found
    return found
  }

  /// Counts what another has noted as noted here too.
  package func add(_ other: Exercise) {
    touchedRules.formUnion(other.touchedRules)
    touchedPeriods.merge(other.touchedPeriods) { $0.union($1) }
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
  ///
  /// - Parameter isSharp: whether no other value lies between, where the values alone do not tell.
  func note(
    _ value: Value, against bound: Value, holds: Bool, isSharp: Bool = true, at place: Span
  ) {
    guard var distance = Self.distance(value, bound) else { return }
    if !isSharp { distance = (try? distance + .one) ?? distance }
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

  func note(
    _ comparison: Comparison, _ subject: Expression, _ left: State, _ limit: Expression,
    _ right: State, _ scope: Scope, at place: Span
  ) {
    guard let noting, comparison != .equal, comparison != .unequal,
      let value = left.knownValue, let bound = right.knownValue
    else { return }
    guard let holds = truth(comparison, Domain(value), Domain(bound)).known else { return }
    let counts = noting.countsTime(at: place) {
      program.countsCompletedTime(subject) || program.countsCompletedTime(limit)
    }
    let isSharp = !counts || turnsNextDay(comparison, subject, limit, holds, scope)
    noting.note(value, against: bound, holds: holds, isSharp: isSharp, at: place)
  }

  /// Whether a comparison comes out otherwise a day later or earlier: completed years stay the same for a year, so that only the day tells how near the bound is.
  private func turnsNextDay(
    _ comparison: Comparison, _ subject: Expression, _ limit: Expression, _ holds: Bool,
    _ scope: Scope
  ) -> Bool {
    guard let today = scope.clock.today.only else { return false }
    return [1, -1].contains { days in
      guard let day = try? today.adding(days: days) else { return false }
      var then = scope
      then.clock.today = Clock.Days(day)
      let (one, other) = unnoted { (evaluate(subject, then), evaluate(limit, then)) }
      guard let value = one.knownValue, let bound = other.knownValue else { return false }
      return truth(comparison, Domain(value), Domain(bound)).known == !holds
    }
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
    guard noting != nil else { return }
    let yes = State.known(.boolean(true))
    for position in rows.indices {
      let row = table.rows[rows[position]]
      for index in columns.indices {
        let others = columns.indices.filter { $0 != index }
        guard others.allSatisfy({ columns[$0].cells[position] == yes }),
          let value = columns[index].state.knownValue
        else { continue }
        for test in row.cells[index].tests { note(value, table.inputs[index], test, scope) }
      }
      let isTaken = columns.allSatisfy { $0.cells[position] == yes }
      if table.hit == .first, isTaken { return }
    }
  }

  private func note(_ value: Value, _ input: Expression, _ test: Cell.Test, _ scope: Scope) {
    let state = State.known(value)
    switch test {
    case .null: break
    case .compare(let comparison, let bound):
      let limit = unnoted { evaluate(bound, scope) }
      note(comparison, input, state, bound, limit, scope, at: bound.span)
    case .range(let low, let includesLow, let high, let includesHigh):
      let floor = unnoted { evaluate(low, scope) }
      let ceiling = unnoted { evaluate(high, scope) }
      let (above, below) = (
        includesLow ? Comparison.greaterOrEqual : .greater,
        includesHigh ? Comparison.lessOrEqual : .less
      )
      note(above, input, state, low, floor, scope, at: low.span)
      note(below, input, state, high, ceiling, scope, at: high.span)
    }
  }
}

extension Program {
  /// Whether an expression counts the completed years or months up to `today`, itself or by a rule that says nothing else.
  ///
  /// - Parameter depth: how many rules may stand between.
  package func countsCompletedTime(_ expression: Expression, depth: Int = 8) -> Bool {
    guard depth > 0 else { return false }
    return switch expression.kind {
    case .call(.age, _, _): true
    case .call(.yearsBetween, let dates, _), .call(.monthsBetween, let dates, _):
      dates.contains { date in
        if case .today = date.kind { return true }
        return false
      }
    case .convert(let value, _): countsCompletedTime(value, depth: depth - 1)
    case .rule(let id, _, _):
      rules[id].exceptions.isEmpty
        && rules[id].versions.contains { version in
          guard case .value(let value)? = version.body else { return false }
          return countsCompletedTime(value, depth: depth - 1)
        }
    default: false
    }
  }
}
