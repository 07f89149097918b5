import Foundation
import GRDB
import Support
import Testing

/// The commands that ask a log, as they are typed.
@Suite("Commands of logs")
final class LogCommandsTests {
  private let folder: TemporaryFolder

  /// A refusal, and one that waits for a fact that was declined.
  init() throws {
    folder = try TemporaryFolder([
      "rules.yaml": """
      rulebook: tiny
      title: { en: Tiny, pt: Mínimo, fr: Petit }
      language: en
      currency: EUR
      case: person
      in_force: { from: 2024-01-01 }
      choices: { home: [owner, tenant] }
      parameters:
        limit: { type: EUR/month, values: { 2024-01-01: 500 }, until_further_notice: true }
      entities:
        person:
          facts:
            wage: { type: EUR/month, title: Wage }
            lives: { type: home, title: Home }
      rules:
        person.poor:
          all: { little: { title: { en: Little, pt: Pouco, fr: Peu }, value: wage <= limit } }
        person.aid: { title: Aid, value: "if lives = tenant then 50 EUR/month else 0" }
      benefits: { aid: { title: Aid, entitled: person.poor, amount: person.aid } }

      """,
      "case.yaml": "today: 2025-01-01\nperson: { wage: 700, lives: owner }\n",
    ])
    _ = run("\(decide) --log @log.db --subject p-1")
    _ = run("\(decide) --log @log.db --subject p-2 --set person.wage=declined")
  }

  private let decide = "decide @rules.yaml @case.yaml --produced-at 2025-01-02T03:04:05Z"

  /// Runs a line in which `@` stands for the folder, and `_` for a space.
  private func run(_ line: String) -> RecordedRun {
    let words = line.split(separator: " ").map { word -> String in
      String(word).replacing("_", with: " ").replacing("@", with: folder.path + "/")
    }
    let found = annona(words)
    return RecordedRun(
      output: found.output.replacing(folder.path + "/", with: "")
        .replacing(#/sha256:[0-9a-f]{64}/#, with: "HASH")
        .replacing(#/ [0-9a-f]{12} /#, with: " … "),
      problems: found.problems.replacing(folder.path + "/", with: "")
        .replacing(#/sha256:[0-9a-f]{64}/#, with: "HASH"), status: found.status)
  }

  private func override(_ options: String) -> RecordedRun {
    run("override @log.db \(options) --produced-at 2025-01-03T00:00:00Z")
  }

  private let signed = "--officer o-1 --authority act_s_9 --reason Hardship"

  @Test func saysThatTheLogHasADecisionAlready() throws {
    let again = run(
      "decide @rules.yaml @case.yaml --produced-at 2025-01-02T03:04:07Z --log @log.db --subject p-1"
    )
    #expect(again.status == 0)
    #expect(
      again.output.hasSuffix(
        "\nRecord HASH, entry 0 of log.db, which has it already: not appended again\n"))
    #expect(run("log find @log.db").output.split(separator: "\n").count == 2)
    let alone = run("\(decide) --log @log.db --subject p-1 --record -")
    #expect(
      alone.problems == "Record HASH, entry 0 of log.db, which has it already: not appended again\n"
    )
    #expect(run("\(decide) --log @log.db --subject p-3 --record -").problems == "")
  }

  // MARK: - Overrides

  @Test(arguments: [
    ("0 --node person.poor.little --value 12", "`person.poor.little` must be `true` or `false`"),
    ("1 --node person.poor --value yes", "`person.poor` must be `true` or `false`"),
    ("0 --node person.wage --value 5_EUR", "`person.wage` must be a number in `EUR/month`"),
    ("0 --node person.wage --value true", "`person.wage` must be a number in `EUR/month`"),
    (
      "0 --node aid --value true",
      "`aid` must be one of `entitled`, `not_entitled`, `not_applicable`, or a number in `EUR/month`"
    ),
  ])
  func refusesAValueOfAnotherKind(_ what: String, _ problem: String) {
    let found = override("\(what) \(signed)")
    #expect(found.problems == "Error: \(problem)\n")
    #expect(found.status == 64)
    #expect(found.output == "")
  }

  @Test(arguments: [
    ("--officer _ --authority a --reason r", "officer"),
    ("--officer o --authority _ --reason r", "authority"),
    ("--officer o --authority a --reason _", "reason"),
  ])
  func refusesAnOverrideWithoutGrounds(_ options: String, _ name: String) {
    let found = override("0 --node aid \(options)")
    #expect(
      found.problems
        == "Error: `--\(name)` is empty: an override names its officer, authority and reason\n")
    #expect(found.status == 64)
  }

  @Test(arguments: [
    ("1 --node person.poor.little --value true", "true"),
    ("1 --node aid --value entitled", "entitled"),
    ("1 --node aid --value 55", "55 EUR/month"),
    ("0 --node person.wage --value 400", "400 EUR/month"),
  ])
  func writesTheValueAsRecordsDo(_ what: String, _ value: String) {
    #expect(override("\(what) \(signed)").status == 0)
    #expect(
      run("log overrides @log.db \(what.prefix(1))").output.contains(": set to \(value), by o-1"))
  }

