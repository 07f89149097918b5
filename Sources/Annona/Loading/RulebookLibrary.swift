public import AnnonaLanguage

/// Where imported rulebooks are found: a folder, a database, a table in memory.
public protocol RulebookLibrary: Sendable {
  /// Every rulebook that has the id, as its files in order: none where it is not known, several where it is not clear which is meant.
  func rulebooks(called id: String) throws(FileProblem) -> [[SourceFile]]
}

/// For rulebooks that import nothing.
public struct EmptyLibrary: RulebookLibrary {
  public init() {}

  public func rulebooks(called id: String) -> [[SourceFile]] { [] }
}

/// The rulebooks below a folder; `pt.ias` is looked for in `pt/ias` before anywhere else.
public struct RulesFolder: RulebookLibrary {
  /// As the user named it.
  public let path: String

  public init(_ path: String) { self.path = FilePath.tidy(path) }

  /// The folder given, else the nearest folder named `Rules` at or above a path.
  public static func library(
    _ given: String?, for path: String
  ) throws(FileProblem) -> any RulebookLibrary {
    if let given {
      guard FileSystem.look(given)?.kind == .folder else {
        throw FileProblem(path: given, reason: "there is no such folder")
      }
      return RulesFolder(given)
    }
    let nearest = FilePath.nearest(
      "Rules", above: path, workingIn: FileSystem.workingFolder())
    return nearest.map { RulesFolder($0) } ?? EmptyLibrary()
  }

  public func rulebooks(called id: String) throws(FileProblem) -> [[SourceFile]] {
    let usual = id.split(separator: ".").reduce(path) { FilePath.join($0, String($1)) }
    for candidate in [usual, usual + ".yaml"] where isSafe(id) {
      guard FileSystem.look(candidate) != nil else { continue }
      // Something there may be no rulebook, or another one.
      let found = (try? RulebookFolder.rulebooks(below: candidate)) ?? []
      let called = found.filter { $0.id == id }
      if !called.isEmpty { return called.map(\.files) }
    }
    guard FileSystem.look(path)?.kind == .folder else { return [] }
    return try RulebookFolder.rulebooks(below: path).filter { $0.id == id }.map(\.files)
  }

  /// An id is made of names and dots; anything else must not lead out of the folder.
  private func isSafe(_ id: String) -> Bool {
    !id.isEmpty && !id.contains("/") && !id.contains("\0")
      && !id.split(separator: ".", omittingEmptySubsequences: false).contains("")
  }
}
