import GRDB

/// Why a log cannot be read or written; it names no value of a record.
public struct LogProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// As it was named.
  public let path: String
  /// Half a sentence, such as `the disk is full`.
  public let reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(path): \(reason)" }

  static let noLog = "this is no log of decisions"
  static let otherVersion = "it is a log of another version"
  static let damaged = "it is damaged"

  /// Whether the file itself speaks against it, and not how it was asked for.
  public var isDamage: Bool { [Self.noLog, Self.otherVersion, Self.damaged].contains(reason) }

  /// The database's own failure in our words.
  init(_ path: String, _ error: any Error) {
    if let problem = error as? LogProblem {
      self = problem
      return
    }
    guard let error = error as? DatabaseError else {
      self.init(path: path, reason: "it cannot be read or written")
      return
    }
    let reason =
      switch error.resultCode {
      case .SQLITE_FULL: "the disk is full"
      case .SQLITE_IOERR: "writing it failed: the disk may be full, or the file too large"
      // A table that is gone is an error of its own.
      case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_MISMATCH: Self.damaged
      case .SQLITE_NOTADB: Self.noLog
      case .SQLITE_BUSY, .SQLITE_LOCKED: "others have kept it locked for too long"
      case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: "writing it is not permitted"
      case .SQLITE_CANTOPEN: "there is no such file, or it cannot be opened"
      case .SQLITE_CONSTRAINT: "what it holds is never altered or removed"
      default: "it cannot be read or written"
      }
    self.init(path: path, reason: reason)
  }
}
