import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Holds what plans say of households against the plain evaluator, and counts who decided.
package struct PlanComparison {
  /// How often the plain evaluator had to be asked, and why.
  package struct Tally: Sendable, CustomStringConvertible {
    package var decisions = 0
    package var settled = 0
    /// Of households of which everything that was needed is known.
    package var unsettledThoughKnown = 0
    package var unfit = 0
    package var values = 0
    /// Refusals of which it was compared what they rest on.
    package var refusals = 0

    package init() {}

    package var description: String {
      "\(settled) of \(decisions) decisions settled, \(unsettledThoughKnown) known left to the plain evaluator, "
        + "\(unfit) households unfit, \(values) values and the conditions of \(refusals) refusals compared"
    }

    package static func += (one: inout Tally, other: Tally) {
      one.decisions += other.decisions
      one.settled += other.settled
      one.unsettledThoughKnown += other.unsettledThoughKnown
      one.unfit += other.unfit
      one.values += other.values
      one.refusals += other.refusals
    }
  }

  let program: Program
  let cases: [Case]
  let today: CalendarDate
  package private(set) var tally = Tally()
  package private(set) var differences: [String] = []

  package init(_ program: Program, _ cases: [Case], today: CalendarDate) {
    self.program = program
    self.cases = cases
    self.today = today
  }

  /// Compares one plan in all its ways to run.
  package mutating func compare(_ plan: Plan) {
    let fitting = cases.filter { facts in
      do throws(Plan.Unfit) {
        try plan.append(facts, of: program, to: HouseholdColumns(for: plan))
        return true
      } catch {
        return false
      }
    }
    tally.unfit += cases.count - fitting.count
    let expected = fitting.map { decide(program, $0, today: today) }
    for kind in [PlanFrame.Kind.columns, .baseline] {
      compareColumns(plan, kind, fitting, expected)
    }
    for (facts, decision) in zip(fitting, expected) { compareRows(plan, facts, decision) }
  }

  private func given(_ plan: Plan, _ cases: [Case]) -> HouseholdColumns? {
    let columns = HouseholdColumns(for: plan)
    for facts in cases {
      do throws(Plan.Unfit) { try plan.append(facts, of: program, to: columns) } catch {
        return nil
      }
    }
    return columns
  }

  private mutating func compareColumns(
    _ plan: Plan, _ kind: PlanFrame.Kind, _ cases: [Case], _ expected: [Decision]
  ) {
    guard let given = given(plan, cases) else { return differences.append("no columns") }
    let frame = PlanFrame(plan, kind)
    var start = 0
    while start < given.count {
      let count = frame.run(given, from: start)
      var cursor = [Int](repeating: 0, count: plan.spaces.count)
      for index in start..<start + count {
        guard let household = try? PlannedCase(plan, program, cases[index]) else { return }
        compareResults(
          plan, frame, household, expected[index], cursor, "\(kind)", counting: kind == .columns)
        cursor[0] += 1
        var seen = Set<Int>()
        for entity in plan.entityOrder {
          let space = plan.spaceOfEntity[Int(entity.index)]
          guard space != 0, case .members(let own, _) = plan.spaces[space], own == entity,
            seen.insert(space).inserted
          else { continue }
          cursor[space] += household.instances[Int(entity.index)].count
        }
      }
      start += count
    }
  }

  private mutating func compareResults(
    _ plan: Plan, _ frame: PlanFrame, _ household: PlannedCase, _ decision: Decision,
    _ cursor: [Int], _ way: String, counting: Bool = false
  ) {
    for result in plan.results {
      let benefit = program.benefits[result.benefit]
      let decisions = decision.benefits.filter { $0.benefit == result.benefit }
      let entity = benefit.members.map { program.places[$0].member } ?? program.caseEntity
      for (row, instance) in household.instances[Int(entity.index)].enumerated() {
        let at = cursor[result.space] + row
        if let isFor = result.isFor, frame.value(isFor, at) == 0 { continue }
        let member = benefit.members == nil ? nil : instance
        guard let expected = decisions.first(where: { $0.member == member }) else {
          differences.append("\(way): \(benefit.name) was decided for somebody else")
          continue
        }
        if counting { tally.decisions += 1 }
        let isSettled = frame.value(result.isSettled, at) != 0
        guard isSettled else {
          if counting, expected.isSettled { tally.unsettledThoughKnown += 1 }
          continue
        }
        if counting { tally.settled += 1 }
        let outcome = Outcome.allCases[Int(frame.value(result.outcome, at))]
        if outcome != expected.outcome {
          differences.append(
            "\(way): \(benefit.name) is \(expected.outcome), not \(outcome)")
        }
        compareConditions(
          result, frame, at: at, Int(frame.value(result.outcome, at)), expected, way)
        guard outcome == .entitled, expected.outcome == .entitled else { continue }
        let amount = result.amount.flatMap {
          try? Number(Int(frame.value($0.column, at))) * $0.quantum
        }
        if amount
          != expected.amount?.knownValue.flatMap({ value in
            if case .number(let number) = value { number } else { nil }
          })
        {
          differences.append(
            "\(way): \(benefit.name) pays \(String(describing: expected.amount)), not \(String(describing: amount))"
          )
        }
      }
    }
  }

  /// What a refusal rests on, where the plan can tell.
  private mutating func compareConditions(
    _ result: Plan.Result, _ frame: PlanFrame, at row: Int, _ outcome: Int,
    _ expected: BenefitDecision, _ way: String
  ) {
    guard PlannedConditions.isRefusal(outcome), let conditions = result.conditions,
      conditions.areKnown(frame, at: row, outcome)
    else { return }
    tally.refusals += 1
    var unmet: Set<Reason.Subject> = []
    conditions.forEachUnmet(frame, at: row, outcome) { unmet.insert(conditions.subjects[$0]) }
    let wanted = Set(expected.reasons.filter { $0.status == .unmet }.map(\.subject))
    if unmet != wanted {
      differences.append("\(way): a refusal rests on \(wanted), not \(unmet)")
    }
  }

  private mutating func compareRows(_ plan: Plan, _ facts: Case, _ decision: Decision) {
    guard let given = given(plan, [facts]), let household = try? PlannedCase(plan, program, facts)
    else { return differences.append("no rows") }
    let frame = PlanFrame(plan, .rows)
    _ = frame.run(given, from: 0)
    compareResults(
      plan, frame, household, decision, [Int](repeating: 0, count: plan.spaces.count), "rows")
    let evaluator = Evaluator(program, facts, today: today)
    for columns in plan.rules {
      let rule = program.rules[columns.rule]
      if case .list = rule.type { continue }
      for (row, instance) in household.instances[Int(rule.entity.index)].enumerated() {
        guard let value = frame.value(of: columns, row: row, household) else { continue }
        tally.values += 1
        let expected = evaluator.value(of: columns.rule, for: instance, output: columns.output)
        if expected != .known(value) {
          differences.append("rows: \(rule.name) is \(expected), not \(value)")
        }
      }
    }
  }
}

extension BenefitDecision {
  /// Whether nothing of it is open.
  fileprivate var isSettled: Bool {
    switch outcome {
    case .entitled: amount?.knownValue != nil
    case .notEntitled, .notApplicable, .notInForce: true
    default: false
    }
  }
}
