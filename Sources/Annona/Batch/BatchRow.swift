import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A row as the reader of cases reads it: the definition of what a row means.
struct BatchRow {
  struct Problem: Error {
    let messages: [String]
  }

  /// As JSON; `null` where the row has none.
  private(set) var id = Array("null".utf8)
  private(set) var facts: Result<Case, Problem>

  init(_ line: UnsafeBufferPointer<UInt8>, _ request: BatchRequest) {
    let program = request.rulebook.program
    let source = SourceFile(path: "row.json", bytes: Array(line))
    let (read, found) = readNodes(source, index: Int32(program.files.count))
    facts = .failure(Problem(messages: Self.messages(found)))
    guard let node = read, !found.hasErrors else { return }
    guard case .mapping(let entries) = node.content else {
      facts = .failure(Problem(messages: ["a row is a JSON object"]))
      return
    }
    var kept: [Node.Entry] = []
    for entry in entries {
      guard entry.key.text == request.idKey else {
        kept.append(entry)
        continue
      }
      guard case .scalar(let scalar) = entry.value.content else { continue }
      id = Array(
        (scalar.style == .plain ? scalar.text : JSONValue.string(scalar.text).compact).utf8)
    }
    guard id != Array("null".utf8) else {
      facts = .failure(Problem(messages: ["the row has no `\(request.idKey)`"]))
      return
    }
    var changed = Node(.mapping(kept), span: node.span)
    if request.memberIDKey != "id" { changed = Self.renamed(changed, request.memberIDKey) }
    let (facts, problems) = AnnonaEngine.readCase(changed, program, today: request.today)
    self.facts =
      problems.hasErrors
      ? .failure(Problem(messages: Self.messages(problems))) : .success(facts)
  }

  /// What is wrong, without the values.
  private static func messages(_ problems: [Diagnostic]) -> [String] {
    problems.inOrder().filter { $0.severity == .error }.map { "\($0.code): \($0.message)" }
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
