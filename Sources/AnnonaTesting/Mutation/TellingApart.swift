import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Looks for households for which a rulebook and a mutant of it decide otherwise.
struct TellingApart {
  private let program: Program
  private let reads: ProgramReads
  private let bounds: BoundSearch
  /// Those of the fixtures, and their neighbours.
  private let households: [Household]
  /// What the rulebook makes of each, worked out as far as it was needed.
  private var known: [Int: (evaluator: Evaluator, touched: Exercise)] = [:]
  private let boundaries: [CoverageItem]

  init(_ suite: FixtureSuite, _ reads: ProgramReads, tries: Int, seed: UInt64) {
    program = suite.program
    self.reads = reads
    bounds = BoundSearch(suite.program, reads)
    var search = HouseholdSearch(suite.program, seed: seed)
    var found = suite.fixtures.map { Household($0) }
    let fixtures = found
    for _ in 0..<tries {
      guard let from = search.pick(fixtures) ?? search.first() else { break }
      found.append(search.neighbour(of: from))
    }
    households = found
    boundaries = Inventory(suite.program).items.filter { $0.kind == .boundaries }
  }

  /// `nil` where no household was found.
  mutating func difference(_ mutant: Mutant) -> Mutation.Difference? {
    let changed = mutant.program(from: program)
    let rules = rules(of: mutant.edit)
    var inRulesAlone: Mutation.Difference?
    for index in households.indices {
      let (evaluator, touched) = base(index)
      // What is read is known only once a value was worked out.
      for rule in rules { _ = values(of: rule, evaluator) }
      guard reaches(touched, mutant.edit),
        let found = difference(households[index], evaluator, changed, rules)
      else { continue }
      if found.isDecided { return found.difference }
      inRulesAlone = inRulesAlone ?? found.difference
    }
    return inRulesAlone ?? atItsBound(mutant, changed, rules)
  }

  private mutating func base(_ index: Int) -> (evaluator: Evaluator, touched: Exercise) {
    if let found = known[index] { return found }
    let touched = Exercise.touches()
    let evaluator = self.evaluator(households[index], program)
    evaluator.exercise = touched
    known[index] = (evaluator, touched)
    return (evaluator, touched)
  }

  private func evaluator(_ household: Household, _ program: Program) -> Evaluator {
    Evaluator(
      program, household.facts, today: household.today, suppose: household.suppositions)
  }

  /// The rules whose own values show the change first; none where only a decision can.
  private func rules(of edit: Mutant.Edit) -> [RuleID] {
    switch edit {
    case .rule(let id, _): [id]
    case .parameter(let id, _, _): reads.readers(of: id)
    case .function(let id, _): reads.readers(of: id)
    case .benefit: []
    }
  }

  private func reaches(_ touched: Exercise, _ edit: Mutant.Edit) -> Bool {
    guard case .parameter(let id, _, let entries) = edit, !entries.isEmpty,
      !reads.isReadByBenefit(id)
    else { return true }
    return !(touched.touchedPeriods[id] ?? []).isDisjoint(with: entries)
  }

  // MARK: - Comparing

  private func difference(
    _ household: Household, _ base: Evaluator, _ changed: Program, _ rules: [RuleID]
  ) -> (difference: Mutation.Difference, isDecided: Bool)? {
    let other = evaluator(household, changed)
    let names = ValueText(program, household.facts)
    var isOther = rules.isEmpty
    // A fixture can expect no more than what is written: a difference that cannot be read is none.
    var first: (name: String, now: String, changed: String)?
    for rule in rules where first == nil {
      let type = program.type(of: rule, nil)
      for (now, then) in zip(values(of: rule, base), values(of: rule, other))
      where first == nil && now.state != then.state {
        isOther = true
        let (one, two) = (text(now.state, type, names), text(then.state, type, names))
        if one != two { first = (names.id(of: rule, for: now.instance), one, two) }
      }
    }
    guard isOther else { return nil }
    let (now, then) = (decisions(base, names), decisions(other, names))
    if let index = now.indices.first(where: { index in
      !then.indices.contains(index) || now[index] != then[index]
    }) {
      let changed = then.indices.contains(index) ? then[index].text : "no decision"
      return (
        Mutation.Difference(
          household: household, name: now[index].name, now: now[index].text, changed: changed),
        true
      )
    }
    return first.map { name, now, changed in
      (
        Mutation.Difference(household: household, name: name, now: now, changed: changed),
        false
      )
    }
  }

  private func values(
    of rule: RuleID, _ evaluator: Evaluator
  ) -> [(instance: Int32, state: State)] {
    let columns = program.columns(of: rule).count
    return evaluator.facts.instances(of: program.rules[rule].entity).flatMap { instance in
      columns < 2
        ? [(instance, evaluator.value(of: rule, for: instance))]
        : (0..<columns).map { (instance, evaluator.value(of: rule, for: instance, output: $0)) }
    }
  }

  private struct Decided: Hashable {
    let name: String
    let text: String
  }

  /// What becomes of every benefit, in words.
  private func decisions(_ evaluator: Evaluator, _ names: ValueText) -> [Decided] {
    program.benefits.indices.flatMap { index -> [Decided] in
      let benefit = program.benefits[index]
      return evaluator.decide(BenefitID(index)).map { decision in
        let member = decision.member.map { "/\(names.name(of: $0))" } ?? ""
        return Decided(name: benefit.name + member, text: text(decision, benefit, names))
      }
    }
  }

  private func text(
    _ decision: BenefitDecision, _ benefit: Benefit, _ names: ValueText
  ) -> String {
    switch decision.outcome {
    case .entitled:
      if let plan = decision.plan {
        return plan.payments.map { payment in
          let amount = payment.amount.map { names.text($0, benefit.paymentType ?? .text) }
          return
            "\(payment.date) \(payment.outcome == .entitled ? amount ?? "" : payment.outcome.rawValue)"
        }.joined(separator: ", ")
      }
      return decision.amount.flatMap { state in
        benefit.amount.map { names.text(state, $0.type) }
      } ?? decision.outcome.rawValue
    case .error:
      return "error "
        + decision.faults.prefix(2).map(\.code.rawValue).joined(separator: " and ")
    default: return decision.outcome.rawValue
    }
  }

  private func text(_ state: State, _ type: ValueType, _ names: ValueText) -> String {
    guard case .error(let faults) = state else { return names.text(state, type) }
    return "error " + faults.prefix(2).map(\.code.rawValue).joined(separator: " and ")
  }

  // MARK: - Bounds

  /// A bound that was moved shows between the two neighbours that it separates.
  private func atItsBound(
    _ mutant: Mutant, _ changed: Program, _ rules: [RuleID]
  ) -> Mutation.Difference? {
    var inRulesAlone: Mutation.Difference?
    var seen: Set<Span> = []
    for item in boundaries {
      guard case .boundary(let place, _) = item.goal, item.rule.map(rules.contains) ?? true,
        place.overlaps(mutant.span), seen.insert(place).inserted
      else { continue }
      for pair in bounds.neighbours(of: place, item.rule, from: households) {
        for household in [pair.0, pair.1] {
          let base = evaluator(household, program)
          guard let found = difference(household, base, changed, rules) else { continue }
          if found.isDecided { return found.difference }
          inRulesAlone = inRulesAlone ?? found.difference
        }
      }
    }
    return inRulesAlone
  }
}
