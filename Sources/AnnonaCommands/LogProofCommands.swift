import Annona
import AnnonaRecords
import ArgumentParser

/// `annona log checkpoint`
struct LogCheckpointCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Signs how many records the log has and their root, to be handed to others.",
    discussion: """
      Whoever keeps a checkpoint can later find that records were removed or exchanged, the newest ones \
      too. The key is one of Ed25519: as `openssl genpkey -algorithm ed25519` writes it, its 32 bytes, or \
      those in hexadecimal digits.
      """)

  @Argument(help: ArgumentHelp("The log.", valueName: "log"))
  var log: String

  @Option(help: ArgumentHelp("The file with the signing key.", valueName: "file"))
  var key: String

  @Option(help: ArgumentHelp("The log's name, such as example.org/decisions.", valueName: "name"))
  var origin: String

  @Option(help: ArgumentHelp("When it is made, to be signed too.", valueName: "time"))
  var at: String?

  func validate() throws {
    if origin.isEmpty || origin.contains(where: { $0.isWhitespace || $0 == "+" }) {
      throw ValidationError("The log's name has no spaces and no `+`.")
    }
  }

  func run(on console: any Console) throws -> ExitStatus {
    let moment = try at.map { try MomentArgument.moment($0, "--at") }
    guard let key = SigningKey(reading: try RulebookFolder.file(at: key).bytes) else {
      throw RequestProblem("`\(key)` holds no Ed25519 key")
    }
    let log = try DecisionLog(log, for: .reading)
    console.write(try log.checkpoint(origin: origin, at: moment).signed(with: key))
    return .done
  }
}

/// `annona log proof`
struct LogProofCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "proof",
    abstract: "Proves that a record is in the log, or that the log only grew since a checkpoint.",
    discussion: """
      The proof holds for a checkpoint of the same size, and shows nothing else of the log.

      For example:
        annona log proof decisions.db 3f29c1
        annona log proof decisions.db --since checkpoint.txt
      """)

  @Argument(help: ArgumentHelp("The log.", valueName: "log"))
  var log: String

  @Argument(help: ArgumentHelp("The record's id or position.", valueName: "record"))
  var record: String?

  @Option(help: ArgumentHelp("Prove that the log only grew since then.", valueName: "checkpoint"))
  var since: String?

  @Option(
    help: ArgumentHelp("For a checkpoint of this size, not of all records.", valueName: "count"))
  var size: Int?

  func validate() throws {
    if (record == nil) == (since == nil) {
      throw ValidationError("Name a record, or a checkpoint with `--since`.")
    }
  }

  func run(on console: any Console) throws -> ExitStatus {
    let log = try DecisionLog(log, for: .reading)
    let proof: LogProof
    if let record {
      proof = try log.inclusionProof(of: try log.entry(record), size: size)
    } else {
      let old = try CheckpointFile.read(since ?? "", key: nil)
      proof = try log.growthProof(from: old.size, to: size)
    }
    console.write(proof.text + "\n")
    return .done
  }
}

/// Checkpoints and keys as files.
enum CheckpointFile {
  static func read(_ path: String, key: String?) throws -> Checkpoint {
    let text = String(decoding: try RulebookFolder.file(at: path).bytes, as: UTF8.self)
    let verifying = try key.map { path in
      guard let key = VerifyingKey(reading: try RulebookFolder.file(at: path).bytes) else {
        throw RequestProblem("`\(path)` holds no public Ed25519 key")
      }
      return key
    }
    do {
      return try Checkpoint(reading: text, signedBy: verifying)
    } catch {
      throw EvidenceProblem("`\(path)`: \(error)")
    }
  }
}

/// A file that was given as evidence and is none.
struct EvidenceProblem: UsageProblem {
  let description: String

  init(_ description: String) { self.description = description }
}
