import AnnonaLanguage

/// A node on one line: plain texts as they are, quoted ones in quotes, blocks between bars.
func outline(_ node: Node?) -> String {
  guard let node else { return "nothing" }
  switch node.content {
  case .scalar(let scalar): return outline(scalar)
  case .sequence(let items): return "[" + items.map { outline($0) }.joined(separator: ", ") + "]"
  case .mapping(let entries):
    let parts = entries.map { outline($0.key) + ": " + outline($0.value) }
    return "{" + parts.joined(separator: ", ") + "}"
  }
}

private func outline(_ scalar: Scalar) -> String {
  let text = scalar.text.split(separator: "\n", omittingEmptySubsequences: false)
    .joined(separator: "⏎")
  switch scalar.style {
  case .plain: return text
  case .quoted: return "\"" + text + "\""
  case .block: return "|" + text + "|"
  }
}

/// Every scalar of a node, keys too, in the order of the text.
func scalars(of node: Node?) -> [Scalar] {
  switch node?.content {
  case nil: []
  case .scalar(let scalar): [scalar]
  case .sequence(let items): items.flatMap { scalars(of: $0) }
  case .mapping(let entries): entries.flatMap { [$0.key] + scalars(of: $0.value) }
  }
}

/// Every span of a node, from the outside in.
func spans(of node: Node?) -> [Span] {
  guard let node else { return [] }
  return switch node.content {
  case .scalar: [node.span]
  case .sequence(let items): [node.span] + items.flatMap { spans(of: $0) }
  case .mapping(let entries):
    [node.span] + entries.flatMap { [$0.keySpan] + spans(of: $0.value) }
  }
}
