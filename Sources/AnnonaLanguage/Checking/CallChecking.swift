import AnnonaValues

/// Calls: the built-in functions, the rulebook's own, and the words `at`, `under` and `as`.
extension Checker {
  /// Names that no fact, rule or function of an author may take from the language.
  static let builtIns: [String] =
    Expression.Aggregate.allCases.map(\.rawValue)
    + DateSignature.all.map(\.name)
    + ["abs", "ceiling", "coalesce", "concatenate", "floor", "position", "round", "sort"]

  func checkCall(
    _ name: NameSyntax, _ call: CallSyntax, in context: Context, _ expecting: ValueType?,
    _ span: Span
  ) -> Expression? {
    switch name.text {
    case "round", "floor", "ceiling": return checkRounding(name, call, in: context, span)
    case "abs": return checkAbsolute(name, call, in: context, span)
    case "coalesce": return checkCoalesce(name, call, in: context, expecting, span)
    case "sort": return checkSort(name, call, in: context, span)
    case "position": return checkPosition(name, call, in: context, span)
    case "concatenate": return checkConcatenation(call, in: context, span)
    case "min", "max":
      if call.arguments.count > 1 { return checkExtreme(name, call, in: context, expecting, span) }
    default: break
    }
    if let aggregate = Expression.Aggregate(rawValue: name.text) {
      return checkAggregate(aggregate, name, call, in: context, span)
    }
    if let signature = DateSignature.all.first(where: { $0.name == name.text }) {
      return checkDateCall(signature, name, call, in: context, span)
    }
    let (book, last) = importing(name.text, in: context.book)
    if let function = books[book].functions[last] {
      return checkApplication(function, name, call, in: context, span)
    }
    if books[book].grids[last] != nil {
      return checkNumberedColumn(last, in: book, name, call, context, span)
    }
    // What could not be read was reported where it stands.
    if books[book].broken.contains(last)
      || rulebooks[book].syntax.unread.contains(where: { $0.text == last })
    {
      return nil
    }
    let near =
      functionOfImport(name.text, in: context.book)
      ?? didYouMean(
        name.text, among: (Self.builtIns + functionNames(in: context.book)).sorted())
    report(.unknownFunction(name, near: near))
    return nil
  }

  /// A function that an import has is called under the import's prefix.
  private func functionOfImport(_ name: String, in book: Int) -> String? {
    rulebooks[book].imports.sorted { $0.key < $1.key }
      .first { books[$0.value].functions[name] != nil }.map { "\($0.key).\(name)" }
  }

  private func functionNames(in book: Int) -> [String] {
    let own = Array(books[book].functions.keys) + Array(books[book].grids.keys)
    return rulebooks[book].imports.reduce(into: own) { names, entry in
      names += books[entry.value].functions.keys.map { "\(entry.key).\($0)" }
      names += books[entry.value].grids.keys.map { "\(entry.key).\($0)" }
    }
  }

  // MARK: - Numbers

  /// The one argument of a function of a number, and what kind of number it is.
  private func checkOneNumber(
    _ name: NameSyntax, _ call: CallSyntax, in context: Context
  ) -> (value: Expression, type: NumberType)? {
    guard call.arguments.count == 1 else {
      let number = call.arguments.first.map { words($0.span) } ?? "income"
      let step = call.step.map { " to " + words($0.span) } ?? ""
      let mode = call.mode.map { " " + $0.rawValue } ?? ""
      report(
        .wrongArguments(
          name, expected: "one number", got: call.arguments.count,
          usage: "\(name.text)(\(number)\(step)\(mode))"))
      return nil
    }
    guard let value = checkExpression(call.arguments[0], in: context), requirePresent(value) else {
      return nil
    }
    guard let number = value.type.numberType else {
      report(
        .wrongType(at: value.span, expected: "number", got: describe(value.type), fix: nil))
      return nil
    }
    return (value, number)
  }

  private func checkRounding(
    _ name: NameSyntax, _ call: CallSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    guard let (value, number) = checkOneNumber(name, call, in: context) else { return nil }
    let mode: RoundingMode
    switch name.text {
    case "floor": mode = .floor
    case "ceiling": mode = .ceiling
    default:
      guard let written = call.mode else { return nil }
      mode = written
    }
    // A call without step or mode was refused where it was read.
    guard
      let step = call.step.flatMap({
        checkRoundingStep($0, of: .number(NumberType(unit: number.unit)), in: context)
      })
    else { return nil }
    var type = number
    type.isInteger = number.unit.isDimensionless && isWhole(step)
    if type.isInteger { type.isPercent = false }
    return Expression(.round(value, step: step, mode), type: .number(type), span: span)
  }

  /// A positive constant or a parameter in the value's unit.
  func checkRoundingStep(
    _ syntax: ExpressionSyntax, of type: ValueType, in context: Context
  ) -> Expression? {
    guard let step = checkGoverned(syntax, as: type, in: context) else { return nil }
    switch step.kind {
    case .parameter: return step
    case .constant(.number(let number)) where number.sign > 0: return step
    default:
      report(.stepNotPositive(at: syntax.span))
      return nil
    }
  }

