import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

extension DecidedCase {
  /// The decision as a civil servant reads it: the outcome of every benefit, its reasons, what is still needed.
  ///
  /// - Parameters:
  ///   - language: of the texts, where the rulebook has them; its own language otherwise.
  ///   - values: what is listed behind the benefits.
  ///   - coloured: for a terminal.
  /// - Returns: lines, the last one ended too.
  public func text(
    in language: String? = nil, values: [NamedValue] = [], coloured: Bool = false
  ) -> String {
    DecisionText(case: self, wording: Wording(program, facts, language: language), coloured)
      .render(values)
  }
}

extension DecidedCase {
  /// A line for each of these benefits, with what it comes to so far.
  ///
  /// Where there are few enough ways for the rest to turn out, all of them are tried, so that the bounds are exact.
  public func summary(
    of benefits: [BenefitDecision]? = nil, in language: String? = nil, coloured: Bool = false
  ) -> [String] {
    let wording = Wording(program, facts, language: language)
    let text = DecisionText(case: self, wording: wording, coloured)
    return (benefits ?? self.benefits).map { benefit in
      wording.heading(benefit.benefit, for: benefit.member) + ": "
        + text.summary(benefit, program.benefits[benefit.benefit])
    }
  }
}

private struct DecisionText {
  let decided: DecidedCase
  let wording: Wording
  let coloured: Bool

  init(case decided: DecidedCase, wording: Wording, _ coloured: Bool) {
    self.decided = decided
    self.wording = wording
    self.coloured = coloured
  }

  private var program: Program { decided.program }

