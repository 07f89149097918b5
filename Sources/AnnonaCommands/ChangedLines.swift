import Annona

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lines of files that differ from a revision that git knows.
struct ChangedLines {
  private let revision: String

  /// - Throws: a problem of the request where the name could be taken for an option.
  init(since revision: String) throws(RequestProblem) {
    guard !revision.isEmpty, !revision.hasPrefix("-") else {
      throw RequestProblem("`\(revision)` is no revision of git")
    }
    self.revision = revision
  }

  /// Lines by the number of the file.
  struct Lines {
    /// `nil` for a file that is new as a whole.
    fileprivate let byFile: [[ClosedRange<Int>]?]

    /// Whether any line of a place has changed.
    func contain(_ span: Span, in files: [SourceFile]) -> Bool {
      guard files.indices.contains(Int(span.file)) else { return false }
      guard let ranges = byFile[Int(span.file)] else { return true }
      let file = files[Int(span.file)]
      let lines =
        file.position(of: span.start)
        .line...file.position(
          of: max(span.start, span.end - 1)
        ).line
      return ranges.contains { $0.overlaps(lines) }
    }
  }

  func lines(of files: [SourceFile]) throws(RequestProblem) -> Lines {
    var found: [[ClosedRange<Int>]?] = []
    for file in files { found.append(try lines(of: file.path)) }
    return Lines(byFile: found)
  }

  private func lines(of path: String) throws(RequestProblem) -> [ClosedRange<Int>]? {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    func git(_ arguments: [String]) -> String? {
      ChildProcess.output(of: ["git", "-C", folder.isEmpty ? "/" : folder] + arguments)
    }
    guard git(["rev-parse", "--verify", "--quiet", "\(revision)^{commit}"]) != nil else {
      throw RequestProblem("git knows no revision `\(revision)` of `\(path)`")
    }
    guard git(["ls-files", "--error-unmatch", "--", name]) != nil else { return nil }
    let difference = git([
      "diff", "--no-color", "--no-ext-diff", "--unified=0", revision, "--", name,
    ])
    return Self.ranges(in: difference ?? "")
  }

  /// From lines such as `@@ -3,2 +4,5 @@`: five lines from the fourth on; of lines that are gone, the neighbours.
  static func ranges(in difference: String) -> [ClosedRange<Int>] {
    difference.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("@@ "),
        let added = line.split(separator: " ").first(where: { $0.hasPrefix("+") })
      else { return nil }
      let parts = added.dropFirst().split(separator: ",").map { Int($0) }
      guard let start = parts.first ?? nil else { return nil }
      let count = parts.count > 1 ? parts[1] ?? 1 : 1
      return count > 0 ? start...(start + count - 1) : max(1, start)...(start + 1)
    }
  }
}

/// Another program, run to its end.
private enum ChildProcess {
  /// What it writes to standard output; `nil` where it cannot be run or fails.
  static func output(of arguments: [String]) -> String? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let names: [String] = ["HOME", "PATH", "XDG_CONFIG_HOME", "GIT_DIR", "GIT_WORK_TREE"]
    let environment = names.compactMap { name in
      getenv(name).map { "\(name)=\(String(cString: $0))" }
    }
    var words = arguments.map { strdup($0) } + [nil]
    var settings = environment.map { strdup($0) } + [nil]
    defer { for word in words + settings { free(word) } }
    var child: pid_t = 0
    let status = posix_spawnp(&child, arguments[0], &actions, nil, &words, &settings)
    close(ends[1])
    defer { close(ends[0]) }
    guard status == 0 else { return nil }
    let bytes = read(from: ends[0])
    var result: Int32 = 0
    while waitpid(child, &result, 0) < 0, errno == EINTR {}
    return result == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }

  private static func read(from end: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = posixRead(end, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }
}

private func posixRead(_ end: Int32, _ buffer: UnsafeMutableRawPointer, _ size: Int) -> Int {
  read(end, buffer, size)
}
