import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Looks for households that exercise what no fixture does yet; what must come out of them is left to the author and the law.
package struct Suggesting {
  /// A household and what it would add.
  package struct Suggestion: Sendable {
    package let household: Household
    package let covers: [CoverageItem]
  }

  private let program: Program
  private var search: HouseholdSearch
  private var missing: [CoverageItem]
  /// Households to begin from: each added something.
  private var corpus: [Household]
  private var found: [Suggestion] = []
  /// What the fixtures, and the households kept so far, exercise together.
  private let known = Exercise()

  package init(_ suite: FixtureSuite, seed: UInt64) {
    program = suite.program
    search = HouseholdSearch(program, seed: seed)
    _ = SuiteRun(suite, noting: known)
    let known = known
    missing = Inventory(program).items.filter { !known.covers($0) }
    corpus = suite.fixtures.map { Household($0) }
    if corpus.isEmpty, let first = search.first() { corpus = [first] }
  }

  /// Those found in so many tries, and what is still missing then.
  package mutating func run(tries: Int) -> (suggestions: [Suggestion], missing: [CoverageItem]) {
    for household in corpus { keep(household) }
    for _ in 0..<tries where !missing.isEmpty {
      guard let from = search.pick(corpus) else { break }
      keep(search.neighbour(of: from))
    }
    for item in missing {
      guard case .boundary(let place, _) = item.goal else { continue }
      approach(Bound(place: place, rule: item.rule))
    }
    return (found, missing)
  }

  /// Keeps a household that exercises something new.
  private mutating func keep(_ household: Household) {
    let exercise = exercise(household)
    // Two cases that differ in one condition show together that it matters.
    exercise.add(known)
    let covered = missing.filter { exercise.covers($0) }
    guard !covered.isEmpty else { return }
    missing.removeAll { exercise.covers($0) }
    known.add(exercise)
    corpus.append(household)
    found.append(Suggestion(household: household, covers: covered))
  }

  /// All that the rules rest on that something is missing of, and its decisions where nothing else is.
  private func exercise(_ household: Household) -> Exercise {
    let rules = Set(missing.compactMap(\.rule)).sorted()
    let decides = missing.contains { $0.rule == nil }
    return exercise(household, of: rules, decides: decides)
  }

  private func exercise(
    _ household: Household, of rules: [RuleID], decides: Bool
  ) -> Exercise {
    let exercise = Exercise()
    let evaluator = Evaluator(
      program, household.facts, today: household.today, suppose: household.suppositions)
    evaluator.exercise = exercise
    if decides {
      for decision in evaluator.decide().benefits {
        exercise.note(decision.outcome, of: decision.benefit)
      }
    }
    for rule in rules {
      for instance in household.facts.instances(of: program.rules[rule].entity) {
        _ = evaluator.value(of: rule, for: instance)
      }
    }
    return exercise
  }

  // MARK: - Bounds

  /// A comparison, and the rule that makes it.
  private struct Bound {
    let place: Span
    let rule: RuleID?
  }

  /// Moves one fact of a household that was compared there until the two sides are neighbours.
  private mutating func approach(_ place: Bound) {
    var tried = 0
    for household in corpus {
      guard side(household, place) != nil else { continue }
      tried += 1
      guard tried <= 4 else { return }
      for (index, instance) in household.facts.instances.enumerated() {
        for fact in program.entities[instance.entity].facts {
          guard let (low, high) = crossing(household, fact, Int32(index), place) else { continue }
          keep(low)
          keep(high)
        }
      }
      let isOpen = missing.contains { item in
        if case .boundary(place.place, _) = item.goal { return true }
        return false
      }
      if !isOpen { return }
    }
  }

  /// Whether the comparison holds; `nil` where it was not made, or both ways.
  private func side(_ household: Household, _ place: Bound) -> Bool? {
    let rules = place.rule.map { [$0] } ?? []
    let exercise = exercise(household, of: rules, decides: rules.isEmpty)
    guard let sides = exercise.boundaries[place.place] else { return nil }
    switch (sides.holding, sides.failing) {
    case (.some, nil): return true
    case (nil, .some): return false
    default: return nil
    }
  }

  /// Two neighbouring values of a fact between which the comparison turns.
  private func crossing(
    _ household: Household, _ fact: FactID, _ instance: Int32, _ place: Bound
  ) -> (Household, Household)? {
    guard let start = side(household, place) else { return nil }
    let axis = FactAxis(program, fact, household.facts.state(of: fact, for: instance))
    guard let axis else { return nil }
    func moved(_ steps: Int) -> Household? {
      guard let state = axis.state(steps),
        program.facts[fact].accepts(state, household.today)
      else { return nil }
      return household.setting(fact, of: instance, to: state, program)
    }
    for direction in [1, -1] {
      var near = 0
      var far = direction
      while let there = moved(far), let side = side(there, place) {
        if side != start { return bisected(near, far, start, place, moved) }
        near = far
        far *= 4
        if abs(far) > 4_000_000_000 { break }
      }
    }
    return nil
  }

  private func bisected(
    _ near: Int, _ far: Int, _ start: Bool, _ place: Bound, _ moved: (Int) -> Household?
  ) -> (Household, Household)? {
    var (near, far) = (near, far)
    while abs(far - near) > 1 {
      let middle = near + (far - near) / 2
      guard let there = moved(middle), let side = side(there, place) else { return nil }
      if side == start { near = middle } else { far = middle }
    }
    guard let one = moved(near), let other = moved(far) else { return nil }
    return (one, other)
  }
}

/// A fact's values as steps from the one it has: cents, whole numbers, days.
private struct FactAxis {
  private let value: Value
  private let step: Number

  init?(_ program: Program, _ fact: FactID, _ state: FactState) {
    guard case .known(let value) = state else { return nil }
    switch value {
    case .number:
      guard let step = program.facts[fact].step else { return nil }
      self.step = step
    case .date: step = .one
    default: return nil
    }
    self.value = value
  }

  func state(_ steps: Int) -> FactState? {
    switch value {
    case .number(let number):
      guard let distance = try? step * Number(steps), let moved = try? number + distance else {
        return nil
      }
      return .known(.number(moved))
    case .date(let date): return (try? date.adding(days: steps)).map { .known(.date($0)) }
    default: return nil
    }
  }
}
