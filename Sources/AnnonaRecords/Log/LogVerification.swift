import Foundation
import GRDB

extension DecisionLog {
  /// Goes through the whole log: every record, their order, the tree, the index and the rulebooks; decides every record again.
  ///
  /// - Parameters:
  ///   - checkpoint: what the log was at some time, from somebody who does not keep it.
  ///   - replays: whether records are decided again, which takes as long as deciding them took.
  public func verify(
    against checkpoint: Checkpoint? = nil, replaying replays: Bool = true
  ) throws(LogProblem) -> LogReport {
    try read { db in
      var verification = try LogVerification(db, checkpoint, replays)
      try verification.sources()
      try verification.entries()
      try verification.tree()
      try verification.history(checkpoint)
      return verification.report
    }
  }
}

private struct LogVerification {
  let db: Database
  let replays: Bool
  var report: LogReport
  /// The leaves of the tree, by position.
  private let leaves: [Digest?]
  private let positions: [Digest: Int]
  private let count: Int
  private let archive: ReplayCache
  /// The rulebook files that are there and are what their hash says.
  private var files: Set<Digest> = []

  init(_ db: Database, _ checkpoint: Checkpoint?, _ replays: Bool) throws {
    self.db = db
    self.replays = replays
    count = try DecisionLog.size(db)
    var leaves: [Digest?] = []
    let rows = try Row.fetchCursor(
      db, sql: "SELECT position, hash FROM nodes WHERE level = 0 ORDER BY position")
    while let row = try rows.next() {
      let position: Int = row[0]
      while leaves.count < position, leaves.count <= count { leaves.append(nil) }
      leaves.append(Digest(bytes: row[1] as Data))
    }
    self.leaves = leaves
    positions = Dictionary(
      leaves.enumerated().compactMap { index, leaf in leaf.map { ($0, index) } }
    ) { first, _ in first }
    archive = ReplayCache(LogArchive(db: db))
    let tree = StoredTree(db: db)
    let root = try? tree.root(of: count)
    report = LogReport(
      size: count, root: root ?? MerkleTree.empty, hasCheckpoint: checkpoint != nil)
  }

  private mutating func found(_ finding: LogFinding) { report.findings.append(finding) }

