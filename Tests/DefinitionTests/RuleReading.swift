/// What a rule comes to: its body, its exceptions, its rounding and its bound.
extension Reading {
  func value(of rule: RuleModel) throws -> Outcome {
    let outcome = try resolved(rule.exceptions, of: rule) { try withoutExceptions(rule) }
    return try bounded(outcome, by: rule.maximum)
  }

  private func withoutExceptions(_ rule: RuleModel) throws -> Outcome {
    guard let when = rule.when else { return try value(of: rule.body) }
    return try chosen(
      value(when), then: { try value(of: rule.body) }, else: { Outcome("does_not_apply") })
  }

  private func rounded(_ outcome: Outcome, by rule: RuleModel) throws -> Outcome {
    guard rule.rounds else { return outcome }
    return try Definition.strict([outcome]) { .success(.number($0[0].fraction.rounded)) }
  }

  /// 13: checked, never clamped.
  private func bounded(_ outcome: Outcome, by maximum: Int?) throws -> Outcome {
    guard let maximum else { return outcome }
    return try Definition.strict([outcome]) { items in
      items[0].fraction <= Fraction(maximum)
        ? .success(items[0]) : .failure(Definition.Fault(code: "out_of_declared_range"))
    }
  }

  // MARK: - Exceptions

  /// 23 to 25a: every way in which the open conditions may turn out.
  private func resolved(
    _ exceptions: [ExceptionModel], of rule: RuleModel, base: @escaping () throws -> Outcome
  ) throws -> Outcome {
    let conditions = try exceptions.map { try condition(of: $0, in: rule) }
    var candidates: [Outcome] = []
    var hasBase = false
    var winners: [Int] = []
    for way in Definition.combinations(conditions.map { ways($0) }) {
      let firing = way.indices.filter { way[$0] == true }
      let setAside = firing.compactMap { exceptions[$0].prevailsOver }
      let standing = way.indices.filter { !setAside.contains(exceptions[$0].name) }
      let failing = standing.filter { way[$0] == nil }
      let left = standing.filter { way[$0] == true }
      if !failing.isEmpty {
        let faults = failing.map { conditions[$0].faults }
        candidates.append(try Outcome([], Definition.union(faults), []))
      } else if left.count > 1 {
        candidates.append(Outcome("conflict"))
      } else if let winner = left.first {
        if !winners.contains(winner) { winners.append(winner) }
      } else {
        hasBase = true
      }
    }
    if hasBase { candidates.append(try rounded(base(), by: rule)) }
    for winner in winners {
      let exception = exceptions[winner]
      candidates.append(
        try resolved(exception.nested, of: rule) {
          var inner = self
          inner.base = try base()
          return try inner.value(exception.value)
        })
    }
    return try Definition.merged(candidates, by: conditions.filter { !$0.isError })
  }

  /// True, false, or `nil` for a condition in error.
  private func ways(_ condition: Outcome) -> [Bool?] {
    if condition.isError { return [nil] }
    return [true, false].filter { condition.canBe($0) }
  }

  private func condition(of exception: ExceptionModel, in rule: RuleModel) throws -> Outcome {
    var operands = [try value(exception.when)]
    if exception.refines {
      if let when = rule.when { operands.append(try value(when)) }
      if case .cases(let branches, otherwise: nil) = rule.body {
        operands.append(try Definition.deciding(true, branches.map { try value($0.when) }))
      }
    }
    return try Definition.deciding(false, operands)
  }

  // MARK: - Bodies

  private func value(of body: BodyModel) throws -> Outcome {
    switch body {
    case .value(let term): return try value(term)
    case .conditions(let every, let terms):
      return try Definition.deciding(!every, terms.map(value))
    case .cases(let branches, let otherwise): return try firstThatHolds(branches, otherwise)
    case .table(let table): return try value(of: table)
    }
  }

  /// 29: stop at the first that is true; one in error ends the search; none is an error of its own.
  private func firstThatHolds(
    _ branches: [(when: Term, value: Term)], _ otherwise: Term?
  ) throws -> Outcome {
    var candidates: [Outcome] = []
    var conditions: [Outcome] = []
    for branch in branches {
      let condition = try value(branch.when)
      if condition.isError {
        return try Definition.merged(candidates + [condition], by: conditions)
      }
      conditions.append(condition)
      if condition.canBe(true) { candidates.append(try value(branch.value)) }
      // Whether it holds or fails, nothing after it is reached.
      if !condition.canBe(false) { return try Definition.merged(candidates, by: conditions) }
    }
    candidates.append(try otherwise.map { try value($0) } ?? Outcome("no_case"))
    return try Definition.merged(candidates, by: conditions)
  }

  // MARK: - Tables

  /// 34 and 38: for every combination of what the columns can be, the rows that apply.
  private func value(of table: TableModel) throws -> Outcome {
    let columns = try table.columns.map(value)
    // What a column may be: a value, or `nil` where it fails.
    let possible: [[Item?]] = columns.map { Array($0.values) + ($0.faults.isEmpty ? [] : [nil]) }
    var candidates: [Outcome] = []
    for inputs in Definition.combinations(possible) {
      let rows = try table.rows.map { row in
        try Definition.deciding(
          false,
          zip(zip(row.cells, inputs), columns).map { pair, column in
            try pair.0.outcome(on: pair.1, faults: column.faults)
          })
      }
      candidates.append(try value(of: table, rows))
    }
    return try Outcome(
      Definition.union(candidates.map(\.values)), Definition.union(candidates.map(\.faults)),
      Definition.union((candidates + columns).map(\.waits)))
  }

  private func value(of table: TableModel, _ rows: [Outcome]) throws -> Outcome {
    if table.hit == .first {
      for (row, holds) in zip(table.rows, rows) {
        if holds.isError { return holds }
        if holds.isKnown(true) { return try value(row.value) }
      }
      return try table.otherwise.map { try value($0) } ?? Outcome("no_row")
    }
    let errors = rows.filter(\.isError)
    if !errors.isEmpty { return try Outcome([], Definition.union(errors.map(\.faults)), []) }
    let applying = zip(table.rows, rows).filter { $1.isKnown(true) }.map(\.0)
    if table.hit == .count { return Outcome(.number(Fraction(applying.count))) }
    if table.hit == .unique, applying.count > 1 { return Outcome("conflict") }
    if table.hit == .unique, applying.isEmpty {
      return try table.otherwise.map { try value($0) } ?? Outcome("no_row")
    }
    return try Definition.strict(applying.map { try value($0.value) }) { items in
      let numbers = items.map(\.fraction)
      switch table.hit {
      case .sum:
        return .success(.number(try numbers.reduce(Fraction(0)) { try $0.calculated(.add, $1) }))
      case .min: return .success(.number(numbers.min() ?? Fraction(0)))
      case .max: return .success(.number(numbers.max() ?? Fraction(0)))
      case .unique, .first, .count: return .success(items[0])
      }
    }
  }
}

extension CellModel {
  /// A dash never reads its column.
  func outcome(on item: Item?, faults: Set<String>) throws -> Outcome {
    if case .any = self { return Outcome(.truth(true)) }
    guard let item else { return try Outcome([], faults, []) }
    switch self {
    case .any: return Outcome(.truth(true))
    case .items(let items): return Outcome(.truth(items.contains(item)))
    case .compare(let relation, let number):
      return Outcome(.truth(relation.holds(item, .number(Fraction(number)))))
    case .range(let low, let high):
      return Outcome(
        .truth(item.fraction >= Fraction(low) && item.fraction <= Fraction(high)))
    }
  }
}
