public import AnnonaEngine
public import AnnonaLanguage
public import AnnonaValues

/// Who gains and who loses when one rulebook takes another's place, by how much, and by which rule.
public struct ReformReport: Sendable {
  /// Decisions of one kind of change, and what is paid more by them.
  public struct Change: Sendable {
    public let shift: BenefitShift
    public let decisions: Int
    /// In the unit of the benefit; `nil` when it is too large to be held.
    public let difference: Number?
  }

  /// Why decisions differ.
  public enum Reason: Sendable, Hashable {
    /// The first rule, in the order read, that comes to something else though all it reads comes to the same.
    case rule(String)
    /// The benefit's own words: who it is for, what decides it, what it pays.
    case benefit
    case onlyInFirst
    case onlyInSecond
  }

  /// Somebody whose decision differs.
  public struct Example: Sendable, Hashable {
    /// The row's id.
    public let id: String
    public let member: String?
    /// Outcome or amount, and the whole row, where they were asked for.
    public let before: String?
    public let after: String?
    public let row: String?
  }

  /// What one rule does.
  public struct Cause: Sendable {
    public let reason: Reason
    /// As the second rulebook cites them, or the first where it does not.
    public let citations: [Citation]
    public let changes: [(change: Change, examples: [Example])]

    public var decisions: Int { changes.reduce(0) { $0 + $1.change.decisions } }
  }

  /// A benefit by one of the rulebooks.
  public struct Side: Sendable {
    public let outcomes: [(outcome: Outcome, decisions: Int)]
    /// What is paid in all; `nil` when it is too large to be held, and for a benefit without an amount.
    public let paid: Number?
  }

  public struct BenefitReport: Sendable {
    public let name: String
    public let title: LocalizedText
    /// The type of what it pays; `nil` for one without an amount.
    public let type: ValueType?
    /// Whether people owe it.
    public let isCharge: Bool
    /// `nil` where a rulebook does not have it.
    public let before: Side?
    public let after: Side?
    /// What is paid more in all.
    public let difference: Number?
    /// Every kind of change, in the order of its cases.
    public let changes: [Change]
    /// The rules that made decisions differ, the most first.
    public let causes: [Cause]
    /// How changes are spread where both amounts are known.
    public let histogram: ChangeHistogram
  }

  /// All benefits of one unit together, charges taken off.
  public struct Together: Sendable {
    public let type: ValueType
    public let before: Number?
    public let after: Number?
    public let difference: Number?
    public let better: (households: Int, difference: Number?)
    public let worse: (households: Int, difference: Number?)
    public let same: Int
    /// Something is open or in error, before or after.
    public let notKnown: Int
    public let histogram: ChangeHistogram
  }

  /// Rows that were read, and those that a rulebook could not read as a case: they count nowhere else.
  public struct Rows: Sendable {
    public let read: Int
    public let compared: Int
    public let faultyInFirst: Int
    public let faultyInSecond: Int
    public let faultyInBoth: Int
    /// By code, what is wrong, with ids of some.
    public let faults: [(what: String, rows: Int, examples: [String])]
    /// Of those compared: decided in columns by both rulebooks.
    public let inColumns: Int
  }

  public let request: ReformRequest
  public let rows: Rows
  public let benefits: [BenefitReport]
  public let together: [Together]

  init(_ request: ReformRequest, _ layout: ReformLayout, _ tally: ReformTally) {
    self.request = request
    rows = Rows(
      read: tally.read, compared: tally.compared, faultyInFirst: tally.faultyInFirst,
      faultyInSecond: tally.faultyInSecond, faultyInBoth: tally.faultyInBoth,
      faults: tally.faults.sorted { $0.key < $1.key }
        .map { ($0.key, $0.value.rows, $0.value.examples) },
      inColumns: tally.inColumns)
    let builder = ReportBuilder(request: request, layout: layout, tally: tally)
    benefits = request.benefits.indices.map(builder.benefit)
    together = request.units.indices.map(builder.together)
  }

  /// The same changes the other way round make no difference: nobody's decision differs.
  public var isWithoutChange: Bool {
    benefits.allSatisfy { benefit in
      benefit.changes.allSatisfy { $0.shift == .unchanged || $0.decisions == 0 }
    }
  }
}

/// Puts a report together from what was counted.
private struct ReportBuilder {
  let request: ReformRequest
  let layout: ReformLayout
  let tally: ReformTally

