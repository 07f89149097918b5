import Annona

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

  init(_ path: String) throws(FileProblem) {
    self.path = path
    if path == "-" {
      descriptor = 0
      size = nil
      return
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileProblem(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
    var status = stat()
    size =
      fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      ? Int(status.st_size) : nil
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// As many bytes as there are; 0 at the end.
  func read(_ room: UnsafeMutableRawBufferPointer) throws(FileProblem) -> Int {
    while true {
      let count = posixRead(descriptor, room.baseAddress, room.count)
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw FileProblem(path: path, reason: String(cString: strerror(errno)).lowercased())
      }
    }
  }
}

/// Where a batch's decisions go.
final class RowSink {
  private let descriptor: Int32?
  private let path: String
  private let console: any Console
  /// Whole rows that were there already.
  private(set) var rowsBefore = 0

  /// - Parameter keeping: whether to go on behind the last whole row.
  init(_ path: String?, console: any Console, keeping: Bool) throws(FileProblem) {
    self.console = console
    self.path = path ?? "-"
    guard let path else {
      descriptor = nil
      return
    }
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | (keeping ? 0 : O_TRUNC), 0o644)
    guard opened >= 0 else {
      throw FileProblem(path: path, reason: String(cString: strerror(errno)).lowercased())
    }
    descriptor = opened
    if keeping { try keepWholeRows(opened) }
  }

  deinit { if let descriptor { close(descriptor) } }

  /// Counts the rows that end, and cuts off one that does not.
  private func keepWholeRows(_ descriptor: Int32) throws(FileProblem) {
    var room = [UInt8](repeating: 0, count: 1 << 20)
    var offset = 0
    var end = 0
    while true {
      let count = room.withUnsafeMutableBytes { posixRead(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      for index in 0..<count where room[index] == 0x0A {
        rowsBefore += 1
        end = offset + index + 1
      }
      offset += count
    }
    guard ftruncate(descriptor, off_t(end)) == 0, lseek(descriptor, off_t(end), SEEK_SET) >= 0
    else { throw FileProblem(path: path, reason: "it cannot be continued") }
  }

  func write(_ bytes: [UInt8]) throws(FileProblem) {
    guard let descriptor else {
      console.print(String(decoding: bytes, as: UTF8.self))
      return
    }
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        posixWriteRows(descriptor, $0.baseAddress.map { $0 + start }, $0.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw FileProblem(path: path, reason: String(cString: strerror(errno)).lowercased())
      }
      start += count
    }
  }
}

private func posixRead(_ descriptor: Int32, _ room: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, room, count)
}

private func posixWriteRows(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
