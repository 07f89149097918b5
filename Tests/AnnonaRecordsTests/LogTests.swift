import Annona
import Foundation
import GRDB
import Support
import Testing

@testable import AnnonaRecords

private typealias Record = AnnonaRecords.Record

/// A log in a folder of its own, with so many records: of households that differ in their income.
final class FilledLog {
  let folder: TemporaryFolder
  let recorded: RecordedRulebook
  var path: String { folder.path + "/decisions.db" }

  init(_ count: Int = 5, secret: [UInt8]? = nil) throws {
    folder = try TemporaryFolder(["empty": ""])
    recorded = try Grant.rulebook()
    let log = try DecisionLog(path, for: .appending)
    for number in 0..<count {
      try log.append(try record(number, secret: secret), from: recorded.editions)
    }
  }

  func record(_ number: Int, secret: [UInt8]? = nil) throws -> AnnonaRecords.Record {
    try Grant.record(
      under: recorded, secret: secret, setting: ["household.income=\(1_000 + number * 100)"])
  }

  func open() throws -> DecisionLog { try DecisionLog(path, for: .reading) }

  /// What somebody does to the file who may write it, the guards taken off.
  func tamper(_ sql: String...) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let database = try DatabaseQueue(path: path, configuration: configuration)
    try database.write { db in
      for name in try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
      {
        try db.execute(sql: "DROP TRIGGER \(name)")
      }
      for statement in sql { try db.execute(sql: statement) }
    }
  }
}

@Suite("Log")
struct LogTests {
  @Test func keepsRecordsInOrder() throws {
    let filled = try FilledLog(9)
    let log = try filled.open()
    #expect(try log.size() == 9)
    for number in 0..<9 {
      let record = try filled.record(number)
      #expect(try log.entry("\(number)").record.bytes == record.bytes)
      #expect(try log.entry(record.id.description).position == number)
      #expect(try log.entry(String(record.id.digits.prefix(12))).position == number)
    }
    let report = try log.verify()
    #expect(report.findings == [])
    #expect(report.replayed == 9)
  }

  @Test func doesNotAppendTwice() throws {
    let filled = try FilledLog(3)
    let log = try DecisionLog(filled.path, for: .appending)
    #expect(try log.append(filled.record(1)) == 1)
    #expect(try log.size() == 3)
  }

  /// The id of a decision is the same whenever it was produced; what officers decide counts each time.
  @Test func keepsADecisionOnceWheneverItWasProduced() throws {
    let filled = try FilledLog(3)
    let log = try DecisionLog(filled.path, for: .appending)
    let later = try Grant.record(
      under: filled.recorded, producedAt: "2025-11-01T10:00:02Z", setting: ["household.income=1100"]
    )
    #expect(try later.seal != filled.record(1).seal)
    #expect(try log.place([later]) == [.init(position: 1, isNew: false)])
    let decision = OfficersDecision(node: "grant", officer: "o", authority: "a", reason: "r")
    for (second, position) in [(1, 3), (2, 4)] {
      let override = try later.overridden(
        by: decision, producedAt: Moment("2025-11-02T00:00:0\(second)Z"))
      #expect(try log.place([override]) == [.init(position: position, isNew: true)])
    }
    #expect(try log.size() == 5)
  }

  @Test func keepsEachRulebookOnce() throws {
    let filled = try FilledLog(3)
    let log = try filled.open()
    let record = try filled.record(2)
    #expect(try log.rulebook(of: record).editions == filled.recorded.editions)
    let kept = try log.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sources") }
    #expect(kept == 2)
  }

  @Test(arguments: [
    "DELETE FROM entries WHERE position = 1", "UPDATE entries SET seal = x'00' WHERE position = 1",
    "UPDATE entries SET position = 9 WHERE position = 1", "DELETE FROM nodes",
    "UPDATE nodes SET hash = x'00'", "DELETE FROM sources", "UPDATE sources SET bytes = x'00'",
    "DELETE FROM uses", "DELETE FROM terms", "UPDATE terms SET name = ''",
  ])
  func onlyGrows(_ sql: String) throws {
    let filled = try FilledLog(3)
    let database = try filled.open().database
    #expect(throws: DatabaseError.self) { try database.write { try $0.execute(sql: sql) } }
    #expect(try filled.open().verify().isGood)
  }

