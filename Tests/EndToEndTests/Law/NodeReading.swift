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

  /// The other's entries in place of this one's, key by key; `removed` takes one out.
  func merged(with other: Node) -> Node {
    guard case .mapping(var entries) = content, case .mapping(let added) = other.content else {
      return other
    }
    for entry in added {
      guard let place = entries.firstIndex(where: { $0.key.text == entry.key.text }) else {
        entries.append(entry)
        continue
      }
      if entry.value.text == "removed" {
        entries.remove(at: place)
      } else {
        let old = entries[place]
        entries[place] = Entry(
          key: old.key, keySpan: old.keySpan, value: old.value.merged(with: entry.value))
      }
    }
    return Node(.mapping(entries), span: span)
  }
}
