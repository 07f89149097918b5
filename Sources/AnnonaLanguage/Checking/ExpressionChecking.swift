import AnnonaValues

/// Expressions: every name looked up, every operand typed. `nil` means that what is wrong has been reported.
extension Checker {
  /// `expecting` is what the surroundings want; it settles a choice's bare member and the literal `0`, nothing else.
  func checkExpression(
    _ syntax: ExpressionSyntax, in context: Context, expecting: ValueType? = nil
  ) -> Expression? {
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
      return checkName(NameSyntax(name, span: span), in: context, expecting)
    case .member(let owner, let name): return checkMember(owner, name, in: context, span)
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

  /// The way from the one type to the other where there is a usual one.
  func fix(_ given: Expression, toBe type: ValueType) -> String? {
    guard let want = type.present.numberType else { return nil }
    if given.type.isOptional {
      return "use `coalesce(…, 0)`, or test it with `!= null` first"
    }
    guard let have = given.type.numberType else { return nil }
    if want.isInteger, have.unit.isDimensionless {
      return
        "round it to a whole number: `floor(… to 1)`, `ceiling(… to 1)` or `round(… to 1 half_up)`"
    }
    if have.unit.isDimensionless, !want.unit.isDimensionless {
      guard case .constant = given.kind else { return nil }
      return "give the number its unit: `\(words(given.span)) \(want.unit)`"
    }
    if have.unit.ratio(to: want.unit) != nil {
      return "convert it: `(\(words(given.span))) as \(want.unit)`"
    }
    return nil
  }

  /// The author's own words at a place.
  func words(_ span: Span) -> String {
    let bytes = program.files[Int(span.file)].bytes
    return String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
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
      report(.unknownUnit(name, at: unit.span, among: books[book].units.sorted()))
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

  private func checkName(
    _ name: NameSyntax, in context: Context, _ expecting: ValueType?
  ) -> Expression? {
    if name.text == "base", let type = context.base {
      return Expression(.base, type: type, span: name.span)
    }
    let found = readings(of: name, in: context)
    if case .choice(let choice)? = expecting?.present,
      let member = checkChoiceMember(name, of: choice, against: found)
    {
      return member
    }
    if found.count > 1 {
      report(.twoReadings(name, found.map { describe($0) }))
      return nil
    }
    guard let reading = found.first else {
      reportUnknown(name, in: context, expecting)
      return nil
    }
    guard case .expression(let value, _) = reading else {
      report(.nameNeedsMember(name, what: describe(reading)))
      return nil
    }
    guard isTyped(value) else { return nil }
    return value
  }

  private func checkChoiceMember(
    _ name: NameSyntax, of choice: ChoiceID, against found: [Reading]
  ) -> Expression? {
    guard let index = program.choices[choice].members.firstIndex(where: { $0.name == name.text })
    else { return nil }
    usedChoices.insert(choice)
    if let other = found.first {
      report(
        .choiceOrName(name, choice: program.choices[choice].name, other: describe(other)))
      return nil
    }
    return Expression(
      .constant(.choice(Int32(index))), type: .choice(choice), span: name.span)
  }

  private func reportUnknown(
    _ name: NameSyntax, in context: Context, _ expecting: ValueType?
  ) {
    // What could not be read was reported where it stands.
    if isUnread(name, in: context) { return }
    if case .choice(let choice)? = expecting?.present {
      let members = program.choices[choice].members.map(\.name)
      report(.notAMember(name, of: program.choices[choice].name, members: members))
    } else if context.entity == nil, isFactOrRule(name.text) {
      report(.factInFunction(name))
    } else if name.text == "base" {
      report(.baseOutsideException(name))
    } else {
      report(.unknownName(name, near: didYouMean(name.text, among: visibleNames(in: context))))
    }
  }

  private func isFactOrRule(_ name: String) -> Bool {
    members.values.contains { $0[name] != nil }
  }

  func describe(_ reading: Reading) -> String {
    switch reading {
    case .expression(_, let what): what
    case .book(let book): "the rulebook `\(rulebooks[book].syntax.header?.id.text ?? "")`"
    case .choice(let choice): "the choice `\(program.choices[choice].name)`"
    case .grid(let name, _): "the parameter `\(name)`, which has columns"
    }
  }

  /// Whether the name's declaration could not be read, which has been reported there.
  private func isUnread(_ name: NameSyntax, in context: Context) -> Bool {
    rulebooks[context.book].syntax.unread.contains { $0.text == name.text }
  }

  /// Whether a reference has a type; a rule that failed has already said why.
  func isTyped(_ expression: Expression) -> Bool {
    guard case .rule(let id, _, output: nil) = expression.kind else { return true }
    guard ruleType(id) != nil else { return false }
    if ruleWork[Int(id.index)].outputs.count > 1 {
      report(
        .severalOutputs(
          program.rules[id].name, ruleWork[Int(id.index)].outputs.map(\.name), at: expression.span))
      return false
    }
    return true
  }

  // MARK: - Paths

  private func checkMember(
    _ owner: ExpressionSyntax, _ name: NameSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    if case .name(let text) = owner.kind {
      let found = readings(of: NameSyntax(text, span: owner.span), in: context)
      switch found.first {
      case .book(let book)?: return checkImported(name, from: book, prefix: text, in: context, span)
      case .choice(let choice)?: return checkMemberOfChoice(name, choice, span)
      case .grid(let grid, let book)?: return checkColumn(name, of: grid, in: book, span)
      case .expression(let value, _)?:
        if found.count == 1, let part = partOfRule(value, name, span) { return part }
      case nil: break
      }
    }
    if let (grid, book) = importedGrid(owner, in: context) {
      return checkColumn(name, of: grid, in: book, span)
    }
    guard let value = checkExpression(owner, in: context) else { return nil }
    return checkMember(name, of: value, in: context, span)
  }

  private func checkMember(
    _ name: NameSyntax, of owner: Expression, in context: Context, _ span: Span
  ) -> Expression? {
    switch owner.type {
    case .list(let element): return checkPath(name, over: owner, element, in: context, span)
    case .choice(let choice): return checkMemberOfChoice(name, choice, span)
    default: break
    }
    if let part = partOfDate(name, of: owner, span) { return part }
    guard case .entity(let entity) = owner.type.present else {
      report(.noMembers(name, of: describe(owner.type), at: span))
      return nil
    }
    if let found = member(name, of: owner, entity: entity, in: context) {
      guard isTyped(found) else { return nil }
      return Expression(found.kind, type: found.type, span: span)
    }
    if let holder = program.entities[entity].container, program.entities[holder].name == name.text {
      return Expression(.holder(of: owner), type: .entity(holder), span: span)
    }
    if isUnread(name, in: context) { return nil }
    let near = didYouMean(name.text, among: members[entity].map { $0.keys.sorted() } ?? [])
    report(.unknownMember(name, of: program.entities[entity].name, near: near))
    return nil
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
    if let parameter = books[book].parameters[name.text] { return read(parameter, span: span) }
    if books[book].grids[name.text] != nil {
      report(.nameNeedsMember(name, what: "the parameter `\(name.text)`, which has columns"))
      return nil
    }
    if let choice = books[book].choices[name.text] {
      report(.nameNeedsMember(name, what: "the choice `\(program.choices[choice].name)`"))
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

  /// `qualifies.ratepayer`, `norm.percentage`: a condition or a column of a rule.
  private func partOfRule(_ value: Expression, _ name: NameSyntax, _ span: Span) -> Expression? {
    guard case .rule(let id, let owner, output: nil) = value.kind else { return nil }
    let work = ruleWork[Int(id.index)]
    if let condition = work.conditions.last(where: { $0.name == name.text })?.id {
      noteRead(of: condition)
      return Expression(.rule(condition, of: owner, output: nil), type: .boolean, span: span)
    }
    guard ruleType(id) != nil,
      let output = ruleWork[Int(id.index)].outputs.firstIndex(where: { $0.name == name.text })
    else { return nil }
    return Expression(
      .rule(id, of: owner, output: output), type: ruleWork[Int(id.index)].outputs[output].type,
      span: span)
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
