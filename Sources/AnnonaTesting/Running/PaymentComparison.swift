import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Compares what a benefit pays over time with what is expected, payment by payment.
struct PaymentComparison {
  struct Difference {
    /// `pays monthly first`, `total`
    let key: String
    let expected: String
    let found: String
  }

  private let expected: ExpectedPayments
  private let names: ValueText
  private let type: ValueType
  private let totalType: ValueType
  private let periods: [PaymentDecision]
  /// Whether it is settled on which days there are payments.
  private let isComplete: Bool
  private(set) var differences: [Difference] = []

  /// So many payments explain a difference.
  private static let limit = 6

  init(_ run: FixtureComparison, _ decision: BenefitDecision, _ expected: ExpectedPayments) {
    self.expected = expected
    names = run.names
    let benefit = run.program.benefits[decision.benefit]
    type = benefit.paymentType ?? .text
    totalType = benefit.totalType ?? .text
    let schedule = Self.schedule(run, decision, benefit, expected)
    periods = schedule?.periods ?? []
    isComplete = schedule?.isComplete ?? false
    for series in expected.series { compare(series) }
    if !expected.days.isEmpty { compareDays() }
    compare(expected.total, periods, "total")
  }

  private static func schedule(
    _ run: FixtureComparison, _ decision: BenefitDecision, _ benefit: Benefit,
    _ expected: ExpectedPayments
  ) -> BenefitSchedule? {
    let today = run.fixture.today
    let days = Clock.Days(expected.from ?? .earliest, expected.through ?? .latest)
    guard !benefit.payments.isEmpty else {
      return schedules(run, decision.benefit, expected.from ?? today, expected.through ?? today)
        .first { $0.member == decision.member }
    }
    if benefit.members != nil, decision.member == nil {
      return schedules(run, decision.benefit, today, today).first
    }
    let plan = run.evaluator.plan(of: decision.benefit, for: decision.member ?? 0)
    return BenefitSchedule(
      benefit: decision.benefit, member: decision.member,
      periods: plan.payments.filter { days.first <= $0.date && $0.date <= days.last }, time: nil,
      isComplete: plan.dates.knownValue != nil)
  }

  private static func schedules(
    _ run: FixtureComparison, _ benefit: BenefitID, _ from: CalendarDate, _ through: CalendarDate
  ) -> [BenefitSchedule] {
    AnnonaEngine.schedule(
      of: benefit, run.program, run.fixture.facts, from: from, through: through,
      suppose: run.fixture.suppositions, noting: run.evaluator.exercise)
  }

  // MARK: - Comparison

  private mutating func differ(_ key: String, _ expected: String, _ found: String) {
    differences.append(Difference(key: key, expected: expected, found: found))
  }

  private mutating func compare(_ series: ExpectedPayments.Series) {
    let own = periods.filter { $0.name == series.payment }
    let paid = own.filter { $0.outcome == .entitled }
    let key = "pays \(series.name)"
    func day(_ date: CalendarDate?) -> String { date.map { "\($0)" } ?? "no payment" }
    if !isComplete, series.count != nil || series.last != nil || series.first != nil {
      differ(key, "payments", "days that are not settled")
      return
    }
    if let count = series.count, count != paid.count {
      differ("\(key) payments", "\(count)", "\(paid.count)")
    }
    if let first = series.first, first != paid.first?.date {
      differ("\(key) first", "\(first)", day(paid.first?.date))
    }
    if let last = series.last, last != paid.last?.date {
      differ("\(key) last", "\(last)", day(paid.last?.date))
    }
    if let amount = series.amount {
      let other = own.first { $0.outcome != .entitled || !($0.amount.map(amount.matches) ?? false) }
      if let other {
        differ("\(key) amount", amount.text(type, names), "\(text(other)) on \(other.date)")
      }
    }
    compare(series.total, own, "\(key) total")
  }

  /// Day by day; a day that is not named pays nothing.
  private mutating func compareDays() {
    if !isComplete { return differ("pays", "payments", "days that are not settled") }
    for day in expected.days {
      let there = periods.filter { $0.date == day.date }
      let matches: Bool
      let wanted: String
      if let outcome = day.outcome {
        matches = there.contains { $0.outcome == outcome }
        wanted = outcome.rawValue
      } else {
        matches =
          day.amount.map { amount in sum(there).map { amount.matches($0) } ?? false } ?? true
        wanted = day.amount?.text(type, names) ?? ""
      }
      if !matches { differ("pays \(day.date)", wanted, text(there)) }
    }
    let named = Set(expected.days.map(\.date))
    for date in Set(periods.map(\.date)).subtracting(named).sorted() {
      let there = periods.filter { $0.date == date }
      let paysNothing = there.allSatisfy {
        $0.outcome == .notEntitled || $0.outcome == .notApplicable
      }
      if !paysNothing { differ("pays \(date)", "no payment", text(there)) }
    }
  }

  private mutating func compare(
    _ total: ExpectedValue?, _ payments: [PaymentDecision], _ key: String
  ) {
    guard let total else { return }
    let schedule = BenefitSchedule(
      benefit: BenefitID(0), member: nil, periods: payments, time: nil, isComplete: isComplete)
    let found = schedule.total.map { State.known(.number($0)) }
    if found.map(total.matches) ?? false { return }
    differ(
      key, total.text(totalType, names),
      found.map { names.text($0, totalType) } ?? "a sum that is not settled")
  }

  // MARK: - Words

  /// What several payments of one day come to; `nil` where there is none.
  private func sum(_ payments: [PaymentDecision]) -> State? {
    let paid = payments.filter { $0.outcome != .notEntitled && $0.outcome != .notApplicable }
    guard let first = paid.first else { return nil }
    if paid.count == 1 { return first.outcome == .entitled ? first.amount : nil }
    var total = Number.zero
    for payment in paid {
      guard payment.outcome == .entitled, case .known(.number(let amount))? = payment.amount,
        let sum = try? total + amount
      else { return nil }
      total = sum
    }
    return .known(.number(total))
  }

  private func text(_ payments: [PaymentDecision]) -> String {
    payments.isEmpty ? "no payment" : payments.map(text).joined(separator: " and ")
  }

  private func text(_ payment: PaymentDecision) -> String {
    guard payment.outcome == .entitled, let amount = payment.amount else {
      return payment.outcome.rawValue
    }
    return names.text(amount, type)
  }

  /// The payments themselves, the first few.
  var chain: [String] {
    let lines = periods.prefix(Self.limit).map { payment in
      "\(payment.date) \(payment.name.map { "\($0) " } ?? "")\(text(payment))"
    }
    return periods.count > Self.limit ? lines + ["…"] : Array(lines)
  }
}
