import AnnonaEngine
package import AnnonaLanguage

/// Reads, checks and proves rulebooks, imports first, each a list of files; the program is `nil` when there is an error.
package func checked(
  _ rulebooks: [[SourceFile]]
) -> (program: Program?, diagnostics: [Diagnostic]) {
  var files: [SourceFile] = []
  var diagnostics: [Diagnostic] = []
  var sources: [RulebookSource] = []
  var ids: [String: Int] = [:]
  for rulebook in rulebooks {
    var nodes: [Node] = []
    for file in rulebook where file.path.hasSuffix(".csv") { files.append(file) }
    for file in rulebook where !file.path.hasSuffix(".csv") {
      let (node, problems) = readNodes(file, index: Int32(files.count))
      files.append(file)
      diagnostics += problems
      if let node { nodes.append(node) }
    }
    let (syntax, problems) = readRulebook(nodes, from: files)
    diagnostics += problems
    var imports: [String: Int] = [:]
    for entry in syntax.imports { imports[entry.prefix.text] = ids[entry.rulebook.text] }
    if let id = syntax.header?.id.text { ids[id] = sources.count }
    sources.append(RulebookSource(syntax: syntax, imports: imports))
  }
  let isRead = !diagnostics.hasErrors
  let (program, provable, problems) = check(sources, files: files, afterErrors: !isRead)
  diagnostics += problems
  if isRead, let provable { diagnostics += prove(provable) }
  return (diagnostics.hasErrors ? nil : program, diagnostics.inOrder())
}

/// One rulebook in one file.
package func checked(
  _ text: String, path: String = "rules.yaml"
) -> (program: Program?, diagnostics: [Diagnostic]) {
  checked([[SourceFile(path: path, text: text)]])
}
