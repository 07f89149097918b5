internal import AnnonaLanguage

/// What shows others that a record is in a log, or that a log only grew, without showing them the log.
public enum LogProof: Sendable, Hashable {
  case inclusion(seal: Digest, position: Int, size: Int, [Digest])
  case growth(from: Int, to: Int, [Digest])

  /// JSON for people to hand on, without a line break at the end.
  public var text: String {
    func list(_ digests: [Digest]) -> JSONValue { .array(digests.map { .string($0.description) }) }
    switch self {
    case .inclusion(let seal, let position, let size, let steps):
      return JSONValue.object([
        "proof": "annona.inclusion/1", "seal": .string(seal.description),
        "position": .integer(position), "size": .integer(size), "steps": list(steps),
      ]).pretty
    case .growth(let from, let to, let steps):
      return JSONValue.object([
        "proof": "annona.growth/1", "from": .integer(from), "to": .integer(to),
        "steps": list(steps),
      ]).pretty
    }
  }

  /// `nil` where the text is no proof.
  public init?(reading bytes: [UInt8]) {
    guard let value = JSONValue(reading: bytes) else { return nil }
    let written = value["steps"]?.items ?? []
    let steps = written.compactMap { $0.text.flatMap { Digest(text: $0) } }
    guard steps.count == written.count else { return nil }
    switch value["proof"]?.text {
    case "annona.inclusion/1":
      guard let seal = value["seal"]?.text.flatMap({ Digest(text: $0) }),
        let position = value["position"]?.number, let size = value["size"]?.number
      else { return nil }
      self = .inclusion(seal: seal, position: position, size: size, steps)
    case "annona.growth/1":
      guard let from = value["from"]?.number, let to = value["to"]?.number else { return nil }
      self = .growth(from: from, to: to, steps)
    default: return nil
    }
  }

  /// Whether it shows that a record is in the log that the checkpoint is of.
  public func shows(_ record: Record, in checkpoint: Checkpoint) -> Bool {
    guard case .inclusion(let seal, let position, let size, let steps) = self,
      seal == record.seal, size == checkpoint.size
    else { return false }
    return MerkleTree.includes(
      MerkleTree.leaf(seal.bytes), at: position, in: size, root: checkpoint.root, proof: steps)
  }

  /// Whether it shows that a log only grew from one checkpoint to another.
  public func shows(growthFrom old: Checkpoint, to new: Checkpoint) -> Bool {
    guard case .growth(let from, let to, let steps) = self, from == old.size, to == new.size,
      old.origin == new.origin
    else { return false }
    return MerkleTree.grew(
      from: from, root: old.root, to: to, root: new.root, proof: steps)
  }
}

extension DecisionLog {
  /// What the log is now, or was when it had so many records.
  public func checkpoint(
    origin: String, size: Int? = nil, at: Moment? = nil
  ) throws(LogProblem) -> Checkpoint {
    try read { db in
      let whole = try Self.size(db)
      let size = size ?? whole
      guard size >= 0, size <= whole else { throw LogProblem.tooLarge(size, whole, path) }
      return Checkpoint(
        origin: origin, size: size, root: try StoredTree(db: db).root(of: size), at: at)
    }
  }

  /// What shows that a record is among the first so many.
  public func inclusionProof(of entry: LogEntry, size: Int? = nil) throws(LogProblem) -> LogProof {
    try read { db in
      let whole = try Self.size(db)
      let size = size ?? whole
      guard size > entry.position, size <= whole else {
        throw LogProblem.tooLarge(size, whole, path)
      }
      return .inclusion(
        seal: entry.record.seal, position: entry.position, size: size,
        try StoredTree(db: db).inclusionProof(of: entry.position, in: size))
    }
  }

  /// What shows that the log only grew.
  public func growthProof(from old: Int, to size: Int? = nil) throws(LogProblem) -> LogProof {
    try read { db in
      let whole = try Self.size(db)
      let size = size ?? whole
      guard old >= 0, old <= size, size <= whole else {
        throw LogProblem.tooLarge(max(old, size), whole, path)
      }
      return .growth(
        from: old, to: size, try StoredTree(db: db).consistencyProof(from: old, to: size))
    }
  }
}

extension LogProblem {
  fileprivate static func tooLarge(_ size: Int, _ whole: Int, _ path: String) -> LogProblem {
    LogProblem(path: path, reason: "it has \(whole) records, not \(size) of them")
  }
}