  private func isWhole(_ step: Expression) -> Bool {
    if case .constant(.number(let number)) = step.kind { return number.isInteger }
    return step.type.numberType?.isInteger ?? false
  }

  private func checkAbsolute(
    _ name: NameSyntax, _ call: CallSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    guard let (value, _) = checkOneNumber(name, call, in: context) else { return nil }
    return Expression(.absolute(value), type: value.type, span: span)
  }

  /// `min(a, b, …)`, `max(a, b, …)`
  private func checkExtreme(
    _ name: NameSyntax, _ call: CallSyntax, in context: Context, _ expecting: ValueType?,
    _ span: Span
  ) -> Expression? {
    guard let operands = checkTogether(call.arguments, in: context, expecting: expecting),
      let (same, type) = unify(operands, span: span, operation: name.text)
    else { return nil }
    guard type.numberType != nil || type == .date else {
      report(.notOrdered(describe(type), name.text, at: span))
      return nil
    }
    return Expression(name.text == "min" ? .least(same) : .greatest(same), type: type, span: span)
  }

  /// The first that is there; present as soon as one of them always is.
  private func checkCoalesce(
    _ name: NameSyntax, _ call: CallSyntax, in context: Context, _ expecting: ValueType?,
    _ span: Span
  ) -> Expression? {
    guard call.arguments.count > 1 else {
      report(
        .wrongArguments(
          name, expected: "at least two values", got: call.arguments.count,
          usage: "coalesce(partner.income, 0)"))
      return nil
    }
    guard let operands = checkTogether(call.arguments, in: context, expecting: expecting),
      let (same, type) = unify(operands, span: span, operation: name.text, nullAllowed: true)
    else { return nil }
    if let first = operands.first, !first.type.isOptional {
      report(.neverNeeded(at: first.span, words: words(first.span)))
      return nil
    }
    let isPresent = operands.contains { !$0.type.isOptional }
    return Expression(.coalesce(same), type: isPresent ? type.present : type, span: span)
  }

  // MARK: - Dates

  private func checkDateCall(
    _ signature: DateSignature, _ name: NameSyntax, _ call: CallSyntax, in context: Context,
    _ span: Span
  ) -> Expression? {
    guard call.arguments.count == signature.arguments.count else {
      report(
        .wrongArguments(
          name, expected: signature.expected, got: call.arguments.count,
          usage: "\(name.text)(\(signature.usage))"))
      return nil
    }
    var arguments: [Expression] = []
    for (syntax, type) in zip(call.arguments, signature.arguments) {
      guard let value = checkExpression(syntax, in: context, expecting: type),
        requirePresent(value)
      else { return nil }
      guard let fitting = fit(value, type) else {
        report(
          .wrongType(
            at: syntax.span, expected: describe(type), got: describe(value.type),
            fix: fix(value, toBe: type)))
        return nil
      }
      arguments.append(fitting)
    }
    var calendar = books[context.book].calendar
    if let overflow = call.overflow {
      guard signature.needsOverflow(arguments) else {
        report(.overflowWithoutMonths(at: lastWord(overflow.rawValue, in: span), overflow.rawValue))
        return nil
      }
      calendar.monthOverflow = overflow
    }
    if signature.function == .age, calendar.leapDayBirthday == nil {
      report(.leapDayUndeclared(at: span))
      return nil
    }
    if signature.needsOverflow(arguments), calendar.monthOverflow == nil {
      let mended = words(span).dropLast() + " last_day)"
      report(.monthOverflowUndeclared(at: span, words: String(mended)))
      return nil
    }
    return Expression(
      .call(signature.function, arguments, calendar), type: signature.result, span: span)
  }

  /// A duration argument may be of months or of days.
  private func fit(_ value: Expression, _ type: ValueType) -> Expression? {
    guard let number = type.numberType, number.unit.durationKind != nil else {
      return coerce(value, to: type)
    }
    switch value.type.numberType?.unit.durationKind {
    case .months: return coerce(value, to: .quantity(Unit("month")))
    case .days: return coerce(value, to: .quantity(Unit("day")))
    case nil: return nil
    }
  }

  func checkPeriod(
    _ low: ExpressionSyntax, _ high: ExpressionSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    guard let from = checkExpression(low, in: context),
      let through = checkExpression(high, in: context), requirePresent(from),
      requirePresent(through)
    else { return nil }
    guard from.type == .date, through.type == .date else {
      let wrong = from.type == .date ? through : from
      report(.periodOfDates(at: span, got: describe(wrong.type)))
      return nil
    }
    return Expression(.period(from, through), type: .period, span: span)
  }

  // MARK: - Functions of the rulebook

