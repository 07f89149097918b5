import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// One decision of a letter: what was decided, on which conditions, how it came about, what would change it, how to appeal.
struct LetterSection {
  let letter: Letter
  let part: Explanation.Part
  let id: String
  /// What decided it, each part with its tree.
  private let parts: [(name: String, date: CalendarDate?, tree: TraceNode)]

  init(_ letter: Letter, _ part: Explanation.Part, number: Int) {
    self.letter = letter
    self.part = part
    id = "decision-\(number)"
    if let benefit = part.benefit {
      let traced = letter.decided.evaluator().traces(of: [benefit]).first?.parts ?? []
      parts = traced.map { ($0.part.name, $0.part.date, $0.tree) }
    } else {
      parts = part.trees.map { ("value", nil, $0) }
    }
  }

  private var wording: Wording { letter.wording }
  private var program: Program { letter.program }

  var trees: [TraceNode] { parts.map(\.tree) }
  var reasons: [Reason] { part.benefit?.reasons ?? [] }

  // MARK: - The section

  var html: HTML {
    guard let benefit = part.benefit else {
      return .element(
        "section", [.attribute("aria-labelledby", id)], [ruleHeading] + steps + [change])
    }
    let declared = program.benefits[benefit.benefit]
    let pieces =
      [
        .element("h2", [.id(id)], [title]),
        .element("p", [.class("outcome \(colour(benefit.outcome))")], outcome),
      ] + lead(benefit, declared) + [
        payments(benefit, declared), conditions(benefit), untested(benefit),
        letter.section(.stillNeeded, list(benefit.needs.map(wording.need))),
        letter.section(.whyReferred, list(benefit.referrals.map(wording.referral))),
      ] + steps + [assumed(benefit), faults(benefit), change, appeal(declared)]
    return .element("section", [.attribute("aria-labelledby", id)], pieces)
  }

  var title: HTML {
    guard let benefit = part.benefit else { return .nothing }
    let declared = program.benefits[benefit.benefit]
    let name = letter.authored(declared.title) ?? .text(declared.name)
    let member = benefit.member.map { HTML.text(": " + wording.name(of: $0)) }
    return .group([name, member ?? .nothing])
  }

  private var ruleHeading: HTML {
    guard let tree = trees.first else { return .nothing }
    let words = letter.words.words(tree)
    return .element(
      "h2", [.id(id)], [letter.authored(words, in: tree.title)])
  }

  /// `Entitled to 182.41 EUR per month`
  var outcome: String {
    guard let benefit = part.benefit else { return "" }
    let declared = program.benefits[benefit.benefit]
    var words = wording.outcome(benefit.outcome, of: declared)
    if benefit.outcome == .entitled, let amount = benefit.amount?.knownValue,
      let type = declared.amount?.type
    {
      words = wording.phrase(
        declared.isCharge ? .dueAmount : .entitledTo, wording.value(amount, type))
    } else if benefit.outcome != .entitled, let bounds = benefit.bounds,
      let amount = declared.amount
    {
      words += "; " + wording.range(bounds, amount.type)
    }
    return words.capitalizedFirst
  }

  private func colour(_ outcome: Outcome) -> String {
    switch outcome {
    case .entitled: "good"
    case .notEntitled, .error: "bad"
    case .undetermined, .refer: "open"
    case .notApplicable, .notInForce: "plain"
    }
  }

  /// Who decides, and by when it is looked at again.
  private func lead(_ benefit: BenefitDecision, _ declared: Benefit) -> [HTML] {
    var lines: [HTML] = []
    if let authority = wording.text(declared.authority) {
      lines.append(.element("p", [], wording.phrase(.authority, authority)))
    }
    if let review = letter.decided.nextReview(of: benefit) {
      lines.append(.element("p", [], wording.phrase(.reviewBy, wording.date(review))))
    }
    return lines
  }

  private func list(_ items: [String]) -> [HTML] {
    items.isEmpty ? [] : [letter.list(items.map { .text($0) })]
  }

