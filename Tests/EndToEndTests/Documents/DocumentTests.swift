import Foundation
import Support
import Testing

/// What the project's pages say is what happens.
@Suite struct DocumentTests {
  @Test func theCommandsOfTheReadmeGiveWhatItShows() throws {
    let blocks = FencedBlock.all(in: try packageFolder.text("README.md"))
    let files = blocks.filter { $0.language == "yaml" && !$0.name.isEmpty }
    #expect(files.map(\.name) == ["heating_grant.yaml", "household.yaml"])
    #expect(files[0].lines.count == 15)
    let folder = try TemporaryFolder(
      Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.text) }))
    let sessions = blocks.filter { $0.language == "console" }
    #expect(sessions.count == 3)
    for session in sessions {
      for (command, answer) in session.commands {
        let arguments = command.dropFirst().map { word in
          files.contains { $0.name == word } ? folder.path + "/" + word : word
        }
        #expect(command.first == "annona")
        let run = annona(Array(arguments))
        #expect(difference(found: run.output.visible, wanted: answer) == nil)
        #expect(run.problems.isEmpty)
      }
    }
  }

  @Test func theSnippetOfTheReadmeIsTheOneThatCompiles() throws {
    let snippets = FencedBlock.all(in: try packageFolder.text("README.md"))
      .filter { $0.language == "swift" }
    let source = try packageFolder.text("Tests/EndToEndTests/Documents/LibrarySnippet.swift")
    #expect(snippets.map(\.text) == [source])
  }

  @Test func theSnippetDecides() throws {
    _ = annona("--help")
    #expect(try decideNewborn().visible.contains("tem direito a 182,41 EUR/mês\n"))
  }

  /// Every path in backquotes that has a slash or a capitalised file name leads somewhere.
  @Test(arguments: ["README.md", "CONTRIBUTING.md"])
  func thePathsOfAPageExist(_ page: String) throws {
    let words = try packageFolder.text(page).split(separator: "`").enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    let roots = ["Sources", "Tests", "Rules", "Examples", ".ci"]
    let paths = words.filter { word in
      !word.contains(where: \.isWhitespace)
        && (roots.contains { word == $0 || word.hasPrefix($0 + "/") } || word.hasSuffix(".md"))
    }
    #expect(paths.count > 4)
    for path in paths { #expect(packageFolder.has(path), "\(page) names `\(path)`") }
  }

  @Test func contributingIsTwoPages() throws {
    let text = try packageFolder.text("CONTRIBUTING.md")
    #expect(text.split(separator: "\n").count <= 120)
  }

  @Test(arguments: ["make demo", "make test"])
  func theCommandsOfANewcomerExist(_ command: String) throws {
    let target = command.split(separator: " ")[1]
    #expect(try packageFolder.text("Makefile").contains("\n\(target):"))
    #expect(try packageFolder.text("README.md").contains("\n\(command) "))
    #expect(try packageFolder.text(".ci/run").contains("\n\(command)\n"))
  }
}

/// A block between three backquotes.
private struct FencedBlock {
  let language: String
  let name: String
  let lines: [String]

  var text: String { lines.map { $0 + "\n" }.joined() }

  /// The commands behind `$`, as words, each with what stands below it.
  var commands: [(words: [String], answer: String)] {
    var commands: [(words: [String], answer: String)] = []
    for line in lines {
      if line.hasPrefix("$ ") {
        commands.append((line.dropFirst(2).split(separator: " ").map(String.init), ""))
      } else if !commands.isEmpty {
        commands[commands.count - 1].answer += line + "\n"
      }
    }
    return commands
  }

  static func all(in text: String) -> [FencedBlock] {
    var blocks: [FencedBlock] = []
    var open: (words: [String], lines: [String])?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      guard line.hasPrefix("```") else {
        open?.lines.append(line)
        continue
      }
      if let block = open {
        blocks.append(
          FencedBlock(
            language: block.words.first ?? "", name: block.words.dropFirst().first ?? "",
            lines: block.lines))
        open = nil
      } else {
        open = (line.dropFirst(3).split(separator: " ").map(String.init), [])
      }
    }
    return blocks
  }
}
