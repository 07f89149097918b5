import AnnonaLanguage
import AnnonaValues

/// The conditions that a refusal may rest on, and where each is not met.
package struct PlannedConditions: Sendable {
  struct Part: Sendable {
    /// Whether it can be told of each of them.
    let isKnown: PlanColumn
    var unmet: [(subject: Reason.Subject, at: PlanColumn)]
  }

  private let applies: Part
  private let entitled: Part
  package let subjects: [Reason.Subject]

  init(applies: Part, entitled: Part) {
    let known = Set(applies.unmet.map(\.subject))
    var others = entitled
    others.unmet.removeAll { known.contains($0.subject) }
    self.applies = applies
    self.entitled = others
    subjects = (applies.unmet + others.unmet).map(\.subject)
  }

  var columns: [PlanColumn] {
    [applies, entitled].flatMap { [$0.isKnown] + $0.unmet.map(\.at) }
  }

  private static let notEntitled = Outcome.allCases.firstIndex(of: .notEntitled)
  private static let notApplicable = Outcome.allCases.firstIndex(of: .notApplicable)

  package static func isRefusal(_ outcome: Int) -> Bool {
    outcome == notEntitled || outcome == notApplicable
  }

  /// Whether it can be told what a refusal in a row rests on.
  package func areKnown(_ frame: PlanFrame, at row: Int, _ outcome: Int) -> Bool {
    frame.value(applies.isKnown, row) != 0
      && (outcome == Self.notApplicable || frame.value(entitled.isKnown, row) != 0)
  }

  /// By position among the subjects, those that a refusal in a row rests on.
  package func forEachUnmet(
    _ frame: PlanFrame, at row: Int, _ outcome: Int, _ body: (Int) -> Void
  ) {
    for (index, condition) in applies.unmet.enumerated() where frame.value(condition.at, row) != 0 {
      body(index)
    }
    // Whoever it is not for is not told what else would be asked of those it is for.
    if outcome == Self.notApplicable { return }
    for (index, condition) in entitled.unmet.enumerated() where frame.value(condition.at, row) != 0
    {
      body(applies.unmet.count + index)
    }
  }
}

/// The conditions behind a decision, as `Evaluator.reasons` finds them, and where each is not met.
extension PlanCompiler {
  /// - Throws: where only the plain evaluator can say which conditions there are.
  mutating func conditions(
    of expression: Expression?, _ scope: PlanScope, at placement: Placement
  ) throws(Unplannable) -> PlannedConditions.Part {
    guard let expression else { return PlannedConditions.Part(isKnown: .same(-1), unmet: []) }
    var known = PlacedColumn.yes
    var unmet: [(subject: Reason.Subject, at: PlacedColumn)] = []
    for found in try conditions(in: expression, scope, where: .yes) {
      known = try builder.and(
        known, try builder.or(try builder.not(found.reached), found.known))
      let at = try builder.and(found.reached, try builder.not(found.met))
      // One that is come upon twice is told once.
      if let other = unmet.firstIndex(where: { $0.subject == found.subject }) {
        unmet[other].at = try builder.or(unmet[other].at, at)
      } else {
        unmet.append((found.subject, at))
      }
    }
    var columns: [(subject: Reason.Subject, at: PlanColumn)] = []
    for (subject, at) in unmet {
      columns.append((subject, try builder.spread(at, to: placement).column))
    }
    return PlannedConditions.Part(
      isKnown: try builder.spread(known, to: placement).column, unmet: columns)
  }

  private struct Found {
    let subject: Reason.Subject
    /// Where nothing has taken its place.
    let reached: PlacedColumn
    let met: PlacedColumn
    /// Where it can be told whether it is met.
    let known: PlacedColumn
  }

  /// - Parameter reached: where nothing has taken the place of what is looked at.
  private mutating func conditions(
    in expression: Expression, _ scope: PlanScope, where reached: PlacedColumn
  ) throws(Unplannable) -> [Found] {
    switch expression.kind {
    case .rule(let rule, let owner, _):
      let owner = try value(owner, scope)
      guard case .row(let row, _) = owner.content, owner.null.isNo, owner.valid.isEmpty else {
        throw Unplannable("conditions of somebody who is not certain")
      }
      return try conditions(of: rule, row, scope.moment, where: reached)
    case .all(let operands):
      return try conditions(in: operands, scope, where: reached)
    case .any(let operands) where operands.allSatisfy(\.isMadeOfRules):
      return try conditions(in: operands, scope, where: reached)
    case .constant: return []
    default:
      return [try found(.expression(expression.span), try value(expression, scope), reached)]
    }
  }

  private mutating func conditions(
    in expressions: [Expression], _ scope: PlanScope, where reached: PlacedColumn
  ) throws(Unplannable) -> [Found] {
    var found: [Found] = []
    for expression in expressions { found += try conditions(in: expression, scope, where: reached) }
    return found
  }

  private mutating func conditions(
    of id: RuleID, _ row: Placement.Row?, _ moment: PlanMoment, where reached: PlacedColumn
  ) throws(Unplannable) -> [Found] {
    let rule = program.rules[id]
    guard rule.under == nil, let law = moment.law.constant.flatMap(PlanDate.date) else {
      throw Unplannable("conditions under the law of a day that is a fact")
    }
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { throw Unplannable("rules that rely on one another too deeply") }
    let scope = PlanScope(rule: id, row: row, entity: rule.entity, moment: moment)
    let value = try value(of: id, nil, for: row, moment)
    let version = rule.versions.first { version in
      version.body != nil && version.from.map { $0 <= law } ?? true
        && version.through.map { law <= $0 } ?? true
    }
    guard let version else { return [try found(.rule(id), value, reached)] }
    var all: [Found] = []
    var reached = reached
    if !rule.exceptions.isEmpty {
      let isReplaced = try isReplaced(rule, version, scope)
      all.append(
        try found(
          .rule(id), value.valid(also: isReplaced.valid),
          try builder.and(reached, try truth(isReplaced))))
      reached = try builder.and(reached, try builder.not(try truth(isReplaced)))
    }
    switch version.body {
    case .conditions(_, let rules)?:
      for rule in rules { all += try conditions(of: rule, row, moment, where: reached) }
      return all
    case .value(let expression)?
    where rule.met.isEmpty && rule.unmet.isEmpty && expression.isMadeOfRules:
      let deeper = try conditions(in: expression, scope, where: reached)
      let isOfRules = deeper.contains { if case .rule = $0.subject { true } else { false } }
      if isOfRules { return all + deeper }
    default: break
    }
    return all + [try found(.rule(id), value, reached)]
  }

  private mutating func found(
    _ subject: Reason.Subject, _ value: PlanValue, _ reached: PlacedColumn
  ) throws(Unplannable) -> Found {
    Found(
      subject: subject, reached: reached,
      met: try builder.and(try truth(value), try builder.not(value.null)),
      known: try builder.and(value.valid))
  }
}
