// The English of the checker, codes B: benefits, payments and events.

extension Diagnostic {
  static func benefitForList(at span: Span) -> Diagnostic {
    Diagnostic(
      "B001", at: span, "`for:` names a list of the case's members, unfiltered",
      help: "name the whole list, and put the condition under `applies:` or `entitled:`, "
        + "so that whoever is refused is told so")
  }

  static func unknownEvent(_ name: NameSyntax, near: String?) -> Diagnostic {
    Diagnostic(
      "B005", at: name.span, "no event is called `\(name.text)`",
      help: meant(near) ?? "declare it under `events:`, with the facts that it brings")
  }

  static func eventWithoutFact(
    _ path: NameSyntax, word: String, of entity: String, near: String?
  ) -> Diagnostic {
    Diagnostic(
      "B006", at: path.span, "`\(path.text)` is no fact of a case: `\(entity)` has no `\(word)`",
      help: meant(near) ?? "write the path from the case's entity, such as `children.birth_date`")
  }

  static func broughtTwice(_ path: NameSyntax, event: String, first: Span) -> Diagnostic {
    Diagnostic(
      "B007", at: path.span, "the event `\(event)` brings `\(path.text)` twice",
      notes: [.init(first, "first here")], help: "remove one of the two")
  }

  static func otherCase(_ name: NameSyntax, of rulebook: String, other: String) -> Diagnostic {
    Diagnostic(
      "B008", at: name.span,
      "`\(rulebook)` decides another case than `\(other)`, so that the two cannot be decided together",
      help: "let both import the rulebook that declares the entity, and name it under `case:`")
  }

  static func paymentsWithoutEnd(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "B004", at: name.span, "nothing says in which period the payments `\(name.text)` fall",
      help: "add `during:` with a period, such as `during: declared_on to declared_on + 18 months`")
  }

  static func paymentsWithoutStep(at span: Span) -> Diagnostic {
    Diagnostic(
      "B010", at: span, "the time from one payment to the next is above zero",
      help: "write how long it is, such as `1 month`, or one payment with `once:`")
  }

  static func amountNotMoney(at span: Span, _ type: String) -> Diagnostic {
    Diagnostic(
      "B002", at: span, "an amount is paid in a currency, and this is `\(type)`",
      help: "name a rule whose unit is money, such as `EUR/month`")
  }
}
