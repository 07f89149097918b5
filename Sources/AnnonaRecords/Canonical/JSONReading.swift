package import AnnonaLanguage

extension JSONValue {
  /// Reads JSON that holds no number but whole ones, as records do; `nil` for anything else.
  package init?(reading bytes: [UInt8]) {
    let (node, found) = readJSON(SourceFile(path: "record.json", bytes: bytes), index: 0)
    guard let node, !found.hasErrors else { return nil }
    self.init(node)
  }

  private init?(_ node: Node) {
    switch node.content {
    case .sequence(let nodes):
      let items = nodes.compactMap(Self.init)
      guard items.count == nodes.count else { return nil }
      self = .array(items)
    case .mapping(let entries):
      let members = entries.compactMap { entry in
        Self(entry.value).map { Member(entry.key.text, $0) }
      }
      guard members.count == entries.count else { return nil }
      self = .object(members)
    case .scalar(let scalar):
      if scalar.style == .quoted {
        self = .string(scalar.text)
        return
      }
      switch scalar.text {
      case "null": self = .null
      case "true": self = .bool(true)
      case "false": self = .bool(false)
      default:
        guard let number = Int(scalar.text) else { return nil }
        self = .integer(number)
      }
    }
  }

  /// The member of an object; `nil` where it has none of the name, and for anything but an object.
  package subscript(_ name: String) -> JSONValue? {
    members.first { $0.name == name }?.value
  }

  /// Of an object; none of anything else.
  package var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  /// Of a list; none of anything else.
  package var items: [JSONValue] {
    if case .array(let items) = self { items } else { [] }
  }

  package var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var number: Int? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// An object without the members of these names.
  package func without(_ names: Set<String>) -> JSONValue {
    .object(members.filter { !names.contains($0.name) })
  }

  /// An object with the members in place of those of the same names, behind the others.
  package func with(_ pairs: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(without(Set(pairs.map(\.key))).members + pairs.map { Member($0.key, $0.value) })
  }
}

/// Members of an object, without those that say nothing.
struct MemberList {
  private(set) var members: [JSONValue.Member] = []

  mutating func add(_ name: String, _ text: String?) {
    if let text { members.append(.init(name, .string(text))) }
  }

  mutating func add(_ name: String, _ value: JSONValue) { members.append(.init(name, value)) }

  /// Only what is true is written.
  mutating func add(_ name: String, if truth: Bool) {
    if truth { members.append(.init(name, .bool(true))) }
  }

  /// Only a list with something in it is written.
  mutating func add(_ name: String, _ items: [JSONValue]) {
    if !items.isEmpty { members.append(.init(name, .array(items))) }
  }

  var object: JSONValue { .object(members) }
}
