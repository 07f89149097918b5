/// Reads a file whose whole is one mapping of a shape: every problem of keys, kinds and names is reported.
package func readFile<S: Shape>(
  _ file: Node, as shape: S.Type, from sources: [SourceFile]
) -> (S.Syntax?, [Diagnostic]) {
  let reading = RulebookReading(sources: sources)
  guard case .mapping = file.content else {
    reading.report(.notThisFile(shape.form, at: file.span))
    return (nil, reading.diagnostics)
  }
  let root = NameSyntax("", span: Span(file: file.span.file, start: 0, end: 0))
  let fields = Fields(shape.form, at: Spot(root: file, name: root), reading: reading)
  let syntax = shape.read(fields)
  fields.assertAllRead()
  return (syntax, reading.diagnostics.inOrder())
}
