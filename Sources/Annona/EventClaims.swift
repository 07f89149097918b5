import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// What a life event says of a fact, set beside what the case says of it already.
///
/// Nobody is believed unseen: another origin that says something else stays, and the fact is in conflict. The same report
/// sent again, and an earlier event's report that a later one corrects, give way.
struct EventClaims {
  /// `event:2025/123`
  let source: String
  let observed: CalendarDate?

  /// What an event's report took the place of.
  enum Displaced: Hashable {
    case declined
    /// What an earlier event said: `event:2025/100`
    case event(String)
  }

  /// - Parameters:
  ///   - said: the event's answers, with the event as their origin; several where it brings a member more than once.
  ///   - known: what the case says of the fact.
  func merged(_ said: [Node], with known: Node?) -> (Node, displaced: Displaced?) {
    if said.count == 1, known == nil { return (said[0], nil) }
    if let spells = merged(said, bySpells: known) { return spells }
    var displaced: Displaced?
    var others: [Node] = []
    for claim in known.map(claims) ?? [] {
      switch standing(claim) {
      case .saysNothing: continue
      case .declined: displaced = displaced ?? .declined
      case .sameReport: continue
      case .earlier(let event): displaced = displaced ?? .event(event)
      case .other: others.append(claim)
      }
    }
    let answers = different(said.filter { !isUnknown(member("value", of: $0) ?? $0) })
    if answers.isEmpty {
      // That the register does not know is no answer of its own, in place of another's.
      if let known, displaced != nil { return (known, nil) }
      if others.isEmpty { return (said[0], nil) }
      return (together(others), nil)
    }
    return (together(answers + others), displaced)
  }

  private func together(_ claims: [Node]) -> Node {
    claims.count == 1 ? claims[0] : Node(.sequence(claims), span: claims[0].span)
  }

  /// Each answer once, as it is written.
  private func different(_ said: [Node]) -> [Node] {
    var texts: Set<String> = []
    return said.filter { answer in
      text("value", of: answer).map { texts.insert($0).inserted } ?? true
    }
  }

  // MARK: - What the case says

  private enum Standing {
    case saysNothing, declined, sameReport, other
    case earlier(String)
  }

  /// Each origin's answer, as a mapping with its `value`.
  private func claims(_ known: Node) -> [Node] {
    switch known.content {
    case .sequence(let nodes) where !nodes.isEmpty && nodes.allSatisfy(isDescribed): nodes
    case .mapping where isDescribed(known): [known]
    default: [Node(.mapping([entry("value", known)]), span: known.span)]
    }
  }

  private func standing(_ claim: Node) -> Standing {
    if let source = text("source", of: claim) {
      if source == self.source { return .sameReport }
      if source.hasPrefix("event:"), let observed,
        let before = text("observed", of: claim).flatMap({ CalendarDate(text: $0) }),
        before <= observed
      {
        return .earlier(source)
      }
    }
    let value = member("value", of: claim) ?? claim
    if isUnknown(value) { return .saysNothing }
    return value.statedWord == "declined" ? .declined : .other
  }

  private func isUnknown(_ value: Node) -> Bool { value.statedWord == "unknown" }

  private func isDescribed(_ node: Node) -> Bool {
    guard case .mapping(let entries) = node.content else { return false }
    return entries.contains { FactForm.originKeys.contains($0.key.text) }
  }

  private func member(_ name: String, of node: Node) -> Node? {
    guard case .mapping(let entries) = node.content else { return nil }
    return entries.first { $0.key.text == name }?.value
  }

  private func text(_ name: String, of node: Node) -> String? {
    guard case .scalar(let scalar)? = member(name, of: node)?.content else { return nil }
    return scalar.text
  }

  private func entry(_ key: String, _ value: Node) -> Node.Entry {
    Node.Entry(
      key: Scalar(text: key, style: .plain, segments: []), keySpan: value.span, value: value)
  }

  // MARK: - Over time

  /// Period by period, where all say what holds when; periods that overlap in part are found where the case is read.
  private func merged(_ said: [Node], bySpells known: Node?) -> (Node, displaced: Displaced?)? {
    let news = said.compactMap { spells($0) }
    guard news.count == said.count, var spells = known.map(spells) ?? [] else { return nil }
    var displaced: Displaced?
    var done: Set<String> = []
    for new in news.joined() where done.insert(new.key.text).inserted {
      let values = news.joined().filter { $0.key.text == new.key.text }.map(\.value)
      let index = spells.firstIndex { $0.key.text == new.key.text }
      let (value, gone) = merged(values, with: index.map { spells[$0].value })
      displaced = displaced ?? gone
      let spell = Node.Entry(key: new.key, keySpan: new.keySpan, value: value)
      if let index { spells[index] = spell } else { spells.append(spell) }
    }
    return (Node(.mapping(spells), span: said[0].span), displaced)
  }

  /// Each period with its own origin, else with that of them all.
  private func spells(_ node: Node) -> [Node.Entry]? {
    guard case .mapping(let entries) = node.content else { return nil }
    guard isDescribed(node) else { return entries }
    guard case .mapping(let spells)? = member("value", of: node)?.content,
      !spells.contains(where: { FactForm.originKeys.contains($0.key.text) })
    else { return nil }
    let origin = entries.filter { $0.key.text != "value" }
    return spells.map { spell in
      if isDescribed(spell.value) { return spell }
      if case .sequence = spell.value.content { return spell }
      return Node.Entry(
        key: spell.key, keySpan: spell.keySpan,
        value: Node(
          .mapping([entry("value", spell.value)] + origin), span: spell.value.span))
    }
  }
}

extension Node {
  /// A state that stands in a value's place: plain, or as `{ state: declined }` with whatever origin.
  fileprivate var statedWord: String? {
    switch content {
    case .scalar(let scalar): return scalar.style == .plain ? scalar.text : nil
    case .mapping(let entries):
      guard
        case .scalar(let word)? = entries.first(where: { $0.key.text == "state" })?.value.content
      else { return nil }
      return word.text
    case .sequence: return nil
    }
  }
}
