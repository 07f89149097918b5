import Foundation

/// What a log was at some time: how many records, and the root of the tree over them. Signed, it can be handed to others.
///
/// Its text is that of the C2SP formats `tlog-checkpoint` and `signed-note`, so that other tools can check it too.
public struct Checkpoint: Sendable, Hashable {
  /// The log's name, the same for all its checkpoints.
  public let origin: String
  public let size: Int
  public let root: Digest
  /// When it was made, as whoever signed it said.
  public let at: Moment?

  public init(origin: String, size: Int, root: Digest, at: Moment? = nil) {
    self.origin = origin
    self.size = size
    self.root = root
    self.at = at
  }

  /// What is signed.
  var body: String {
    "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n"
      + (at.map { "at \($0)\n" } ?? "")
  }

  /// The text with a signature below it.
  public func signed(with key: SigningKey) throws -> String {
    let signature = key.publicKey.hint(for: origin) + (try key.sign(Array(body.utf8)))
    return "\(body)\n— \(origin) \(Data(signature).base64EncodedString())\n"
  }

  /// Why a text is no checkpoint that the key's holder signed.
  public enum Problem: String, Error, Sendable, Hashable, CustomStringConvertible {
    case notACheckpoint = "it is no checkpoint of a log"
    case notSigned = "it is not signed with this key"

    public var description: String { rawValue }
  }

  /// Reads a checkpoint.
  ///
  /// - Parameter key: whose signature it must have; without one, no signature is checked.
  public init(reading text: String, signedBy key: VerifyingKey?) throws(Problem) {
    let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
    let lines = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    guard parts.count == 2, lines.count == 3 || lines.count == 4, !lines[0].isEmpty,
      let size = Int(lines[1]), size >= 0, String(size) == lines[1],
      let root = Data(base64Encoded: String(lines[2])).flatMap({ Digest(bytes: $0) })
    else { throw .notACheckpoint }
    var at: Moment?
    if lines.count == 4 {
      guard lines[3].hasPrefix("at "), let moment = Moment(String(lines[3].dropFirst(3))) else {
        throw .notACheckpoint
      }
      at = moment
    }
    self.init(origin: String(lines[0]), size: size, root: root, at: at)
    guard body == parts[0] + "\n" else { throw .notACheckpoint }
    guard let key else { return }
    let hint = key.hint(for: origin)
    let signatures = parts[1].split(separator: "\n").compactMap { line -> [UInt8]? in
      guard line.hasPrefix("— \(origin) ") else { return nil }
      return line.split(separator: " ").last.flatMap { Data(base64Encoded: String($0)) }
        .map { Array($0) }
    }
    let signed = Array(body.utf8)
    guard
      signatures.contains(where: {
        $0.starts(with: hint) && key.accepts(Array($0.dropFirst(4)), of: signed)
      })
    else { throw .notSigned }
  }
}
