import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// What fixtures can leave out of a rulebook.
package enum CoverageKind: String, Sendable, Hashable, CaseIterable {
  case rules, outcomes, branches, exceptions, boundaries, conditions, periods, provisions
}

/// One thing of a rulebook that some case should exercise.
package struct CoverageItem: Sendable {
  package let kind: CoverageKind
  /// What is missing where no case exercises it: `household.tier, row_3: `above 20_000``.
  package let name: String
  package let span: Span
  package let goal: Goal
  /// The rule that it is a part of; `nil` for what belongs to benefits, functions or figures.
  package let rule: RuleID?

  /// When it counts as covered.
  package enum Goal: Sendable {
    case version(RuleID, Int)
    case outcome(BenefitID, Outcome)
    /// A row, branch or operand gives the value.
    case chosen(Span)
    case exception(Span, applies: Bool)
    /// A value on this side of the bound, with no other between the two.
    case boundary(Span, Side)
    /// The condition at this position alone makes the difference.
    case condition(Span, index: Int, count: Int, every: Bool)
    case period(ParameterID, CalendarDate)
    /// Any of those that cite it.
    case any([Goal])
  }

  /// A side of a bound.
  package struct Side: Sendable, Hashable {
    /// The comparison, with the bound on its right.
    package let comparison: Comparison
    /// Whether it is the side on which the comparison holds.
    package let holds: Bool
    /// The distance between neighbouring values.
    package let step: Number

    /// The bound itself belongs to this side.
    var includesBound: Bool {
      (comparison == .lessOrEqual || comparison == .greaterOrEqual) == holds
    }
  }
}

extension Exercise {
  package func covers(_ item: CoverageItem) -> Bool { covers(item.goal) }

  private func covers(_ goal: CoverageItem.Goal) -> Bool {
    switch goal {
    case .version(let rule, let version): return versions[rule]?.contains(version) ?? false
    case .outcome(let benefit, let outcome): return outcomes[benefit]?.contains(outcome) ?? false
    case .chosen(let span): return chosen.contains(span)
    case .exception(let span, let applies): return applied[span]?.contains(applies) ?? false
    case .boundary(let span, let side):
      let sides = boundaries[span]
      guard let distance = side.holds ? sides?.holding : sides?.failing else { return false }
      return side.includesBound ? distance < side.step : distance <= side.step
    case .condition(let span, let index, let count, let every):
      return isShownAlone(index, in: (conditions[span] ?? []).filter { $0.count == count }, every)
    case .period(let parameter, let from): return periods[parameter]?.contains(from) ?? false
    case .any(let goals): return goals.contains { covers($0) }
    }
  }

  /// Two cases that differ only there, with different outcomes.
  private func isShownAlone(_ index: Int, in met: Set<[Bool?]>, _ every: Bool) -> Bool {
    let without = met.contains { truths in truths.allSatisfy { $0 == every } }
    let alone = met.contains { truths in
      truths[index] == !every
        && truths.indices.allSatisfy { $0 == index || truths[$0] != !every }
    }
    return without && alone
  }
}
