import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// One household decided by both rulebooks with the plain evaluator, to see what differs first.
struct ReformTrace {
  private let one: (evaluator: Evaluator, decision: Decision)
  private let other: (evaluator: Evaluator, decision: Decision)
  private let changed: Set<String>

  init?(_ first: BatchRow, _ second: BatchRow, _ request: ReformRequest) {
    guard case .success(let before) = first.facts, case .success(let after) = second.facts else {
      return nil
    }
    let (a, b) = (
      Evaluator(request.first.program, before, today: request.today),
      Evaluator(request.second.program, after, today: request.today)
    )
    changed = request.changedRuleNames
    one = (a, a.decide())
    other = (b, b.decide())
  }

  func cause(
    _ benefit: ProgramDifference.ComparedBenefit, member: UnsafeBufferPointer<UInt8>,
    _ twin: UnsafeBufferPointer<UInt8>
  ) -> DifferenceCause {
    guard
      let before = Self.decision(benefit.first, member, one.decision, one.evaluator.facts),
      let after = Self.decision(benefit.second, twin, other.decision, other.evaluator.facts)
    else { return .benefit }
    return one.evaluator.firstDifference(
      of: before, from: other.evaluator, after, among: changed)
  }

  private static func decision(
    _ benefit: BenefitID?, _ member: UnsafeBufferPointer<UInt8>, _ decision: Decision,
    _ facts: Case
  ) -> BenefitDecision? {
    decision.benefits.first { found in
      guard found.benefit == benefit else { return false }
      guard let index = found.member else { return member.baseAddress == nil }
      return facts.instances[Int(index)].id.utf8.elementsEqual(member)
    }
  }
}
