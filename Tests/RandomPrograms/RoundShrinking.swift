import AnnonaEngine
import AnnonaLanguage
import AnnonaTesting
import AnnonaValues

/// Makes a round smaller for as long as its evaluators differ.
extension EvaluatorRound {
  /// The smallest round found by taking one thing away at a time.
  package func shrunk(while differs: (EvaluatorRound) -> Bool) -> EvaluatorRound {
    var smallest = self
    while let next = smallest.smaller.first(where: differs) { smallest = next }
    return smallest
  }

  /// Each with one thing less, the largest steps first.
  private var smaller: [EvaluatorRound] {
    var found: [EvaluatorRound] = []
    if cases.count > 1 { found += cases.map { EvaluatorRound(program, [$0]) } }
    for part in [\Benefit.entitled, \Benefit.amount] {
      guard let expression = program.benefits[0][keyPath: part] else { continue }
      for other in [nil] + expression.simpler.map(Optional.some) {
        var changed = program
        changed.benefits[0][keyPath: part] = other
        found.append(EvaluatorRound(changed, cases))
      }
    }
    for index in program.rules.indices.reversed() {
      for rule in program.rules[index].simpler {
        var changed = program
        changed.rules[index] = rule
        found.append(EvaluatorRound(changed, cases))
      }
    }
    for index in cases.indices {
      for facts in cases[index].simpler {
        var changed = cases
        changed[index] = facts
        found.append(EvaluatorRound(program, changed))
      }
    }
    return found
  }
}

extension Expression {
  private var isSimplest: Bool {
    if case .constant(let value) = kind { return value == Self.plainest(type) }
    return false
  }

  private static func plainest(_ type: ValueType) -> Value? {
    switch type {
    case .boolean: .boolean(true)
    case .number: .number(.zero)
    default: nil
    }
  }

  /// A constant or an operand of the same type in place of it or of a part of it.
  fileprivate var simpler: [Expression] {
    if isSimplest { return [] }
    var found: [Expression] = []
    if let value = Self.plainest(type) {
      found.append(Expression(.constant(value), type: type, span: span))
    }
    found += operands.filter { $0.type == type }
    for (index, operand) in operands.enumerated() {
      for other in operand.simpler {
        var changed = operands
        changed[index] = other
        found.append(with(changed))
      }
    }
    return found
  }
}

extension Rule {
  private func with(_ change: (inout Rule) -> Void) -> Rule {
    var changed = self
    change(&changed)
    return changed
  }

  fileprivate var simpler: [Rule] {
    var found: [Rule] = []
    if when != nil { found.append(with { $0.when = nil }) }
    if round != nil { found.append(with { $0.round = nil }) }
    if maximum != nil { found.append(with { $0.maximum = nil }) }
    for index in exceptions.indices { found.append(with { $0.exceptions.remove(at: index) }) }
    for when in when?.simpler ?? [] { found.append(with { $0.when = when }) }
    guard let version = versions.first, let body = version.body else { return found }
    for other in body.simpler(type, span) {
      let version = Version(
        from: version.from, through: version.through, citations: [], body: other,
        round: version.round, span: version.span)
      found.append(with { $0.versions = [version] })
    }
    return found
  }
}

extension Body {
  fileprivate func simpler(_ type: ValueType, _ span: Span) -> [Body] {
    let plain = Expression(
      .constant(type == .boolean ? .boolean(true) : .number(.zero)), type: type, span: span)
    switch self {
    case .value(let expression): return expression.simpler.map { .value($0) }
    case .cases(let branches, let otherwise):
      var found: [Body] = [.value(plain)] + branches.map { .value($0.value) }
      if let otherwise { found += [.value(otherwise), .cases(branches, otherwise: nil)] }
      for (index, branch) in branches.enumerated() {
        func replacing(_ when: Expression, _ value: Expression) -> Body {
          var changed = branches
          changed[index] = CaseBranch(when: when, value: value, citations: [])
          return .cases(changed, otherwise: otherwise)
        }
        if branches.count > 1 {
          var fewer = branches
          fewer.remove(at: index)
          found.append(.cases(fewer, otherwise: otherwise))
        }
        found += branch.when.simpler.map { replacing($0, branch.value) }
        found += branch.value.simpler.map { replacing(branch.when, $0) }
      }
      return found
    case .conditions(let every, let rules):
      let fewer = rules.count < 2 ? [] : rules.map { rule in rules.filter { $0 != rule } }
      return [.value(plain)] + fewer.map { .conditions(every: every, $0) }
    case .table(let table): return [.value(plain)] + table.simpler.map { .table($0) }
    case .scale: return [.value(plain)]
    }
  }
}

extension Table {
  fileprivate var simpler: [Table] {
    func with(_ inputs: [Expression], _ rows: [Row]) -> Table {
      Table(hit: hit, inputs: inputs, outputs: outputs, rows: rows, span: span)
    }
    var found: [Table] = []
    for index in rows.indices where rows.count > 1 {
      var fewer = rows
      fewer.remove(at: index)
      found.append(with(inputs, fewer))
    }
    for (index, input) in inputs.enumerated() {
      for other in input.simpler {
        var changed = inputs
        changed[index] = other
        found.append(with(changed, rows))
      }
    }
    for (index, row) in rows.enumerated() {
      func replacing(_ cells: [Cell], _ outputs: [Expression]) -> Table {
        var changed = rows
        changed[index] = Row(
          name: row.name, cells: cells, outputs: outputs, isOtherwise: row.isOtherwise,
          isImpossible: row.isImpossible, citation: nil, span: row.span)
        return with(inputs, changed)
      }
      for (place, cell) in row.cells.enumerated() {
        for test in cell.tests.indices {
          var tests = cell.tests
          tests.remove(at: test)
          var cells = row.cells
          cells[place] = Cell(tests: tests, span: cell.span)
          found.append(replacing(cells, row.outputs))
        }
      }
      for output in row.outputs.first?.simpler ?? [] {
        found.append(replacing(row.cells, [output]))
      }
    }
    return found
  }
}
