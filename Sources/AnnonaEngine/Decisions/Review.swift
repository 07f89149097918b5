import AnnonaLanguage
public import AnnonaValues

extension Evaluator {
  /// The first day on which a decision may come out otherwise by the passing of time alone: by age, period or law.
  ///
  /// Never later than the first change; `nil` where none is in sight while the rulebook is in force. It asks what is
  /// possible on all days up to a date at once: as long as one answer is, that answer holds throughout.
  public func nextReview(of decision: BenefitDecision) -> CalendarDate? {
    guard
      decision.outcome == .entitled || decision.outcome == .notEntitled
        || decision.outcome == .notApplicable
    else { return nil }
    let rulebook = program.rulebooks[program.benefits[decision.benefit].rulebook]
    let today = clock.today.first
    let last = rulebook.inForce.through ?? .latest
    guard today < last else { return last == .latest ? nil : last.next }
    // With nobody to decide for, nothing but the law's own end can change it.
    let isForNobody =
      decision.member == nil && program.benefits[decision.benefit].members != nil
    if isForNobody || holds(decision, through: last) { return last == .latest ? nil : last.next }
    // The answer holds through `known` and not through `doubtful`.
    var (known, doubtful) = (today.dayNumber, last.dayNumber)
    while known + 1 < doubtful {
      let middle = known + (doubtful - known) / 2
      guard let date = CalendarDate(dayNumber: middle) else { break }
      if holds(decision, through: date) { known = middle } else { doubtful = middle }
    }
    return CalendarDate(dayNumber: doubtful)
  }

  private func holds(_ decision: BenefitDecision, through last: CalendarDate) -> Bool {
    let stretch = Evaluator(
      program, facts, during: Clock.Days(clock.today.first, last), assumptions: assumptions,
      suppose: supposed)
    let draft = stretch.draft(
      decision.benefit, for: decision.member ?? 0, withReasons: false)
    return draft.outcome == decision.outcome && draft.amount == decision.amount
  }
}
