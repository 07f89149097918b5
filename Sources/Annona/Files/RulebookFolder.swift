public import AnnonaLanguage

/// A rulebook on disk: the files that make it up, read but not yet understood.
public struct RulebookFiles: Sendable {
  /// As its header spells it; empty where no file has one.
  public let id: String
  /// In byte order of their paths, which is the order of declaration.
  public let files: [SourceFile]
  /// Files beside them that would be read if their names did not end in `.yml`.
  package let unread: [SourceFile]

  package init(id: String, files: [SourceFile], unread: [SourceFile] = []) {
    self.id = id
    self.files = files
    self.unread = unread
  }

  /// The place of the id in the header, counted in these files; `nil` where no file has one.
  package var header: Span? {
    for (index, file) in files.enumerated() {
      guard let place = HeaderScan.place(in: file.bytes) else { continue }
      return Span(
        file: Int32(index), start: Int32(place.lowerBound), end: Int32(place.upperBound))
    }
    return nil
  }
}

/// Finds and reads rulebooks below the paths that people name.
///
/// A rulebook is a folder: every `*.yaml` file in it and below, of which one has the header `rulebook:`. A folder below that
/// has a header of its own is another rulebook; so is every file of a folder in which each has a header. Files named
/// `*.test.yaml` hold fixtures, and names that begin with a dot are passed over.
public enum RulebookFolder {
  /// The one rulebook of a folder or file.
  public static func rulebook(at path: String) throws(FileProblem) -> RulebookFiles {
    let found = try rulebooks(below: path)
    if found.count == 1 { return found[0] }
    let own = found.filter { folder(of: $0.files[0].path) == FilePath.tidy(path) }
    if own.count == 1 { return own[0] }
    let ids = found.map { "`\($0.id)`" }.joined(separator: ", ")
    throw FileProblem(
      path: FilePath.tidy(path),
      reason: "there are \(found.count) rulebooks here, name the one that is meant: \(ids)")
  }

  /// Every rulebook at or below a path, in order of their paths; at least one.
  public static func rulebooks(below path: String) throws(FileProblem) -> [RulebookFiles] {
    let named = FilePath.tidy(path)
    guard let seen = FileSystem.look(named), seen.kind == .folder else {
      let file = SourceFile(path: named, bytes: try FileSystem.read(named))
      return [RulebookFiles(id: single(file).id, files: [file] + (try tables(beside: named)))]
    }
    let found = try rulebooksIfAny(below: named)
    guard !found.isEmpty else {
      throw FileProblem(path: named, reason: "there is no rulebook here: no file says `rulebook:`")
    }
    return found
  }

  /// Every rulebook in or below a folder, in order of their paths; there may be none.
  package static func rulebooksIfAny(below path: String) throws(FileProblem) -> [RulebookFiles] {
    let named = FilePath.tidy(path)
    guard FileSystem.look(named)?.kind == .folder else { return [] }
    var walk = FolderWalk()
    let content = try walk.read(named, depth: 0)
    var strays: [String: [SourceFile]] = [:]
    for file in content.loose where HeaderScan.declares(file.bytes) {
      strays[folder(of: file.path), default: []].append(file)
    }
    let found = content.rulebooks + strays.values.map { RulebookFiles(id: "", files: $0) }
    return found.sorted { precedes($0.files[0], $1.files[0]) }
  }

  /// The files of comma-separated values that a rulebook of one file may name.
  private static func tables(beside path: String) throws(FileProblem) -> [SourceFile] {
    let place = folder(of: path)
    guard FileSystem.look(place)?.kind == .folder else { return [] }
    var files: [SourceFile] = []
    for name in try FileSystem.names(in: place) where name.hasSuffix(".csv") {
      let file = place == "." && !path.hasPrefix("./") ? name : FilePath.join(place, name)
      files.append(SourceFile(path: file, bytes: try FileSystem.read(file)))
    }
    return files
  }

  /// A file with the bytes as they are on disk.
  public static func file(at path: String) throws(FileProblem) -> SourceFile {
    let named = FilePath.tidy(path)
    return SourceFile(path: named, bytes: try FileSystem.read(named))
  }

  /// A rulebook of one file.
  static func single(_ file: SourceFile) -> RulebookFiles {
    RulebookFiles(id: HeaderScan.id(in: file.bytes) ?? "", files: [file])
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func precedes(_ one: SourceFile, _ other: SourceFile) -> Bool {
    one.path.utf8.lexicographicallyPrecedes(other.path.utf8)
  }
}

/// One walk through the folders below a path; none is entered twice, whatever symbolic links say.
private struct FolderWalk {
  private static let deepest = 64
  private static let mostFiles = 20_000

  private var entered: Set<FileSystem.Identity> = []
  private var fileCount = 0

  struct Content {
    var rulebooks: [RulebookFiles] = []
    /// Files that belong to the rulebook of a folder above.
    var loose: [SourceFile] = []
    /// Of those, the ones that end in `.yml`.
    var unread: [SourceFile] = []
  }

  mutating func read(_ folder: String, depth: Int) throws(FileProblem) -> Content {
    guard depth <= Self.deepest else {
      throw FileProblem(path: folder, reason: "folders are nested more than 64 deep")
    }
    guard let seen = FileSystem.look(folder), entered.insert(seen.identity).inserted else {
      return Content()
    }
    var own: [SourceFile] = []
    var content = Content()
    for name in try FileSystem.names(in: folder) {
      let path = FilePath.join(folder, name)
      switch FileSystem.look(path)?.kind {
      case .folder:
        let below = try read(path, depth: depth + 1)
        content.rulebooks += below.rulebooks
        content.loose += below.loose
        content.unread += below.unread
      case .file:
        guard let file = try rulesFile(path) else { continue }
        if path.hasSuffix(".yml") { content.unread.append(file) } else { own.append(file) }
      case .other, nil: break
      }
    }
    settle(own, &content)
    return content
  }

  private mutating func rulesFile(_ path: String) throws(FileProblem) -> SourceFile? {
    if path.hasSuffix(".test.yaml") { return nil }
    guard [".yaml", ".yml", ".csv"].contains(where: path.hasSuffix) else { return nil }
    fileCount += 1
    guard fileCount <= Self.mostFiles else {
      throw FileProblem(path: path, reason: "more than 20 000 files lie below the path named")
    }
    let bytes = try FileSystem.read(path)
    if path.hasSuffix(".yml"), HeaderScan.id(in: bytes) != nil || HeaderScan.declares(bytes) {
      throw FileProblem(path: path, reason: "the files of a rulebook end in `.yaml`, rename it")
    }
    return SourceFile(path: path, bytes: bytes)
  }

  /// Which of a folder's files, and of those without a rulebook below it, make up a rulebook.
  private func settle(_ own: [SourceFile], _ content: inout Content) {
    let headed = own.map { HeaderScan.id(in: $0.bytes) }
    let ids = headed.compactMap { $0 }
    let all = (own + content.loose).sorted(by: RulebookFolder.precedes)
    guard let first = ids.first else {
      content.loose = all
      return
    }
    let rules = all.filter { !$0.path.hasSuffix(".csv") }
    if ids.count > 1, ids.count == rules.count, Set(ids).count == ids.count {
      content.rulebooks += zip(ids, own).enumerated().map { number, found in
        RulebookFiles(
          id: found.0, files: [found.1], unread: number == 0 ? content.unread : [])
      }
    } else {
      content.rulebooks.append(RulebookFiles(id: first, files: all, unread: content.unread))
    }
    content.loose = []
    content.unread = []
  }
}
