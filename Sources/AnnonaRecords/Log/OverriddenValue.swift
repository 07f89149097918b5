import Annona
import AnnonaEngine
internal import AnnonaLanguage
import AnnonaValues

extension OfficersDecision {
  /// The same, its value as records write it: in the unit of the step, or an outcome of the benefit.
  ///
  /// - Parameters:
  ///   - record: the decision that it is about.
  ///   - recorded: the rulebook that decided.
  /// - Throws: where the step cannot have the value.
  public func checked(
    on record: Record, under recorded: RecordedRulebook
  ) throws(Problem) -> OfficersDecision {
    guard let value else { return self }
    let decided = (try? record.replay(under: recorded))?.decided ?? []
    for day in decided {
      let names = ValueText(day.program, day.facts)
      for (benefit, parts) in day.traces(asOf: decided.first?.decision.today) {
        let declared = day.program.benefits[benefit.benefit]
        let member = benefit.member.map { "/" + names.name(of: $0) } ?? ""
        if [declared.name + member, "\(declared.name)\(member)@\(day.decision.today)"].contains(
          node)
        {
          return try with(outcome: value, of: declared, in: day)
        }
        for tree in parts.map(\.tree) {
          if let type = tree.node(node)?.type { return try with(value, type, in: day) }
        }
      }
    }
    return self
  }

  private func with(
    _ text: String, _ type: ValueType, in day: DecidedCase
  ) throws(Problem) -> OfficersDecision {
    let found = day.program.value(
      written: text, type, find: { day.facts.instance($0, of: $1) })
    guard let found else {
      throw .wrongValue(node: node, mustBe: day.program.phrase(of: type))
    }
    var changed = self
    changed.value = ValueText(day.program, day.facts).text(found, type)
    return changed
  }

  /// What an officer can decide of a benefit: that it is due to people or not, or how much it is.
  private func with(
    outcome text: String, of benefit: Benefit, in day: DecidedCase
  ) throws(Problem) -> OfficersDecision {
    let outcomes = [Outcome.entitled, .notEntitled, .notApplicable].map { $0.name(of: benefit) }
    if outcomes.contains(text) { return self }
    if let type = benefit.amount?.type, let amount = try? with(text, type, in: day) {
      return amount
    }
    var mustBe = "one of " + outcomes.map { "`\($0)`" }.joined(separator: ", ")
    if let type = benefit.amount?.type { mustBe += ", or \(day.program.phrase(of: type))" }
    throw .wrongValue(node: node, mustBe: mustBe)
  }
}
