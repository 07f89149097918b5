import AnnonaLanguage
import AnnonaValues

/// `over`: an expression as of the first day of each month, day or year of a period.
extension Evaluator {
  /// A series of more steps than this is a fault, so that work stays bounded.
  static let seriesLimit = 12_000

  func series(
    _ body: Expression, over period: Expression, _ variation: Variation, _ scope: Scope,
    _ span: Span
  ) -> State {
    let days = evaluate(period, scope)
    if days.isError { return days }
    guard case .period(let first, let last)? = days.domain.present, let start = first.single,
      let end = last.single
    else { return openSeries(body, days, scope) }
    guard let dates = Self.dates(from: start, through: end, each: variation) else {
      return .error([fault(.partialPeriod, scope, period.span)])
    }
    guard dates.count <= Self.seriesLimit else { return .error([fault(.tooLarge, scope, span)]) }
    var elements: [ListShape.Element] = []
    var errors: [Faults] = []
    for date in dates {
      var inner = scope
      inner.clock = Clock(date)
      let state = evaluate(body, inner)
      if case .error(let faults) = state { errors.append(faults) }
      elements.append(
        ListShape.Element(state.domain, waits: state.waits, mayFail: state.faults))
    }
    if !errors.isEmpty { return .error(.union(errors)) }
    let shape = ListShape(elements)
    return .settled(
      Domain(.list(shape)), waits: shape.allWaits.union(days.waits),
      mayFail: shape.allFaults.union(days.faults))
  }

  /// Where the period itself is open: any number of steps, each as of any day that it may hold.
  private func openSeries(_ body: Expression, _ days: State, _ scope: Scope) -> State {
    guard case .period(let first, let last)? = days.domain.present else { return days }
    var inner = scope
    inner.clock = Clock(Clock.Days(min(first.lower, last.lower), max(first.upper, last.upper)))
    let state = evaluate(body, inner)
    let rest = ListShape.Rest(
      state.domain, waits: state.waits.union(days.waits), mayFail: state.faults, minimum: 0,
      maximum: nil)
    return .settled(
      Domain(.list(ListShape([], rests: [rest]))), waits: days.waits.union(state.waits),
      mayFail: days.faults.union(state.faults))
  }

  /// The first day of each whole step from one date through another; `nil` where either end cuts a step.
  static func dates(
    from first: CalendarDate, through last: CalendarDate, each variation: Variation
  ) -> [CalendarDate]? {
    guard let end = last.next, isStart(first, of: variation), isStart(end, of: variation) else {
      return nil
    }
    var dates: [CalendarDate] = []
    var current = first
    while current < end, dates.count <= seriesLimit {
      dates.append(current)
      guard let next = next(after: current, variation) else { break }
      current = next
    }
    return dates
  }

  private static func isStart(_ date: CalendarDate, of variation: Variation) -> Bool {
    switch variation {
    case .monthly: date.day == 1
    case .yearly: date.day == 1 && date.month == 1
    case .daily, .never: true
    }
  }

  private static func next(after date: CalendarDate, _ variation: Variation) -> CalendarDate? {
    switch variation {
    case .monthly: try? date.adding(months: 1, overflow: .lastDay)
    case .yearly: try? date.adding(months: 12, overflow: .lastDay)
    case .daily, .never: date.next
    }
  }
}
