import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A row as the reader of cases reads it: the definition of what a row means.
struct BatchRow {
  struct Problem: Error {
    let messages: [String]
    /// The code of each; a message that has none stands for itself.
    let kinds: [String]

    init(_ message: String) {
      messages = [message]
      kinds = messages
    }

    /// What is wrong, without the values.
    init(_ problems: [Diagnostic]) {
      let errors = problems.inOrder().filter { $0.severity == .error }
      // What reads a row reads files too, and calls all of them so.
      messages = errors.map { "\($0.code): \($0.message.replacing("the file", with: "the row"))" }
      kinds = errors.map { "\($0.code)" }
    }
  }

  /// As JSON; `null` where the row has none.
  private(set) var id = Array("null".utf8)
  /// The same as a text.
  private(set) var name = "no id"
  private(set) var facts: Result<Case, Problem>

  /// - Parameter strange: facts of another rulebook, by entity, which this one passes over.
  init(
    _ line: UnsafeBufferPointer<UInt8>, _ request: BatchRequest,
    passing strange: [EntityID: Set<String>] = [:]
  ) {
    let program = request.rulebook.program
    if line.first == CSVRows.fault, let end = line.dropFirst().firstIndex(of: CSVRows.fault) {
      let row = BatchRow(UnsafeBufferPointer(rebasing: line[(end + 1)...]), request)
      (id, name) = (row.id, row.name)
      facts = .failure(Problem(String(decoding: line[1..<end], as: UTF8.self)))
      return
    }
    let source = SourceFile(path: "row.json", bytes: Array(line))
    let (read, found) = readNodes(source, index: Int32(program.files.count))
    facts = .failure(Problem(found))
    guard let node = read, !found.hasErrors else {
      if let (id, name) = Self.idAtBeginning(line, request.idKey) {
        self.id = id
        self.name = name
      }
      return
    }
    guard case .mapping(let entries) = node.content else {
      facts = .failure(Problem("a row is a JSON object"))
      return
    }
    var kept: [Node.Entry] = []
    for entry in entries {
      guard entry.key.text == request.idKey else {
        kept.append(entry)
        continue
      }
      guard case .scalar(let scalar) = entry.value.content else { continue }
      name = scalar.text
      id = Array(
        (scalar.style == .plain ? scalar.text : JSONValue.string(scalar.text).compact).utf8)
    }
    guard id != Array("null".utf8) else {
      facts = .failure(Problem("the row has no `\(request.idKey)`"))
      return
    }
    var changed = Node(.mapping(kept), span: node.span)
    if request.memberIDKey != "id" { changed = Self.renamed(changed, request.memberIDKey) }
    if !strange.isEmpty, !program.entities.isEmpty {
      changed = Self.known(changed, program.caseEntity, program, without: strange)
    }
    let (facts, problems) = AnnonaEngine.readCase(changed, program, today: request.today)
    self.facts =
      problems.hasErrors ? .failure(Problem(problems)) : .success(facts)
  }

  /// The id of a row that is no JSON, where it stands first in it.
  private static func idAtBeginning(
    _ line: UnsafeBufferPointer<UInt8>, _ key: String
  ) -> (id: [UInt8], name: String)? {
    var rest = String(decoding: line, as: UTF8.self)[...]
    for sign in ["{", "\"\(key)\"", ":"] {
      rest = rest.drop(while: \.isWhitespace)
      guard rest.hasPrefix(sign) else { return nil }
      rest = rest.dropFirst(sign.count)
    }
    rest = rest.drop(while: \.isWhitespace)
    if rest.first == "\"" {
      let name = rest.dropFirst().prefix { $0 != "\"" && $0 != "\\" }
      guard rest.dropFirst(name.count + 1).first == "\"" else { return nil }
      return (Array(JSONValue.string(String(name)).compact.utf8), String(name))
    }
    let number = rest.prefix { ("0"..."9").contains($0) }
    let isWhole = rest.dropFirst(number.count).drop(while: \.isWhitespace).first == ","
    guard !number.isEmpty, isWhole else { return nil }
    return (Array(number.utf8), String(number))
  }

  /// The facts of a case, or of one of its members, without those that only another rulebook knows.
  private static func known(
    _ node: Node, _ entity: EntityID, _ program: Program, without strange: [EntityID: Set<String>]
  ) -> Node {
    guard case .mapping(let entries) = node.content else { return node }
    var kept: [Node.Entry] = []
    for entry in entries {
      let name = entry.key.text
      if strange[entity]?.contains(name) == true { continue }
      var entry = entry
      if let place = program.entities[entity].places.first(where: {
        program.places[$0].name == name
      }) {
        entry = Node.Entry(
          key: entry.key, keySpan: entry.keySpan,
          value: members(of: place, entry.value, program, without: strange))
      } else if entity == program.caseEntity, name == program.entities[entity].name {
        entry = Node.Entry(
          key: entry.key, keySpan: entry.keySpan,
          value: known(entry.value, entity, program, without: strange))
      }
      kept.append(entry)
    }
    return Node(.mapping(kept), span: node.span)
  }

  private static func members(
    of place: PlaceID, _ node: Node, _ program: Program, without strange: [EntityID: Set<String>]
  ) -> Node {
    let entity = program.places[place].member
    switch node.content {
    case .sequence(let nodes):
      return Node(
        .sequence(nodes.map { known($0, entity, program, without: strange) }), span: node.span)
    case .mapping(let entries) where program.places[place].isList:
      return Node(
        .mapping(
          entries.map {
            Node.Entry(
              key: $0.key, keySpan: $0.keySpan,
              value: known($0.value, entity, program, without: strange))
          }), span: node.span)
    default: return known(node, entity, program, without: strange)
    }
  }

  /// The members of lists with `id` for the key that the rows use.
  private static func renamed(_ node: Node, _ key: String) -> Node {
    guard case .mapping(let entries) = node.content else { return node }
    let changed = entries.map { entry in
      var value = entry.value
      switch value.content {
      case .mapping: value = renamed(value, key)
      case .sequence(let nodes):
        let members = nodes.map { member in
          guard case .mapping(let facts) = member.content else { return member }
          let named = facts.map { fact in
            guard fact.key.text == key else { return fact }
            let id = Scalar(text: "id", style: fact.key.style, segments: fact.key.segments)
            return Node.Entry(key: id, keySpan: fact.keySpan, value: fact.value)
          }
          return renamed(Node(.mapping(named), span: member.span), key)
        }
        value = Node(.sequence(members), span: value.span)
      case .scalar: break
      }
      return Node.Entry(key: entry.key, keySpan: entry.keySpan, value: value)
    }
    return Node(.mapping(changed), span: node.span)
  }
}
