import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

extension DecidedSchedule {
  /// The schedule as a civil servant reads it: a line for each stretch in which nothing changes.
  ///
  /// - Returns: lines, the last one ended too.
  public func text(in language: String? = nil, coloured: Bool = false) -> String {
    let wording = Wording(program, facts, language: language)
    return ScheduleText(schedule: self, wording: wording, coloured: coloured).render()
  }
}

private struct ScheduleText {
  let schedule: DecidedSchedule
  let wording: Wording
  let coloured: Bool

  func render() -> String {
    var lines = wording.titles(of: [])
    let (from, through) = (schedule.from.description, schedule.through.description)
    lines.append(wording.phrase(.decidedFromThrough, from, through))
    lines += wording.suppositions(schedule.suppositions)
    for benefit in schedule.benefits { lines += [""] + self.lines(benefit) }
    if schedule.benefits.count > 1, let total = schedule.total {
      lines += ["", wording.phrase(.grandTotal, wording.total(total))]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(_ benefit: BenefitSchedule) -> [String] {
    var lines = [painted(wording.heading(benefit.benefit, for: benefit.member), "1")]
    lines += stretches(benefit).map { first, last in
      "  \(days(first.date, last.date, benefit.time)): \(words(first, benefit))"
    }
    if benefit.periods.isEmpty { lines.append("  " + wording.phrase(.noPeriod)) }
    if let total = schedule.total(of: benefit) {
      lines.append("  " + wording.phrase(.total, wording.total(total)))
    }
    let periods = benefit.periods
    let needs = periods.flatMap { $0.datedNeeds(in: schedule.program) }
    lines += wording.list(.stillNeeded, wording.unique(needs.map(wording.need)))
    lines += wording.list(
      .whyReferred, wording.unique(periods.flatMap(\.referrals).map(wording.referral)))
    lines += wording.list(.faults, wording.unique(periods.flatMap { $0.faults.map(wording.fault) }))
    return lines
  }

  /// Periods that follow one another and come to the same, as the first and the last of each run.
  private func stretches(
    _ benefit: BenefitSchedule
  ) -> [(first: PaymentDecision, last: PaymentDecision)] {
    var stretches: [(first: PaymentDecision, last: PaymentDecision)] = []
    for period in benefit.periods {
      if benefit.time != nil, let current = stretches.last, comesToTheSame(current.last, period) {
        stretches[stretches.count - 1].last = period
      } else {
        stretches.append((period, period))
      }
    }
    return stretches
  }

  private func comesToTheSame(_ one: PaymentDecision, _ other: PaymentDecision) -> Bool {
    one.outcome == other.outcome && one.bounds == other.bounds
      && (one.outcome != .entitled || one.amount == other.amount)
  }

  /// `2025-01 to 2025-06`
  private func days(_ first: CalendarDate, _ last: CalendarDate, _ time: Unit?) -> String {
    let (from, through) = (name(first, time), name(last, time))
    return from == through ? from : wording.phrase(.fromThrough, from, through)
  }

  /// A month or a year of the calendar by its short name; what begins in its midst by its first day.
  private func name(_ date: CalendarDate, _ time: Unit?) -> String {
    let text = date.description
    if time == .month, date.day == 1 { return String(text.dropLast(3)) }
    if time == .year, date.day == 1, date.month == 1 { return String(text.dropLast(6)) }
    return text
  }

  private func words(_ period: PaymentDecision, _ benefit: BenefitSchedule) -> String {
    let words = wording.outcome(period.outcome, of: schedule.program.benefits[benefit.benefit])
    guard let (type, title) = paid(period, benefit) else { return words }
    if period.outcome == .entitled, let amount = period.amount?.knownValue {
      return painted(wording.value(amount, type), "32") + title
    }
    return (period.bounds.map { "\(words); \(wording.range($0, type))" } ?? words) + title
  }

  /// The type of what is paid, and which of several payments it is, where that has a title.
  private func paid(
    _ period: PaymentDecision, _ benefit: BenefitSchedule
  ) -> (ValueType, String)? {
    let declared = schedule.program.benefits[benefit.benefit]
    if let amount = declared.amount { return (amount.type, "") }
    guard let payment = declared.payments.first(where: { $0.name == period.name }) else {
      return nil
    }
    return (payment.amount.type, wording.text(payment.title).map { " (\($0))" } ?? "")
  }

  private func painted(_ text: String, _ colour: String) -> String {
    coloured ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }
}

extension Wording {
  /// Each line once, though many periods or payments may say it.
  func unique(_ items: [String]) -> [String] {
    var seen: Set<String> = []
    return items.filter { seen.insert($0).inserted }
  }

  func total(_ total: DecidedSchedule.Total) -> String {
    number(total.amount, .number(NumberType(unit: total.unit)))
  }
}
