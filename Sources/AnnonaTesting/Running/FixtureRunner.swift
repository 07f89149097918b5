import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Runs fixtures against a program; one belongs to one thread.
package struct FixtureRunner {
  private let program: Program
  /// Notes what the expectations rest on, where somebody wants to know.
  private let exercise: Exercise?

  package init(_ program: Program, noting exercise: Exercise? = nil) {
    self.program = program
    self.exercise = exercise
  }

  package func run(_ fixture: Fixture) -> FixtureResult {
    var comparison = FixtureComparison(program, fixture, exercise)
    for expectation in fixture.expectations { comparison.compare(expectation) }
    return FixtureResult(fixture: fixture, failures: comparison.failures)
  }

  /// Whether everything comes out as expected; stops at the first that does not.
  package func holds(_ fixture: Fixture) -> Bool {
    var comparison = FixtureComparison(program, fixture, exercise)
    comparison.explains = false
    for expectation in fixture.expectations {
      comparison.compare(expectation)
      if !comparison.failures.isEmpty { return false }
    }
    return true
  }
}

/// Compares what comes out for one household with what is expected.
struct FixtureComparison {
  let program: Program
  let fixture: Fixture
  let evaluator: Evaluator
  let names: ValueText
  /// Whether failures say what they come from, which takes time.
  var explains = true
  private(set) var failures: [Failure] = []
  private var decisions: [BenefitID: [BenefitDecision]] = [:]

  init(_ program: Program, _ fixture: Fixture, _ exercise: Exercise?) {
    self.program = program
    self.fixture = fixture
    evaluator = Evaluator(
      program, fixture.facts, today: fixture.today, suppose: fixture.suppositions)
    evaluator.exercise = exercise
    names = ValueText(program, fixture.facts)
  }

  mutating func compare(_ expectation: Expectation) {
    switch expectation.subject {
    case .rule(let rule, let instance, let output):
      compareRule(expectation, rule, instance, output)
    case .benefit(let benefit, let member): compareBenefit(expectation, benefit, member)
    }
  }

  // MARK: - Rules

  private mutating func compareRule(
    _ expectation: Expectation, _ rule: RuleID, _ instance: Int32, _ output: Int?
  ) {
    let state = evaluator.value(of: rule, for: instance, output: output)
    let type = program.type(of: rule, output)
    let chain = { (comparison: FixtureComparison) in
      DecidingChain(comparison.evaluator).links(
        comparison.evaluator.trace(rule, for: instance))
    }
    if let value = expectation.value, !value.matches(state) {
      fail(
        expectation, nil, value.text(type, names), names.text(state, type),
        because: chain)
      record(state, type, expectation)
    }
    compareFault(expectation, state.isError ? state.faults : [], names.text(state, type), chain)
    compareNames(expectation.needs, expectation, "needs", needs(state.waits), because: chain)
    if expectation.fired != nil {
      let fired = FiredCandidates.names(in: [evaluator.trace(rule, for: instance)])
      compareNames(expectation.fired, expectation, "fired", fired, because: { _ in [] })
    }
  }

  // MARK: - Benefits

  private mutating func compareBenefit(
    _ expectation: Expectation, _ benefit: BenefitID, _ member: Int32?
  ) {
    let all = decisions[benefit] ?? evaluator.decide(benefit)
    decisions[benefit] = all
    guard let decision = all.first(where: { $0.member == member }) else {
      fail(expectation, nil, "a decision", "no decision", because: { _ in [] })
      return
    }
    evaluator.exercise?.note(decision.outcome, of: benefit)
    let chain = { (comparison: FixtureComparison) in
      DecidingChain(comparison.evaluator).links(decision)
    }
    // An amount that is told without an outcome is one that is paid.
    var outcome = expectation.outcome
    if outcome == nil, let value = expectation.value, value.isKnown { outcome = .entitled }
    if let outcome, outcome != decision.outcome {
      fail(
        expectation, "outcome", outcome.name(of: program.benefits[benefit]), text(decision),
        because: chain)
    } else {
      compareAmount(expectation, decision, chain)
    }
    comparePayments(expectation, decision)
    let name = decision.outcome.name(of: program.benefits[benefit])
    compareFault(expectation, decision.faults, name, chain)
    compareNames(expectation.needs, expectation, "needs", needs(decision.needs), because: chain)
    compareReasons(expectation, decision, chain)
    if expectation.fired != nil {
      let fired = FiredCandidates.names(in: traces(benefit, member ?? 0))
      compareNames(expectation.fired, expectation, "fired", fired, because: { _ in [] })
    }
  }

  private func traces(_ benefit: BenefitID, _ instance: Int32) -> [TraceNode] {
    let declared = program.benefits[benefit]
    return [declared.applies, declared.entitled, declared.amount].compactMap { $0 }
      .map { evaluator.trace($0, of: benefit, for: instance) }
  }

  private mutating func compareAmount(
    _ expectation: Expectation, _ decision: BenefitDecision,
    _ chain: @escaping (FixtureComparison) -> [String]
  ) {
    guard let value = expectation.value, let type = program.benefits[decision.benefit].amount?.type
    else { return }
    let state = decision.amount
    let found: String
    let matches: Bool
    switch value {
    case .between(let low, let high):
      matches =
        decision.outcome != .entitled && decision.bounds != nil && decision.bounds?.lower == low
        && decision.bounds?.upper == high
      found =
        decision.outcome == .entitled
        ? state.map { names.text($0, type) } ?? "nothing"
        : decision.bounds.map { names.text($0, type) } ?? "no bounds"
    default:
      matches = state.map { value.matches($0) } ?? false
      found = state.map { names.text($0, type) } ?? "no amount"
    }
    if matches { return }
    fail(expectation, "amount", value.text(type, names), found, because: chain)
    if let state, decision.outcome == .entitled { record(state, type, expectation) }
  }

