import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Writes households that break a property as a file of fixtures: what comes out now is recorded, for the author to put right.
struct CounterExampleYAML {
  private let program: Program
  private let property: Property

  init(_ program: Program, _ property: Property) {
    self.program = program
    self.property = property
  }

  func render(_ breach: PropertyCheck.Breach) -> String {
    let lines = breach.households.flatMap { role, measured in
      let yaml = HouseholdYAML(program, measured.household)
      let name = property.name + (role.map { ", \($0)" } ?? "")
      return [
        "  - name: \(name)", "    today: \(measured.household.today)", "    given: \(yaml.given)",
        "    expect:",
      ] + expectations(measured, yaml)
    }
    return (["tests: \(program.id)", "cases:"] + lines).joined(separator: "\n") + "\n"
  }

  private func expectations(_ measured: Measurement, _ yaml: HouseholdYAML) -> [String] {
    if let (name, code) = measured.fault {
      if case .rule = property.of {
        return ["      \(name): { error: \(code.rawValue), basis: recorded }"]
      }
      return ["      \(name): { outcome: error, basis: recorded }"]
    }
    switch property.of {
    case .rule(let rule, let output):
      let type = program.type(of: rule, output)
      return measured.entries.map { entry in
        "      \(entry.name): { value: \(yaml.text(entry.value, type)), basis: recorded }"
      }
    case .benefit(let id): return decisions(of: id, measured, yaml)
    }
  }

  private func decisions(
    of id: BenefitID, _ measured: Measurement, _ yaml: HouseholdYAML
  ) -> [String] {
    let benefit = program.benefits[id]
    let names = ValueText(program, measured.household.facts)
    return measured.evaluator.decide(id).map { decision in
      let member = decision.member.map { "/\(names.name(of: $0))" } ?? ""
      var parts = ["outcome: \(decision.outcome.name(of: benefit))"]
      if decision.outcome == .entitled, let amount = benefit.amount,
        let value = decision.amount?.knownValue
      {
        parts.append("amount: \(yaml.text(value, amount.type))")
      }
      return "      \(benefit.name)\(member): { \(parts.joined(separator: ", ")), basis: recorded }"
    }
  }
}
