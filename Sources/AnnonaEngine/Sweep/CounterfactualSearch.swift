import AnnonaLanguage
import AnnonaValues

/// Looks for the least changes of one fact.
struct CounterfactualSearch {
  private typealias Result = Counterfactual.Result

  private let program: Program
  private let sweeper: Sweeper
  private let goal: SweepGoal
  private let now: Value
  private let resultNow: Result

  /// `nil` where the fact has no single value, nothing depends on it, or what it comes to now is open.
  init?(
    _ program: Program, _ facts: Case, _ today: CalendarDate, _ suppose: [Supposition],
    _ fact: CaseFact, _ goal: SweepGoal
  ) {
    switch facts.state(of: fact.fact, for: fact.instance) {
    case .known(let value), .assumed(let value): now = value
    default: return nil
    }
    self.program = program
    self.goal = goal
    sweeper = Sweeper(program, facts, today, suppose, fact)
    // What is merely assumed may leave open what the same value, once given, decides.
    guard sweeper.depends(goal), let content = sweeper.decidedAsIs(goal),
      content == sweeper.decided(goal, with: now), let result = Self.result(content)
    else { return nil }
    resultNow = result
  }

  var found: [Counterfactual] {
    switch (now, program.facts[sweeper.fact.fact].type.present) {
    case (.number(let number), .number): return numeric(number)
    case (.boolean(let truth), .boolean): return tried([.boolean(!truth)])
    case (.choice(let member), .choice(let choice)):
      let others = program.choices[choice].members.indices.map { Int32($0) }
      return tried(others.filter { $0 != member }.map { .choice($0) })
    default: return []
    }
  }

  /// Choices have no order: all that make a difference are named.
  private func tried(_ values: [Value]) -> [Counterfactual] {
    values.compactMap { value in
      guard let result = sweeper.decided(goal, with: value).flatMap(Self.result), isOther(result)
      else { return nil }
      return change(to: value, result)
    }
  }

  private static func result(_ content: Sweep.Piece.Content) -> Result? {
    switch content {
    case .amount(let line, let outcome): Result(outcome, .number(line.constant))
    case .value(let value): Result(nil, value)
    case .notDecided: nil
    }
  }

  /// Refused for this or for that reason is all the same.
  private func isOther(_ result: Result) -> Bool {
    result.value != resultNow.value
      || (result.outcome == .entitled) != (resultNow.outcome == .entitled)
  }

  private func change(
    to then: Value, through: Number? = nil, _ result: Result, turn: TurningPoint? = nil
  ) -> Counterfactual {
    Counterfactual(
      goal: goal, fact: sweeper.fact, now: now, then: then, through: through,
      resultNow: resultNow, result: result, turn: turn, steps: sweeper.steps(of: goal, with: then),
      isGain: isGain(result))
  }

  /// `nil` for a rule.
  private func isGain(_ result: Result) -> Bool? {
    guard case .benefit(let id, _) = goal, let now = resultNow.value.number,
      let then = result.value.number
    else { return nil }
    let isCharge = program.benefits[id].isCharge
    if now == then { return (result.outcome == .entitled) != isCharge }
    return isCharge ? then < now : now < then
  }

  // MARK: - Numbers

  /// The nearest that gains and the nearest that loses; of a rule, the nearest below and the nearest above.
  private func numeric(_ x: Number) -> [Counterfactual] {
    guard let swept = sweep(around: x),
      let index = swept.pieces.firstIndex(where: { $0.contains(x) }),
      // Within what is not decided there may be a nearer turn.
      result(of: swept.pieces[index], at: x) == resultNow
    else { return [] }
    let below = turns(swept, from: index, upward: false)
    let above = turns(swept, from: index, upward: true)
    let near: [Turn] =
      if case .benefit = goal {
        [true, false].compactMap { isGain in
          let nearest = [below, above].compactMap { $0.first { $0.isGain == isGain } }
          return nearest.min { distance(x, $0.then) < distance(x, $1.then) }
        }
      } else {
        [below, above].compactMap(\.first)
      }
    return near.map { change(to: .number($0.then), through: $0.through, $0.result, turn: $0.by) }
  }