  @Test func refusesOtherFiles() throws {
    let folder = try TemporaryFolder(["text.db": "This is no database at all, but a text."])
    #expect(
      throws: LogProblem(path: folder.path + "/text.db", reason: "this is no log of decisions")
    ) {
      try DecisionLog(folder.path + "/text.db", for: .appending)
    }
    #expect(throws: LogProblem(path: folder.path + "/none.db", reason: "there is no such file")) {
      try DecisionLog(folder.path + "/none.db", for: .reading)
    }
    let other = try DatabaseQueue(path: folder.path + "/other.db")
    try other.write { try $0.execute(sql: "CREATE TABLE people (name TEXT)") }
    #expect(throws: LogProblem.self) { try DecisionLog(folder.path + "/other.db", for: .appending) }
  }

  /// Whoever may not write it reads it all the same, and makes no file beside it.
  @Test func isReadWhereItCannotBeWritten() throws {
    let filled = try FilledLog(3)
    let place = "\(filled.folder.path)/a %3f b#?c"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    let path = place + "/decisions.db"
    try FileManager.default.copyItem(atPath: filled.path, toPath: path)
    let log = try DecisionLog(path, for: .reading, mayWrite: false)
    #expect(try log.verify().findings == [])
    #expect(try log.find(LogQuery()).entries.count == 3)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["decisions.db"])
  }

  /// Entries that were not brought into the file yet are read, or said to be missing; never passed over.
  @Test func readsOrNamesWhatStandsInTheJournal() throws {
    let filled = try FilledLog(2)
    let copy = "\(filled.folder.path)/copy.db"
    let log = try DecisionLog(filled.path, for: .appending)
    try log.append(try filled.record(2))
    for ending in ["", "-wal", "-shm"] {
      try FileManager.default.copyItem(atPath: filled.path + ending, toPath: copy + ending)
    }
    let whole = try DecisionLog(copy, for: .reading, mayWrite: false)
    #expect(try whole.size() == 3)
    try FileManager.default.removeItem(atPath: copy + "-shm")
    #expect(
      throws: LogProblem(
        path: copy,
        reason: "its newest entries stand in `\(copy)-wal`, "
          + "which only somebody who may write the log can bring in")
    ) {
      try DecisionLog(copy, for: .reading, mayWrite: false)
    }
  }

  @Test func saysWhyItFindsNoRecord() throws {
    let filled = try FilledLog(2)
    for position in 0..<2 {
      try filled.tamper(
        "UPDATE entries SET id = x'abcdef\(String(repeating: "0\(position)", count: 29))' "
          + "WHERE position = \(position)")
    }
    let log = try filled.open()
    func problem(_ name: String) -> String {
      do {
        return "\(try log.entry(name).position)"
      } catch {
        return error.reason
      }
    }
    #expect(problem("1") == "1")
    #expect(problem("abcdef01") == "1")
    #expect(problem("sha256:abcdef00") == "0")
    #expect(
      problem("abcdef") == "`abcdef` is not unique: the ids of several records begin so")
    for short in ["abc", "abcde", "sha256:ab"] {
      #expect(problem(short) == "`\(short)` is too short: write at least 6 digits of the id")
    }
    for none in ["7", "abcdef02", "123456", "nobody", ""] {
      #expect(problem(none) == "there is no record `\(none)`")
    }
  }

  /// Two connections append at once: nothing is lost, and the tree is whole.
  @Test func isAppendedToBySeveral() async throws {
    let filled = try FilledLog(0)
    let path = filled.path
    let recorded = filled.recorded
    let records = try (0..<24).map { try filled.record($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for part in 0..<3 {
        group.addTask {
          let log = try DecisionLog(path, for: .appending)
          for record in records[part * 8..<part * 8 + 8] {
            try log.append(record, from: recorded.editions)
          }
        }
      }
      try await group.waitForAll()
    }
    let log = try filled.open()
    #expect(try log.size() == 24)
    #expect(try log.verify(replaying: false).findings == [])
    for record in records { #expect(try log.entry(record.id.description).record.id == record.id) }
  }
}

@Suite("Verifying a log")
struct LogVerificationTests {
  private func findings(of count: Int = 5, _ sql: [String]) throws -> [LogFinding] {
    let filled = try FilledLog(count)
    for statement in sql { try filled.tamper(statement) }
    return try filled.open().verify().findings
  }

  @Test func namesAnAlteredRecord() throws {
    let found = try findings([
      """
      UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '1200 EUR/month', '1100 EUR/month')
      AS BLOB) WHERE position = 2
      """
    ])
    #expect(found == [.record(position: 2, .altered(.altered("facts")))])
    #expect(
      found.map(\.description)
        == ["entry 2: bytes altered: the hash `facts` does not fit"])
  }

  @Test func namesAMissingRulebook() throws {
    let found = try findings(
      of: 1, ["DELETE FROM sources WHERE CAST(bytes AS TEXT) LIKE '%Order%'"])
    #expect(found == [.record(position: 0, .rulebookMissing(["grant.base/figures.yaml"]))])
    #expect(
      found.map(\.description) == [
        "entry 0: rulebook missing: intact, not replayed, since nobody has "
          + "grant.base/figures.yaml"
      ])
  }

  /// A number where a hash was, or bytes where a text was, are found like any other change.
  @Test(arguments: [
    "UPDATE nodes SET hash = 7 WHERE level = 1", "UPDATE nodes SET hash = 7 WHERE level = 0",
    "UPDATE nodes SET position = 'x' WHERE level = 1 AND position = 0",
    "UPDATE terms SET name = x'ff' WHERE term = 1", "UPDATE entries SET kind = x'ff'",
    "UPDATE entries SET seal = 5 WHERE position = 0", "UPDATE entries SET bytes = 5",
    "UPDATE sources SET bytes = 5",
  ])
  func namesWhatIsOfAnotherKind(_ sql: String) throws {
    let filled = try FilledLog(3)
    try filled.tamper(sql)
    #expect(try !filled.open().verify(replaying: false).findings.isEmpty)
  }

  /// Without deciding anything again too, and for what cannot be decided again.
  @Test func namesAMissingRulebookWithoutReplaying() throws {
    let filled = try FilledLog(2, secret: Grant.secret)
    let entry = try filled.open().entry("1")
    try DecisionLog(filled.path, for: .appending).redact(["household.income"], of: entry)
    try filled.tamper("DELETE FROM sources")
    let files = ["grant.base/figures.yaml", "grant/rules.yaml"]
    for replays in [true, false] {
      let found = try filled.open().verify(replaying: replays).findings
      #expect(
        found.map { finding -> [String] in
          if case .record(_, .rulebookMissing(let missing)) = finding {
            missing.sorted()
          } else {
            []
          }
        } == [files, files])
    }
  }

  @Test func namesAnAlteredRulebook() throws {
    let found = try findings(
      of: 1,
      [
        """
        UPDATE sources SET bytes = CAST(replace(CAST(bytes AS TEXT), '1_200', '1_300') AS BLOB)
        WHERE CAST(bytes AS TEXT) LIKE '%Order%'
        """
      ])
    guard case .source(let digest)? = found.first else {
      Issue.record("\(found)")
      return
    }
    #expect("\(found[0])" == "the rulebook file \(digest): bytes altered")
    #expect(found.count == 2)
  }

  @Test func namesARemovedEntry() throws {
    let found = try findings(["DELETE FROM entries WHERE position = 2"])
    #expect(found == [.removed(position: 2)])
    #expect(found.map(\.description) == ["entry 2: entry removed"])
  }

  @Test func namesReorderedEntries() throws {
    let found = try findings([
      """
      UPDATE entries SET position = -1 WHERE position = 1;
      UPDATE entries SET position = 1 WHERE position = 3;
      UPDATE entries SET position = 3 WHERE position = -1
      """
    ])
    #expect(found == [.moved(position: 1, from: 3), .moved(position: 3, from: 1)])
    #expect(found[0].description == "entry 1: entries reordered, it stood at 3")
  }

  /// Removed, and those behind it moved up.
  @Test func namesEntriesThatMovedUp() throws {
    let found = try findings([
      """
      DELETE FROM entries WHERE position = 1;
      UPDATE entries SET position = position - 1 WHERE position = 2;
      UPDATE entries SET position = position - 1 WHERE position = 3;
      UPDATE entries SET position = position - 1 WHERE position = 4
      """
    ])
    #expect(
      found == [
        .moved(position: 1, from: 2), .moved(position: 2, from: 3), .moved(position: 3, from: 4),
        .newestRemoved(known: 5),
      ])
  }

  @Test func namesAReplacedEntry() throws {
    let filled = try FilledLog(3)
    let other = try filled.record(17)
    let hex = Hexadecimal.text(other.bytes)
    try filled.tamper("UPDATE entries SET bytes = x'\(hex)' WHERE position = 1")
    let found = try filled.open().verify().findings
    #expect(found == [.replaced(position: 1)])
    #expect(found[0].description == "entry 1: entry replaced, another record stood there")
  }

  @Test func namesAnAlteredTree() throws {
    let zeros = String(repeating: "00", count: 32)
    let found = try findings([
      "UPDATE nodes SET hash = x'\(zeros)' WHERE level = 1 AND position = 1"
    ])
    #expect(found == [.tree(level: 1, position: 1)])
    #expect(
      found[0].description == "the tree: bytes altered in the hash at level 1, place 1")
    let leaf = try findings([
      "UPDATE nodes SET hash = x'\(zeros)' WHERE level = 0 AND position = 2"
    ])
    #expect(leaf.contains(.replaced(position: 2)) && leaf.contains(.tree(level: 1, position: 1)))
  }

  @Test func namesAnAlteredIndex() throws {
    let found = try findings(["DELETE FROM uses WHERE position = 3 AND term = 1"])
    #expect(found == [.index(position: 3)])
    #expect(
      found[0].description == "entry 3: its index is not what the record says")
    #expect(try findings(["UPDATE entries SET subject = 'x' WHERE position = 0"]).count == 1)
  }

  /// The newest entries, with everything that tells of them: only a checkpoint knows.
  @Test func findsTheNewestRemovedByACheckpoint() throws {
    let removal = [
      "DELETE FROM entries WHERE position > 3", "DELETE FROM uses WHERE position > 3",
      "DELETE FROM nodes WHERE (position + 1) << level > 4",
    ]
    let filled = try FilledLog(6)
    let checkpoint = try filled.open().checkpoint(origin: "log")
    for statement in removal { try filled.tamper(statement) }
    let log = try filled.open()
    let blind = try log.verify()
    #expect(blind.isGood && !blind.hasCheckpoint)
    let found = try log.verify(against: checkpoint)
    #expect(found.findings == [.newestRemoved(known: 6)])
    #expect(found.findings[0].description == "newest entries removed: there were 6")
    // Where the tree still knows them, no checkpoint is needed.
    #expect(
      try findings(["DELETE FROM entries WHERE position > 3"]) == [.newestRemoved(known: 5)])
  }

  /// A whole other history, right in itself.
  @Test func findsAnotherHistoryByACheckpoint() throws {
    let checkpoint = try FilledLog(4).open().checkpoint(origin: "log")
    let filled = try FilledLog(0)
    let log = try DecisionLog(filled.path, for: .appending)
    for number in [0, 1, 3, 2, 4] {
      try log.append(try filled.record(number), from: filled.recorded.editions)
    }
    let found = try log.verify(against: checkpoint).findings
    #expect(found == [.otherHistory(size: 4)])
    #expect(
      found[0].description
        == "another history: the first 4 entries are not those of the checkpoint")
    let earlier = try FilledLog(2).open().checkpoint(origin: "log")
    #expect(try log.verify(against: earlier).isGood)
  }

  /// Any byte of the file may be damaged: the log is then not verified, or nothing that it says has changed.
  @Test func findsDamageAnywhereInTheFile() throws {
    var random = SeededRandom(seed: 11)
    let filled = try FilledLog(3)
    _ = try filled.open().database.writeWithoutTransaction {
      try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let whole = try Data(contentsOf: URL(fileURLWithPath: filled.path))
    let wanted = try (0..<3).map { try filled.record($0).bytes }
    for _ in 0..<60 {
      let place = Int.random(in: 0..<whole.count, using: &random)
      var damaged = whole
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      let folder = try TemporaryFolder(["x": ""])
      let path = folder.path + "/damaged.db"
      try damaged.write(to: URL(fileURLWithPath: path))
      do {
        let log = try DecisionLog(path, for: .reading)
        guard try log.verify().isGood else { continue }
        #expect(try (0..<3).map { try log.entry("\($0)").record.bytes } == wanted, "byte \(place)")
      } catch {
        continue
      }
    }
  }

  @Test(arguments: [1, 5, 9]) func findsATruncatedFile(_ tenths: Int) throws {
    let filled = try FilledLog(3)
    _ = try filled.open().database.writeWithoutTransaction {
      try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let whole = try Data(contentsOf: URL(fileURLWithPath: filled.path))
    let folder = try TemporaryFolder(["x": ""])
    let path = folder.path + "/cut.db"
    try whole.prefix(whole.count * tenths / 10).write(to: URL(fileURLWithPath: path))
    #expect(throws: LogProblem.self) {
      let report = try DecisionLog(path, for: .reading).verify()
      if !report.isGood { throw LogProblem(path: path, reason: "found") }
    }
  }

  @Test func countsRedactedRecords() throws {
    let filled = try FilledLog(3, secret: Grant.secret)
    let log = try DecisionLog(filled.path, for: .appending)
    let before = try log.checkpoint(origin: "log")
    try log.redact(["household.income"], of: log.entry("1"))
    let report = try log.verify(against: before)
    #expect(report.findings == [])
    #expect(report.redacted == 1)
    #expect(report.replayed == 2)
    // The old value is nowhere in the file.
    let file = try Data(contentsOf: URL(fileURLWithPath: filled.path))
    #expect(file.range(of: Data("\"1100 EUR/month\"".utf8)) == nil)
    #expect(file.range(of: Data("\"1200 EUR/month\"".utf8)) != nil)
  }
}
