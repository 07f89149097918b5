import AnnonaValues

/// Paths: what a dot asks of an entity, a list, a date, a choice, a rule or an import.
extension Checker {
  func checkMember(
    _ owner: ExpressionSyntax, _ name: NameSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    if case .name(let text) = owner.kind {
      let found = readings(of: NameSyntax(text, span: owner.span), in: context)
      switch found.first {
      case .book(let book)?: return checkImported(name, from: book, prefix: text, in: context, span)
      case .choice(let choice)?: return checkMemberOfChoice(name, choice, span)
      case .grid(let grid, let book)?: return checkColumn(name, of: grid, in: book, span)
      case .expression?, nil: break
      }
    }
    if let (grid, book) = importedGrid(owner, in: context) {
      return checkColumn(name, of: grid, in: book, span)
    }
    if case .member(let prefix, let choice) = owner.kind, case .name(let text) = prefix.kind,
      let book = rulebooks[context.book].imports[text],
      readings(of: NameSyntax(text, span: prefix.span), in: context).count == 1,
      let found = books[book].choices[choice.text]
    {
      return checkMemberOfChoice(name, found, span)
    }
    guard let value = checkOwner(owner, in: context) else { return nil }
    if let part = part(name, of: value, span) { return part }
    if case .rule(let id, _, output: nil) = value.kind, ruleType(id) != nil {
      let outputs = ruleWork[Int(id.index)].outputs.map(\.name)
      if outputs.count > 1 {
        report(
          .unknownPart(name, of: program.rules[id].name, what: "column", outputs))
        return nil
      }
    }
    guard let value = settled(value) else { return nil }
    return checkMember(name, of: value, in: context, span)
  }

  private func checkOwner(_ owner: ExpressionSyntax, in context: Context) -> Expression? {
    switch owner.kind {
    case .name(let name):
      checkName(NameSyntax(name, span: owner.span), in: context, nil)
    case .member(let inner, let name):
      checkMember(inner, name, in: context, owner.span)
    default: checkExpression(owner, in: context)
    }
  }

  /// The value as a whole: its rule is read, and must have one value; a rule that failed has already said why.
  func settled(_ value: Expression) -> Expression? {
    if case .map(_, _, let body) = value.kind {
      return settled(body).map { _ in value }
    }
    noteRead(value)
    switch value.kind {
    case .fact(let id, _) where untypedFacts.contains(id): return nil
    case .parameter(let id) where untypedParameters.contains(id): return nil
    default: break
    }
    guard case .rule(let id, _, output: nil) = value.kind else { return value }
    guard ruleType(id) != nil else { return nil }
    let outputs = ruleWork[Int(id.index)].outputs
    if outputs.count > 1 {
      report(.severalOutputs(program.rules[id].name, outputs.map(\.name), at: value.span))
      return nil
    }
    return value
  }

  private func checkMember(
    _ name: NameSyntax, of owner: Expression, in context: Context, _ span: Span
  ) -> Expression? {
    switch owner.type {
    case .list(let element): return checkPath(name, over: owner, element, in: context, span)
    default: break
    }
    if case .choice(let choice) = owner.type.present {
      return checkMemberOfChoice(name, choice, span)
    }
    if let part = partOfDate(name, of: owner, span) { return part }
    guard case .entity(let entity) = owner.type.present else {
      reportNoMembers(name, of: owner)
      return nil
    }
    if let found = member(name, of: owner, entity: entity, in: context) {
      return Expression(found.kind, type: found.type, span: span)
    }
    if let holder = program.entities[entity].container, program.entities[holder].name == name.text {
      return Expression(.holder(of: owner), type: .entity(holder), span: span)
    }
    if rulebooks[context.book].syntax.unread.contains(where: { $0.text == name.text }) {
      return nil
    }
    if let imported = namesake(of: entity, with: name.text) {
      report(.unknownMember(name, of: program.entities[entity].name, imported: imported))
      return nil
    }
    let near = didYouMean(name.text, among: members[entity].map { $0.keys.sorted() } ?? [])
    report(.unknownMember(name, of: program.entities[entity].name, near: near))
    return nil
  }

  private func reportNoMembers(_ name: NameSyntax, of owner: Expression) {
    if case .rule(let id, _, output: nil) = owner.kind,
      !ruleWork[Int(id.index)].conditions.isEmpty
    {
      let names = ruleWork[Int(id.index)].conditions.map(\.name)
      report(
        .unknownPart(name, of: program.rules[id].name, what: "condition", names))
      return
    }
    let parts: [String] =
      switch owner.type {
      case .date: ["year", "month", "day"]
      case .period: ["first", "last"]
      default: []
      }
    report(.noMembers(name, of: words(owner.span), describe(owner.type), parts: parts))
  }

