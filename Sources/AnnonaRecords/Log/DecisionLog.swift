import Annona
import Foundation
import GRDB

/// An append-only log of records in a SQLite file, with a hash tree over them and the rulebooks that they name.
///
/// What `append` has returned is on disk and stays there if the machine or the process is killed. Several processes may
/// append at once; each waits for the other.
public final class DecisionLog: Sendable {
  /// As it was named.
  public let path: String
  let database: DatabaseQueue

  public enum Access: Sendable, Hashable {
    case reading
    /// A file that is not there yet, or empty, becomes a log.
    case appending
  }

  /// How long others may keep the file locked, in seconds.
  private static let patience = 30.0

  public convenience init(_ path: String, for access: Access) throws(LogProblem) {
    try self.init(path, for: access, mayWrite: FileSystem.isWritableBesides(path))
  }

  /// - Parameter mayWrite: whether the file, and files beside it, can be written; where not, it is read without either.
  init(_ path: String, for access: Access, mayWrite: Bool) throws(LogProblem) {
    self.path = path
    do {
      if access == .reading, !FileSystem.hasFile(path) {
        throw LogProblem(path: path, reason: "there is no such file")
      }
      if access == .appending { FileSystem.begin(path) }
      let opening = try LogOpening(path, access == .appending || mayWrite)
      var configuration = opening.configuration
      configuration.busyMode = .timeout(Self.patience)
      configuration.label = "log"
      database = try DatabaseQueue(path: opening.name, configuration: configuration)
      try database.writeWithoutTransaction { db in
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        if application == 0, access == .appending { try Self.found(db, path) }
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") == LogSchema.application else {
          throw LogProblem(path: path, reason: LogProblem.noLog)
        }
        guard try Int.fetchOne(db, sql: "PRAGMA user_version") == LogSchema.version else {
          throw LogProblem(path: path, reason: LogProblem.otherVersion)
        }
        // A commit is on disk before it is acknowledged.
        if access == .appending { try db.execute(sql: "PRAGMA synchronous = FULL") }
      }
    } catch {
      throw LogProblem(path, error)
    }
  }

  /// Makes a new file a log; of several that do so at once, one does.
  private static func found(_ db: Database, _ path: String) throws {
    _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
    try db.inTransaction(.immediate) {
      let isFounded = try Int.fetchOne(db, sql: "PRAGMA application_id") == LogSchema.application
      if isFounded { return .commit }
      guard try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0 else {
        throw LogProblem(path: path, reason: LogProblem.noLog)
      }
      try LogSchema.create(db)
      return .commit
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(LogProblem) -> Value {
    do {
      return try database.read(body)
    } catch {
      throw LogProblem(path, error)
    }
  }

  // MARK: - Appending

  /// How many records it has.
  public func size() throws(LogProblem) -> Int {
    try read { try Self.size($0) }
  }

  /// How much it holds: the rows of its index, and the bytes of its file.
  public func figures() throws(LogProblem) -> (indexRows: Int, bytes: Int) {
    try read { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      let size = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
      return (try Int.fetchOne(db, sql: "SELECT count(*) FROM uses") ?? 0, pages * size)
    }
  }

  static func size(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT coalesce(max(position) + 1, 0) FROM entries") ?? 0
  }

  /// Where a record stands in the log, and whether it was appended now.
  public struct Place: Sendable, Hashable {
    public let position: Int
    /// Not for a record that the log had already.
    public let isNew: Bool
  }

  /// Appends a record, with the files of its rulebooks where the log has them not yet.
  ///
  /// - Returns: its position. A decision that the log has already is not appended again, whenever it was produced.
  @discardableResult
  public func append(
    _ record: Record, from editions: [RulebookEdition] = []
  ) throws(LogProblem) -> Int {
    try place([record], from: editions).first?.position ?? 0
  }

  /// Appends several records, all of them or none.
  ///
  /// - Returns: their positions.
  @discardableResult
  public func append(
    _ records: [Record], from editions: [RulebookEdition] = []
  ) throws(LogProblem) -> [Int] {
    try place(records, from: editions).map(\.position)
  }

  /// Appends several records, all of them or none, and says which of them the log had already.
  public func place(
    _ records: [Record], from editions: [RulebookEdition] = []
  ) throws(LogProblem) -> [Place] {
    var places: [Place] = []
    do {
      try database.writeWithoutTransaction { db in
        try db.inTransaction(.immediate) {
          try Self.keep(editions, in: db)
          places = try records.map { try Self.append($0, to: db) }
          return .commit
        }
      }
    } catch {
      throw LogProblem(path, error)
    }
    return places
  }

  private static func keep(_ editions: [RulebookEdition], in db: Database) throws {
    let insert = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO sources (digest, bytes) VALUES (?, ?)")
    for file in editions.flatMap(\.files) {
      try insert.execute(arguments: [Data(file.digest.bytes), Data(file.bytes)])
    }
  }

  private static func append(_ record: Record, to db: Database) throws -> Place {
    let seal = Data(record.seal.bytes)
    if let known = try known(record, in: db) { return Place(position: known, isNew: false) }
    let position = try size(db)
    try db.cachedStatement(
      sql: """
        INSERT INTO entries (position, seal, id, kind, about, subject, correlation, bytes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      position, seal, Data(record.id.bytes), record.kind.rawValue,
      record.about.map { Data($0.bytes) }, record.subject, record.correlation, Data(record.bytes),
    ])
    try StoredTree(db: db).append(MerkleTree.leaf(record.seal.bytes), at: position)
    for term in record.terms { try insert(term, at: position, in: db) }
    return Place(position: position, isNew: true)
  }

  /// Where the log has it already. What officers decide counts each time: the last of them holds.
  private static func known(_ record: Record, in db: Database) throws -> Int? {
    if let same = try Int.fetchOne(
      db, sql: "SELECT position FROM entries WHERE seal = ?", arguments: [Data(record.seal.bytes)])
    {
      return same
    }
    guard record.kind == .decision else { return nil }
    return try Int.fetchOne(
      db, sql: "SELECT min(position) FROM entries WHERE id = ?", arguments: [Data(record.id.bytes)])
  }

  private static func insert(_ term: Term, at position: Int, in db: Database) throws {
    let parts: StatementArguments = [term.kind.rawValue, term.name, term.detail]
    let find = try db.cachedStatement(
      sql: "SELECT term FROM terms WHERE kind = ? AND name = ? AND detail = ?")
    var number = try Int64.fetchOne(find, arguments: parts)
    if number == nil {
      try db.cachedStatement(sql: "INSERT INTO terms (kind, name, detail) VALUES (?, ?, ?)")
        .execute(arguments: parts)
      number = db.lastInsertedRowID
    }
    try db.cachedStatement(sql: "INSERT INTO uses (term, position) VALUES (?, ?)")
      .execute(arguments: [number, position])
  }
}

/// The tree as a log keeps it: every whole subtree, none of which ever changes.
struct StoredTree: HashTree {
  let db: Database

  func hash(level: Int, position: Int) throws -> Digest {
    let statement = try db.cachedStatement(
      sql: "SELECT hash FROM nodes WHERE level = ? AND position = ?")
    guard let bytes = try Data.fetchOne(statement, arguments: [level, position]),
      let digest = Digest(bytes: bytes)
    else { throw DatabaseError(resultCode: .SQLITE_CORRUPT) }
    return digest
  }

  /// Adds a leaf, and every subtree that it makes whole.
  func append(_ leaf: Digest, at position: Int) throws {
    var (level, place, hash) = (0, position, leaf)
    let insert = try db.cachedStatement(
      sql: "INSERT INTO nodes (level, position, hash) VALUES (?, ?, ?)")
    try insert.execute(arguments: [level, place, Data(hash.bytes)])
    while !place.isMultiple(of: 2) {
      hash = MerkleTree.node(try self.hash(level: level, position: place - 1), hash)
      level += 1
      place >>= 1
      try insert.execute(arguments: [level, place, Data(hash.bytes)])
    }
  }
}
