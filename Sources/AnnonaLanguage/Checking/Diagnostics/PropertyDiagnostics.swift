// The English of the checker, codes R: properties and cliffs.

extension Diagnostic {
  static func unknownSubject(_ name: NameSyntax, near: String?) -> Diagnostic {
    Diagnostic(
      "R030", at: name.span, "no benefit or rule is called `\(name.text)`",
      help: meant(near) ?? "name a benefit, or a rule with its entity, such as `household.amount`")
  }

  static func showsBenefit(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R037", at: name.span, "`\(name.text)` is decided, and so it is shown without being listed",
      help: "name a rule that no benefit uses, or remove it")
  }

  static func claimNeedsOrder(_ name: NameSyntax, _ key: String, _ type: String) -> Diagnostic {
    Diagnostic(
      "R031", at: name.span, "`\(key)` compares amounts, and `\(name.text)` is `\(type)`",
      help: "name a rule that is a number or a date, or a benefit")
  }

  static func notAFactToChange(_ name: NameSyntax, near: String?) -> Diagnostic {
    Diagnostic(
      "R032", at: name.span, "no fact or list of members is called `\(name.text)`",
      help: meant(near) ?? "name it with its entity, such as `household.income`")
  }

  static func changeDoesNotFit(
    _ change: ChangeSyntax, _ type: String, fitting: [String]
  ) -> Diagnostic {
    let verb = change.verb.rawValue + (change.value.map { " \($0.text)" } ?? "")
    return Diagnostic(
      "R033", at: change.span, "`\(change.of.text)` is `\(type)`, which never \(verb)",
      help: fitting.isEmpty
        ? "name one of its facts"
        : "write \(fitting.map { "`\(change.of.text) \($0)`" }.joined(oxford: "or"))")
  }

  static func notContinuousAlong(_ name: NameSyntax, _ type: String) -> Diagnostic {
    Diagnostic(
      "R034", at: name.span,
      "`\(name.text)` is `\(type)`, and only along numbers and dates can a value be continuous",
      help: "name a fact that is a number or a date")
  }

  static func notAListToOrder(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R035", at: name.span, "`\(name.text)` is no list of members, so it has no order",
      help: "name a list with its entity, such as `household.children`")
  }

  static func toleranceNegative(at span: Span) -> Diagnostic {
    Diagnostic(
      "R036", at: span, "a tolerance is not below 0", help: "write how far the value may jump")
  }
}
