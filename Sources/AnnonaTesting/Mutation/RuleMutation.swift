import AnnonaLanguage
import AnnonaValues

/// Every way in which one place of a rule can be changed.
struct RuleMutation {
  private let program: Program
  private let expressions: ExpressionMutation

  init(_ program: Program) {
    self.program = program
    expressions = ExpressionMutation(program: program)
  }

  private func text(_ span: Span) -> String { "`\(program.text(at: span))`" }

  func variants(of rule: Rule) -> [Variant<Rule>] {
    var found: [Variant<Rule>] = []
    for (index, version) in rule.versions.enumerated() {
      found += variants(of: version).map { variant in
        variant.map { part in
          var changed = rule
          changed.versions[index] = part
          return changed
        }
      }
    }
    if let when = rule.when {
      found += expressions.variants(of: when).map { variant in
        variant.map { part in
          var changed = rule
          changed.when = part
          return changed
        }
      }
    }
    if let round = rule.round {
      found += variants(of: round).map { variant in
        variant.map { part in
          var changed = rule
          changed.round = part
          return changed
        }
      }
    }
    return found
      + variants(of: rule.exceptions).map { variant in
        variant.map { part in
          var changed = rule
          changed.exceptions = part
          return changed
        }
      }
  }

  private func variants(of rounding: Rounding) -> [Variant<Rounding?>] {
    let other = Rounding(step: rounding.step, mode: rounding.mode.other, span: rounding.span)
    return [
      Variant(
        change: .rounding, words: "rounded `\(rounding.mode.other.rawValue)`",
        span: rounding.span, part: other),
      Variant(change: .rounding, words: "not rounded", span: rounding.span, part: nil),
    ]
  }

  // MARK: - Exceptions

  private func variants(of exceptions: [ExceptionRule]) -> [Variant<[ExceptionRule]>] {
    exceptions.indices.flatMap { index -> [Variant<[ExceptionRule]>] in
      let exception = exceptions[index]
      var without = exceptions
      without.remove(at: index)
      let removed = Variant(
        change: .exceptionRemoved, words: "`\(exception.name)` removed", span: exception.span,
        part: without)
      return [removed]
        + variants(of: exception).map { variant in
          variant.map { part in
            var changed = exceptions
            changed[index] = part
            return changed
          }
        }
    }
  }

  private func variants(of exception: ExceptionRule) -> [Variant<ExceptionRule>] {
    func with(
      when: Expression? = nil, versions: [Rule.Version]? = nil, nested: [ExceptionRule]? = nil
    ) -> ExceptionRule {
      ExceptionRule(
        name: exception.name, when: when ?? exception.when,
        versions: versions ?? exception.versions, inForce: exception.inForce,
        round: exception.round, prevailsOver: exception.prevailsOver, refines: exception.refines,
        nested: nested ?? exception.nested, citations: exception.citations, span: exception.span)
    }
    let always = Expression(
      .constant(.boolean(true)), type: .boolean, span: exception.when.span)
    var found = [
      Variant(
        change: .exceptionAlways, words: "`\(exception.name)` always", span: exception.span,
        part: with(when: always))
    ]
    found += expressions.variants(of: exception.when).map { $0.map { with(when: $0) } }
    for (index, version) in exception.versions.enumerated() {
      found += variants(of: version).map { variant in
        variant.map { part in
          var versions = exception.versions
          versions[index] = part
          return with(versions: versions)
        }
      }
    }
    return found + variants(of: exception.nested).map { $0.map { with(nested: $0) } }
  }

  // MARK: - Bodies

  private func variants(of version: Rule.Version) -> [Variant<Rule.Version>] {
    guard let body = version.body else { return [] }
    return variants(of: body).map { variant in
      variant.map { part in
        Rule.Version(
          from: version.from, through: version.through, citations: version.citations, body: part,
          round: version.round, span: version.span)
      }
    }
  }

  private func variants(of body: Body) -> [Variant<Body>] {
    switch body {
    case .value(let expression):
      return expressions.variants(of: expression).map { $0.map { .value($0) } }
    case .cases(let branches, let otherwise): return variants(of: branches, otherwise)
    case .conditions(let every, let rules): return variants(ofConditions: rules, every)
    case .table(let table): return variants(of: table).map { $0.map { .table($0) } }
    case .scale(let scale): return variants(of: scale).map { $0.map { .scale($0) } }
    }
  }

  private func variants(
    of branches: [CaseBranch], _ otherwise: Expression?
  ) -> [Variant<Body>] {
    var found: [Variant<Body>] = []
    for (index, branch) in branches.enumerated() {
      func with(_ changed: CaseBranch?) -> Body {
        var all = branches
        if let changed { all[index] = changed } else { all.remove(at: index) }
        return .cases(all, otherwise: otherwise)
      }
      if branches.count > 1 || otherwise != nil {
        found.append(
          Variant(
            change: .rowRemoved, words: "case_\(index + 1) removed", span: branch.value.span,
            part: with(nil)))
      }
      found += expressions.variants(of: branch.when).map { variant in
        variant.map {
          with(CaseBranch(when: $0, value: branch.value, citations: branch.citations))
        }
      }
      found += expressions.variants(of: branch.value).map { variant in
        variant.map {
          with(CaseBranch(when: branch.when, value: $0, citations: branch.citations))
        }
      }
    }
    guard let otherwise else { return found }
    return found
      + expressions.variants(of: otherwise).map { $0.map { .cases(branches, otherwise: $0) } }
  }

