import GRDB

/// The tables of a log. Nothing in them is altered or removed, but for leaves of a record that are redacted.
enum LogSchema {
  /// Marks the file as a log of decisions: `Anno`.
  static let application: Int = 0x416E_6E6F
  static let version: Int = 1

  /// A path by which nobody else opens the file while the tables are made.
  static func create(_ db: Database) throws {
    try db.execute(sql: tables)
    try db.execute(sql: guards)
    try db.execute(sql: "PRAGMA application_id = \(application)")
    try db.execute(sql: "PRAGMA user_version = \(version)")
  }

  private static let tables = """
    -- Each record, in the order in which they came.
    CREATE TABLE entries (
      position INTEGER PRIMARY KEY, seal BLOB NOT NULL UNIQUE, id BLOB NOT NULL,
      kind TEXT NOT NULL, about BLOB, subject TEXT, correlation TEXT, bytes BLOB NOT NULL);
    CREATE INDEX entries_by_id ON entries (id);
    CREATE INDEX entries_by_about ON entries (about) WHERE about IS NOT NULL;
    CREATE INDEX entries_by_subject ON entries (subject) WHERE subject IS NOT NULL;
    CREATE INDEX entries_by_correlation ON entries (correlation) WHERE correlation IS NOT NULL;
    -- The hashes over 2^level entries each.
    CREATE TABLE nodes (
      level INTEGER NOT NULL, position INTEGER NOT NULL, hash BLOB NOT NULL,
      PRIMARY KEY (level, position)) WITHOUT ROWID;
    -- The files of rulebooks, each once.
    CREATE TABLE sources (digest BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
    -- What can be asked for, and which entries have it.
    CREATE TABLE terms (
      term INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, detail TEXT NOT NULL,
      UNIQUE (kind, name, detail));
    CREATE TABLE uses (
      term INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (term, position))
      WITHOUT ROWID;
    """

  private static let guards =
    ["entries", "nodes", "sources", "uses", "terms"].map { table in
      """
      CREATE TRIGGER \(table)_stay BEFORE DELETE ON \(table)
      BEGIN SELECT RAISE(ABORT, 'a log only grows'); END;
      """
    }.joined()
    + ["nodes", "sources", "uses", "terms"].map { table in
      """
      CREATE TRIGGER \(table)_hold BEFORE UPDATE ON \(table)
      BEGIN SELECT RAISE(ABORT, 'a log only grows'); END;
      """
    }.joined()
      + """
      CREATE TRIGGER entries_hold
      BEFORE UPDATE OF position, seal, id, kind, about, subject, correlation ON entries
      BEGIN SELECT RAISE(ABORT, 'a log only grows'); END;
      """
}
