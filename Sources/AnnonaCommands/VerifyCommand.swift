import Annona
import AnnonaRecords
import ArgumentParser

/// `annona verify RECORD…`, `annona verify --log DB`
struct VerifyCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Holds records against their rulebooks, and a log against itself and a checkpoint.",
    usage: """
      annona verify <record>... --rules <folder>
      annona verify --log <log> [--checkpoint <file> --public-key <file>]
      annona verify <record> --proof <file> --checkpoint <file> --public-key <file>
      annona verify --proof <file> --since <file> --checkpoint <file> --public-key <file>
      """,
    discussion: """
      Every byte is held against its hash, and every decision is made again from its facts and its exact \
      rulebook. The answer says what is wrong: bytes altered, rulebook missing, semantics changed, outcome \
      differs and where first; of a log also entries removed, reordered or replaced. That the newest \
      entries were removed can be told by a checkpoint alone.

      Exit status 1 if anything did not verify: also where a log is damaged or none, and where a checkpoint \
      or a proof is none or is not signed with the key. 64 where there is no such file.
      """)

  @Argument(help: ArgumentHelp("Files with records; `-` for standard input.", valueName: "record"))
  var records: [String] = []

  @Option(help: ArgumentHelp("A folder with the rulebooks.", valueName: "folder"))
  var rules: String?

  @Option(help: ArgumentHelp("The log.", valueName: "log"))
  var log: String?

  @Option(help: ArgumentHelp("What the log was at some time, signed.", valueName: "file"))
  var checkpoint: String?

  @Option(help: ArgumentHelp("An earlier checkpoint, for a proof of growth.", valueName: "file"))
  var since: String?

  @Option(help: ArgumentHelp("The public key of whoever signed checkpoints.", valueName: "file"))
  var publicKey: String?

  @Option(help: ArgumentHelp("A proof that `annona log proof` wrote.", valueName: "file"))
  var proof: String?

  @Flag(inversion: .prefixedNo, help: "Decide every record of a log again.")
  var replay = true

  func validate() throws {
    if log == nil, records.isEmpty, since == nil {
      throw ValidationError("Name a record, or a log with `--log`.")
    }
    if log != nil, !records.isEmpty || proof != nil {
      throw ValidationError("Name records or a log, not both.")
    }
    if proof == nil, since != nil {
      throw ValidationError("`--since` needs `--proof`.")
    }
    if proof != nil, checkpoint == nil {
      throw ValidationError("A proof is held against a checkpoint: add `--checkpoint`.")
    }
    if proof != nil, since == nil, records.count != 1 {
      throw ValidationError("A proof is about one record: name it.")
    }
    if checkpoint != nil, publicKey == nil {
      throw ValidationError(
        "Whose signature must the checkpoint have? Add `--public-key`.")
    }
  }

  func run(on console: any Console) throws -> ExitStatus {
    do {
      return try verified(on: console)
    } catch let problem as EvidenceProblem {
      console.report("Error: \(problem)\n")
      return .failedTest
    } catch let problem as LogProblem where problem.isDamage {
      console.report("Error: \(problem)\n")
      return .failedTest
    }
  }

  private func verified(on console: any Console) throws -> ExitStatus {
    let checkpoint = try checkpoint.map { try CheckpointFile.read($0, key: publicKey) }
    if let log { return try verify(log, against: checkpoint, on: console) }
    if let proof, let checkpoint { return try hold(proof, against: checkpoint, on: console) }
    let archive: any SourceArchive = try rules.map { try FolderArchive($0) } ?? EmptyArchive()
    var isGood = true
    for path in records {
      let verdict: Verdict
      do {
        verdict = try record(path, on: console).verdict(from: archive)
      } catch let problem as RecordProblem {
        verdict = .altered(problem)
      }
      isGood = isGood && verdict.isGood
      console.print("\(path): \(verdict)\n")
    }
    return isGood ? .done : .failedTest
  }

  private func record(_ path: String, on console: any Console) throws -> Record {
    try Record(
      reading: path == "-" ? try console.readInput() : try RulebookFolder.file(at: path).bytes)
  }

  // MARK: - A log

  private func verify(
    _ path: String, against checkpoint: Checkpoint?, on console: any Console
  ) throws -> ExitStatus {
    let report = try DecisionLog(path, for: .reading).verify(
      against: checkpoint, replaying: replay)
    for finding in report.findings { console.print("\(finding)\n") }
    func counted(_ count: Int, _ one: String, _ many: String) -> String {
      "\(count) \(count == 1 ? one : many)"
    }
    var counts = counted(report.size, "entry", "entries")
    if replay { counts += ", \(report.replayed) decided again alike" }
    if report.redacted > 0 { counts += ", \(report.redacted) redacted and not replayed" }
    if report.overrides > 0 {
      counts += ", " + counted(report.overrides, "override", "overrides")
    }
    if report.earlierSemantics > 0 {
      counts += ", \(report.earlierSemantics) of an earlier definition, decided again alike"
    }
    console.print(counts + (replay ? "\n" : ", not replayed\n"))
    if let checkpoint {
      if report.isGood {
        console.print(
          "the first \(checkpoint.size) entries are those of the checkpoint"
            + (checkpoint.at.map { " of \($0)" } ?? "") + "\n")
      }
    } else {
      console.print("no checkpoint: whether the newest entries were removed cannot be told\n")
    }
    console.print(
      report.isGood
        ? "verified\n"
        : "not verified: \(counted(report.findings.count, "finding", "findings"))\n")
    return report.isGood ? .done : .failedTest
  }

  // MARK: - A proof

  private func hold(
    _ path: String, against checkpoint: Checkpoint, on console: any Console
  ) throws -> ExitStatus {
    guard let proof = LogProof(reading: try RulebookFolder.file(at: path).bytes) else {
      throw EvidenceProblem("`\(path)` is no proof of a log")
    }
    let when = checkpoint.at.map { " signed at \($0)" } ?? ""
    if let since {
      let old = try CheckpointFile.read(since, key: publicKey)
      let isShown = proof.shows(growthFrom: old, to: checkpoint)
      console.print(
        isShown
          ? "the log only grew, from \(old.size) entries to \(checkpoint.size)\n"
          : "not shown: the log is not known to have only grown\n")
      return isShown ? .done : .failedTest
    }
    let record: Record
    do {
      record = try self.record(records[0], on: console)
    } catch let problem as RecordProblem {
      console.print("\(records[0]): \(problem)\n")
      return .failedTest
    }
    let isShown = proof.shows(record, in: checkpoint)
    console.print(
      isShown
        ? "\(records[0]): in the log of \(checkpoint.size) entries\(when)\n"
        : "\(records[0]): not shown to be in the log\n")
    return isShown ? .done : .failedTest
  }
}
