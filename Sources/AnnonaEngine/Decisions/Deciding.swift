public import AnnonaLanguage
public import AnnonaValues

/// Decides every benefit of a program for a case as of a date.
public func decide(
  _ program: Program, _ facts: Case, today: CalendarDate, suppose: [Supposition] = []
) -> Decision {
  let evaluator = Evaluator(program, facts, today: today, suppose: suppose)
  return evaluator.decide()
}

extension Evaluator {
  /// Every benefit for everybody it is for; the evaluator keeps what was worked out, for the trace.
  public func decide() -> Decision {
    var benefits: [BenefitDecision] = []
    for index in program.benefits.indices { benefits += decide(BenefitID(index)) }
    return Decision(today: clock.today.first, benefits: benefits, values: values())
  }

  /// One benefit, for everybody it is for.
  public func decide(_ benefit: BenefitID) -> [BenefitDecision] {
    guard let place = program.benefits[benefit].members else {
      return [decideStanding(benefit, for: 0, member: nil)]
    }
    var decisions: [BenefitDecision] = []
    for holder in facts.instances(of: program.places[place].holder) {
      switch facts.members(of: place, for: holder) {
      case .given(let members):
        decisions += members.map { decideStanding(benefit, for: $0, member: $0) }
      case .notGiven, .declined: decisions.append(withoutMembers(benefit, place, of: holder))
      }
    }
    if decisions.isEmpty {
      decisions = [
        plain(benefit, isInForce(benefit) ? .notApplicable : .notInForce)
      ]
    }
    return decisions
  }

  /// Whether the rulebook that grants a benefit is law on the day.
  func isInForce(_ benefit: BenefitID) -> Bool {
    program.rulebooks[program.benefits[benefit].rulebook].inForce.contains(clock.today.first)
  }

  private func plain(_ benefit: BenefitID, _ outcome: Outcome) -> BenefitDecision {
    var draft = Draft()
    draft.outcome = outcome
    return draft.decision(benefit, nil, self)
  }

  /// Nobody has said who the members are: one decision for any that there may be.
  private func withoutMembers(
    _ benefit: BenefitID, _ place: PlaceID, of holder: Int32
  ) -> BenefitDecision {
    guard isInForce(benefit) else { return plain(benefit, .notInForce) }
    let state = settle { self.value(ofMembers: place, for: holder) }
    guard let anyone = (state.domain.list?.rests.first?.value ?? state.domain).instances.first
    else { return plain(benefit, .notApplicable) }
    var draft = draft(benefit, for: anyone)
    let waits = state.waits
    draft.outcome = waits.contains(where: { referral($0) == nil }) ? .undetermined : .refer
    draft.waits = waits.union(draft.waits)
    draft.bounds = draft.bounds?.hull(with: .exactly(.zero))
    draft.reasons = []
    return draft.decision(benefit, nil, self)
  }

  /// A refusal that rests on a default no law gives does not stand: it is decided again with that fact open.
  private func decideStanding(
    _ benefit: BenefitID, for instance: Int32, member: Int32?
  ) -> BenefitDecision {
    let first = draft(benefit, for: instance)
    let isRefusal = first.outcome == .notEntitled || first.outcome == .notApplicable
    guard isRefusal, assumptions == .taken, first.assumed.contains(where: isMereDefault) else {
      return first.decision(benefit, member, self)
    }
    let strict = Evaluator(
      program, facts, during: clock.today, assumptions: .onlyTheLaws, suppose: supposed)
    strict.exercise = exercise
    var second = strict.draft(benefit, for: instance)
    if second.outcome == .notEntitled || second.outcome == .notApplicable {
      return first.decision(benefit, member, self)
    }
    second.assumed = second.assumed.union(first.assumed)
    return second.decision(benefit, member, strict)
  }

  private func isMereDefault(_ wait: Wait) -> Bool {
    guard case .fact(_, let fact, _) = wait else { return false }
    return program.facts[fact].assumed.map { !$0.citesTheLaw } ?? false
  }

  // MARK: - One decision

  /// A decision in the making.
  struct Draft {
    var outcome = Outcome.notInForce
    var entitled: State?
    var amount: State?
    var plan: PaymentPlan?
    var bounds: NumberRange?
    var waits: Waits = []
    var reasons: [Reason] = []
    var faults: Faults = []
    var dismissed: Faults = []
    var assumed: Waits = []

    func decision(
      _ benefit: BenefitID, _ member: Int32?, _ evaluator: Evaluator
    ) -> BenefitDecision {
      let waits = evaluator.inOrder(waits)
      return BenefitDecision(
        benefit: benefit, member: member, outcome: outcome, entitled: entitled, amount: amount,
        plan: plan, bounds: bounds,
        needs: waits.filter { evaluator.referral($0) == nil },
        referrals: waits.compactMap(evaluator.referral), reasons: reasons, faults: faults,
        dismissed: dismissed.isEmpty ? [] : Faults(dismissed.filter { !faults.contains($0) }),
        assumed: evaluator.inOrder(assumed), assumptions: evaluator.assumptions)
    }
  }

