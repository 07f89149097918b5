package import AnnonaLanguage
import AnnonaValues

/// What one program says otherwise than another, and which of it can matter to each benefit.
///
/// A rule whose words, figures and functions are the same in both, and which reads the same, comes to the same: so only what stands here can be why a decision differs.
package struct ProgramDifference: Sendable {
  /// A rule of both that says something else in each.
  package struct ChangedRule: Sendable {
    package let name: String
    package let first: RuleID
    package let second: RuleID
    /// The figures it reads that differ, by position among the changed parameters.
    package let parameters: [Int]
    /// Whether its own words differ too.
    package let isReworded: Bool
    /// Rules that only one of the two reads.
    package let noLongerReads: [String]
    package let readsNow: [String]
  }

  package struct ChangedParameter: Sendable {
    package let name: String
    /// `nil` where it does not exist.
    package let first: ParameterID?
    package let second: ParameterID?
  }

  /// A benefit of either program.
  package struct ComparedBenefit: Sendable {
    package let name: String
    /// `nil` where it does not exist.
    package let first: BenefitID?
    package let second: BenefitID?
    /// Whether who it is for, what decides it or what it pays is said otherwise in the benefit itself.
    package let isReworded: Bool
    /// The changed rules on which it can rest in either program, by position.
    package let candidates: [Int]
    /// Whether whatever makes a decision differ shows in the values of its changed rules as of the date decided for.
    package let showsInValues: Bool
  }

  package let first: Program
  package let second: Program
  package let rules: [ChangedRule]
  package let onlyInFirst: [RuleID]
  package let onlyInSecond: [RuleID]
  package let parameters: [ChangedParameter]
  /// Facts that one of the two does not know, or reads otherwise: `household.income`.
  package let factsOnlyInFirst: [String]
  package let factsOnlyInSecond: [String]
  package let changedFacts: [String]
  /// In the order of the second program, those of the first alone behind.
  package let benefits: [ComparedBenefit]

  package init(_ first: Program, _ second: Program) {
    self.first = first
    self.second = second
    let (one, other) = (ProgramDefinitions(first), ProgramDefinitions(second))
    let parameters = Self.parameters(one, other)
    self.parameters = parameters
    rules = Self.rules(one, other, parameters)
    onlyInFirst = first.rules.indices.filter { other.rule(first.rules[$0].name) == nil }
      .map { RuleID($0) }
    onlyInSecond = second.rules.indices.filter { one.rule(second.rules[$0].name) == nil }
      .map { RuleID($0) }
    let (facts, others) = (one.factNames, other.factNames)
    factsOnlyInFirst = facts.filter { other.fact($0) == nil }
    factsOnlyInSecond = others.filter { one.fact($0) == nil }
    let changed = facts.filter { name in
      guard let a = one.fact(name), let b = other.fact(name) else { return false }
      return one.definition(of: a) != other.definition(of: b)
    }
    changedFacts = changed
    let isSameGround =
      Definition(ofGroundOf: first).bytes == Definition(ofGroundOf: second).bytes
    benefits = Self.benefits(
      one, other, rules, changedFacts: Set(changed), parameters, isSameGround: isSameGround)
  }

  // MARK: - What differs

  private static func parameters(
    _ one: ProgramDefinitions, _ other: ProgramDefinitions
  ) -> [ChangedParameter] {
    var found: [ChangedParameter] = []
    for (index, parameter) in other.program.parameters.enumerated() {
      let id = one.parameter(parameter.name)
      let isSame = id.map { one.definition(of: $0) == other.definition(of: ParameterID(index)) }
      if isSame != true {
        found.append(
          ChangedParameter(name: parameter.name, first: id, second: ParameterID(index)))
      }
    }
    for (index, parameter) in one.program.parameters.enumerated()
    where other.parameter(parameter.name) == nil {
      found.append(ChangedParameter(name: parameter.name, first: ParameterID(index), second: nil))
    }
    return found
  }

  private static func rules(
    _ one: ProgramDefinitions, _ other: ProgramDefinitions, _ parameters: [ChangedParameter]
  ) -> [ChangedRule] {
    var found: [ChangedRule] = []
    for (index, rule) in other.program.rules.enumerated() {
      guard let id = one.rule(rule.name) else { continue }
      let (before, after) = (one.reads(of: id), other.reads(of: RuleID(index)))
      let names = before.parameters.union(after.parameters)
      let figures = parameters.indices.filter { names.contains(parameters[$0].name) }
      let isReworded =
        before.bytes != after.bytes || before.functionBytes != after.functionBytes
      if figures.isEmpty, !isReworded { continue }
      found.append(
        ChangedRule(
          name: rule.name, first: id, second: RuleID(index), parameters: figures,
          isReworded: isReworded,
          noLongerReads: before.rules.subtracting(after.rules).sorted(),
          readsNow: after.rules.subtracting(before.rules).sorted()))
    }
    return found
  }

  private static func benefits(
    _ one: ProgramDefinitions, _ other: ProgramDefinitions, _ rules: [ChangedRule],
    changedFacts: Set<String>, _ parameters: [ChangedParameter], isSameGround: Bool
  ) -> [ComparedBenefit] {
    var found: [ComparedBenefit] = []
    func compared(_ before: BenefitID?, _ after: BenefitID?, _ name: String) -> ComparedBenefit {
      let reads = [
        before.map { one.everything(readBy: $0) }, after.map { other.everything(readBy: $0) },
      ].compactMap { $0 }
      let names = reads.reduce(into: Set<String>()) { $0.formUnion($1.rules) }
      let facts = reads.reduce(into: Set<String>()) { $0.formUnion($1.facts) }
      let figures = reads.reduce(into: Set<String>()) { $0.formUnion($1.ownParameters) }
      let isReworded =
        before.map { one.definition(of: $0) } != after.map { other.definition(of: $0) }
        || parameters.contains { figures.contains($0.name) }
      let candidates = rules.indices.filter { names.contains(rules[$0].name) }
      let moved = reads.reduce(into: Set<String>()) { $0.formUnion($1.movedRules) }
      return ComparedBenefit(
        name: name, first: before, second: after, isReworded: isReworded, candidates: candidates,
        showsInValues: isSameGround && facts.isDisjoint(with: changedFacts)
          && candidates.allSatisfy { !moved.contains(rules[$0].name) })
    }
    for (index, benefit) in other.program.benefits.enumerated() {
      found.append(compared(one.benefit(benefit.name), BenefitID(index), benefit.name))
    }
    for (index, benefit) in one.program.benefits.enumerated()
    where other.benefit(benefit.name) == nil {
      found.append(compared(BenefitID(index), nil, benefit.name))
    }
    return found
  }
}

