import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Writes answers into a case as its file has it, so that nothing else of the file changes.
struct CaseNode {
  private let program: Program
  private let facts: Case

  init(_ program: Program, _ facts: Case) {
    self.program = program
    self.facts = facts
  }

  /// The case with the date decided for, at its top.
  func setting(today: CalendarDate, in node: Node) -> Node {
    guard case .mapping(let entries) = node.content else { return node }
    let entity = program.entities[program.caseEntity]
    let isFact = entity.facts.contains { program.facts[$0].name == "today" }
    let hasEntity = entries.contains { $0.key.text == entity.name }
    if isFact, !hasEntity { return node }
    let rest = entries.filter { $0.key.text != "today" }
    return Node(
      .mapping([entry("today", plain(today.description))] + rest), span: node.span)
  }

  /// The case with an answer; what it means is for the reader of cases to say.
  func answering(
    _ question: Question, with text: String, _ wording: Wording, in node: Node
  ) -> Node {
    switch question.wait {
    case .fact(let instance, let fact, let period):
      let declared = program.facts[fact]
      let value = self.value(text, question, declared, wording)
      guard let period else { return place(declared.name, value, of: instance, in: node) }
      return place(period, value, declared, of: instance, in: node)
    case .members(let holder, let id):
      let place = program.places[id]
      let members = place.isList ? list(text, id, holder, node) : presence(text, wording)
      return self.place(place.name, members, of: holder, in: node)
    case .parameter: return node
    }
  }

  func declining(_ question: Question, in node: Node) -> Node {
    let declined = plain("declined")
    switch question.wait {
    case .fact(let instance, let fact, let period):
      let declared = program.facts[fact]
      guard let period else { return place(declared.name, declined, of: instance, in: node) }
      return place(period, declined, declared, of: instance, in: node)
    case .members(let holder, let place):
      return self.place(program.places[place].name, declined, of: holder, in: node)
    case .parameter: return node
    }
  }

  // MARK: - What was said

  private func value(
    _ text: String, _ question: Question, _ fact: Fact, _ wording: Wording
  ) -> Node {
    let said = text.lowercased()
    if question.isOptional, said == wording.phrase(.none).lowercased() { return plain("null") }
    if let variation = fact.variation, variation != .never, text.contains(":"),
      let spells = mapping("{ \(text) }")
    {
      return spells
    }
    switch question.answer {
    case .yesOrNo: return plain(yesOrNo(text, wording).map { $0 ? "true" : "false" } ?? text)
    case .choice(let choices):
      if let exact = choices.first(where: { $0.name == text }) { return plain(exact.name) }
      if let number = Int(text), choices.indices.contains(number - 1) {
        return plain(choices[number - 1].name)
      }
      let titled = choices.filter { $0.title.lowercased() == said }
      return plain(titled.count == 1 ? titled[0].name : text)
    case .list:
      let parts = text.split(separator: ",").map { trimmed(String($0)) }
      return Node(.sequence(parts.map(plain)), span: Interview.nowhere)
    // A text is a text, whatever word it is.
    case .text: return quoted(text)
    default: return plain(text)
    }
  }

  private func yesOrNo(_ text: String, _ wording: Wording) -> Bool? {
    let said = text.lowercased()
    for (phrase, value) in [(Phrase.yes, true), (.no, false)] {
      let word = wording.phrase(phrase).lowercased()
      if said == word || said == String(word.prefix(1)) || said == "\(value)" { return value }
    }
    return nil
  }

  private func presence(_ text: String, _ wording: Wording) -> Node {
    switch yesOrNo(text, wording) {
    case true?: Node(.mapping([]), span: Interview.nowhere)
    case false?: plain("null")
    case nil: plain(text)
    }
  }

  /// As many as were counted, or those who were named; what was already said of them stays.
  private func list(_ text: String, _ id: PlaceID, _ holder: Int32, _ node: Node) -> Node {
    let place = program.places[id]
    var known: [Node.Entry] = []
    if case .given(let members) = facts.members(of: id, for: holder) {
      known = members.map { member in
        let name = facts.instances[Int(member)].id
        return entry(name, said(of: member, in: node) ?? empty)
      }
    }
    if let count = Int(text) {
      guard (0...1_000).contains(count) else { return plain(text) }
      if count == 0 { return Node(.sequence([]), span: Interview.nowhere) }
      var members = Array(known.prefix(count))
      let entity = program.entities[place.member].name
      var number = 0
      while members.count < count {
        number += 1
        let name = "\(entity)_\(number)"
        if facts.instance(name, of: place.member) == nil { members.append(entry(name, empty)) }
      }
      return Node(.mapping(members), span: Interview.nowhere)
    }
    let names = text.split(separator: ",").map { trimmed(String($0)) }
    if Set(names).count < names.count || names.contains("") { return plain(text) }
    let members = names.map { name in
      known.first { $0.key.text == name } ?? entry(name, empty)
    }
    return Node(.mapping(members), span: Interview.nowhere)
  }

  // MARK: - Where it stands

