internal import AnnonaLanguage

/// Why a record was not redacted.
public enum RedactionProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// It was made without a secret, so that a hash could be tried out.
  case madeWithoutSecret
  case unknownFact(String)

  public var description: String {
    switch self {
    case .madeWithoutSecret:
      "the record was made without a secret, so that its facts cannot be redacted"
    case .unknownFact(let id): "the record has no fact `\(id)`"
    }
  }
}

/// Replaces facts, and what follows from them, by hashes that nobody can try out values for.
enum Redaction {
  /// The ids of the facts that have a redacted leaf.
  static func redactedFacts(in entries: [JSONValue]) -> [String] {
    entries.filter { entry in
      var isRedacted = false
      _ = entry.mappingLeaves(at: "") { _, leaf in
        isRedacted = isRedacted || Leaf.hash(in: leaf) != nil
        return leaf
      }
      return isRedacted
    }.compactMap { $0["id"]?.text }
  }

  /// Which steps rest on one of the facts; a fact that varies is read as of a date.
  static func dependent(_ steps: [JSONValue], on facts: Set<String>) -> [Bool] {
    var rests = steps.map { step in
      guard let id = step["id"]?.text else { return false }
      return facts.contains(id)
        || id.lastIndex(of: "@").map { facts.contains(String(id[..<$0])) } ?? false
    }
    var changed = true
    while changed {
      changed = false
      for index in steps.indices.reversed() {
        if !rests[index], let same = steps[index]["same_as"]?.number, rests.indices.contains(same),
          rests[same]
        {
          rests[index] = true
          changed = true
        }
        if rests[index], let whole = steps[index]["of"]?.number, rests.indices.contains(whole),
          !rests[whole]
        {
          rests[whole] = true
          changed = true
        }
      }
    }
    return rests
  }
}

extension Record {
  /// The facts that were redacted, by id.
  public var redactedFacts: [String] {
    Redaction.redactedFacts(in: document["facts"]?["entries"]?.items ?? [])
  }

  /// The same record, with the same id and seal, in which facts and every value that rests on them are hashes.
  ///
  /// What was decided stays: outcomes and amounts, and which rows and exceptions applied.
  ///
  /// - Parameter facts: their ids, such as `household.income`.
  public func redacting(_ facts: Set<String>) throws(RedactionProblem) -> Record {
    if case .none = keys { throw .madeWithoutSecret }
    let known = Set((document["facts"]?["entries"]?.items ?? []).compactMap { $0["id"]?.text })
    for fact in facts.sorted() where !known.contains(fact) { throw .unknownFact(fact) }
    let hidden = hiddenPaths(facts)
    var left: [String: [UInt8]] = [:]
    let changed = document.mappingLeaves(at: "") { path, leaf in
      guard Leaf.hash(in: leaf) == nil, let key = keys.key(of: path) else { return leaf }
      if hidden.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) {
        return Leaf.replaced(by: Leaf.commitment(leaf, key: key))
      }
      left[path] = key
      return leaf
    }
    let rest = LeafKeys.each(left)
    return Record(changed.with(["redaction": rest.json ?? .null]), kind, id, seal, rest)
  }

  /// Where the facts stand, and what follows from them.
  private func hiddenPaths(_ facts: Set<String>) -> Set<String> {
    var paths: Set<String> = []
    func add(_ section: String, _ items: [JSONValue]?, where matches: (JSONValue) -> Bool) {
      for (index, item) in (items ?? []).enumerated() where matches(item) {
        paths.insert("\(section)/\(index)")
      }
    }
    let steps = document["steps"]?.items ?? []
    let rests = Redaction.dependent(steps, on: facts)
    for index in steps.indices where rests[index] { paths.insert("steps/\(index)") }
    let known = Set(steps.indices.filter { !rests[$0] }.compactMap { steps[$0]["id"]?.text })
    func isNamed(_ item: JSONValue) -> Bool { item["id"]?.text.map(facts.contains) ?? false }
    add("facts/entries", document["facts"]?["entries"]?.items, where: isNamed)
    add("assumptions", document["assumptions"]?.items, where: isNamed)
    for (index, outcome) in (document["outcomes"]?.items ?? []).enumerated() {
      // What a reason says may hold any of the facts that it rests on.
      for part in ["reasons", "faults", "dismissed_faults"] {
        add("outcomes/\(index)/\(part)", outcome[part]?.items) { item in
          item["id"]?.text.map { !known.contains($0) } ?? true
        }
      }
      // What would change it says what is.
      if outcome["counterfactuals"] != nil { paths.insert("outcomes/\(index)/counterfactuals") }
    }
    return paths
  }
}
