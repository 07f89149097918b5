import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// What the subject of a property comes to for one household.
struct Measurement {
  struct Entry {
    /// As a fixture calls it: `household.amount`, `support/maria`.
    let name: String
    let instance: Int32
    let value: Value
    /// Whether the law does not promise the property of it.
    let isExempt: Bool
  }

  let household: Household
  let evaluator: Evaluator
  let entries: [Entry]
  /// Whose value is a fault, by its name, and which.
  let fault: (name: String, code: Fault.Code)?

  /// `nil` where a value is open, or where there is no law.
  init?(of property: Property, _ household: Household, _ program: Program) {
    self.household = household
    evaluator = Evaluator(program, household.facts, today: household.today)
    var found: [(name: String, instance: Int32, outcome: Counted)] = []
    let names = ValueText(program, household.facts)
    switch property.of {
    case .rule(let rule, let output):
      for instance in household.facts.instances(of: program.rules[rule].entity) {
        let state = evaluator.value(of: rule, for: instance, output: output)
        let column = output.map { ".\(program.columns(of: rule)[$0])" } ?? ""
        found.append((names.id(of: rule, for: instance) + column, instance, Counted(state)))
      }
    case .benefit(let benefit):
      for decision in evaluator.decide(benefit) {
        let member = decision.member.map { "/\(names.name(of: $0))" } ?? ""
        let counted = Counted(decision)
        // For nobody it is decided, and nothing is paid.
        if decision.member == nil, program.benefits[benefit].members != nil { continue }
        found.append((program.benefits[benefit].name + member, decision.member ?? 0, counted))
      }
    }
    var fault: (String, Fault.Code)?
    var entries: [Entry] = []
    for (name, instance, counted) in found {
      switch counted {
      case .value(let value):
        let isExempt = property.exemptions.contains { [evaluator] in
          evaluator.value(of: $0.when, for: instance).knownValue == .boolean(true)
        }
        entries.append(Entry(name: name, instance: instance, value: value, isExempt: isExempt))
      case .fault(let code): fault = fault ?? (name, code)
      case .nothing:
        // A rule says nothing of those it does not apply to; a benefit that is not law says nothing of anybody.
        guard case .rule = property.of else { return nil }
      case .open: return nil
      }
    }
    self.entries = entries
    self.fault = fault
  }

  private enum Counted {
    case value(Value)
    case fault(Fault.Code)
    /// No law, or a rule that does not apply.
    case nothing
    case open

    init(_ state: State) {
      switch state {
      case .known(let value): self = .value(value)
      case .open: self = .open
      case .error(let faults):
        let said = faults.first { $0.code != .notInForce && $0.code != .doesNotApply }
        self = said.map { .fault($0.code) } ?? .nothing
      }
    }

    init(_ decision: BenefitDecision) {
      switch decision.outcome {
      case .notInForce: self = .nothing
      case .notApplicable, .notEntitled: self = .value(.number(.zero))
      case .undetermined, .refer: self = .open
      case .error: self = decision.faults.first { _ in true }.map { .fault($0.code) } ?? .open
      case .entitled:
        if let plan = decision.plan {
          self = plan.total.map { .value(.number($0)) } ?? .open
        } else if let amount = decision.amount {
          self = Counted(amount)
        } else {
          // What is granted without an amount counts as one.
          self = .value(.number(.one))
        }
      }
    }
  }

  /// What two households are compared by: a rule's value for each, of a benefit the total of all.
  func compared(_ property: Property) -> [Entry] {
    guard case .benefit = property.of else { return entries }
    if case .sameWhateverTheOrderOf = property.claim { return entries }
    return total.map { [$0] } ?? []
  }

  private var total: Entry? {
    var sum = Number.zero
    for entry in entries {
      guard let number = entry.value.position, let more = try? sum + number else { return nil }
      sum = more
    }
    let name = entries.count == 1 ? entries.first?.name : nil
    return Entry(
      name: name ?? "the total", instance: 0, value: .number(sum),
      isExempt: entries.contains(where: \.isExempt))
  }
}
