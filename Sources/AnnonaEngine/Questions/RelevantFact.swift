public import AnnonaLanguage
public import AnnonaValues

/// Something missing that can still change what is decided: who needs it, and which benefits it touches.
public struct RelevantFact: Sendable {
  /// Where it is read.
  public struct Reader: Sendable, Hashable {
    /// `nil` where a benefit reads it in its own words.
    public let rule: RuleID?
    public let instance: Int32
    /// The rule's own provisions, else those of the nearest that relies on it and has any.
    public let citations: [Citation]
  }

  /// A benefit for the case, or for one member.
  public struct Goal: Sendable, Hashable {
    public let benefit: BenefitID
    public let member: Int32?
  }

  /// A fact, or a list of members of whom nobody has said who they are.
  public let wait: Wait
  public internal(set) var readers: [Reader]
  public internal(set) var touches: [Goal]
}

extension BenefitDecision {
  /// All that somebody can still be asked for and that can change it, its payments included.
  public var openFacts: Waits {
    let ofPayments = plan?.payments.flatMap(\.needs) ?? []
    return Waits(needs + ofPayments)
  }
}

/// Finds what is worth asking for a case, and in which order.
public struct Questioning: Sendable {
  let program: Program
  let facts: Case
  let today: CalendarDate
  let supposed: [Supposition]

  public init(
    _ program: Program, _ facts: Case, today: CalendarDate, suppose: [Supposition] = []
  ) {
    self.program = program
    self.facts = facts
    self.today = today
    supposed = suppose
  }

  /// Exactly the missing facts that these decisions wait for, the one to ask next first.
  ///
  /// No other fact can change them, whatever it turns out to be.
  ///
  /// - Parameter decisions: made for this case on this day.
  public func relevantFacts(for decisions: [BenefitDecision]) -> [RelevantFact] {
    var found: [RelevantFact] = []
    var places: [Wait: Int] = [:]
    let search = ReaderSearch(self)
    for decision in decisions {
      let goal = RelevantFact.Goal(benefit: decision.benefit, member: decision.member)
      for wait in decision.openFacts.elements {
        let place = places[wait] ?? found.count
        if place == found.count {
          places[wait] = place
          found.append(RelevantFact(wait: wait, readers: [], touches: []))
        }
        found[place].touches.append(goal)
        for reader in search.readers(of: wait, for: decision)
        where !found[place].readers.contains(reader) {
          found[place].readers.append(reader)
        }
      }
    }
    return inOrder(found, decisions)
  }

  func evaluator(
    on day: CalendarDate? = nil, assumptions: Evaluator.Assumptions = .taken
  ) -> Evaluator {
    Evaluator(program, facts, today: day ?? today, assumptions: assumptions, suppose: supposed)
  }
}

/// Looks up which rules read a missing fact, each benefit's rules read once.
private final class ReaderSearch {
  private let questioning: Questioning
  private var evaluators: [Evaluator] = []

  init(_ questioning: Questioning) {
    self.questioning = questioning
    // A refusal that would rest on a mere default was decided again without it.
    evaluators = [
      questioning.evaluator(), questioning.evaluator(assumptions: .onlyTheLaws),
    ]
  }

  func readers(of wait: Wait, for decision: BenefitDecision) -> [RelevantFact.Reader] {
    for evaluator in evaluators {
      let found = evaluator.readers(of: wait, for: decision)
      if !found.isEmpty { return found }
    }
    for payment in decision.plan?.payments ?? [] where payment.needs.contains(wait) {
      let then = questioning.evaluator(on: payment.date)
      let found = then.readers(of: wait, for: decision)
      if !found.isEmpty { return found }
    }
    let benefit = questioning.program.benefits[decision.benefit]
    return [.init(rule: nil, instance: decision.member ?? 0, citations: benefit.citations)]
  }
}

extension Evaluator {
  /// The rules that wait for it and that read no other rule which does; found from the benefit's own words on.
  fileprivate func readers(
    of wait: Wait, for decision: BenefitDecision
  ) -> [RelevantFact.Reader] {
    let benefit = program.benefits[decision.benefit]
    let payments = benefit.payments.map(\.amount)
    let expressions = [benefit.applies, benefit.entitled, benefit.amount].compactMap { $0 }
    var found: [RelevantFact.Reader] = []
    for instance in subjects(of: decision) {
      let before = progress
      for expression in expressions + payments {
        _ = settle { self.evaluate(expression, benefit, instance) }
      }
      let roots = Array(reads[before.reads...])
      restore(before)
      for reader in readers(of: wait, from: roots) where !found.contains(reader) {
        found.append(reader)
      }
    }
    return found
  }

  private func readers(of wait: Wait, from roots: [Int32]) -> [RelevantFact.Reader] {
    var found: [RelevantFact.Reader] = []
    var seen: Set<Int32> = []
    var stack = roots.reversed().map { (number: $0, law: [Citation]()) }
    while let (number, above) = stack.popLast() {
      let entry = memo.entries[Int(number)]
      guard entry.state.waits.contains(wait), seen.insert(number).inserted else { continue }
      let own = citations(of: entry.key)
      let law = own.isEmpty ? above : own
      let inner = memo.reads[entry.reads].filter {
        memo.entries[Int($0)].state.waits.contains(wait)
      }
      if inner.isEmpty {
        let reader = RelevantFact.Reader(
          rule: entry.key.rule, instance: entry.key.instance, citations: law)
        if !found.contains(reader) { found.append(reader) }
      }
      stack += inner.reversed().map { (number: $0, law: law) }
    }
    return found
  }

  private func citations(of key: RuleKey) -> [Citation] {
    let rule = program.rules[key.rule]
    return (rule.version(on: key.clock.law.first)?.citations ?? []) + rule.citations
  }

  /// For whom it was decided: the member, the case, or anybody who may be in a list that is open.
  private func subjects(of decision: BenefitDecision) -> [Int32] {
    if let member = decision.member { return [member] }
    guard let place = program.benefits[decision.benefit].members else { return [0] }
    return facts.instances(of: program.places[place].holder).flatMap { holder -> [Int32] in
      let domain = settle { self.value(ofMembers: place, for: holder) }.domain
      return (domain.list?.rests.first?.value ?? domain).instances.filter { $0 < 0 }
    }
  }
}
