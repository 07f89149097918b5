/// What came of holding a record against the rulebook that it names.
public enum Verdict: Sendable, Hashable {
  /// Every byte is as it was sealed, and the same facts, law and date give the same decision again.
  case verified
  /// An override: every byte is as it was sealed; there is nothing to work out again.
  case intact
  case altered(RecordProblem)
  /// The exact files are not at hand: `pt.ias/ias.yaml`.
  case rulebookMissing([String])
  /// They are at hand, and this engine no longer takes them for a rulebook.
  case rulebookRefused
  /// The recorded facts are not those of a case of the rulebook.
  case factsRefused
  /// Decided by another definition of the language; with what comes out by this one, if it differs.
  case semanticsChanged(recorded: String, engine: String, Difference?)
  case outcomeDiffers(Difference)
  /// Every byte is as it was sealed; these facts were taken out, so that it cannot be decided again.
  case redacted([String])

  /// Whether nothing speaks against the record.
  public var isGood: Bool {
    switch self {
    case .verified, .intact, .redacted: true
    case .semanticsChanged(_, _, let difference): difference == nil
    case .altered, .rulebookMissing, .rulebookRefused, .factsRefused, .outcomeDiffers: false
    }
  }
}

extension Verdict: CustomStringConvertible {
  public var description: String {
    switch self {
    case .verified: "verified: intact, and decided again alike"
    case .intact: "intact: an officer's decision, which is not worked out again"
    case .altered(let problem): "\(problem)"
    case .rulebookMissing(let files):
      "rulebook missing: intact, not replayed, since nobody has \(files.joined(separator: ", "))"
    case .rulebookRefused: "rulebook refused: intact, not replayed, since the rulebook has errors"
    case .factsRefused: "facts refused: intact, not replayed, since the facts are no case"
    case .semanticsChanged(let recorded, let engine, let difference):
      "semantics changed: decided by definition \(recorded), this engine has \(engine); "
        + (difference.map { "\($0)" } ?? "decided again alike")
    case .outcomeDiffers(let difference): "outcome differs: \(difference)"
    case .redacted(let facts):
      "intact, \(facts.count) \(facts.count == 1 ? "fact" : "facts") redacted, not replayed"
    }
  }
}

/// In what two decisions on one case differ.
public struct Difference: Sendable, Hashable {
  /// A benefit whose outcome or amount is another.
  public struct Change: Sendable, Hashable {
    /// `abono_de_familia/maria`
    public let benefit: String
    public let before: String
    public let after: String
    /// The second amount minus the first, with its unit, where both are of one unit; nothing paid counts as 0.
    public let money: String?
  }

  /// A step whose value or part in the decision is another, though all that it comes from is the same.
  public struct Node: Sendable, Hashable {
    public let id: String
    public let before: String?
    public let after: String?
  }

  public let changes: [Change]
  /// The first in the order of the trace.
  public let node: Node?
}

extension Difference: CustomStringConvertible {
  /// Names no value: what a person said is nowhere printed unasked.
  public var description: String {
    let what =
      changes.isEmpty
      ? "the same outcomes by other steps" : changes.map(\.benefit).joined(separator: ", ")
    return what + (node.map { ", first at \($0.id)" } ?? "")
  }
}
