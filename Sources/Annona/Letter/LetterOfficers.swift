import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// What an officer decided on a step of a decision after the rules had, as a letter tells of it.
public struct OfficersStep: Sendable, Hashable {
  /// The id of the step: `household.qualifies.poor`, `grant/maria`.
  public let node: String
  /// In place of what the rules came to, as records write it; `nil` where it was confirmed.
  public let value: String?
  public let officer: String
  public let authority: String
  public let reason: String
  /// The day on which it was decided, where that is known.
  public let on: CalendarDate?

  public init(
    node: String, value: String?, officer: String, authority: String, reason: String,
    on: CalendarDate? = nil
  ) {
    self.node = node
    self.value = value
    self.officer = officer
    self.authority = authority
    self.reason = reason
    self.on = on
  }
}

extension Letter {
  /// That the decision does not stand as the rules made it, or was confirmed, before anything else is said.
  var officersDecisions: [HTML] {
    guard !officers.isEmpty else { return [] }
    let isOtherwise = officers.contains { $0.value != nil }
    return [
      .element(
        "p", [.class("warning")],
        wording.phrase(isOtherwise ? .officerDecidedOtherwise : .officerConfirmed)),
      list(officers.map { .text(sentence($0)) }),
    ]
  }

  private func sentence(_ step: OfficersStep) -> String {
    let (name, value) = words(step)
    let said =
      value.map { wording.phrase(.officerSet, name, $0) }
      ?? wording.phrase(.officerLeft, name)
    let day = step.on.map { ", " + wording.date($0) } ?? ""
    return wording.phrase(
      .officerGrounds, said, "\(step.officer), \(step.authority)\(day)", step.reason)
  }

  /// The step in the rulebook's words, and its value in those of the letter.
  private func words(_ step: OfficersStep) -> (name: String, value: String?) {
    for benefit in decided.benefits {
      let declared = program.benefits[benefit.benefit]
      let member = benefit.member.map { "/" + ValueText(program, decided.facts).name(of: $0) } ?? ""
      guard declared.name + member == step.node else { continue }
      let outcome = step.value.flatMap { Outcome(named: $0, of: declared) }
      return (
        wording.heading(benefit.benefit, for: benefit.member),
        outcome.map { wording.outcome($0, of: declared) }
          ?? value(step.value, declared.amount?.type)
      )
    }
    for part in explanation.parts {
      for tree in part.trees {
        guard let node = tree.node(step.node) else { continue }
        return (self.words.words(node), value(step.value, node.type))
      }
    }
    return (step.node, step.value)
  }

  private func value(_ text: String?, _ type: ValueType?) -> String? {
    guard let text, let type,
      let value = program.value(
        written: text, type, find: { decided.facts.instance($0, of: $1) })
    else { return text }
    return wording.value(value, type)
  }
}
