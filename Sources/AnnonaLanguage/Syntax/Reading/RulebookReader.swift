/// Reads the files of one rulebook into syntax: every problem of keys, kinds and names is reported, and what is broken is left out.
///
/// Files come in declaration order, `nil` for one that its own reader could not read; the sources are those that the nodes' spans count. Nodes are no deeper than their
/// reader lets them be.
package func readRulebook(
  _ files: [Node?], from sources: [SourceFile]
) -> (RulebookSyntax, [Diagnostic]) {
  let reading = RulebookReading(sources: sources)
  var rulebook = RulebookSyntax()
  var cited: [SourceSyntax] = []
  // A file that could not be read may be the one with the header.
  var mayHaveHeader = files.contains { $0 == nil }
  for case let file? in files {
    let root = NameSyntax("", span: Span(file: file.span.file, start: 0, end: 0))
    let spot = Spot(root: file, name: root)
    if case .scalar(let scalar) = file.content, scalar.text.isEmpty { continue }
    guard case .mapping = file.content else {
      reading.report(.notAFile(at: file.span))
      continue
    }
    let fields = Fields(FileShape.form, at: spot, reading: reading)
    mayHaveHeader = mayHaveHeader || fields.has(FileShape.rulebook)
    guard let part = FileShape.read(fields) else { continue }
    fields.assertAllRead()
    rulebook.append(part.declarations, reading)
    cited += part.sources
  }
  if !mayHaveHeader {
    let file = files.first??.span.file ?? 0
    reading.report(.missingHeader(at: Span(file: file, start: 0, end: 0)))
  }
  rulebook.header?.sources = cited
  rulebook.unread = reading.unread
  reading.diagnostics += rulebook.takeOutRepeats()
  reading.diagnostics += unitsAsNames(in: rulebook)
  return (rulebook, reading.diagnostics.inOrder())
}

extension RulebookSyntax {
  fileprivate mutating func append(_ part: RulebookSyntax, _ reading: RulebookReading) {
    if let header, let second = part.header {
      reading.report(.secondHeader(second.id.text, at: second.id.span, first: header.id.span))
    }
    header = header ?? part.header
    units += part.units
    choices += part.choices
    entities += part.entities
    parameters += part.parameters
    functions += part.functions
    rules += part.rules
    benefits += part.benefits
    shows += part.shows
    imports += part.imports
    amendments += part.amendments
    events += part.events
    properties += part.properties
    cliffs += part.cliffs
  }
}
