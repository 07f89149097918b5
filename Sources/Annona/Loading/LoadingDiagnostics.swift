import AnnonaLanguage

// The English of bringing rulebooks together; its codes begin with L.
extension Diagnostic {
  static func rulebookNotFound(
    _ id: String, at span: Span, in library: String?
  ) -> Diagnostic {
    let place =
      library.map { "below `\($0)`" } ?? "here: there is no folder `Rules` above this file"
    let fix =
      library == nil
      ? "say where it is with `--rules DIR`, or keep the rulebooks below a folder named `Rules`"
      : "correct the id, or add the rulebook whose header says `rulebook: \(id)`"
    return Diagnostic(
      "L001", at: span, "the imported rulebook `\(id)` was not found \(place)",
      help: fix)
  }

  /// - Parameter others: the headers besides the place itself.
  static func severalRulebooks(
    _ id: String, count: Int, at span: Span, others: [Span]
  ) -> Diagnostic {
    Diagnostic(
      "L002", at: span, "\(count) rulebooks are called `\(id)`",
      notes: others.map { .init($0, "one of them") },
      help: "give each rulebook an id of its own")
  }

  static func importCycle(_ ids: [String], at span: Span) -> Diagnostic {
    let circle = ids.map { "`\($0)`" }.joined(separator: " imports ")
    return Diagnostic(
      "L003", at: span, "the rulebooks import one another in a circle: \(circle)",
      help: "move what both need into a rulebook that imports neither")
  }

  static func moreProblems(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "L010", at: span,
      count == 1 ? "1 more problem is not shown" : "\(count) more problems are not shown",
      help: "mend the first ones and check again")
  }

  static func notRead(_ name: String, at span: Span) -> Diagnostic {
    let stem = name.hasSuffix(".yml") ? String(name.dropLast(4)) : name
    return Diagnostic(
      "L005", .warning, at: span,
      "`\(name)` is not read: what belongs to a rulebook ends in `.yaml`",
      help: "rename it to `\(stem).yaml`, or keep it elsewhere")
  }

  static func importUnreadable(_ id: String, at span: Span, _ problem: FileProblem) -> Diagnostic {
    Diagnostic(
      "L004", at: span, "the imported rulebook `\(id)` cannot be read: \(problem)",
      help: "make the file readable, or remove the import")
  }
}

// What can be wrong with a request for a decision; its codes begin with A.
extension Diagnostic {
  static func nothingToDecide(at span: Span) -> Diagnostic {
    Diagnostic(
      "A001", at: span, "the rulebook has no entity, so that it cannot decide a case",
      help: "name a rulebook that has `case:` in its header")
  }

  static func notASetting(at span: Span) -> Diagnostic {
    Diagnostic(
      "A002", at: span, "this does not set a fact",
      help: "write the fact, `=` and its value, such as `household.income=12_000`")
  }

  static func nobodyToSet(_ owner: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "A003", at: span, "the case has no `\(owner)`",
      help: "write the entity and the id that the case uses, such as `person/maria`")
  }

  static func notAnEvent(at span: Span) -> Diagnostic {
    Diagnostic(
      "A004", at: span, "this does not report a life event",
      help: "write `event:` with its name, `id:` with the register's number, "
        + "`on:` with the day and `payload:` with what the register says")
  }

  static func unknownEventKey(_ key: String, at span: Span, near: String?) -> Diagnostic {
    Diagnostic(
      "A005", at: span, "an event has no `\(key)`",
      help: near.map { "did you mean `\($0)`?" }
        ?? "write `event`, `id`, `on` and `payload`, and what the register says below `payload`")
  }

  static func eventUnknownHere(_ name: String, at span: Span, near: String?) -> Diagnostic {
    Diagnostic(
      "A006", at: span, "no rulebook says which facts the event `\(name)` brings",
      help: near.map { "did you mean `\($0)`?" }
        ?? "declare it under `events:` in a rulebook that it touches")
  }

  static func eventLacks(_ payload: String, event: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "A007", at: span, "the event lacks `\(payload)`, which `\(event)` is to bring",
      help: "add it below `payload:`; what the register does not know is written `unknown`")
  }
}

extension [Diagnostic] {
  /// The first ones, and at the place of the next that there are more; errors before warnings where not all have room.
  func cut(to limit: Int) -> [Diagnostic] {
    guard count > limit else { return self }
    let errors = filter { $0.severity == .error }
    let shown = errors.isEmpty ? self : errors
    guard shown.count > limit else { return shown }
    guard let next = shown.dropFirst(limit).first, !errors.isEmpty else {
      return Array(shown.prefix(limit))
    }
    return shown.prefix(limit) + [.moreProblems(shown.count - limit, at: next.span)]
  }
}
