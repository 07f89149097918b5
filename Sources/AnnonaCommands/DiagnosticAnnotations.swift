import Annona

/// Prints diagnostics as GitHub's workflow commands, which show them beside the changed lines.
struct DiagnosticAnnotations {
  let files: [SourceFile]

  func render(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.inOrder().map { line($0) + "\n" }.joined()
  }

  private func line(_ diagnostic: Diagnostic) -> String {
    var properties: [String] = []
    if files.indices.contains(Int(diagnostic.span.file)) {
      let file = files[Int(diagnostic.span.file)]
      let start = file.position(of: diagnostic.span.start)
      let end = file.position(of: max(diagnostic.span.start, diagnostic.span.end))
      properties = ["file=\(property(file.path))", "line=\(start.line)"]
      // Columns are only read where the place is on one line.
      if start.line == end.line {
        properties += ["col=\(start.column)", "endColumn=\(end.column)"]
      }
    }
    properties.append("title=\(property(diagnostic.code))")
    var message = diagnostic.message
    if let example = diagnostic.example { message += "\nexample: " + example }
    if let help = diagnostic.help { message += "\nhelp: " + help }
    return "::\(diagnostic.severity) \(properties.joined(separator: ","))::\(data(message))"
  }

  private func data(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private func property(_ text: String) -> String {
    var escaped = ""
    for character in data(text) {
      switch character {
      case ":": escaped += "%3A"
      case ",": escaped += "%2C"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
