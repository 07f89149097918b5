import AnnonaCommands
import Foundation
import Support

/// A page of the language reference, with the files and commands that stand in it.
///
/// The format is described at the top of `Documentation/README.md`.
struct DocumentationPage: Sendable, CustomStringConvertible {
  let name: String
  let url: URL

  var description: String { name }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Documentation", isDirectory: true).standardizedFileURL

  /// Every page in the order of their names; a page that is not there if there are none.
  static let all: [DocumentationPage] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let pages = names.filter { $0.hasSuffix(".md") }.sorted()
    return (pages.isEmpty ? ["README.md"] : pages)
      .map { DocumentationPage(name: $0, url: folder.appendingPathComponent($0)) }
  }()

  func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }

  /// The page with every output as the commands give it today.
  func executed() throws -> String {
    let workplace = FileManager.default.temporaryDirectory
      .appendingPathComponent("annona-reference-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: workplace, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: workplace) }
    var lines: [String] = []
    for part in try Self.parts(of: text(), page: name) {
      switch part {
      case .prose(let text): lines += text
      case .block(let info, let body, let line):
        lines.append("```" + info.joined(separator: " "))
        switch info.first {
        case "yaml", "json", "csv":
          guard info.count == 2 else { throw PageFault("\(name):\(line): this file has no name") }
          try write(body, to: info[1], in: workplace)
          lines += body
        case "console":
          let inputs = body.filter { $0.hasPrefix("$ ") }
          for input in inputs {
            lines.append(input)
            lines += Self.output(of: input, in: workplace)
          }
        case "text":
          if info.count == 2 { try write(body, to: info[1], in: workplace) }
          lines += body
        default: throw PageFault("\(name):\(line): a block is yaml, json, csv, console or text")
        }
        lines.append("```")
      }
    }
    return lines.joined(separator: "\n")
  }

  // MARK: - Blocks

  private enum Part {
    case prose([String])
    case block(info: [String], body: [String], line: Int)
  }

  private static func parts(of text: String, page: String) throws -> [Part] {
    var parts: [Part] = []
    var prose: [String] = []
    var open: (info: [String], body: [String], line: Int)?
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (number, line) in lines.enumerated() {
      if let (info, body, start) = open {
        if line == "```" {
          parts.append(.block(info: info, body: body, line: start))
          open = nil
        } else {
          open = (info, body + [line], start)
        }
      } else if line.hasPrefix("```") {
        parts.append(.prose(prose))
        prose = []
        let info = line.dropFirst(3).split(separator: " ").map(String.init)
        open = (info, [], number + 1)
      } else {
        prose.append(line)
      }
    }
    if let open { throw PageFault("\(page):\(open.line): this block is never closed") }
    return parts + [.prose(prose)]
  }

  private func write(_ lines: [String], to file: String, in workplace: URL) throws {
    guard !file.hasPrefix("/"), !file.contains("..") else {
      throw PageFault("\(name): the file `\(file)` leads out of the page's folder")
    }
    let place = workplace.appendingPathComponent(file)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    let text = lines.map { $0 + "\n" }.joined()
    try text.write(to: place, atomically: true, encoding: .utf8)
  }

  // MARK: - Commands

  /// What a line such as `$ annona check food` prints, results and problems alike.
  private static func output(of input: String, in workplace: URL) -> [String] {
    var words = words(of: String(input.dropFirst(2)))
    let console = RecordingConsole()
    if words.count > 2, words[words.count - 2] == "<" {
      let answers = workplace.appendingPathComponent(words[words.count - 1])
      let text = (try? String(contentsOf: answers, encoding: .utf8)) ?? ""
      console.lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      words.removeLast(2)
    }
    guard words.first == "annona" else { return ["only `annona` can be run here"] }
    // What a command makes belongs into the page's folder as much as what it reads.
    let save = words.firstIndex(of: "--save").map { words[$0 + 1] }
    let made = words.dropFirst().first == "new" ? words.last : save
    let keeps = words.dropLast().last == ">"
    let arguments = words.dropFirst().dropLast(keeps ? 2 : 0).map { word in
      let place = workplace.appendingPathComponent(word).path
      let isMade = word == made || [".json", ".db"].contains { word.hasSuffix($0) }
      return isMade || FileManager.default.fileExists(atPath: place) ? place : word
    }
    _ = AnnonaCommand.run(arguments, on: console)
    if keeps, let file = words.last {
      try? console.text.write(
        to: workplace.appendingPathComponent(file), atomically: true, encoding: .utf8)
      return []
    }
    var text = console.text.replacingOccurrences(of: workplace.path + "/", with: "")
      .withoutHashes
    while text.hasSuffix("\n") { text.removeLast() }
    if text.isEmpty { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The words of a command; double quotes hold one together.
  private static func words(of input: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in input {
      switch character {
      case "\"":
        isQuoted.toggle()
        word = word ?? ""
      case " " where !isQuoted:
        if let done = word { words.append(done) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}

extension String {
  /// Hashes and signatures say nothing to people, and are others for every version of the engine.
  fileprivate var withoutHashes: String {
    replacing(#/sha256:[0-9a-f]{64}/#, with: "sha256:…")
      .replacing(#/ [0-9a-f]{12} /#, with: " … ")
      .replacing(#/[A-Za-z0-9+\/]{43,}=*/#, with: "…")
  }
}

/// What is wrong with a page itself.
struct PageFault: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// A console without a terminal, which keeps what is written to it.
private final class RecordingConsole: Console {
  var text = ""
  let coloursResults = false
  let coloursProblems = false

  func print(_ text: String) { self.text += text }
  func report(_ text: String) { self.text += text }
  func readInput() -> [UInt8] { [] }

  /// What stands on standard input.
  var lines: ArraySlice<Substring> = []

  func readLine() -> String? {
    guard let line = lines.popFirst() else { return nil }
    print(line + "\n")
    return String(line)
  }
}
