public import AnnonaEngine
public import AnnonaLanguage
import AnnonaValues

/// A case, what was decided for it, and everything that can be asked about that: texts, values and explanations.
public struct DecidedCase: Sendable {
  public let program: Program
  public let facts: Case
  /// The outcome of every benefit, with reasons, needs and bounds.
  public private(set) var decision: Decision
  /// Rules whose value was set for this case.
  public let suppositions: [Supposition]

  init(_ program: Program, _ facts: Case, on today: CalendarDate, suppose: [Supposition]) {
    self.program = program
    self.facts = facts
    self.suppositions = suppose
    decision = decide(program, facts, today: today, suppose: suppose)
  }

  /// How it differs from the case as it was before facts were set, where that is to be shown.
  public internal(set) var changes: [BenefitChange]?
  /// Whether what would change it is shown beside each benefit.
  public internal(set) var showsCounterfactuals = false

  /// The life event after which it was decided.
  public private(set) var event: ReportedEvent?

  /// The same case with those decisions alone whose benefits name the event.
  public func touched(by event: ReportedEvent) -> DecidedCase {
    var touched = keeping { $0.events.contains(event.name) }
    touched.event = event
    return touched
  }

  /// The same case with the decisions on some benefits alone.
  func keeping(_ isKept: (Benefit) -> Bool) -> DecidedCase {
    var kept = self
    kept.decision = Decision(
      today: decision.today,
      benefits: decision.benefits.filter { isKept(program.benefits[$0.benefit]) },
      values: decision.values)
    return kept
  }

  /// The first day on which a settled decision may come out otherwise by the passing of time alone.
  ///
  /// - Returns: never a later day than the first change; `nil` while something is open, and where no change is in sight.
  public func nextReview(of benefit: BenefitDecision) -> CalendarDate? {
    evaluator().nextReview(of: benefit)
  }

  /// The facts that the event brought: whose, and which.
  var broughtFacts: [(instance: Int32, fact: FactID)] {
    guard let event else { return [] }
    return facts.instances.indices.flatMap { index in
      program.entities[facts.instances[index].entity].facts.map { (Int32(index), $0) }
    }.filter { facts.origin(of: $0.1, for: $0.0)?.source == event.source }
  }

  /// Where nobody had answered who there is, until the event brought members.
  var answeredPlaces: [(instance: Int32, place: PlaceID)] {
    guard let event else { return [] }
    let names = ValueText(program, facts)
    return facts.instances.indices.flatMap { index in
      program.entities[facts.instances[index].entity].places.map { (Int32(index), $0) }
    }.filter { instance, place in
      event.displaced.contains { $0.fact == names.id(of: place, for: instance) }
    }
  }

  /// The rulebooks whose benefits are decided, by position in the program's, in order.
  var rulebooks: [Int] {
    var found: [Int] = []
    for benefit in program.benefits where found.last != benefit.rulebook {
      found.append(benefit.rulebook)
    }
    return found
  }

  /// Every benefit for everybody it is for, in the order of the rulebook.
  public var benefits: [BenefitDecision] { decision.benefits }

  /// A rule's value for the case or one of its members.
  public struct NamedValue: Sendable {
    /// `household.tier`, `person/maria.age`
    public let id: String
    public let rule: RuleID
    /// The index in the case of the entity it is the value for.
    public let instance: Int32
    public let type: ValueType
    public let state: State
    public let isSupposed: Bool
  }

  /// The values of the named rules that the decisions reached, or of all; by instance, then in declaration order.
  public func values(all: Bool = false) -> [NamedValue] {
    let names = ValueText(program, facts)
    let reached = decision.values.map { value in
      NamedValue(
        id: id(names.id(of: value.rule, for: value.instance), value.rule, value.output, value.date),
        rule: value.rule, instance: value.instance, type: type(of: value.rule, value.output),
        state: value.state,
        isSupposed: value.isSupposed)
    }
    if all { return withRest(reached, names) }
    guard !program.shown.isEmpty else { return reached }
    let ids = Set(reached.map(\.id))
    return withRest(reached, names).filter {
      ids.contains($0.id) || program.shown.contains($0.rule)
    }
  }

  /// The rest is worked out for display alone.
  private func withRest(_ reached: [NamedValue], _ names: ValueText) -> [NamedValue] {
    let known = Dictionary(reached.map { ($0.id, $0) }) { first, _ in first }
    var shown: Set<String> = []
    var values: [NamedValue] = []
    let evaluator = evaluator()
    for instance in facts.instances.indices {
      for rule in program.rules.indices
      where program.rules[rule].entity == facts.instances[instance].entity {
        for output in outputs(of: RuleID(rule)) {
          let plain = names.id(of: RuleID(rule), for: Int32(instance))
          let id = id(plain, RuleID(rule), output, nil)
          shown.insert(id)
          let value =
            known[id]
            ?? NamedValue(
              id: id, rule: RuleID(rule), instance: Int32(instance),
              type: type(of: RuleID(rule), output),
              state: evaluator.value(of: RuleID(rule), for: Int32(instance), output: output),
              isSupposed: false)
          values.append(value)
        }
      }
    }
    return values + reached.filter { !shown.contains($0.id) }
  }

  /// - Parameter date: of a payment; the date decided for without.
  func evaluator(on date: CalendarDate? = nil) -> Evaluator {
    Evaluator(program, facts, today: date ?? decision.today, suppose: suppositions)
  }

  /// `nil` alone for a rule of one value.
  private func outputs(of rule: RuleID) -> [Int?] {
    let count = columns(of: rule).count
    return count > 1 ? (0..<count).map { $0 } : [nil]
  }

  private func columns(of rule: RuleID) -> [(name: String, type: ValueType)] {
    for case .table(let table)? in program.rules[rule].versions.map(\.body) {
      return table.outputs
    }
    return []
  }

  private func type(of rule: RuleID, _ output: Int?) -> ValueType {
    let columns = columns(of: rule)
    guard let output, columns.indices.contains(output) else { return program.rules[rule].type }
    return columns[output].type
  }

  private func id(
    _ plain: String, _ rule: RuleID, _ output: Int?, _ date: CalendarDate?
  ) -> String {
    let columns = columns(of: rule)
    let column = output.flatMap { columns.indices.contains($0) && columns.count > 1 ? $0 : nil }
    return plain + (column.map { ".\(columns[$0].name)" } ?? "") + (date.map { "@\($0)" } ?? "")
  }
}
