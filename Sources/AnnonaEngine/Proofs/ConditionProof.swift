import AnnonaLanguage
import AnnonaValues

/// Conditions made of comparisons with constants, cut into the parts that these comparisons can tell apart.
///
/// What is compared is a column; its parts stand for all its values. What cannot be taken apart is a column of true and
/// false: whatever holds of every point then still holds, but a point may be one that never occurs.
struct ConditionProof {
  struct Column {
    let words: String
    let subject: Expression
    var bounds: [Value] = []
    var parts: [Value] = []
    /// A condition that was not taken apart, and is no fact either.
    let isOpaque: Bool
  }

  let program: Program
  let evaluator: Evaluator
  let scope: Scope
  private(set) var columns: [Column] = []
  private var positions: [String: Int] = [:]
  /// Set when the columns cannot be cut.
  private(set) var isUndecided = false

  init(_ conditions: [Expression], program: Program, evaluator: Evaluator, scope: Scope) {
    self.program = program
    self.evaluator = evaluator
    self.scope = scope
    for condition in conditions { gather(condition) }
    for index in columns.indices { cut(index) }
  }

  // MARK: - Columns

  private mutating func gather(_ condition: Expression) {
    switch condition.kind {
    case .all(let operands), .any(let operands):
      for operand in operands { gather(operand) }
    case .not(let operand): gather(operand)
    case .constant: break
    case .compare(_, let left, let right):
      if isLaw(right) {
        add(left, comparedWith: [right])
      } else if isLaw(left) {
        add(right, comparedWith: [left])
      } else {
        addWhole(condition)
      }
    case .between(let value, let low, let high) where isLaw(low) && isLaw(high):
      add(value, comparedWith: [low, high])
    case .among(let value, let items) where items.allSatisfy(isComparable):
      add(value, comparedWith: items.flatMap(\.operands))
    default: addWhole(condition)
    }
  }

  private func isComparable(_ item: Expression.Item) -> Bool {
    if case .members = item { return false }
    return item.operands.allSatisfy(isLaw)
  }

  /// Whether an expression says the same for every household.
  private func isLaw(_ expression: Expression) -> Bool {
    var found = true
    expression.forEachNode { node in
      switch node.kind {
      case .constant, .parameter, .arithmetic, .negate, .convert, .least, .greatest, .round: break
      default: found = false
      }
    }
    return found
  }

  private mutating func add(_ subject: Expression, comparedWith bounds: [Expression]) {
    let index = column(of: subject, isOpaque: false)
    for bound in bounds {
      switch evaluator.value(of: bound, in: scope) {
      case .known(let value): if value != .null { columns[index].bounds.append(value) }
      default: isUndecided = true
      }
    }
  }

  private mutating func addWhole(_ condition: Expression) {
    var isFact = false
    if case .fact = condition.kind { isFact = true }
    _ = column(of: condition, isOpaque: !isFact)
  }

  private mutating func column(of subject: Expression, isOpaque: Bool) -> Int {
    let words = program.files[Int(subject.span.file)].text(subject.span)
    let key = words.filter { !$0.isWhitespace }
    if let index = positions[key] { return index }
    positions[key] = columns.count
    columns.append(Column(words: words, subject: subject, isOpaque: isOpaque))
    return columns.count - 1
  }

  private mutating func cut(_ index: Int) {
    let column = columns[index]
    let state = evaluator.value(of: column.subject, in: scope)
    let parts = evaluator.parts(
      of: state.domain, cutAt: column.bounds, type: column.subject.type)
    columns[index].parts = parts.compactMap(\.single)
    if columns[index].parts.count != parts.count || parts.isEmpty { isUndecided = true }
  }

  // MARK: - Points

  /// Visits every point until told to stop; `false` when there are too many.
  func forEachPoint(_ visit: ([Value]) -> Bool) -> Bool {
    var count = 1
    for column in columns {
      let (product, overflow) = count.multipliedReportingOverflow(by: column.parts.count)
      if overflow || product > Evaluator.regionLimit { return false }
      count = product
    }
    for number in 0..<count {
      var rest = number
      var point: [Value] = []
      for column in columns {
        point.append(column.parts[rest % column.parts.count])
        rest /= column.parts.count
      }
      if !visit(point) { break }
    }
    return true
  }

  func holds(_ condition: Expression, at point: [Value]) -> Bool {
    switch condition.kind {
    case .all(let operands): return operands.allSatisfy { holds($0, at: point) }
    case .any(let operands): return operands.contains { holds($0, at: point) }
    case .not(let operand): return !holds(operand, at: point)
    case .constant(let value): return value == .boolean(true)
    case .compare(let comparison, let left, let right):
      guard let one = value(of: left, at: point), let other = value(of: right, at: point) else {
        return whole(condition, at: point)
      }
      return compare(comparison, one, other)
    case .between(let subject, let low, let high):
      guard let middle = value(of: subject, at: point), let least = value(of: low, at: point),
        let greatest = value(of: high, at: point)
      else { return whole(condition, at: point) }
      return compare(.greaterOrEqual, middle, least) && compare(.lessOrEqual, middle, greatest)
    case .among(let subject, let items):
      guard let value = value(of: subject, at: point) else { return whole(condition, at: point) }
      return items.contains { holds($0, of: value, at: point) }
    default: return whole(condition, at: point)
    }
  }

  private func holds(_ item: Expression.Item, of subject: Value, at point: [Value]) -> Bool {
    switch item {
    case .value(let bound):
      return value(of: bound, at: point).map { compare(.equal, subject, $0) } ?? false
    case .range(let low, let high):
      guard let low = value(of: low, at: point), let high = value(of: high, at: point) else {
        return false
      }
      return compare(.greaterOrEqual, subject, low) && compare(.lessOrEqual, subject, high)
    case .members: return false
    }
  }

  private func whole(_ condition: Expression, at point: [Value]) -> Bool {
    position(of: condition).map { point[$0] == .boolean(true) } ?? false
  }

  private func position(of expression: Expression) -> Int? {
    let words = program.files[Int(expression.span.file)].text(expression.span)
    return positions[words.filter { !$0.isWhitespace }]
  }

  private func value(of expression: Expression, at point: [Value]) -> Value? {
    if let position = position(of: expression) { return point[position] }
    return isLaw(expression) ? evaluator.value(of: expression, in: scope).knownValue : nil
  }

  /// `null` equals only itself and stands in no order.
  private func compare(_ comparison: Comparison, _ one: Value, _ other: Value) -> Bool {
    if one == .null || other == .null {
      switch comparison {
      case .equal: return one == other
      case .unequal: return one != other
      default: return false
      }
    }
    return evaluator.compare(comparison, .known(one), .known(other)) == .known(.boolean(true))
  }

  /// `age = 3 years, disabled = true`
  func words(_ point: [Value]) -> String {
    zip(columns, point).map { column, value in
      "\(column.words) = \(program.text(of: value, column.subject.type))"
    }.joined(separator: ", ")
  }
}
