/// Finds files of fixtures, which are named `*.test.yaml`, and the rulebooks that they test.
public enum FixtureFolder {
  /// Every file of fixtures at or below a path, in byte order of their paths.
  public static func files(below path: String) throws(FileProblem) -> [SourceFile] {
    try files(below: path, endingIn: ".test.yaml")
  }

  /// Every file of a kind at or below a path, in byte order of their paths.
  package static func files(
    below path: String, endingIn suffix: String
  ) throws(FileProblem) -> [SourceFile] {
    let named = FilePath.tidy(path)
    guard let seen = FileSystem.look(named), seen.kind == .folder else {
      let file = SourceFile(path: named, bytes: try FileSystem.read(named))
      guard suffix != ".test.yaml" || HeaderScan.id(in: file.bytes) == nil else {
        throw FileProblem(
          path: named, reason: "this is a rulebook, not a file of fixtures: name its folder")
      }
      return [file]
    }
    var walk = FixtureWalk(suffix: suffix)
    try walk.enter(named, depth: 0)
    return walk.files.sorted(by: RulebookFolder.precedes)
  }

  /// Files in or below a folder that look like fixtures, by their names or by their keys, and are not named so.
  package static func misnamed(below path: String) throws(FileProblem) -> [SourceFile] {
    let named = FilePath.tidy(path)
    guard FileSystem.look(named)?.kind == .folder else { return [] }
    let endings = [".tests.yaml", ".tests.yml", ".test.yml"]
    let found = try files(below: named, endingIn: ".yaml") + files(below: named, endingIn: ".yml")
    return found.filter { file in
      !file.path.hasSuffix(".test.yaml")
        && (endings.contains(where: file.path.hasSuffix) || HeaderScan.holdsFixtures(file.bytes))
    }
  }

  /// The rulebook that a file of fixtures names: the one that stands beside it, else the one below the folder of rules.
  public static func rulebook(
    called id: String, beside file: SourceFile, rules: String? = nil
  ) throws(FileProblem) -> LoadedRulebook? {
    let library = try RulesFolder.library(rules, for: file.path)
    let beside = try? RulebookFolder.rulebooks(below: RulebookFolder.folder(of: file.path))
    let known = try library.rulebooks(called: id)
    guard let files = beside?.first(where: { $0.id == id })?.files ?? known.first else {
      return nil
    }
    return Rulebook.load(files: files, imports: library)
  }
}

private struct FixtureWalk {
  private static let deepest = 64
  private let suffix: String
  private var entered: Set<FileSystem.Identity> = []
  private(set) var files: [SourceFile] = []

  init(suffix: String) { self.suffix = suffix }

  mutating func enter(_ folder: String, depth: Int) throws(FileProblem) {
    guard depth <= Self.deepest else {
      throw FileProblem(path: folder, reason: "folders are nested more than 64 deep")
    }
    guard let seen = FileSystem.look(folder), entered.insert(seen.identity).inserted else { return }
    for name in try FileSystem.names(in: folder) {
      let path = FilePath.join(folder, name)
      switch FileSystem.look(path)?.kind {
      case .folder: try enter(path, depth: depth + 1)
      case .file where name.hasSuffix(suffix):
        files.append(SourceFile(path: path, bytes: try FileSystem.read(path)))
      default: break
      }
    }
  }
}
