import Annona
import AnnonaCommands
import Foundation

/// What a command wrote and left behind.
package struct RecordedRun: Sendable, Hashable {
  package let output: String
  package let problems: String
  package let status: Int32

  package init(output: String, problems: String, status: Int32) {
    self.output = output
    self.problems = problems
    self.status = status
  }
}

/// Runs a command line in this process, in the package's own folder.
///
///     annona("check Rules --format json")
///
/// - Parameters:
///   - line: the arguments, parted by spaces.
///   - input: what stands on standard input.
package func annona(_ line: String, input: String = "", coloured: Bool = false) -> RecordedRun {
  annona(line.split(separator: " ").map(String.init), input: input, coloured: coloured)
}

/// Runs a command whose arguments have spaces in them.
///
/// - Parameters:
///   - watched: as on a terminal, where progress is drawn.
///   - changes: what somebody does to the files, one after the other, while the command waits for changes.
package func annona(
  _ arguments: [String], input: String = "", coloured: Bool = false, watched: Bool = false,
  changes: [() throws -> Void] = []
) -> RecordedRun {
  let console = RecordingConsole(input: input, coloured: coloured, watched: watched, changes)
  packageFolder.enter()
  let status = AnnonaCommand.run(arguments, on: console)
  return RecordedRun(output: console.output, problems: console.problems, status: status)
}

/// The folder of `Package.swift`, from which the tests name rulebooks.
package let packageFolder = PackageFolder()

package struct PackageFolder: Sendable {
  package let url: URL

  fileprivate init() {
    url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    _ = FileManager.default.changeCurrentDirectoryPath(url.path)
  }

  /// Paths in tests are relative to it: the one place that the process ever works in.
  fileprivate func enter() {}

  package func text(_ path: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(path), encoding: .utf8)
  }

  package func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appendingPathComponent(path).path)
  }
}

private final class RecordingConsole: Console {
  var output = ""
  var problems = ""
  let input: String
  let coloursResults: Bool
  let coloursProblems: Bool
  let showsProgress: Bool
  private var changes: [() throws -> Void]

  init(input: String, coloured: Bool, watched: Bool, _ changes: [() throws -> Void]) {
    self.input = input
    coloursResults = coloured
    coloursProblems = coloured
    showsProgress = watched
    self.changes = changes
  }

  var isOpen: Bool { !changes.isEmpty }

  func print(_ text: String) { output += text }

  func report(_ text: String) {
    problems += text
    guard text == "Waiting for changes.\n", !changes.isEmpty else { return }
    try? changes.removeFirst()()
  }

  func readInput() throws(FileProblem) -> [UInt8] { Array(input.utf8) }

  private lazy var lines = input.split(separator: "\n", omittingEmptySubsequences: false)
    .map(String.init).dropLast(input.hasSuffix("\n") ? 1 : 0)[...]

  func readLine() -> String? {
    guard !input.isEmpty, let line = lines.popFirst() else { return nil }
    print(line + "\n")
    return line
  }
}

/// A folder of files made for one test, and removed after it.
package struct TemporaryFolder: ~Copyable {
  package let path: String

  /// - Parameter files: texts by their path below the folder.
  package init(_ files: [String: String]) throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("annona-\(UUID().uuidString)")
    path = url.path
    for (name, text) in files {
      let file = url.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
  }

  /// A folder with nothing in it.
  package init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("annona-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The text of a file in it.
  package func text(_ name: String) throws -> String {
    try String(contentsOfFile: path + "/" + name, encoding: .utf8)
  }

  /// What stands in a folder of it, in order.
  package func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder)) ?? []).sorted()
  }

  /// Runs a command on the folder, and leaves its path out of what is answered.
  package func run(_ arguments: String...) -> RecordedRun {
    let run = annona(arguments + [path])
    return RecordedRun(
      output: relative(run.output), problems: relative(run.problems), status: run.status)
  }

  /// The same text without the folder's own path.
  package func relative(_ text: String) -> String {
    text.replacingOccurrences(of: path + "/", with: "")
  }
}
