import Annona
import AnnonaLanguage
import ArgumentParser

/// `annona fmt PATH…`
struct FormatCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Puts rulebooks, fixtures and cases into one layout, with tables drawn in columns.",
    discussion: """
      Two spaces a level, one space where one is needed, columns as wide as they must be. The order of \
      everything, comments, quotes and what stands on one line stay as their author chose, and what a file \
      says never changes. A file that cannot be read is reported and left as it is.

      Exit status: 0 done, 1 with --check, a file has another layout, 3 a file cannot be read.

      For example:
        annona fmt Rules
        annona fmt --check Rules Examples
        annona fmt - < draft.yaml
      """)

  @Argument(
    help: ArgumentHelp(
      "Folders, with every `*.yaml` file below them, or files; `-` for standard input, whose layout goes to standard output.",
      valueName: "path"))
  var paths: [String]

  @Flag(help: "Write nothing: show what would change, and fail if anything would.")
  var check = false

  func run(on console: any Console) throws -> ExitStatus {
    var count = Count()
    for file in try files(on: console) {
      count.files += 1
      switch Layout.lay(out: file) {
      case .unreadable(let problems):
        let text = DiagnosticText(files: [file], coloured: console.coloursProblems)
        console.report(text.render(problems))
        count.unreadable += 1
      case .unfaithful:
        throw FileProblem(
          path: file.path, reason: "its layout would change what it says, so it is left as it is")
      case .done(let text): try settle(file, text, &count, on: console)
      }
    }
    if !(paths == ["-"] && !check) { console.print(count.summary(isCheck: check)) }
    if count.unreadable > 0 { return .faultyRulebook }
    return check && count.changed > 0 ? .failedTest : .done
  }

  private func settle(
    _ file: SourceFile, _ text: String, _ count: inout Count, on console: any Console
  ) throws {
    let bytes = Array(text.utf8)
    let isChanged = bytes != file.bytes
    if isChanged { count.changed += 1 }
    if check {
      guard isChanged else { return }
      let old = String(decoding: file.bytes, as: UTF8.self)
      console.print(
        "--- \(file.path)\n" + LayoutDifference(from: old, to: text).text(lineBreak: "\n"))
    } else if paths == ["-"] {
      console.write(text)
    } else if isChanged {
      try FileSystem.replace(file.path, with: bytes)
      console.print("\(file.path)\n")
    }
  }

  private func files(on console: any Console) throws -> [SourceFile] {
    if paths == ["-"] { return [SourceFile(path: "-", bytes: try console.readInput())] }
    var files: [SourceFile] = []
    var seen: Set<String> = []
    for path in paths {
      if path == "-" {
        throw RequestProblem("`-` stands alone: standard input is one file")
      }
      for file in try FixtureFolder.files(below: path, endingIn: ".yaml")
      where seen.insert(file.path).inserted {
        guard file.path.hasSuffix(".yaml") else {
          throw FileProblem(
            path: file.path, reason: "only YAML has a layout, in files that end in `.yaml`")
        }
        files.append(file)
      }
    }
    return files
  }

  private struct Count {
    var files = 0
    var changed = 0
    var unreadable = 0

    func summary(isCheck: Bool) -> String {
      var results: [String] = []
      if changed > 0 {
        let verb = changed == 1 ? "has another layout" : "have another layout"
        results.append(isCheck ? "\(changed) \(verb), run `annona fmt`" : "\(changed) changed")
      }
      if unreadable > 0 { results.append("\(unreadable) cannot be read") }
      let result = results.isEmpty ? "nothing to change" : results.joined(separator: ", ")
      return "\(files) file\(files == 1 ? "" : "s"): \(result)\n"
    }
  }
}
