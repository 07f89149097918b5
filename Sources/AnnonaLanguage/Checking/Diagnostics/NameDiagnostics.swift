// The English of the checker, codes N: what names mean, and who holds what.

extension Diagnostic {
  static func unknownName(_ name: NameSyntax, near: String?) -> Diagnostic {
    Diagnostic(
      "N001", at: name.span, "nothing is called `\(name.text)` here",
      help: meant(near) ?? "correct the spelling, or declare it as a fact, a parameter or a rule")
  }

  /// `imported` is the import's entity that has the name, `entity` the rulebook's own of the same kind.
  static func unknownName(
    _ name: NameSyntax, of entity: String, imported: String
  ) -> Diagnostic {
    Diagnostic(
      "N001", at: name.span, "nothing is called `\(name.text)` here",
      help: addTo(imported, insteadOf: entity))
  }

  private static func addTo(_ imported: String, insteadOf entity: String) -> String {
    "`\(imported)` has it, and the `\(entity)` of this rulebook is another entity: "
      + "write `\(imported)` for `\(entity)` under `entities:`, to add facts to that one"
  }

  /// `spellings` are those of the readings that have one which means nothing else.
  static func twoReadings(
    _ name: NameSyntax, _ readings: [String], spellings: [String]
  ) -> Diagnostic {
    let written = spellings.map { "`\($0)`" }.joined(separator: " or ")
    let renamed = "give one of them another name"
    let help: String =
      if spellings.isEmpty { renamed } else if spellings.count == readings.count {
        "write \(written)"
      } else { "write \(written) if that is meant, or \(renamed)" }
    return Diagnostic(
      "N002", at: name.span,
      "`\(name.text)` can mean \(readings.joined(separator: " or ")) here", help: help)
  }

  static func choiceOrName(_ name: NameSyntax, choice: String, other: String) -> Diagnostic {
    Diagnostic(
      "N003", at: name.span,
      "`\(name.text)` is both a member of the choice `\(choice)` and \(other)",
      help: "write `\(choice).\(name.text)` for the member")
  }

  static func notAMember(_ name: NameSyntax, of choice: String, members: [String]) -> Diagnostic {
    Diagnostic(
      "N004", at: name.span, "`\(name.text)` is not a member of the choice `\(choice)`",
      help: meant(didYouMean(name.text, among: members)) ?? "write one of \(quoted(members))")
  }

  static func unknownMember(_ name: NameSyntax, of entity: String, near: String?) -> Diagnostic {
    Diagnostic(
      "N005", at: name.span,
      "`\(entity)` has no fact, rule or member called `\(name.text)`",
      help: meant(near) ?? "declare `\(name.text)` under `\(entity)`, or correct the spelling")
  }

  /// `imported` is the import's entity that has the name, `entity` the rulebook's own of the same kind.
  static func unknownMember(
    _ name: NameSyntax, of entity: String, imported: String
  ) -> Diagnostic {
    Diagnostic(
      "N005", at: name.span,
      "`\(entity)` has no fact, rule or member called `\(name.text)`",
      help: addTo(imported, insteadOf: entity))
  }

  /// `owner` is what stands before the dot, `parts` what can be asked of it.
  static func noMembers(
    _ name: NameSyntax, of owner: String, _ type: String, parts: [String]
  ) -> Diagnostic {
    let near = didYouMean(name.text, among: parts) ?? parts.first { name.text.hasPrefix($0) }
    return Diagnostic(
      "N006", at: name.span, "`\(owner)` is `\(type)`, which has no `.\(name.text)`",
      help: near.map { "did you mean `\(owner).\($0)`?" }
        ?? (parts.isEmpty
          ? "write `\(owner)` alone, or start from an entity"
          : "ask for \(parts.map { "`.\($0)`" }.joined(separator: ", "))"))
  }

  static func nameNeedsMember(_ name: NameSyntax, what: String, such example: String?) -> Diagnostic
  {
    Diagnostic(
      "N007", at: name.span, "`\(name.text)` is \(what), not a value",
      help: "follow it with a dot and the name of what is meant"
        + (example.map { ", such as `\(name.text).\($0)`" } ?? ""))
  }

  static func notInImport(_ name: NameSyntax, prefix: String, near: String?) -> Diagnostic {
    Diagnostic(
      "N008", at: name.span, "the import `\(prefix)` has no parameter called `\(name.text)`",
      help: near.map { "did you mean `\(prefix).\($0)`?" }
        ?? "look up what the imported rulebook declares under `parameters:`")
  }

