import AnnonaValues

/// Properties and cliffs: whose they are, what they compare, and which facts they change.
extension Checker {
  func checkProperties(_ book: Int) {
    reading.append(.benefit)
    defer { reading.removeLast() }
    for syntax in rulebooks[book].syntax.properties {
      if let property = checkProperty(syntax, in: book) { program.properties.append(property) }
    }
    for syntax in rulebooks[book].syntax.cliffs {
      if let cliff = checkCliff(syntax, in: book) { program.cliffs.append(cliff) }
    }
  }

  /// Rules that are shown for their own sake.
  func checkShown(_ book: Int) {
    for name in rulebooks[book].syntax.shows {
      switch subject(name, in: book) {
      case .rule(let rule, _)?:
        if !program.shown.contains(rule) { program.shown.append(rule) }
      case .benefit?: report(.showsBenefit(name))
      case nil: break
      }
    }
  }

  private func checkProperty(_ syntax: PropertySyntax, in book: Int) -> Property? {
    guard let subject = subject(syntax.of, in: book),
      let claim = checkClaim(syntax, of: subject, in: book)
    else { return nil }
    var property = Property(
      name: syntax.name.text, of: subject, claim: claim, span: syntax.name.span)
    property.title = text(syntax.title, in: book)
    property.about = text(syntax.about, in: book)
    property.citations = citations(syntax.citations, in: book)
    let context = context(of: subject, in: book)
    property.exemptions = syntax.exemptions.compactMap { exemption in
      checkTruth(exemption.when, in: context).map {
        Property.Exemption(
          name: exemption.name.text, title: text(exemption.title, in: book), when: $0,
          citations: citations(exemption.citations, in: book))
      }
    }
    return property
  }

  /// Without any entity there is nobody to read beside it.
  private func context(of subject: Property.Subject, in book: Int) -> Context {
    Context(book: book, entity: program.entities.isEmpty ? nil : program.entity(of: subject))
  }

  private func checkCliff(_ syntax: CliffSyntax, in book: Int) -> Cliff? {
    guard let subject = subject(syntax.of, in: book), isOrdered(subject, syntax.of, by: "cliffs")
    else { return nil }
    var cliff = Cliff(name: syntax.name.text, of: subject, span: syntax.name.span)
    cliff.title = text(syntax.title, in: book)
    cliff.about = text(syntax.about, in: book)
    cliff.citations = citations(syntax.citations, in: book)
    cliff.when = syntax.when.flatMap { checkChange($0, in: book) }
    if let at = syntax.at, let fact = cliff.when?.fact {
      let declared = program.facts[fact]
      let context = Context(book: book, entity: declared.entity)
      cliff.at = checkGoverned(at, as: declared.type.present, in: context)
    }
    return cliff
  }

  // MARK: - Claims

  private func checkClaim(
    _ syntax: PropertySyntax, of subject: Property.Subject, in book: Int
  ) -> Property.Claim? {
    let key = syntax.claim.key
    if case .sameWhateverTheOrderOf(let name) = syntax.claim {
      guard let changed = changed(name, in: book) else { return nil }
      guard case .place(let place) = changed, program.places[place].isList else {
        report(.notAListToOrder(name))
        return nil
      }
      return .sameWhateverTheOrderOf(place)
    }
    guard isOrdered(subject, syntax.of, by: key) else { return nil }
    let type = program.type(of: subject, outputs: outputs(of: subject))
    let context = context(of: subject, in: book)
    switch syntax.claim {
    case .atLeast(let bound):
      return checkGoverned(bound, as: type, in: context).map { .atLeast($0) }
    case .atMost(let bound): return checkGoverned(bound, as: type, in: context).map { .atMost($0) }
    case .neverFalls(let change): return checkChange(change, in: book).map { .neverFalls($0) }
    case .neverRises(let change): return checkChange(change, in: book).map { .neverRises($0) }
    case .continuous(let name):
      return checkContinuous(along: name, syntax.tolerance, as: type, in: book)
    case .sameWhateverTheOrderOf: return nil
    }
  }

