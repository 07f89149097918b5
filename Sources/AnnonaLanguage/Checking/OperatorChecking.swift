import AnnonaValues

/// Operators: what may stand on either side, and what comes of it.
extension Checker {
  func checkTruth(_ syntax: ExpressionSyntax, in context: Context) -> Expression? {
    guard let value = checkExpression(syntax, in: context, expecting: .boolean) else { return nil }
    if value.type == .boolean { return value }
    report(
      .wrongType(
        at: syntax.span, expected: "boolean", got: describe(value.type),
        fix: fix(value, toBe: .boolean)))
    return nil
  }

  /// What was shown by an operand holds for those after it.
  func checkLogic(
    every: Bool, _ operands: [ExpressionSyntax], in context: Context, _ span: Span
  ) -> Expression? {
    var checked: [Expression] = []
    var inner = context
    for operand in operands {
      guard let value = checkTruth(operand, in: inner) else { continue }
      inner = inner.narrowed(by: guarded(by: value, when: every))
      checked.append(value)
    }
    guard checked.count == operands.count else { return nil }
    return Expression(every ? .all(checked) : .any(checked), type: .boolean, span: span)
  }

  /// Whether the operand has no type of its own: `0`, `null`, a choice's bare member.
  private func isFlexible(_ syntax: ExpressionSyntax, in context: Context) -> Bool {
    switch syntax.kind {
    case .number(let number, false, nil): return number.isZero
    case .null: return true
    case .negate(let inner): return isFlexible(inner, in: context)
    case .conditional(_, let then, let otherwise):
      return isFlexible(then, in: context) && isFlexible(otherwise, in: context)
    case .name(let name):
      return program.choices.contains { $0.members.contains { $0.name == name } }
        && readings(of: NameSyntax(name, span: syntax.span), in: context).isEmpty
    default: return false
    }
  }

  /// Checks operands that must agree, those with a type of their own first.
  func checkTogether(
    _ operands: [ExpressionSyntax], in context: Context, expecting: ValueType?
  ) -> [Expression]? {
    var checked = [Expression?](repeating: nil, count: operands.count)
    var type: ValueType?
    let areFlexible = operands.map { isFlexible($0, in: context) }
    for (index, operand) in operands.enumerated() where !areFlexible[index] {
      checked[index] = checkExpression(operand, in: context, expecting: type ?? expecting)
      if type == nil { type = checked[index]?.type.present }
    }
    // Where no operand could be typed, `0` would be reported for lack of a unit: once is enough.
    if type == nil, areFlexible.contains(false) { return nil }
    for (index, operand) in operands.enumerated() where areFlexible[index] {
      checked[index] = checkExpression(operand, in: context, expecting: type ?? expecting)
    }
    let complete = checked.compactMap { $0 }
    return complete.count == operands.count ? complete : nil
  }

  /// Brings operands to the one type that holds them all; they must be present unless `null` is welcome.
  func unify(
    _ operands: [Expression], span: Span, operation: String, nullAllowed: Bool = false
  ) -> (operands: [Expression], type: ValueType)? {
    if !nullAllowed {
      for operand in operands where !requirePresent(operand) { return nil }
    }
    guard var type = operands.first?.type else { return nil }
    for operand in operands.dropFirst() {
      guard let shared = common(type, operand.type) else {
        reportMismatch(operation, operands.first ?? operand, operand, at: span)
        return nil
      }
      type = shared
    }
    return (operands.map { coerceNumber($0, to: type) }, type)
  }

  private func coerceNumber(_ operand: Expression, to type: ValueType) -> Expression {
    guard case .number(let from)? = Optional(operand.type.present),
      case .number(let to) = type.present, from.unit != to.unit
    else { return operand }
    let target = ValueType.number(NumberType(unit: to.unit))
    return coerce(operand, to: operand.type.isOptional ? .optional(target) : target) ?? operand
  }

  func requirePresent(_ operand: Expression) -> Bool {
    guard operand.type.isOptional else { return true }
    if operand.type == .null {
      report(.nullOutOfPlace(at: operand.span))
      return false
    }
    report(
      .mayBeNull(
        at: operand.span, words: words(operand.span),
        fallback: operand.type.present.numberType == nil ? "…" : "0"))
    return false
  }

  // MARK: - Comparison

  func checkComparison(
    _ comparison: Comparison, _ left: ExpressionSyntax, _ right: ExpressionSyntax,
    in context: Context, _ span: Span
  ) -> Expression? {
    guard let operands = checkTogether([left, right], in: context, expecting: nil) else {
      return nil
    }
    if operands.contains(where: { $0.type == .null }) {
      return checkNullTest(comparison, operands, span)
    }
    guard let (same, type) = unify(operands, span: span, operation: comparison.rawValue) else {
      return nil
    }
    switch type {
    case .list, .period:
      report(.notComparable(describe(type), comparison.rawValue, at: span))
      return nil
    case .number, .date: break
    default:
      if comparison != .equal, comparison != .unequal {
        report(.notOrdered(describe(type), comparison.rawValue, at: span))
        return nil
      }
    }
    return Expression(.compare(comparison, same[0], same[1]), type: .boolean, span: span)
  }

