import AnnonaLanguage

// Reading what a test file says, by key.
extension Node {
  subscript(key: String) -> Node? { entries.first { $0.key.text == key }?.value }

  var entries: [Entry] {
    guard case .mapping(let entries) = content else { return [] }
    return entries
  }

  var elements: [Node]? {
    guard case .sequence(let nodes) = content else { return nil }
    return nodes
  }

  var text: String? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar.text
  }
}