  func render(_ values: [DecidedCase.NamedValue]) -> String {
    let rulebooks = decided.rulebooks
    var lines = wording.titles(of: rulebooks)
    lines.append(wording.phrase(.decidedFor, decided.decision.today.description))
    lines += wording.suppositions(decided.suppositions)
    lines += brought()
    var current: Int?
    for benefit in decided.benefits {
      let rulebook = program.benefits[benefit.benefit].rulebook
      if rulebooks.count > 1, rulebook != current { lines += [""] + section(rulebook) }
      current = rulebook
      lines += [""] + self.lines(benefit)
    }
    if let changes = decided.changes {
      lines += ["", wording.phrase(.compared)]
      lines += changes.map { "  - " + wording.change($0, decided.facts) }
    }
    if !values.isEmpty {
      lines += ["", wording.phrase(.values)]
      lines += values.map { value in
        let set = value.isSupposed ? " (\(wording.phrase(.set)))" : ""
        return "  \(wording.line(value.id)) = \(wording.state(value.state, value.type))\(set)"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Where the benefits of one of several rulebooks begin.
  private func section(_ rulebook: Int) -> [String] {
    wording.titles(of: [rulebook]).flatMap {
      [painted($0, "1"), String(repeating: "─", count: $0.count)]
    }
  }

  /// What a life event brought, as the decision took it.
  private func brought() -> [String] {
    guard let event = decided.event else { return [] }
    let origin = [event.source, event.observed].compactMap { $0 }.map(wording.line)
      .joined(separator: ", ")
    let places = decided.answeredPlaces.map { wording.answered($1, of: $0) }
    let facts = decided.broughtFacts.map { instance, fact in
      wording.brought(fact, for: instance, decided.facts, by: event)
    }
    return [wording.phrase(.afterEvent, event.name, origin)] + (places + facts).map { "  - " + $0 }
  }

  private func lines(_ benefit: BenefitDecision) -> [String] {
    let declared = program.benefits[benefit.benefit]
    let title = wording.heading(benefit.benefit, for: benefit.member)
    var lines = [painted(title, "1"), "  " + outcome(benefit, declared)]
    if let plan = benefit.plan { lines += wording.list(.payments, payments(plan, declared)) }
    lines += reasons(benefit)
    let payments = benefit.plan?.payments ?? []
    let needs = benefit.needs + payments.flatMap { $0.datedNeeds(in: program) }
    lines += wording.list(.stillNeeded, wording.unique(needs.map(wording.need)))
    let referrals = benefit.referrals + payments.flatMap(\.referrals)
    lines += wording.list(.whyReferred, wording.unique(referrals.map(wording.referral)))
    lines += wording.list(.assumed, benefit.assumed.map(assumption))
    let isOpen = benefit.outcome == .undetermined || benefit.outcome == .refer
    lines += wording.list(
      isOpen ? .possibleFaults : .faults, benefit.faults.map(wording.fault))
    lines += wording.list(.dismissedFaults, benefit.dismissed.map(wording.fault))
    if benefit.outcome == .notEntitled || benefit.outcome == .refer {
      lines += wording.recourse(declared).map { "  " + $0 }
    }
    if decided.showsCounterfactuals {
      let found = decided.counterfactuals(of: benefit)
      lines += wording.list(.whatIf, found.map { wording.counterfactual($0) })
    }
    if let review = decided.nextReview(of: benefit) {
      lines.append("  " + wording.phrase(.reviewBy, review.description))
    }
    return lines
  }

  // MARK: - The outcome

  private func outcome(_ benefit: BenefitDecision, _ declared: Benefit) -> String {
    let words = self.words(benefit, declared)
    guard benefit.outcome != .entitled, let bounds = benefit.bounds, let amount = declared.amount
    else { return words }
    return words + "; " + wording.range(bounds, amount.type)
  }

  func summary(_ benefit: BenefitDecision, _ declared: Benefit) -> String {
    guard let all = decided.completions(of: benefit) else { return outcome(benefit, declared) }
    var words = self.words(benefit, declared)
    if let shared = all.outcome {
      words = wording.phrase(.whateverElse, wording.outcome(shared, of: declared))
    }
    guard let bounds = all.bounds, let amount = declared.amount else { return words }
    return words + "; " + wording.range(bounds, amount.type)
  }

  private func words(_ benefit: BenefitDecision, _ declared: Benefit) -> String {
    let words = wording.outcome(benefit.outcome, of: declared)
    switch benefit.outcome {
    case .entitled:
      guard let amount = benefit.amount?.knownValue, let type = declared.amount?.type else {
        return painted(words, "32")
      }
      let phrase = declared.isCharge ? Phrase.dueAmount : .entitledTo
      return painted(wording.phrase(phrase, wording.value(amount, type)), "32")
    case .notEntitled, .error: return painted(words, "31")
    case .undetermined, .refer: return painted(words, "33")
    case .notApplicable, .notInForce: return words
    }
  }

  private func payments(_ plan: PaymentPlan, _ declared: Benefit) -> [String] {
    guard let first = declared.payments.first else { return [] }
    let lines = plan.payments.map { payment in
      let type = declared.payments.first { $0.name == payment.name } ?? first
      let amount = payment.amount.map { wording.state($0, type.amount.type) }
      let words = payment.outcome == .entitled ? amount : nil
      let title = wording.text(type.title).map { " (\($0))" } ?? ""
      return "\(payment.date): \(words ?? wording.outcome(payment.outcome, of: declared))\(title)"
    }
    let total = plan.total.map { wording.phrase(.total, wording.number($0, first.amount.type)) }
    return lines + (total.map { [$0] } ?? [])
  }

  // MARK: - Reasons

  private func reasons(_ benefit: BenefitDecision) -> [String] {
    var lines: [String] = []
    var group: RuleID?
    var told: Set<RuleID> = []
    for reason in benefit.reasons {
      if let alternatives = reason.alternativeOf, told.insert(alternatives).inserted {
        let rule = program.rules[alternatives]
        let title = wording.text(rule.title) ?? rule.name
        lines.append("  " + wording.phrase(.oneSuffices, title))
      }
      group = reason.alternativeOf
      lines.append((group == nil ? "  " : "    ") + line(reason))
    }
    return lines
  }

  private func line(_ reason: Reason) -> String {
    let mark =
      switch reason.status {
      case .met: painted("✓", "32")
      case .unmet: painted("✗", "31")
      case .open: painted("?", "33")
      case .notTested: "–"
      case .failed: painted("!", "31")
      }
    var parts: [String] = []
    if let exception = reason.exception {
      let last = exception.split(separator: ".").last.map(String.init) ?? exception
      parts.append(wording.phrase(.byException, last))
    }
    if case .notTested(let name) = reason.status { parts.append(wording.phrase(.notTested, name)) }
    if case .failed(let faults) = reason.status { parts.append(wording.codes(faults)) }
    if let margin = reason.margin {
      parts.append(wording.sides(margin))
      if let distance = wording.distance(margin) { parts.append(distance) }
    }
    let provision = wording.citations(reason.citations).map { " [\($0)]" } ?? ""
    let details = parts.isEmpty ? "" : " (\(parts.joined(separator: "; ")))"
    return "\(mark) \(wording.text(of: reason))\(details)\(provision)"
  }

  private func assumption(_ wait: Wait) -> String {
    guard case .fact(let instance, let fact, _) = wait else { return wording.heading(wait) }
    return wording.given(fact, for: instance, decided.facts)
  }

  private func painted(_ text: String, _ colour: String) -> String {
    coloured ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }
}

extension Wording {
  func outcome(_ outcome: Outcome, of benefit: Benefit) -> String {
    switch outcome {
    case .entitled where benefit.isCharge: phrase(.due)
    case .notEntitled where benefit.isCharge: phrase(.notDue)
    case .entitled: phrase(.entitled)
    case .notEntitled: phrase(.notEntitled)
    case .undetermined: phrase(.undetermined)
    case .refer: phrase(.refer)
    case .notApplicable: phrase(.notApplicable)
    case .notInForce: phrase(.notInForce)
    case .error: phrase(.failed)
    }
  }

  /// Who decides, and who hears an appeal.
  func recourse(_ benefit: Benefit) -> [String] {
    var lines: [String] = []
    if let authority = text(benefit.authority) { lines.append(phrase(.authority, authority)) }
    if let appeal = benefit.appeal, let to = text(appeal.to) {
      lines.append(term(of: appeal).map { phrase(.appealWithin, to, $0) } ?? phrase(.appeal, to))
    }
    return lines
  }

  /// How long people have for an appeal, where it is the same for everybody.
  func term(of appeal: Appeal) -> String? {
    guard let term = appeal.within, case .constant(let duration) = term.kind else { return nil }
    return value(duration, term.type)
  }

  /// What a reason says; while it is open, what would be said if it were met; its name where the author says nothing.
  func text(of reason: Reason) -> String {
    guard case .rule(let id) = reason.subject else { return unnamed(reason) }
    let rule = program.rules[id]
    let last = rule.name.split(separator: ".").last.map(String.init) ?? rule.name
    let words = text(reason.text) ?? (reason.status == .unmet ? nil : text(rule.met))
    return words.map { template($0, for: reason.instance) } ?? phrase(.unnamedCondition, last)
  }

  /// A fact's title, or the condition as it is written.
  private func unnamed(_ reason: Reason) -> String {
    if let title = text(reason.text) { return title }
    guard case .expression(let span) = reason.subject,
      program.files.indices.contains(Int(span.file))
    else { return "" }
    let words = program.files[Int(span.file)].text(span).split(whereSeparator: \.isWhitespace)
    return "`" + words.joined(separator: " ") + "`"
  }

  /// `1 240.00 EUR, limit 1 200.00 EUR`
  func sides(_ margin: Margin) -> String {
    let left = value(margin.left, margin.type)
    let right = value(margin.right, margin.type)
    return switch margin.comparison {
    case .less: phrase(.below, left, right)
    case .lessOrEqual: phrase(.upperLimit, left, right)
    case .greater: phrase(.above, left, right)
    case .greaterOrEqual: phrase(.lowerLimit, left, right)
    case .equal: phrase(.equalLimit, left, right)
    case .unequal: phrase(.unequalLimit, left, right)
    }
  }

  /// `over by 40.00 EUR`; of what must not be one value, or is the one it must be, no distance says anything.
  func distance(_ margin: Margin) -> String? {
    let isOneValue = margin.comparison == .equal && margin.difference.isZero
    if margin.comparison == .unequal || isOneValue { return nil }
    if margin.difference.isZero { return phrase(.exactly) }
    let size = number(margin.difference.magnitude, margin.differenceType)
    return phrase(margin.difference.isNegative ? .under : .over, size)
  }
}
