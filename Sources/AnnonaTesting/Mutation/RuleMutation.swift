import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Every way in which one place of a rule, a function or a benefit can be changed.
struct RuleMutation {
  private let program: Program
  private let expressions: ExpressionMutation
  private let tables: TableMutation

  init(_ program: Program) {
    self.program = program
    expressions = ExpressionMutation(program: program)
    tables = TableMutation(program: program)
  }

  func variants(of rule: Rule) -> [Variant<Rule>] {
    func with(_ change: (inout Rule) -> Void) -> Rule {
      var changed = rule
      change(&changed)
      return changed
    }
    let values = rule.exceptions.isEmpty ? rule.versions.compactMap(\.body).flatMap(\.values) : []
    var found = variants(of: rule.versions, named: rule.name).map { variant in
      variant.map { part in with { $0.versions = part } }
    }
    if let when = rule.when {
      let unconditional = with { $0.when = nil }
      found.append(
        Variant(
          change: .conditionDropped, words: "without `when`", span: when.span, part: unconditional,
          question: .always(when, true)))
      found += expressions.variants(of: when).map { variant in
        variant.map { part in with { $0.when = part } }
      }
    }
    if let round = rule.round {
      found += variants(of: round, values).map { variant in
        variant.map { part in with { $0.round = part } }
      }
    }
    return found
      + variants(of: rule.exceptions).map { variant in
        variant.map { part in with { $0.exceptions = part } }
      }
  }

  func variants(of function: Function) -> [Variant<Function>] {
    func with(_ versions: [Rule.Version], _ round: Rounding?) -> Function {
      Function(
        name: function.name, parameters: function.parameters, type: function.type,
        versions: versions, round: round, span: function.span)
    }
    var found = variants(of: function.versions, named: function.name).map { variant in
      variant.map { with($0, function.round) }
    }
    if let round = function.round {
      let values = function.versions.compactMap(\.body).flatMap(\.values)
      found += variants(of: round, values).map { $0.map { with(function.versions, $0) } }
    }
    return found
  }

  func variants(of benefit: Benefit) -> [Variant<Benefit>] {
    var found: [Variant<Benefit>] = []
    let parts: [(WritableKeyPath<Benefit, Expression?>, dropped: String?)] = [
      (\.applies, "without `applies`"), (\.entitled, "without `entitled`"), (\.amount, nil),
    ]
    for (part, dropped) in parts {
      guard let expression = benefit[keyPath: part] else { continue }
      func with(_ other: Expression?) -> Benefit {
        var changed = benefit
        changed[keyPath: part] = other
        return changed
      }
      if let dropped {
        found.append(
          Variant(
            change: .conditionDropped, words: dropped, span: expression.span, part: with(nil)))
      }
      found += expressions.variants(of: expression).map { $0.map { with($0) } }
    }
    for (index, payment) in benefit.payments.enumerated() {
      found += variants(of: payment).map { variant in
        variant.map { part in
          var changed = benefit
          changed.payments[index] = part
          return changed
        }
      }
    }
    return found
  }

  private func variants(of payment: Payment) -> [Variant<Payment>] {
    func with(_ amount: Expression, _ dates: Payment.Dates) -> Payment {
      Payment(
        name: payment.name, title: payment.title, citations: payment.citations, amount: amount,
        dates: dates, span: payment.span)
    }
    func moved(
      _ expression: Expression, _ rebuild: @escaping (Expression) -> Payment.Dates
    ) -> [Variant<Payment>] {
      expressions.variants(of: expression).map { $0.map { with(payment.amount, rebuild($0)) } }
    }
    let amounts = expressions.variants(of: payment.amount).map {
      $0.map { with($0, payment.dates) }
    }
    switch payment.dates {
    case .once(let date): return amounts + moved(date) { .once($0) }
    case .every(let step, let kind, let from, let skips, let during, let overflow):
      return amounts
        + moved(step) { .every($0, kind, from: from, skipsAnchor: skips, during: during, overflow) }
        + moved(from) { .every(step, kind, from: $0, skipsAnchor: skips, during: during, overflow) }
        + moved(during) {
          .every(step, kind, from: from, skipsAnchor: skips, during: $0, overflow)
        }
    }
  }