  private func variants(ofConditions rules: [RuleID], _ every: Bool) -> [Variant<Body>] {
    let span = rules.first.map { program.rules[$0].span } ?? Span(file: 0, start: 0, end: 0)
    var found: [Variant<Body>] = []
    guard rules.count > 1 else { return found }
    found.append(
      Variant(
        change: .connective, words: "`\(every ? "any" : "all")` for `\(every ? "all" : "any")`",
        span: span, part: .conditions(every: !every, rules)))
    for index in rules.indices {
      var rest = rules
      rest.remove(at: index)
      let condition = program.rules[rules[index]]
      found.append(
        Variant(
          change: every ? .conditionDropped : .alternativeDropped,
          words: "without `\(condition.name)`", span: condition.span,
          part: .conditions(every: every, rest)))
    }
    return found
  }

  private func variants(of scale: Scale) -> [Variant<Scale>] {
    var found = expressions.variants(of: scale.of).map { variant in
      variant.map { Scale(of: $0, brackets: scale.brackets) }
    }
    for (index, bracket) in scale.brackets.enumerated() {
      func with(_ changed: (above: Expression, rate: Expression)) -> Scale {
        var brackets = scale.brackets
        brackets[index] = changed
        return Scale(of: scale.of, brackets: brackets)
      }
      found += expressions.variants(of: bracket.above).map { variant in
        variant.map { with(($0, bracket.rate)) }
      }
      found += expressions.variants(of: bracket.rate).map { variant in
        variant.map { with((bracket.above, $0)) }
      }
    }
    return found
  }

  // MARK: - Tables

  private func variants(of table: Table) -> [Variant<Table>] {
    func with(inputs: [Expression]? = nil, rows: [Table.Row]? = nil) -> Table {
      Table(
        hit: table.hit, inputs: inputs ?? table.inputs, outputs: table.outputs,
        rows: rows ?? table.rows, span: table.span)
    }
    var found: [Variant<Table>] = []
    for (index, input) in table.inputs.enumerated() {
      found += expressions.variants(of: input).map { variant in
        variant.map { part in
          var inputs = table.inputs
          inputs[index] = part
          return with(inputs: inputs)
        }
      }
    }
    for (index, row) in table.rows.enumerated() where !row.isImpossible {
      var rest = table.rows
      rest.remove(at: index)
      found.append(
        Variant(
          change: .rowRemoved, words: "\(row.name) removed: \(text(row.span))", span: row.span,
          part: with(rows: rest)))
      found += variants(of: row).map { variant in
        Variant(
          change: variant.change, words: "\(row.name): \(variant.words)", span: variant.span,
          part: variant.part
        )
        .map { part in
          var rows = table.rows
          rows[index] = part
          return with(rows: rows)
        }
      }
    }
    return found
  }

  private func variants(of row: Table.Row) -> [Variant<Table.Row>] {
    func with(cells: [Cell]? = nil, outputs: [Expression]? = nil) -> Table.Row {
      Table.Row(
        name: row.name, cells: cells ?? row.cells, outputs: outputs ?? row.outputs,
        isOtherwise: row.isOtherwise, isImpossible: row.isImpossible, citation: row.citation,
        span: row.span)
    }
    var found: [Variant<Table.Row>] = []
    for (index, cell) in row.cells.enumerated() {
      found += variants(of: cell).map { variant in
        variant.map { part in
          var cells = row.cells
          cells[index] = part
          return with(cells: cells)
        }
      }
    }
    for (index, output) in row.outputs.enumerated() {
      found += expressions.variants(of: output).map { variant in
        variant.map { part in
          var outputs = row.outputs
          outputs[index] = part
          return with(outputs: outputs)
        }
      }
    }
    return found
  }

  private func variants(of cell: Cell) -> [Variant<Cell>] {
    var found: [Variant<Cell>] = []
    for (index, test) in cell.tests.enumerated() {
      if cell.tests.count > 1 {
        var rest = cell.tests
        rest.remove(at: index)
        found.append(
          Variant(
            change: .alternativeDropped, words: "one of \(text(cell.span)) dropped",
            span: cell.span, part: Cell(tests: rest, span: cell.span)))
      }
      found += variants(of: test, in: cell).map { variant in
        variant.map { part in
          var tests = cell.tests
          tests[index] = part
          return Cell(tests: tests, span: cell.span)
        }
      }
    }
    return found
  }

  private func variants(of test: Cell.Test, in cell: Cell) -> [Variant<Cell.Test>] {
    func moved(_ words: String, _ part: Cell.Test) -> Variant<Cell.Test> {
      Variant(
        change: .boundaryMoved, words: "\(text(cell.span)) \(words)", span: cell.span, part: part)
    }
    switch test {
    case .null: return []
    case .compare(let comparison, let bound):
      let (change, other) = comparison.neighbour
      let turned = Variant(
        change: change, words: "\(text(cell.span)) as `\(other.rawValue)`", span: cell.span,
        part: Cell.Test.compare(other, bound))
      return [turned]
        + expressions.variants(of: bound).map { $0.map { .compare(comparison, $0) } }
    case .range(let low, let hasLow, let high, let hasHigh):
      return [
        moved(
          "\(hasLow ? "without" : "with") its lower end",
          .range(low, includesLow: !hasLow, high, includesHigh: hasHigh)),
        moved(
          "\(hasHigh ? "without" : "with") its upper end",
          .range(low, includesLow: hasLow, high, includesHigh: !hasHigh)),
      ]
        + expressions.variants(of: low).map { variant in
          variant.map { .range($0, includesLow: hasLow, high, includesHigh: hasHigh) }
        }
        + expressions.variants(of: high).map { variant in
          variant.map { .range(low, includesLow: hasLow, $0, includesHigh: hasHigh) }
        }
    }
  }
}