  @Test func showsWhatOfficersDecidedEverywhere() {
    _ = override("1 --node person.poor.little --value true \(signed)")
    _ = override("0 --node aid \(signed)")
    #expect(
      run("log find @log.db").output == """
        0  …  2025-01-01  p-1  aid not_entitled  [confirmed by entry 3]
        1  …  2025-01-01  p-2  aid refer  [overridden by entry 2]
        2  …  override of person.poor.little by o-1
        3  …  override of aid by o-1

        """)
    #expect(
      run("log overrides @log.db 1").output
        == "2  …  2025-01-03T00:00:00Z  person.poor.little: set to true, by o-1 (act s 9): Hardship\n"
    )
    let word = """
      {
        "position": 2,
        "id": "HASH",
        "produced_at": "2025-01-03T00:00:00Z",
        "authority": "act s 9",
        "confirms": false,
        "node": "person.poor.little",
        "of": "HASH",
        "officer": "o-1",
        "reason": "Hardship",
        "value": "true"
      }
      """
    func indented(_ depth: Int) -> String {
      word.replacing("\n", with: "\n" + String(repeating: " ", count: depth))
    }
    #expect(
      run("log overrides @log.db 1 --format json").output == "[\n  \(indented(2))\n]\n")
    let found = run("log find @log.db --subject p-2 --format json").output
    #expect(found.contains("\"overridden_by\": ["))
    #expect(found.contains("\n        \(indented(8))\n"), "\(found)")
    #expect(
      run("log find @log.db --overrides --format json").output.contains(
        """
              "position": 2,
              "id": "HASH",
              "kind": "override",
              "produced_at": "2025-01-03T00:00:00Z",

        """))
  }

  @Test(arguments: [
    (
      "en",
      "An officer has since decided otherwise. What stands below is what the rules alone came to.",
      "Little: set to yes (o-1, act s 9, 3 January 2025). Reason: Hardship"
    ),
    (
      "pt",
      "Um funcionário decidiu depois de outro modo. O que se segue é o que resulta só das regras.",
      "Pouco: passa a ser sim (o-1, act s 9, 3 de janeiro de 2025). Motivo: Hardship"
    ),
    (
      "fr",
      "Un agent en a depuis décidé autrement. Ce qui suit est ce qui résulte des seules règles.",
      "Peu : devient oui (o-1, act s 9, 3 janvier 2025). Motif : Hardship"
    ),
  ])
  func aLetterSaysThatItDoesNotStand(_ language: String, _ sentence: String, _ item: String) {
    #expect(!run("log letter @log.db 1 --language \(language)").output.contains(sentence))
    _ = override("1 --node person.poor.little --value true \(signed)")
    let letter = run("log letter @log.db 1 --language \(language)").output
    #expect(letter.contains("<p class=\"warning\">\(sentence)</p>"))
    #expect(letter.contains("<li>\(item)</li>"), "\(letter.prefix(3_000))")
  }

  @Test func aLetterSaysThatItWasConfirmed() {
    _ = override("1 --node aid \(signed)")
    let letter = run("log letter @log.db 1").output
    #expect(
      letter.contains(
        "<p class=\"warning\">An officer has since confirmed what the rules came to.</p>"))
    #expect(
      letter.contains("<li>Aid: confirmed (o-1, act s 9, 3 January 2025). Reason: Hardship</li>"))
  }

  // MARK: - Asking

  @Test(arguments: [
    (
      "--outcome nonsense",
      "`--outcome nonsense` is no outcome: write `not_in_force`, `not_applicable`, `not_entitled`, "
        + "`undetermined`, `refer`, `error`, `entitled`, `due`, `not_due`"
    ),
    (
      "--parameter limit@2024-13-01",
      "`--parameter limit@2024-13-01`: `2024-13-01` is no date, such as `2024-01-01`"
    ),
    (
      "--rule person.poor@soon",
      "`--rule person.poor@soon`: `soon` is no date, such as `2024-01-01`"
    ),
  ])
  func refusesWhatIsNoneOfAClosedSet(_ asked: String, _ problem: String) {
    let found = annona(
      ["log", "find", folder.path + "/log.db"] + asked.split(separator: " ").map(String.init))
    #expect(found.problems == "Error: \(problem)\n")
    #expect(found.status == 64)
    #expect(found.output == "")
  }

  @Test(arguments: [
    ("--turned-on", "no.such.rule"), ("--rule", "x.y"), ("--rule", "person.por@2024-01-01"),
    ("--parameter", "nolimit"), ("--declined", "person.wages"), ("--needed", "persn.wage"),
    ("--presumption", "x"), ("--adverse-presumption", "x"), ("--benefit", "aids"),
  ])
  func saysWhatNoRulebookHas(_ option: String, _ name: String) {
    let found = annona(["log", "find", folder.path + "/log.db", option, name])
    let bare = name.split(separator: "@")[0]
    #expect(found.problems == "no rulebook of this log has `\(bare)`\n")
    #expect(found.output == "none\n")
    #expect(found.status == 0)
  }

  /// What a rulebook has, and nothing in the log rests on.
  @Test(arguments: [
    ("--turned-on", "person.aid"), ("--rule", "person.poor@2023-01-01"),
    ("--declined", "person.lives"),
    ("--parameter", "limit@2023-01-01"), ("--parameter", "tiny.limit@2023-01-01"),
    ("--presumption", "any"), ("--provision", "act s 99"), ("--subject", "p-9"),
  ])
  func saysNothingOfWhatIsKnown(_ option: String, _ name: String) {
    let found = annona(["log", "find", folder.path + "/log.db", option, name])
    #expect(found.problems == "")
    #expect(found.output == "none\n")
  }

  // MARK: - Evidence that fails

  private func damage(_ sql: String) throws {
    try DatabaseQueue(path: folder.path + "/log.db").writeWithoutTransaction {
      try $0.execute(sql: sql)
    }
  }

  @Test func aTruncatedLogDoesNotVerify() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/log.db"))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: folder.path + "/half.db"))
    let found = run("verify --log @half.db")
    #expect(found.problems == "Error: half.db: it is damaged\n")
    #expect(found.status == 1)
  }

  @Test func aLogWithoutATableDoesNotVerify() throws {
    try damage("DROP TABLE uses")
    let found = run("verify --log @log.db")
    #expect(found.problems == "Error: log.db: it is damaged\n")
    #expect(found.status == 1)
    #expect(run("log find @log.db --rule person.poor").status == 64)
  }

  @Test(arguments: [
    ("verify --log @rules.yaml", "rules.yaml: this is no log of decisions", 1),
    ("verify --log @none.db", "none.db: there is no such file", 64),
    (
      "verify --log @log.db --checkpoint @forged --public-key @public",
      "`forged`: it is not signed with this key", 1
    ),
    (
      "verify --log @log.db --checkpoint @foreign --public-key @public",
      "`foreign`: it is not signed with this key", 1
    ),
    (
      "verify --log @log.db --checkpoint @rules.yaml --public-key @public",
      "`rules.yaml`: it is no checkpoint of a log", 1
    ),
    (
      "verify --log @log.db --checkpoint @none --public-key @public",
      "none: there is no such file or folder", 64
    ),
    (
      "verify --log @log.db --checkpoint @good --public-key @rules.yaml",
      "`rules.yaml` holds no public Ed25519 key", 64
    ),
    (
      "verify @case.yaml --proof @rules.yaml --checkpoint @good --public-key @public",
      "`rules.yaml` is no proof of a log", 1
    ),
  ])
  func whatFailsAsEvidenceDoesNotVerify(_ line: String, _ problem: String, _ status: Int32) throws {
    let key = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    func keep(_ text: String, _ name: String) throws {
      try text.write(toFile: folder.path + "/" + name, atomically: true, encoding: .utf8)
    }
    func signed(_ key: String) throws -> String {
      try keep(key, "key")
      return annona(
        [
          "log", "checkpoint", folder.path + "/log.db", "--key", folder.path + "/key", "--origin",
          "o",
        ]
      ).output
    }
    try keep("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "public")
    try keep(try signed(String(key.reversed())), "foreign")
    let good = try signed(key)
    try keep(good, "good")
    try keep(good.replacing("\n2\n", with: "\n1\n"), "forged")
    #expect(run("verify --log @log.db --checkpoint @good --public-key @public").status == 0)
    let found = run(line)
    #expect(found.problems == "Error: \(problem)\n")
    #expect(found.status == status)
    #expect(found.output == "")
  }
}
