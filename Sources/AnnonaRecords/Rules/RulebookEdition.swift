internal import AnnonaLanguage

/// A rulebook as its files stood, whatever they were called on the machine that read them.
public struct RulebookEdition: Sendable, Hashable {
  public struct File: Sendable, Hashable {
    /// Below the rulebook's own folder: `rules.yaml`.
    public let name: String
    public let bytes: [UInt8]
    public let digest: Digest

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
      digest = Digest(of: bytes)
    }
  }

  /// As its header spells it.
  public let id: String
  /// In byte order of their names.
  public let files: [File]

  public init(id: String, files: [File]) {
    self.id = id
    self.files = files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Lines as `sha256sum` prints them, one for each file.
  public var manifest: [UInt8] {
    Array(files.map { "\($0.digest.digits)  \($0.name)\n" }.joined().utf8)
  }

  /// Of the manifest: alike for the same files under the same names.
  public var digest: Digest { Digest(of: manifest) }

  /// The files to be read again, below a folder with the rulebook's name.
  var sources: [SourceFile] {
    files.map { SourceFile(path: Self.path(of: $0.name, in: id), bytes: $0.bytes) }
  }

  static func path(of file: String, in rulebook: String) -> String { "\(rulebook)/\(file)" }
}

/// The names of a rulebook's files below the deepest folder that holds them all.
struct FileNames {
  private let common: Int

  init(_ paths: [String]) {
    let folders = paths.map { Array($0.split(separator: "/").dropLast()) }
    guard let first = folders.first else {
      common = 0
      return
    }
    common = folders.reduce(first.count) { shared, folder in
      min(shared, zip(first, folder).prefix { $0 == $1 }.count)
    }
  }

  func name(of path: String) -> String {
    path.split(separator: "/").dropFirst(common).joined(separator: "/")
  }
}