  /// `EUR/year` and `integer`
  private func list(_ types: [String]) -> String {
    let words = types.map { "`\($0)`" }
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  private func checkApplication(
    _ id: FunctionID, _ name: NameSyntax, _ call: CallSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    usedFunctions.insert(id)
    if case .function(let reader)? = reading.last {
      functionReads[reader, default: []].insert(id)
    }
    guard let result = functionType(id) else { return nil }
    let parameters = functionWork[Int(id.index)].parameters
    guard call.arguments.count == parameters.count else {
      report(
        .wrongArguments(
          name,
          expected: parameters.isEmpty ? "nothing" : list(parameters.map { describe($0.type) }),
          got: call.arguments.count,
          usage: "\(name.text)(\(parameters.map(\.name).joined(separator: ", ")))"))
      return nil
    }
    var arguments: [Expression] = []
    for (syntax, parameter) in zip(call.arguments, parameters) {
      guard let value = checkGoverned(syntax, as: parameter.type, in: context) else { return nil }
      arguments.append(value)
    }
    return Expression(.apply(id, arguments), type: result, span: span)
  }

  // MARK: - Clocks and units

  /// `x at d` moves the clock, `x under d` the law alone; both read one name.
  func checkClock(
    _ operand: ExpressionSyntax, _ date: ExpressionSyntax, moves: Bool, in context: Context,
    _ span: Span
  ) -> Expression? {
    var inner = context
    // A test made today says nothing of another day, nor one under today's law of a rule under another.
    inner.narrowed = moves ? [] : context.narrowed.filter { !$0.readsRule }
    // What is no name was refused where it was read.
    guard operand.isNamed else { return nil }
    guard let value = checkExpression(operand, in: inner),
      let day = checkExpression(date, in: context), requirePresent(day)
    else { return nil }
    guard day.type == .date else {
      report(
        .wrongType(
          at: date.span, expected: "date", got: describe(day.type), fix: fix(day, toBe: .date)))
      return nil
    }
    switch value.kind {
    case .parameter, .rule, .column: break
    case .fact(let id, _) where moves:
      guard program.facts[id].variation.map({ $0 != .never }) ?? false else {
        report(.factDoesNotVary(program.facts[id].name, at: operand.span))
        return nil
      }
    default:
      report(.clockNeedsName(moves ? "at" : "under", at: operand.span))
      return nil
    }
    let kind: Expression.Kind = moves ? .at(value, date: day) : .under(value, date: day)
    return Expression(kind, type: value.type, span: span)
  }

  func checkConversion(
    _ operand: ExpressionSyntax, _ unit: UnitSyntax, in context: Context, _ span: Span
  ) -> Expression? {
    guard checkUnit(unit, in: context.book),
      let value = checkExpression(operand, in: context), requirePresent(value)
    else { return nil }
    guard let number = value.type.numberType else {
      report(
        .wrongType(at: value.span, expected: "number", got: describe(value.type), fix: nil))
      return nil
    }
    guard let ratio = number.unit.ratio(to: unit.unit) else {
      reportConversion(value, unit, at: unit.span)
      return nil
    }
    return Expression(
      .convert(value, ratio: ratio), type: .number(NumberType(unit: unit.unit)), span: span)
  }
}

extension ExpressionSyntax {
  /// Whether it is a name, a path or a call, and not more.
  fileprivate var isNamed: Bool {
    switch kind {
    case .name, .member, .call: true
    default: false
    }
  }
}

/// A function of dates: what it takes and gives.
struct DateSignature: Sendable {
  let name: String
  let function: Expression.DateFunction
  let arguments: [ValueType]
  let result: ValueType
  let expected: String
  /// What may stand between the parentheses.
  let usage: String

  private init(
    _ function: Expression.DateFunction, _ arguments: [ValueType], _ result: ValueType,
    _ expected: String, _ usage: String
  ) {
    self.name = function.rawValue
    self.function = function
    self.arguments = arguments
    self.result = result
    self.expected = expected
    self.usage = usage
  }

  func needsOverflow(_ arguments: [Expression]) -> Bool {
    switch function {
    case .yearsBetween, .monthsBetween: true
    case .period: arguments.last?.type.numberType?.unit.durationKind == .months
    default: false
    }
  }

  static let all: [DateSignature] = [
    DateSignature(.age, [.date], .quantity(Unit("year")), "one date", "birth_date"),
    DateSignature(
      .yearsBetween, [.date, .date], .quantity(Unit("year")), "two dates", "first, later"),
    DateSignature(
      .monthsBetween, [.date, .date], .quantity(Unit("month")), "two dates", "first, later"),
    DateSignature(
      .daysBetween, [.date, .date], .quantity(Unit("day")), "two dates", "first, later"),
    DateSignature(.startOfMonth, [.date], .date, "one date", "moved_in"),
    DateSignature(.endOfMonth, [.date], .date, "one date", "moved_in"),
    DateSignature(
      .date, [.integer, .integer, .integer], .date, "a year, a month and a day", "2025, 7, 1"),
    DateSignature(
      .period, [.date, .quantity(Unit("month"))], .period, "a date and a duration",
      "moved_in, 18 months"),
  ]
}
