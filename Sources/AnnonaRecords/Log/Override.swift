internal import AnnonaLanguage

/// What a human being decided on a step of a recorded decision; it becomes a record of its own, and never alters the first.
public struct OfficersDecision: Sendable, Hashable {
  /// The id of a step of the record: `person/maria.age`, `abono_de_familia/maria`.
  public var node: String
  public var officer: String
  /// On whose behalf, and by which provision.
  public var authority: String
  public var reason: String
  /// In place of the step's; none for a confirmation.
  public var value: String?

  public init(
    node: String, officer: String, authority: String, reason: String, value: String? = nil
  ) {
    self.node = node
    self.officer = officer
    self.authority = authority
    self.reason = reason
    self.value = value
  }

  public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
    case notADecision
    case unknownNode(String)
    /// Nobody decided, by no right, or without a reason: `officer`, `authority` or `reason`.
    case says(nothing: String)
    /// The step cannot have the value; with what it must be.
    case wrongValue(node: String, mustBe: String)

    public var description: String {
      switch self {
      case .notADecision: "an override is about a decision, not about another override"
      case .unknownNode(let node): "the record has no step `\(node)`"
      case .says(let name):
        "`--\(name)` is empty: an override names its officer, authority and reason"
      case .wrongValue(let node, let mustBe): "`\(node)` must be \(mustBe)"
      }
    }
  }

  /// What it must say and does not.
  fileprivate var missing: String? {
    [("officer", officer), ("authority", authority), ("reason", reason)]
      .first { $0.1.allSatisfy(\.isWhitespace) }?.0
  }
}

extension Record {
  /// Records what an officer decided on a step of this decision.
  ///
  /// - Parameter secret: of the authority, where the value must be redactable.
  public func overridden(
    by decision: OfficersDecision, producedAt: Moment? = nil, secret: [UInt8]? = nil
  ) throws(OfficersDecision.Problem) -> Record {
    guard kind == .decision else { throw .notADecision }
    if let missing = decision.missing { throw .says(nothing: missing) }
    let steps = document["steps"]?.items ?? []
    guard steps.contains(where: { $0["id"]?.text == decision.node }) else {
      throw .unknownNode(decision.node)
    }
    var override = MemberList()
    override.add("of", id.description)
    override.add("node", decision.node)
    override.add("officer", decision.officer)
    override.add("authority", decision.authority)
    override.add("reason", decision.reason)
    override.add("value", decision.value)
    override.add("confirms", .bool(decision.value == nil))
    return Record(
      sealing: .object([
        "record": .string(Record.schema), "kind": .string(Kind.override.rawValue),
        "identity": document["identity"] ?? .null, "override": override.object,
      ]), kind: .override, producedAt: producedAt, secret: secret)
  }

  /// What an officer decided; `nil` for a decision of the rules.
  public var officersDecision: OfficersDecision? {
    guard let override = document["override"] else { return nil }
    func text(_ name: String) -> String { override[name]?.text ?? "" }
    return OfficersDecision(
      node: text("node"), officer: text("officer"), authority: text("authority"),
      reason: text("reason"), value: override["value"]?.text)
  }
}
