import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Changes a rulebook in every small way, one at a time, and asks whether its fixtures notice.
package struct Mutation {
  /// A mutant that no fixture noticed, with a household that tells it apart where one was found.
  package struct Survivor: Sendable {
    package let mutant: Mutant
    package let household: Household?
    /// What it comes to by the rulebook and by the mutant.
    package let difference: String?
  }

  package struct Score: Sendable, Hashable {
    package let change: Mutant.Change
    package let killed: Int
    package let total: Int

    /// Never rounded up.
    package var percent: Int { total == 0 ? 100 : killed * 100 / total }
  }

  package let suite: FixtureSuite

  package init(_ suite: FixtureSuite) { self.suite = suite }

  /// Every mutant, in the order of the rulebook; what it imports is not changed.
  package var mutants: [Mutant] {
    let program = suite.program
    let own = program.rulebooks.count - 1
    let mutation = RuleMutation(program)
    var found: [Mutant] = []
    for (index, rule) in program.rules.enumerated() where rule.rulebook == own {
      for variant in mutation.variants(of: rule) {
        var changed = program
        changed.rules[index] = variant.part
        found.append(
          Mutant(
            change: variant.change, name: "\(rule.name): \(variant.words)", span: variant.span,
            program: changed))
      }
    }
    let files = Set(program.rules.filter { $0.rulebook == own }.map(\.span.file))
    for (index, parameter) in program.parameters.enumerated()
    where files.contains(parameter.span.file) {
      found += mutants(of: parameter, index)
    }
    return found
  }

  private func mutants(of parameter: Parameter, _ index: Int) -> [Mutant] {
    let expressions = ExpressionMutation(program: suite.program)
    var found: [Mutant] = []
    for (position, entry) in parameter.entries.enumerated() {
      func add(_ change: Mutant.Change, _ words: String, _ figure: Parameter.Figure) {
        var program = suite.program
        program.parameters[index].entries[position] = Parameter.Entry(
          from: entry.from, through: entry.through, figure: figure, citations: entry.citations,
          span: entry.span)
        found.append(
          Mutant(
            change: change, name: "\(parameter.name) from \(entry.from): \(words)",
            span: entry.span, program: program))
      }
      guard case .value(let value) = entry.figure else { continue }
      if case .number(let number) = value, case .number(let type) = parameter.type.present {
        for other in expressions.changed(number, type) {
          add(.constantChanged, "`\(other.canonicalText)`", .value(.number(other)))
        }
      }
      if position > 0, case .value(let previous) = parameter.entries[position - 1].figure,
        previous != value
      {
        add(.previousFigure, "as before", .value(previous))
      }
    }
    return found
  }

  // MARK: - Running

  package struct Result: Sendable {
    package let scores: [Score]
    package let survivors: [Survivor]
    package var killed: Int { scores.reduce(0) { $0 + $1.killed } }
    package var total: Int { scores.reduce(0) { $0 + $1.total } }
  }

  /// - Parameters:
  ///   - tries: how many households are tried to tell a survivor apart.
  ///   - progress: told how many of how many mutants are done.
  package func run(
    tries: Int, seed: UInt64, progress: (Int, Int) -> Void = { _, _ in }
  ) -> Result {
    let mutants = mutants
    var killed: [Mutant.Change: Int] = [:]
    var total: [Mutant.Change: Int] = [:]
    var survivors: [Mutant] = []
    for (index, mutant) in mutants.enumerated() {
      total[mutant.change, default: 0] += 1
      let runner = FixtureRunner(mutant.program)
      if suite.fixtures.allSatisfy({ runner.holds($0) }) {
        survivors.append(mutant)
      } else {
        killed[mutant.change, default: 0] += 1
      }
      progress(index + 1, mutants.count)
    }
    let scores = Mutant.Change.allCases.compactMap { change in
      total[change].map { Score(change: change, killed: killed[change] ?? 0, total: $0) }
    }
    return Result(scores: scores, survivors: toldApart(survivors, tries, seed))
  }

  private func toldApart(_ survivors: [Mutant], _ tries: Int, _ seed: UInt64) -> [Survivor] {
    guard !survivors.isEmpty else { return [] }
    var search = HouseholdSearch(suite.program, seed: seed)
    let known = suite.fixtures.map { Household($0) }
    var households = known
    for _ in 0..<tries {
      guard let from = search.pick(known) ?? search.first() else { break }
      households.append(search.neighbour(of: from))
    }
    let outcomes = households.map { outcome($0, suite.program) }
    return survivors.map { mutant in
      for (household, right) in zip(households, outcomes) {
        let wrong = outcome(household, mutant.program)
        if wrong == right { continue }
        let pair = zip(right, wrong).first { $0 != $1 }
        return Survivor(
          mutant: mutant, household: household,
          difference: pair.map { "\($0), by the mutant \($1)" })
      }
      return Survivor(mutant: mutant, household: nil, difference: nil)
    }
  }

  /// What becomes of every benefit; where a rulebook has none, what its rules come to.
  private func outcome(_ household: Household, _ program: Program) -> [String] {
    let evaluator = Evaluator(
      program, household.facts, today: household.today, suppose: household.suppositions)
    let names = ValueText(program, household.facts)
    return evaluator.decide().benefits.map { decision in
      let benefit = program.benefits[decision.benefit]
      let member = decision.member.map { "/\(names.name(of: $0))" } ?? ""
      let amount = benefit.amount.flatMap { amount in
        decision.amount.flatMap { $0.isError ? nil : " " + names.text($0, amount.type) }
      }
      let faults = decision.outcome == .error ? decision.faults.map { " \($0.code.rawValue)" } : []
      return "\(benefit.name)\(member) \(decision.outcome.rawValue)"
        + (amount ?? "") + faults.joined()
    }
  }
}
