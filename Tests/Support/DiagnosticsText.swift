package import AnnonaLanguage

/// What a stage says about the files of a bad case, as `annona check` prints it.
package func diagnosticsText(
  _ files: [BadCase.File], _ stage: ([SourceFile]) -> [Diagnostic]
) -> String {
  let sources = files.map { SourceFile(path: $0.name, bytes: $0.bytes) }
  return DiagnosticText(files: sources).render(stage(sources))
}

/// What a stage says about one text.
package func diagnosticsText(
  _ text: String, path: String = "test.yaml", _ stage: (SourceFile) -> [Diagnostic]
) -> String {
  let source = SourceFile(path: path, text: text)
  return DiagnosticText(files: [source]).render(stage(source))
}

/// A text with the place that a test is about between `⟦` and `⟧`.
package struct MarkedText: Sendable {
  package let text: String
  /// The bytes that were marked, in order, counted in `text`.
  package let ranges: [Range<Int>]

  package init(_ marked: String) {
    var text = ""
    var starts: [Int] = []
    var ranges: [Range<Int>] = []
    for character in marked {
      switch character {
      case "⟦": starts.append(text.utf8.count)
      case "⟧": if let start = starts.popLast() { ranges.append(start..<text.utf8.count) }
      default: text.append(character)
      }
    }
    self.text = text
    self.ranges = ranges
  }
}
