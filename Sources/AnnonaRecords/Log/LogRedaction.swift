import Foundation
import GRDB

extension DecisionLog {
  /// Redacts facts of a record in the log: id, seal and tree stay, the values are overwritten on disk.
  public func redact(_ facts: Set<String>, of entry: LogEntry) throws {
    let redacted = try entry.record.redacting(facts)
    do {
      try database.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA secure_delete = ON")
        try db.inTransaction(.immediate) {
          try db.execute(
            sql: "UPDATE entries SET bytes = ? WHERE position = ? AND seal = ?",
            arguments: [Data(redacted.bytes), entry.position, Data(redacted.seal.bytes)])
          return .commit
        }
        // The old bytes must not stay in the journal either.
        _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    } catch {
      throw LogProblem(path, error)
    }
  }
}
