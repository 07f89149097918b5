import AnnonaEngine
package import AnnonaLanguage
import AnnonaValues

extension DecidedSchedule {
  /// The schedule for programs: every period by itself, no line break at the end.
  public func json(in language: String? = nil) -> String { jsonValue(in: language).pretty }

  package func jsonValue(in language: String? = nil) -> JSONValue {
    let writer = ScheduleJSON(schedule: self, wording: Wording(program, facts, language: language))
    return JSONValue.object([
      "rulebook": .string(program.id),
      "from": .string(from.description),
      "through": .string(through.description),
      "benefits": .array(benefits.map(writer.benefit)),
      "total": writer.total(total),
    ])
  }
}

private struct ScheduleJSON {
  let schedule: DecidedSchedule
  let wording: Wording

  private var canonical: ValueText { wording.canonical }

  func benefit(_ benefit: BenefitSchedule) -> JSONValue {
    let declared = schedule.program.benefits[benefit.benefit]
    return .object([
      "benefit": .string(declared.name),
      "for": .optional(benefit.member.map { canonical.name(of: $0) }),
      "periods": .array(benefit.periods.map { period($0, declared) }),
      "total": total(schedule.total(of: benefit)),
    ])
  }

  func total(_ total: DecidedSchedule.Total?) -> JSONValue {
    .optional(
      total.map { canonical.text(.number($0.amount), .number(NumberType(unit: $0.unit))) })
  }

  private func period(_ period: PaymentDecision, _ declared: Benefit) -> JSONValue {
    let payment = declared.payments.first { $0.name == period.name }
    let type = declared.amount?.type ?? payment?.amount.type
    let isEntitled = period.outcome == .entitled
    let amount = isEntitled ? period.amount?.knownValue : nil
    var members: [JSONValue.Member] = []
    if let name = period.name { members.append(.init("payment", .string(name))) }
    members += days(period.date, declared)
    members += [
      .init("outcome", .string(period.outcome.name(of: declared))),
      .init(
        "amount", .optional(amount.flatMap { value in type.map { canonical.text(value, $0) } })),
      .init("bounds", isEntitled ? .null : wording.bounds(period.bounds, type)),
      .init(
        "needs",
        .array(period.datedNeeds(in: schedule.program).map { .string(canonical.id(of: $0)) })),
      .init("referrals", .array(period.referrals.map { .string(canonical.id(of: $0.wait)) })),
      .init("faults", .array(period.faults.map { .string($0.code.rawValue) })),
    ]
    return .object(members)
  }

  private func days(_ date: CalendarDate, _ declared: Benefit) -> [JSONValue.Member] {
    guard let last = declared.lastDay(ofPeriodFrom: date) else {
      return [.init("date", .string(date.description))]
    }
    return [
      .init("from", .string(date.description)), .init("through", .string(last.description)),
    ]
  }
}