  mutating func sources() throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT digest, bytes FROM sources ORDER BY digest")
    while let row = try rows.next() {
      guard let digest = Digest(bytes: row[0] as Data) else { continue }
      if Digest(of: row[1] as Data) == digest {
        files.insert(digest)
      } else {
        found(.source(digest))
      }
    }
  }

  // MARK: - Records

  mutating func entries() throws {
    var next = 0
    let index = try IndexReading(db)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT position, seal, id, kind, about, subject, correlation, bytes
        FROM entries ORDER BY position
        """)
    while let row = try rows.next() {
      let position: Int = row[0]
      while next < position {
        found(.removed(position: next))
        next += 1
      }
      next = position + 1
      try entry(row, at: position, indexed: try index.terms(at: position))
    }
    if leaves.count > count { found(.newestRemoved(known: leaves.count)) }
  }

  private mutating func entry(
    _ row: Row, at position: Int, indexed known: Set<[String]>
  ) throws {
    let record: Record
    do {
      record = try Record(reading: Array(row["bytes"] as Data))
    } catch {
      found(.record(position: position, .altered(error)))
      return
    }
    let leaf = MerkleTree.leaf(record.seal.bytes)
    let wanted = position < leaves.count ? leaves[position] : nil
    guard leaf == wanted else {
      if let from = positions[leaf] {
        found(.moved(position: position, from: from))
      } else {
        found(.replaced(position: position))
      }
      return
    }
    let isIndexed =
      row["seal"] as Data == Data(record.seal.bytes) && row["id"] as Data == Data(record.id.bytes)
      && row["kind"] as String == record.kind.rawValue
      && row["about"] as Data? == record.about.map { Data($0.bytes) }
      && row["subject"] as String? == record.subject?.normalised
      && row["correlation"] as String? == record.correlation?.normalised
    let own = Set(record.terms.map { [$0.kind.rawValue, $0.name, $0.detail] })
    if !isIndexed || known != own { found(.index(position: position)) }
    let missing = record.ruleFiles.filter { !($0.digest.map(files.contains) ?? false) }
    guard missing.isEmpty else {
      found(.record(position: position, .rulebookMissing(missing.map(\.path))))
      return
    }
    guard replays else { return }
    let verdict = try archive.verdict(of: record)
    switch verdict {
    case .verified: report.replayed += 1
    case .redacted: report.redacted += 1
    case .intact: report.overrides += 1
    case .semanticsChanged where verdict.isGood: report.earlierSemantics += 1
    default: found(.record(position: position, verdict))
    }
  }

  // MARK: - The tree

  mutating func tree() throws {
    var below = leaves
    var level = 1
    while below.count > 1 || level == 1 {
      let rows = try Row.fetchAll(
        db, sql: "SELECT position, hash FROM nodes WHERE level = ? ORDER BY position",
        arguments: [level])
      // What is no number or no hash was put there by somebody.
      let stored = Dictionary(
        rows.map { row in
          (
            Int.fromDatabaseValue(row[0]) ?? -1,
            Data.fromDatabaseValue(row[1]).flatMap { Digest(bytes: $0) }
          )
        }
      ) { first, _ in first }
      var nodes: [Digest?] = []
      for position in 0..<below.count / 2 {
        var hash: Digest?
        if let left = below[2 * position], let right = below[2 * position + 1] {
          hash = MerkleTree.node(left, right)
          if stored[position] != hash { found(.tree(level: level, position: position)) }
        }
        nodes.append(hash)
      }
      if stored.count > nodes.count { found(.tree(level: level, position: nodes.count)) }
      below = nodes
      level += 1
    }
  }

  mutating func history(_ checkpoint: Checkpoint?) throws {
    guard let checkpoint else { return }
    guard checkpoint.size <= count else {
      if leaves.count <= count { found(.newestRemoved(known: checkpoint.size)) }
      return
    }
    // What stands in the tree was found to follow from the leaves, or reported.
    let root = try? StoredTree(db: db).root(of: checkpoint.size)
    if root != checkpoint.root { found(.otherHistory(size: checkpoint.size)) }
  }
}

extension Record {
  /// The files of its rulebooks, as records name them.
  fileprivate var ruleFiles: [(path: String, digest: Digest?)] {
    (document["rules"]?["rulebooks"]?.items ?? []).flatMap { rulebook in
      (rulebook["files"]?.items ?? []).map { file in
        (
          RulebookEdition.path(of: file["name"]?.text ?? "", in: rulebook["id"]?.text ?? ""),
          file["digest"]?.text.flatMap { Digest(text: $0) }
        )
      }
    }
  }
}

/// The index, read once from the first entry to the last: by entry it is not sorted, and looked up it would be gone through
/// for each of them.
private final class IndexReading {
  private let terms: [Int64: [String]]
  private let uses: RowCursor
  private var next: (position: Int, term: Int64)?

  init(_ db: Database) throws {
    terms = Dictionary(
      try Row.fetchAll(db, sql: "SELECT term, kind, name, detail FROM terms").map { row in
        (row[0] as Int64, (1...3).map { String.fromDatabaseValue(row[$0]) ?? "" })
      }
    ) { first, _ in first }
    uses = try Row.fetchCursor(db, sql: "SELECT position, term FROM uses ORDER BY position")
    try advance()
  }

  private func advance() throws {
    next = try uses.next().map { ($0[0] as Int, $0[1] as Int64) }
  }

  /// What an entry can be asked for by; positions are asked for in ascending order.
  func terms(at position: Int) throws -> Set<[String]> {
    var found: Set<[String]> = []
    while let use = next, use.position <= position {
      if use.position == position { found.insert(terms[use.term] ?? []) }
      try advance()
    }
    return found
  }
}

/// The rulebooks that a log keeps.
struct LogArchive: SourceArchive {
  let db: Database

  func bytes(of digest: Digest) throws -> [UInt8]? {
    try Data.fetchOne(
      db, sql: "SELECT bytes FROM sources WHERE digest = ?", arguments: [Data(digest.bytes)]
    ).map { Array($0) }
  }
}