  private func place(
    _ name: String, _ value: Node, of instance: Int32, in node: Node
  ) -> Node {
    let it = facts.instances[Int(instance)]
    let entity = program.entities[it.entity].name
    let owner = it.entity == program.caseEntity ? entity : "\(entity)/\(it.id)"
    let placing = FactPlacing(program: program, entry: entry(name, value))
    let (changed, found) = placing.placed(owner, in: node)
    if found { return changed }
    // A single member of whom nothing was said yet.
    guard let holder = it.holder, let place = it.place else { return node }
    let member = Node(.mapping([entry(name, value)]), span: Interview.nowhere)
    return self.place(program.places[place].name, member, of: holder, in: node)
  }

  /// One period of a fact that varies, beside those that are known.
  private func place(
    _ period: CalendarDate, _ value: Node, _ fact: Fact, of instance: Int32, in node: Node
  ) -> Node {
    let whole = period.description
    let key =
      switch fact.variation {
      case .yearly: String(whole.prefix(4))
      case .monthly: String(whole.prefix(7))
      default: whole
      }
    var spells: [Node.Entry] = []
    if let said = said(of: instance, in: node), let known = said[fact.name],
      case .mapping(let entries) = (known["value"] ?? known).content
    {
      spells = entries.filter { $0.key.text != key }
    }
    let all = Node(.mapping(spells + [entry(key, value)]), span: Interview.nowhere)
    return place(fact.name, all, of: instance, in: node)
  }

  /// What the case says of somebody.
  private func said(of instance: Int32, in node: Node) -> Node? {
    let it = facts.instances[Int(instance)]
    guard let holder = it.holder, let id = it.place else {
      return node[program.entities[it.entity].name] ?? node
    }
    let place = program.places[id]
    let held = said(of: holder, in: node)?[place.name]
    guard place.isList else { return held }
    if let member = held?[it.id] { return member }
    guard case .sequence(let members)? = held?.content else { return nil }
    let found = members.first { member in
      if case .scalar(let id)? = member["id"]?.content { return id.text == it.id }
      return false
    }
    guard let found, case .mapping(let entries) = found.content else { return nil }
    return Node(.mapping(entries.filter { $0.key.text != "id" }), span: found.span)
  }

  // MARK: - Nodes

  private var empty: Node { Node(.mapping([]), span: Interview.nowhere) }

  private func scalar(_ text: String, _ style: Scalar.Style) -> Scalar {
    Scalar(text: text, style: style, segments: [.init(text: 0, file: 0)])
  }

  private func plain(_ text: String) -> Node {
    Node(.scalar(scalar(text, .plain)), span: Interview.nowhere)
  }

  private func quoted(_ text: String) -> Node {
    Node(.scalar(scalar(text, .quoted)), span: Interview.nowhere)
  }

  private func entry(_ key: String, _ value: Node) -> Node.Entry {
    Node.Entry(key: scalar(key, .plain), keySpan: Interview.nowhere, value: value)
  }

  private func mapping(_ text: String) -> Node? {
    let (node, problems) = readNodes(SourceFile(path: "answer.yaml", text: text), index: 0)
    guard problems.isEmpty, let node, case .mapping = node.content else { return nil }
    return node
  }

  private func trimmed(_ text: String) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(String(start.reversed()).drop { $0.isWhitespace }.reversed())
  }
}

extension Node {
  fileprivate subscript(key: String) -> Node? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key.text == key }?.value
  }
}

/// Writes a case as YAML: every scalar as it was given, quoted where it was a text or could be read otherwise.
struct CaseNodeText {
  func text(_ node: Node) -> String {
    guard case .mapping(let entries) = node.content, !entries.isEmpty else { return "{}\n" }
    return lines(entries, "").map { $0 + "\n" }.joined()
  }

  private func lines(_ entries: [Node.Entry], _ indent: String) -> [String] {
    entries.flatMap { entry in lines(indent + scalar(entry.key) + ":", entry.value, indent) }
  }

  private func lines(_ head: String, _ value: Node, _ indent: String) -> [String] {
    switch value.content {
    case .scalar(let scalar): return ["\(head) \(self.scalar(scalar))"]
    case .mapping(let entries):
      return entries.isEmpty ? ["\(head) {}"] : [head] + lines(entries, indent + "  ")
    case .sequence(let nodes):
      if nodes.isEmpty { return ["\(head) []"] }
      return [head] + nodes.flatMap { lines(indent + "  -", $0, indent + "  ") }
    }
  }

  /// Signs that never mean anything to YAML, wherever they stand.
  private func isSafe(_ character: Unicode.Scalar) -> Bool {
    character.properties.isAlphabetic || ("0"..."9").contains(character)
      || "_./+%".unicodeScalars.contains(character)
  }

  private func scalar(_ scalar: Scalar) -> String {
    let signs = scalar.text.unicodeScalars
    let inner = signs.allSatisfy { isSafe($0) || $0 == " " || $0 == "-" }
    let ends = [signs.first, signs.last].compactMap { $0 }
    // A percentage and a sign end or begin a figure.
    let isPlain =
      inner && ends.count == 2 && isSafe(ends[1])
      && (isSafe(ends[0]) && ends[0] != "%"
        || signs.count > 1 && ends[0] == "-" && signs.dropFirst().first != " ")
    if scalar.style == .plain, isPlain { return scalar.text }
    // A plain scalar that must be quoted is a text in any case.
    return quoted(scalar.text)
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where !character.isPrintable:
        let digits = String(character.value, radix: 16, uppercase: true)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }
}
