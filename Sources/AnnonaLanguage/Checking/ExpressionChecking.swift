import AnnonaValues

/// Expressions: every name looked up, every operand typed. `nil` means that what is wrong has been reported.
extension Checker {
  /// `expecting` is what the surroundings want; it settles a choice's bare member and the literal `0`, nothing else.
  func checkExpression(
    _ syntax: ExpressionSyntax, in context: Context, expecting: ValueType? = nil
  ) -> Expression? {
    depth += 1
    defer { depth -= 1 }
    let checked = checkKind(of: syntax, in: context, expecting)
    if checked == nil { losses += 1 }
    return checked
  }

  private func checkKind(
    of syntax: ExpressionSyntax, in context: Context, _ expecting: ValueType?
  ) -> Expression? {
    let span = syntax.span
    switch syntax.kind {
    case .number(let number, let percent, let unit):
      return checkNumber(number, percent: percent, unit: unit, in: context, expecting, span)
    case .date(let date): return Expression(.constant(.date(date)), type: .date, span: span)
    case .text(let text): return Expression(.constant(.text(text)), type: .text, span: span)
    case .boolean(let truth):
      return Expression(.constant(.boolean(truth)), type: .boolean, span: span)
    case .null: return Expression(.constant(.null), type: .null, span: span)
    case .this: return checkThis(in: context, span)
    case .name(let name):
      return checkName(NameSyntax(name, span: span), in: context, expecting).flatMap { settled($0) }
    case .member(let owner, let name):
      return checkMember(owner, name, in: context, span).flatMap { settled($0) }
    case .not(let operand):
      return checkTruth(operand, in: context).map {
        Expression(.not($0), type: .boolean, span: span)
      }
    case .negate(let operand): return checkNegation(operand, in: context, expecting, span)
    case .all(let operands): return checkLogic(every: true, operands, in: context, span)
    case .any(let operands): return checkLogic(every: false, operands, in: context, span)
    case .compare(let comparison, let left, let right):
      return checkComparison(comparison, left, right, in: context, span)
    case .arithmetic(let op, let left, let right, let overflow):
      return checkArithmetic(op, left, right, overflow, in: context, expecting, span)
    case .between(let value, let low, let high):
      return checkBetween(value, low, high, in: context, span)
    case .among(let value, let items): return checkAmong(value, items, in: context, span)
    case .conditional(let condition, let then, let otherwise):
      return checkConditional(condition, then, otherwise, in: context, expecting, span)
    case .quantified(let every, let name, let list, let body):
      return checkQuantified(every: every, name, list, body, in: context, span)
    case .map(let name, let list, let body): return checkMap(name, list, body, in: context, span)
    case .filter(let list, let condition): return checkFilter(list, condition, in: context, span)
    case .call(let name, let call): return checkCall(name, call, in: context, expecting, span)
    case .at(let operand, let date):
      return checkClock(operand, date, moves: true, in: context, span)
    case .under(let operand, let date):
      return checkClock(operand, date, moves: false, in: context, span)
    case .converted(let operand, let unit): return checkConversion(operand, unit, in: context, span)
    case .range(let low, let high): return checkPeriod(low, high, in: context, span)
    case .over(let operand, let window): return checkSeries(operand, window, in: context, span)
    }
  }

  /// A whole value where a type governs: a bare literal takes the declared unit, everything else must have the type.
  func checkGoverned(
    _ syntax: ExpressionSyntax, as type: ValueType, in context: Context
  ) -> Expression? {
    if isBareNumber(syntax), let value = constant(syntax, type, in: context.book) {
      return Expression(.constant(value), type: type.present, span: syntax.span)
    }
    guard let given = checkExpression(syntax, in: context, expecting: type) else { return nil }
    if let value = coerce(given, to: type) { return value }
    report(
      .wrongType(
        at: syntax.span, expected: describe(type), got: describe(given.type),
        fix: fix(given, toBe: type)))
    return nil
  }

