/// What is wrong with a log.
public enum LogFinding: Sendable, Hashable {
  /// A record that does not verify.
  case record(position: Int, Verdict)
  /// Nothing stands at the position, though the tree has a leaf for it.
  case removed(position: Int)
  /// The record stood at another position.
  case moved(position: Int, from: Int)
  /// Another record stood there.
  case replaced(position: Int)
  /// A hash of the tree does not follow from those below it.
  case tree(level: Int, position: Int)
  /// There were more records than there are.
  case newestRemoved(known: Int)
  /// The first records are not those that the checkpoint saw.
  case otherHistory(size: Int)
  /// What can be asked for does not follow from the record.
  case index(position: Int)
  /// A file of a rulebook is not what its hash says.
  case source(Digest)
}

extension LogFinding: CustomStringConvertible {
  public var description: String {
    switch self {
    case .record(let position, let verdict): "entry \(position): \(verdict)"
    case .removed(let position): "entry \(position): entry removed"
    case .moved(let position, let from):
      "entry \(position): entries reordered, it stood at \(from)"
    case .replaced(let position): "entry \(position): entry replaced, another record stood there"
    case .tree(let level, let position):
      "the tree: bytes altered in the hash at level \(level), place \(position)"
    case .newestRemoved(let known): "newest entries removed: there were \(known)"
    case .otherHistory(let size):
      "another history: the first \(size) entries are not those of the checkpoint"
    case .index(let position): "entry \(position): its index is not what the record says"
    case .source(let digest): "the rulebook file \(digest): bytes altered"
    }
  }
}

/// What came of verifying a log.
public struct LogReport: Sendable {
  public let size: Int
  public let root: Digest
  /// Decided again alike.
  public internal(set) var replayed = 0
  /// Intact, and not decided again: redacted.
  public internal(set) var redacted = 0
  /// Intact overrides.
  public internal(set) var overrides = 0
  /// Intact, decided by an earlier definition of the language and again alike.
  public internal(set) var earlierSemantics = 0
  public internal(set) var findings: [LogFinding] = []
  /// Whether a checkpoint told how many records there must be.
  public let hasCheckpoint: Bool

  init(size: Int, root: Digest, hasCheckpoint: Bool) {
    self.size = size
    self.root = root
    self.hasCheckpoint = hasCheckpoint
  }

  public var isGood: Bool { findings.isEmpty }
}
