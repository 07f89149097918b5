import Annona
import Foundation

/// The command as it is shipped, run from its start to its end.
struct ShippedCommand {
  private static let path = ".build/release/annona"

  /// `nil` where nobody has built it.
  init?() {
    guard FileManager.default.isExecutableFile(atPath: Self.path) else { return nil }
  }

  /// - Returns: how it ended, and the first line of what it complained of.
  func run(_ arguments: [String]) throws -> (status: Int32, said: String) {
    let process = Process()
    process.executableURL = URL(filePath: Self.path)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, said.split(separator: "\n").first.map(String.init) ?? "")
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