  func isBareNumber(_ syntax: ExpressionSyntax) -> Bool {
    switch syntax.kind {
    case .number(_, false, nil): true
    case .negate(let inner): isBareNumber(inner)
    case .arithmetic(.divide, let left, let right, _):
      isBareNumber(left) && isBareNumber(right)
    default: false
    }
  }

  // MARK: - Literals and names

  private func checkNumber(
    _ number: Number, percent: Bool, unit: UnitSyntax?, in context: Context,
    _ expecting: ValueType?, _ span: Span
  ) -> Expression? {
    var type = NumberType(isInteger: number.isInteger && !percent, isPercent: percent)
    if let unit {
      guard checkUnit(unit, in: context.book) else { return nil }
      type = NumberType(unit: unit.unit)
    } else if number.isZero, !percent, let wanted = expecting?.present.numberType {
      // The literal 0 is the one number that fits any unit.
      type = wanted
    }
    return Expression(.constant(.number(number)), type: .number(type), span: span)
  }

  func checkUnit(_ unit: UnitSyntax, in book: Int) -> Bool {
    for name in unit.unit.names where !isKnown(unit: name, in: book) {
      report(
        .unknownUnit(
          name, at: place(of: name, in: unit.span), among: books[book].units.sorted()))
      return false
    }
    return true
  }

  private func checkThis(in context: Context, _ span: Span) -> Expression? {
    guard let entity = context.entity else {
      report(.thisInFunction(at: span))
      return nil
    }
    return Expression(.enclosing(0), type: .entity(entity), span: span)
  }

  /// What the name means, before it is known whether the whole of it is read or a part.
  func checkName(
    _ name: NameSyntax, in context: Context, _ expecting: ValueType?
  ) -> Expression? {
    if name.text == "base", let type = context.base {
      return Expression(.base, type: type, span: name.span)
    }
    let found = readings(of: name, in: context)
    if case .choice(let choice)? = expecting?.present,
      let member = program.choices[choice].members.firstIndex(where: { $0.name == name.text })
    {
      return checkChoiceMember(name, member, of: choice, against: found, in: context)
    }
    if found.count > 1 {
      report(
        .twoReadings(
          name, found.map { describe($0, called: name.text) },
          spellings: found.compactMap { spelling(of: name.text, as: $0, in: context) }))
      return nil
    }
    guard let reading = found.first else {
      reportUnknown(name, in: context, expecting)
      return nil
    }
    guard case .expression(let value, _) = reading else {
      report(
        .nameNeedsMember(
          name, what: describe(reading, called: name.text), such: firstPart(of: reading)))
      return nil
    }
    return value
  }

  private func checkChoiceMember(
    _ name: NameSyntax, _ member: Int, of choice: ChoiceID, against found: [Reading],
    in context: Context
  ) -> Expression? {
    usedChoices.insert(choice)
    if let other = found.first {
      report(
        .choiceOrName(
          name, choice: spelling(of: choice, in: context.book),
          other: describe(other, called: name.text)))
      return nil
    }
    return Expression(
      .constant(.choice(Int32(member))), type: .choice(choice), span: name.span)
  }

  /// The choice as it is written in a rulebook: an import's under its prefix.
  private func spelling(of choice: ChoiceID, in book: Int) -> String {
    let name = program.choices[choice].name
    if books[book].choices.values.contains(choice) { return name }
    let prefix = rulebooks[book].imports.filter { books[$0.value].choices.values.contains(choice) }
      .keys.min()
    return prefix.map { "\($0).\(name)" } ?? name
  }

  /// A figure that an import has is read under the import's prefix.
  private func spellingOfImported(_ name: String, in book: Int) -> String? {
    rulebooks[book].imports.sorted { $0.key < $1.key }
      .first { books[$0.value].parameters[name] != nil || books[$0.value].grids[name] != nil }
      .map { "\($0.key).\(name)" }
  }

