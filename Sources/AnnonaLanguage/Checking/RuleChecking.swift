import AnnonaValues

/// Rules: each body typed, each version dated, every exception beside its base.
extension Checker {
  /// The type of a rule's value; `nil` when it has none because of an error that is reported elsewhere.
  func ruleType(_ id: RuleID) -> ValueType? {
    let work = ruleWork[Int(id.index)]
    if work.progress == .failed { return nil }
    if let declared = work.declared { return declared }
    switch work.progress {
    case .waiting:
      checkRule(id)
      return ruleType(id)
    case .running, .failed: return nil
    case .done: return program.rules[id].type
    }
  }

  func checkAllRules() {
    for id in program.rules.indices.map({ RuleID($0) }) where program.rules[id].parent == nil {
      checkRule(id)
    }
  }

  func checkRule(_ id: RuleID) {
    let index = Int(id.index)
    guard ruleWork[index].progress == .waiting else { return }
    guard reading.count < 2_000 else {
      report(.chainTooLong(program.rules[id].name, at: program.rules[id].span))
      ruleWork[index].progress = .failed
      return
    }
    ruleWork[index].progress = .running
    let wasProbing = isProbing
    isProbing = false
    reading.append(.rule(id))
    let succeeded = fill(id)
    reading.removeLast()
    isProbing = wasProbing
    ruleWork[index].progress = succeeded ? .done : .failed
  }

  private func fill(_ id: RuleID) -> Bool {
    let work = ruleWork[Int(id.index)]
    let syntax = work.syntax
    var context = Context(book: work.book, entity: program.rules[id].entity)
    context.narrowed = work.narrowed
    let before = diagnostics.count
    let passedOverBefore = passedOver
    if let when = syntax.when {
      program.rules[id].when = checkTruth(when, in: context)
      if let test = program.rules[id].when { context = context.narrowed(by: guarded(by: test)) }
    }
    guard let type = work.declared ?? inferType(id, in: context) else {
      if diagnostics.count == before, passedOver == passedOverBefore {
        report(.noType(program.rules[id].name, at: program.rules[id].span))
      }
      return false
    }
    program.rules[id].type = type
    let versions = checkVersions(
      syntax.versions, as: type, of: id, in: context)
    program.rules[id].versions = versions.compactMap { $0.within(inForce(syntax.inForce)) }
    program.rules[id].round = syntax.round.flatMap { checkRound($0, type, in: context) }
    checkBounds(id, type)
    if let under = syntax.under { program.rules[id].under = checkDate(under, in: context) }
    program.rules[id].exceptions = checkExceptions(work.exceptions, of: id, type, in: context)
    return diagnostics.count == before
      || !diagnostics[before...].contains { $0.severity == .error }
  }

  private func checkDate(_ syntax: ExpressionSyntax, in context: Context) -> Expression? {
    guard let value = checkExpression(syntax, in: context), requirePresent(value) else {
      return nil
    }
    if value.type == .date { return value }
    report(.wrongType(at: syntax.span, expected: "date", got: describe(value.type), fix: nil))
    return nil
  }

  private func checkBounds(_ id: RuleID, _ type: ValueType) {
    let work = ruleWork[Int(id.index)]
    for (syntax, path) in [
      (work.syntax.minimum, \Rule.minimum), (work.syntax.maximum, \Rule.maximum),
    ] {
      guard let syntax else { continue }
      guard type.present.numberType != nil || type.present == .date else {
        report(.limitNeedsOrder(at: syntax.span, describe(type)))
        continue
      }
      program.rules[id][keyPath: path] = governedConstant(syntax, type.present, in: work.book)
    }
  }

  func checkRound(
    _ syntax: RoundingSyntax, _ type: ValueType, in context: Context
  ) -> Rounding? {
    guard case .number(let number) = type.present else {
      report(.roundNeedsNumber(at: syntax.span, describe(type)))
      return nil
    }
    return checkRoundingStep(
      syntax.step, of: .number(NumberType(unit: number.unit)), in: context
    ).map { Rounding(step: $0, mode: syntax.mode, span: syntax.span) }
  }

  // MARK: - Versions and bodies

  func checkVersions(
    _ versions: [RuleSyntax.Version], as type: ValueType, of id: RuleID?, in context: Context
  ) -> [Rule.Version] {
    var checked: [Rule.Version] = []
    for (index, version) in versions.enumerated() {
      let next = index + 1 < versions.count ? versions[index + 1].from : nil
      if let from = version.from, let next, next.date <= from.date {
        report(.datesOutOfOrder(next, after: from))
      }
      let body = version.body.flatMap { checkBody($0, as: type, of: id, in: context) }
      if version.body != nil, body == nil { continue }
      checked.append(
        Rule.Version(
          from: version.from?.date, through: next.flatMap { try? $0.date.adding(days: -1) },
          citations: citations(version.citations, in: context.book), body: body,
          round: version.round.flatMap { checkRound($0, type, in: context) }, span: version.span))
    }
    return checked
  }

