import AnnonaValues

/// What a fact may be: its limits, step and default, which are constants.
extension Checker {
  func checkLimits(_ book: Int) {
    for (index, entry) in factSyntax.enumerated() where entry.book == book && entry.isTyped {
      let id = FactID(index)
      program.facts[id].minimum = limit(entry.syntax.minimum, of: id, in: book)
      program.facts[id].maximum = limit(entry.syntax.maximum, of: id, in: book)
      checkOrder(of: id, entry.syntax)
      checkStep(entry.syntax.step, of: id, in: book)
      checkDefault(entry.syntax, of: id, in: book)
      if let burden = entry.syntax.burden { checkBurden(burden, of: id, in: book) }
      if entry.syntax.pattern != nil, program.facts[id].type.present != .text {
        report(.patternNeedsText(entry.syntax.name, describe(program.facts[id].type.present)))
      }
    }
  }

  private func limit(_ syntax: ExpressionSyntax?, of id: FactID, in book: Int) -> Limit? {
    guard let syntax else { return nil }
    let type = program.facts[id].type.present
    if case .name("today") = syntax.kind, type == .date { return .today }
    switch type {
    case .number, .date: break
    default:
      report(.limitNeedsOrder(at: syntax.span, describe(type)))
      return nil
    }
    return governedConstant(syntax, type, in: book).map { .value($0) }
  }

  private func checkOrder(of id: FactID, _ syntax: FactSyntax) {
    guard case .value(let low)? = program.facts[id].minimum,
      case .value(let high)? = program.facts[id].maximum, let span = syntax.maximum?.span
    else { return }
    let isReversed =
      switch (low, high) {
      case (.number(let low), .number(let high)): low > high
      case (.date(let low), .date(let high)): low > high
      default: false
      }
    if isReversed { report(.limitsReversed(at: span)) }
  }

  private func checkStep(_ syntax: ExpressionSyntax?, of id: FactID, in book: Int) {
    guard let syntax else { return }
    let type = program.facts[id].type.present
    guard type.numberType != nil else {
      report(.limitNeedsOrder(at: syntax.span, describe(type)))
      return
    }
    guard case .number(let step)? = governedConstant(syntax, type, in: book) else { return }
    guard step.sign > 0 else {
      report(.stepNotPositive(at: syntax.span))
      return
    }
    program.facts[id].step = step
  }

  private func checkBurden(_ syntax: ExpressionSyntax, of id: FactID, in book: Int) {
    guard case .number(let burden)? = governedConstant(syntax, .number(NumberType()), in: book)
    else { return }
    guard burden.sign >= 0 else {
      report(.burdenNegative(at: syntax.span))
      return
    }
    program.facts[id].burden = burden
  }

  private func checkDefault(_ syntax: FactSyntax, of id: FactID, in book: Int) {
    guard let value = syntax.defaultValue else { return }
    // Whoever reads the keys says that only one of the two can stand.
    if syntax.isOptional { return }
    guard let value = governedConstant(value, program.facts[id].type, in: book) else { return }
    program.facts[id].assumed = Assumption(
      value: value, citesTheLaw: !syntax.citations.isEmpty)
  }

  /// A constant of the type; anything else is reported.
  func governedConstant(
    _ syntax: ExpressionSyntax, _ type: ValueType, in book: Int
  ) -> Value? {
    if let value = constant(syntax, type, in: book) { return value }
    guard let given = checkExpression(syntax, in: Context(book: book, entity: nil)) else {
      return nil
    }
    if case .constant = given.kind {
      report(
        .wrongType(
          at: syntax.span, expected: describe(type), got: describe(given.type),
          fix: fix(given, toBe: type)))
    } else {
      report(.notConstant(at: syntax.span))
    }
    return nil
  }

  /// The value of a literal (or of a fraction of two) where a type governs the place; `nil` for anything else.
  func constant(_ syntax: ExpressionSyntax, _ type: ValueType, in book: Int) -> Value? {
    if type.isOptional, case .null = syntax.kind { return .null }
    switch (syntax.kind, type.present) {
    case (.number(let number, let percent, let unit), .number(let type)):
      return constant(number, percent: percent, unit: unit, type)
    case (.negate(let inner), .number):
      guard case .number(let number)? = constant(inner, type, in: book) else { return nil }
      return .number(-number)
    case (.arithmetic(.divide, let left, let right, _), .number(let number)):
      guard !number.isInteger, case .number(let top, false, let unit) = left.kind,
        case .number(let bottom, false, nil) = right.kind,
        let quotient = try? top / bottom
      else { return nil }
      return constant(quotient, percent: false, unit: unit, number)
    case (.date(let date), .date): return .date(date)
    case (.text(let text), .text): return .text(text)
    // YAML has taken the quotes off a text that looks like a name.
    case (.name(let name), .text): return .text(name)
    case (.boolean(let truth), .boolean): return .boolean(truth)
    case (.name(let name), .choice(let choice)):
      return program.choices[choice].members.firstIndex { $0.name == name }
        .map { .choice(Int32($0)) }
    default: return nil
    }
  }

  private func constant(
    _ number: Number, percent: Bool, unit: UnitSyntax?, _ type: NumberType
  ) -> Value? {
    if percent, !type.unit.isDimensionless || type.isInteger { return nil }
    if type.isInteger, !number.isInteger { return nil }
    guard let unit, unit.unit != type.unit else { return .number(number) }
    // A duration may be written in a coarser unit than the one declared: `1 year` for months.
    guard type.unit.durationKind != nil, unit.unit.durationKind == type.unit.durationKind,
      let ratio = unit.unit.ratio(to: type.unit), ratio >= .one, let converted = try? number * ratio
    else { return nil }
    return .number(converted)
  }
}
