public import AnnonaLanguage
public import AnnonaValues

/// What a benefit pays over a stretch of time.
public struct BenefitSchedule: Sendable {
  public let benefit: BenefitID
  /// The member it is decided for; `nil` for the case itself.
  public let member: Int32?
  /// In order of date; a period is decided on its first day.
  public let periods: [PaymentDecision]
  /// `month`, `year`, `week` or `day`, where each of those is a period; `nil` for payments on dates of their own.
  public let time: Unit?
  /// Whether the dates of all payments are settled, so that none is missing.
  public let isComplete: Bool

  package init(
    benefit: BenefitID, member: Int32?, periods: [PaymentDecision], time: Unit?, isComplete: Bool
  ) {
    self.benefit = benefit
    self.member = member
    self.periods = periods
    self.time = time
    self.isComplete = isComplete
  }

  /// The sum of what is paid, in the payments' unit times their period; `nil` while one of them, or its date, is open.
  public var total: Number? {
    guard isComplete else { return nil }
    var total = Number.zero
    for period in periods {
      switch period.outcome {
      case .notEntitled, .notApplicable: continue
      case .entitled:
        guard case .known(.number(let amount))? = period.amount, let sum = try? total + amount
        else { return nil }
        total = sum
      case .undetermined, .refer, .error, .notInForce: return nil
      }
    }
    return total
  }
}

/// More periods than this are never decided at once, so that work stays bounded: a hundred years of days.
public let schedulePeriodLimit = 36_525

/// Decides each period from one day through another: each month for what is paid per month, and so on.
///
/// Nothing is pro-rated: a period has the amount of its first day. What is paid once is decided on the first day alone.
public func schedule(
  _ program: Program, _ facts: Case, from: CalendarDate, through: CalendarDate,
  suppose: [Supposition] = []
) -> [BenefitSchedule] {
  program.benefits.indices.map { BenefitID($0) }.flatMap { id in
    schedule(of: id, program, facts, from: from, through: through, suppose: suppose)
  }
}

/// The same of one benefit.
///
/// - Parameter exercise: where it is noted what was exercised.
package func schedule(
  of id: BenefitID, _ program: Program, _ facts: Case, from: CalendarDate, through: CalendarDate,
  suppose: [Supposition], noting exercise: Exercise? = nil
) -> [BenefitSchedule] {
  let benefit = program.benefits[id]
  if !benefit.payments.isEmpty {
    let evaluator = Evaluator(program, facts, today: from, suppose: suppose)
    evaluator.exercise = exercise
    // Each payment is decided on its own date, whatever holds on the first day.
    return evaluator.decide(id).map { decision in
      guard decision.member != nil || benefit.members == nil else {
        return BenefitSchedule(
          benefit: id, member: nil, periods: [], time: nil, isComplete: decision.isRefused)
      }
      let plan = evaluator.plan(of: id, for: decision.member ?? 0)
      return BenefitSchedule(
        benefit: id, member: decision.member,
        periods: plan.payments.filter { from <= $0.date && $0.date <= through }, time: nil,
        isComplete: plan.dates.knownValue != nil)
    }
  }
  var found: [BenefitSchedule] = []
  for date in benefit.periods(from: from, through: through, program.calendar) {
    let evaluator = Evaluator(program, facts, today: date, suppose: suppose)
    evaluator.exercise = exercise
    for decision in evaluator.decide(id) {
      let payment = PaymentDecision(nil, on: date, decision)
      let index = found.firstIndex { $0.member == decision.member }
      let earlier = index.map { found[$0].periods } ?? []
      let extended = BenefitSchedule(
        benefit: id, member: decision.member, periods: earlier + [payment],
        time: benefit.time.map { Unit($0) }, isComplete: true)
      if let index { found[index] = extended } else { found.append(extended) }
    }
  }
  return found
}

extension Benefit {
  /// What it is paid per, such as `month`; `nil` for what is paid once, or on days of its own.
  package var time: String? {
    let unit = amount?.type.numberType?.unit ?? .none
    return ["month", "year", "week", "day"].first { unit.exponent(of: $0) < 0 }
  }

  /// The first day of each period that begins within the stretch; its first day alone for what is not paid by period.
  package func periods(
    from: CalendarDate, through: CalendarDate, _ calendar: Calendar
  ) -> [CalendarDate] {
    guard payments.isEmpty, let time else { return [from] }
    var dates: [CalendarDate] = []
    var current: CalendarDate? = firstPeriod(time, onOrAfter: from, calendar)
    while let date = current, date <= through, dates.count < schedulePeriodLimit {
      dates.append(date)
      current = next(after: date, time)
    }
    return dates
  }

  /// The last day of the period that begins on a day; `nil` for what is not paid by period.
  package func lastDay(ofPeriodFrom date: CalendarDate) -> CalendarDate? {
    guard payments.isEmpty, let time else { return nil }
    return next(after: date, time)?.previous ?? .latest
  }
}

private func firstPeriod(
  _ time: String, onOrAfter from: CalendarDate, _ calendar: Calendar
) -> CalendarDate? {
  switch time {
  case "month":
    return from.day == 1 ? from : from.endOfMonth.next
  case "year":
    let start = calendar.yearStarts ?? .init(month: 1, day: 1)
    let here = CalendarDate(year: from.year, month: start.month, day: start.day)
    if let here, here >= from { return here }
    return CalendarDate(year: from.year + 1, month: start.month, day: start.day)
  case "week":
    guard let start = calendar.weekStarts else { return from }
    let ahead = (start.rawValue - (from.dayNumber - 1) % 7 + 7) % 7
    return try? from.adding(days: ahead)
  default: return from
  }
}

private func next(after date: CalendarDate, _ time: String) -> CalendarDate? {
  switch time {
  case "month": try? date.adding(months: 1, overflow: .lastDay)
  case "year": try? date.adding(months: 12, overflow: .lastDay)
  case "week": try? date.adding(days: 7)
  default: date.next
  }
}
