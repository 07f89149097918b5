import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Looks up what a case expects and supposes, among its own members.
struct ExpectationChecking {
  let names: SubjectNames
  let facts: Case
  private let listed: ListedNames
  private let program: Program

  init(_ names: SubjectNames, _ listed: ListedNames, _ facts: Case) {
    self.names = names
    self.listed = listed
    self.facts = facts
    program = names.program
  }

  func supposition(_ syntax: ValueSyntax, _ found: inout [Diagnostic]) -> Supposition? {
    let parts = SubjectNames.Parts(syntax.name.text)
    switch names.find(parts) {
    case .rule(let rule, nil)?:
      var instance: Int32?
      if parts.id != nil {
        instance = self.instance(parts, of: program.rules[rule].entity, syntax.name, &found)
        if instance == nil { return nil }
      }
      let reading = reading(program.rules[rule].type)
      guard case .exactly(let value)? = reading.read(syntax.value.text) else {
        found.append(
          .notAValue(
            syntax.value.text, of: syntax.name.text, reading.phrase, at: syntax.value.span))
        return nil
      }
      return Supposition(rule: rule, instance: instance, value: value)
    case .benefit?: found.append(.notARule(syntax.name.text, at: syntax.name.span))
    case nil where names.isFact(parts):
      found.append(.factIsGiven(syntax.name.text, "supposed", at: syntax.name.span))
    case .rule?, nil:
      found.append(
        .unknownSubject(
          syntax.name.text, near: names.suggestion(parts), at: syntax.name.span))
    }
    return nil
  }

  func expectation(
    _ syntax: ExpectationSyntax, _ shared: BasisSyntax, _ found: inout [Diagnostic]
  ) -> Expectation? {
    let parts = SubjectNames.Parts(syntax.name.text)
    if let basis = syntax.unexplained { found.append(.derivedWithoutBecause(at: basis.span)) }
    if let blank = syntax.unreasoned { found.append(.toleranceWithoutReason(at: blank.span)) }
    guard let subject = subject(parts, syntax.name, &found) else { return nil }
    var expectation = Expectation(
      name: syntax.name.text, span: syntax.place, subject: subject,
      basis: Basis(syntax.basis.or(shared)))
    // A cell has no room to say that it was recorded, and what has a source of its own is not overwritten.
    if syntax.span == nil, syntax.basis.source == nil, !syntax.basis.isDerived,
      case .one(let text)? = syntax.value ?? syntax.amount
    {
      expectation.written = Written(span: text.span, isMarked: syntax.basis.isRecorded)
    }
    expectation.needs = syntax.needs.map { ExpectedNames($0, at: syntax.name.span) }
    expectation.reasons = syntax.reasons.map { ExpectedNames($0, at: syntax.name.span) }
    expectation.fired = syntax.fired.map { ExpectedNames($0, at: syntax.name.span) }
    if let names = syntax.needs { listed.checkNeeds(names, facts, &found) }
    if let names = syntax.reasons { listed.checkReasons(names, &found) }
    if let names = syntax.fired { listed.checkFired(names, &found) }
    expectation.error = syntax.error.flatMap { fault($0, &found) }
    switch subject {
    case .rule(let rule, _, let output):
      for (key, span) in syntax.keysOfBenefits {
        found.append(.onlyOfBenefits(key, syntax.name.text, at: span))
      }
      guard let text = syntax.value else { break }
      expectation.value = value(text, program.type(of: rule, output), syntax, &found)
    case .benefit(let benefit, _):
      let declared = program.benefits[benefit]
      if let word = syntax.outcome {
        expectation.outcome = Outcome(named: word.text, of: declared)
        if expectation.outcome == nil { found.append(.otherOutcome(word, of: declared)) }
      }
      if case .one(let word)? = syntax.value, let outcome = Outcome(named: word.text, of: declared)
      {
        expectation.outcome = outcome
        break
      }
      if syntax.hasPayments {
        expectation.payments = PaymentChecking(program, benefit, syntax).payments(&found)
      }
      guard let text = syntax.amount ?? syntax.value else { break }
      guard let type = program.benefits[benefit].amount?.type else {
        found.append(
          .notAValue(text.text, of: syntax.name.text, "a benefit without an amount", at: text.span))
        break
      }
      expectation.value = value(text, type, syntax, &found)
    }
    if syntax.isEmpty {
      if syntax.isFaulty { return nil }
      found.append(.expectsNothing(syntax.name.text, at: syntax.name.span))
    }
    return expectation
  }

  // MARK: - Names