  /// Force, `applies`, `entitled`, `amount` in turn: the first not settled in favour decides.
  ///
  /// - Parameters:
  ///   - paying: The amount of one of several payments, as of this date, in place of the benefit's own.
  ///   - withReasons: Whether anybody wants to know why.
  func draft(
    _ benefit: BenefitID, for instance: Int32, paying: Expression? = nil, withReasons: Bool = true
  ) -> Draft {
    var draft = Draft()
    guard isInForce(benefit) else { return draft }
    let declared = program.benefits[benefit]
    let before = progress
    notes = Notes()
    defer {
      notes = before.notes
      reads.removeLast(reads.count - before.reads)
    }
    var outcome: Outcome?
    for (condition, refusal) in [
      (declared.applies, Outcome.notApplicable), (declared.entitled, .notEntitled),
    ] {
      guard let condition else { continue }
      let state = settle { self.evaluate(condition, declared, instance) }
      if refusal == .notEntitled { draft.entitled = state }
      draft.waits = draft.waits.union(state.waits)
      let settled = self.outcome(of: state, refusal: refusal)
      outcome = outcome ?? settled
      if outcome != nil { draft.faults = draft.faults.union(state.faults) }
      if settled == .error || settled == .notInForce || settled == refusal { break }
    }
    let isStillPossible = outcome == nil || outcome == .undetermined || outcome == .refer
    if isStillPossible, let amount = paying ?? declared.amount {
      addAmount(amount, of: declared, instance, &draft, &outcome)
    } else if outcome == nil, !declared.payments.isEmpty {
      let plan = plan(of: benefit, for: instance)
      draft.plan = plan
      draft.waits = draft.waits.union(plan.dates.waits)
      draft.faults = draft.faults.union(plan.dates.faults)
      outcome = self.outcome(of: plan.dates, refusal: nil)
    }
    draft.outcome = outcome ?? .entitled
    let met = notes(since: before)
    draft.dismissed = Faults(met.dismissed)
    draft.assumed = Waits(met.assumed)
    if withReasons {
      draft.reasons = reasons(of: declared, for: instance, outcome: draft.outcome)
    }
    return draft
  }

  private func addAmount(
    _ amount: Expression, of benefit: Benefit, _ instance: Int32, _ draft: inout Draft,
    _ outcome: inout Outcome?
  ) {
    let state = settle {
      self.notNegative(self.evaluate(amount, benefit, instance), amount, instance)
    }
    draft.amount = state
    draft.waits = draft.waits.union(state.waits)
    let isEntitled = outcome == nil
    if isEntitled {
      outcome = self.outcome(of: state, refusal: nil)
      draft.faults = draft.faults.union(state.faults)
    }
    guard outcome != nil, let range = state.domain.numbers else { return }
    draft.bounds = isEntitled ? range : range.hull(with: .exactly(.zero))
  }

  /// `nil` where it is settled in favour.
  private func outcome(of state: State, refusal: Outcome?) -> Outcome? {
    switch state {
    case .known(let value): return value == .boolean(false) ? refusal : nil
    case .error(let faults):
      return !faults.isEmpty && faults.allSatisfy { $0.code == .notInForce } ? .notInForce : .error
    case .open(let possible):
      let canBeAsked = possible.waits.contains { referral($0) == nil }
      return canBeAsked || possible.waits.isEmpty ? .undetermined : .refer
    }
  }

  func evaluate(
    _ expression: Expression, _ benefit: Benefit, _ instance: Int32
  ) -> State {
    let scope = Scope(rule: nil, instance: instance, clock: clock)
    guard let under = benefit.under else { return evaluate(expression, scope) }
    return dated(evaluate(under, scope), scope) {
      self.evaluate(expression, $0)
    } moving: {
      _, days in
      var moved = scope
      moved.clock.lawOf = days
      return moved
    }
  }

  private func notNegative(_ state: State, _ amount: Expression, _ instance: Int32) -> State {
    guard let range = state.domain.numbers, range.lower.map({ $0 < .zero }) ?? true else {
      return state
    }
    let scope = Scope(rule: nil, instance: instance, clock: clock)
    let floor = NumberRange(lower: .zero, upper: nil) ?? .all
    return .settled(
      Domain(range.intersection(with: floor).map { .number($0) }), waits: state.waits,
      mayFail: state.faults.union([fault(.negativeAmount, scope, amount.span)]))
  }
}
