import Annona
import AnnonaRecords

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a batch's rows come from.
final class RowSource {
  private let descriptor: Int32
  private let path: String
  /// In bytes, where it is known.
  let size: Int?
  /// Of all rows that were read, where it is wanted.
  private var hash: RunningDigest?

  /// - Parameter hashes: whether the hash of the rows is wanted, which takes as long as reading them.
  init(_ path: String, hashes: Bool = false) throws(FileProblem) {
    self.path = path
    hash = hashes ? RunningDigest() : nil
    if path == "-" {
      descriptor = 0
      size = nil
      return
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileProblem(ofLastErrorAt: path) }
    var status = stat()
    size =
      fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      ? Int(status.st_size) : nil
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  func isSameFile(as other: stat) -> Bool {
    var own = stat()
    return fstat(descriptor, &own) == 0 && own.st_dev == other.st_dev && own.st_ino == other.st_ino
      && own.st_mode & S_IFMT == S_IFREG
  }

  /// Whether a path names the file that the rows are in.
  func isFile(at path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && isSameFile(as: status)
  }

  var digest: Digest? { hash?.digest }

  /// As many bytes as there are; 0 at the end.
  func read(_ room: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int {
    while true {
      let count = posixRead(descriptor, room.baseAddress, room.count)
      if count >= 0 {
        hash?.add(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<count]))
        return count
      }
      guard errno == EINTR else { throw FileProblem(ofLastErrorAt: path) }
    }
  }
}

/// Where a batch's decisions go.
final class RowSink {
  private let descriptor: Int32?
  private let path: String
  private let console: any Console
  /// Bytes that stand in the file from a run that was stopped and were not met again yet.
  private var bytesBefore = 0
  /// Whole lines that were met again.
  private(set) var linesBefore = 0
  private var hash = RunningDigest()

  /// Of all that the run gave, whether it was written before or now.
  var digest: Digest { hash.digest }

  /// - Parameter keeping: whether to go on with a file that a run began.
  init(
    _ path: String?, console: any Console, keeping: Bool, source: RowSource
  ) throws(FileProblem) {
    self.console = console
    self.path = path ?? "-"
    guard let path else {
      descriptor = nil
      return
    }
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard opened >= 0 else { throw FileProblem(ofLastErrorAt: path) }
    descriptor = opened
    var status = stat()
    guard fstat(opened, &status) == 0, !source.isSameFile(as: status) else {
      throw FileProblem(path: path, reason: "it holds the rows; decisions go to another file")
    }
    if !keeping, status.st_mode & S_IFMT == S_IFREG, ftruncate(opened, 0) != 0 {
      throw FileProblem(ofLastErrorAt: path)
    }
    if keeping, fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      bytesBefore = Int(status.st_size)
    }
  }

  deinit { if let descriptor { close(descriptor) } }

  /// Writes rows; those that a stopped run has written must be the same.
  func write(_ bytes: [UInt8]) throws(FileProblem) {
    hash.add(bytes)
    guard let descriptor else { return try console.printRows(bytes) }
    let met = min(bytesBefore, bytes.count)
    if met > 0 { try meet(bytes[..<met], descriptor) }
    try writeAll(bytes[met...], to: descriptor, path)
  }

  /// Reads what stands in the file, and holds it to what this run gives.
  private func meet(_ bytes: ArraySlice<UInt8>, _ descriptor: Int32) throws(FileProblem) {
    var written = [UInt8](repeating: 0, count: bytes.count)
    var count = 0
    while count < bytes.count {
      let read = written.withUnsafeMutableBytes {
        posixRead(descriptor, $0.baseAddress.map { $0 + count }, bytes.count - count)
      }
      if read < 0, errno == EINTR { continue }
      guard read > 0 else { throw FileProblem(ofLastErrorAt: path) }
      count += read
    }
    for (one, other) in zip(written, bytes) {
      if one != other { throw isOther }
      if one == 0x0A { linesBefore += 1 }
    }
    bytesBefore -= bytes.count
  }

  /// A file that goes on where the run ends was written by another one.
  func finish() throws(FileProblem) {
    if bytesBefore > 0 { throw isOther }
  }

  private var isOther: FileProblem {
    FileProblem(
      path: path,
      reason: "line \(linesBefore + 1) is not what this run gives, so another one wrote it; "
        + "nothing was changed")
  }
}

/// Writes all bytes, or says why it cannot.
func writeAll(
  _ bytes: ArraySlice<UInt8>, to descriptor: Int32, _ path: String
) throws(FileProblem) {
  var start = bytes.startIndex
  while start < bytes.endIndex {
    let count = bytes[start...].withUnsafeBytes {
      posixWriteRows(descriptor, $0.baseAddress, $0.count)
    }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { throw FileProblem(ofLastErrorAt: path) }
    start += count
  }
}

extension FileProblem {
  /// What the system said of the last call.
  fileprivate init(ofLastErrorAt path: String) {
    self.init(path: path, reason: String(cString: strerror(errno)).lowercased())
  }
}

private func posixRead(_ descriptor: Int32, _ room: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, room, count)
}

private func posixWriteRows(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  guard let bytes else { return 0 }
  return write(descriptor, bytes, count)
}