  private func text(_ decision: BenefitDecision) -> String {
    let type = program.benefits[decision.benefit].amount?.type
    let amount = type.flatMap { type in decision.amount.map { names.text($0, type) } }
    let name = decision.outcome.name(of: program.benefits[decision.benefit])
    guard decision.outcome == .entitled, let amount else { return name }
    return "\(name) (\(amount))"
  }

  private mutating func compareReasons(
    _ expectation: Expectation, _ decision: BenefitDecision,
    _ chain: @escaping (FixtureComparison) -> [String]
  ) {
    guard let expected = expectation.reasons else { return }
    let found = decision.reasons.map { "\(name(of: $0)) \($0.status.word)" }
    // `age unmet` means whichever condition's name ends so, with or without its state.
    func isMeant(_ written: String, _ found: String) -> Bool {
      let words = written.split(separator: " ")
      let parts = found.split(separator: " ")
      guard let name = words.first, let id = parts.first else { return false }
      if words.count > 1, words[1] != parts[1] { return false }
      return id == name || id.hasSuffix(".\(name)")
    }
    let missing = expected.names.filter { name in !found.contains { isMeant(name, $0) } }
    let surplus =
      expected.isPart ? [] : found.filter { id in !expected.names.contains { isMeant($0, id) } }
    guard !missing.isEmpty || !surplus.isEmpty else { return }
    fail(
      expectation, "reasons", expected.names.joined(separator: ", "),
      found.joined(separator: ", "), because: chain)
  }

  /// A condition without a name is called by its formula.
  private func name(of reason: Reason) -> String {
    switch reason.subject {
    case .rule(let rule): names.id(of: rule, for: reason.instance)
    case .expression(let span): program.text(at: span).filter { !$0.isWhitespace }
    }
  }

  // MARK: - What both have

  private mutating func compareFault(
    _ expectation: Expectation, _ faults: Faults, _ found: String,
    _ chain: @escaping (FixtureComparison) -> [String]
  ) {
    guard let expected = expectation.error else { return }
    func name(_ fault: Fault) -> String? {
      fault.rule.map { names.id(of: $0, for: fault.instance) }
    }
    let isThere = faults.contains { fault in
      guard fault.code == expected.code else { return false }
      guard let rule = expected.rule else { return true }
      return name(fault) == rule || fault.rule.map { program.rules[$0].name } == rule
    }
    if isThere { return }
    let met = faults.map { $0.code.rawValue + (name($0).map { " in \($0)" } ?? "") }
    let wanted = expected.code.rawValue + (expected.rule.map { " in \($0)" } ?? "")
    fail(
      expectation, "error", wanted, met.isEmpty ? found : met.joined(separator: ", "),
      because: chain)
  }

  private func needs(_ waits: some Sequence<Wait>) -> [String] { waits.map { names.id(of: $0) } }

  private mutating func compareNames(
    _ expected: ExpectedNames?, _ expectation: Expectation, _ key: String, _ found: [String],
    because chain: @escaping (FixtureComparison) -> [String]
  ) {
    guard let expected else { return }
    let isRight =
      expected.isPart
      ? expected.names.allSatisfy(found.contains) : Set(expected.names) == Set(found)
    if isRight { return }
    let text = { (names: [String]) in names.isEmpty ? "none" : names.joined(separator: ", ") }
    fail(
      expectation, key, (expected.isPart ? "among others " : "") + text(expected.names),
      text(found), because: chain)
  }

  /// What `--update` would write in place of the expected value: a bare one, in the unit that is declared.
  private mutating func record(
    _ state: State, _ type: ValueType, _ expectation: Expectation
  ) {
    guard let written = expectation.written, let value = state.knownValue, !failures.isEmpty
    else { return }
    var text = names.text(value, type)
    if case .number(let number) = value, case .number(let numeric) = type.present,
      !numeric.isPercent
    {
      text = number.canonicalText
    }
    failures[failures.count - 1].recording = (text, written)
  }

  private mutating func comparePayments(
    _ expectation: Expectation, _ decision: BenefitDecision
  ) {
    guard let expected = expectation.payments else { return }
    let comparison = PaymentComparison(self, decision, expected)
    for difference in comparison.differences {
      fail(expectation, difference.key, difference.expected, difference.found) { _ in
        comparison.chain
      }
    }
  }

  private mutating func fail(
    _ expectation: Expectation, _ key: String?, _ expected: String, _ found: String,
    because chain: (FixtureComparison) -> [String]
  ) {
    failures.append(
      Failure(
        name: expectation.name + (key.map { " \($0)" } ?? ""), span: expectation.span,
        expected: expected, found: found, chain: explains ? chain(self) : [],
        basis: expectation.basis))
  }
}

extension Reason.Status {
  /// The word for a condition's state in fixtures and reports.
  var word: String {
    switch self {
    case .met: "met"
    case .unmet: "unmet"
    case .open: "open"
    case .notTested: "not_tested"
    case .failed: "failed"
    }
  }
}
