/// Paths as people write them, taken apart and put together without asking the disk.
enum FilePath {
  /// The parts of a path without `.`, doubled slashes and, where it can be told, `..`.
  static func parts(_ path: String) -> [String] {
    var parts: [String] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(String(part))
      }
    }
    return parts
  }

  static func isAbsolute(_ path: String) -> Bool { path.hasPrefix("/") }

  /// The path as named, without `./` at its start and a slash at its end.
  static func tidy(_ path: String) -> String {
    let joined = parts(path).joined(separator: "/")
    if isAbsolute(path) { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  static func join(_ folder: String, _ name: String) -> String {
    switch folder {
    case ".", "": name
    case "/": "/" + name
    default: folder + "/" + name
    }
  }

  /// The last part; empty for `.` and `/`.
  static func name(_ path: String) -> String { parts(path).last ?? "" }

  /// The nearest folder with the name at or above a path, spelled as the path is: relative paths stay relative.
  static func nearest(_ name: String, above path: String, workingIn current: String) -> String? {
    let here = parts(current)
    let whole = isAbsolute(path) ? parts(path) : parts(current + "/" + path)
    guard let index = whole.lastIndex(of: name) else { return nil }
    let found = Array(whole[...index])
    if isAbsolute(path) { return "/" + found.joined(separator: "/") }
    var shared = 0
    while shared < min(here.count, found.count), here[shared] == found[shared] { shared += 1 }
    let up = Array(repeating: "..", count: here.count - shared)
    let parts = up + found[shared...]
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }
}
