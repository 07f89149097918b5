public import AnnonaLanguage
public import AnnonaValues

/// The least change of one fact with which a benefit would come out otherwise.
public struct Counterfactual: Sendable, Hashable {
  public let fact: CaseFact
  /// What the fact is, and what it would have to be.
  public let now: Value
  public let then: Value
  /// For a number, the last value on the way on from `then` for which the same still holds.
  public let through: Number?
  public let outcome: Outcome
  /// In the unit of the benefit's amount; 0 for what is refused.
  public let amountNow: Number
  public let amount: Number
  /// What makes the difference; `nil` for a fact that is no number.
  public let turn: TurningPoint?

  /// Whether people are better off: more is paid, or less is charged.
  public let isGain: Bool
}

/// What would have to be otherwise for a decision to be otherwise: for each fact the least change that gains, and the least that loses.
///
/// Exact: numbers are swept, other facts tried one by one. Beyond a range that is not decided nothing is said.
///
/// - Parameter isChangeable: whether people can change the fact at all; no other is ever looked at.
public func counterfactuals(
  _ program: Program, _ facts: Case, today: CalendarDate, suppose: [Supposition] = [],
  of decision: BenefitDecision, where isChangeable: (FactID) -> Bool
) -> [Counterfactual] {
  guard decision.member != nil || program.benefits[decision.benefit].members == nil else {
    return []
  }
  var found: [Counterfactual] = []
  for (index, instance) in facts.instances.enumerated() {
    for id in program.entities[instance.entity].facts where isChangeable(id) {
      let search = CounterfactualSearch(
        program, facts, today, suppose, CaseFact(id, of: Int32(index)), decision)
      found += search.found
    }
  }
  return found
}

/// Looks for the least changes of one fact.
struct CounterfactualSearch {
  let sweeper: Sweeper
  let decision: BenefitDecision
  let now: Value

  private let program: Program
  private let goal: SweepGoal

  init(
    _ program: Program, _ facts: Case, _ today: CalendarDate, _ suppose: [Supposition],
    _ fact: CaseFact, _ decision: BenefitDecision
  ) {
    self.program = program
    sweeper = Sweeper(program, facts, today, suppose, fact)
    self.decision = decision
    goal = .benefit(decision.benefit, for: decision.member)
    if case .known(let value) = facts.state(of: fact.fact, for: fact.instance) {
      now = value
    } else {
      now = .null
    }
  }

  var found: [Counterfactual] {
    guard sweeper.depends(decision.benefit) else { return [] }
    switch (now, program.facts[sweeper.fact.fact].type.present) {
    case (.number(let number), .number): return numeric(number)
    case (.boolean(let truth), .boolean): return tried([.boolean(!truth)])
    case (.choice(let member), .choice(let choice)):
      let others = program.choices[choice].members.indices.map { Int32($0) }
      return tried(others.filter { $0 != member }.map { .choice($0) })
    default: return []
    }
  }

  /// Choices have no order: all that make a difference are named.
  private func tried(_ values: [Value]) -> [Counterfactual] {
    guard let (amountNow, outcomeNow) = sweeper.amount(goal, with: now) else { return [] }
    return values.compactMap { value in
      guard let (amount, outcome) = sweeper.amount(goal, with: value),
        amount != amountNow || outcome != outcomeNow
      else { return nil }
      return Counterfactual(
        fact: sweeper.fact, now: now, then: value, through: nil, outcome: outcome,
        amountNow: amountNow, amount: amount, turn: nil, isGain: isGain(amountNow, amount))
    }
  }

  private func numeric(_ x: Number) -> [Counterfactual] {
    var through: Number?
    if let double = try? x * Number(2), let beyond = try? double + Number(10_000) {
      through = beyond
    }
    let fact = program.facts[sweeper.fact.fact]
    if case .value(.number(let limit))? = fact.maximum { through = through.map { min($0, limit) } }
    var from: Number?
    if fact.minimum == nil, x.isNegative { from = try? x * Number(2) }
    guard let swept = try? sweeper.sweep(goal, from: from, through: through),
      let index = swept.pieces.firstIndex(where: { $0.contains(x) }),
      let line = swept.pieces[index].line, let amountNow = try? line.value(at: x)
    else { return [] }
    let below = changes(swept, index, x, amountNow, upward: false)
    let above = changes(swept, index, x, amountNow, upward: true)
    return [true, false].compactMap { isGain in
      let near = [below, above].compactMap { $0.first { $0.isGain == isGain } }
      return near.min { distance(x, $0) < distance(x, $1) }
    }
  }

  private func isGain(_ now: Number, _ then: Number) -> Bool {
    program.benefits[decision.benefit].isCharge ? then < now : now < then
  }

  private func distance(_ x: Number, _ change: Counterfactual) -> Number {
    guard case .number(let then) = change.then, let distance = try? then - x else { return .zero }
    return distance.magnitude
  }

  /// The nearest gain and the nearest loss on one side: where the amount jumps, or the outcome turns.
  private func changes(
    _ swept: Sweep, _ index: Int, _ x: Number, _ amountNow: Number, upward: Bool
  ) -> [Counterfactual] {
    let jumps = swept.jumps
    let own = swept.pieces[index]
    var found: [Counterfactual] = []
    var at = index + (upward ? 1 : -1)
    while swept.pieces.indices.contains(at), found.count < 2 {
      let piece = swept.pieces[at]
      let then = upward ? piece.from : piece.through
      guard let line = piece.line, let outcome = piece.outcome,
        let amount = try? line.value(at: then)
      else { break }
      let before = swept.pieces[upward ? at - 1 : at + 1]
      let edge = upward ? before.through : piece.through
      let turns = jumps.contains { $0.last == edge } || outcome != before.outcome
      let isGain = isGain(amountNow, amount)
      let isOther = outcome != own.outcome || amount != amountNow
      if turns, isOther, amount != amountNow,
        !found.contains(where: { $0.isGain == isGain })
      {
        found.append(
          Counterfactual(
            fact: sweeper.fact, now: .number(x), then: .number(then),
            through: upward ? piece.through : piece.from, outcome: outcome, amountNow: amountNow,
            amount: amount, turn: upward ? before.turn : piece.turn, isGain: isGain))
      }
      at += upward ? 1 : -1
    }
    return found
  }
}

extension Sweeper {
  /// What a benefit pays with another value of the fact; `nil` where that is open or fails.
  func amount(_ goal: SweepGoal, with value: Value) -> (Number, Outcome)? {
    guard case .amount(let line, let outcome?) = decided(goal, with: value) else { return nil }
    return (line.constant, outcome)
  }
}