  private func reportUnknown(
    _ name: NameSyntax, in context: Context, _ expecting: ValueType?
  ) {
    // What could not be read was reported where it stands.
    if rulebooks[context.book].syntax.unread.contains(where: { $0.text == name.text })
      || books[context.book].broken.contains(name.text)
    {
      return
    }
    // A figure that names a parameter declared after it.
    if rulebooks[context.book].syntax.parameters.contains(where: { $0.name.text == name.text }) {
      report(.notConstant(at: name.span))
    } else if case .choice(let choice)? = expecting?.present {
      let members = program.choices[choice].members.map(\.name)
      report(.notAMember(name, of: program.choices[choice].name, members: members))
    } else if context.entity == nil, isFactOrRule(name.text) {
      report(.factInFunction(name))
    } else if name.text == "base" {
      report(.baseOutsideException(name))
    } else if let here = context.entity, let other = books[context.book].entities[name.text] {
      report(
        .entityNotAround(
          name, program.entities[here].name,
          members: program.entities[here].places.map { program.places[$0] }
            .filter { $0.member == other }.map(\.name)))
    } else if expecting == .boolean,
      let truth = ["yes": "true", "no": "false"][name.text.lowercased()]
    {
      report(.unknownName(name, near: truth))
    } else if let here = context.entity, let imported = namesake(of: here, with: name.text) {
      report(.unknownName(name, of: program.entities[here].name, imported: imported))
    } else {
      let imported = spellingOfImported(name.text, in: context.book)
      let near = imported ?? didYouMean(name.text, among: visibleNames(in: context))
      report(.unknownName(name, near: near))
    }
  }

  /// `b.household`, where a rulebook has declared a `household` of its own beside the one of an import that has the name.
  func namesake(of entity: EntityID, with name: String) -> String? {
    guard let book = books.firstIndex(where: { $0.entities.values.contains(entity) }) else {
      return nil
    }
    let kind = program.entities[entity].name
    return rulebooks[book].imports.sorted { $0.key < $1.key }.first { entry in
      books[entry.value].entities[kind].map { members[$0]?[name] != nil } ?? false
    }.map { "\($0.key).\(kind)" }
  }

  private func isFactOrRule(_ name: String) -> Bool {
    members.values.contains { $0[name] != nil }
  }

  /// How the reading is written so that it can mean nothing else.
  private func spelling(of name: String, as reading: Reading, in context: Context) -> String? {
    guard case .expression(let value, _) = reading else { return nil }
    switch value.kind {
    case .fact(_, let owner), .members(_, let owner), .rule(_, let owner, _):
      guard case .entity(let entity) = owner.type else { return nil }
      let kind = program.entities[entity].name
      switch owner.kind {
      case .enclosing(0): return "this.\(name)"
      case .enclosing: return "\(kind).\(name)"
      // The element of a list, unless its kind is also that of who holds it.
      case .local: return enclosingLevel(of: entity, in: context) == nil ? "\(kind).\(name)" : nil
      default: return nil
      }
    default: return nil
    }
  }

  private func firstPart(of reading: Reading) -> String? {
    switch reading {
    case .expression: nil
    case .book(let book): books[book].parameters.keys.min()
    case .choice(let choice): program.choices[choice].members.first?.name
    case .grid(let grid, let book): books[book].grids[grid]?.first?.column
    }
  }

  func describe(_ reading: Reading, called name: String) -> String {
    switch reading {
    case .expression(_, .variable): "the variable `\(name)`"
    case .expression(_, .parameter): "the parameter `\(name)`"
    case .expression(_, .element): "the `\(name)` of the list"
    case .expression(_, .enclosing): "the `\(name)` itself"
    case .expression(_, .today): "`today`"
    case .expression(_, .member(let entity)): "`\(program.entities[entity].name).\(name)`"
    case .book(let book): "the rulebook `\(rulebooks[book].syntax.header?.id.text ?? "")`"
    case .choice(let choice): "the choice `\(program.choices[choice].name)`"
    case .grid(let name, _): "the parameter `\(name)`, which has columns"
    }
  }
}
