import Annona
import Foundation

/// The command as it is shipped, run from its start to its end.
struct ShippedCommand {
  private static let path = ".build/release/annona"

  /// `nil` where nobody has built it.
  init?() {
    guard FileManager.default.isExecutableFile(atPath: Self.path) else { return nil }
  }

  /// Without Foundation's `Process`, which waits tens of milliseconds for an end that has come.
  ///
  /// - Returns: how it ended, and the first line of what it complained of.
  func run(_ arguments: [String]) throws -> (status: Int32, said: String) {
    let complaints = FileManager.default.temporaryDirectory.appending(path: "annona-said.txt")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, 2, complaints.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var words = ([Self.path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    guard posix_spawn(&child, Self.path, &actions, nil, &words, environ) == 0 else {
      return (-1, "it cannot be started")
    }
    var status: Int32 = 0
    waitpid(child, &status, 0)
    guard status != 0 else { return (0, "") }
    let said = try String(contentsOf: complaints, encoding: .utf8)
    return (status, said.split(separator: "\n").first.map(String.init) ?? "")
  }

  /// From the start of the process to its result: of nothing, of the Portuguese family allowance, of a rulebook of 100 KB.
  func measureStart() throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "annona-start")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    let rules = place.appending(path: "generated.yaml")
    let facts = place.appending(path: "household.yaml")
    let text = GeneratedRulebook.text(rules: 770)
    try text.write(to: rules, atomically: true, encoding: .utf8)
    try Data(GeneratedRulebook.household.bytes).write(to: facts)
    let portugal = ["Rules/pt/abono_de_familia", "Examples/01-newborn/household.yaml"]
    for (what, arguments) in [
      ("start: `annona --version`", ["--version"]),
      ("start: `annona simulate`, two children's allowances", ["simulate"] + portugal),
      (
        "start: `annona simulate`, a rulebook of \(text.utf8.count / 1024) KB",
        ["simulate", rules.path, facts.path]
      ),
    ] {
      let (status, said) = try run(arguments)
      guard status == 0 else {
        print("| \(what) gave \(status): \(said) | | | |")
        continue
      }
      Bench.row(what, try Times { _ = try run(arguments) })
    }
  }
}
