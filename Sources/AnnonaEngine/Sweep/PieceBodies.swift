import AnnonaLanguage
import AnnonaValues

/// What rules say: bodies, tables, scales, exceptions, for all values of a fact within a stretch.
extension PieceReader {
  func read(_ body: Body, _ scope: PieceScope, _ output: Int?) throws(Undecided) -> Reading {
    switch body {
    case .value(let expression): return try read(expression, scope)
    case .cases(let branches, let otherwise):
      return try read(branches[...], otherwise, scope)
    case .conditions(let every, let rules):
      return .value(.boolean(try conditions(rules, every: every, scope)))
    case .table(let table): return try read(table, output ?? 0, scope)
    case .scale(let scale): return try read(scale, scope).reading
    }
  }

  /// Down to the first that holds.
  private func read(
    _ branches: ArraySlice<CaseBranch>, _ otherwise: Expression?, _ scope: PieceScope
  ) throws(Undecided) -> Reading {
    guard let branch = branches.first else {
      guard let otherwise else { throw fault(.noCase, scope, scope.place.span) }
      return try read(otherwise, scope)
    }
    let cited = scope.citing(branch.citations, at: branch.when.span)
    return try choose(branch.when, cited) { () throws(Undecided) in
      try self.read(branch.value, cited)
    } else: { () throws(Undecided) in
      try self.read(branches.dropFirst(), otherwise, scope)
    }
  }

  private func conditions(
    _ rules: [RuleID], every: Bool, _ scope: PieceScope
  ) throws(Undecided) -> Bool {
    var verdict = Verdict(!every)
    for depends in [false, true] {
      for rule in rules where dependence.rules.contains(rule) == depends {
        verdict.add { () throws(Undecided) in
          let reading = try self.read(rule, for: scope.instance, nil, scope)
          guard case .value(.boolean(let truth)) = reading else {
            throw self.fault(.absent, scope, scope.place.span)
          }
          return truth
        }
      }
    }
    return try verdict.result()
  }

  private func read(_ scale: Scale, _ scope: PieceScope) throws(Undecided) -> Band {
    let amount = try band(scale.of, scope)
    let span = scale.of.span
    let zero = Band(SteppedLine(.zero))
    var thresholds: [Band] = []
    for bracket in scale.brackets { thresholds.append(try band(bracket.above, scope)) }
    var total = zero
    for (index, bracket) in scale.brackets.enumerated() {
      var top = amount
      if index + 1 < thresholds.count {
        top = try pick(top, thresholds[index + 1], isGreatest: false, scope, span)
      }
      let above = try arithmetic(.subtract, top, thresholds[index], scope, span)
      let within = try pick(above, zero, isGreatest: true, scope, span)
      let part = try product(within, band(bracket.rate, scope), scope, span)
      total = try sum(total, part, scope, span)
    }
    return total
  }

  // MARK: - Tables

  private func read(
    _ table: Table, _ output: Int, _ scope: PieceScope
  ) throws(Undecided) -> Reading {
    let rows = try matching(table, scope)
    func value(_ row: Table.Row) throws(Undecided) -> Reading {
      if row.isImpossible { throw fault(.impossibleRow, scope, row.span) }
      guard output < row.outputs.count else { throw .notLinear(scope.place) }
      return try read(row.outputs[output], scope.citing(row.citation.map { [$0] } ?? []))
    }
    switch table.hit {
    case .unique, .first:
      guard let row = rows.first else { throw fault(.noRow, scope, table.span) }
      guard rows.count == 1 else { throw fault(.conflict, scope, row.span) }
      return try value(row)
    case .count: return .value(.number(Number(rows.count)))
    case .collect, .sum, .min, .max:
      var values: [Reading] = []
      for row in rows { values.append(try value(row)) }
      let aggregate: Expression.Aggregate? =
        switch table.hit {
        case .sum: .sum
        case .min: .min
        case .max: .max
        default: nil
        }
      guard let aggregate else { return .list(values) }
      guard let found = try self.aggregate(aggregate, values, scope, table.span) else {
        throw fault(.noRow, scope, table.span)
      }
      return found
    }
  }

  /// The rows that apply: of a `first` table the first, elsewhere all; where none does, the last resort.
  private func matching(_ table: Table, _ scope: PieceScope) throws(Undecided) -> [Table.Row] {
    let inputs = table.inputs.map { input in
      Later { () throws(Undecided) -> Reading in try self.read(input, scope) }
    }
    // Columns in which the fact has no part come first: what they exclude need not be split.
    let left = table.inputs.map { dependence.isLeftToEvaluator($0) }
    let order = table.inputs.indices.filter { left[$0] } + table.inputs.indices.filter { !left[$0] }
    var found: [Table.Row] = []
    var undecided: Undecided?
    for row in table.rows where !row.isOtherwise {
      var verdict = Verdict(false)
      let cited = scope.citing(row.citation.map { [$0] } ?? [], at: row.span)
      for column in order where !row.cells[column].tests.isEmpty {
        verdict.add { () throws(Undecided) in
          try self.holds(row.cells[column], inputs[column], cited)
        }
      }
      do {
        guard try verdict.result() else { continue }
        found.append(row)
      } catch {
        undecided = undecided ?? error
      }
      if table.hit == .first { break }
    }
    if let undecided { throw undecided }
    if found.isEmpty, let otherwise = table.rows.first(where: \.isOtherwise) { return [otherwise] }
    return found
  }