  private func checkNullTest(
    _ comparison: Comparison, _ operands: [Expression], _ span: Span
  ) -> Expression? {
    guard comparison == .equal || comparison == .unequal else {
      report(.notOrdered("null", comparison.rawValue, at: span))
      return nil
    }
    if let other = operands.first(where: { $0.type != .null }), !other.type.isOptional {
      report(.neverNull(at: other.span, words: words(other.span)))
      return nil
    }
    return Expression(.compare(comparison, operands[0], operands[1]), type: .boolean, span: span)
  }

  func checkBetween(
    _ value: ExpressionSyntax, _ low: ExpressionSyntax, _ high: ExpressionSyntax,
    in context: Context, _ span: Span
  ) -> Expression? {
    guard let operands = checkTogether([value, low, high], in: context, expecting: nil),
      let (same, type) = unify(operands, span: span, operation: "between")
    else { return nil }
    guard type.numberType != nil || type == .date else {
      report(.notOrdered(describe(type), "between", at: span))
      return nil
    }
    return Expression(.between(same[0], low: same[1], high: same[2]), type: .boolean, span: span)
  }

  /// Each item agrees with the value on the left, or is a list or a period of such.
  func checkAmong(
    _ value: ExpressionSyntax, _ items: [ExpressionSyntax], in context: Context, _ span: Span
  ) -> Expression? {
    guard let subject = checkExpression(value, in: context), requirePresent(subject) else {
      return nil
    }
    var checked: [Expression.Item] = []
    for item in items {
      guard let item = checkItem(item, of: subject, in: context) else { continue }
      checked.append(item)
    }
    guard checked.count == items.count else { return nil }
    return Expression(.among(subject, checked), type: .boolean, span: span)
  }

  private func checkItem(
    _ item: ExpressionSyntax, of subject: Expression, in context: Context
  ) -> Expression.Item? {
    if case .range(let low, let high) = item.kind {
      guard let low = checkOperand(low, like: subject, in: context),
        let high = checkOperand(high, like: subject, in: context)
      else { return nil }
      guard subject.type.numberType != nil || subject.type == .date else {
        report(.notOrdered(describe(subject.type), "to", at: item.span))
        return nil
      }
      return .range(low, high)
    }
    guard let value = checkExpression(item, in: context, expecting: subject.type) else {
      return nil
    }
    if value.type == .period, subject.type == .date { return .members(value) }
    if case .list(let element) = value.type, common(element, subject.type) != nil {
      return .members(value)
    }
    return checkOperand(value, like: subject).map { .value($0) }
  }

  private func checkOperand(
    _ syntax: ExpressionSyntax, like subject: Expression, in context: Context
  ) -> Expression? {
    checkExpression(syntax, in: context, expecting: subject.type)
      .flatMap { checkOperand($0, like: subject) }
  }

  private func checkOperand(_ value: Expression, like subject: Expression) -> Expression? {
    guard requirePresent(value) else { return nil }
    let unit = subject.type.numberType.map { ValueType.quantity($0.unit) } ?? subject.type
    if let same = coerce(value, to: unit) { return same }
    reportMismatch("in", subject, value, at: value.span)
    return nil
  }

  func checkConditional(
    _ condition: ExpressionSyntax, _ then: ExpressionSyntax, _ otherwise: ExpressionSyntax,
    in context: Context, _ expecting: ValueType?, _ span: Span
  ) -> Expression? {
    let test = checkTruth(condition, in: context)
    let met = context.narrowed(by: test.map { guarded(by: $0, when: true) } ?? [])
    let unmet = context.narrowed(by: test.map { guarded(by: $0, when: false) } ?? [])
    var branches: [Expression?]
    if isFlexible(then, in: met), !isFlexible(otherwise, in: unmet) {
      let second = checkExpression(otherwise, in: unmet, expecting: expecting)
      branches = [checkExpression(then, in: met, expecting: second?.type ?? expecting), second]
    } else {
      let first = checkExpression(then, in: met, expecting: expecting)
      let want = isFlexible(then, in: met) ? expecting : first?.type
      branches = [first, checkExpression(otherwise, in: unmet, expecting: want ?? expecting)]
    }
    guard let test, let first = branches[0], let second = branches[1],
      let (same, type) = unify(
        [first, second], span: span, operation: "if", nullAllowed: true)
    else { return nil }
    return Expression(.conditional(test, then: same[0], else: same[1]), type: type, span: span)
  }

  // MARK: - Arithmetic

  func checkNegation(
    _ operand: ExpressionSyntax, in context: Context, _ expecting: ValueType?, _ span: Span
  ) -> Expression? {
    guard let value = checkExpression(operand, in: context, expecting: expecting),
      requirePresent(value)
    else { return nil }
    guard value.type.numberType != nil else {
      report(.wrongType(at: operand.span, expected: "number", got: describe(value.type), fix: nil))
      return nil
    }
    if case .constant(.number(let number)) = value.kind {
      return Expression(.constant(.number(-number)), type: value.type, span: span)
    }
    return Expression(.negate(value), type: value.type, span: span)
  }

