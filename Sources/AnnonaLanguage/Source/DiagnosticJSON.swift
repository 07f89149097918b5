/// Prints diagnostics for programs: a list of objects with fixed names, in the same order as the text.
public struct DiagnosticJSON: Sendable {
  private let files: [SourceFile]
  private let hidden: Set<Int32>

  /// - Parameters:
  ///   - files: the list that the spans count in.
  ///   - hidden: files whose lines are not rewritten in `help`, because they hold a person's data.
  public init(files: [SourceFile], hidden: Set<Int32> = []) {
    self.files = files
    self.hidden = hidden
  }

  /// A JSON array, indented, without a line break at its end.
  public func render(_ diagnostics: [Diagnostic]) -> String { value(diagnostics).pretty }

  package func value(_ diagnostics: [Diagnostic]) -> JSONValue {
    .array(diagnostics.inOrder().map(value))
  }

  private func value(_ diagnostic: Diagnostic) -> JSONValue {
    let head: [JSONValue.Member] = [
      .init("code", .string(diagnostic.code)),
      .init("severity", .string(diagnostic.severity.rawValue)),
    ]
    let notes = diagnostic.notes.map { note in
      JSONValue.object(place(note.span) + [.init("message", .string(note.message))])
    }
    let help = diagnostic.mayShowHelp(hidden: hidden) ? diagnostic.help : nil
    return .object(
      head + place(diagnostic.span) + [
        .init("message", .string(diagnostic.message)),
        .init("notes", .array(notes)),
        .init("example", .optional(diagnostic.example)),
        .init("help", .optional(help)),
      ])
  }

  private func place(_ span: Span) -> [JSONValue.Member] {
    guard files.indices.contains(Int(span.file)) else { return [.init("file", .null)] }
    let file = files[Int(span.file)]
    let start = file.position(of: span.start)
    let end = file.position(of: max(span.start, span.end))
    return [
      .init("file", .string(file.path)),
      .init("line", .integer(start.line)),
      .init("column", .integer(start.column)),
      .init("end_line", .integer(end.line)),
      .init("end_column", .integer(end.column)),
    ]
  }
}
