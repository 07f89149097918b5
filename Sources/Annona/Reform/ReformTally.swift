import AnnonaEngine
import AnnonaValues

/// What a comparison came to over a block, or over all of them so far.
struct ReformTally: Sendable {
  struct Shift: Sendable {
    var decisions = 0
    /// What is paid more.
    var money = MoneySum()

    mutating func add(_ other: Shift) {
      decisions += other.decisions
      money.add(other.money)
    }
  }

  /// Why a decision differs.
  enum Cause: Sendable, Hashable {
    case rule(String)
    case benefit
    /// Only one of the rulebooks has the benefit.
    case existence
  }

  /// One of those whose decision differs.
  struct Example: Sendable, Hashable {
    let id: String
    let member: String?
    /// Kept only where values are asked for.
    let before: String?
    let after: String?
    let row: String?
  }

  struct CauseTally: Sendable {
    var shifts = BenefitShift.allCases.map { _ in Shift() }
    var examples: [[Example]] = BenefitShift.allCases.map { _ in [] }
  }

  struct Side: Sendable {
    var outcomes = Outcome.allCases.map { _ in 0 }
    var paid = MoneySum()

    mutating func add(_ other: Side) {
      for (index, count) in other.outcomes.enumerated() { outcomes[index] += count }
      paid.add(other.paid)
    }
  }

  struct BenefitTally: Sendable {
    var before = Side()
    var after = Side()
    var shifts = BenefitShift.allCases.map { _ in Shift() }
    var causes: [Cause: CauseTally] = [:]
    var distribution = ChangeDistribution()
  }

  /// The households, with all benefits of one unit together.
  struct UnitTally: Sendable {
    var better = Shift()
    var worse = Shift()
    var same = 0
    /// Something is open or in error before or after.
    var notKnown = 0
    var distribution = ChangeDistribution()
  }

  struct FaultTally: Sendable {
    var rows = 0
    var examples: [String] = []
  }

  var read = 0
  var faultyInFirst = 0
  var faultyInSecond = 0
  var faultyInBoth = 0
  /// By what is wrong, as a code.
  var faults: [String: FaultTally] = [:]
  /// Households of which both rulebooks decided in columns.
  var inColumns = 0
  /// Decisions whose cause only the plain evaluator could tell.
  var tracedPlainly = 0
  var benefits: [BenefitTally]
  var units: [UnitTally]
  private let exampleLimit: Int

  init(_ request: ReformRequest) {
    benefits = request.benefits.map { _ in BenefitTally() }
    units = request.units.map { _ in UnitTally() }
    exampleLimit = request.examples
  }

  var compared: Int { read - faultyInFirst - faultyInSecond - faultyInBoth }

  mutating func add(fault kind: String, id: () -> String) {
    faults[kind, default: FaultTally()].rows += 1
    if (faults[kind]?.examples.count ?? 0) < exampleLimit {
      faults[kind]?.examples.append(id())
    }
  }

  mutating func add(
    _ shift: BenefitShift, of benefit: Int, _ cause: Cause, _ money: MoneySum,
    example: () -> Example
  ) {
    let at = shift.position
    var tally = benefits[benefit].causes.removeValue(forKey: cause) ?? CauseTally()
    tally.shifts[at].decisions += 1
    tally.shifts[at].money.add(money)
    if tally.examples[at].count < exampleLimit { tally.examples[at].append(example()) }
    benefits[benefit].causes[cause] = tally
  }

  /// What comes after it in the file.
  mutating func add(_ other: ReformTally) {
    read += other.read
    faultyInFirst += other.faultyInFirst
    faultyInSecond += other.faultyInSecond
    faultyInBoth += other.faultyInBoth
    inColumns += other.inColumns
    tracedPlainly += other.tracedPlainly
    for (kind, fault) in other.faults {
      var tally = faults[kind] ?? FaultTally()
      tally.rows += fault.rows
      tally.examples = Array((tally.examples + fault.examples).prefix(exampleLimit))
      faults[kind] = tally
    }
    for index in benefits.indices { add(other.benefits[index], toBenefit: index) }
    for index in units.indices {
      units[index].better.add(other.units[index].better)
      units[index].worse.add(other.units[index].worse)
      units[index].same += other.units[index].same
      units[index].notKnown += other.units[index].notKnown
      units[index].distribution.add(other.units[index].distribution)
    }
  }

  private mutating func add(_ other: BenefitTally, toBenefit index: Int) {
    benefits[index].before.add(other.before)
    benefits[index].after.add(other.after)
    for (at, shift) in other.shifts.enumerated() { benefits[index].shifts[at].add(shift) }
    for (cause, tally) in other.causes {
      var all = benefits[index].causes[cause] ?? CauseTally()
      for at in tally.shifts.indices {
        all.shifts[at].add(tally.shifts[at])
        all.examples[at] = Array((all.examples[at] + tally.examples[at]).prefix(exampleLimit))
      }
      benefits[index].causes[cause] = all
    }
    benefits[index].distribution.add(other.distribution)
  }
}

extension BenefitShift {
  /// Among all cases.
  var position: Int {
    switch self {
    case .gained: 0
    case .lost: 1
    case .up: 2
    case .down: 3
    case .newlyUndetermined: 4
    case .newlyDetermined: 5
    case .newlyInError: 6
    case .noLongerInError: 7
    case .otherwise: 8
    case .unchanged: 9
    }
  }
}
