import Testing

@testable import AnnonaLanguage

/// One rulebook read from the texts of its files, with all that the readers said.
struct ReadRulebook {
  let syntax: RulebookSyntax
  let diagnostics: [Diagnostic]
  let files: [SourceFile]

  init(_ texts: String...) {
    self.init(
      texts.enumerated().map { SourceFile(path: "\($0.offset + 1).yaml", text: $0.element) })
  }

  init(_ files: [SourceFile]) {
    self.files = files
    var nodes: [Node?] = []
    var found: [Diagnostic] = []
    for (index, file) in files.enumerated() {
      let (node, problems) = readYAML(file, index: Int32(index))
      nodes.append(node)
      found += problems
    }
    let (syntax, problems) = readRulebook(nodes, from: files)
    self.syntax = syntax
    diagnostics = found + problems
  }

  /// ``K001 ‹titel› `titel` is not a key of a fact -> write `title` ``, notes indented below.
  var lines: [String] {
    diagnostics.flatMap { diagnostic in
      let help = diagnostic.help.map { " -> \($0)" } ?? ""
      let severity = diagnostic.severity == .warning ? "warning " : ""
      return [
        "\(severity)\(diagnostic.code) ‹\(text(at: diagnostic.span))› \(diagnostic.message)\(help)"
      ] + diagnostic.notes.map { "  ‹\(text(at: $0.span))› \($0.message)" }
    }
  }

  func text(at span: Span) -> String {
    let bytes = files[Int(span.file)].bytes
    let text = String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.count > 1 ? "\(lines[0])…" : text
  }
}
