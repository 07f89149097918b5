/// Prints diagnostics for people: one sentence with its place, the line with the words underlined, the way out.
public struct DiagnosticText: Sendable {
  private let files: [SourceFile]
  private let hidden: Set<Int32>
  private let isColoured: Bool

  /// - Parameters:
  ///   - files: the list that the spans count in.
  ///   - hidden: files whose lines are not shown, nor rewritten, because they hold a person's data.
  ///   - coloured: for a terminal.
  public init(files: [SourceFile], hidden: Set<Int32> = [], coloured: Bool = false) {
    self.files = files
    self.hidden = hidden
    self.isColoured = coloured
  }

  /// All of them in order, each followed by a line break, with an empty line between two.
  public func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.inOrder().map { render($0) }.joined(separator: "\n")
  }

  /// One diagnostic, ending in a line break.
  public func render(_ diagnostic: Diagnostic) -> String {
    let isError = diagnostic.severity == .error
    let title = painted("\(diagnostic.severity)[\(diagnostic.code)]", isError ? "1;31" : "1;33")
    var text = title + " \(place(diagnostic.span)): " + printable(diagnostic.message) + "\n"
    let gutter = gutterWidth(of: diagnostic)
    text += excerpt(diagnostic.span, gutter: gutter, isError ? "1;31" : "1;33")
    for note in diagnostic.notes {
      text += "  also: \(place(note.span)): " + printable(note.message) + "\n"
      text += excerpt(note.span, gutter: gutter, "1;34")
    }
    if let example = diagnostic.example { text += "  example: " + indented(example) + "\n" }
    if let help = diagnostic.help, diagnostic.mayShowHelp(hidden: hidden) {
      text += "  help: " + indented(help) + "\n"
    }
    return text
  }

  private func file(of span: Span) -> SourceFile? {
    files.indices.contains(Int(span.file)) ? files[Int(span.file)] : nil
  }

  private func place(_ span: Span) -> String {
    guard let file = file(of: span) else { return "-" }
    let position = file.position(of: span.start)
    return "\(printable(file.path)):\(position.line):\(position.column)"
  }

  // MARK: The line and its underline

  private func gutterWidth(of diagnostic: Diagnostic) -> Int {
    let spans = [diagnostic.span] + diagnostic.notes.map(\.span)
    return spans.compactMap { span in
      file(of: span).map { String($0.lineIndex(of: span.start) + 1).count }
    }.max() ?? 1
  }

  private func excerpt(_ span: Span, gutter: Int, _ colour: String) -> String {
    guard let file = file(of: span), !hidden.contains(span.file) else { return "" }
    let excerpt = LineExcerpt(file, span)
    let line = String(file.lineIndex(of: span.start) + 1)
    let pad = String(repeating: " ", count: max(0, gutter - line.count))
    let carets = painted(String(repeating: "^", count: excerpt.width), colour)
    let numbered = "  " + pad + line + " | " + excerpt.text
    let under = String(repeating: " ", count: gutter + 2) + " | "
    let margin = String(repeating: " ", count: excerpt.margin)
    return numbered + "\n" + under + margin + carets + "\n"
  }

  private func painted(_ text: String, _ colour: String) -> String {
    isColoured ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }

  /// A text of several lines stands below its word.
  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { printable(String($0)) }.joined(separator: "\n    ")
  }
}

extension Diagnostic {
  /// A rewritten line would show what the file holds; other stages' help names only what the rulebook expects.
  func mayShowHelp(hidden: Set<Int32>) -> Bool {
    !(hidden.contains(span.file) && code.hasPrefix("Y"))
  }
}
