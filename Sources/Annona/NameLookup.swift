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
    let names = SubjectNames(program)
    let parts = SubjectNames.Parts(name)
    switch names.find(parts) {
    case .rule(let rule, output: nil)?:
      guard let id = parts.id else { return .rule(rule, nil) }
      return .rule(rule, try instance(id, of: program.rules[rule].entity, in: facts))
    case .benefit(let benefit, field: nil)?:
      guard let id = parts.id else { return .benefit(benefit, nil) }
      let member = program.benefits[benefit].members.map { program.places[$0].member }
      return .benefit(benefit, try instance(id, of: member, in: facts))
    default:
      throw RequestProblem(
        "the rulebook has no rule or benefit `\(name)`" + suggestion(names.suggestion(parts)))
    }
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
      throw RequestProblem(
        "`\(written)` is no value of `\(name)`, which is \(program.phrase(of: type))")
    }
    return Supposition(rule: rule, instance: instance, value: value)
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

  private func suggestion(_ near: String?) -> String {
    near.map { ", did you mean `\($0)`?" } ?? ""
  }
}
