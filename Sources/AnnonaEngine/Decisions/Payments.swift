public import AnnonaLanguage
public import AnnonaValues

/// A payment on its date.
public struct PaymentDecision: Sendable {
  /// Which of the benefit's payments; `nil` for the benefit's one amount.
  public let name: String?
  public let date: CalendarDate
  /// Decided as of the date.
  public let outcome: Outcome
  public let amount: State?
  /// What it can still come to while it is open.
  public let bounds: NumberRange?
  /// What could still be given that matters, in declaration order.
  public let needs: [Wait]
  /// Why nobody but an official can settle it.
  public let referrals: [Referral]
  public let faults: Faults

  init(_ name: String?, on date: CalendarDate, _ decision: BenefitDecision) {
    self.name = name
    self.date = date
    outcome = decision.outcome
    amount = decision.amount
    bounds = decision.bounds
    needs = decision.needs
    referrals = decision.referrals
    faults = decision.faults
  }

  /// What is missing; of facts that vary, and of a payment on a day of its own, as of that day.
  package func datedNeeds(in program: Program) -> [Wait] {
    needs.map { wait in
      guard name != nil, case .fact(let instance, let fact, period: nil) = wait,
        let variation = program.facts[fact].variation, variation != .never
      else { return wait }
      return .fact(instance, fact, period: date)
    }
  }
}

/// A benefit's payments for the case or a member, in order of their dates.
public struct PaymentPlan: Sendable {
  public let payments: [PaymentDecision]
  /// What the dates wait for or fail by; `known` where every date is settled.
  public let dates: State

  /// The sum of all payments; `nil` while one of them is open.
  public var total: Number? {
    guard case .known = dates else { return nil }
    var total = Number.zero
    for payment in payments where payment.outcome != .notEntitled {
      guard payment.outcome == .entitled, let amount = payment.amount?.knownValue?.number,
        let sum = try? total + amount
      else { return nil }
      total = sum
    }
    return total
  }
}

extension Evaluator {
  /// More payments than this are a fault, so that work stays bounded.
  static let paymentLimit = 1_200

  /// The payments that a benefit says one by one under `pays:`.
  public func plan(of id: BenefitID, for instance: Int32) -> PaymentPlan {
    let benefit = program.benefits[id]
    var payments: [PaymentDecision] = []
    var open: [State] = []
    for payment in benefit.payments {
      switch dates(of: payment, benefit, instance) {
      case .success(let dates):
        payments += dates.map { decide(payment, of: id, on: $0, for: instance) }
      case .failure(let unsettled): open.append(unsettled.state)
      }
    }
    payments.sort { ($0.date, $0.name ?? "") < ($1.date, $1.name ?? "") }
    let errors = open.filter(\.isError)
    let state: State =
      if !errors.isEmpty { .error(.union(errors.map(\.faults))) } else if !open.isEmpty {
        .settled(
          Domain(.boolean(.open)), waits: .union(open.map(\.waits)),
          mayFail: .union(open.map(\.faults)))
      } else { .known(.boolean(true)) }
    return PaymentPlan(payments: payments, dates: state)
  }

  private struct Unsettled: Error { let state: State }

  private func decide(
    _ payment: Payment, of id: BenefitID, on date: CalendarDate, for instance: Int32
  ) -> PaymentDecision {
    let then = Evaluator(
      program, facts, during: Clock.Days(date), assumptions: assumptions, suppose: supposed)
    then.exercise = exercise
    let draft = then.draft(id, for: instance, paying: payment.amount, withReasons: false)
    return PaymentDecision(payment.name, on: date, draft.decision(id, nil, then))
  }

  // MARK: - Dates

  private func dates(
    of payment: Payment, _ benefit: Benefit, _ instance: Int32
  ) -> Result<[CalendarDate], Unsettled> {
    switch payment.dates {
    case .once(let date):
      let state = read(date, benefit, instance)
      return state.knownValue?.date.map { .success([$0]) } ?? .failure(Unsettled(state: state))
    case .every(let step, let kind, let anchor, let skipsAnchor, let during, let overflow):
      let (length, start, period) = (
        read(step, benefit, instance), read(anchor, benefit, instance),
        read(during, benefit, instance)
      )
      guard let step = length.knownValue?.number, let from = start.knownValue?.date,
        case .known(.period(let first, let last)) = period
      else {
        let unsettled = [length, start, period].filter { $0.knownValue == nil }
        let errors = unsettled.filter(\.isError)
        return .failure(
          Unsettled(
            state: errors.isEmpty
              ? .merge(unsettled, waits: [], mayFail: []) : .error(.union(errors.map(\.faults)))))
      }
      return series(
        from: from, by: step, kind, overflow ?? .error, skipsAnchor: skipsAnchor,
        within: Clock.Days(first, last), payment, instance)
    }
  }

  private func read(_ expression: Expression, _ benefit: Benefit, _ instance: Int32) -> State {
    settle { self.evaluate(expression, benefit, instance) }
  }

  /// The n-th date is the anchor plus n steps, added at once, so that no step is lost to a short month.
  private func series(
    from anchor: CalendarDate, by step: Number, _ kind: DurationKind, _ overflow: MonthOverflow,
    skipsAnchor: Bool, within days: Clock.Days, _ payment: Payment, _ instance: Int32
  ) -> Result<[CalendarDate], Unsettled> {
    func failure(_ code: Fault.Code) -> Result<[CalendarDate], Unsettled> {
      let scope = Scope(rule: nil, instance: instance, clock: clock)
      return .failure(Unsettled(state: .error([fault(code, scope, payment.span)])))
    }
    guard step.sign > 0 else { return failure(.noStep) }
    var dates: [CalendarDate] = []
    var count = skipsAnchor ? 1 : 0
    while count <= Self.paymentLimit * 10 {
      let date: CalendarDate
      do {
        let distance = try step * Number(count)
        date = try anchor.adding(distance, kind, overflow: overflow)
      } catch let problem as DateFault {
        return failure(.init(problem))
      } catch {
        return failure(.tooLarge)
      }
      if date > days.last { return .success(dates) }
      if date >= days.first { dates.append(date) }
      guard dates.count <= Self.paymentLimit else { return failure(.tooManyPayments) }
      count += 1
    }
    return failure(.tooManyPayments)
  }
}