  private func holds(
    _ cell: Cell, _ input: Later, _ scope: PieceScope
  ) throws(Undecided) -> Bool {
    let value = try input.reading()
    var verdict = Verdict(true)
    for test in cell.tests {
      verdict.add { () throws(Undecided) in try self.holds(test, value, scope) }
    }
    return try verdict.result()
  }

  /// In a cell, `null` is no number: a comparison with it does not hold.
  private func holds(
    _ test: Cell.Test, _ value: Reading, _ scope: PieceScope
  ) throws(Undecided) -> Bool {
    switch test {
    case .null: return value.isNull
    case .compare(let comparison, let bound):
      let bound = try read(bound, scope)
      return value.isNull ? false : try compare(comparison, value, bound, scope)
    case .range(let low, let includesLow, let high, let includesHigh):
      let (floor, ceiling) = (try read(low, scope), try read(high, scope))
      if value.isNull { return false }
      guard try compare(includesLow ? .greaterOrEqual : .greater, value, floor, scope) else {
        return false
      }
      return try compare(includesHigh ? .lessOrEqual : .less, value, ceiling, scope)
    }
  }

  // MARK: - Exceptions

  func withExceptions(
    _ rule: Rule, _ version: Rule.Version, _ scope: PieceScope, _ output: Int?
  ) throws(Undecided) -> Reading {
    let base = Later { () throws(Undecided) -> Reading in
      if let when = rule.when, try !self.truth(when, scope) {
        throw self.fault(.doesNotApply, scope, when.span)
      }
      guard let body = version.body else { throw .notLinear(scope.place) }
      return try self.read(body, scope, output)
    }
    let condition = Later { () throws(Undecided) -> Reading in
      .value(.boolean(try self.baseCondition(rule, version, scope)))
    }
    return try resolve(
      rule.exceptions, condition, base, version.round ?? rule.round, scope, output)
  }

  private func baseCondition(
    _ rule: Rule, _ version: Rule.Version, _ scope: PieceScope
  ) throws(Undecided) -> Bool {
    var all = Verdict(false)
    if let when = rule.when { all.add { () throws(Undecided) in try self.truth(when, scope) } }
    if case .cases(let branches, otherwise: nil)? = version.body {
      all.add { () throws(Undecided) in
        var any = Verdict(true)
        for branch in branches {
          any.add { () throws(Undecided) in try self.truth(branch.when, scope) }
        }
        return try any.result()
      }
    }
    return try all.result()
  }

  private func resolve(
    _ exceptions: [ExceptionRule], _ condition: Later, _ base: Later, _ rounding: Rounding?,
    _ scope: PieceScope, _ output: Int?
  ) throws(Undecided) -> Reading {
    guard let winner = try winner(of: exceptions, condition, scope) else {
      return try rounded(base.reading(), rounding, scope)
    }
    var inner = scope.citing(winner.citations, at: winner.span)
    inner.base = base
    let law = scope.law ?? scope.today
    guard let version = winner.versions.last(where: { $0.isInForce(on: law) }),
      let body = version.body
    else { throw fault(.notInForce, scope, winner.span) }
    let own = Later { [inner] () throws(Undecided) -> Reading in
      try self.read(body, inner, output)
    }
    return try resolve(
      winner.nested, condition, own, winner.round ?? rounding, scope, output)
  }

  /// The one that fires when those that another prevails over are set aside; `nil` where none does.
  private func winner(
    of exceptions: [ExceptionRule], _ condition: Later, _ scope: PieceScope
  ) throws(Undecided) -> ExceptionRule? {
    var firing: [ExceptionRule] = []
    var undecided: [(ExceptionRule, Undecided)] = []
    for exception in exceptions {
      do {
        let cited = scope.citing(exception.citations, at: exception.span)
        if try fires(exception, condition, cited) { firing.append(exception) }
      } catch {
        undecided.append((exception, error))
      }
    }
    let setAside = Set(firing.flatMap(\.prevailsOver))
    if let open = undecided.first(where: { !setAside.contains($0.0.name) }) { throw open.1 }
    let standing = firing.filter { !setAside.contains($0.name) }
    if standing.count > 1 { throw fault(.conflict, scope, standing[0].span) }
    return standing.first
  }

  private func fires(
    _ exception: ExceptionRule, _ condition: Later, _ scope: PieceScope
  ) throws(Undecided) -> Bool {
    let law = scope.law ?? scope.today
    guard exception.inForce.contains(law),
      exception.versions.contains(where: { $0.isInForce(on: law) })
    else { return false }
    var all = Verdict(false)
    all.add { () throws(Undecided) in try self.truth(exception.when, scope) }
    if exception.refines {
      all.add { () throws(Undecided) in
        guard case .value(.boolean(let truth)) = try condition.reading() else { return false }
        return truth
      }
    }
    return try all.result()
  }
}
