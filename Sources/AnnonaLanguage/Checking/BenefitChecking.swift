import AnnonaValues

/// Benefits: who is decided, on what condition, and what is paid.
extension Checker {
  func checkBenefits(_ book: Int) {
    for syntax in rulebooks[book].syntax.benefits {
      if let first = program.benefits.first(where: { $0.name == syntax.name.text }) {
        if bookOfFile[syntax.name.span.file] != bookOfFile[first.span.file] {
          report(.declaredTwice("benefit", syntax.name, first: first.span))
        }
        continue
      }
      program.benefits.append(checkBenefit(syntax, in: book))
    }
  }

  private func checkBenefit(_ syntax: BenefitSyntax, in book: Int) -> Benefit {
    var benefit = Benefit(name: syntax.name.text, span: syntax.name.span)
    benefit.isCharge = syntax.isCharge
    benefit.title = text(syntax.title, in: book)
    benefit.about = text(syntax.about, in: book)
    benefit.rulebook = book
    benefit.citations = citations(syntax.citations, in: book)
    benefit.authority = text(syntax.authority, in: book)
    benefit.events = syntax.events.map(\.text)
    for name in syntax.events where !program.events.contains(where: { $0.name == name.text }) {
      report(
        .unknownEvent(name, near: didYouMean(name.text, among: program.events.map(\.name))))
    }
    for (prefix, imported) in rulebooks[book].imports {
      let declared = rulebooks[imported].syntax.events.map(\.name.text)
      if declared.contains(where: benefit.events.contains) { noteImport(prefix, in: book) }
    }
    reading.append(.benefit)
    defer { reading.removeLast() }
    // Without an entity there is nothing to decide for, which its own finding says.
    let decided = program.entities.isEmpty ? nil : program.caseEntity
    var context = Context(book: book, entity: decided)
    if let members = syntax.members {
      guard let place = checkMembers(members, in: context) else { return benefit }
      benefit.members = place
      context = Context(book: book, entity: program.places[place].member)
    }
    benefit.applies = syntax.applies.flatMap { checkTruth($0, in: context) }
    benefit.entitled = syntax.entitled.flatMap { checkTruth($0, in: context) }
    benefit.amount = syntax.amount.flatMap { checkAmount($0, in: context) }
    benefit.payments = syntax.payments.compactMap { checkPayment($0, in: context) }
    benefit.under = syntax.under.flatMap { checkTyped($0, .date, "date", in: context) }
    benefit.appeal = syntax.appeal.map { checkAppeal($0, in: context) }
    return benefit
  }

  /// `for:` names a member list, unfiltered, so that nobody who is refused disappears.
  private func checkMembers(_ syntax: ExpressionSyntax, in context: Context) -> PlaceID? {
    guard let value = checkExpression(syntax, in: context) else { return nil }
    guard case .members(let place, let owner) = value.kind, case .enclosing(0) = owner.kind,
      program.places[place].isList
    else {
      report(.benefitForList(at: syntax.span))
      return nil
    }
    return place
  }

  func checkAmount(_ syntax: ExpressionSyntax, in context: Context) -> Expression? {
    guard let value = checkExpression(syntax, in: context), requirePresent(value) else {
      return nil
    }
    guard let unit = value.type.numberType?.unit, unit.currency != nil else {
      report(.amountNotMoney(at: syntax.span, describe(value.type)))
      return nil
    }
    return value
  }

  private func checkAppeal(_ syntax: BenefitSyntax.Appeal, in context: Context) -> Appeal {
    Appeal(
      to: text(syntax.to, in: context.book),
      within: syntax.within.flatMap { checkTerm($0, in: context) },
      effect: text(syntax.effect, in: context.book),
      citations: citations(syntax.citations, in: context.book))
  }

  private func checkTerm(_ syntax: ExpressionSyntax, in context: Context) -> Expression? {
    guard let value = checkExpression(syntax, in: context) else { return nil }
    guard value.type.numberType?.unit.durationKind != nil else {
      report(
        .wrongType(
          at: syntax.span, expected: "day", got: describe(value.type),
          fix: fix(value, toBe: .quantity(.day))))
      return nil
    }
    return value
  }
}