  private func checkContinuous(
    along name: NameSyntax, _ tolerance: ExpressionSyntax?, as type: ValueType, in book: Int
  ) -> Property.Claim? {
    var width: Number?
    if let tolerance {
      let unit = type.numberType?.unit ?? .day
      guard case .number(let number)? = governedConstant(tolerance, .quantity(unit), in: book)
      else { return nil }
      guard number.sign >= 0 else {
        report(.toleranceNegative(at: tolerance.span))
        return nil
      }
      width = number
    }
    guard let changed = changed(name, in: book) else { return nil }
    guard case .fact(let fact) = changed, isOrdered(program.facts[fact].type.present) else {
      report(.notContinuousAlong(name, describe(changed)))
      return nil
    }
    return .continuous(fact, tolerance: width)
  }

  private func isOrdered(_ type: ValueType) -> Bool { type.numberType != nil || type == .date }

  private func isOrdered(
    _ subject: Property.Subject, _ name: NameSyntax, by key: String
  ) -> Bool {
    // What has no type has said why.
    switch subject {
    case .rule(let id, _): guard ruleWork[Int(id.index)].progress == .done else { return false }
    case .benefit(let id):
      let benefit = program.benefits[id]
      let written = rulebooks[benefit.rulebook].syntax.benefits.first {
        $0.name.span == benefit.span
      }
      guard written?.amount == nil || benefit.amount != nil else { return false }
    }
    let type = program.type(of: subject, outputs: outputs(of: subject))
    if isOrdered(type.present), !type.isOptional { return true }
    report(.claimNeedsOrder(name, key, describe(type)))
    return false
  }

  // MARK: - Names

  /// A benefit of the rulebook by its name, or a rule, condition or column by its dotted one.
  private func subject(_ name: NameSyntax, in book: Int) -> Property.Subject? {
    if let benefit = program.benefits.firstIndex(where: {
      $0.name == name.text && $0.rulebook == book
    }) {
      return .benefit(BenefitID(benefit))
    }
    if let (entity, rest) = owner(in: name.text, book), let first = rest.first,
      case .rule(let rule)? = members[entity]?[first]
    {
      if rest.count == 1 { return .rule(rule, output: nil) }
      let full = ([program.rules[rule].name] + rest.dropFirst()).joined(separator: ".")
      if let part = program.rules.firstIndex(where: { $0.name == full }) {
        return .rule(RuleID(part), output: nil)
      }
      let columns = ruleWork[Int(rule.index)].outputs.map(\.name)
      if rest.count == 2, let column = columns.firstIndex(of: rest[1]) {
        return .rule(rule, output: column)
      }
    }
    if isUnread(name.text, in: book) { return nil }
    let names = program.benefits.map(\.name) + program.rules.map(\.name)
    report(.unknownSubject(name, near: didYouMean(name.text, among: names)))
    return nil
  }

  /// What could not be read was reported where it stands, with the name that it should have.
  private func isUnread(_ name: String, in book: Int) -> Bool {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    return rulebooks[book].syntax.unread.contains {
      $0.text == last || nameSuggestion(for: $0.text, isDotted: false) == last
    }
  }

  private enum Changed {
    case fact(FactID)
    case place(PlaceID)
  }

  /// What a change is of: `household.income`, `household.children`.
  private func changed(_ name: NameSyntax, in book: Int) -> Changed? {
    if let (entity, rest) = owner(in: name.text, book), rest.count == 1, let word = rest.first {
      switch members[entity]?[word] {
      case .fact(let fact)?: return untypedFacts.contains(fact) ? nil : .fact(fact)
      case .place(let place)?: return .place(place)
      case .rule?, nil: break
      }
    }
    if isUnread(name.text, in: book) { return nil }
    let facts = program.facts.indices.map { program.id(of: FactID($0)) }
    let places = program.places.indices.map { program.id(of: PlaceID($0)) }
    report(.notAFactToChange(name, near: didYouMean(name.text, among: facts + places)))
    return nil
  }

