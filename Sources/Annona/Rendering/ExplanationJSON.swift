package import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Writes the tree of why for programs: every node with its id, value, provision and place.
struct ExplanationJSON {
  let decided: DecidedCase
  let wording: Wording

  init(_ decided: DecidedCase, _ wording: Wording) {
    self.decided = decided
    self.wording = wording
  }

  private var canonical: ValueText { wording.canonical }

  func value(_ parts: [Explanation.Part]) -> JSONValue {
    .object([
      "rulebook": .string(decided.program.id),
      "today": .string(decided.decision.today.description),
      "explanations": .array(parts.map(part)),
    ])
  }

  private func part(_ part: Explanation.Part) -> JSONValue {
    let benefit = part.benefit
    let determination = Determination(part.trees, from: part.decisive)
    return .object([
      "benefit": .optional(benefit.map { decided.program.benefits[$0.benefit].name }),
      "for": .optional(benefit?.member.map { canonical.name(of: $0) }),
      "outcome": .optional(
        benefit.map { $0.outcome.name(of: decided.program.benefits[$0.benefit]) }),
      "why": .array(part.trees.map { node($0, determination) }),
      "counterfactuals": .array(part.counterfactuals.map { wording.json($0) }),
    ])
  }

  private func node(_ node: TraceNode, _ determination: Determination) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("id", .string(node.id)),
      .init("kind", .string(node.kind.word)),
    ]
    func add(_ name: String, _ text: String?) {
      if let text { members.append(.init(name, .string(text))) }
    }
    add("name", node.name)
    add("title", wording.text(node.title))
    add("state", node.state?.word)
    add("value", node.state.map { canonical.text($0, node.type) })
    let (role, by) = node.role.words
    add("role", role)
    add("by", by)
    add("cites", node.citations.asWritten)
    add("from", node.validity?.from?.description)
    add("through", node.validity?.through?.description)
    add("given", node.given?.word)
    add("source", node.origin?.source)
    add("observed", node.origin?.observed?.description)
    add("verified", node.origin?.verified)
    if let origin = node.origin, !origin.agreeing.isEmpty {
      members.append(.init("agreeing", .array(origin.agreeing.map(self.origin))))
    }
    if determination.contains(node) { members.append(.init("determining", .bool(true))) }
    if node.isSupposed { members.append(.init("supposed", .bool(true))) }
    if !node.ties.isEmpty {
      members.append(.init("ties", .array(node.ties.map { .string($0) })))
    }
    if node.isReadAsGiven { members.append(.init("read_as_given", .bool(true))) }
    if node.isRepeated { members.append(.init("see_above", .bool(true))) }
    add("place", wording.place(node.span))
    if !node.children.isEmpty {
      members.append(.init("because", .array(node.children.map { self.node($0, determination) })))
    }
    return .object(members)
  }
}

extension ExplanationJSON {
  private func origin(_ origin: Origin) -> JSONValue {
    .object([
      "source": .optional(origin.source), "observed": .optional(origin.observed?.description),
      "verified": .optional(origin.verified),
    ])
  }
}

// The words by which programs know what became of a step; explanations and records use the same.

extension TraceNode.Kind {
  package var word: String {
    switch self {
    case .rule: "rule"
    case .fact: "fact"
    case .members: "members"
    case .parameter: "parameter"
    case .today: "today"
    case .operation: "operation"
    case .constant: "constant"
    case .element: "element"
    case .candidate(let candidate): candidate.rawValue
    case .rounding: "rounding"
    }
  }
}

extension State {
  package var word: String {
    switch self {
    case .known: "known"
    case .open: "unknown"
    case .error: "error"
    }
  }
}

extension TraceNode.Role {
  /// What became of it, and by what.
  package var words: (role: String?, by: String?) {
    switch self {
    case .operand: (nil, nil)
    case .fired: ("fired", nil)
    case .possible: ("possible", nil)
    case .didNotApply: ("did_not_apply", nil)
    case .notReached(let after): ("not_reached", after)
    case .displaced(let by): ("displaced", by.provision)
    }
  }
}

extension FactState {
  package var word: String {
    switch self {
    case .known, .varying: "known"
    case .absent: "absent"
    case .notGiven: "unknown"
    case .declined: "declined"
    case .awaitingJudgement: "awaiting_judgement"
    case .conflicting: "conflicting"
    case .assumed: "assumed"
    }
  }
}

extension [Citation] {
  /// As the author wrote them; `nil` where there is none.
  package var asWritten: String? { isEmpty ? nil : map(\.text).joined(separator: "; ") }
}
