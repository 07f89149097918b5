import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Moves one fact of a household until a comparison turns: the households on either side of a bound.
struct BoundSearch {
  private let program: Program
  private let reads: ProgramReads
  /// So many households that meet the bound are moved.
  private static let limit = 4

  init(_ program: Program, _ reads: ProgramReads) {
    self.program = program
    self.reads = reads
  }

  /// Two households for each fact that leads across the bound: the last on one side and the first on the other.
  ///
  /// - Parameters:
  ///   - place: where the comparison stands.
  ///   - rule: whose comparison it is; `nil` for one of a benefit or a function.
  func neighbours(
    of place: Span, _ rule: RuleID?, from households: [Household]
  ) -> [(Household, Household)] {
    let facts = rule.map { reads.facts(of: $0) }
    var found: [(Household, Household)] = []
    var met = 0
    for household in households {
      guard let start = side(household, place, rule) else { continue }
      met += 1
      for (index, instance) in household.facts.instances.enumerated() {
        for fact in program.entities[instance.entity].facts
        where facts?.contains(fact) ?? true {
          if let pair = crossing(household, start, fact, Int32(index), place, rule) {
            found.append(pair)
          }
        }
      }
      if met == Self.limit { break }
    }
    return found
  }

  /// Whether the comparison holds; `nil` where it was not made, or both ways.
  private func side(_ household: Household, _ place: Span, _ rule: RuleID?) -> Bool? {
    let exercise = household.exercise(program, rule.map { [$0] } ?? [], decides: rule == nil)
    guard let sides = exercise.boundaries[place] else { return nil }
    switch (sides.holding, sides.failing) {
    case (.some, nil): return true
    case (nil, .some): return false
    default: return nil
    }
  }

  /// Two neighbouring values of a fact between which the comparison turns.
  private func crossing(
    _ household: Household, _ start: Bool, _ fact: FactID, _ instance: Int32, _ place: Span,
    _ rule: RuleID?
  ) -> (Household, Household)? {
    let axis = FactAxis(program, fact, household.facts.state(of: fact, for: instance))
    guard let axis else { return nil }
    func moved(_ steps: Int) -> Household? {
      guard let state = axis.state(steps), program.facts[fact].accepts(state, household.today)
      else { return nil }
      return household.setting(fact, of: instance, to: state, program)
    }
    for direction in [1, -1] {
      var near = 0
      var far = direction
      while let there = moved(far), let side = side(there, place, rule) {
        if side != start { return bisected(near, far, start, place, rule, moved) }
        near = far
        far *= 4
        if abs(far) > 4_000_000_000 { break }
      }
    }
    return nil
  }

  private func bisected(
    _ near: Int, _ far: Int, _ start: Bool, _ place: Span, _ rule: RuleID?,
    _ moved: (Int) -> Household?
  ) -> (Household, Household)? {
    var (near, far) = (near, far)
    while abs(far - near) > 1 {
      let middle = near + (far - near) / 2
      guard let there = moved(middle), let side = side(there, place, rule) else { return nil }
      if side == start { near = middle } else { far = middle }
    }
    guard let one = moved(near), let other = moved(far) else { return nil }
    return (one, other)
  }
}

extension Household {
  /// What the rules rest on for it, and its decisions where they are asked for.
  func exercise(_ program: Program, _ rules: [RuleID], decides: Bool) -> Exercise {
    let exercise = Exercise()
    let evaluator = Evaluator(program, facts, today: today, suppose: suppositions)
    evaluator.exercise = exercise
    if decides {
      for decision in evaluator.decide().benefits {
        exercise.note(decision.outcome, of: decision.benefit)
      }
    }
    for rule in rules {
      for instance in facts.instances(of: program.rules[rule].entity) {
        _ = evaluator.value(of: rule, for: instance)
      }
    }
    return exercise
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