  /// The entity that a dotted name begins with, an import's included, and the words behind it.
  private func owner(in name: String, _ book: Int) -> (EntityID, [String])? {
    let words = name.split(separator: ".").map(String.init)
    for count in [1, 2] where words.count > count {
      let prefix = words[..<count].joined(separator: ".")
      if let entity = entity(named: prefix, in: book) {
        return (entity, Array(words[count...]))
      }
    }
    return nil
  }

  private func outputs(of subject: Property.Subject) -> [ValueType] {
    guard case .rule(let id, _) = subject else { return [] }
    return ruleWork[Int(id.index)].outputs.map(\.type)
  }

  // MARK: - Changes

  private func checkChange(_ syntax: ChangeSyntax, in book: Int) -> Change? {
    guard let changed = changed(syntax.of, in: book) else { return nil }
    if let change = change(syntax, of: changed) { return change }
    report(.changeDoesNotFit(syntax, describe(changed), fitting: fitting(changed)))
    return nil
  }

  private func change(_ syntax: ChangeSyntax, of changed: Changed) -> Change? {
    switch (changed, syntax.verb) {
    case (.place(let place), .grows) where program.places[place].isList: return .grows(place)
    case (.place(let place), .shrinks) where program.places[place].isList: return .shrinks(place)
    case (.fact(let fact), .rises) where isOrdered(program.facts[fact].type.present):
      return .rises(fact)
    case (.fact(let fact), .falls) where isOrdered(program.facts[fact].type.present):
      return .falls(fact)
    case (.fact(let fact), .becomes):
      return value(syntax.value?.text ?? "", of: program.facts[fact].type).map {
        .becomes(fact, $0)
      }
    default: return nil
    }
  }

  private func value(_ word: String, of type: ValueType) -> Value? {
    switch (type.present, word) {
    case (.boolean, "true"): .boolean(true)
    case (.boolean, "false"): .boolean(false)
    case (.choice(let choice), _):
      program.choices[choice].members.firstIndex { $0.name == word }.map { .choice(Int32($0)) }
    default: nil
    }
  }

  /// The changes that would fit, as they are written.
  private func fitting(_ changed: Changed) -> [String] {
    switch changed {
    case .place(let place): return program.places[place].isList ? ["grows", "shrinks"] : []
    case .fact(let fact):
      switch program.facts[fact].type.present {
      case .boolean: return ["becomes true", "becomes false"]
      case .choice(let choice):
        return program.choices[choice].members.map { "becomes \($0.name)" }
      default: return ["rises", "falls"]
      }
    }
  }

  private func describe(_ changed: Changed) -> String {
    switch changed {
    case .fact(let fact): describe(program.facts[fact].type.present)
    case .place(let place): describe(type(of: program.places[place]))
    }
  }
}

extension PropertySyntax.Claim {
  fileprivate var key: String {
    switch self {
    case .atLeast: "at_least"
    case .atMost: "at_most"
    case .neverFalls: "never_falls_when"
    case .neverRises: "never_rises_when"
    case .continuous: "continuous"
    case .sameWhateverTheOrderOf: "same_whatever_the_order_of"
    }
  }
}

extension Change {
  /// The fact that changes; `nil` for a list of members.
  public var fact: FactID? {
    switch self {
    case .rises(let fact), .falls(let fact), .becomes(let fact, _): fact
    case .grows, .shrinks: nil
    }
  }
}

extension Program {
  /// Whose a subject is: `this` of all that is read beside it.
  public func entity(of subject: Property.Subject) -> EntityID {
    switch subject {
    case .benefit(let id): benefits[id].members.map { places[$0].member } ?? caseEntity
    case .rule(let id, _): rules[id].entity
    }
  }

  /// What a subject's values are; a benefit without amounts counts 1 where it is granted and 0 where not.
  func type(of subject: Property.Subject, outputs: [ValueType]) -> ValueType {
    switch subject {
    case .benefit(let id):
      let amount = benefits[id].amount ?? benefits[id].payments.first?.amount
      return amount?.type.present ?? .integer
    case .rule(let id, let output):
      if let output, outputs.indices.contains(output) { return outputs[output] }
      return rules[id].type
    }
  }
}
