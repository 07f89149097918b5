import AnnonaLanguage

/// Puts a fact where a case keeps those of its owner.
package struct FactPlacing {
  private let program: Program
  private let entry: Node.Entry

  package init(program: Program, entry: Node.Entry) {
    self.program = program
    self.entry = entry
  }

  /// - Parameter owner: the case's entity, or `person/maria`.
  package func placed(_ owner: String, in node: Node) -> (Node, found: Bool) {
    guard case .mapping(let entries) = node.content else { return (node, false) }
    let entity = program.entities[program.caseEntity]
    guard let index = entries.firstIndex(where: { $0.key.text == entity.name }) else {
      // The case's own facts may stand without its name above them.
      return placed(owner, in: node, program.caseEntity, id: entity.name)
    }
    let (changed, found) = placed(
      owner, in: entries[index].value, program.caseEntity, id: entity.name)
    return (replacing(entries, index, by: changed, in: node), found)
  }

  private func placed(
    _ owner: String, in node: Node, _ id: EntityID, id name: String
  ) -> (Node, found: Bool) {
    let entity = program.entities[id]
    let isCase = id == program.caseEntity
    if owner == (isCase ? entity.name : "\(entity.name)/\(name)") {
      return (adding(to: node), true)
    }
    guard case .mapping(let entries) = node.content else { return (node, false) }
    for (index, held) in entries.enumerated() {
      guard let place = entity.places.first(where: { program.places[$0].name == held.key.text })
      else { continue }
      let (changed, found) = placed(owner, among: held.value, program.places[place])
      if found { return (replacing(entries, index, by: changed, in: node), true) }
    }
    return (node, false)
  }

  private func placed(
    _ owner: String, among node: Node, _ place: Place
  ) -> (Node, found: Bool) {
    guard place.isList else { return placed(owner, in: node, place.member, id: place.name) }
    switch node.content {
    case .mapping(let entries):
      for (index, member) in entries.enumerated() {
        let (changed, found) = placed(owner, in: member.value, place.member, id: member.key.text)
        if found { return (replacing(entries, index, by: changed, in: node), true) }
      }
    case .sequence(var nodes):
      for (index, member) in nodes.enumerated() {
        let (changed, found) = placed(owner, in: member, place.member, id: self.id(of: member))
        guard found else { continue }
        nodes[index] = changed
        return (Node(.sequence(nodes), span: node.span), true)
      }
    case .scalar: break
    }
    return (node, false)
  }

  private func id(of member: Node) -> String {
    guard case .mapping(let entries) = member.content,
      case .scalar(let id)? = entries.first(where: { $0.key.text == "id" })?.value.content
    else { return "" }
    return id.text
  }

  private func adding(to node: Node) -> Node {
    guard case .mapping(var entries) = node.content else {
      // `maria: unknown`: now one thing is known.
      return Node(.mapping([entry]), span: node.span)
    }
    entries.removeAll { $0.key.text == entry.key.text }
    return Node(.mapping(entries + [entry]), span: node.span)
  }

  private func replacing(
    _ entries: [Node.Entry], _ index: Int, by value: Node, in node: Node
  ) -> Node {
    var entries = entries
    let old = entries[index]
    entries[index] = Node.Entry(key: old.key, keySpan: old.keySpan, value: value)
    return Node(.mapping(entries), span: node.span)
  }
}
