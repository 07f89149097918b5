public import Annona

/// Where the exact files of recorded rulebooks are found again: by the hash of their bytes.
public protocol SourceArchive {
  func bytes(of digest: Digest) throws -> [UInt8]?
}

/// The rulebooks below a folder, whatever their files are called there.
public struct FolderArchive: SourceArchive, Sendable {
  private let files: [Digest: [UInt8]]

  public init(_ path: String) throws(FileProblem) {
    var files: [Digest: [UInt8]] = [:]
    for rulebook in try RulebookFolder.rulebooks(below: path) {
      for file in rulebook.files { files[Digest(of: file.bytes)] = file.bytes }
    }
    self.files = files
  }

  public func bytes(of digest: Digest) -> [UInt8]? { files[digest] }
}

/// For records alone, without the law beside them.
public struct EmptyArchive: SourceArchive, Sendable {
  public init() {}

  public func bytes(of digest: Digest) -> [UInt8]? { nil }
}
