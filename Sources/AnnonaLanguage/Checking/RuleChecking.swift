import AnnonaValues

/// Rules: each body typed, each version dated, every exception beside its base.
extension Checker {
  /// The type of a rule's value; `nil` when it has none because of an error that is reported elsewhere.
  func ruleType(_ id: RuleID) -> ValueType? {
    if let declared = ruleWork[Int(id.index)].declared { return declared }
    guard ruleWork[Int(id.index)].progress == .waiting else { return nil }
    checkRule(id)
    return ruleWork[Int(id.index)].declared
  }

  func checkAllRules() {
    for id in rulesInReadingOrder() { checkRule(id) }
  }

  func checkRule(_ id: RuleID) {
    let index = Int(id.index)
    guard ruleWork[index].progress == .waiting else { return }
    guard depth < Self.depthLimit else {
      diagnostics.append(.chainTooLong(program.rules[id].name, at: program.rules[id].span))
      ruleWork[index].progress = .failed
      return
    }
    ruleWork[index].progress = .running
    let (wasProbing, outer) = (isProbing, losses)
    isProbing = false
    reading.append(.rule(id))
    depth += Self.depthOfRule
    let succeeded = fill(id)
    depth -= Self.depthOfRule
    reading.removeLast()
    (isProbing, losses) = (wasProbing, outer)
    ruleWork[index].progress = succeeded ? .done : .failed
  }

  private func fill(_ id: RuleID) -> Bool {
    let work = ruleWork[Int(id.index)]
    let syntax = work.syntax
    var context = Context(book: work.book, entity: program.rules[id].entity)
    context.narrowed = work.narrowed
    var before = losses
    if let when = syntax.when {
      program.rules[id].when = checkTruth(when, in: context)
      if let test = program.rules[id].when { context = context.narrowed(by: guarded(by: test)) }
    }
    let lost = losses - before
    guard let type = work.declared ?? inferType(id, in: context) else {
      if losses == before { report(.noType(program.rules[id].name, at: program.rules[id].span)) }
      return false
    }
    if type == .null {
      report(.noType(program.rules[id].name, at: program.rules[id].span))
      return false
    }
    // What only failed while a type was looked for fails again below, if it does.
    before = losses - lost
    program.rules[id].type = type
    ruleWork[Int(id.index)].declared = type
    let versions = checkVersions(
      syntax.versions, as: type, of: id, in: context)
    program.rules[id].versions = versions
    program.rules[id].round = syntax.round.flatMap { checkRound($0, type, in: context) }
    checkBounds(id, type)
    if let under = syntax.under { program.rules[id].under = checkDate(under, in: context) }
    program.rules[id].exceptions = checkExceptions(work.exceptions, of: id, type, in: context)
    return losses == before
  }

  private func checkDate(_ syntax: ExpressionSyntax, in context: Context) -> Expression? {
    guard let value = checkExpression(syntax, in: context), requirePresent(value) else {
      return nil
    }
    if value.type == .date { return value }
    report(
      .wrongType(
        at: syntax.span, expected: "date", got: describe(value.type), fix: fix(value, toBe: .date)))
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
    let own = work.syntax.versions.flatMap { resultSites(of: $0.body, in: context) }
    let exceptions = work.exceptions.flatMap { exceptionSites($0.syntax, in: context) }
    let type = inferType(of: own, exceptions)
    let collects = work.syntax.versions.contains { version in
      if case .table(_, hit: .collect)? = version.body { return true }
      return false
    }
    return type.map { collects ? .list($0) : $0 }
  }

  /// The type that all results share; `nil` where none has one, which is then said.
  func inferType(
    of own: [(ExpressionSyntax, Context)], _ exceptions: [(ExpressionSyntax, Context)] = []
  ) -> ValueType? {
    // A bare number takes the type of the others; `base` is of the type found so far.
    var type = typeOf(own.filter { !isBareNumber($0.0) }, sofar: nil)
    type = typeOf(exceptions.filter { !isBareNumber($0.0) }, sofar: type)
    if type == nil { type = typeOf(own + exceptions, sofar: nil) }
    // Where no result has a type, what is wrong with them is all there is to say.
    if type == nil {
      for (syntax, context) in own + exceptions { _ = checkExpression(syntax, in: context) }
    }
    return type
  }

  /// The type that holds all of the results that have one; a disagreement is reported when the bodies are checked.
  private func typeOf(_ sites: [(ExpressionSyntax, Context)], sofar: ValueType?) -> ValueType? {
    var type = sofar
    let wasProbing = isProbing
    isProbing = true
    for (syntax, context) in sites {
      var inner = context
      inner.base = type
      guard let value = checkExpression(syntax, in: inner, expecting: type) else { continue }
      type = type.map { common($0, value.type) ?? $0 } ?? value.type
    }
    isProbing = wasProbing
    return type
  }

  func resultSites(
    of body: BodySyntax?, in context: Context
  ) -> [(ExpressionSyntax, Context)] {
    switch body {
    case .value(let value)?: return [(value, context)]
    case .cases(let branches, let otherwise)?:
      var rest = context
      var sites = branches.map { branch in
        let test = probe(branch.when, in: rest)
        let inner = rest.narrowed(by: test.map { guarded(by: $0) } ?? [])
        rest = rest.narrowed(by: test.map { guarded(by: $0, when: false) } ?? [])
        return (branch.value, inner)
      }
      if let otherwise { sites.append((otherwise, rest)) }
      return sites
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
    let test = exception.rule.when.flatMap { probe($0, in: context) }
    let inner = context.narrowed(by: test.map { guarded(by: $0) } ?? [])
    return exception.rule.versions.flatMap { resultSites(of: $0.body, in: inner) }
      + exception.rule.exceptions.flatMap { exceptionSites($0, in: inner) }
  }

  /// A condition whose faults are reported later.
  private func probe(_ condition: ExpressionSyntax, in context: Context) -> Expression? {
    let wasProbing = isProbing
    isProbing = true
    defer { isProbing = wasProbing }
    return checkTruth(condition, in: context)
  }
}
