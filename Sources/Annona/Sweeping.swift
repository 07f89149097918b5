public import AnnonaEngine
public import AnnonaLanguage
public import AnnonaValues

/// A sweep of one case, and everything that is to be said about it: as text, for programs, as a chart.
public struct SweptCase: Sendable {
  public let program: Program
  public let facts: Case
  /// The date decided for.
  public let today: CalendarDate
  /// One for each benefit, member or rule that was followed, in the order asked for.
  public let sweeps: [Sweep]
}

extension SweptCase {
  /// The rulebook's word that the law means a cliff to be; `nil` where nobody has said so.
  public func cliff(behind fall: Sweep.Fall, of sweep: Sweep) -> Cliff? {
    sweep.cliff(behind: fall, in: program, facts, on: today)
  }
}

/// What a sweep follows.
public enum SweepSubject: Sendable, Hashable {
  /// Each benefit that depends on the fact, by itself.
  case each
  /// All benefits that depend on it, together, in the fact's own unit.
  case all
  /// A benefit, for everybody it is for, or a rule.
  case named(CaseName)
}

/// From where to where a sweep goes; what is `nil` is the fact's own.
public struct SweepRange: Sendable, Hashable {
  public var from: Number?
  public var through: Number?
  public var step: Number?

  public init(from: Number? = nil, through: Number? = nil, step: Number? = nil) {
    self.from = from
    self.through = through
    self.step = step
  }
}

extension Rulebook {
  /// What benefits or rules come to for every value of one fact of a case, exactly.
  ///
  /// ```swift
  /// let income = try rulebook.caseFact("household.income", in: household)
  /// let swept = try rulebook.sweep(household, on: today, over: income)
  /// print(swept.text())
  /// ```
  ///
  /// - Parameters:
  ///   - facts: the case, as read by this rulebook.
  ///   - today: the date decided for.
  ///   - fact: a number, of the case or of a member; all else is as the case says.
  ///   - subject: what is followed.
  ///   - range: in the unit of the fact.
  ///   - suppose: rules whose value is set.
  public func sweep(
    _ facts: Case, on today: CalendarDate, over fact: CaseFact, of subject: SweepSubject = .each,
    within range: SweepRange = SweepRange(), suppose: [Supposition] = []
  ) throws(RequestProblem) -> SweptCase {
    let sweeper = Sweeper(program, facts, today, suppose, fact)
    var sweeps: [Sweep] = []
    for goal in try goals(of: subject, facts, today, suppose, sweeper) {
      do throws(SweepProblem) {
        sweeps.append(
          try sweeper.sweep(goal, from: range.from, through: range.through, step: range.step))
      } catch {
        throw RequestProblem(words(for: error, fact))
      }
    }
    return SweptCase(program: program, facts: facts, today: today, sweeps: sweeps)
  }

  private func goals(
    of subject: SweepSubject, _ facts: Case, _ today: CalendarDate, _ suppose: [Supposition],
    _ sweeper: Sweeper
  ) throws(RequestProblem) -> [SweepGoal] {
    func keys(_ wanted: (BenefitDecisionKey) -> Bool) -> [BenefitDecisionKey] {
      decide(facts, on: today, suppose: suppose).benefits
        .filter { $0.member != nil || program.benefits[$0.benefit].members == nil }
        .map { BenefitDecisionKey($0.benefit, for: $0.member) }.filter(wanted)
    }
    let dependent = { (key: BenefitDecisionKey) in sweeper.depends(key.benefit) }
    switch subject {
    case .each:
      let found = keys(dependent)
      guard !found.isEmpty else { throw nothing(dependsOn: sweeper.fact) }
      return found.map { .benefit($0.benefit, for: $0.member) }
    case .all:
      let found = keys(dependent)
      guard !found.isEmpty else { throw nothing(dependsOn: sweeper.fact) }
      if let odd = found.first(where: { sweeper.ratio(of: $0.benefit) == nil }) {
        throw RequestProblem(
          "`\(program.benefits[odd.benefit].name)` cannot be added to the others: its amount does not convert to "
            + "the unit of `\(name(of: sweeper.fact, in: facts))`; leave out `--all`")
      }
      return [.sum(found)]
    case .named(.benefit(let benefit, let member)):
      return keys { $0.benefit == benefit && (member == nil || $0.member == member) }
        .map { .benefit($0.benefit, for: $0.member) }
    case .named(.rule(let rule, let instance)):
      let instances = instance.map { [$0] } ?? facts.instances(of: program.rules[rule].entity)
      return instances.map { .rule(rule, for: $0, output: nil) }
    }
  }

