import AnnonaRecords
import Foundation
import Support
import Testing

/// The commands around records, as they are typed.
@Suite("Commands of records")
struct RecordCommandsTests {
  private let folder: Folder

  private final class Folder {
    let temporary: TemporaryFolder
    var path: String { temporary.path }

    init() throws {
      temporary = try TemporaryFolder([
        "rules.yaml": """
        rulebook: tiny
        title: Tiny
        language: en
        case: person
        in_force: { from: 2024-01-01 }
        entities: { person: { facts: { wage: { type: EUR/month, title: Wage } } } }
        rules: { person.poor: { title: Little, value: wage <= 500 EUR/month } }
        benefits: { aid: { title: Aid, entitled: person.poor } }

        """,
        "case.yaml": "today: 2025-01-01\nperson: { wage: 417.33 }\n",
        "secret": "sixteen bytes and more",
      ])
    }
  }

  init() throws { folder = try Folder() }

  /// Runs a line in which `@` stands for the folder.
  private func run(_ line: String, input: String = "") -> RecordedRun {
    let found = annona(line.replacing("@", with: folder.path + "/"), input: input)
    return RecordedRun(
      output: found.output.replacing(folder.path + "/", with: "")
        .replacing(#/sha256:[0-9a-f]{64}/#, with: "HASH"),
      problems: found.problems.replacing(folder.path + "/", with: ""), status: found.status)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
  }

  private let decide = "decide @rules.yaml @case.yaml --produced-at 2025-01-02T03:04:05Z"

  @Test func recordsToAFile() throws {
    #expect(run("\(decide) --record @r.json").output.hasSuffix("\nRecord HASH\n"))
    let first = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/r.json"))
    #expect(run("\(decide) --record -").status == 0)
    #expect(
      annona("\(decide) --record -".replacing("@", with: folder.path + "/")).output
        == String(decoding: first, as: UTF8.self))
    #expect(
      run("verify @r.json --rules @.").output
        == "r.json: verified: intact, and decided again alike\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["case.yaml", "r.json", "rules.yaml", "secret"])
  }

  /// When it was produced is the clock's where nobody says it; the id does not depend on it.
  @Test func takesTheClockForNothingElse() throws {
    let line = "decide @rules.yaml @case.yaml --record -".replacing("@", with: folder.path + "/")
    let now = try Record(reading: Array(annona(line).output.utf8))
    let then = try Record(
      reading: Array(annona(line + " --produced-at 2025-01-02T03:04:05Z").output.utf8))
    #expect(now.id == then.id)
    #expect(now.producedAt != then.producedAt)
    #expect(then.producedAt == "2025-01-02T03:04:05Z")
  }

  @Test(arguments: [
    ("decide @rules.yaml @case.yaml", "Error: Say where the record goes"),
    (
      "decide @rules.yaml @case.yaml --record - --produced-at now", "`--produced-at now` is no time"
    ),
    ("decide @rules.yaml @case.yaml --record - --purpose fun", "fun"),
    ("decide @rules.yaml @case.yaml --record - --secret @case.yaml --today 1", "no date"),
    ("verify", "Error: Name a record, or a log"), ("verify @none.json", "there is no such file"),
    ("verify @case.yaml --log @a.db", "not both"),
    ("verify --log @a.db --checkpoint @secret", "Whose signature"),
    ("verify @case.yaml --proof @secret", "A proof is held against a checkpoint"),
    ("log find @rules.yaml --rule x", "this is no log of decisions"),
    ("log show @none.db 1", "there is no such file"), ("redact @r.json --fact x", "Say where"),
    ("log checkpoint @none.db --key @secret --origin o", "holds no Ed25519 key"),
    ("decide @rules.yaml @case.yaml --record /dev/full", "cannot be written"),
    ("decide @rules.yaml @case.yaml --record @none/r.json", "cannot be written"),
    ("decide @rules.yaml @case.yaml --log @none/r.db", "cannot be opened"),
  ])
  func refusesWhatSaysNothing(_ line: String, _ words: String) {
    let found = run(line)
    #expect(found.status == 64)
    #expect(found.problems.contains(words), "\(found.problems)")
    #expect(found.output == "")
  }

