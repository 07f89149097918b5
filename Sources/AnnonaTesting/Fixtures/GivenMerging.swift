import AnnonaEngine
import AnnonaLanguage

/// Lays the facts of a case over those of its background: by key, members by id, `removed` takes out.
///
/// A fact is replaced as a whole, but one that varies, whose periods are laid over one another.
struct GivenMerging {
  let program: Program
  private(set) var diagnostics: [Diagnostic] = []

  init(_ program: Program) { self.program = program }

  mutating func merge(_ background: Node?, _ delta: Node?) -> Node {
    let empty = Node(.mapping([]), span: delta?.span ?? Span(file: 0, start: 0, end: 0))
    guard !program.entities.isEmpty else { return delta ?? background ?? empty }
    let under = wrapped(background ?? empty)
    guard let delta else { return under }
    return entries(under, wrapped(delta)) { merging, entry, old in
      merging.merge(old, entry.value, in: merging.program.caseEntity)
    }
  }

  /// The case's own facts may stand without its name above them.
  private func wrapped(_ node: Node) -> Node {
    let entity = program.entities[program.caseEntity].name
    guard case .mapping(let entries) = node.content,
      !entries.contains(where: { $0.key.text == entity }), let first = entries.first
    else { return node }
    let name = Scalar(text: entity, style: .plain, segments: [])
    return Node(
      .mapping([Node.Entry(key: name, keySpan: first.keySpan, value: node)]), span: node.span)
  }

  private mutating func merge(_ old: Node, _ delta: Node, in entity: EntityID) -> Node {
    entries(old, delta) { merging, entry, old in
      let declared = merging.program.entities[entity]
      let name = entry.key.text
      if let place = declared.places.first(where: { merging.program.places[$0].name == name }) {
        return merging.merge(old, entry.value, of: merging.program.places[place])
      }
      let fact = declared.facts.first { merging.program.facts[$0].name == name }
      guard fact.map({ merging.isVarying($0) }) ?? false else { return entry.value }
      return merging.entries(old, entry.value) { _, entry, _ in entry.value }
    }
  }

  private func isVarying(_ fact: FactID) -> Bool {
    program.facts[fact].variation.map { $0 != .never } ?? false
  }

  private mutating func merge(_ old: Node, _ delta: Node, of place: Place) -> Node {
    guard place.isList else { return merge(old, delta, in: place.member) }
    return entries(byID(old), byID(delta)) { merging, entry, old in
      merging.merge(old, entry.value, in: place.member)
    }
  }

  /// A list of members with ids, as a mapping.
  private func byID(_ node: Node) -> Node {
    guard case .sequence(let members) = node.content, !members.isEmpty else { return node }
    var entries: [Node.Entry] = []
    for member in members {
      guard case .mapping(let facts) = member.content,
        let id = facts.first(where: { $0.key.text == "id" }),
        case .scalar(let name) = id.value.content
      else { return node }
      let rest = Node(.mapping(facts.filter { $0.key.text != "id" }), span: member.span)
      entries.append(Node.Entry(key: name, keySpan: id.value.span, value: rest))
    }
    return Node(.mapping(entries), span: node.span)
  }

  /// The other's entries over these, in place where the key is there; anything but two mappings is replaced.
  private mutating func entries(
    _ old: Node, _ delta: Node,
    each merge: (inout GivenMerging, Node.Entry, Node) -> Node
  ) -> Node {
    guard case .mapping(var entries) = old.content, case .mapping(let added) = delta.content else {
      return withoutRemoved(delta)
    }
    for entry in added {
      let place = entries.firstIndex { $0.key.text == entry.key.text }
      switch (place, entry.value.isRemoved) {
      case (let place?, true): entries.remove(at: place)
      case (nil, true): diagnostics.append(.nothingToRemove(entry.key.text, at: entry.keySpan))
      case (let place?, false):
        entries[place] = Node.Entry(
          key: entry.key, keySpan: entry.keySpan,
          value: merge(&self, entry, entries[place].value))
      case (nil, false):
        entries.append(
          Node.Entry(
            key: entry.key, keySpan: entry.keySpan, value: withoutRemoved(entry.value)))
      }
    }
    return Node(.mapping(entries), span: delta.span)
  }

  /// Where there is no background there is nothing to remove either.
  private mutating func withoutRemoved(_ node: Node) -> Node {
    guard case .mapping(let entries) = node.content else { return node }
    var kept: [Node.Entry] = []
    for entry in entries {
      if entry.value.isRemoved {
        diagnostics.append(.nothingToRemove(entry.key.text, at: entry.keySpan))
      } else {
        kept.append(
          Node.Entry(key: entry.key, keySpan: entry.keySpan, value: withoutRemoved(entry.value)))
      }
    }
    return Node(.mapping(kept), span: node.span)
  }
}

extension Node {
  fileprivate var isRemoved: Bool {
    guard case .scalar(let scalar) = content else { return false }
    return scalar.style == .plain && scalar.text == "removed"
  }
}
