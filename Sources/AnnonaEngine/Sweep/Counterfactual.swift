public import AnnonaLanguage
public import AnnonaValues

/// The least change of one fact with which a benefit or a rule would come out otherwise.
public struct Counterfactual: Sendable, Hashable {
  /// The benefit or the rule that would come out otherwise.
  public let goal: SweepGoal
  public let fact: CaseFact
  /// What the fact is, and what it would have to be.
  public let now: Value
  public let then: Value
  /// For a number, the last value on the way on from `then` for which the same still holds.
  public let through: Number?
  /// What it comes to as the case is, and with the change.
  public let resultNow: Result
  public let result: Result
  /// What makes the difference; `nil` for a fact that is no number.
  public let turn: TurningPoint?
  /// The tiers and other steps of the law that are left for another by it, in the order of the rulebook.
  public let steps: [Step]
  /// Whether people are better off: more is paid, or less is charged; `nil` for a rule.
  public let isGain: Bool?

  /// What a benefit or a rule comes to.
  public struct Result: Sendable, Hashable {
    /// `nil` for a rule.
    public let outcome: Outcome?
    /// A rule's value, or a benefit's amount in its own unit: 0 for what is refused and where there is none.
    public let value: Value

    public init(_ outcome: Outcome?, _ value: Value) {
      self.outcome = outcome
      self.value = value
    }
  }

  /// A rule that counts in whole steps or names one of several choices, such as a tier.
  public struct Step: Sendable, Hashable {
    public let rule: RuleID
    /// The index in the case of the entity it is the value for.
    public let instance: Int32
    public let now: Value
    public let then: Value
  }
}

extension Counterfactual {
  /// Of a benefit with the change; `nil` for a rule.
  public var outcome: Outcome? { result.outcome }
  /// In the unit of the benefit's amount; 0 for what is refused, and for what is no number.
  public var amount: Number { result.value.number ?? .zero }
  public var amountNow: Number { resultNow.value.number ?? .zero }
}

/// What would have to be otherwise for a benefit or a rule to come out otherwise: for each fact the least change that gains, and the
/// least that loses; for a rule the least change down and the least up.
///
/// Exact: numbers are swept, other facts tried one by one. Beyond a range that is not decided nothing is said, and neither of what
/// is open as the case is.
///
/// - Parameters:
///   - goal: a benefit for somebody, or a rule.
///   - isChangeable: whether people can change the fact at all; no other is ever looked at.
public func counterfactuals(
  _ program: Program, _ facts: Case, today: CalendarDate, suppose: [Supposition] = [],
  of goal: SweepGoal, where isChangeable: (FactID) -> Bool
) -> [Counterfactual] {
  var found: [Counterfactual] = []
  for (index, instance) in facts.instances.enumerated() {
    for id in program.entities[instance.entity].facts where isChangeable(id) {
      let fact = CaseFact(id, of: Int32(index))
      guard let search = CounterfactualSearch(program, facts, today, suppose, fact, goal) else {
        continue
      }
      found += search.found
    }
  }
  return found
}