  private func payments(_ benefit: BenefitDecision, _ declared: Benefit) -> HTML {
    guard let plan = benefit.plan, let first = declared.payments.first, !plan.payments.isEmpty
    else { return .nothing }
    let rows = plan.payments.map { payment -> [HTML] in
      let type = declared.payments.first { $0.name == payment.name } ?? first
      let amount = payment.amount.map { wording.state($0, type.amount.type) }
      let paid = payment.outcome == .entitled ? amount : nil
      return [
        .text(wording.date(payment.date)),
        .text(paid ?? wording.outcome(payment.outcome, of: declared)),
        letter.authored(type.title) ?? .text(payment.name ?? ""),
      ]
    }
    let total = plan.total.map { total in
      HTML.element(
        "p", [.class("value")], wording.phrase(.total, wording.number(total, first.amount.type)))
    }
    return letter.section(
      .payments,
      [
        letter.table(.paymentsCaption, [.columnDate, .columnAmount, .columnWhat], [(nil, rows)]),
        total ?? .nothing,
      ])
  }

  // MARK: - Conditions

  private func conditions(_ benefit: BenefitDecision) -> HTML {
    let tested = benefit.reasons.filter { reason in
      if case .notTested = reason.status { return false }
      return true
    }
    guard !tested.isEmpty else { return .nothing }
    var groups: [(of: RuleID?, heading: HTML?, rows: [[HTML]])] = []
    for reason in tested {
      if groups.last?.of != reason.alternativeOf || groups.isEmpty {
        let heading = reason.alternativeOf.map { rule -> HTML in
          let title = program.rules[rule].title
          let words = wording.text(title) ?? wording.phrase(.severalWays)
          return .text(wording.phrase(.oneSuffices, words))
        }
        groups.append((reason.alternativeOf, heading, []))
      }
      groups[groups.count - 1].rows.append(row(reason))
    }
    return letter.section(
      .letterConditions,
      [
        letter.table(
          .conditionsCaption, [.columnCondition, .columnResult, .columnFigures, .columnProvision],
          groups.map { ($0.heading, $0.rows) })
      ])
  }

  private func row(_ reason: Reason) -> [HTML] {
    let status: Phrase =
      switch reason.status {
      case .met: .met
      case .unmet: .unmet
      case .open: .openCondition
      case .notTested: .untested
      case .failed: .faulty
      }
    var figures: [String] = []
    if let exception = reason.exception {
      let last = exception.split(separator: ".").last.map(String.init) ?? exception
      figures.append(wording.phrase(.byException, last))
    }
    if let margin = reason.margin {
      figures.append(wording.sides(margin))
      if let distance = wording.distance(margin) { figures.append(distance) }
    }
    return [
      letter.authored(wording.text(of: reason), in: reason.text),
      letter.mark(status),
      .text(figures.joined(separator: "; ")),
      .text(wording.citations(reason.citations) ?? ""),
    ]
  }

  /// What a condition that had already decided left untested, and what was not worked out for that.
  private func untested(_ benefit: BenefitDecision) -> HTML {
    var items: [String] = []
    for reason in benefit.reasons {
      guard case .notTested(let decider) = reason.status else { continue }
      let deciding = benefit.reasons.first { other in
        other.rule.map { wording.lastName(of: $0) == decider } ?? false
      }
      let name = deciding.map { wording.text(of: $0) } ?? decider
      items.append("\(wording.text(of: reason)): \(wording.phrase(.notTested, "“\(name)”"))")
    }
    let declared = program.benefits[benefit.benefit]
    switch benefit.outcome {
    case .notApplicable: items.append(wording.phrase(.entitlementUntested))
    case .notEntitled where declared.amount != nil || !declared.payments.isEmpty:
      items.append(wording.phrase(.amountUntested))
    case .notInForce where benefit.reasons.isEmpty: items.append(wording.phrase(.nothingTested))
    default: break
    }
    return letter.section(.letterUntested, list(items))
  }

