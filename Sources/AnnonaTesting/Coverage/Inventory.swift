import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Lists everything in a rulebook that fixtures should exercise; what it imports is tested by fixtures of its own.
package struct Inventory {
  package private(set) var items: [CoverageItem] = []
  private let program: Program
  private let bounds: BoundInventory
  /// What carries a provision, in the order in which provisions are first cited.
  private var carriers: [(citation: Citation, goals: [CoverageItem.Goal])] = []
  private var carrierIndex: [String: Int] = [:]
  /// The rule whose parts are being listed.
  private var owner = ""
  private var entity = EntityID(0)
  private var ruleID: RuleID?

  package init(_ program: Program) {
    self.program = program
    bounds = BoundInventory(program)
    let own = program.rulebooks.count - 1
    for (index, rule) in program.rules.enumerated() where rule.rulebook == own {
      add(rule, RuleID(index))
    }
    for (index, benefit) in program.benefits.enumerated() where benefit.rulebook == own {
      add(benefit, BenefitID(index))
    }
    addOthers(own)
    for (citation, goals) in carriers {
      items.append(
        CoverageItem(
          kind: .provisions, name: citation.text, span: citation.span, goal: .any(goals),
          rule: nil))
    }
    let order = Dictionary(
      uniqueKeysWithValues: CoverageKind.allCases.enumerated().map { ($1, $0) })
    items = items.enumerated().sorted { one, other in
      let (a, b) = (order[one.element.kind] ?? 0, order[other.element.kind] ?? 0)
      return a == b ? one.offset < other.offset : a < b
    }.map(\.element)
  }

  private mutating func add(
    _ kind: CoverageKind, _ name: String, _ span: Span, _ goal: CoverageItem.Goal,
    citing citations: [Citation] = []
  ) {
    items.append(CoverageItem(kind: kind, name: name, span: span, goal: goal, rule: ruleID))
    cite(citations, goal)
  }

  private mutating func cite(_ citations: [Citation], _ goal: CoverageItem.Goal) {
    for citation in citations {
      if let index = carrierIndex[citation.text] {
        carriers[index].goals.append(goal)
      } else {
        carrierIndex[citation.text] = carriers.count
        carriers.append((citation, [goal]))
      }
    }
  }

  // MARK: - Rules

  private mutating func add(_ rule: Rule, _ id: RuleID) {
    owner = rule.name
    entity = rule.entity
    ruleID = id
    defer { ruleID = nil }
    for (index, version) in rule.versions.enumerated() {
      guard let body = version.body else { continue }
      let from = rule.versions.count > 1 ? version.from.map { " from \($0)" } ?? "" : ""
      let goal = CoverageItem.Goal.version(id, index)
      add(.rules, rule.name + from, version.span, goal, citing: version.citations)
      cite(rule.citations, goal)
      add(body, conditionsAt: rule.span)
    }
    if let when = rule.when { add(when) }
    add(rule.exceptions, within: rule)
  }

  private mutating func add(_ exceptions: [ExceptionRule], within rule: Rule) {
    for exception in exceptions {
      let name = exception.name
      for applies in [true, false] {
        add(
          .exceptions, "\(name) \(applies ? "applying" : "not applying")", exception.span,
          .exception(exception.span, applies: applies),
          citing: applies ? exception.citations : [])
      }
      add(exception.when)
      for version in exception.versions {
        if let body = version.body { add(body, conditionsAt: rule.span) }
      }
      let outer = owner
      owner = name
      add(exception.nested, within: rule)
      owner = outer
    }
  }

  private mutating func add(_ body: Body, conditionsAt place: Span) {
    switch body {
    case .value(let expression): add(expression)
    case .cases(let branches, let otherwise): add(branches, otherwise)
    case .conditions(let every, let conditions):
      for (index, condition) in conditions.enumerated() {
        add(
          .conditions, "\(program.rules[condition].name) alone", program.rules[condition].span,
          .condition(place, index: index, count: conditions.count, every: every))
      }
    case .table(let table): add(table)
    case .scale(let scale):
      add(scale.of)
      for bracket in scale.brackets {
        add(bounds.of(.greater, scale.of, bracket.above, in: entity), at: bracket.above.span)
      }
    }
  }

  private mutating func add(_ branches: [CaseBranch], _ otherwise: Expression?) {
    for (index, branch) in branches.enumerated() {
      let name = "\(owner), case_\(index + 1): \(text(branch.when.span))"
      add(
        .branches, name, branch.value.span, .chosen(branch.value.span), citing: branch.citations)
      add(branch.when)
      add(branch.value)
    }
    guard let otherwise else { return }
    add(.branches, "\(owner), otherwise", otherwise.span, .chosen(otherwise.span))
    add(otherwise)
  }

  private mutating func add(_ table: Table) {
    for input in table.inputs { add(input) }
    for row in table.rows where !row.isImpossible {
      let drawn = row.isOtherwise ? "" : ": \(text(row.span))"
      add(
        .branches, "\(owner), \(row.name)\(drawn)", row.span, .chosen(row.span),
        citing: row.citation.map { [$0] } ?? [])
      for (cell, input) in zip(row.cells, table.inputs) {
        for test in cell.tests { add(test, input, row) }
      }
      for output in row.outputs { add(output) }
    }
  }

  private mutating func add(_ test: Cell.Test, _ input: Expression, _ row: Table.Row) {
    let place = "\(owner), \(row.name)"
    switch test {
    case .null: break
    case .compare(let comparison, let bound):
      add(bounds.of(comparison, input, bound, in: entity), at: bound.span, place)
    case .range(let low, let includesLow, let high, let includesHigh):
      let floor = bounds.of(includesLow ? .greaterOrEqual : .greater, input, low, in: entity)
      let ceiling = bounds.of(includesHigh ? .lessOrEqual : .less, input, high, in: entity)
      add(floor, at: low.span, place)
      add(ceiling, at: high.span, place)
    }
  }

  // MARK: - Expressions

  private mutating func add(_ expression: Expression) {
    switch expression.kind {
    case .all(let operands), .any(let operands):
      let every = if case .all = expression.kind { true } else { false }
      for (index, operand) in operands.enumerated() {
        add(
          .conditions, "\(owner): \(text(operand.span)) alone", operand.span,
          .condition(expression.span, index: index, count: operands.count, every: every))
      }
    case .compare(let comparison, let left, let right):
      add(bounds.of(comparison, left, right, in: entity), at: expression.span)
    case .between(let value, let low, let high):
      add(bounds.of(.greaterOrEqual, value, low, in: entity), at: low.span)
      add(bounds.of(.lessOrEqual, value, high, in: entity), at: high.span)
    case .among(let value, let items):
      for case .range(let low, let high) in items {
        add(bounds.of(.greaterOrEqual, value, low, in: entity), at: low.span)
        add(bounds.of(.lessOrEqual, value, high, in: entity), at: high.span)
      }
    case .conditional(_, let then, let otherwise):
      for branch in [then, otherwise] {
        add(.branches, "\(owner): \(text(branch.span))", branch.span, .chosen(branch.span))
      }
    case .least(let operands), .greatest(let operands):
      for operand in operands {
        let name = "\(owner): \(text(operand.span)) as the result of \(text(expression.span))"
        add(.branches, name, operand.span, .chosen(operand.span))
      }
    default: break
    }
    for operand in expression.operands { add(operand) }
  }

  private mutating func add(
    _ sides: [BoundInventory.Bound], at span: Span, _ place: String? = nil
  ) {
    for bound in sides {
      add(.boundaries, "\(place ?? owner): \(bound.name)", span, .boundary(span, bound.side))
    }
  }

  private func text(_ span: Span) -> String { "`\(program.text(at: span))`" }

  // MARK: - Benefits and figures

  private mutating func add(_ benefit: Benefit, _ id: BenefitID) {
    owner = benefit.name
    entity = benefit.members.map { program.places[$0].member } ?? program.caseEntity
    var outcomes: [Outcome] = [.entitled, .undetermined]
    if benefit.entitled != nil { outcomes.insert(.notEntitled, at: 1) }
    if benefit.applies != nil { outcomes.append(.notApplicable) }
    for outcome in outcomes {
      add(
        .outcomes, "\(benefit.name) \(outcome.name(of: benefit))", benefit.span,
        .outcome(id, outcome),
        citing: benefit.citations)
    }
    for expression in benefit.expressions { add(expression) }
  }

  /// Functions and parameters of the rulebook's own files.
  private mutating func addOthers(_ own: Int) {
    let files = Set(
      program.rules.filter { $0.rulebook == own }.map(\.span.file)
        + program.benefits.filter { $0.rulebook == own }.map(\.span.file))
    for function in program.functions where files.contains(function.span.file) {
      owner = function.name
      for version in function.versions {
        if let body = version.body { add(body, conditionsAt: function.span) }
      }
    }
    let inForce = program.rulebooks.last?.inForce ?? InForce()
    for (index, parameter) in program.parameters.enumerated()
    where files.contains(parameter.span.file) {
      for entry in parameter.entries where entry.isWithin(inForce) {
        let name = "\(parameter.name) from \(entry.from)"
        add(
          .periods, name, entry.span, .period(ParameterID(index), entry.from),
          citing: entry.citations.isEmpty ? parameter.citations : entry.citations)
      }
    }
  }
}

extension Parameter.Entry {
  /// Whether it holds on some day on which the rulebook is law.
  fileprivate func isWithin(_ days: InForce) -> Bool {
    if let first = days.from, let through, through < first { return false }
    if let last = days.through, from > last { return false }
    return true
  }
}

extension Program {
  /// The author's own words at a place, on one line.
  func text(at span: Span) -> String {
    guard files.indices.contains(Int(span.file)) else { return "" }
    let bytes = files[Int(span.file)].bytes
    let range = max(0, Int(span.start))..<min(bytes.count, max(Int(span.start), Int(span.end)))
    return String(decoding: bytes[range], as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