  func benefit(_ index: Int) -> ReformReport.BenefitReport {
    let pair = request.benefits[index]
    let counted = tally.benefits[index]
    let places = layout.places[index]
    let declared = declared(pair)
    let before = pair.compared.first == nil ? nil : side(counted.before, pair, places)
    let after = pair.compared.second == nil ? nil : side(counted.after, pair, places)
    return ReformReport.BenefitReport(
      name: pair.name, title: declared?.title ?? LocalizedText(), type: pair.type,
      isCharge: pair.isCharge, before: before, after: after,
      difference: pair.type == nil
        ? nil : difference(counted.before.paid, counted.after.paid, places),
      changes: changes(counted.shifts, pair, places),
      causes: causes(counted.causes, pair, places),
      histogram: ChangeHistogram(counted.distribution, places: places))
  }

  private func declared(_ pair: BenefitPair) -> Benefit? {
    if let second = pair.compared.second { return request.second.program.benefits[second] }
    return pair.compared.first.map { request.first.program.benefits[$0] }
  }

  private func side(
    _ side: ReformTally.Side, _ pair: BenefitPair, _ places: Int
  ) -> ReformReport.Side {
    ReformReport.Side(
      outcomes: Array(zip(Outcome.allCases, side.outcomes)),
      paid: pair.type == nil ? nil : side.paid.total(places))
  }

  private func difference(_ before: MoneySum, _ after: MoneySum, _ places: Int) -> Number? {
    guard let one = before.total(places), let other = after.total(places) else { return nil }
    return try? other - one
  }

  private func changes(
    _ shifts: [ReformTally.Shift], _ pair: BenefitPair, _ places: Int
  ) -> [ReformReport.Change] {
    zip(BenefitShift.allCases, shifts).map { shift, counted in
      ReformReport.Change(
        shift: shift, decisions: counted.decisions,
        difference: pair.type == nil ? nil : counted.money.total(places))
    }
  }

  private func causes(
    _ causes: [ReformTally.Cause: ReformTally.CauseTally], _ pair: BenefitPair, _ places: Int
  ) -> [ReformReport.Cause] {
    causes.map { cause, counted in
      let (reason, citations) = reason(cause, pair)
      let changes = changes(counted.shifts, pair, places)
      return ReformReport.Cause(
        reason: reason, citations: citations,
        changes: zip(changes, counted.examples).filter { $0.0.decisions > 0 }.map {
          change, examples in
          (
            change,
            examples.map {
              ReformReport.Example(
                id: $0.id, member: $0.member, before: $0.before, after: $0.after, row: $0.row)
            }
          )
        })
    }.sorted { one, other in
      one.decisions == other.decisions
        ? one.reason.sortKey < other.reason.sortKey : one.decisions > other.decisions
    }
  }

  private func reason(
    _ cause: ReformTally.Cause, _ pair: BenefitPair
  ) -> (ReformReport.Reason, [Citation]) {
    switch cause {
    case .rule(let name): (.rule(name), request.citations(ofRule: name))
    case .benefit: (.benefit, declared(pair)?.citations ?? [])
    case .existence:
      (pair.compared.first == nil ? .onlyInSecond : .onlyInFirst, declared(pair)?.citations ?? [])
    }
  }

  func together(_ unit: Int) -> ReformReport.Together {
    let counted = tally.units[unit]
    let places = layout.placesOfUnits[unit]
    var before: Number? = .zero
    var after: Number? = .zero
    for (index, pair) in request.benefits.enumerated() where pair.unit == unit {
      func added(_ sum: Number?, _ paid: MoneySum) -> Number? {
        guard let sum, let paid = paid.total(layout.places[index]) else { return nil }
        return try? pair.isCharge ? sum - paid : sum + paid
      }
      before = added(before, tally.benefits[index].before.paid)
      after = added(after, tally.benefits[index].after.paid)
    }
    var difference: Number?
    if let before, let after { difference = try? after - before }
    return ReformReport.Together(
      type: request.units[unit], before: before, after: after, difference: difference,
      better: (counted.better.decisions, counted.better.money.total(places)),
      worse: (counted.worse.decisions, counted.worse.money.total(places)),
      same: counted.same, notKnown: counted.notKnown,
      histogram: ChangeHistogram(counted.distribution, places: places))
  }
}

extension ReformReport.Reason {
  fileprivate var sortKey: String {
    switch self {
    case .rule(let name): name
    case .benefit: ""
    case .onlyInFirst: "1"
    case .onlyInSecond: "2"
    }
  }
}

extension ReformRequest {
  /// What a rule rests on as of the date, as the second rulebook says, or the first.
  func citations(ofRule name: String) -> [Citation] {
    for program in [second.program, first.program] {
      guard let rule = program.rules.first(where: { $0.name == name }) else { continue }
      let version = rule.version(on: today)?.citations ?? []
      let found = version.isEmpty ? rule.citations : version
      if !found.isEmpty { return found }
    }
    return []
  }
}
