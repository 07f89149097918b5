import AnnonaValues

/// What time does to rules that are each well typed: law that has ended, dates reckoned in two steps, facts that know no dates.
extension Checker {
  func checkTime() {
    let someLawEnds = program.rules.indices.contains { lastDay(of: RuleID($0)) != nil }
    var moved: [(read: RuleID, span: Span)] = []
    func check(_ node: Expression) {
      switch node.kind {
      case .shift: checkStep(node)
      case .at(let inner, _):
        if case .rule(let read, _, _) = inner.kind { moved.append((read, node.span)) }
      default: break
      }
    }
    for id in program.rules.indices.map({ RuleID($0) }) where isAsked(id) {
      if someLawEnds { checkReadsAfterTheEnd(id) }
      checkFiguresInForce(id)
      program.rules[id].forEachExpression { $0.forEachNode(check) }
    }
    for benefit in program.benefits {
      for root in benefit.expressions { root.forEachNode(check) }
    }
    if !moved.isEmpty { checkFactsReadElsewhen(moved) }
  }

  /// Imports are checked where they are written.
  private func isAsked(_ id: RuleID) -> Bool { program.rules[id].rulebook == mainBook }

  // MARK: - Law that has ended

  /// A rule that certainly reads another one on a day on which that one is repealed would find no law.
  private func checkReadsAfterTheEnd(_ id: RuleID) {
    guard program.rules[id].exceptions.isEmpty, program.rules[id].under == nil else { return }
    let days = program.rulebooks[program.rules[id].rulebook].inForce
    var reported: Set<RuleID> = []
    for version in program.rules[id].versions where version.body != nil {
      forEachCertainRead(of: id, version) { node in
        guard case .rule(let read, _, _) = node.kind, let end = lastDay(of: read),
          !reported.contains(read), version.through.map({ $0 > end }) ?? true,
          days.through.map({ $0 > end }) ?? true
        else { return }
        reported.insert(read)
        report(
          .readsAfterTheEnd(
            program.rules[id].name, reading: program.rules[read].name, after: end,
            at: program.rules[id].span, other: program.rules[read].span))
      }
    }
  }

  /// The last day on which a rule is law; `nil` for one that goes on.
  private func lastDay(of id: RuleID) -> CalendarDate? {
    guard let last = program.rules[id].versions.last else { return nil }
    guard last.body == nil else { return last.through }
    return last.from.flatMap { try? $0.adding(days: -1) }
  }

  func certainRoots(of body: Body?) -> [Expression] {
    switch body {
    case .value(let value)?: [value]
    case .cases(let branches, _)?: branches.prefix(1).map(\.when)
    case .table(let table)?: table.inputs
    case .scale(let scale)?: [scale.of]
    case .conditions?, nil: []
    }
  }

  /// Visits the rules and figures that a version reads, as of the same date, whatever the facts are.
  func forEachCertainRead(
    of id: RuleID, _ version: Rule.Version, _ visit: (Expression) -> Void
  ) {
    for root in program.rules[id].when.map({ [$0] }) ?? certainRoots(of: version.body) {
      forEachCertainRead(of: root, visit)
    }
  }

  private func forEachCertainRead(of expression: Expression, _ visit: (Expression) -> Void) {
    switch expression.kind {
    case .rule(_, let owner, _):
      visit(expression)
      forEachCertainRead(of: owner, visit)
    case .parameter: visit(expression)
    case .conditional(let test, _, _): forEachCertainRead(of: test, visit)
    case .all(let operands), .any(let operands), .coalesce(let operands):
      if let first = operands.first { forEachCertainRead(of: first, visit) }
    case .filter(_, let list, _), .map(_, let list, _), .sort(_, let list, _),
      .quantified(_, _, let list, _), .aggregate(_, let list, _):
      forEachCertainRead(of: list, visit)
    case .at, .under, .series, .apply: break
    default: expression.forEachOperand { forEachCertainRead(of: $0, visit) }
    }
  }

