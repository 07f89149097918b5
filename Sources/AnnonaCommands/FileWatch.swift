import Annona

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Waits until fixtures or rules are written anew: their bytes are compared, so that no clock matters.
struct FileWatch {
  private let paths: [String]
  private let rules: String?
  private var seen: [SourceFile] = []

  init(_ paths: [String], rules: String?) {
    self.paths = paths
    self.rules = rules
    seen = files
  }

  mutating func waitForChange() {
    while true {
      usleep(300_000)
      if hasChanged() { return }
    }
  }

  /// Whether anything is otherwise than when it was last asked.
  mutating func hasChanged() -> Bool {
    let now = files
    defer { seen = now }
    return now != seen
  }

  /// As far as they can be read at this moment.
  private var files: [SourceFile] {
    let folders = paths + [rules].compactMap { $0 } + paths.compactMap { libraryPath($0) }
    let rulebooks = folders.flatMap { (try? RulebookFolder.rulebooks(below: $0)) ?? [] }
    let fixtures = paths.flatMap { (try? FixtureFolder.files(below: $0)) ?? [] }
    return rulebooks.flatMap(\.files) + fixtures
  }

  private func libraryPath(_ path: String) -> String? {
    ((try? RulesFolder.library(rules, for: path)) as? RulesFolder)?.path
  }
}
