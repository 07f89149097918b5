extension Diagnostic {
  // MARK: Keys

  static func unknownKey(
    _ key: String, in form: ShapeForm, near: String?, at span: Span
  ) -> Diagnostic {
    if let near {
      return Diagnostic(
        "K001", at: span, "`\(key)` is not a key of \(form.name)", help: "write `\(near)`")
    }
    return Diagnostic(
      "K001", at: span,
      "`\(key)` is not a key of \(form.name), which takes \(list(form.keys.map(\.name), "and"))")
  }

  static func missingKey(
    _ key: KeyForm, in form: ShapeForm, _ label: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "K002", at: span, "\(label) lacks `\(key.name)`, which \(form.name) must have",
      help: "write `\(key.name):` and \(key.kind.phrase)")
  }

  static func missingChoice(_ choice: KeyChoice, _ label: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "K003", at: span, "\(label) has no \(choice.bareNoun)",
      help: "write one of \(list(choice.keys, "or"))")
  }

  static func twoChosen(
    _ choice: KeyChoice, _ label: String, _ entries: [Node.Entry]
  ) -> Diagnostic {
    let names = list(entries.map(\.key.text), "and")
    let last = entries[entries.count - 1]
    return Diagnostic(
      "K004", at: last.keySpan, "\(label) has \(names), where only one of them can stand",
      notes: entries.dropLast().map { Note($0.keySpan, "`\($0.key.text)` stands here") },
      help: "keep one as \(choice.noun) and take the others out")
  }

  static func needsKey(_ dependency: KeyDependency, at span: Span) -> Diagnostic {
    Diagnostic(
      "K005", at: span,
      "`\(dependency.key)` stands only beside `\(dependency.needs)`, which is missing here",
      help: "add `\(dependency.needs)`, or take `\(dependency.key)` out")
  }

  // MARK: What stands under a key

  static func emptyValue(_ label: String, takes phrase: String, at span: Span) -> Diagnostic {
    Diagnostic("K010", at: span, "nothing stands under \(label), which takes \(phrase)")
  }

  static func wrongKind(
    _ label: String, takes phrase: String, not node: Node, at span: Span, instead: String? = nil
  ) -> Diagnostic {
    let found =
      switch node.content {
      case .scalar: "a text"
      case .mapping: "keys of its own"
      case .sequence: "a list"
      }
    let isChoice = phrase == ScalarForm.type.phrase && node.choiceMembers != nil
    return Diagnostic(
      "K011", at: span, "\(label) takes \(phrase), not \(found)",
      help: instead
        ?? (isChoice ? "declare the choice under `choices:`, and write its name here" : nil))
  }

  static func notAmong(
    _ words: [String], _ word: String, _ label: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "K012", at: span, "\(label) takes \(list(words, "or")), not `\(word)`",
      help: meantWord(word, among: words).map { "write `\($0)`" })
  }

  private static func meantWord(_ word: String, among words: [String]) -> String? {
    if words == ["true", "false"] {
      if ["yes", "on", "True", "TRUE"].contains(word) { return "true" }
      if ["no", "off", "False", "FALSE"].contains(word) { return "false" }
    }
    return didYouMean(word, among: words)
  }

  static func notMatching(
    _ form: ScalarForm, _ text: String, _ label: String, at span: Span
  ) -> Diagnostic {
    Diagnostic("K013", at: span, "\(label) takes \(form.phrase), not `\(text)`")
  }

  static func notADay(_ text: String, at span: Span) -> Diagnostic {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.allSatisfy({ Int($0) != nil }) else {
      return Diagnostic("K014", at: span, "`\(text)` is not a date such as `2025-03-01`")
    }
    let why = impossibleDate(text, at: span)
    return Diagnostic("K014", at: span, why.message, help: why.help)
  }

  static func notTwoBounds(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      "K015", at: span, "`between` takes the least and the greatest value, not \(count) values",
      help: "write `[LEAST, GREATEST]`")
  }

  static func otherwiseNotLast(at span: Span) -> Diagnostic {
    Diagnostic(
      "K016", at: span, "`otherwise` is not the last of the cases, so those after it never count",
      help: "move it to the end")
  }

  static func unnamedCondition(_ node: Node, at span: Span) -> Diagnostic {
    var text = ""
    if case .scalar(let scalar) = node.content { text = scalar.text }
    return Diagnostic(
      "K017", at: span, "a condition that is more than a rule's name needs a name of its own",
      help: "write `NAME: \(text)`")
  }

  static func notRepealed(at span: Span) -> Diagnostic {
    Diagnostic(
      "K018", at: span, "a version that is not repealed has a body in place of `repealed`",
      help: "write `true`")
  }

  static func notAChange(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "K019", at: span, "`\(text)` is not a change such as `household.income rises`",
      help: "write a fact and `rises`, `falls` or `becomes VALUE`, "
        + "or a list of members and `grows` or `shrinks`")
  }

  // MARK: Names

  static func tableFileMissing(_ name: String, at span: Span, near: [String]) -> Diagnostic {
    Diagnostic(
      "K040", at: span, "there is no file `\(name)` beside this one",
      help: didYouMean(name, among: near).map { "did you mean `\($0)`?" }
        ?? "put the file into the rulebook's folder; its name ends in `.csv`")
  }

  static func notAName(
    _ text: String, _ fault: NameFault, as form: ScalarForm, at span: Span
  ) -> Diagnostic {
    switch fault {
    case .malformed where form == .unit:
      return Diagnostic(
        "K020", at: span,
        "`\(text)` is not a unit's name, which is letters and digits, the first a letter")
    case .malformed:
      return Diagnostic(
        "K020", at: span,
        "`\(text)` is not a name: names are lower case words joined by `_`, the first with a letter",
        help: nameSuggestion(for: text, isDotted: form == .dottedName).map { "write `\($0)`" })
    case .keyword:
      return Diagnostic(
        "K021", at: span, "`\(text)` is a word of the language, so nothing can be called so")
    case .unit where form == .unit:
      return Diagnostic(
        "K021", at: span, "`\(text)` is always a unit and needs no declaration",
        help: "take it out")
    case .unit:
      return Diagnostic(
        "K021", at: span, "`\(text)` is a unit, so nothing else can be called so",
        help: "use another name, such as `number_of_\(text.hasSuffix("s") ? text : text + "s")`")
    case .state:
      return Diagnostic(
        "K021", at: span,
        "`\(text)` is what a fact without a value is, so no choice can be called so"
      )
    }
  }

  static func notARuleName(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "K022", at: span, "`\(text)` is not a rule's name, which is an entity, one dot and a name",
      help: text.contains(".") ? nil : "write `ENTITY.\(text)`")
  }

  static func declaredTwice(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      "K023", at: span, "`\(name)` is declared twice",
      notes: [Note(first, "it was declared here first")],
      help: "rename one of the two, or take it out")
  }

  static func unitAsName(_ name: String, at span: Span, unit: Span) -> Diagnostic {
    Diagnostic(
      "K024", at: span, "`\(name)` is a unit, so nothing else can be called so",
      notes: [Note(unit, "the unit is declared here")])
  }

  // MARK: The files of a rulebook

  static func missingHeader(at span: Span) -> Diagnostic {
    Diagnostic(
      "K030", at: span, "no file says which rulebook this is", help: "write `rulebook: ID`")
  }

  static func secondHeader(_ id: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      "K031", at: span, "`\(id)` is the second header of one rulebook",
      notes: [Note(first, "the first header stands here")],
      help: "take it out, or move its files to a folder of their own")
  }

  static func notAFile(at span: Span) -> Diagnostic {
    Diagnostic("K032", at: span, "a rulebook's file holds keys such as `rules:` and `entities:`")
  }

  static func notThisFile(_ form: ShapeForm, at span: Span) -> Diagnostic {
    let keys = form.keys.filter(\.isRequired).map(\.name)
    return Diagnostic(
      "K032", at: span, "\(form.name) holds keys such as \(list(keys, "and"))")
  }

  private static func list(_ words: [String], _ word: String) -> String {
    words.map { "`\($0)`" }.joined(oxford: word)
  }
}

extension Node {
  /// The members of a choice that is written where a type belongs: `{ choice: [owner, tenant] }`, `[owner, tenant]`.
  var choiceMembers: Node? {
    switch content {
    case .mapping(let entries): entries.first { $0.key.text == "choice" }?.value
    case .sequence(let items): items.count > 1 ? self : nil
    case .scalar: nil
    }
  }
}

extension KeyChoice {
  fileprivate var bareNoun: String { noun.split(separator: " ").dropFirst().joined(separator: " ") }
}