  // MARK: - Dates reckoned in two steps

  /// Months added to what months were added to are rounded twice; parentheses say that this is meant.
  private func checkStep(_ expression: Expression) {
    guard case .shift(let inner, let second, .months, let takesSecond, _) = expression.kind,
      case .shift(let date, let first, .months, let takesFirst, _) = inner.kind,
      !words(inner.span).hasPrefix("(")
    else { return }
    let sign = takesFirst ? "-" : "+"
    let joint = takesFirst == takesSecond ? "+" : "-"
    let mended =
      "\(words(date.span)) \(sign) (\(words(first.span)) \(joint) \(words(second.span)))"
    report(.monthsInTwoSteps(at: expression.span, mended: mended))
  }

  // MARK: - Facts that know no dates

  /// Read as of another date through a rule, a fact without dates is silently today's.
  private func checkFactsReadElsewhen(_ moved: [(read: RuleID, span: Span)]) {
    let given = factsReadNow()
    for (read, span) in moved {
      guard let facts = given[read]?.sorted(), !facts.isEmpty else { continue }
      report(.readsFactsAsGiven(facts.map { program.facts[$0].name }, at: span))
    }
  }

  /// For each rule, the facts about which nothing is said of time and that it reads as of its own date, by whatever way.
  private func factsReadNow() -> [RuleID: Set<FactID>] {
    var given: [RuleID: Set<FactID>] = [:]
    for id in program.ruleOrder {
      var facts: Set<FactID> = []
      var rules: Set<RuleID> = []
      program.rules[id].forEachExpression { readNow(by: $0, &facts, &rules) }
      for case .conditions(_, let parts)? in program.rules[id].versions.map(\.body) {
        rules.formUnion(parts)
      }
      given[id] = rules.reduce(into: facts) { $0.formUnion(given[$1] ?? []) }
    }
    return given
  }

  /// What an expression reads as of the date it is itself read for, of facts those about which nothing is said of time.
  private func readNow(
    by expression: Expression, _ facts: inout Set<FactID>, _ rules: inout Set<RuleID>
  ) {
    switch expression.kind {
    case .at(_, let date): readNow(by: date, &facts, &rules)
    case .fact(let id, _) where program.facts[id].variation == nil: facts.insert(id)
    case .rule(let id, _, _): rules.insert(id)
    default: break
    }
    if case .at = expression.kind { return }
    expression.forEachOperand { readNow(by: $0, &facts, &rules) }
  }
}

// What is wrong with times: these codes are the checker's like the others.
extension Diagnostic {
  static func readsAfterTheEnd(
    _ name: String, reading other: String, after end: CalendarDate, at span: Span,
    other otherSpan: Span
  ) -> Diagnostic {
    Diagnostic(
      "R024", at: span,
      "`\(name)` reads `\(other)`, which is law until \(end) only, and itself goes on",
      notes: [.init(otherSpan, "this one ends")],
      help: "give `\(name)` a version that starts when `\(other)` ends, or let `\(other)` go on")
  }

  static func monthsInTwoSteps(at span: Span, mended: String) -> Diagnostic {
    Diagnostic(
      "U044", .warning, at: span,
      "months are added in two steps, so that a day that does not exist is moved twice",
      example:
        "2024-02-29 + 1 year is 2025-02-28, and a month later it is 2025-03-28, not 2025-03-29",
      help: "write `\(mended)`, or put the first step in parentheses if two steps are meant")
  }

  static func readsFactsAsGiven(_ facts: [String], at span: Span) -> Diagnostic {
    let shown = facts.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    let rest = facts.count > 3 ? " and \(facts.count - 3) more facts" : ""
    let change = facts.count == 1 ? "changes" : "change"
    return Diagnostic(
      "U045", .warning, at: span,
      "this is read as of another date, but nothing says how \(shown)\(rest) \(change) over time",
      help: "declare \(facts.count == 1 ? "it" : "each") `varies: never` if it cannot change, "
        + "else `varies: daily`")
  }
}