  private func variants(
    of rounding: Rounding, _ values: [Expression]
  ) -> [Variant<Rounding?>] {
    let other = Rounding(step: rounding.step, mode: rounding.mode.other, span: rounding.span)
    let question = EquivalenceQuestion.rounding(values, step: rounding.step)
    return [
      Variant(
        change: .rounding, words: "rounded `\(rounding.mode.other.rawValue)`",
        span: rounding.span, part: other, question: question),
      Variant(
        change: .rounding, words: "not rounded", span: rounding.span, part: nil,
        question: question),
    ]
  }

  // MARK: - Exceptions

  private func variants(of exceptions: [ExceptionRule]) -> [Variant<[ExceptionRule]>] {
    exceptions.indices.flatMap { index -> [Variant<[ExceptionRule]>] in
      let exception = exceptions[index]
      var without = exceptions
      without.remove(at: index)
      let removed = Variant(
        change: .exceptionRemoved, words: "`\(exception.name)` removed", span: exception.span,
        part: without, question: .always(exception.when, false))
      return [removed]
        + variants(of: exception).map { variant in
          variant.map { part in
            var changed = exceptions
            changed[index] = part
            return changed
          }
        }
    }
  }

  private func variants(of exception: ExceptionRule) -> [Variant<ExceptionRule>] {
    func with(
      when: Expression? = nil, versions: [Rule.Version]? = nil, nested: [ExceptionRule]? = nil
    ) -> ExceptionRule {
      ExceptionRule(
        name: exception.name, when: when ?? exception.when,
        versions: versions ?? exception.versions, inForce: exception.inForce,
        round: exception.round, prevailsOver: exception.prevailsOver, refines: exception.refines,
        nested: nested ?? exception.nested, citations: exception.citations, span: exception.span)
    }
    let always = Expression(
      .constant(.boolean(true)), type: .boolean, span: exception.when.span)
    var found = [
      Variant(
        change: .exceptionAlways, words: "`\(exception.name)` always", span: exception.span,
        part: with(when: always), question: .always(exception.when, true))
    ]
    found += expressions.variants(of: exception.when).map { $0.map { with(when: $0) } }
    found += variants(of: exception.versions, named: exception.name).map {
      $0.map { with(versions: $0) }
    }
    return found + variants(of: exception.nested).map { $0.map { with(nested: $0) } }
  }

  // MARK: - Bodies

  private func variants(
    of versions: [Rule.Version], named name: String
  ) -> [Variant<[Rule.Version]>] {
    versions.indices.flatMap { index -> [Variant<[Rule.Version]>] in
      let changed = variants(of: versions[index]).map { variant in
        variant.map { part in
          var all = versions
          all[index] = part
          return all
        }
      }
      return changed + moved(versions, index)
    }
  }

  /// The law of a date a day later, or a day sooner.
  private func moved(_ versions: [Rule.Version], _ index: Int) -> [Variant<[Rule.Version]>] {
    let version = versions[index]
    guard let from = version.from else { return [] }
    return [1, -1].compactMap { days in
      guard let day = try? from.adding(days: days), version.through.map({ day <= $0 }) ?? true,
        let before = try? day.adding(days: -1)
      else { return nil }
      var all = versions
      all[index] = version.with(from: day, through: version.through)
      if index > 0, let last = versions[index - 1].through, (try? last.adding(days: 1)) == from {
        all[index - 1] = versions[index - 1].with(from: versions[index - 1].from, through: before)
      }
      return Variant(
        change: .dateMoved, words: "from `\(day)` in place of `\(from)`", span: version.span,
        part: all, day: min(day, from))
    }
  }

  private func variants(of version: Rule.Version) -> [Variant<Rule.Version>] {
    guard let body = version.body else { return [] }
    let bodies = variants(of: body).map { $0.map { version.with(body: $0, round: version.round) } }
    guard let round = version.round else { return bodies }
    return bodies
      + variants(of: round, body.values).map { $0.map { version.with(body: body, round: $0) } }
  }