  /// From the least that the fact can be to twice what it is, and to as far as a sweep goes by itself.
  private func sweep(around x: Number) -> Sweep? {
    let fact = program.facts[sweeper.fact.fact]
    let from = fact.minimum == nil && x.isNegative ? try? x * Number(2) : nil
    var through: Number?
    if let double = try? x * Number(2), let beyond = try? double + Number(10_000),
      let grid = try? SweepGrid(fact, from: from, through: nil, step: nil),
      let usual = try? grid.value(grid.count - 1)
    {
      through = max(beyond, usual)
    }
    if case .value(.number(let limit))? = fact.maximum { through = through.map { min($0, limit) } }
    return try? sweeper.sweep(goal, from: from, through: through)
  }

  private func distance(_ x: Number, _ then: Number) -> Number {
    (try? then - x)?.magnitude ?? .zero
  }

  /// A value behind which it comes out otherwise: the outcome turns, the amount jumps, or the rule has another value.
  private struct Turn {
    let then: Number
    let through: Number
    let result: Result
    let by: TurningPoint?
    let isGain: Bool?
  }

  /// On one side, the nearest first: no more than are looked at, and none beyond what is not decided.
  private func turns(_ swept: Sweep, from index: Int, upward: Bool) -> [Turn] {
    var found: [Turn] = []
    var at = index + (upward ? 1 : -1)
    while swept.pieces.indices.contains(at) {
      let piece = swept.pieces[at]
      let then = upward ? piece.from : piece.through
      guard let result = result(of: piece, at: then) else { break }
      let edge = upward ? at - 1 : at
      if isTurn(swept, after: edge), isOther(result) {
        let isGain = isGain(result)
        if !found.contains(where: { $0.isGain == isGain }) {
          found.append(
            Turn(
              then: then, through: upward ? piece.through : piece.from, result: result,
              by: swept.pieces[edge].turn, isGain: isGain))
        }
        if found.count == (isGain == nil ? 1 : 2) { break }
      }
      at += upward ? 1 : -1
    }
    return found
  }

  private func result(of piece: Sweep.Piece, at x: Number) -> Result? {
    switch piece.content {
    case .amount(let line, let outcome):
      (try? line.value(at: x)).map { Result(outcome, .number($0)) }
    case .value(let value): Result(nil, value)
    case .notDecided: nil
    }
  }

  private func isTurn(_ swept: Sweep, after index: Int) -> Bool {
    let (one, other) = (swept.pieces[index], swept.pieces[index + 1])
    if one.outcome != other.outcome { return true }
    if case .value = other.content { return one.content != other.content }
    return swept.jump(after: index) != nil
  }
}

extension Sweeper {
  /// Whether anything of what is followed depends on the fact.
  func depends(_ goal: SweepGoal) -> Bool {
    switch goal {
    case .benefit(let id, _): depends(id)
    case .sum(let keys): keys.contains { depends($0.benefit) }
    case .rule(let id, _, _): dependence.rules.contains(id)
    }
  }

  /// The steps that a benefit reads and that are others with another value of the fact.
  func steps(of goal: SweepGoal, with value: Value) -> [Counterfactual.Step] {
    guard case .benefit(let id, let member) = goal else { return [] }
    let read = program.rules(readBy: id)
    let then = evaluator(with: value)
    let before = evaluator(with: nil)
    var found: [Counterfactual.Step] = []
    for rule in program.rules.indices.map({ RuleID($0) })
    where read.contains(rule) && dependence.rules.contains(rule) && program.rules[rule].isStep {
      guard let instance = holder(of: member ?? 0, being: program.rules[rule].entity),
        case .known(let old) = before.value(of: rule, for: instance, output: nil),
        case .known(let new) = then.value(of: rule, for: instance, output: nil), old != new
      else { continue }
      found.append(.init(rule: rule, instance: instance, now: old, then: new))
    }
    return found
  }

  /// The member itself, or the nearest of those it belongs to that is one of these.
  private func holder(of member: Int32, being entity: EntityID) -> Int32? {
    var next: Int32? = member
    while let instance = next, facts.instances.indices.contains(Int(instance)) {
      if facts.instances[Int(instance)].entity == entity { return instance }
      next = facts.instances[Int(instance)].holder
    }
    return nil
  }
}

extension Rule {
  /// Whether it is a step of the law that people know by name, such as a tier: a titled whole number or choice.
  fileprivate var isStep: Bool {
    guard !title.isEmpty, !hasSeveralOutputs else { return false }
    switch type.present {
    case .choice: return true
    case .number(let number): return number.isInteger && number.unit.isDimensionless
    default: return false
    }
  }

  private var hasSeveralOutputs: Bool {
    versions.contains { version in
      if case .table(let table)? = version.body { table.outputs.count > 1 } else { false }
    }
  }
}
