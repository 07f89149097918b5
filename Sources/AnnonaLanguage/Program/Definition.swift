import AnnonaValues

/// What something of a program says, in bytes with names in place of positions: equal bytes of two programs mean the same, where what is named does.
///
/// It goes through the program by reflection, so that nothing that is ever added to the language can be forgotten. Titles, texts, citations and places in files are no part of it.
package struct Definition {
  package private(set) var bytes: [UInt8] = []
  /// What it names.
  package private(set) var rules: Set<RuleID> = []
  package private(set) var parameters: Set<ParameterID> = []
  package private(set) var functions: Set<FunctionID> = []
  package private(set) var facts: Set<FactID> = []
  /// Rules that it reads as of another date than the one it is read for.
  package private(set) var movedRules: Set<RuleID> = []

  private let program: Program

  private init(_ program: Program) { self.program = program }

  // MARK: - What can be defined

  package init(of rule: Rule, _ program: Program) {
    self.init(program)
    add(rule.type)
    add(rule.when as Any)
    add(rule.versions)
    add(rule.round as Any)
    add(rule.minimum as Any)
    add(rule.maximum as Any)
    add(rule.under as Any)
    add(rule.exceptions)
    if rule.under != nil { movedRules = rules }
  }

  package init(of function: Function, _ program: Program) {
    self.init(program)
    add(function)
  }

  package init(of parameter: Parameter, _ program: Program) {
    self.init(program)
    add(parameter.type)
    add(parameter.entries)
  }

  /// Who it is for, what decides it and what it pays; with the days on which its rulebook is law.
  package init(of benefit: Benefit, _ program: Program) {
    self.init(program)
    add(benefit.isCharge)
    add(benefit.members as Any)
    add(benefit.applies as Any)
    add(benefit.entitled as Any)
    add(benefit.amount as Any)
    add(benefit.payments)
    add(benefit.under as Any)
    add(program.rulebooks[benefit.rulebook].inForce)
    if benefit.under != nil || !benefit.payments.isEmpty { movedRules = rules }
  }

  /// What is read of a fact, and what is taken where nobody gave it.
  package init(of fact: Fact, _ program: Program) {
    self.init(program)
    add(fact.type)
    add(fact.minimum as Any)
    add(fact.maximum as Any)
    add(fact.step as Any)
    add(fact.pattern?.source as Any)
    add(fact.variation as Any)
    add(fact.assumed as Any)
    add(fact.judge)
  }

  /// What every rule may rest on without naming it: who there can be, the choices, the calendar.
  package init(ofGroundOf program: Program) {
    self.init(program)
    add(program.calendar)
    for choice in program.choices {
      word(choice.name)
      for member in choice.members { word(member.name) }
    }
    for place in program.places {
      word(place.name)
      add(place.holder)
      add(place.member)
      add(place.isList)
      add(place.isOptional)
      add(place.minimum)
      add(place.maximum as Any)
    }
  }

  // MARK: - The walk

  private mutating func add(_ value: Any) {
    switch value {
    case let id as FactID:
      facts.insert(id)
      let fact = program.facts[id]
      word(program.entities[fact.entity].name + "." + fact.name)
    case let id as RuleID:
      rules.insert(id)
      word(program.rules[id].name)
    case let id as ParameterID:
      parameters.insert(id)
      word(program.parameters[id].name)
    case let id as FunctionID:
      functions.insert(id)
      word(program.functions[id].name)
    case let id as EntityID: word(program.entities[id].name)
    case let id as ChoiceID: word(program.choices[id].name)
    case let id as PlaceID:
      let place = program.places[id]
      word(program.entities[place.holder].name + "." + place.name)
    case let text as String: word(text)
    case let number as Number: word(number.canonicalText)
    case let date as CalendarDate: word(date.description)
    case let unit as Unit: word(unit.description)
    case let number as Int: word(String(number))
    case let number as Int32: word(String(number))
    case let truth as Bool: word(truth ? "true" : "false")
    case let kind as Expression.Kind:
      switch kind {
      case .at(let value, _), .under(let value, _), .series(let value, _, _):
        value.forEachNode { node in
          if case .rule(let rule, _, _) = node.kind { movedRules.insert(rule) }
        }
      default: break
      }
      addParts(of: value)
    default: addParts(of: value)
    }
  }

  private mutating func addParts(of value: Any) {
    let mirror = Mirror(reflecting: value)
    bytes.append(UInt8(ascii: "("))
    if mirror.displayStyle == .enum, mirror.children.isEmpty { word("\(value)") }
    for child in mirror.children where !Self.isNoMeaning(child.value) {
      word(child.label ?? "")
      add(child.value)
    }
    bytes.append(UInt8(ascii: ")"))
  }

  private static func isNoMeaning(_ value: Any) -> Bool {
    value is Span || value is LocalizedText || value is Citation
  }

  /// With its length before it, so that no two lists of words have the same bytes.
  private mutating func word(_ text: String) {
    bytes += "\(text.utf8.count):".utf8
    bytes += text.utf8
  }
}
