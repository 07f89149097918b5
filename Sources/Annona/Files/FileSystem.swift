#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file or folder that cannot be read, and why.
public struct FileProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// As it was named.
  public let path: String
  /// Half a sentence, such as `there is no such file or folder`.
  public let reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(path): \(reason)" }
}

/// The few questions that are asked of the disk.
package enum FileSystem {
  enum Kind { case file, folder, other }

  /// What tells two names of one folder apart from two folders.
  struct Identity: Hashable {
    let device: UInt64
    let number: UInt64
  }

  /// No rulebook or case written by people comes near; a device that never ends does.
  static let largestFile = 16 * 1_024 * 1_024

  /// What a path leads to, through symbolic links; `nil` when it leads nowhere.
  static func look(_ path: String) -> (kind: Kind, identity: Identity)? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    let identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      number: UInt64(truncatingIfNeeded: status.st_ino))
    return (kind, identity)
  }

  /// The same for every path that leads to one file.
  package static func identity(of path: String) -> String {
    look(path).map { "\($0.identity.device) \($0.identity.number)" } ?? path
  }

  /// Whether there is a file of the name.
  package static func hasFile(_ path: String) -> Bool { look(path)?.kind == .file }

  /// Whether there is a file of the name with something in it.
  package static func hasBytes(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_size > 0
  }

  /// Whether the file, and files beside it, can be written.
  package static func isWritableBesides(_ path: String) -> Bool {
    guard access(path, W_OK) == 0, let resolved = realpath(path, nil) else { return false }
    defer { free(resolved) }
    let place = String(cString: resolved)
    let folder = place.lastIndex(of: "/").map { place[..<$0] } ?? ""
    return access(folder.isEmpty ? "/" : String(folder), W_OK | X_OK) == 0
  }

  /// The names in a folder, in byte order, without those that begin with a dot.
  static func names(in folder: String) throws(FileProblem) -> [String] {
    guard let stream = opendir(folder) else { throw problem(folder) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  static func read(_ path: String) throws(FileProblem) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw problem(path) }
    defer { close(descriptor) }
    return try read(from: descriptor, named: path)
  }

  /// All of standard input.
  package static func standardInput() throws(FileProblem) -> [UInt8] {
    try read(from: 0, named: "-")
  }

  /// Puts a file there, in place of one that may be there already.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileProblem) {
    try write(bytes, to: path, O_TRUNC, permissions: 0o644)
  }

  /// Puts a file where there is none.
  package static func create(_ bytes: [UInt8], at path: String) throws(FileProblem) {
    try write(bytes, to: path, O_EXCL, permissions: 0o644)
  }

  /// Puts new bytes in place of a file's, all at once: whoever reads it meanwhile, and whatever fails, has the old or the new.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(FileProblem) {
    var status = stat()
    // A link stays one: what it leads to is replaced.
    guard stat(path, &status) == 0, let resolved = realpath(path, nil) else { throw problem(path) }
    defer { free(resolved) }
    let place = String(cString: resolved)
    let beside = place + ".\(getpid()).new"
    do {
      try write(bytes, to: beside, O_EXCL, permissions: status.st_mode & 0o777)
    } catch {
      unlink(beside)
      throw FileProblem(path: path, reason: error.reason)
    }
    guard rename(beside, place) == 0 else {
      unlink(beside)
      throw FileProblem(path: path, reason: "it cannot be written")
    }
  }

  /// Makes a folder, where there is none; the folder that it stands in must be there.
  package static func makeFolder(_ path: String) throws(FileProblem) {
    if mkdir(path, 0o755) == 0 { return }
    let reason =
      switch errno {
      case EEXIST: "it is there already"
      case ENOENT, ENOTDIR: "the folder that it would stand in is missing"
      default: "it cannot be made"
      }
    throw FileProblem(path: path, reason: reason)
  }

  private static func write(
    _ bytes: [UInt8], to path: String, _ flag: Int32, permissions: mode_t
  ) throws(FileProblem) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flag, permissions)
    guard descriptor >= 0 else {
      throw FileProblem(
        path: path, reason: errno == EEXIST ? "it is there already" : "it cannot be written")
    }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { pour(descriptor, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileProblem(path: path, reason: "it cannot be written") }
      rest = rest.dropFirst(count)
    }
  }

  /// Begins an empty file for nobody but its owner, where there is none.
  package static func begin(_ path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
  }

  /// Puts a file there whole or not at all, for nobody but its owner to read; it is on disk when this returns.
  package static func keep(_ bytes: [UInt8], at path: String) throws(FileProblem) {
    // A device or a pipe is written to, never replaced.
    if look(path)?.kind == .other { return try write(bytes, to: path) }
    let beside = path + ".\(getpid()).new"
    var isKept = false
    defer { if !isKept { unlink(beside) } }
    do {
      try write(bytes, to: beside, O_EXCL, permissions: 0o600)
    } catch {
      throw FileProblem(path: path, reason: error.reason)
    }
    let descriptor = open(beside, O_RDONLY | O_CLOEXEC)
    let isOnDisk = descriptor >= 0 && fsync(descriptor) == 0
    if descriptor >= 0 { close(descriptor) }
    guard isOnDisk, rename(beside, path) == 0 else {
      throw FileProblem(path: path, reason: "it cannot be written")
    }
    isKept = true
  }

  private static func pour(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  private static func read(
    from descriptor: Int32, named path: String
  ) throws(FileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = buffer.withUnsafeMutableBytes { fill(descriptor, $0) }
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw problem(path)
      }
      bytes.append(contentsOf: buffer[..<count])
      if bytes.count > largestFile {
        throw FileProblem(path: path, reason: "the file is larger than 16 MiB")
      }
    }
  }

  private static func fill(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  static func workingFolder() -> String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// The last call's failure in our own words, so that no locale chooses them.
  private static func problem(_ path: String) -> FileProblem {
    let reason =
      switch errno {
      case ENOENT, ENOTDIR: "there is no such file or folder"
      case EACCES, EPERM: "reading it is not permitted"
      case EISDIR: "this is a folder, where a file is needed"
      case ELOOP: "its symbolic links lead in a circle"
      default: "it cannot be read"
      }
    return FileProblem(path: path, reason: reason)
  }
}
