import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A step of a trace as it is shown, with the steps that it comes from.
struct Step {
  let node: TraceNode
  /// Whose it is, where the step before was not about them.
  let owner: Int32?
  /// What it comes from is shown further up.
  let isRepeated: Bool
  let children: [Step]
}

/// Which steps of traces one audience is shown.
///
/// A node is shown with what it comes from where it first stands among the steps, also where its first place in the trees
/// is not shown. What is not shown is passed over: its operands stand in its place.
struct StepOutline {
  let audience: Audience
  private var shown: Set<String> = []
  private var children: [String: [TraceNode]] = [:]

  init(for audience: Audience, of trees: [TraceNode]) {
    self.audience = audience
    for tree in trees { learn(tree) }
  }

  private mutating func learn(_ node: TraceNode) {
    if !node.isRepeated, children[node.id] == nil { children[node.id] = node.children }
    for child in node.children { learn(child) }
  }

  private var isForAuditor: Bool { audience == .auditor }

  /// - Parameter instance: whose values are being shown, so that the name need not be said again.
  mutating func steps(of trees: [TraceNode], for instance: Int32?) -> [Step] {
    var steps: [Step] = []
    for tree in trees { add(tree, instance, to: &steps) }
    return steps
  }

  private mutating func add(_ node: TraceNode, _ instance: Int32?, to steps: inout [Step]) {
    if isHidden(node) { return }
    var inner = instance
    var isRepeated = false
    if case .rule(_, let owner) = node.kind {
      isRepeated = !shown.insert(node.id).inserted
      inner = owner
    }
    let children = node.isRepeated ? self.children[node.id] ?? [] : node.children
    guard isShown(node) else {
      for child in children { add(child, instance, to: &steps) }
      return
    }
    var below: [Step] = []
    if !isRepeated, !isCut(node) {
      for child in children { add(child, inner, to: &below) }
    }
    steps.append(
      Step(
        node: node, owner: owner(node, instance), isRepeated: isRepeated && !children.isEmpty,
        children: below))
  }

  /// What did not apply, or may not, is for auditors; what was set aside by law is for everybody.
  private func isHidden(_ node: TraceNode) -> Bool {
    guard !isForAuditor else { return false }
    switch node.role {
    case .didNotApply, .notReached: return true
    case .possible:
      if case .candidate = node.kind { return true }
      return false
    case .operand, .fired, .displaced: return false
    }
  }

  private func isShown(_ node: TraceNode) -> Bool {
    switch node.kind {
    case .rule, .fact, .members, .parameter, .rounding, .candidate: return true
    case .constant: return false
    case .today, .operation, .element: return isForAuditor
    }
  }

  private func isCut(_ node: TraceNode) -> Bool {
    switch node.role {
    case .notReached, .displaced: true
    case .didNotApply, .operand, .fired, .possible: false
    }
  }

  private func owner(_ node: TraceNode, _ instance: Int32?) -> Int32? {
    switch node.kind {
    case .rule(_, let owner), .fact(_, let owner), .members(_, let owner):
      owner == 0 || owner == instance ? nil : owner
    default: nil
    }
  }
}
