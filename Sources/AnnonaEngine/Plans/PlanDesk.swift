package import AnnonaLanguage
package import AnnonaValues

/// A program's plans for one date, for households that are decided one at a time.
package final class HouseholdPlans: Sendable {
  package let program: Program
  /// For households of which something may be missing.
  package let partial: Plan
  /// For those of which nothing is missing; `nil` where it reads what the other does not.
  package let complete: Plan?
  let keptOfPartial: KeptColumns
  let keptOfComplete: KeptColumns?

  package init(_ program: Program, today: CalendarDate) throws(Unplannable) {
    self.program = program
    partial = try Plan(program, today: today, isForComplete: false)
    keptOfPartial = KeptColumns(partial)
    if let plan = try? Plan(program, today: today, isForComplete: true), plan.readsOnly(partial) {
      complete = plan
      keptOfComplete = KeptColumns(plan)
    } else {
      complete = nil
      keptOfComplete = nil
    }
  }

  func plan(_ record: PlanRecord) -> Plan { record.isComplete ? complete ?? partial : partial }

  func kept(_ record: PlanRecord) -> KeptColumns {
    record.isComplete ? keptOfComplete ?? keptOfPartial : keptOfPartial
  }
}

/// The columns of a plan that a record keeps: those of its results and of the rules' values.
struct KeptColumns: Sendable {
  /// Each with the space whose rows it has.
  let columns: [(column: Int, space: Int)]
  /// By column of the plan: where it stands among them, or -1.
  let places: [Int]
  let spaces: Int

  init(_ plan: Plan) {
    var places = [Int](repeating: -1, count: plan.columnSpaces.count)
    var columns: [(column: Int, space: Int)] = []
    for column in plan.results.flatMap(\.columns) + plan.rules.flatMap(\.columns)
    where places[column] < 0 {
      places[column] = columns.count
      columns.append((column, plan.columnSpaces[column]))
    }
    self.columns = columns
    self.places = places
    spaces = plan.spaces.count
  }
}

/// All that a plan worked out for one household and is asked for afterwards: outcomes, amounts and the values of its rules.
package struct PlanRecord: Sendable {
  /// How many rows each space has, then the rows of each kept column.
  fileprivate let values: [Int64]
  fileprivate let isComplete: Bool
  /// What members are called for whom a benefit is decided, in the order of the results.
  fileprivate let members: [String]

  fileprivate func value(_ column: PlanColumn, _ row: Int, _ kept: KeptColumns) -> Int64 {
    guard case .column(let index) = column else {
      if case .same(let value) = column { return value }
      return 0
    }
    let place = kept.places[index]
    guard place >= 0 else { return 0 }
    var offset = kept.spaces
    for before in kept.columns[..<place] { offset += Int(values[before.space]) }
    return values.indices.contains(offset + row) ? values[offset + row] : 0
  }
}

