public import AnnonaEngine
public import AnnonaLanguage
public import AnnonaValues

/// A case decided over a stretch of time: what each benefit pays in each period.
public struct DecidedSchedule: Sendable {
  public let program: Program
  public let facts: Case
  public let from: CalendarDate
  public let through: CalendarDate
  public let suppositions: [Supposition]
  /// Every benefit for everybody it is for.
  public let benefits: [BenefitSchedule]

  /// A sum of money over all periods.
  public struct Total: Sendable, Hashable {
    public let amount: Number
    public let unit: Unit
  }

  /// What a benefit pays in all; `nil` while a period is open, and where nothing is paid.
  public func total(of schedule: BenefitSchedule) -> Total? {
    let benefit = program.benefits[schedule.benefit]
    guard let total = schedule.total,
      case .number(let type)? = benefit.amount?.type ?? benefit.payments.first?.amount.type
    else { return nil }
    return Total(amount: total, unit: type.unit * (schedule.time ?? .none))
  }

  /// All benefits together; `nil` while one of them has no total, and where they are paid in different currencies.
  public var total: Total? {
    // What grants no money adds none.
    let paid = benefits.filter {
      let benefit = program.benefits[$0.benefit]
      return benefit.amount != nil || !benefit.payments.isEmpty
    }
    guard let first = paid.first.flatMap(total(of:))?.unit else { return nil }
    var sum = Number.zero
    for benefit in paid {
      guard let total = total(of: benefit), total.unit == first else { return nil }
      // What is owed is taken off what is paid.
      let owed = program.benefits[benefit.benefit].isCharge
      guard let next = try? owed ? sum - total.amount : sum + total.amount else { return nil }
      sum = next
    }
    return Total(amount: sum, unit: first)
  }
}

extension Rulebook {
  /// Decides every benefit for each period that begins within a stretch of time: a month for what is paid per month, and so on.
  ///
  /// - Parameters:
  ///   - facts: read by this rulebook; those that do not vary hold throughout.
  ///   - from: the first day.
  ///   - through: the last day.
  ///   - suppose: rules whose value is set for this case.
  public func schedule(
    _ facts: Case, from: CalendarDate, through: CalendarDate, suppose: [Supposition] = []
  ) -> DecidedSchedule {
    DecidedSchedule(
      program: program, facts: facts, from: from, through: through, suppositions: suppose,
      benefits: AnnonaEngine.schedule(
        program, facts, from: from, through: through, suppose: suppose))
  }

  /// The same decisions whole, in order of date: for each day on which a period begins, with those benefits whose period it is.
  package func decidePeriods(
    _ facts: Case, from: CalendarDate, through: CalendarDate, suppose: [Supposition]
  ) -> [DecidedCase] {
    let calendar = program.calendar
    let begins = Dictionary(
      grouping: program.benefits.flatMap { benefit in
        benefit.periods(from: from, through: through, calendar).map { (benefit.name, $0) }
      }, by: \.1
    ).mapValues { Set($0.map(\.0)) }
    return begins.keys.sorted().map { date in
      decide(facts, on: date, suppose: suppose).keeping { begins[date]?.contains($0.name) ?? false }
    }
  }
}