  func checkArithmetic(
    _ op: ArithmeticOperator, _ left: ExpressionSyntax, _ right: ExpressionSyntax,
    _ overflow: MonthOverflow?, in context: Context, _ expecting: ValueType?, _ span: Span
  ) -> Expression? {
    switch op {
    case .add, .subtract:
      guard
        let operands = checkTogether(
          [left, right], in: context, expecting: expecting?.numberType == nil ? nil : expecting),
        requirePresent(operands[0]), requirePresent(operands[1])
      else { return nil }
      return checkSum(op, operands[0], operands[1], overflow, in: context, span)
    case .multiply, .divide, .power:
      guard let one = checkExpression(left, in: context),
        let other = checkExpression(right, in: context), requirePresent(one), requirePresent(other)
      else { return nil }
      return checkProduct(op, one, other, span)
    }
  }

  private func checkSum(
    _ op: ArithmeticOperator, _ left: Expression, _ right: Expression, _ overflow: MonthOverflow?,
    in context: Context, _ span: Span
  ) -> Expression? {
    switch (left.type, right.type) {
    case (.date, .number(let number)):
      guard let kind = number.unit.durationKind else { break }
      return checkShift(
        left, right, kind, subtract: op == .subtract, overflow, in: context, span)
    case (.number(let number), .date) where op == .add:
      guard let kind = number.unit.durationKind else { break }
      return checkShift(right, left, kind, subtract: false, overflow, in: context, span)
    case (.date, .date) where op == .subtract:
      return Expression(.daysApart(left, right), type: .quantity(Unit("day")), span: span)
    case (.number, .number):
      if let overflow { report(.overflowWithoutDate(at: lastWord(overflow.rawValue, of: span))) }
      guard let (same, type) = unify([left, right], span: span, operation: op.rawValue) else {
        return nil
      }
      return Expression(.arithmetic(op, same[0], same[1]), type: type, span: span)
    default: break
    }
    reportMismatch(op.rawValue, left, right, at: span)
    return nil
  }

  private func checkShift(
    _ date: Expression, _ duration: Expression, _ kind: DurationKind, subtract: Bool,
    _ overflow: MonthOverflow?, in context: Context, _ span: Span
  ) -> Expression? {
    let unit = kind == .months ? Unit("month") : Unit("day")
    guard let whole = coerce(duration, to: .quantity(unit)) else { return nil }
    if case .constant(.number(let number)) = whole.kind, !number.isInteger {
      report(.fractionalDuration(at: duration.span, unit: unit.description))
      return nil
    }
    var mode: MonthOverflow?
    if kind == .days, let overflow {
      report(.overflowWithoutMonths(at: lastWord(overflow.rawValue, of: span), overflow.rawValue))
    }
    if kind == .months {
      mode = overflow ?? books[context.book].calendar.monthOverflow
      if mode == nil {
        report(.monthOverflowUndeclared(at: span, words: words(span) + " last_day"))
        return nil
      }
    }
    return Expression(
      .shift(date, by: whole, kind, subtract: subtract, mode), type: .date, span: span)
  }

  private func checkProduct(
    _ op: ArithmeticOperator, _ left: Expression, _ right: Expression, _ span: Span
  ) -> Expression? {
    guard let one = left.type.numberType, let other = right.type.numberType else {
      reportMismatch(op.rawValue, left, right, at: span)
      return nil
    }
    let isPercent = one.isPercent && other.isPercent
    switch op {
    case .multiply:
      let type = NumberType(
        unit: one.unit * other.unit, isInteger: one.isInteger && other.isInteger,
        isPercent: isPercent)
      return Expression(.arithmetic(op, left, right), type: .number(type), span: span)
    case .divide:
      let type = NumberType(unit: one.unit / other.unit)
      if case .constant(.number(let divisor)) = right.kind, divisor.isZero {
        report(.dividesByZero(at: right.span))
        return nil
      }
      return Expression(.arithmetic(op, left, right), type: .number(type), span: span)
    default:
      return checkPower(left, one, right, other, span)
    }
  }

  private func checkPower(
    _ left: Expression, _ base: NumberType, _ right: Expression, _ exponent: NumberType,
    _ span: Span
  ) -> Expression? {
    guard exponent.isInteger else {
      report(.exponentNotWhole(at: right.span))
      return nil
    }
    if case .constant(.number(let number)) = right.kind {
      guard let power = number.integer, abs(power) <= 999 else {
        report(.exponentNotWhole(at: right.span))
        return nil
      }
      let type = NumberType(
        unit: base.unit.power(power), isInteger: base.isInteger && power >= 0)
      return Expression(.arithmetic(.power, left, right), type: .number(type), span: span)
    }
    guard base.unit.isDimensionless else {
      report(.exponentUnknown(at: right.span))
      return nil
    }
    return Expression(.arithmetic(.power, left, right), type: .number, span: span)
  }
}
