package import AnnonaLanguage
import AnnonaValues

/// Asks whether a part of a rulebook and the same part, changed, say the same for every household.
package enum EquivalenceQuestion: Sendable {
  /// Two comparisons, or two tests `between`, of the same value with figures of the law.
  case tests(Expression, Expression)
  /// An operand of `min` or `max` that is left out.
  case limit(Expression, others: [Expression], isLeast: Bool)
  /// Another way to round these values to the step.
  case rounding([Expression], step: Expression)
  /// The condition of a branch or an exception, taken for granted or ruled out. (A condition that somebody must meet is never asked about: it is a reason that a decision tells, even where it always holds.)
  case always(Expression, Bool)
  /// Rows of the same name have the same outputs.
  case tables(Table, Table)
}

/// Why a change changes nothing.
package struct EquivalenceGround: Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case sameTable = "same table after normalisation"
    case sameBounds = "same bounds"
    case unreachable = "unreachable"
  }

  package let kind: Kind
  /// What was found, in words: `` `income / 2` is never `100.005` ``.
  package let words: String

  package init(_ kind: Kind, _ words: String) {
    self.kind = kind
    self.words = words
  }
}

/// Proves equivalence by the same ranges that prove tables: what is possible when no fact is known, on each epoch of the figures.
///
/// What it cannot decide it does not call equivalent.
package struct EquivalenceProof {
  /// Where the part stands.
  package struct Place: Sendable {
    package let rule: RuleID?
    /// Whose `this` it is read with.
    package let entity: EntityID
    /// What a function's arguments may be.
    package let arguments: [ValueType]
    /// The days on which it can be read at all.
    package let days: Clock.Days

    package init(rule: RuleID?, entity: EntityID, arguments: [ValueType] = [], days: Clock.Days) {
      self.rule = rule
      self.entity = entity
      self.arguments = arguments
      self.days = days
    }
  }

  private let program: Program
  private let empty: Case
  private static let mostPoints = 50_000

  package init(_ program: Program) {
    self.program = program
    empty = .empty(of: program)
  }

  /// `nil` where no proof was found.
  package func ground(_ question: EquivalenceQuestion, _ place: Place) -> EquivalenceGround? {
    switch question {
    case .tests(let old, let new):
      guard isClosed(old, place), isClosed(new, place) else { return nil }
      return everywhere(place, [old, new]) { sameTest(old, new, $0, $1) }
        ? EquivalenceGround(.sameBounds, "no value lies between `\(text(old))` and the other")
        : nil
    case .limit(let dropped, let others, let isLeast):
      guard isClosed(dropped, place), others.allSatisfy({ isClosed($0, place) }) else { return nil }
      let isNeeded = !everywhere(place, [dropped] + others) {
        isNeverTheResult(dropped, others, isLeast, $0, $1)
      }
      let words = "`\(text(dropped))` is never the \(isLeast ? "least" : "greatest")"
      return isNeeded ? nil : EquivalenceGround(.sameBounds, words)
    case .rounding(let values, let step):
      guard !values.isEmpty, values.allSatisfy({ isClosed($0, place) }) else { return nil }
      let isMultiple = everywhere(place, values + [step]) { evaluator, scope in
        guard let step = evaluator.value(of: step, in: scope).knownValue?.number else {
          return false
        }
        return values.allSatisfy {
          evaluator.value(of: $0, in: scope).domain.numbers?.isMultiple(of: step) ?? false
        }
      }
      let words = "the value is a multiple of `\(text(step))` already"
      return isMultiple ? EquivalenceGround(.sameBounds, words) : nil
    case .always(let condition, let value):
      guard isClosed(condition, place) else { return nil }
      let isSettled = everywhere(place, [condition]) { evaluator, scope in
        evaluator.value(of: condition, in: scope) == .known(.boolean(value))
      }
      let words = "`\(text(condition))` is always \(value)"
      return isSettled ? EquivalenceGround(.unreachable, words) : nil
    case .tables(let old, let new):
      let bounds = (old.rows + new.rows).flatMap(\.cells).flatMap(\.tests).flatMap(\.bounds)
      return everywhere(place, bounds) { sameTable(old, new, $0, $1) }
        ? EquivalenceGround(.sameTable, "every input finds the same row") : nil
    }
  }

  private func text(_ expression: Expression) -> String {
    guard program.files.indices.contains(Int(expression.span.file)) else { return "" }
    return program.files[Int(expression.span.file)].text(expression.span)
  }

  /// A loop's variable is known to its loop alone.
  private func isClosed(_ expression: Expression, _ place: Place) -> Bool {
    var isClosed = true
    expression.forEachNode { node in
      switch node.kind {
      case .local(let slot): if slot >= place.arguments.count { isClosed = false }
      case .base: isClosed = false
      default: break
      }
    }
    return isClosed
  }

  /// Whether it holds on each epoch of the figures that the expressions read.
  private func everywhere(
    _ place: Place, _ expressions: [Expression], _ holds: (Evaluator, Scope) -> Bool
  ) -> Bool {
    var parameters: Set<ParameterID> = []
    for expression in expressions {
      expression.forEachNode { if case .parameter(let id) = $0.kind { parameters.insert(id) } }
    }
    let within = InForce(from: place.days.first, through: place.days.last)
    return program.epochs(of: parameters, within: within).allSatisfy { days in
      let evaluator = Evaluator(program, empty, during: days)
      var scope = Scope(
        rule: place.rule, instance: evaluator.anyone(place.entity), clock: Clock(days))
      for (slot, type) in place.arguments.enumerated() {
        scope = scope.binding(slot, to: .settled(evaluator.domain(of: type), waits: []))
      }
      return holds(evaluator, scope)
    }
  }

  // MARK: - Tests

  /// Both are made of the same value, and figures: cut at the figures, they agree in every part.
  private func sameTest(
    _ old: Expression, _ new: Expression, _ evaluator: Evaluator, _ scope: Scope
  ) -> Bool {
    guard let one = Test(old), let other = Test(new), one.bounds.count == other.bounds.count else {
      return false
    }
    if case .compare(_, let left, let right) = old.kind, !one.isFigure(right), !one.isFigure(left) {
      // Two values of a household: they may not be equal, if that is where the two differ.
      guard case .compare(let before, _, _) = old.kind, case .compare(let after, _, _) = new.kind,
        before.differsOnlyWhereEqual(from: after)
      else { return false }
      let equal = evaluator.compare(
        .equal, evaluator.value(of: left, in: scope), evaluator.value(of: right, in: scope))
      return equal == .known(.boolean(false))
    }
    let state = evaluator.value(of: one.subject, in: scope)
    if state.isError { return true }
    let limits = (one.bounds + other.bounds).map { evaluator.value(of: $0.bound, in: scope) }
    if limits.contains(where: \.isError) { return limits.allSatisfy(\.isError) }
    let values = limits.compactMap(\.knownValue)
    guard values.count == limits.count else { return false }
    let parts = evaluator.parts(of: state.domain, cutAt: values, type: one.subject.type)
    return parts.allSatisfy { part in
      guard let value = part.single, value != .null else { return false }
      func truth(_ test: Test, _ limits: ArraySlice<Value>) -> Bool {
        zip(test.bounds, limits).allSatisfy { bound, limit in
          evaluator.compare(bound.comparison, .known(value), .known(limit))
            == .known(.boolean(true))
        }
      }
      return truth(one, values.prefix(one.bounds.count))
        == truth(other, values.suffix(other.bounds.count))
    }
  }

  /// A test as its subject and the bounds that must all hold.
  private struct Test {
    let subject: Expression
    let bounds: [(comparison: Comparison, bound: Expression)]

    init?(_ expression: Expression) {
      switch expression.kind {
      case .compare(let comparison, let left, let right):
        if Self.isFigure(right) {
          subject = left
          bounds = [(comparison, right)]
        } else {
          subject = right
          bounds = [(comparison.turned, left)]
        }
      case .between(let value, let low, let high):
        guard Self.isFigure(low), Self.isFigure(high) else { return nil }
        subject = value
        bounds = [(.greaterOrEqual, low), (.lessOrEqual, high)]
      default: return nil
      }
    }

    func isFigure(_ expression: Expression) -> Bool { Self.isFigure(expression) }

    /// Whether it says the same for every household.
    static func isFigure(_ expression: Expression) -> Bool {
      var isFigure = true
      expression.forEachNode { node in
        switch node.kind {
        case .constant, .parameter, .arithmetic, .negate, .convert, .least, .greatest, .round: break
        default: isFigure = false
        }
      }
      return isFigure
    }
  }

  /// Another operand is always at least as near the end, so that this one is never needed.
  private func isNeverTheResult(
    _ dropped: Expression, _ others: [Expression], _ isLeast: Bool, _ evaluator: Evaluator,
    _ scope: Scope
  ) -> Bool {
    let state = evaluator.value(of: dropped, in: scope)
    guard !state.isError, state.faults.isEmpty else { return false }
    return others.contains { other in
      let there = evaluator.value(of: other, in: scope)
      // Were both open, the facts that this one waits for would be asked for no more.
      guard state.knownValue != nil || there.knownValue != nil else { return false }
      let test = evaluator.compare(isLeast ? .lessOrEqual : .greaterOrEqual, there, state)
      return !there.isError && test.truth.known == true
    }
  }

  // MARK: - Tables

  /// Both are cut at all bounds of both: in every part they find the same rows.
  private func sameTable(
    _ old: Table, _ new: Table, _ evaluator: Evaluator, _ scope: Scope
  ) -> Bool {
    guard old.columnsRead == new.columnsRead else { return false }
    let joint = Table(
      hit: old.hit, inputs: old.inputs, outputs: old.outputs,
      rows: (old.rows + new.rows).filter { !$0.isOtherwise }, span: old.span)
    for bound in joint.rows.flatMap(\.cells).flatMap(\.tests).flatMap(\.bounds) {
      switch evaluator.value(of: bound, in: scope) {
      case .known: continue
      case .open, .error: return false
      }
    }
    var columns: [[Value]] = []
    for (index, input) in joint.inputs.enumerated() {
      let state = evaluator.value(of: input, in: scope)
      if state.isError { return true }
      let parts = evaluator.parts(
        of: state.domain, index, Array(joint.rows.indices), joint, scope)
      let values = parts.compactMap(\.single)
      guard values.count == parts.count, !values.isEmpty else { return false }
      columns.append(values)
    }
    let (one, other) = (
      Drawn(old, columns, evaluator, scope), Drawn(new, columns, evaluator, scope)
    )
    var count = 1
    for column in columns {
      count *= column.count
      guard count <= Self.mostPoints else { return false }
    }
    var point = [Int](repeating: 0, count: columns.count)
    for number in 0..<count {
      var rest = number
      for (index, column) in columns.enumerated() {
        point[index] = rest % column.count
        rest /= column.count
      }
      if one.result(at: point) != other.result(at: point) { return false }
    }
    return true
  }

  /// A table by the parts of each column that its rows accept.
  private struct Drawn {
    let hit: HitPolicy
    var rows: [(name: String, parts: [RowSet])] = []
    let otherwise: String?

    init(_ table: Table, _ columns: [[Value]], _ evaluator: Evaluator, _ scope: Scope) {
      hit = table.hit
      otherwise = table.rows.first(where: \.isOtherwise)?.name
      for row in table.rows where !row.isOtherwise {
        var parts: [RowSet] = []
        for (cell, values) in zip(row.cells, columns) {
          var accepted = RowSet(count: values.count, filled: cell.tests.isEmpty)
          for (part, value) in values.enumerated()
          where !cell.tests.isEmpty
            && evaluator.value(of: cell, .known(value), scope) == .known(.boolean(true))
          {
            accepted.insert(part)
          }
          parts.append(accepted)
        }
        rows.append((row.name, parts))
      }
    }

    /// The rows that apply; what several of them mean, the table's `hit` says.
    func result(at point: [Int]) -> [String] {
      var found: [String] = []
      for row in rows where zip(row.parts, point).allSatisfy({ $0.contains($1) }) {
        found.append(row.name)
        if hit == .first { break }
      }
      return found.isEmpty ? [otherwise].compactMap { $0 } : found
    }
  }
}

extension Table {
  /// A column that every row leaves open is never read.
  fileprivate var columnsRead: [Bool] {
    inputs.indices.map { column in
      rows.contains { !$0.isOtherwise && !$0.cells[column].tests.isEmpty }
    }
  }
}

extension Comparison {
  /// The same with its sides exchanged.
  fileprivate var turned: Comparison {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .unequal: self
    }
  }

  /// `<` and `<=`, or `>` and `>=`.
  fileprivate func differsOnlyWhereEqual(from other: Comparison) -> Bool {
    switch (self, other) {
    case (.less, .lessOrEqual), (.lessOrEqual, .less), (.greater, .greaterOrEqual),
      (.greaterOrEqual, .greater):
      true
    default: false
    }
  }
}
