import AnnonaLanguage

// The English of bringing rulebooks together; its codes begin with L.
extension Diagnostic {
  static func rulebookNotFound(
    _ id: String, at span: Span, in library: String?
  ) -> Diagnostic {
    let place = library.map { "below `\($0)`" } ?? "here: there is no folder `Rules` above this file"
    let fix =
      library == nil
      ? "say where it is with `--rules DIR`, or keep the rulebooks below a folder named `Rules`"
      : "correct the id, or add the rulebook whose header says `rulebook: \(id)`"
    return Diagnostic(
      "L001", at: span, "the imported rulebook `\(id)` was not found \(place)",
      help: fix)
  }

  static func severalRulebooks(_ id: String, at span: Span, headers: [Span]) -> Diagnostic {
    Diagnostic(
      "L002", at: span, "\(headers.count) rulebooks are called `\(id)`",
      notes: headers.map { .init($0, "one of them") },
      help: "give each rulebook an id of its own")
  }

  static func importCycle(_ ids: [String], at span: Span) -> Diagnostic {
    let circle = ids.map { "`\($0)`" }.joined(separator: " imports ")
    return Diagnostic(
      "L003", at: span, "the rulebooks import one another in a circle: \(circle)",
      help: "move what both need into a rulebook that imports neither")
  }

  static func importUnreadable(_ id: String, at span: Span, _ problem: FileProblem) -> Diagnostic {
    Diagnostic(
      "L004", at: span, "the imported rulebook `\(id)` cannot be read: \(problem)",
      help: "make the file readable, or remove the import")
  }
}
