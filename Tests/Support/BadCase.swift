import Foundation

/// A faulty input in a `bad` folder, and beside it the exact text that it must be answered with.
///
/// `bad/tab.yaml` (or a folder `bad/two_files/`) is answered by `bad/tab.expected`. One parameterised test runs them:
///
///     @Test(arguments: BadCase.all(beside: #filePath))
///     func isAnswered(_ bad: BadCase) throws {
///       #expect(try bad.mismatch { files in diagnosticsText(files) } == nil)
///     }
///
/// An empty or missing folder, an input without its answer and an answer without its input each fail. With the
/// environment variable `ANNONA_UPDATE=1` the answers are written anew and the test fails all the same, so that nobody
/// takes a recording for a check: read the difference, then run again without it.
package struct BadCase: Sendable, CustomStringConvertible {
  /// One file of the input.
  package struct File: Sendable {
    /// `tab.yaml`, or `household.yaml` for a file of a folder: never a path of the machine.
    package let name: String
    package let bytes: [UInt8]
  }

  package let name: String
  package var description: String { name }
  private let input: URL?
  private let expected: URL
  /// What is wrong with the folder itself.
  private let fault: String?

  private init(name: String, input: URL?, expected: URL, fault: String? = nil) {
    self.name = name
    self.input = input
    self.expected = expected
    self.fault = fault
  }

  /// The cases of a folder beside a test file, in the order of their names.
  package static func all(in folder: String = "bad", beside testFile: String) -> [BadCase] {
    let place = URL(fileURLWithPath: testFile).deletingLastPathComponent()
      .appendingPathComponent(folder, isDirectory: true)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    let inputs = names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(".expected") }.sorted()
    if inputs.isEmpty {
      return [BadCase(name: folder, input: nil, expected: place, fault: "`\(folder)` has no cases")]
    }
    var cases = inputs.map { input in
      BadCase(
        name: input, input: place.appendingPathComponent(input),
        expected: place.appendingPathComponent(stem(input) + ".expected"))
    }
    let stems = Set(inputs.map(stem))
    if stems.count < inputs.count {
      cases.append(
        BadCase(name: folder, input: nil, expected: place, fault: "two inputs share one answer"))
    }
    for answer in names.sorted() where answer.hasSuffix(".expected") {
      guard !stems.contains(stem(answer)) else { continue }
      cases.append(
        BadCase(
          name: answer, input: nil, expected: place, fault: "`\(answer)` has no input beside it"))
    }
    return cases
  }

  private static func stem(_ name: String) -> String {
    name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  /// What differs between the answer and the expected text, or `nil` when they are equal.
  package func mismatch(_ answer: ([File]) throws -> String) throws -> String? {
    if let fault { return fault }
    let found = try answer(try files())
    if isRecording {
      try found.write(to: expected, atomically: true, encoding: .utf8)
      return "recorded \(expected.lastPathComponent): read it and run again without ANNONA_UPDATE"
    }
    guard let wanted = try? String(contentsOf: expected, encoding: .utf8) else {
      return "\(expected.lastPathComponent) is missing; the answer is\n\(found)"
    }
    if found.isEmpty { return "\(name) is not found faulty" }
    return difference(found: found, wanted: wanted)
  }

  private func files() throws -> [File] {
    guard let input else { return [] }
    let names = try? FileManager.default.contentsOfDirectory(atPath: input.path)
    guard let names else { return [try file(input)] }
    return try names.filter { !$0.hasPrefix(".") }.sorted()
      .map { try file(input.appendingPathComponent($0)) }
  }

  private func file(_ url: URL) throws -> File {
    File(name: url.lastPathComponent, bytes: [UInt8](try Data(contentsOf: url)))
  }
}

/// Whether expected files are being written anew.
package var isRecording: Bool { ProcessInfo.processInfo.environment["ANNONA_UPDATE"] == "1" }

/// The first line in which two texts differ, with both texts; `nil` when they are equal to the byte.
package func difference(found: String, wanted: String) -> String? {
  if Array(found.utf8) == Array(wanted.utf8) { return nil }
  let foundLines = found.split(separator: "\n", omittingEmptySubsequences: false)
  let wantedLines = wanted.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(foundLines, wantedLines).prefix { $0 == $1 }.count
  return "line \(line + 1) differs\n--- wanted\n\(wanted)\n--- found\n\(found)"
}
