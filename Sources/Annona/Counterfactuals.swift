public import AnnonaEngine
public import AnnonaLanguage
import AnnonaValues

/// What would have to be otherwise for a decision to be otherwise.
extension DecidedCase {
  /// The least changes of one fact with which a benefit would come out otherwise; only facts that the rulebook calls `changeable` are looked at.
  ///
  /// Exact: the greatest income, to the cent, with which an amount would still be higher. Nothing is said of what is open.
  ///
  /// ```swift
  /// for benefit in decided.benefits {
  ///   for change in decided.counterfactuals(of: benefit) { print(decided.text(of: change)) }
  /// }
  /// ```
  public func counterfactuals(of decision: BenefitDecision) -> [Counterfactual] {
    guard decision.member != nil || program.benefits[decision.benefit].members == nil else {
      return []
    }
    return counterfactuals(of: .benefit(decision.benefit, for: decision.member))
  }

  /// The least changes of one changeable fact with which a rule would have another value: another tier, a condition met.
  ///
  /// - Parameters:
  ///   - rule: of one value.
  ///   - instance: the index in the case of the entity it is the value for.
  public func counterfactuals(of rule: RuleID, for instance: Int32) -> [Counterfactual] {
    counterfactuals(of: .rule(rule, for: instance, output: nil))
  }

  private func counterfactuals(of goal: SweepGoal) -> [Counterfactual] {
    AnnonaEngine.counterfactuals(
      program, facts, today: decision.today, suppose: suppositions, of: goal
    ) { program.facts[$0].isChangeable }
  }

  /// A change as a sentence without a full stop: `182.41 EUR/month with Household income up to 35 648.20 EUR/year (now 36 000.00 EUR/year); Tier: 3 instead of 4`.
  ///
  /// - Parameters:
  ///   - change: one of this case's.
  ///   - audience: an auditor also reads ids.
  ///   - language: the rulebook's own unless given.
  public func text(
    of change: Counterfactual, for audience: Audience = .citizen, in language: String? = nil
  ) -> String {
    Wording(program, facts, language: language).counterfactual(change, for: audience)
  }
}
