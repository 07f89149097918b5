public import AnnonaEngine
public import AnnonaLanguage
public import AnnonaValues

/// What a benefit comes to for somebody in two cases.
public struct BenefitChange: Sendable {
  public let benefit: BenefitID
  /// The id of the member it is decided for; `nil` for the case itself.
  public let member: String?
  /// `nil` where it is not decided for that member there.
  public let before: BenefitDecision?
  public let after: BenefitDecision?
}

extension DecidedCase {
  /// The same decision, shown beside that of the case as it was before facts were set.
  public func compared(with original: DecidedCase) -> DecidedCase {
    var compared = self
    compared.changes = changes(from: original)
    return compared
  }

  /// Every benefit for everybody it is for in either case, in the order of the rulebook.
  public func changes(from original: DecidedCase) -> [BenefitChange] {
    func key(_ decision: BenefitDecision, _ facts: Case) -> String? {
      decision.member.map { facts.instances[Int($0)].id }
    }
    var found = benefits.map { after in
      let member = key(after, facts)
      let before = original.benefits.first {
        $0.benefit == after.benefit && key($0, original.facts) == member
      }
      return BenefitChange(benefit: after.benefit, member: member, before: before, after: after)
    }
    for before in original.benefits {
      let member = key(before, original.facts)
      guard !found.contains(where: { $0.benefit == before.benefit && $0.member == member }) else {
        continue
      }
      found.append(
        BenefitChange(benefit: before.benefit, member: member, before: before, after: nil))
    }
    return found
  }

  /// The same decision, with what would change it shown beside each benefit.
  public func withCounterfactuals() -> DecidedCase {
    var shown = self
    shown.showsCounterfactuals = true
    return shown
  }
}

extension BenefitChange {
  /// What is paid more than before, in the unit of the amount; refused is 0; `nil` where either is open.
  public var difference: Number? {
    guard let before = Self.amount(before), let after = Self.amount(after) else { return nil }
    return try? after - before
  }

  private static func amount(_ decision: BenefitDecision?) -> Number? {
    guard let decision else { return .zero }
    switch decision.outcome {
    case .notEntitled, .notApplicable, .notInForce: return .zero
    case .entitled:
      guard case .known(.number(let number))? = decision.amount else {
        return decision.plan?.total
      }
      return number
    default: return nil
    }
  }

  /// Whether outcome or amount differ.
  public var isChange: Bool {
    before?.outcome != after?.outcome || before?.amount != after?.amount
      || before?.plan?.total != after?.plan?.total
  }
}