/// Room for one household after the other. It is used by one thread at a time.
package final class PlanDesk: @unchecked Sendable {
  private let plans: HouseholdPlans
  private let columns: HouseholdColumns
  private let scanner: HouseholdScanner
  private let partial: PlanFrame
  private let complete: PlanFrame?
  /// Whether anybody must be called by name.
  private let namesMembers: Bool

  package init(_ plans: HouseholdPlans) {
    self.plans = plans
    columns = HouseholdColumns(for: plans.partial)
    scanner = HouseholdScanner(plans.partial, plans.program, into: columns, id: nil, memberID: "id")
    partial = PlanFrame(plans.partial, .rows)
    complete = plans.complete.map { PlanFrame($0, .rows, columnsOf: plans.partial) }
    namesMembers = plans.program.benefits.contains { $0.members != nil }
  }

  /// Decides the household of a JSON text.
  ///
  /// - Returns: `nil` where the reader of cases or the plain evaluator must be asked.
  package func decide(json bytes: UnsafeBufferPointer<UInt8>) -> PlanRecord? {
    scanner.removeAll()
    guard scanner.scan(bytes) == .added else { return nil }
    let isComplete = complete != nil && scanner.isComplete[0]
    return decide(isComplete) { result in
      scanner.memberNames[result.space].map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// Decides a household that was read.
  ///
  /// - Returns: `nil` where the plain evaluator must be asked.
  package func decide(_ facts: Case) -> PlanRecord? {
    columns.removeAll()
    guard let household = try? PlannedCase(plans.partial, plans.program, facts) else { return nil }
    do throws(Plan.Unfit) { try plans.partial.append(household, to: columns) } catch { return nil }
    return decide(false) { result in
      guard let place = plans.program.benefits[result.benefit].members else { return [] }
      let entity = plans.program.places[place].member
      return household.instances[Int(entity.index)].map { facts.instances[Int($0)].id }
    }
  }

  private func decide(_ isComplete: Bool, names: (Plan.Result) -> [String]) -> PlanRecord? {
    let frame = isComplete ? complete ?? partial : partial
    _ = frame.run(columns, from: 0)
    var members: [String] = []
    for result in frame.plan.results {
      var isAny = false
      for row in 0..<frame.rowCount(result.space) {
        if let isFor = result.isFor, frame.value(isFor, row) == 0 { continue }
        if frame.value(result.isSettled, row) == 0 { return nil }
        isAny = true
      }
      // Where nobody is there to be decided for, the plain evaluator says so.
      guard isAny else { return nil }
      if namesMembers, plans.program.benefits[result.benefit].members != nil {
        members += names(result)
      }
    }
    let kept = isComplete ? plans.keptOfComplete ?? plans.keptOfPartial : plans.keptOfPartial
    return PlanRecord(values: frame.values(kept), isComplete: isComplete, members: members)
  }
}

extension PlanFrame {
  fileprivate func values(_ kept: KeptColumns) -> [Int64] {
    var count = kept.spaces
    for column in kept.columns { count += rowCount(column.space) }
    return [Int64](unsafeUninitializedCapacity: count) { buffer, filled in
      for space in 0..<kept.spaces { buffer[space] = Int64(rowCount(space)) }
      filled = kept.spaces
      for column in kept.columns {
        let rows = rowCount(column.space)
        guard let from = values(ofColumn: column.column) else { continue }
        for row in 0..<rows { buffer[filled + row] = from[row] }
        filled += rows
      }
    }
  }
}

/// One benefit's outcome as a record has it.
package struct RecordedOutcome: Sendable {
  package let benefit: BenefitID
  package let member: String?
  package let outcome: Outcome
  /// Where it is granted, in the unit of the benefit's amount.
  package let amount: Number?
}

extension HouseholdPlans {
  /// In the order of the rulebook, and of the members within a benefit.
  package func outcomes(_ record: PlanRecord) -> [RecordedOutcome] {
    let (plan, kept) = (plan(record), kept(record))
    var outcomes: [RecordedOutcome] = []
    var names = record.members[...]
    for result in plan.results {
      let isOfMembers = program.benefits[result.benefit].members != nil
      let rows = Int(record.values[result.space])
      let members = isOfMembers ? names.prefix(rows) : []
      names = names.dropFirst(members.count)
      for row in 0..<rows {
        if let isFor = result.isFor, record.value(isFor, row, kept) == 0 { continue }
        let outcome = Outcome.allCases[Int(record.value(result.outcome, row, kept))]
        var amount: Number?
        if outcome == .entitled, let (column, quantum) = result.amount {
          amount = try? Number(Int(record.value(column, row, kept))) * quantum
        }
        outcomes.append(
          RecordedOutcome(
            benefit: result.benefit, member: isOfMembers ? members[members.startIndex + row] : nil,
            outcome: outcome, amount: amount))
      }
    }
    return outcomes
  }

  /// The values of the rules that the plan worked out for a household, for each instance of their entities.
  ///
  /// - Parameter facts: the household that the record is of.
  package func values(
    _ record: PlanRecord, of facts: Case
  ) -> [(rule: RuleID, output: Int?, instance: Int32, value: Value)] {
    let (plan, kept) = (plan(record), kept(record))
    guard let household = try? PlannedCase(partial, program, facts) else { return [] }
    var values: [(rule: RuleID, output: Int?, instance: Int32, value: Value)] = []
    for rule in plan.rules {
      let entity = program.rules[rule.rule].entity
      for (row, instance) in household.instances[Int(entity.index)].enumerated() {
        let value = plan.value(of: rule, row: row, household) { record.value($0, $1, kept) }
        if let value { values.append((rule.rule, rule.output, instance, value)) }
      }
    }
    return values
  }
}
