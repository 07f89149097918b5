package import AnnonaEngine
package import AnnonaLanguage
import AnnonaValues

extension DecidedCase {
  /// The decision for programs: values as canonical text with their unit, members in a fixed order, no line break at the end.
  ///
  /// - Parameters:
  ///   - language: of the texts, where the rulebook has them; its own language otherwise.
  ///   - values: what stands under `values`.
  public func json(in language: String? = nil, values: [NamedValue]? = nil) -> String {
    jsonValue(in: language, values: values ?? self.values()).pretty
  }

  package func jsonValue(in language: String?, values: [NamedValue]) -> JSONValue {
    var writer = DecisionJSON(self, Wording(program, facts, language: language))
    writer.namesNeedsOfPayments = true
    let compared = changes.map { changes in
      JSONValue.Member("changes", .array(changes.map(writer.change)))
    }
    return .object(
      writer.heading + [
        .init("today", .string(decision.today.description)),
        .init("benefits", .array(benefits.map(writer.benefit))),
      ] + (compared.map { [$0] } ?? []) + [
        .init(
          "values",
          .object(values.map { .init($0.id, .string(writer.canonical.text($0.state, $0.type))) }))
      ])
  }
}

package struct DecisionJSON {
  let decided: DecidedCase
  let wording: Wording
  /// Records have the form that they were first written in.
  var namesNeedsOfPayments = false

  /// In the rulebook's own language.
  package init(_ decided: DecidedCase) {
    self.init(decided, Wording(decided.program, decided.facts, language: nil))
  }

  init(_ decided: DecidedCase, _ wording: Wording) {
    self.decided = decided
    self.wording = wording
  }

  var canonical: ValueText { wording.canonical }
  var program: Program { decided.program }

  /// The rulebook; after a life event the event, the facts that it brought, and every rulebook that was asked.
  var heading: [JSONValue.Member] {
    guard let event = decided.event else { return [.init("rulebook", .string(program.id))] }
    let facts = decided.broughtFacts.map { instance, fact in
      let type = program.facts[fact].type
      func text(_ value: Value) -> JSONValue { .string(canonical.text(value, type)) }
      let value: JSONValue =
        switch decided.facts.state(of: fact, for: instance) {
        case .known(let value): text(value)
        case .conflicting(let claims):
          .array(
            claims.map {
              .object(["value": text($0.value), "source": .optional($0.origin?.source)])
            })
        default: text(.null)
        }
      return JSONValue.Member(canonical.id(of: .fact(instance, fact, period: nil)), value)
    }
    var brought: [JSONValue.Member] = [
      .init("event", .string(event.name)), .init("source", .string(event.source)),
      .init("on", .optional(event.observed)), .init("facts", .object(facts)),
    ]
    if !event.displaced.isEmpty {
      let displaced = event.displaced.map { gone in
        JSONValue.object(["id": .string(gone.fact), "event": .optional(gone.event)])
      }
      brought.append(.init("displaced", .array(displaced)))
    }
    return [
      .init("event", .object(brought)),
      .init("rulebooks", .array(decided.rulebooks.map { .string(program.rulebooks[$0].id) })),
    ]
  }

  package func benefit(_ benefit: BenefitDecision) -> JSONValue {
    let declared = program.benefits[benefit.benefit]
    let isEntitled = benefit.outcome == .entitled
    let amount = isEntitled ? benefit.amount?.knownValue : nil
    var members: [JSONValue.Member] = []
    if decided.event != nil {
      members.append(.init("rulebook", .string(program.rulebooks[declared.rulebook].id)))
    }
    members += [
      .init("benefit", .string(declared.name)),
      .init("for", .optional(benefit.member.map { canonical.name(of: $0) })),
      .init("outcome", .string(benefit.outcome.name(of: declared))),
      .init(
        "amount",
        .optional(
          amount.flatMap { value in declared.amount.map { canonical.text(value, $0.type) } })),
    ]
    if let plan = benefit.plan {
      let total = plan.total.map { number in
        declared.payments.first.map { canonical.text(.number(number), $0.amount.type) } ?? ""
      }
      members.append(.init("payments", payments(plan, declared)))
      members.append(.init("total", .optional(total)))
    }
    members += [
      .init("reasons", .array(benefit.reasons.map(reason))),
      .init("needs", .array(benefit.needs.map { .string(canonical.id(of: $0)) })),
      .init("bounds", isEntitled ? .null : wording.bounds(benefit.bounds, declared.amount?.type)),
      .init("referrals", .array(benefit.referrals.map(referral))),
      .init("assumed", .array(benefit.assumed.map { .string(canonical.id(of: $0)) })),
      .init("faults", .array(benefit.faults.map(fault))),
      .init("dismissed_faults", .array(benefit.dismissed.map(fault))),
      .init("authority", .optional(wording.text(declared.authority))),
      .init("appeal", appeal(declared)),
      .init("next_review_on", .optional(decided.nextReview(of: benefit)?.description)),
    ]
    if decided.showsCounterfactuals {
      let found = decided.counterfactuals(of: benefit)
      members.append(.init("counterfactuals", .array(found.map { wording.json($0) })))
    }
    return .object(members)
  }

  private func appeal(_ benefit: Benefit) -> JSONValue {
    guard let appeal = benefit.appeal, let to = wording.text(appeal.to) else { return .null }
    var within: String?
    if let term = appeal.within, case .constant(let duration) = term.kind {
      within = canonical.text(duration, term.type)
    }
    return .object([
      "to": .string(to), "within": .optional(within),
      "effect": .optional(wording.text(appeal.effect)),
      "cites": .optional(appeal.citations.asWritten),
    ])
  }

  private func payments(_ plan: PaymentPlan, _ declared: Benefit) -> JSONValue {
    .array(
      plan.payments.map { payment in
        let type = declared.payments.first { $0.name == payment.name }?.amount.type
        let amount = payment.outcome == .entitled ? payment.amount?.knownValue : nil
        var members: [JSONValue.Member] = [
          .init("name", .optional(payment.name)), .init("date", .string(payment.date.description)),
          .init("outcome", .string(payment.outcome.name(of: declared))),
          .init(
            "amount",
            .optional(amount.flatMap { value in type.map { canonical.text(value, $0) } })),
        ]
        if namesNeedsOfPayments {
          let needs = payment.datedNeeds(in: program)
          members.append(.init("needs", .array(needs.map { .string(canonical.id(of: $0)) })))
        }
        return .object(members)
      })
  }

  private func reason(_ reason: Reason) -> JSONValue {
    .object([
      "id": .optional(reason.rule.map { canonical.id(of: $0, for: reason.instance) }),
      "state": .string(state(reason.status)),
      "text": .string(wording.text(of: reason)),
      "cites": .optional(reason.citations.asWritten),
      "margin": reason.margin.map(margin) ?? .null,
      "exception": .optional(reason.exception),
      "alternative_of": .optional(
        reason.alternativeOf.map { canonical.id(of: $0, for: reason.instance) }),
    ])
  }

  private func state(_ status: Reason.Status) -> String {
    switch status {
    case .met: "met"
    case .unmet: "unmet"
    case .open: "open"
    case .notTested: "not_tested"
    case .failed: "failed"
    }
  }

  private func margin(_ margin: Margin) -> JSONValue {
    .object([
      "left": .string(canonical.text(margin.left, margin.type)),
      "right": .string(canonical.text(margin.right, margin.type)),
      "difference": .string(canonical.text(.number(margin.difference), margin.differenceType)),
    ])
  }

  func referral(_ referral: Referral) -> JSONValue {
    let (cause, detail): (String, String?) =
      switch referral.cause {
      case .declined: ("declined", nil)
      case .judge(let office): ("awaiting_judgement", office)
      case .conflicting: ("conflicting", nil)
      case .unverified(let why): ("unverified", wording.text(why))
      }
    return .object([
      "id": .string(canonical.id(of: referral.wait)), "cause": .string(cause),
      "detail": .optional(detail),
    ])
  }

  func fault(_ fault: Fault) -> JSONValue {
    .object([
      "code": .string(fault.code.rawValue),
      "id": .optional(fault.rule.map { canonical.id(of: $0, for: fault.instance) }),
      "text": .string(wording.fault(fault)),
      "place": .string(wording.place(fault.span)),
    ])
  }
}

extension Wording {
  /// The least and the greatest amount that are possible; `null` for an open end.
  func bounds(_ range: NumberRange?, _ type: ValueType?) -> JSONValue {
    guard let range, let type else { return .null }
    func end(_ number: Number?) -> JSONValue {
      .optional(number.map { canonical.text(.number($0), type) })
    }
    return .object(["from": end(range.lower), "to": end(range.upper)])
  }
}