/// The definitions of one program by name, with what they read.
private final class ProgramDefinitions {
  struct Reads {
    var bytes: [UInt8] = []
    /// The definitions of the functions it calls, by name.
    var functionBytes: [String: [UInt8]] = [:]
    var rules: Set<String> = []
    var parameters: Set<String> = []
    var facts: Set<String> = []
    var movedRules: Set<String> = []
  }

  /// What a benefit rests on, directly or by way of rules.
  struct Everything {
    var rules: Set<String> = []
    var facts: Set<String> = []
    /// Figures that the benefit reads itself.
    var ownParameters: Set<String> = []
    /// Rules that are read as of another date than the one decided for.
    var movedRules: Set<String> = []
  }

  let program: Program
  private let ruleIDs: [String: RuleID]
  private let parameterIDs: [String: ParameterID]
  private let benefitIDs: [String: BenefitID]
  private let factIDs: [String: FactID]
  let factNames: [String]
  private var functions: [Definition] = []
  private var rules: [Reads?]

  init(_ program: Program) {
    self.program = program
    func ids<Element>(_ names: [String]) -> [String: Identifier<Element>] {
      Dictionary(names.enumerated().map { ($1, Identifier($0)) }) { first, _ in first }
    }
    ruleIDs = ids(program.rules.map(\.name))
    parameterIDs = ids(program.parameters.map(\.name))
    benefitIDs = ids(program.benefits.map(\.name))
    factNames = program.facts.map { program.entities[$0.entity].name + "." + $0.name }
    factIDs = ids(factNames)
    functions = program.functions.map { Definition(of: $0, program) }
    rules = program.rules.map { _ in nil }
  }

  func rule(_ name: String) -> RuleID? { ruleIDs[name] }
  func parameter(_ name: String) -> ParameterID? { parameterIDs[name] }
  func benefit(_ name: String) -> BenefitID? { benefitIDs[name] }
  func fact(_ name: String) -> FactID? { factIDs[name] }

  func definition(of id: ParameterID) -> [UInt8] {
    Definition(of: program.parameters[id], program).bytes
  }

  func definition(of id: FactID) -> [UInt8] { Definition(of: program.facts[id], program).bytes }

  func definition(of id: BenefitID) -> [UInt8] {
    Definition(of: program.benefits[id], program).bytes
  }

  func reads(of id: RuleID) -> Reads {
    if let found = rules[Int(id.index)] { return found }
    let found = reads(Definition(of: program.rules[id], program))
    rules[Int(id.index)] = found
    return found
  }

  /// With what the functions that it calls say and read.
  private func reads(_ definition: Definition) -> Reads {
    var reads = Reads()
    reads.bytes = definition.bytes
    reads.rules = Set(definition.rules.map { program.rules[$0].name })
    reads.facts = Set(definition.facts.map { factNames[Int($0.index)] })
    reads.movedRules = Set(definition.movedRules.map { program.rules[$0].name })
    var parameters = definition.parameters
    var seen: Set<FunctionID> = []
    var left = Array(definition.functions)
    while let id = left.popLast() {
      guard seen.insert(id).inserted else { continue }
      let function = functions[Int(id.index)]
      reads.functionBytes[program.functions[id].name] = function.bytes
      parameters.formUnion(function.parameters)
      left += function.functions
    }
    reads.parameters = Set(parameters.map { program.parameters[$0].name })
    return reads
  }

  func everything(readBy id: BenefitID) -> Everything {
    let own = reads(Definition(of: program.benefits[id], program))
    var all = Everything()
    all.ownParameters = own.parameters
    var moved: Set<String> = []
    all.rules = closure(of: [own]) { next in
      all.facts.formUnion(next.facts)
      moved.formUnion(next.movedRules)
    }
    let movers = moved.compactMap(rule).map { reads(of: $0) }
    all.movedRules = moved.union(closure(of: movers) { _ in })
    return all
  }

  /// The rules that are read, directly or by way of one another.
  private func closure(of roots: [Reads], visit: (Reads) -> Void) -> Set<String> {
    var found: Set<String> = []
    var left = roots
    while let next = left.popLast() {
      visit(next)
      for name in next.rules where found.insert(name).inserted {
        if let rule = rule(name) { left.append(reads(of: rule)) }
      }
    }
    return found
  }
}
