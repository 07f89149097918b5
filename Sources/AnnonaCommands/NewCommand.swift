import Annona
import AnnonaLanguage
import ArgumentParser

/// `annona new NAME`
struct NewCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract:
      "Writes a first rulebook, with fixtures that pass and a household, into a new folder.",
    discussion: """
      The rulebook is small and complete, and its comments say what each part is for. Change it piece by piece \
      into the law that you have before you. Nothing that is there is ever overwritten.

      For example:
        annona new heating_grant
        annona new Rules/pt/heating_grant
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder to make; its last part names the rulebook and its benefit.", valueName: "name"))
  var folder: String

  func run(on console: any Console) throws -> ExitStatus {
    let path = try placed()
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    guard isName(name) else {
      let near = nameSuggestion(for: name, isDotted: false).flatMap { isName($0) ? $0 : nil }
      throw RequestProblem(
        "`\(name)` cannot name a rulebook: a name is lower case words joined by `_`, such as `\(near ?? "heating_grant")`"
      )
    }
    let files = FirstRulebook(name: name, folder: path).files
    let rules = files.filter { $0.path.hasSuffix("\(name).yaml") }
      .map { SourceFile(path: $0.path, text: $0.text) }
    guard Rulebook.load(files: rules).diagnostics.isEmpty else {
      throw RequestProblem("`\(name)` already means something in a rulebook, choose another name")
    }
    try FileSystem.makeFolder(path)
    try FileSystem.makeFolder("\(path)/rules")
    for file in files {
      try FileSystem.create(Array(file.text.utf8), at: "\(path)/\(file.path)")
    }
    console.print(
      files.map { "\(path)/\($0.path)\n" }.joined()
        + """

        Begin with:
          annona check \(path)
          annona test \(path)
          annona simulate \(path) \(path)/household.yaml

        """)
    return .done
  }

  private func placed() throws -> String {
    var path = folder
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    while path.hasPrefix("./") { path.removeFirst(2) }
    guard !path.isEmpty else {
      throw RequestProblem("the rulebook needs a name, such as `annona new heating_grant`")
    }
    return path
  }
}
