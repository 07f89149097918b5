public import AnnonaLanguage
public import AnnonaValues

/// Writes values with their units: the same value always as the same text, or as a language writes it for people.
public struct ValueText: Sendable {
  public enum Style: Sendable, Hashable {
    /// `25000/3 EUR/year`, for machines and records.
    case canonical
    /// `8 333.33… EUR/year`, for people who read a language.
    case language(String)
  }

  public let program: Program
  public let facts: Case
  public let style: Style

  public init(_ program: Program, _ facts: Case, style: Style = .canonical) {
    self.program = program
    self.facts = facts
    self.style = style
  }

  public func text(_ value: Value, _ type: ValueType) -> String {
    if style == .canonical { return program.text(of: value, type, ids: name) }
    switch value {
    case .boolean(let value): return value ? "true" : "false"
    case .number(let number):
      guard case .number(let numberType) = type.present else { return text(number) }
      return text(number, numberType)
    case .date(let date): return date.description
    case .period(let first, let last): return "\(first) to \(last)"
    case .text(let text): return text
    case .choice(let member): return text(ofChoice: member, type)
    case .instance(let instance): return name(of: instance)
    case .list(let values):
      let element: ValueType = if case .list(let element) = type.present { element } else { .null }
      return "[" + values.map { text($0, element) }.joined(separator: ", ") + "]"
    case .null: return "null"
    }
  }

  public func text(_ number: Number, _ type: NumberType) -> String {
    if type.isPercent, let hundredfold = try? number * Number(100) {
      return text(hundredfold) + " %"
    }
    guard !type.unit.isDimensionless else { return text(number) }
    return text(number, decimals: decimals(of: type.unit)) + " " + unitText(type.unit, number)
  }

  /// `1 month` and `36 months`, but `EUR/month`.
  private func unitText(_ unit: Unit, _ number: Number) -> String {
    let text = unit.description
    guard style != .canonical, unit.durationKind != nil, number.magnitude != .one,
      case .language(let language) = style, language.hasPrefix("en")
    else { return text }
    return text + "s"
  }

  private func text(_ number: Number, decimals: Int = 0) -> String {
    switch style {
    case .canonical: number.canonicalText
    case .language(let language):
      number.text(style: .forLanguage(language), atLeast: number.isInteger ? 0 : decimals)
    }
  }

  /// For people, an amount of money with cents has two places.
  private func decimals(of unit: Unit) -> Int {
    unit.currency.flatMap { Unit.minorUnit(ofCurrency: $0) }?.decimalPlaces ?? 0
  }

  private func text(ofChoice member: Int32, _ type: ValueType) -> String {
    guard case .choice(let id) = type.present,
      program.choices[id].members.indices.contains(Int(member))
    else { return "\(member)" }
    let declared = program.choices[id].members[Int(member)]
    guard case .language(let language) = style else { return declared.name }
    return declared.title.text(in: language, else: program.language) ?? declared.name
  }

  // MARK: - Names

  /// `maria`; for a member that nobody has named yet, the entity's name.
  public func name(of instance: Int32) -> String {
    guard facts.instances.indices.contains(Int(instance)) else { return "?" }
    return facts.instances[Int(instance)].id
  }

  /// `household.rebate`, `person/maria.age`, `person/maria.age@2024-01-01`.
  public func id(of rule: RuleID, for instance: Int32, date: CalendarDate? = nil) -> String {
    id(program.rules[rule].name, program.rules[rule].entity, instance, date)
  }

  public func id(of fact: FactID, for instance: Int32, date: CalendarDate? = nil) -> String {
    id(program.id(of: fact), program.facts[fact].entity, instance, date)
  }

  public func id(of place: PlaceID, for instance: Int32) -> String {
    id(program.id(of: place), program.places[place].holder, instance, nil)
  }

  /// What is waited for: `household.income`, `person/maria.salary@2024-05`, `household.children`, `ias`.
  public func id(of wait: Wait) -> String {
    switch wait {
    case .fact(let instance, let fact, let period): id(of: fact, for: instance, date: period)
    case .members(let instance, let place): id(of: place, for: instance)
    case .parameter(let parameter, _): program.id(of: parameter)
    }
  }

  private func id(
    _ name: String, _ entity: EntityID, _ instance: Int32, _ date: CalendarDate?
  ) -> String {
    let suffix = date.map { "@\($0)" } ?? ""
    if entity == program.caseEntity { return name + suffix }
    let entityName = program.entities[entity].name
    let rest =
      name.hasPrefix(entityName + ".") ? String(name.dropFirst(entityName.count)) : ".\(name)"
    return "\(entityName)/\(self.name(of: instance))\(rest)\(suffix)"
  }
}

extension ValueText {
  /// `0 to 186.87 EUR/month`, `at least 0 EUR`, `1, 2 or 3`; with what it may fail as well where it may.
  public func text(_ state: State, _ type: ValueType) -> String {
    switch state {
    case .known(let value): return text(value, type)
    case .error(let faults): return "error: " + codes(faults)
    case .open(let possible):
      let range = text(possible.domain, type)
      return possible.mayFail.isEmpty ? range : "\(range) or \(codes(possible.mayFail))"
    }
  }

  private func codes(_ faults: Faults) -> String {
    var seen: [String] = []
    for fault in faults where !seen.contains(fault.code.rawValue) {
      seen.append(fault.code.rawValue)
    }
    return seen.joined(separator: ", ")
  }

  public func text(_ domain: Domain, _ type: ValueType) -> String {
    var parts: [String] = []
    if domain.canBeNull { parts.append("null") }
    switch domain.present {
    case nil: break
    case .number(let range)?: parts.append(text(range, type))
    case .date(let range)?:
      parts.append(range.single?.description ?? "\(range.lower) to \(range.upper)")
    case .choice(let members?)?:
      parts += members.sorted().map { text(ofChoice: $0, type) }
    case .text(let texts?)?: parts += texts.sorted()
    case let present?: parts.append(present.single.map { text($0, type) } ?? "unknown")
    }
    return parts.joined(separator: " or ")
  }

  public func text(_ range: NumberRange, _ type: ValueType) -> String {
    guard case .number(let number) = type.present else { return range.description }
    if let single = range.single { return text(single, number) }
    if number.unit.isDimensionless, let members = range.members, members.count <= 6,
      range != NumberRange(lower: range.lower, upper: range.upper, step: .one)
    {
      let last = members.last.map { " or " + text($0, number) } ?? ""
      return members.dropLast().map { text($0, number) }.joined(separator: ", ") + last
    }
    switch (range.lower, range.upper) {
    case (let low?, let high?):
      var bare = number
      if !number.isPercent { bare.unit = .none }
      return "\(text(low, bare)) to \(text(high, number))"
    case (let low?, nil): return "\(text(low, number)) or more"
    case (nil, let high?): return "\(text(high, number)) or less"
    case (nil, nil): return "any number"
    }
  }
}
