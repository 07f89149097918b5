import AnnonaValues

// The English of the checker, codes R: rules, exceptions, functions, and what nobody uses.

extension Diagnostic {
  static func cycle(_ names: [String], at span: Span, others: [(Span, String)]) -> Diagnostic {
    Diagnostic(
      "R002", at: span,
      names.count <= 2
        ? "`\(names.first ?? "")` reads itself"
        : "`\(names.first ?? "")` depends on itself: it reads "
          + names.dropFirst().map { "`\($0)`" }.joined(separator: ", which reads "),
      notes: others.map { .init($0.0, "`\($0.1)` stands here") },
      help: "break the circle; what was decided earlier, such as last year's award, is a fact")
  }

  static func noType(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R003", at: span, "the type of `\(name)` cannot be told from its body",
      help: "add `type:` to the rule")
  }

  static func chainTooLong(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R004", at: span, "`\(name)` stands at the end of too long a chain of rules without a type",
      help: "declare `type:` on the rules along the chain")
  }

  static func conditionsAreBoolean(at span: Span, _ type: String) -> Diagnostic {
    Diagnostic(
      "R005", at: span, "`all:` and `any:` give true or false, and the rule is `\(type)`",
      help: "use `cases:` or `value:` for a value, or declare `type: boolean`")
  }

  static func conditionsOutOfPlace(at span: Span) -> Diagnostic {
    Diagnostic(
      "R020", at: span, "named conditions belong to a rule, not to an exception or a function",
      help: "make a rule of them, and name it here")
  }

  static func roundNeedsNumber(at span: Span, _ type: String) -> Diagnostic {
    Diagnostic(
      "R006", at: span, "only numbers are rounded, and the rule is `\(type)`",
      help: "remove `round:`")
  }

  static func scaleColumns(at span: Span) -> Diagnostic {
    Diagnostic(
      "R007", at: span, "the brackets of a scale have the columns `above` and `rate`",
      help: "write the first line as `above | rate`")
  }

  static func thresholdsOutOfOrder(at span: Span) -> Diagnostic {
    Diagnostic(
      "R008", at: span, "this threshold does not lie above the one before",
      help: "write the thresholds in ascending order")
  }

  static func unknownSibling(
    _ name: NameSyntax, near: String?, among names: [String]
  ) -> Diagnostic {
    Diagnostic(
      "R010", at: name.span, "no exception beside this one is called `\(name.text)`",
      help: meant(near)
        ?? (names.isEmpty ? "remove `prevails_over`" : "write one of \(quoted(names))"))
  }

  static func prevailsOverItself(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R010", at: name.span, "`\(name.text)` cannot prevail over itself",
      help: "name the exception beside it that it sets aside")
  }

  static func refinesMissing(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R011", at: name.span,
      "the rule applies on a condition of its own, and `\(name.text)` does not say if it shares it",
      help: "add `refines: true` if the exception needs the rule's condition too, "
        + "`refines: false` if it applies without it")
  }

  static func refinesOutOfPlace(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R012", at: name.span, "`refines` says nothing here",
      help: "remove it: a base without a condition always applies, "
        + "and a nested exception always refines the one around it")
  }

  static func functionCallsItself(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R013", at: name.span, "the function `\(name.text)` calls itself",
      help: "write the steps out, or aggregate over a list")
  }

  static func functionTooLarge(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R014", at: name.span,
      "with all it calls, the function `\(name.text)` stands for more than 1 000 000 steps",
      help: "call the inner functions fewer times: name an intermediate result in a rule")
  }

  static func versionStartsLate(
    _ name: String, on start: CalendarDate, from: CalendarDate, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "R015", at: span,
      "`\(name)` is read, but says nothing before \(start), and the rulebook is in force from \(from)",
      help: "add a version from \(from), or let `in_force` start on \(start)")
  }

  static func unusedParameter(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R016", .warning, at: span, "no rule reads the parameter `\(name)`",
      help: "use it, or remove it")
  }

  static func unusedFact(_ name: String, of entity: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R017", .warning, at: span, "no rule reads the fact `\(entity).\(name)`",
      help: "use it, or remove it: what is not needed should not be asked")
  }

  static func unusedChoice(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R018", .warning, at: span, "nothing uses the choice `\(name)`", help: "use it, or remove it")
  }

  static func unreachedRule(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R019", .warning, at: span, "`\(name)` is computed, but no benefit uses it",
      help:
        "read it where it belongs, name it under `shows:` if people want to see it, or remove it")
  }

  static func unusedFunction(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R025", .warning, at: span, "nothing calls the function `\(name)`",
      help: "use it, or remove it")
  }

  static func unusedImport(_ prefix: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R026", .warning, at: prefix.span, "nothing of the import `\(prefix.text)` is read",
      help: "use it, or remove it")
  }
}