  private func nothing(dependsOn fact: CaseFact) -> RequestProblem {
    RequestProblem("no benefit depends on `\(program.id(of: fact.fact))`")
  }

  private func words(for problem: SweepProblem, _ fact: CaseFact) -> String {
    let name = program.id(of: fact.fact)
    switch problem {
    case .notANumber: return "`\(name)` is no number: only a number can be swept"
    case .noStep:
      return
        "`\(name)` has no step, so that between two values there is always another: add `--step`, such as `--step 1`"
    case .notAMultiple(let number, let step):
      return "`\(number)` is no multiple of \(step), the step of `\(name)`"
    case .reversed: return "the sweep ends before it begins: `--to` must not be below `--from`"
    case .outsideTheFact:
      return "the sweep goes beyond what `\(name)` can be: see its `min` and `max`"
    case .tooManyValues:
      return "the sweep has over a million billion values: take a longer `--step`"
    case .noCommonUnit: return "the benefits have no unit in common: leave out `--all`"
    }
  }

  // MARK: - Facts by name

  /// What a name means: `household.income`, `person/maria.salary`; without a member that of the only one there is.
  public func caseFact(_ name: String, in facts: Case) throws(RequestProblem) -> CaseFact {
    let names = program.facts.indices.map { program.id(of: FactID($0)) }
    guard let dot = name.lastIndex(of: ".") else {
      throw RequestProblem("`\(name)` names no fact: write it as in `household.income`")
    }
    let owner = name[..<dot].split(separator: "/", maxSplits: 1).map(String.init)
    let plain = (owner.first ?? "") + name[dot...]
    guard let index = names.firstIndex(of: plain) else {
      if case .rule? = SubjectNames(program).find(SubjectNames.Parts(name)) {
        throw RequestProblem(
          "`\(plain)` is a rule: it is computed, so that it cannot be swept; name a fact")
      }
      let near = didYouMean(plain, among: names).map { ", did you mean `\($0)`?" } ?? ""
      throw RequestProblem("the rulebook has no fact `\(plain)`\(near)")
    }
    let id = FactID(index)
    let entity = program.facts[id].entity
    let instances = facts.instances(of: entity)
    let ids = instances.map { facts.instances[Int($0)].id }
    if owner.count == 2 {
      guard let instance = facts.instance(owner[1], of: entity) else {
        let near = didYouMean(owner[1], among: ids).map { ", did you mean `\($0)`?" } ?? ""
        throw RequestProblem(
          "the case has no `\(program.entities[entity].name)` called `\(owner[1])`\(near)")
      }
      return CaseFact(id, of: instance)
    }
    guard instances.count == 1 else {
      let example = ids.first.map { ", such as `\(owner[0])/\($0)\(name[dot...])`" } ?? ""
      throw RequestProblem(
        "`\(name)` is a fact of each of \(ids.count) members: name one\(example)")
    }
    return CaseFact(id, of: instances[0])
  }

  private func name(of fact: CaseFact, in facts: Case) -> String {
    ValueText(program, facts).id(of: fact.fact, for: fact.instance)
  }

  /// A number as it is written on a command line, in the unit of a fact: `30_000`, `30_000 EUR/year`, `5 %`.
  public func number(_ text: String, of fact: CaseFact) throws(RequestProblem) -> Number {
    guard case .number(let number)? = program.value(written: text, program.facts[fact.fact].type)
    else {
      throw RequestProblem("`\(text)` is no value of `\(program.id(of: fact.fact))`")
    }
    return number
  }
}