  private func variants(of body: Body) -> [Variant<Body>] {
    switch body {
    case .value(let expression):
      return expressions.variants(of: expression).map { $0.map { .value($0) } }
    case .cases(let branches, let otherwise): return variants(of: branches, otherwise)
    case .conditions(let every, let rules): return variants(ofConditions: rules, every)
    case .table(let table): return tables.variants(of: table).map { $0.map { .table($0) } }
    case .scale(let scale): return variants(of: scale).map { $0.map { .scale($0) } }
    }
  }

  private func variants(
    of branches: [CaseBranch], _ otherwise: Expression?
  ) -> [Variant<Body>] {
    var found: [Variant<Body>] = []
    for (index, branch) in branches.enumerated() {
      func with(_ changed: CaseBranch?) -> Body {
        var all = branches
        if let changed { all[index] = changed } else { all.remove(at: index) }
        return .cases(all, otherwise: otherwise)
      }
      if branches.count > 1 || otherwise != nil {
        found.append(
          Variant(
            change: .rowRemoved, words: "case_\(index + 1) removed", span: branch.value.span,
            part: with(nil), question: .always(branch.when, false)))
      }
      found += expressions.variants(of: branch.when).map { variant in
        variant.map {
          with(CaseBranch(when: $0, value: branch.value, citations: branch.citations))
        }
      }
      found += expressions.variants(of: branch.value).map { variant in
        variant.map {
          with(CaseBranch(when: branch.when, value: $0, citations: branch.citations))
        }
      }
    }
    guard let otherwise else { return found }
    return found
      + expressions.variants(of: otherwise).map { $0.map { .cases(branches, otherwise: $0) } }
  }

  private func variants(ofConditions rules: [RuleID], _ every: Bool) -> [Variant<Body>] {
    let span = rules.first.map { program.rules[$0].span } ?? Span(file: 0, start: 0, end: 0)
    var found: [Variant<Body>] = []
    guard rules.count > 1 else { return found }
    found.append(
      Variant(
        change: .connective, words: "`\(every ? "any" : "all")` for `\(every ? "all" : "any")`",
        span: span, part: .conditions(every: !every, rules)))
    for index in rules.indices {
      var rest = rules
      rest.remove(at: index)
      let condition = program.rules[rules[index]]
      found.append(
        Variant(
          change: every ? .conditionDropped : .alternativeDropped,
          words: "without `\(condition.name)`", span: condition.span,
          part: .conditions(every: every, rest)))
    }
    return found
  }

  private func variants(of scale: Scale) -> [Variant<Scale>] {
    var found = expressions.variants(of: scale.of).map { variant in
      variant.map { Scale(of: $0, brackets: scale.brackets) }
    }
    for (index, bracket) in scale.brackets.enumerated() {
      func with(_ changed: (above: Expression, rate: Expression)) -> Scale {
        var brackets = scale.brackets
        brackets[index] = changed
        return Scale(of: scale.of, brackets: brackets)
      }
      found += expressions.variants(of: bracket.above).map { variant in
        variant.map { with(($0, bracket.rate)) }
      }
      found += expressions.variants(of: bracket.rate).map { variant in
        variant.map { with((bracket.above, $0)) }
      }
    }
    return found
  }
}

extension Rule.Version {
  fileprivate func with(body: Body, round: Rounding?) -> Rule.Version {
    Rule.Version(
      from: from, through: through, citations: citations, body: body, round: round, span: span)
  }

  fileprivate func with(from: CalendarDate?, through: CalendarDate?) -> Rule.Version {
    Rule.Version(
      from: from, through: through, citations: citations, body: body, round: round, span: span)
  }
}

extension Body {
  /// The expressions of which one gives the value; none where there is more to it.
  fileprivate var values: [Expression] {
    switch self {
    case .value(let value): [value]
    case .cases(let branches, let otherwise): branches.map(\.value) + [otherwise].compactMap { $0 }
    case .table(let table):
      table.hit == .unique || table.hit == .first ? table.rows.flatMap(\.outputs) : []
    case .conditions, .scale: []
    }
  }
}
