internal import AnnonaLanguage

/// Where what a person said, or what follows from it, stands in a record: the members of these names.
///
/// A record made with a secret has a key for each of them. Its hashes then count, in place of each, a hash made with
/// that key, so that a leaf can be replaced by it without any other hash being altered.
enum Leaf {
  static let names: Set<String> = [
    "value", "left", "right", "difference", "text", "counterfactuals",
  ]

  /// What stands in place of a leaf: `{ "hash": "sha256:…" }`.
  static func hash(in value: JSONValue) -> Digest? {
    guard value.members.count == 1 else { return nil }
    return value["hash"]?.text.flatMap { Digest(text: $0) }
  }

  static func replaced(by digest: Digest) -> JSONValue {
    .object(["hash": .string(digest.description)])
  }

  /// The hash of a leaf, which nobody without its key can try out values for.
  static func commitment(_ value: JSONValue, key: [UInt8]) -> Digest {
    Digest(of: value.canonicalBytes, key: key)
  }
}

extension JSONValue {
  /// The same with every leaf as the change has it, which is told the leaf's path: `facts/3/value`.
  func mappingLeaves(
    at path: String, _ change: (String, JSONValue) -> JSONValue
  ) -> JSONValue {
    switch self {
    case .array(let items):
      .array(
        items.enumerated().map { $1.mappingLeaves(at: "\(path)/\($0)", change) })
    case .object(let members):
      .object(
        members.map { member in
          let own = path.isEmpty ? member.name : "\(path)/\(member.name)"
          let isLeaf = Leaf.names.contains(member.name)
          return Member(
            member.name,
            isLeaf ? change(own, member.value) : member.value.mappingLeaves(at: own, change))
        })
    default: self
    }
  }
}

/// The keys of a record's leaves: one from which all follow, or one for each leaf that is left.
enum LeafKeys: Sendable {
  case none
  case whole([UInt8])
  case each([String: [UInt8]])

  /// The key from which those of all leaves follow; another for every content.
  static func whole(secret: [UInt8], content: Digest) -> LeafKeys {
    .whole(Digest(of: content.bytes, key: secret).bytes)
  }

  func key(of path: String) -> [UInt8]? {
    switch self {
    case .none: nil
    case .whole(let key): Digest(of: Array(path.utf8), key: key).bytes
    case .each(let keys): keys[path]
    }
  }

  /// The value as hashes count it.
  func committed(_ value: JSONValue, at path: String) -> JSONValue {
    if case .none = self { return value }
    return value.mappingLeaves(at: path) { path, leaf in
      guard Leaf.hash(in: leaf) == nil, let key = key(of: path) else { return leaf }
      return Leaf.replaced(by: Leaf.commitment(leaf, key: key))
    }
  }

  // MARK: - In the record

  init?(_ value: JSONValue?) {
    guard let value else {
      self = .none
      return
    }
    guard value.members.count == 1 else { return nil }
    if let key = value["key"] {
      guard let bytes = Self.key(key) else { return nil }
      self = .whole(bytes)
      return
    }
    guard case .object(let members)? = value["keys"] else { return nil }
    var keys: [String: [UInt8]] = [:]
    for member in members {
      guard let bytes = Self.key(member.value) else { return nil }
      keys[member.name] = bytes
    }
    self = .each(keys)
  }

  private static func key(_ value: JSONValue) -> [UInt8]? {
    value.text.flatMap { Hexadecimal.bytes($0.utf8) }.flatMap { $0.count == 32 ? $0 : nil }
  }

  var json: JSONValue? {
    switch self {
    case .none: nil
    case .whole(let key): .object(["key": .string(Hexadecimal.text(key))])
    case .each(let keys):
      .object([
        "keys": .object(
          keys.sorted { $0.key < $1.key }.map { .init($0.key, .string(Hexadecimal.text($0.value))) }
        )
      ])
    }
  }
}
