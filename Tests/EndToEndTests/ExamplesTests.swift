import Annona
import AnnonaCommands
import Foundation
import Support
import Testing

/// Every example answers what its `expected.txt` says, to the byte.
///
/// With `ANNONA_UPDATE=1` the answers are written anew and the tests fail all the same: read the difference first.
@Suite struct ExamplesTests {
  static let project = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let names: [String] = {
    let folder = project.appendingPathComponent("Examples").path
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    // What needs more than the command line has a `run` of its own, which is a step of the continuous integration.
    return entries.filter { $0.first?.isNumber ?? false }.sorted().filter {
      !FileManager.default.fileExists(atPath: "\(folder)/\($0)/run")
    }
  }()

  @Test func areFound() { #expect(Self.names.first == "01-newborn") }

  @Test(arguments: names) func answersAsExpected(_ name: String) throws {
    let folder = Self.project.appendingPathComponent("Examples").appendingPathComponent(name)
    let commands = try String(
      contentsOf: folder.appendingPathComponent("command"), encoding: .utf8)
    let found = commands.split(separator: "\n").map { transcript(String($0)) }
      .joined(separator: "\n")
    let expected = folder.appendingPathComponent("expected.txt")
    if isRecording {
      try found.write(to: expected, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name): read it and run again without ANNONA_UPDATE")
      return
    }
    let wanted = try String(contentsOf: expected, encoding: .utf8)
    if let difference = difference(found: found, wanted: wanted) { Issue.record("\(difference)") }
  }

  /// The command, what it writes, and its exit status if that is not 0.
  private func transcript(_ command: String) -> String {
    let root = Self.project.path + "/"
    let words = command.split(separator: " ").dropFirst().map { word in
      // The commands are written for the project's root, wherever the tests run.
      word.hasPrefix("Rules/") || word.hasPrefix("Examples/") ? root + word : String(word)
    }
    let console = Transcript()
    let status = AnnonaCommand.run(words, on: console)
    let written = console.written.replacingOccurrences(of: root, with: "")
    return "$ \(command)\n\(written)" + (status == 0 ? "" : "exit status \(status)\n")
  }
}

/// Keeps what a command writes, results and problems in the order they came.
private final class Transcript: Console {
  private(set) var written = ""
  let coloursResults = false
  let coloursProblems = false

  func print(_ text: String) { written += text }
  func report(_ text: String) { written += text }
  func readInput() throws(FileProblem) -> [UInt8] {
    throw FileProblem(path: "-", reason: "an example reads files alone")
  }
}
