public import AnnonaEngine
public import AnnonaLanguage
import AnnonaValues

/// Words that a person asked with and that name nothing, or say nothing that can be used.
public struct RequestProblem: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// Something of a case that can be asked about by name.
public enum CaseName: Sendable, Hashable {
  /// A benefit; `nil` for everybody it is for.
  case benefit(BenefitID, Int32?)
  /// A rule; `nil` for every instance of its entity.
  case rule(RuleID, Int32?)
}

extension Rulebook {
  /// What a name means: `household.tier`, `person/maria.age`, `person.age` (of everybody), `abono_de_familia/maria`.
  public func lookUp(_ name: String, in facts: Case) throws(RequestProblem) -> CaseName {
    let dot = name.firstIndex(of: ".")
    let slash = name.firstIndex(of: "/").flatMap { slash in
      dot.map { slash < $0 } ?? true ? slash : nil
    }
    guard let slash else {
      if let rule = rule(named: name) { return .rule(rule, nil) }
      if let benefit = program.benefits.firstIndex(where: { $0.name == name }) {
        return .benefit(BenefitID(benefit), nil)
      }
      throw unknown(name)
    }
    let owner = String(name[..<slash])
    let id = String(name[name.index(after: slash)..<(dot ?? name.endIndex)])
    guard let dot else {
      guard let benefit = program.benefits.firstIndex(where: { $0.name == owner }) else {
        throw unknown(owner)
      }
      let member = program.benefits[benefit].members.map { program.places[$0].member }
      return .benefit(BenefitID(benefit), try instance(id, of: member, in: facts))
    }
    guard let rule = rule(named: owner + name[dot...]) else { throw unknown(owner + name[dot...]) }
    return .rule(rule, try instance(id, of: program.rules[rule].entity, in: facts))
  }

  /// A rule's value set for a case: `household.tier=3`, `person/maria.base_amount=129.23`; bare numbers are in the rule's unit.
  public func supposition(
    _ text: String, in facts: Case
  ) throws(RequestProblem) -> Supposition {
    guard let equals = text.firstIndex(of: "=") else {
      throw RequestProblem(
        "`\(text)` sets no rule: write its name, `=` and a value, such as `household.tier=3`")
    }
    let name = String(text[..<equals])
    guard case .rule(let rule, let instance) = try lookUp(name, in: facts) else {
      throw RequestProblem("`\(name)` is a benefit: set the rule that it names")
    }
    let written = String(text[text.index(after: equals)...])
    let type = program.rules[rule].type
    guard let value = program.value(written: written, type) else {
      throw RequestProblem("`\(written)` is no value of `\(name)`, which is \(described(type))")
    }
    return Supposition(rule: rule, instance: instance, value: value)
  }

  private func rule(named name: String) -> RuleID? {
    program.rules.firstIndex { $0.name == name }.map { RuleID($0) }
  }

  private func instance(
    _ id: String, of entity: EntityID?, in facts: Case
  ) throws(RequestProblem) -> Int32 {
    guard let entity else {
      throw RequestProblem("`\(id)`: the benefit is decided for the whole case, leave out `/\(id)`")
    }
    if let instance = facts.instance(id, of: entity) { return instance }
    let ids = facts.instances(of: entity).map { facts.instances[Int($0)].id }
    throw RequestProblem(
      "the case has no `\(program.entities[entity].name)` called `\(id)`"
        + suggestion(didYouMean(id, among: ids)))
  }

  private func unknown(_ name: String) -> RequestProblem {
    let names = program.rules.map(\.name) + program.benefits.map(\.name)
    return RequestProblem(
      "the rulebook has no rule or benefit `\(name)`" + suggestion(didYouMean(name, among: names)))
  }

  private func suggestion(_ near: String?) -> String {
    near.map { ", did you mean `\($0)`?" } ?? ""
  }

  // MARK: - Values

  private func described(_ type: ValueType) -> String {
    switch type.present {
    case .boolean: "`true` or `false`"
    case .number(let number) where number.isPercent: "a percentage"
    case .number(let number) where number.isInteger: "a whole number"
    case .number(let number):
      number.unit.isDimensionless ? "a number" : "a number in `\(number.unit)`"
    case .date: "a date such as `2025-03-01`"
    case .choice(let choice):
      "one of " + program.choices[choice].members.map { "`\($0.name)`" }.joined(separator: ", ")
    default: "nothing that can be set here"
    }
  }
}
