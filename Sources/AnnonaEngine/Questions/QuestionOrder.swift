import AnnonaLanguage
import AnnonaValues

/// The order of asking: gates, then what may settle most for its burden, page by page, then by declaration.
extension Questioning {
  /// What the order of a question rests on, the first that differs deciding.
  private struct Rank {
    let isGate: Bool
    /// Its page has been begun.
    let isBegun: Bool
    /// `nil` for one that costs nothing to answer.
    let worth: Number?
    /// Outer entities first, then by declaration.
    let place: Int

    func precedes(_ other: Rank) -> Bool {
      if isGate != other.isGate { return isGate }
      if isBegun != other.isBegun { return isBegun }
      if worth != other.worth {
        guard let worth else { return true }
        return other.worth.map { worth > $0 } ?? false
      }
      return place < other.place
    }
  }

  /// What is asked together: the facts of a group of one instance, or a fact alone.
  private enum Page: Hashable {
    case group(String, Int32, isGate: Bool)
    case alone(Wait)
  }

  func inOrder(_ found: [RelevantFact], _ decisions: [BenefitDecision]) -> [RelevantFact] {
    guard found.count > 1 else { return found }
    let waits = evaluator().inOrder(Waits(found.map(\.wait)))
    let places = Dictionary(uniqueKeysWithValues: waits.enumerated().map { ($1, $0) })
    var worths = Worths(self, decisions)
    var pages: [Page: [(fact: RelevantFact, rank: Rank)]] = [:]
    for wait in waits {
      guard let fact = found.first(where: { $0.wait == wait }) else { continue }
      let rank = Rank(
        isGate: wait.fact.map { program.facts[$0].isGate } ?? false, isBegun: isBegun(wait),
        worth: worths.worth(of: wait), place: places[wait] ?? 0)
      pages[page(of: wait), default: []].append((fact, rank))
    }
    let sorted = pages.values.map { $0.sorted { $0.rank.precedes($1.rank) } }
    return sorted.sorted { $0[0].rank.precedes($1[0].rank) }.flatMap { $0.map(\.fact) }
  }

  private func page(of wait: Wait) -> Page {
    guard case .fact(let instance, let id, _) = wait, let group = program.facts[id].group else {
      return .alone(wait)
    }
    return .group(group, instance, isGate: program.facts[id].isGate)
  }

  /// Whether another fact of its page has been answered.
  private func isBegun(_ wait: Wait) -> Bool {
    guard case .fact(let instance, let id, _) = wait, let group = program.facts[id].group,
      facts.instances.indices.contains(Int(instance))
    else { return false }
    return program.entities[program.facts[id].entity].facts.contains { other in
      guard other != id, program.facts[other].group == group else { return false }
      switch facts.state(of: other, for: instance) {
      case .notGiven, .awaitingJudgement, .assumed: return false
      default: return true
      }
    }
  }
}

extension Wait {
  fileprivate var fact: FactID? {
    if case .fact(_, let fact, _) = self { return fact }
    return nil
  }
}

/// How much an answer settles: how many open facts of all the benefits fall away, on average over the answers tried, over its burden.
///
/// The same fact of several members counts as it does for the first. It serves the order alone and decides nothing.
private struct Worths {
  private enum Subject: Hashable {
    case fact(FactID)
    case members(PlaceID)
  }

  private let questioning: Questioning
  private let benefits: Set<BenefitID>
  private let open: Int
  private var known: [Subject: Number?] = [:]

  init(_ questioning: Questioning, _ decisions: [BenefitDecision]) {
    self.questioning = questioning
    benefits = Set(decisions.map(\.benefit))
    open = decisions.reduce(0) { $0 + $1.openFacts.count }
  }

  mutating func worth(of wait: Wait) -> Number? {
    let subject: Subject
    var burden = Number.one
    switch wait {
    case .fact(_, let fact, _):
      subject = .fact(fact)
      burden = questioning.program.facts[fact].burden
    case .members(_, let place): subject = .members(place)
    case .parameter: return .zero
    }
    if burden.isZero { return nil }
    if let worth = known[subject] { return worth }
    let answers = answers(to: wait)
    let fallen = answers.reduce(0) { $0 + open - openFacts(of: $1) }
    let mean = try? Number(fallen, over: max(answers.count, 1)) / burden
    known[subject] = .some(mean ?? .zero)
    return mean ?? .zero
  }

  private func openFacts(of facts: Case) -> Int {
    let (program, supposed) = (questioning.program, questioning.supposed)
    let decision = decide(program, facts, today: questioning.today, suppose: supposed)
    return decision.benefits.filter { benefits.contains($0.benefit) }
      .reduce(0) { $0 + $1.openFacts.count }
  }

  /// The case with an answer, once for each that is tried.
  private func answers(to wait: Wait) -> [Case] {
    let program = questioning.program
    switch wait {
    case .fact(let instance, let fact, nil):
      return program.facts[fact].answersToTry(program, questioning.today).map { state in
        var builder = Case.Builder(program, from: questioning.facts)
        builder.set(fact, of: instance, to: state)
        return builder.build()
      }
    case .members(let holder, let place):
      let declared = program.places[place]
      return [declared.isOptional || declared.isList ? declared.minimum : 1, 1]
        .map { count in
          var builder = Case.Builder(program, from: questioning.facts)
          builder.close(place, of: holder)
          for number in 0..<min(count, declared.maximum ?? count) {
            _ = builder.add("\(declared.name) \(number + 1)", to: place, of: holder)
          }
          return builder.build()
        }
    case .fact, .parameter: return []
    }
  }
}

extension Fact {
  /// Both of yes and no, the first members of a choice, the ends of what a figure may be, dates through a life.
  fileprivate func answersToTry(_ program: Program, _ today: CalendarDate) -> [FactState] {
    var states: [FactState] = type.isOptional ? [.absent] : []
    func limit(_ limit: Limit?) -> Value? {
      switch limit {
      case .value(let value): value
      case .today: .date(today)
      case nil: nil
      }
    }
    switch type.present {
    case .boolean: states += [.known(.boolean(true)), .known(.boolean(false))]
    case .choice(let choice):
      let members = program.choices[choice].members.indices.prefix(8)
      states += members.map { .known(.choice(Int32($0))) }
    case .number:
      let low = limit(minimum)?.number ?? .zero
      let far = (try? low + Number(1_000_000)) ?? low
      states += [low, limit(maximum)?.number ?? far].map { .known(.number($0)) }
    case .date:
      let (low, high) = (limit(minimum)?.date, limit(maximum)?.date)
      let days = [0, 10, 30, 70].compactMap { years in
        try? today.adding(months: -12 * years, overflow: .lastDay)
      }.filter { day in (low.map { $0 <= day } ?? true) && (high.map { day <= $0 } ?? true) }
      states += (days.isEmpty ? [low, high].compactMap { $0 } : days).map { .known(.date($0)) }
    default: break
    }
    return states
  }
}
