import AnnonaEngine
import AnnonaLanguage

// The English of fixtures; its codes begin with Z.
extension Diagnostic {
  static func expectsNothing(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z001", at: span, "`\(name)` expects nothing, so that it cannot fail",
      help: "write what must come out, such as `outcome: entitled`")
  }

  static func noDate(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z002", at: span, "`\(name)` does not say for which date to decide",
      help: "write `today: 2025-03-01` with the date that is meant")
  }

  static func caseTwice(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      "Z003", at: span, "two cases of this file are called `\(name)`",
      notes: [Note(first, "the first one stands here")], help: "rename one of the two")
  }

  static func unknownSubject(_ name: String, near: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z004", at: span, "the rulebook has no rule or benefit `\(name)`",
      help: near.map { "write `\($0)`" })
  }

  /// - Parameter kind: what the list holds, in the singular.
  static func unknownInList(
    _ name: String, _ kind: String, near: String?, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "Z027", at: span, "the rulebook has no \(kind) `\(name)`", help: near.map { "write `\($0)`" })
  }

  static func boundsReversed(_ text: String, at span: Span) -> Diagnostic {
    let ends = text.split(separator: " ").split(separator: "to").map { $0.joined(separator: " ") }
    let turned = ends.count == 2 ? "write `\(ends[1]) to \(ends[0])`" : nil
    return Diagnostic(
      "Z028", at: span, "`\(text)` ends below where it begins, so that nothing can lie between",
      help: turned)
  }

  /// - Parameter verb: what is done with what is computed: `expected`, `supposed`.
  static func factIsGiven(_ name: String, _ verb: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z026", at: span, "`\(name)` is a fact, and only what is computed from facts can be \(verb)",
      help: "write it under `given:`")
  }

  static func unknownMember(
    _ id: String, _ entity: String, near: String?, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "Z005", at: span, "the case has no `\(entity)` called `\(id)`",
      help: near.map { "write `\($0)`" })
  }

  static func needsMember(_ name: String, example: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z006", at: span, "`\(name)` has a value for each member, and the case has several or none",
      help: "write `\(example)`")
  }

  static func takesNoMember(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z006", at: span, "`\(name)` is decided for the whole case, not for a member",
      help: "write `\(name)`")
  }

  static func notAValue(
    _ text: String, of name: String, _ expected: String, at span: Span
  ) -> Diagnostic {
    Diagnostic("Z007", at: span, "`\(text)` is no value of `\(name)`, which is \(expected)")
  }

  static func onlyOfBenefits(_ key: String, _ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z008", at: span, "`\(key)` is said of benefits, and `\(name)` is a rule",
      help: key == "amount" ? "write `value`" : nil)
  }

  static func unknownColumn(
    _ name: String, isInput: Bool, isFact: Bool, near: String?, at span: Span
  ) -> Diagnostic {
    let takes =
      isInput
      ? "`today`, a fact such as `household.income`, or a rule that is supposed"
      : "a rule, a benefit or `source`"
    if isFact {
      return Diagnostic(
        "Z009", at: span,
        "the column `\(name)` is a fact, and only what is computed can be expected",
        help: "write it before `||`")
    }
    return Diagnostic(
      "Z009", at: span, "the column `\(name)` is not \(takes)", help: near.map { "write `\($0)`" })
  }

  static func noDivider(at span: Span) -> Diagnostic {
    Diagnostic(
      "Z010", at: span, "the table does not say what is expected",
      help: "write `||` between what is given and what is expected")
  }

  static func nobodyThere(_ owner: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z011", at: span, "nobody in the case is called `\(owner)`, so no fact can be set",
      help: "name `\(owner)` under `given:` first")
  }

  static func notADate(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic("Z012", at: span, "`\(text)` is not a date such as `2025-03-01`")
  }

  static func nothingToRemove(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z013", at: span, "`\(name)` is not in the background, so it cannot be removed",
      help: "take the line out")
  }

  package static func unknownRulebook(_ id: String, near: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z014", at: span, "no rulebook called `\(id)` stands beside the fixtures or below `Rules`",
      help: near.map { "write `\($0)`" })
  }

  package static func faultyRulebook(_ id: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z025", at: span, "the rulebook `\(id)` has errors", help: "see `annona check`")
  }

  /// - Parameter path: a file of the rulebook.
  package static func noFixtures(_ id: String, near path: String, at span: Span) -> Diagnostic {
    let stem = path.hasSuffix(".yaml") ? String(path.dropLast(5)) : path
    return Diagnostic(
      "Z023", .warning, at: span, "no fixture tests the rulebook `\(id)`",
      help: "write some in a file whose name ends in `.test.yaml`, such as `\(stem).test.yaml`")
  }

  package static func misnamedFixtures(_ name: String, at span: Span) -> Diagnostic {
    let endings = [".tests.yaml", ".tests.yml", ".test.yml", ".yaml", ".yml"]
    let stem = endings.first(where: name.hasSuffix).map { String(name.dropLast($0.count)) } ?? name
    return Diagnostic(
      "Z024", .warning, at: span,
      "`\(name)` looks like a file of fixtures, but is not run, since its name does not end in `.test.yaml`",
      help: "rename it to `\(stem).test.yaml`")
  }

  static func unknownFault(_ code: String, near: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z015", at: span, "`\(code)` is no fault that a decision can have",
      help: near.map { "write `\($0)`" })
  }

  static func notATolerance(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic("Z016", at: span, "`\(text)` is not a number that a result may be off by")
  }

  static func otherOutcome(_ word: NameSyntax, of benefit: Benefit) -> Diagnostic {
    let names = Outcome.allCases.map { "`\($0.name(of: benefit))`" }.joined(separator: ", ")
    let kind = benefit.isCharge ? "a charge" : "a benefit"
    return Diagnostic(
      "Z022", at: word.span, "`\(benefit.name)` is \(kind), which is never `\(word.text)`",
      help: "write one of \(names)")
  }

  static func derivedWithoutBecause(at span: Span) -> Diagnostic {
    Diagnostic(
      "Z018", at: span, "a value that is derived from the law must say how",
      help: "add `because` with the arithmetic and the article")
  }

  static func toleranceWithoutReason(at span: Span) -> Diagnostic {
    Diagnostic(
      "Z029", at: span, "a tolerance must say why",
      help: "write the reason in place of `fill_in`")
  }

  static func scheduleWithoutDays(
    _ name: String, per time: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "Z019", at: span,
      "`\(name)` is paid per \(time) without end, so that its payments need a first and a last day",
      help: "add `from: 2025-01-01, through: 2025-12-31` with the days that are meant")
  }

  static func daysReversed(at span: Span) -> Diagnostic {
    Diagnostic("Z019", at: span, "`from` is later than `through`", help: "exchange the two")
  }

  static func unknownPayment(
    _ name: String, of benefit: String, near: String?, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "Z020", at: span, "`\(benefit)` has no payment `\(name)`", help: near.map { "write `\($0)`" })
  }

  static func notACount(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic("Z021", at: span, "`\(text)` is not a number of payments such as `18`")
  }

  static func dayHasOneAmount(_ key: String, _ date: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z021", at: span, "`\(key)` is said of several payments, and `\(date)` is one day",
      help: "write the amount alone")
  }

  static func notARule(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "Z017", at: span, "`\(name)` is a benefit, and only a rule can be supposed",
      help: "name the rule that the benefit names")
  }
}