  private func checkBody(
    _ syntax: BodySyntax, as type: ValueType, of id: RuleID?, in context: Context
  ) -> Body? {
    switch syntax {
    case .value(let expression):
      return checkGoverned(expression, as: type, in: context).map { .value($0) }
    case .cases(let branches, let otherwise):
      return checkCases(branches, otherwise, as: type, in: context)
    case .conditions(let every, let conditions, let span):
      guard type == .boolean else {
        report(.conditionsAreBoolean(at: span, describe(type)))
        return nil
      }
      guard let id else {
        report(.conditionsOutOfPlace(at: span))
        return nil
      }
      return checkConditions(every: every, conditions, of: id, in: context)
    case .table(let table, let hit):
      return checkTable(table, hit, as: type, of: id, in: context).map { .table($0) }
    case .scale(let of, let brackets):
      return checkScale(of, brackets, as: type, in: context).map { .scale($0) }
    }
  }

  private func checkCases(
    _ branches: [(when: ExpressionSyntax, value: ExpressionSyntax, citations: [NameSyntax])],
    _ otherwise: ExpressionSyntax?, as type: ValueType, in context: Context
  ) -> Body? {
    var checked: [CaseBranch] = []
    var rest = context
    for branch in branches {
      guard let when = checkTruth(branch.when, in: rest) else { continue }
      let inner = rest.narrowed(by: guarded(by: when))
      rest = rest.narrowed(by: guarded(by: when, when: false))
      guard let value = checkGoverned(branch.value, as: type, in: inner) else { continue }
      checked.append(
        CaseBranch(
          when: when, value: value, citations: citations(branch.citations, in: context.book)))
    }
    let last = otherwise.map { checkGoverned($0, as: type, in: rest) }
    guard checked.count == branches.count else { return nil }
    switch last {
    case .some(nil): return nil
    case .some(let value?): return .cases(checked, otherwise: value)
    case nil: return .cases(checked, otherwise: nil)
    }
  }

  /// Each condition is a rule of its own; it may use what those before it have shown.
  private func checkConditions(
    every: Bool, _ conditions: [RuleSyntax], of id: RuleID, in context: Context
  ) -> Body? {
    var parts: [RuleID] = []
    var inner = context
    for condition in conditions {
      guard
        let part = ruleWork[Int(id.index)].conditions.first(where: { entry in
          ruleWork[Int(entry.id.index)].syntax.name.span == condition.name.span
        })?.id
      else { continue }
      ruleWork[Int(part.index)].narrowed = inner.narrowed
      ruleReads[id, default: []].insert(part)
      checkRule(part)
      parts.append(part)
      if case .value(let test)? = program.rules[part].versions.first?.body,
        program.rules[part].versions.count == 1, program.rules[part].exceptions.isEmpty
      {
        inner = inner.narrowed(by: guarded(by: test, when: every))
      }
    }
    let failed = parts.contains { ruleWork[Int($0.index)].progress == .failed }
    return failed ? nil : .conditions(every: every, parts)
  }

  // MARK: - Types that nobody declared

  /// The type that all results of a rule share.
  private func inferType(_ id: RuleID, in context: Context) -> ValueType? {
    let work = ruleWork[Int(id.index)]
    var inner = context
    inner.base = nil
    var sites = work.syntax.versions.flatMap { resultSites(of: $0.body, in: inner) }
    sites += work.exceptions.flatMap { exceptionSites($0.syntax, in: inner) }
    // A bare number takes the type of the others, so they come first.
    let typed = sites.filter { !isBareNumber($0.0) }
    let telling = typed.isEmpty ? sites : typed
    var type: ValueType?
    isProbing = true
    for (syntax, context) in telling {
      guard let value = checkExpression(syntax, in: context, expecting: type) else { continue }
      guard let sofar = type else {
        type = value.type
        continue
      }
      // The disagreement is reported when the bodies are checked against the first type.
      type = common(sofar, value.type) ?? sofar
    }
    isProbing = false
    // Where no result has a type, what is wrong with them is all there is to say.
    if type == nil {
      for (syntax, context) in telling { _ = checkExpression(syntax, in: context) }
    }
    return type
  }

  private func resultSites(
    of body: BodySyntax?, in context: Context
  ) -> [(ExpressionSyntax, Context)] {
    switch body {
    case .value(let value)?: return [(value, context)]
    case .cases(let branches, let otherwise)?:
      return branches.map { branch in
        isProbing = true
        let test = checkTruth(branch.when, in: context)
        isProbing = false
        return (branch.value, context.narrowed(by: test.map { guarded(by: $0) } ?? []))
      } + (otherwise.map { [($0, context)] } ?? [])
    case .table(let table, let hit)?:
      if hit == .count { return [(zero(table.span), context)] }
      return table.rows.compactMap { row in row.outputs.first.map { ($0, context) } }
    case .scale(let of, _)?: return [(of, context)]
    case .conditions?, nil: return []
    }
  }

  private func zero(_ span: Span) -> ExpressionSyntax {
    ExpressionSyntax(.number(.zero, percent: false, unit: nil), span: span)
  }

  private func exceptionSites(
    _ exception: ExceptionSyntax, in context: Context
  ) -> [(ExpressionSyntax, Context)] {
    exception.rule.versions.flatMap { resultSites(of: $0.body, in: context) }
      + exception.rule.exceptions.flatMap { exceptionSites($0, in: context) }
  }
}
