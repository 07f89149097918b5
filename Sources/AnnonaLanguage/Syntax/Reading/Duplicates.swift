extension RulebookSyntax {
  /// Leaves the first declaration of each name and reports the others, in one file or in two.
  mutating func takeOutRepeats() -> [Diagnostic] {
    let found = scopes.flatMap(repeats)
    let repeated = Set(found.map(\.span))
    guard !repeated.isEmpty else { return [] }
    func isRepeated(_ name: NameSyntax) -> Bool { repeated.contains(name.span) }
    header?.sources.removeAll { isRepeated($0.name) }
    imports.removeAll { isRepeated($0.prefix) }
    units.removeAll(where: isRepeated)
    choices.removeAll { isRepeated($0.name) }
    entities.removeAll { isRepeated($0.name) }
    for index in entities.indices {
      entities[index].facts.removeAll { isRepeated($0.name) }
      entities[index].places.removeAll { isRepeated($0.name) }
    }
    parameters.removeAll { isRepeated($0.name) }
    functions.removeAll { isRepeated($0.name) }
    rules.removeAll { isRepeated($0.name) }
    benefits.removeAll { isRepeated($0.name) }
    properties.removeAll { isRepeated($0.name) }
    cliffs.removeAll { isRepeated($0.name) }
    return found
  }

  /// Names that must differ from one another.
  private var scopes: [[(name: String, span: Span)]] {
    let lists: [[NameSyntax]] =
      [
        header?.sources.map(\.name) ?? [], imports.map(\.prefix), units, choices.map(\.name),
        entities.map(\.name), parameters.map(\.name) + functions.map(\.name),
        benefits.map(\.name), events.map(\.name), properties.map(\.name), cliffs.map(\.name),
      ] + listsOfNames
    return [membersOfEntities] + lists.map { names in names.map { ($0.text, $0.span) } }
  }
}

/// Declarations that bear the name of a unit, so that a number before them could not be read back.
func unitsAsNames(in rulebook: RulebookSyntax) -> [Diagnostic] {
  var units: [String: Span] = [:]
  for unit in rulebook.units { units[unit.text] = unit.span }
  return rulebook.declaredNames.compactMap { name in
    units[name.text].map { .unitAsName(name.text, at: name.span, unit: $0) }
  }
}

private func repeats(in names: [(name: String, span: Span)]) -> [Diagnostic] {
  var seen: [String: Span] = [:]
  return names.compactMap { name, span in
    guard let first = seen[name] else {
      seen[name] = span
      return nil
    }
    return .declaredTwice(name, at: span, first: first)
  }
}

extension RulebookSyntax {
  /// Facts, members and rules of an entity share one scope.
  fileprivate var membersOfEntities: [(name: String, span: Span)] {
    let declared = entities.flatMap { entity in
      (entity.facts.map(\.name) + entity.places.map(\.name)).map {
        (name: "\(entity.name.text).\($0.text)", span: $0.span)
      }
    }
    let ruled = rules.compactMap { rule in
      rule.entity.map { (name: "\($0.text).\(rule.name.text)", span: rule.name.span) }
    }
    return declared + ruled
  }

  /// Every name that an expression can hold.
  fileprivate var declaredNames: [NameSyntax] {
    let inEntities = entities.flatMap { entity in
      [entity.name] + entity.facts.map(\.name) + entity.places.map(\.name)
    }
    let conditions = rules.flatMap(\.conditionLists).flatMap(\.self)
    let members = choices.flatMap { choice in [choice.name] + choice.members.map(\.name) }
    return imports.map(\.prefix) + members + inEntities + parameters.map(\.name)
      + functions.map(\.name) + rules.map(\.name) + conditions + benefits.map(\.name)
  }

  /// Names that were written as lists, where the reader of keys could not see a name twice.
  fileprivate var listsOfNames: [[NameSyntax]] {
    let inFacts = entities.flatMap(\.facts).compactMap { fact -> [NameSyntax]? in
      guard case .choice(let members) = fact.type.kind else { return nil }
      return members.map(\.name)
    }
    return choices.map { $0.members.map(\.name) } + inFacts + rules.flatMap(\.conditionLists)
  }
}

extension RuleSyntax {
  fileprivate var conditionLists: [[NameSyntax]] {
    versions.flatMap { version -> [[NameSyntax]] in
      guard case .conditions(_, let conditions, _)? = version.body else { return [] }
      return [conditions.map(\.name)] + conditions.flatMap(\.conditionLists)
    }
  }
}