  /// A decision is written as a letter from the log's own copy of the rules; of a period, of one day of it.
  @Test func writesLetters() throws {
    _ = run("\(decide) --log @log.db")
    let letter = run("log letter @log.db 0 --notified 2025-01-10")
    #expect(letter.status == 0)
    #expect(letter.output.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(letter.output.contains("417.33"))
    #expect(letter.output.contains("HASH"))
    let month = "decide @rules.yaml @case.yaml --produced-at 2025-01-02T03:04:05Z --log @log.db"
    #expect(run("\(month) --from 2025-01 --through 2025-02").status == 0)
    #expect(run("log letter @log.db 1 --day 2025-01-01").status == 0)
    #expect(
      run("log letter @log.db 1 --day 2025-03-01").problems
        == "Error: a letter is of one day, such as `--day 2025-01-01`; the record has 2025-01-01\n")
    _ = run("override @log.db 0 --node aid --officer o --authority a --reason r")
    #expect(
      run("log letter @log.db 2").problems == "Error: not replayed: it is an officer's decision\n")
    // Decided again by rules that say otherwise there is no letter.
    _ = run("\(decide) --log @log.db --secret @secret --subject p")
    _ = run("redact 3 --fact person.wage --log @log.db")
    #expect(run("log letter @log.db 3").problems == "Error: not replayed: 1 fact is redacted\n")
  }

  @Test(arguments: [
    (
      "decide @rules.yaml @case.yaml --record - --from 2025-01",
      "a schedule needs its last month: add `--through`, such as `--through 2025-12`"
    ),
    (
      "decide @rules.yaml @case.yaml --record - --from 2025-01 --through 2025-02 --today 2025-01-01",
      "`--today` asks for one decision, `--from` for many: leave one of them out"
    ),
    (
      "event @rules.yaml @case.yaml @case.yaml --record - --format json",
      "`--format json` prints the decision, `--record -` the record in JSON: leave one out"
    ),
  ])
  func saysWhichOptionsDoNotGoTogether(_ line: String, _ problem: String) {
    let found = run(line)
    #expect(found.problems == "Error: \(problem)\n")
    #expect(found.output == "")
  }

  @Test func answersWithItsStatus() throws {
    _ = run("\(decide) --record @r.json --log @log.db")
    let record = try text("r.json")
    #expect(run("verify -", input: record).status == 1)
    #expect(
      run("verify - --rules @.", input: record.replacing("417.33", with: "417.34")).output
        == "-: bytes altered: the hash `facts` does not fit\n")
    #expect(run("verify --log @log.db").status == 0)
    #expect(run("log replay @log.db 0 --set person.wage=x").status == 4)
  }

  /// What a person said is printed by no verdict, no finding and no problem.
  @Test func printsNoValues() throws {
    _ = run("\(decide) --record @r.json --log @log.db --secret @secret")
    let forged = try text("r.json").replacing("417.33", with: "417.34")
    let lines: [(String, String)] = [
      ("verify @r.json", ""), ("verify @r.json --rules @.", ""), ("verify -", forged),
      ("verify --log @log.db", ""), ("log find @log.db", ""),
      ("log replay @log.db 0 --set person.wage=417.333", ""),
      ("redact @r.json --fact person.wages --output @x.json", ""),
      ("override @log.db 0 --node nobody --officer o --authority a --reason r", ""),
      ("decide @rules.yaml @case.yaml --set person.wage=417.333 --record -", ""),
      ("log replay @log.db 9", ""),
    ]
    for (line, input) in lines {
      let found = run(line, input: input)
      #expect(!(found.output + found.problems).contains("417.3"), "\(line)")
    }
    let redacted = run("redact @r.json --fact person.wage --output @redacted.json")
    #expect(redacted.status == 0)
    #expect(
      run("verify @redacted.json").output
        == "redacted.json: intact, 1 fact redacted, not replayed\n")
    #expect(try !text("redacted.json").contains("417.33"))
    #expect(run("redact 0 --fact person.wage --log @log.db").status == 0)
    #expect(run("log replay @log.db 0").problems == "Error: not replayed: 1 fact is redacted\n")
    #expect(
      run("verify --log @log.db").output.hasPrefix("1 entry, 0 decided again alike, 1 redacted"))
  }
}