  private func subject(
    _ parts: SubjectNames.Parts, _ name: NameSyntax, _ found: inout [Diagnostic]
  ) -> Expectation.Subject? {
    switch names.find(parts) {
    case .rule(let rule, let output)?:
      return instance(parts, of: program.rules[rule].entity, name, &found)
        .map { .rule(rule, $0, output: output) }
    case .benefit(let benefit, nil)?:
      guard let place = program.benefits[benefit].members else {
        if parts.id != nil { found.append(.takesNoMember(parts.owner, at: name.span)) }
        return parts.id == nil ? .benefit(benefit, nil) : nil
      }
      // Where nobody has said who the members are, there is one decision for any that there may be.
      if parts.id == nil, facts.instances(of: program.places[place].member).isEmpty {
        return .benefit(benefit, nil)
      }
      return instance(parts, of: program.places[place].member, name, &found)
        .map { .benefit(benefit, $0) }
    case nil where names.isFact(parts):
      found.append(.factIsGiven(name.text, "expected", at: name.span))
      return nil
    case .benefit(_, .some)?, nil:
      found.append(.unknownSubject(name.text, near: names.suggestion(parts), at: name.span))
      return nil
    }
  }

  private func instance(
    _ parts: SubjectNames.Parts, of entity: EntityID, _ name: NameSyntax,
    _ found: inout [Diagnostic]
  ) -> Int32? {
    let there = facts.instances(of: entity)
    guard let id = parts.id else {
      if there.count == 1 { return there[0] }
      let rest = parts.rest.map { ".\($0)" } ?? ""
      let id = there.first.map { facts.instances[Int($0)].id } ?? "ID"
      found.append(
        .needsMember(name.text, example: "\(parts.owner)/\(id)\(rest)", at: name.span))
      return nil
    }
    if let instance = facts.instance(id, of: entity) { return instance }
    let ids = there.map { facts.instances[Int($0)].id }
    found.append(
      .unknownMember(
        id, program.entities[entity].name, near: didYouMean(id, among: ids), at: name.span))
    return nil
  }

  // MARK: - Values

  private func reading(_ type: ValueType) -> ExpectedValueReading {
    ExpectedValueReading(program: program, type: type) { facts.instance($0, of: $1) }
  }

  private func value(
    _ text: ExpectedTextSyntax, _ type: ValueType, _ syntax: ExpectationSyntax,
    _ found: inout [Diagnostic]
  ) -> ExpectedValue? {
    let reading = reading(type)
    guard let value = reading.read(text) else {
      found.append(.notAValue(text.text, of: syntax.name.text, reading.phrase, at: text.span))
      return nil
    }
    if value.isReversed {
      found.append(.boundsReversed(text.text, at: text.span))
      return nil
    }
    guard let tolerance = syntax.tolerance else { return value }
    guard case .exactly(.number(let number)) = value, case .number(let numberType) = type.present,
      let width = program.number(written: tolerance.text, numberType)
    else {
      found.append(.notATolerance(tolerance.text, at: tolerance.span))
      return nil
    }
    return .near(number, within: width.magnitude)
  }

  /// `no_row in household.tier`
  private func fault(_ text: NameSyntax, _ found: inout [Diagnostic]) -> ExpectedFault? {
    let words = text.text.split(separator: " ").map(String.init)
    guard let first = words.first, let code = Fault.Code(rawValue: first) else {
      let codes = Fault.Code.allCases.map(\.rawValue)
      found.append(
        .unknownFault(
          words.first ?? "", near: didYouMean(words.first ?? "", among: codes), at: text.span))
      return nil
    }
    guard words.count > 1 else { return ExpectedFault(code: code, rule: nil) }
    let parts = SubjectNames.Parts(words.last ?? "")
    guard words.count == 3, words[1] == "in", case .rule? = names.find(parts) else {
      found.append(
        .unknownSubject(
          words.dropFirst(2).joined(separator: " "), near: names.suggestion(parts), at: text.span))
      return nil
    }
    return ExpectedFault(code: code, rule: words[2])
  }
}

extension ExpectedValue {
  /// Bounds of which the lower is the greater one.
  var isReversed: Bool {
    if case .between(let low?, let high?) = self { low > high } else { false }
  }
}

extension ExpectedTextSyntax {
  var text: String {
    switch self {
    case .one(let text): text.text
    case .list(let texts, _): "[" + texts.map(\.text).joined(separator: ", ") + "]"
    }
  }
}

extension ExpectationSyntax {
  fileprivate var isEmpty: Bool {
    value == nil && outcome == nil && amount == nil && needs == nil && reasons == nil
      && fired == nil && error == nil && !hasPayments
  }

  fileprivate var hasPayments: Bool { total != nil || !payments.isEmpty }

  fileprivate var keysOfBenefits: [(String, Span)] {
    [
      ("outcome", outcome?.span), ("amount", amount?.span), ("pays", payments.first?.name.span),
      ("total", total?.span),
      ("reasons", reasons.map { $0.names.first?.span ?? name.span }),
    ].compactMap { key, span in span.map { (key, $0) } }
  }

  fileprivate var place: Span { span ?? name.span }
}

extension ExpectedNames {
  fileprivate init(_ list: ListSyntax, at span: Span) {
    self.init(names: list.names.map(\.text), isPart: list.isPart, span: span)
  }
}

extension Basis {
  fileprivate init(_ syntax: BasisSyntax) {
    if syntax.isDerived, let because = syntax.because {
      self = .derived(because.text)
    } else if syntax.isRecorded {
      self = .recorded
    } else if let source = syntax.source, source.text != "derived" {
      self = .published(source.text)
    } else {
      self = .unsourced
    }
  }
}
