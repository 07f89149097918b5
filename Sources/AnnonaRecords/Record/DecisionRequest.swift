public import Annona
internal import AnnonaLanguage
public import AnnonaValues

/// What is to be decided and recorded.
public struct DecisionRequest: Sendable {
  /// For which days.
  public enum Days: Sendable, Hashable {
    case on(CalendarDate)
    /// Each period that begins within them: month by month what is paid per month, and so on; both days in.
    case from(CalendarDate, through: CalendarDate)
  }

  /// Read by the rulebook that decides.
  public var facts: Case
  public var days: Days
  /// Rules whose value is set for this case.
  public var suppositions: [Supposition] = []
  /// The life event after which it is decided; the benefits that it touches alone are.
  public var event: ReportedEvent?
  /// Whether the record also says what would change the outcomes.
  public var wantsCounterfactuals = false

  public init(_ facts: Case, _ days: Days) {
    self.facts = facts
    self.days = days
  }

  /// One decision for each date, in order.
  public func decided(by rulebook: Rulebook) -> [DecidedCase] {
    let decided =
      switch days {
      case .on(let date): [rulebook.decide(facts, on: date, suppose: suppositions)]
      case .from(let first, let last):
        rulebook.decidePeriods(facts, from: first, through: last, suppose: suppositions)
      }
    return decided.map { one in
      let touched = event.map { one.touched(by: $0) } ?? one
      return wantsCounterfactuals ? touched.withCounterfactuals() : touched
    }
  }
}

extension DecisionRequest.Days {
  var first: CalendarDate {
    switch self {
    case .on(let date), .from(let date, _): date
    }
  }

  func recorded(_ context: DecisionContext) -> JSONValue {
    var times = MemberList()
    switch self {
    case .on(let date): times.add("today", date.description)
    case .from(let first, let last):
      times.add("today", first.description)
      times.add(
        "period",
        .object(["from": .string(first.description), "through": .string(last.description)]))
    }
    return times.object.with([
      "facts_known_at": .optional(context.factsKnownAt?.description),
      "effective_from": .optional(context.effectiveFrom?.description),
    ])
  }

  /// As a record has it; `nil` where it says nothing of the kind.
  init?(recorded times: JSONValue?) {
    guard let today = times?["today"]?.text.flatMap({ CalendarDate(text: $0) }) else { return nil }
    guard let period = times?["period"] else {
      self = .on(today)
      return
    }
    guard let first = period["from"]?.text.flatMap({ CalendarDate(text: $0) }),
      let last = period["through"]?.text.flatMap({ CalendarDate(text: $0) }), first <= last
    else { return nil }
    self = .from(first, through: last)
  }
}

extension ReportedEvent {
  var recorded: JSONValue {
    var event = MemberList()
    event.add("event", name)
    event.add("id", id)
    event.add("observed", .optional(observed))
    event.add(
      "displaced",
      displaced.map { gone in
        var object = MemberList()
        object.add("id", gone.fact)
        object.add("event", gone.event)
        object.add("declined", if: gone.event == nil)
        return object.object
      })
    return event.object
  }

  init?(recorded event: JSONValue) {
    guard let name = event["event"]?.text, let id = event["id"]?.text else { return nil }
    self.init(
      name: name, id: id, observed: event["observed"]?.text,
      displaced: (event["displaced"]?.items ?? []).map {
        DisplacedFact(fact: $0["id"]?.text ?? "", event: $0["event"]?.text)
      })
  }
}