  /// `children.birth_date`: the path taken from every element.
  private func checkPath(
    _ name: NameSyntax, over list: Expression, _ element: ValueType, in context: Context,
    _ span: Span
  ) -> Expression? {
    if element.isOptional {
      report(.optionalElements(at: list.span, words: words(list.span)))
      return nil
    }
    let (slot, bound) = context.binding("", element)
    let inner = bound.narrowed(by: guarded(elementsOf: list, slot: slot))
    let variable = Expression(.local(slot), type: element, span: list.span)
    guard let value = checkMember(name, of: variable, in: inner, span) else { return nil }
    if case .list = value.type {
      report(.listOfLists(at: span))
      return nil
    }
    return Expression(.map(slot: slot, list, value), type: .list(value.type), span: span)
  }

  private func checkImported(
    _ name: NameSyntax, from book: Int, prefix: String, in context: Context, _ span: Span
  ) -> Expression? {
    if let entity = books[book].entities[name.text],
      let level = enclosingLevel(of: entity, in: context)
    {
      return Expression(.enclosing(level), type: .entity(entity), span: span)
    }
    if let parameter = books[book].parameters[name.text] {
      usedParameters.insert(parameter)
      return read(parameter, span: span)
    }
    if books[book].grids[name.text] != nil {
      report(
        .nameNeedsMember(
          name, what: "the parameter `\(name.text)`, which has columns",
          such: books[book].grids[name.text]?.first?.column))
      return nil
    }
    if let choice = books[book].choices[name.text] {
      report(
        .nameNeedsMember(
          name, what: "the choice `\(program.choices[choice].name)`",
          such: program.choices[choice].members.first?.name))
      return nil
    }
    let near = didYouMean(name.text, among: books[book].parameters.keys.sorted())
    report(.notInImport(name, prefix: prefix, near: near))
    return nil
  }

  private func checkMemberOfChoice(
    _ name: NameSyntax, _ choice: ChoiceID, _ span: Span
  ) -> Expression? {
    usedChoices.insert(choice)
    let members = program.choices[choice].members.map(\.name)
    guard let index = members.firstIndex(of: name.text) else {
      report(.notAMember(name, of: program.choices[choice].name, members: members))
      return nil
    }
    return Expression(.constant(.choice(Int32(index))), type: .choice(choice), span: span)
  }

  /// `qualifies.ratepayer`, `norm.percentage`: a condition or a column of a rule, or of that rule of each element.
  private func part(_ name: NameSyntax, of value: Expression, _ span: Span) -> Expression? {
    switch value.kind {
    case .map(let slot, let list, let body):
      return part(name, of: body, span).map {
        Expression(.map(slot: slot, list, $0), type: .list($0.type), span: span)
      }
    case .rule(let id, let owner, output: nil):
      guard let part = part(name, ofRule: id, owner, span) else { return nil }
      return value.type.isOptional ? optional(part) : part
    default: return nil
    }
  }

  private func part(
    _ name: NameSyntax, ofRule id: RuleID, _ owner: Expression, _ span: Span
  ) -> Expression? {
    let conditions = ruleWork[Int(id.index)].conditions
    if let condition = conditions.last(where: { $0.name == name.text })?.id {
      noteRead(of: condition)
      return Expression(.rule(condition, of: owner, output: nil), type: .boolean, span: span)
    }
    guard ruleType(id) != nil else { return nil }
    let outputs = ruleWork[Int(id.index)].outputs
    guard let output = outputs.firstIndex(where: { $0.name == name.text }) else { return nil }
    noteRead(of: id)
    return Expression(
      .rule(id, of: owner, output: output), type: outputs[output].type, span: span)
  }

  private func partOfDate(_ name: NameSyntax, of owner: Expression, _ span: Span) -> Expression? {
    let function: Expression.DateFunction
    let type: ValueType
    switch (owner.type, name.text) {
    case (.date, "year"): (function, type) = (.year, .integer)
    case (.date, "month"): (function, type) = (.month, .integer)
    case (.date, "day"): (function, type) = (.day, .integer)
    case (.period, "first"): (function, type) = (.first, .date)
    case (.period, "last"): (function, type) = (.last, .date)
    default: return nil
    }
    return Expression(.call(function, [owner], Calendar()), type: type, span: span)
  }
}
