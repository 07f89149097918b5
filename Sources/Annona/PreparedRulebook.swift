public import AnnonaEngine
public import AnnonaLanguage
public import AnnonaValues
import Synchronization

/// A rulebook made ready for one date: for a service that decides on every keystroke.
///
/// It says what ``Rulebook/decide(_:on:suppose:)`` says, in a hundredth of the time where the household can be held in whole
/// numbers of proved range; any other household is decided by the same evaluator as there. It is a value, and any thread may use it.
///
/// ```swift
/// let prepared = rulebook.prepared(on: today)
/// let decision = try prepared.decide(json: body)
/// for benefit in decision.benefits { print(benefit.name, benefit.outcome) }
/// ```
public struct PreparedRulebook: Sendable {
  /// What all of its copies share: a decision that is made in microseconds has no time to copy a rulebook.
  final class Preparation: Sendable {
    let rulebook: Rulebook
    let today: CalendarDate
    let plans: HouseholdPlans?
    let whyPlain: String?
    /// Where one household is worked out; as many as were ever used at once.
    let desks = Mutex<[PlanDesk]>([])

    init(_ rulebook: Rulebook, on today: CalendarDate) {
      self.rulebook = rulebook
      self.today = today
      do throws(Unplannable) {
        plans = try HouseholdPlans(rulebook.program, today: today)
        whyPlain = nil
      } catch {
        plans = nil
        whyPlain = error.description
      }
    }
  }

  let preparation: Preparation

  public var rulebook: Rulebook { preparation.rulebook }

  /// The date decided for.
  public var today: CalendarDate { preparation.today }

  /// Why every household is left to the plain evaluator; `nil` where they are not.
  public var whyPlain: String? { preparation.whyPlain }

  init(_ rulebook: Rulebook, on today: CalendarDate) {
    preparation = Preparation(rulebook, on: today)
  }

  /// Decides every benefit for a household as it came over the wire.
  ///
  /// - Parameter json: A case in JSON, or YAML, as ``Rulebook/readCase(_:after:today:setting:)`` takes it. It is decided as of the prepared date.
  /// - Throws: every problem of the case at once. Printed, none of them shows what a person said.
  public func decide(json: [UInt8]) throws(RulebookProblems) -> PreparedDecision {
    let record = atDesk { desk in json.withUnsafeBufferPointer { desk.decide(json: $0) } }
    if let record {
      return PreparedDecision(rulebook: self, finding: .recorded(record, .json(json)))
    }
    let facts = try read(json)
    return decidePlainly(facts)
  }

  /// Decides every benefit for a case that was read by the rulebook.
  public func decide(_ facts: Case) -> PreparedDecision {
    guard let record = atDesk({ $0.decide(facts) }) else { return decidePlainly(facts) }
    return PreparedDecision(rulebook: self, finding: .recorded(record, .facts(facts)))
  }

  private func decidePlainly(_ facts: Case) -> PreparedDecision {
    PreparedDecision(rulebook: self, finding: .decided(rulebook.decide(facts, on: today)))
  }

  func read(_ json: [UInt8]) throws(RulebookProblems) -> Case {
    try rulebook.readCase(SourceFile(path: "household.json", bytes: json), today: today)
  }

  private func atDesk(_ body: (PlanDesk) -> PlanRecord?) -> PlanRecord? {
    guard let plans = preparation.plans else { return nil }
    let desk = preparation.desks.withLock { $0.popLast() } ?? PlanDesk(plans)
    defer { preparation.desks.withLock { $0.append(desk) } }
    return body(desk)
  }
}

extension Rulebook {
  /// Makes the rulebook ready for a date; it takes some milliseconds, once.
  public func prepared(on today: CalendarDate) -> PreparedRulebook {
    PreparedRulebook(self, on: today)
  }
}

/// What a prepared rulebook decided: outcomes and amounts at once, values and reasons when they are asked for.
public struct PreparedDecision: Sendable {
  /// One benefit's outcome for the household or a member.
  public struct Benefit: Sendable, Hashable {
    public let benefit: BenefitID
    /// As the rulebook calls it.
    public let name: String
    /// The member's id, for a benefit that each member has.
    public let member: String?
    public let outcome: Outcome
    /// What is granted, in the unit of the benefit's amount; `nil` unless it is granted and has one amount.
    public let amount: Number?
  }

  /// What a rule came to for the household or a member.
  public struct RuleValue: Sendable, Hashable {
    public let rule: RuleID
    /// The column of a table with several.
    public let output: Int?
    /// The index in the case of the entity it is the value for.
    public let instance: Int32
    public let value: Value
  }

  enum Household: Sendable {
    case json([UInt8])
    case facts(Case)
  }

  enum Finding: Sendable {
    case recorded(PlanRecord, Household)
    case decided(DecidedCase)
  }

  /// Which decided it.
  public let rulebook: PreparedRulebook
  let finding: Finding

  /// Whether it was worked out in whole numbers of proved range, with the values of all rules recorded.
  public var isRecorded: Bool {
    if case .recorded = finding { true } else { false }
  }

  /// Every benefit for everybody it is for, in the order of the rulebook.
  public var benefits: [Benefit] {
    switch finding {
    case .recorded(let record, _):
      return rulebook.preparation.plans?.outcomes(record).map { found in
        Benefit(
          benefit: found.benefit, name: name(found.benefit), member: found.member,
          outcome: found.outcome, amount: found.amount)
      } ?? []
    case .decided(let decided):
      return decided.benefits.map { found in
        var amount: Number?
        if found.outcome == .entitled, case .known(.number(let number))? = found.amount {
          amount = number
        }
        return Benefit(
          benefit: found.benefit, name: name(found.benefit),
          member: found.member.map { decided.facts.instances[Int($0)].id },
          outcome: found.outcome, amount: amount)
      }
    }
  }

  private func name(_ benefit: BenefitID) -> String {
    rulebook.preparation.rulebook.program.benefits[benefit].name
  }

  /// The values of the rules that were recorded on the way; of a household that was decided plainly, those that are known.
  public func values() throws(RulebookProblems) -> [RuleValue] {
    switch finding {
    case .recorded(let record, let household):
      let facts = try facts(of: household)
      return rulebook.preparation.plans?.values(record, of: facts).map { found in
        RuleValue(
          rule: found.rule, output: found.output, instance: found.instance, value: found.value)
      } ?? []
    case .decided(let decided):
      return decided.decision.values.compactMap { found in
        guard found.date == nil, let value = found.state.knownValue else { return nil }
        return RuleValue(
          rule: found.rule, output: found.output, instance: found.instance, value: value)
      }
    }
  }

  /// The same decision in full: reasons, provisions, needs, explanation, texts.
  public func decided() throws(RulebookProblems) -> DecidedCase {
    switch finding {
    case .recorded(_, let household):
      return rulebook.rulebook.decide(try facts(of: household), on: rulebook.today)
    case .decided(let decided): return decided
    }
  }

  private func facts(of household: Household) throws(RulebookProblems) -> Case {
    switch household {
    case .json(let bytes): try rulebook.read(bytes)
    case .facts(let facts): facts
    }
  }
}
