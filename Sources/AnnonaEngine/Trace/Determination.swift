import AnnonaValues

/// Which steps decided: those without which, all that is beside them left as it is, the decision would not stand.
///
/// A step carries the one that it is part of when it is a necessary element of a set of operands that was enough for the
/// value (the NESS test of causation). Of `all` that came out false each false condition was enough by itself, and no true
/// one was needed; of `all` that came out true every condition was.
package struct Determination {
  private var ids: Set<String> = []

  /// - Parameters:
  ///   - trees: all that is shown, so that what a tree only refers to is found.
  ///   - roots: those of them that the outcome rests on.
  package init(_ trees: [TraceNode], from roots: [TraceNode]) {
    var operands: [String: [TraceNode]] = [:]
    for tree in trees { Self.learn(tree, &operands) }
    for root in roots { follow(root, operands) }
  }

  /// Whether a decision rests on the step.
  package func contains(_ node: TraceNode) -> Bool { node.isPart && ids.contains(node.id) }

  private static func learn(_ node: TraceNode, _ operands: inout [String: [TraceNode]]) {
    if !node.isRepeated, operands[node.id] == nil { operands[node.id] = node.children }
    for child in node.children { learn(child, &operands) }
  }

  private mutating func follow(_ node: TraceNode, _ operands: [String: [TraceNode]]) {
    guard node.isPart, node.carries, ids.insert(node.id).inserted else { return }
    for child in operands[node.id] ?? [] { follow(child, operands) }
  }
}

extension TraceNode {
  /// Whether it was looked at.
  fileprivate var isPart: Bool {
    switch role {
    case .operand, .fired, .possible, .didNotApply, .displaced: true
    case .notReached: false
    }
  }
}

extension [TraceNode] {
  /// The operands of `all` or `any`: where some have the value that decides, these alone carry; while the whole is open,
  /// those that are not settled.
  func carrying(deciding: Bool) -> [TraceNode] {
    let decides: (TraceNode) -> Bool =
      if contains(where: { $0.isDecided(deciding) }) {
        { $0.isDecided(deciding) }
      } else if contains(where: { !$0.isDecided(!deciding) }) {
        { !$0.isDecided(!deciding) }
      } else {
        { _ in true }
      }
    return map { node in
      var node = node
      node.carries = decides(node)
      return node
    }
  }
}

extension TraceNode {
  /// An element that may not be in the list decides nothing.
  fileprivate func isDecided(_ truth: Bool) -> Bool {
    state == .known(.boolean(truth)) && role == .operand
  }
}