  static func unknownFunction(_ name: NameSyntax, near: String?) -> Diagnostic {
    Diagnostic(
      "N009", at: name.span, "there is no function `\(name.text)`",
      help: meant(near) ?? "declare it under `functions:`, or correct the spelling")
  }

  static func unknownEntity(_ name: NameSyntax, among names: [String]) -> Diagnostic {
    Diagnostic(
      "N010", at: name.span, "there is no entity `\(name.text)`",
      help: meant(didYouMean(name.text, among: names))
        ?? "declare `\(name.text)` under `entities:`"
        + (names.isEmpty ? "" : ", or write one of \(quoted(names))"))
  }

  static func nameTaken(_ name: NameSyntax, of entity: String, first: Span) -> Diagnostic {
    Diagnostic(
      "N011", at: name.span,
      "the rulebook that declares `\(entity)` already has `\(entity).\(name.text)`",
      notes: [.init(first, "declared here")],
      help: "use that one, or give this one another name")
  }

  static func declaredTwice(_ what: String, _ name: NameSyntax, first: Span?) -> Diagnostic {
    Diagnostic(
      "N012", at: name.span, "the \(what) `\(name.text)` is declared twice",
      notes: first.map { [.init($0, "first declared here")] } ?? [],
      help: "remove one of the two, or give it another name")
  }

  static func factInFunction(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "N013", at: name.span, "a function sees no facts or rules, so not `\(name.text)`",
      help: "take it as an argument: `takes: { \(name.text): … }`")
  }

  static func thisInFunction(at span: Span) -> Diagnostic {
    Diagnostic(
      "N014", at: span, "a function belongs to no entity, so it has no `this`",
      help: "take what is needed as an argument under `takes:`")
  }

  static func builtInName(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "N016", at: name.span, "`\(name.text)` is a function of the language itself",
      help: "give the function another name")
  }

  static func baseOutsideException(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "N017", at: name.span, "`base` has a meaning only inside an exception",
      help: "move the formula into `exceptions:`, or name the rule that is meant")
  }

  static func severalOutputs(_ rule: String, _ outputs: [String], at span: Span) -> Diagnostic {
    let last = rule.split(separator: ".").last.map(String.init) ?? rule
    return Diagnostic(
      "N018", at: span, "`\(rule)` has several values: \(quoted(outputs))",
      help: "say which, such as `\(last).\(outputs.first ?? "")`")
  }

  static func unknownPart(
    _ name: NameSyntax, of rule: String, what: String, _ names: [String]
  ) -> Diagnostic {
    Diagnostic(
      "N024", at: name.span, "`\(rule)` has no \(what) `\(name.text)`",
      help: meant(didYouMean(name.text, among: names)) ?? "write one of \(quoted(names))")
  }

  static func entityNotAround(
    _ name: NameSyntax, _ rule: String, members: [String]
  ) -> Diagnostic {
    Diagnostic(
      "N025", at: name.span,
      "`\(name.text)` would be the one that the rule belongs to, and it belongs to a `\(rule)`",
      help: members.isEmpty
        ? "move the rule to `\(name.text)`, or reach it through a fact"
        : "say which is meant through \(members.map { "`\($0)`" }.joined(separator: " or "))")
  }

  static func misspeltSource(_ name: NameSyntax, word: String, near: String) -> Diagnostic {
    Diagnostic(
      "N019", .warning, at: name.span, "no source is called `\(word)`",
      help: "did you mean `\(near)`?")
  }

  static func caseEntityMissing(_ id: NameSyntax, among names: [String]) -> Diagnostic {
    Diagnostic(
      "N020", at: id.span, "the header does not say which entity is decided",
      help: "add `case: \(names.first ?? "household")` to the header")
  }

  static func heldTwice(
    _ member: String, by holder: String, and other: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "N021", at: span, "`\(member)` is held both by `\(other)` and by `\(holder)`",
      help: "hold it in one of them, and let the other refer to it by a fact of type `\(member)`")
  }

  static func holdsItself(_ entity: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "N022", at: span, "`\(entity)` would hold itself",
      help: "refer to another `\(entity)` by a fact instead of holding it under `has:`")
  }

  static func memberNotEntity(_ name: NameSyntax, at span: Span) -> Diagnostic {
    Diagnostic(
      "N023", at: span, "`\(name.text)` under `has:` must be an entity or a list of one",
      help: "write `list of` and the name of an entity, or move `\(name.text)` to `facts:`")
  }
}