  // MARK: - Steps

  /// How the amount came about; where there is none, how the conditions were examined. Auditors see every part.
  private var steps: [HTML] {
    var writer = LetterSteps(letter, trees, prefix: id)
    let isGranted = part.benefit?.outcome == .entitled
    let hasAmount = parts.contains { $0.name != "applies" && $0.name != "entitled" }
    return parts.compactMap { part -> HTML? in
      let isCondition = part.name == "applies" || part.name == "entitled"
      if letter.audience == .citizen, isGranted, hasAmount, isCondition { return nil }
      let list = writer.list(of: part.tree, for: self.part.benefit?.member)
      if case .group(let pieces) = list, pieces.isEmpty { return nil }
      guard self.part.benefit != nil else { return list }
      let heading = letter.title(heading(of: part.name))
      let date = part.date.map { " (\(wording.date($0)))" } ?? ""
      return .group([.element("h3", [], heading + date), list])
    }
  }

  private func heading(of part: String) -> Phrase {
    switch part {
    case "applies": .stepsOfScope
    case "entitled": .stepsOfEntitlement
    default: .stepsOfAmount
    }
  }

  // MARK: - What follows from it

  private func assumed(_ benefit: BenefitDecision) -> HTML {
    let items = benefit.assumed.map { wait -> String in
      guard case .fact(let instance, let fact, _) = wait else { return wording.heading(wait) }
      return wording.given(fact, for: instance, letter.decided.facts)
    }
    guard !items.isEmpty else { return .nothing }
    return letter.section(
      .assumed, list(items) + [.element("p", [], wording.phrase(.sayIfWrong))])
  }

  private func faults(_ benefit: BenefitDecision) -> HTML {
    let isOpen = benefit.outcome == .undetermined || benefit.outcome == .refer
    return .group([
      letter.section(
        isOpen ? .possibleFaults : .faults, list(benefit.faults.map(wording.fault))),
      letter.audience == .auditor
        ? letter.section(.dismissedFaults, list(benefit.dismissed.map(wording.fault))) : .nothing,
    ])
  }

  /// The least changes with which it would come out otherwise.
  private var change: HTML {
    letter.section(
      .whatIf,
      list(part.counterfactuals.map { wording.counterfactual($0, for: letter.audience) }))
  }

  private func appeal(_ declared: Benefit) -> HTML {
    var lines: [HTML] = []
    if let appeal = declared.appeal, let to = wording.text(appeal.to) {
      lines.append(.text(wording.phrase(.appealLies, to)))
      if let term = wording.term(of: appeal) {
        lines.append(.text(wording.phrase(.appealTerm, term)))
        if let told = letter.notifiedOn, let last = lastDay(of: appeal, from: told) {
          lines.append(
            .text(wording.phrase(.appealUntil, wording.date(told), wording.date(last))))
        }
      }
      if let effect = letter.authored(appeal.effect) { lines.append(effect) }
      if let provision = wording.citations(appeal.citations) {
        lines.append(.element("span", [.class("soft")], provision))
      }
    } else if let authority = wording.text(declared.authority) {
      lines.append(.text(wording.phrase(.appealNotSaid, authority)))
    } else {
      lines.append(.text(wording.phrase(.appealNowhere)))
    }
    return letter.section(.letterAppeal, lines.map { .element("p", [], [$0]) })
  }

  /// The day on which people are told does not count; a month that has no such day ends with its last.
  private func lastDay(of appeal: Appeal, from told: CalendarDate) -> CalendarDate? {
    guard let term = appeal.within, case .constant(.number(let amount)) = term.kind,
      case .number(let type) = term.type.present, let kind = type.unit.durationKind,
      let ratio = type.unit.ratio(to: kind == .months ? .month : .day)
    else { return nil }
    return try? told.adding(amount * ratio, kind, overflow: .lastDay)
  }
}
