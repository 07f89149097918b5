import AnnonaValues

/// Lists: filters, quantifiers, `for`, and what is made of many.
extension Checker {
  /// A list, and the type of its elements.
  func checkList(
    _ syntax: ExpressionSyntax, in context: Context
  ) -> (list: Expression, element: ValueType)? {
    guard let list = checkExpression(syntax, in: context) else { return nil }
    guard case .list(let element) = list.type else {
      report(
        .notAList(
          at: syntax.span, got: describe(list.type),
          such: listExample(in: context).map { "\($0.holder).\($0.list)" }))
      return nil
    }
    return (list, element)
  }

  func checkFilter(
    _ syntax: ExpressionSyntax, _ condition: ExpressionSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    guard let (list, element) = checkList(syntax, in: context) else { return nil }
    guard case .entity = element else {
      report(.filterOfValues(at: span, fix: filterFix(syntax, condition)))
      return nil
    }
    let (slot, entered) = context.entering(elementOf: element)
    let inner = entered.narrowed(by: guarded(elementsOf: list, slot: slot))
    guard let test = checkTruth(condition, in: inner) else { return nil }
    return Expression(.filter(slot: slot, list, test), type: list.type, span: span)
  }

  /// `children.amount where eligible` is meant as `(children where eligible).amount`.
  private func filterFix(_ syntax: ExpressionSyntax, _ condition: ExpressionSyntax) -> String? {
    guard case .member(let list, let name) = syntax.kind else { return nil }
    return "(\(words(list.span)) where \(words(condition.span))).\(name.text)"
  }

  func checkQuantified(
    every: Bool, _ name: NameSyntax, _ syntax: ExpressionSyntax, _ body: ExpressionSyntax,
    in context: Context, _ span: Span
  ) -> Expression? {
    guard let (list, inner, slot) = bind(name, syntax, in: context),
      let test = checkTruth(body, in: inner)
    else { return nil }
    return Expression(
      .quantified(every: every, slot: slot, list, test), type: .boolean, span: span)
  }

  func checkMap(
    _ name: NameSyntax, _ syntax: ExpressionSyntax, _ body: ExpressionSyntax, in context: Context,
    _ span: Span
  ) -> Expression? {
    guard let (list, inner, slot) = bind(name, syntax, in: context),
      let value = checkExpression(body, in: inner)
    else { return nil }
    if case .list = value.type {
      report(.listOfLists(at: body.span))
      return nil
    }
    return Expression(.map(slot: slot, list, value), type: .list(value.type), span: span)
  }

  private func bind(
    _ name: NameSyntax, _ syntax: ExpressionSyntax, in context: Context
  ) -> (list: Expression, inner: Context, slot: Int)? {
    guard let (list, element) = checkList(syntax, in: context) else { return nil }
    guard context.loops < 4 else {
      report(.loopsTooDeep(at: name.span))
      return nil
    }
    let (slot, inner) = context.binding(name.text, element)
    return (list, inner.narrowed(by: guarded(elementsOf: list, slot: slot)), slot)
  }

  // MARK: - Aggregates

  func checkAggregate(
    _ aggregate: Expression.Aggregate, _ name: NameSyntax, _ call: CallSyntax, in context: Context,
    _ span: Span
  ) -> Expression? {
    guard call.arguments.count == 1 else {
      let example = listExample(in: context)
      let list = example?.list ?? "children"
      let path = list + "." + (example.flatMap { number(of: $0.member) } ?? "amount")
      report(
        .wrongArguments(
          name, expected: "one list", got: call.arguments.count,
          usage: "\(name.text)(\(aggregate == .count ? list : path))"))
      return nil
    }
    guard let (list, element) = checkList(call.arguments[0], in: context) else { return nil }
    if element.isOptional, aggregate != .count {
      report(.optionalElements(at: list.span, words: words(list.span)))
      return nil
    }
    guard let type = type(of: aggregate, over: element, name, list) else { return nil }
    var fallback: Expression?
    if let syntax = call.fallback {
      guard let value = checkGoverned(syntax, as: type, in: context) else { return nil }
      fallback = value
    }
    return Expression(.aggregate(aggregate, list, fallback: fallback), type: type, span: span)
  }

