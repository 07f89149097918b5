import Annona
import GRDB

/// How a log's file is opened, so that whoever may only read it leaves nothing beside it that its keeper cannot write.
struct LogOpening {
  /// What the database is to open.
  let name: String
  var configuration = Configuration()

  /// - Parameter mayWrite: the file, and files beside it.
  init(_ path: String, _ mayWrite: Bool) throws(LogProblem) {
    if mayWrite {
      name = path
      return
    }
    configuration.readonly = true
    let journal = path + "-wal"
    // Where somebody has it open, or had when they were killed, both files are there and are read as they are.
    if FileSystem.hasFile(journal), FileSystem.hasFile(path + "-shm") {
      name = path
      return
    }
    if FileSystem.hasBytes(journal) {
      throw LogProblem(
        path: path,
        reason:
          "its newest entries stand in `\(journal)`, which only somebody who may write the log can bring in"
      )
    }
    // Nobody writes it: without a journal it is read as it lies there, and no file is made.
    name = "file:\(Self.escaped(path))?immutable=1"
  }

  /// As it stands in an address.
  private static func escaped(_ path: String) -> String {
    path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
  }
}
