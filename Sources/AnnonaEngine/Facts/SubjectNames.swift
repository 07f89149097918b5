package import AnnonaLanguage

/// Looks up what people call by name in fixtures and on the command line: rules, benefits and facts.
package struct SubjectNames: Sendable {
  package let program: Program
  private let rules: [String: RuleID]
  private let benefits: [String: BenefitID]
  private let facts: Set<String>

  package init(_ program: Program) {
    self.program = program
    rules = Dictionary(
      program.rules.enumerated().map { ($1.name, RuleID($0)) },
      uniquingKeysWith: { first, _ in first })
    benefits = Dictionary(
      program.benefits.enumerated().map { ($1.name, BenefitID($0)) },
      uniquingKeysWith: { first, _ in first })
    facts = Set(program.facts.indices.map { program.id(of: FactID($0)) })
  }

  /// A name taken apart: `person/maria.amount`.
  package struct Parts: Sendable {
    package let owner: String
    package let id: String?
    /// What stands behind the first dot that follows the owner.
    package let rest: String?

    package init(_ text: String) {
      let dot = text.firstIndex(of: ".")
      let slash = text.firstIndex(of: "/").flatMap { slash in
        dot.map { slash < $0 } ?? true ? slash : nil
      }
      guard let slash else {
        owner = String(text[..<(dot ?? text.endIndex)])
        id = nil
        rest = dot.map { String(text[text.index(after: $0)...]) }
        return
      }
      owner = String(text[..<slash])
      id = String(text[text.index(after: slash)..<(dot ?? text.endIndex)])
      rest = dot.map { String(text[text.index(after: $0)...]) }
    }
  }

  package enum Found: Sendable {
    case rule(RuleID, output: Int?)
    case benefit(BenefitID, field: String?)
  }

  package func find(_ parts: Parts) -> Found? {
    if let benefit = benefits[parts.owner] { return .benefit(benefit, field: parts.rest) }
    guard let rest = parts.rest else { return nil }
    let name = "\(parts.owner).\(rest)"
    if let rule = rules[name] { return .rule(rule, output: nil) }
    guard let dot = name.lastIndex(of: "."), let rule = rules[String(name[..<dot])],
      let output = program.columns(of: rule).firstIndex(of: String(name[name.index(after: dot)...]))
    else { return nil }
    return .rule(rule, output: output)
  }

  package func isFact(_ parts: Parts) -> Bool {
    parts.rest.map { facts.contains("\(parts.owner).\($0)") } ?? false
  }

  /// The name that was probably meant, with the member's id in its place.
  package func suggestion(_ parts: Parts, facts withFacts: Bool = false) -> String? {
    let plain = parts.owner + (parts.rest.map { ".\($0)" } ?? "")
    var names = program.rules.map(\.name) + program.benefits.map(\.name)
    if withFacts { names += facts.sorted() }
    guard let near = didYouMean(plain, among: names) else { return nil }
    guard let id = parts.id else { return near }
    guard let dot = near.firstIndex(of: ".") else { return "\(near)/\(id)" }
    return "\(near[..<dot])/\(id)\(near[dot...])"
  }
}

extension Program {
  /// The names of a table's output columns, where a rule has several.
  package func columns(of rule: RuleID) -> [String] {
    for case .table(let table)? in rules[rule].versions.map(\.body) where table.outputs.count > 1 {
      return table.outputs.map(\.name)
    }
    return []
  }

  /// The type of a rule, or of one of its columns.
  package func type(of rule: RuleID, _ output: Int?) -> ValueType {
    for case .table(let table)? in rules[rule].versions.map(\.body) {
      if let output, table.outputs.indices.contains(output) { return table.outputs[output].type }
    }
    return rules[rule].type
  }
}