  private func type(
    of aggregate: Expression.Aggregate, over element: ValueType, _ name: NameSyntax,
    _ list: Expression
  ) -> ValueType? {
    switch aggregate {
    case .count: return .integer
    case .first, .last: return element
    case .distinct: return .list(element)
    case .sum, .mean:
      guard case .number(var number) = element else { break }
      if aggregate == .mean { number.isInteger = false }
      // What was counted per month, month by month, is a sum without it.
      if aggregate == .sum, case .series(_, _, let variation) = list.kind {
        number.unit = number.unit * variation.unit
      }
      return .number(number)
    case .min, .max:
      guard element.numberType != nil || element == .date else { break }
      return element
    }
    report(
      .cannotAggregate(name, describe(element), at: list.span, such: numbers(of: list, element)))
    return nil
  }

  /// A list of members that an expression can name, for messages: the nearest that is around, else any.
  private func listExample(
    in context: Context
  ) -> (holder: String, list: String, member: EntityID)? {
    var around: [EntityID] = []
    var entity = context.entity
    while let current = entity {
      around.append(current)
      entity = program.entities[current].container
    }
    let lists = program.places.filter(\.isList)
    let near = around.lazy.compactMap { holder in lists.first { $0.holder == holder } }.first
    return (near ?? lists.first).map {
      (program.entities[$0.holder].name, $0.name, $0.member)
    }
  }

  /// The first fact of an entity that is a number.
  private func number(of entity: EntityID) -> String? {
    program.entities[entity].facts.first { program.facts[$0].type.numberType != nil }
      .map { program.facts[$0].name }
  }

  /// `kids.care` for `kids` or `kids.name`: a path to numbers over the same list, in the author's words.
  private func numbers(of list: Expression, _ element: ValueType) -> String? {
    if case .entity(let entity) = element {
      return number(of: entity).map { "\(operandWords(list)).\($0)" }
    }
    guard case .map(_, let list, _) = list.kind, case .list(.entity(let entity)) = list.type else {
      return nil
    }
    return number(of: entity).map { "\(operandWords(list)).\($0)" }
  }

  func checkSort(
    _ name: NameSyntax, _ call: CallSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    guard call.arguments.count == 1, let key = call.key else {
      report(
        .wrongArguments(
          name, expected: "a list and `by` what", got: call.arguments.count,
          usage: "sort(\(listExample(in: context)?.list ?? "children") by birth_date)"))
      return nil
    }
    guard let (list, element) = checkList(call.arguments[0], in: context) else { return nil }
    let (slot, entered) = context.entering(elementOf: element)
    let inner = entered.narrowed(by: guarded(elementsOf: list, slot: slot))
    guard let by = checkExpression(key, in: inner), requirePresent(by) else { return nil }
    guard by.type.numberType != nil || by.type == .date else {
      report(.notOrdered(describe(by.type), "by", at: key.span))
      return nil
    }
    return Expression(.sort(slot: slot, list, by: by), type: list.type, span: span)
  }

  func checkPosition(
    _ name: NameSyntax, _ call: CallSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    guard call.arguments.count == 2 else {
      report(
        .wrongArguments(
          name, expected: "an element and a list", got: call.arguments.count,
          usage: "position(this, \(listExample(in: context)?.list ?? "children"))"))
      return nil
    }
    guard let (list, element) = checkList(call.arguments[1], in: context),
      let value = checkExpression(call.arguments[0], in: context, expecting: element),
      requirePresent(value)
    else { return nil }
    guard common(value.type, element) != nil else {
      reportMismatch("position", value, list, at: span)
      return nil
    }
    return Expression(.position(value, list), type: .integer, span: span)
  }

  func checkConcatenation(
    _ call: CallSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    let lists = call.arguments.compactMap { checkList($0, in: context)?.list }
    guard lists.count == call.arguments.count, !lists.isEmpty,
      let (same, type) = unify(lists, span: span, operation: "concatenate")
    else { return nil }
    return Expression(.concatenate(same), type: type, span: span)
  }
}
