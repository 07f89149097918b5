import AnnonaLanguage
import AnnonaValues
import Support

/// Any tree that the grammar can express.
struct RandomExpressions {
  var random: SeededRandom
  private let nowhere = Span(file: 0, start: 0, end: 0)

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func expression(depth: Int) -> ExpressionSyntax {
    ExpressionSyntax(depth <= 0 ? leaf() : inner(depth - 1), span: nowhere)
  }

  private mutating func pick<T>(_ items: [T]) -> T {
    items[Int.random(in: 0..<items.count, using: &random)]
  }

  private mutating func word() -> String {
    pick(["a", "income", "children", "today", "ηλικία", "última_vez", "x1", "last", "up", "above"])
  }

  private mutating func name() -> NameSyntax { NameSyntax(word(), span: nowhere) }

  private mutating func unit() -> UnitSyntax {
    let text = pick(["EUR", "EUR/month", "EUR*month", "m3^2", "months", "kVA/year^2"])
    return UnitSyntax(Unit(text: text) ?? .none, text: text, span: nowhere)
  }

  private mutating func leaf() -> ExpressionSyntax.Kind {
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return .number(number(), percent: false, unit: nil)
    case 1: return .number(number(), percent: false, unit: unit())
    case 2: return .number(number(), percent: true, unit: nil)
    case 3: return date()
    case 4: return .text(pick(["", "a\"b", "back\\slash", "a | b, c", "ção"]))
    case 5: return .boolean(Bool.random(using: &random))
    case 6: return .null
    case 7: return .this
    default: return .name(word())
    }
  }

  private mutating func date() -> ExpressionSyntax.Kind {
    CalendarDate(text: pick(["2025-03-01", "0001-01-01", "2024-02-29"])).map { .date($0) } ?? .null
  }

  private mutating func number() -> Number {
    Number(text: pick(["0", "1", "12000.5", "0.125", "90071992547409.93", "7"])) ?? .one
  }

  private mutating func inner(_ level: Int) -> ExpressionSyntax.Kind {
    switch Int.random(in: 0..<20, using: &random) {
    case 0: return .member(named(level), name())
    case 1: return .not(next(level))
    case 2: return .negate(next(level))
    case 3: return .all([next(level), next(level), next(level)])
    case 4: return .any([next(level), next(level)])
    case 5: return .compare(pick(Comparison.allCases), next(level), next(level))
    case 6, 7:
      return .arithmetic(pick(ArithmeticOperator.allCases), next(level), next(level), overflow: nil)
    case 8:
      return .arithmetic(
        pick([.add, .subtract]), next(level), next(level), overflow: pick(MonthOverflow.allCases))
    case 9: return .between(next(level), next(level), next(level))
    case 10: return .among(next(level), [next(level), next(level)])
    case 11: return .conditional(next(level), then: next(level), else: next(level))
    case 12:
      return .quantified(
        every: Bool.random(using: &random), name(), in: next(level), satisfies: next(level))
    case 13: return .map(name(), in: next(level), return: next(level))
    case 14: return .filter(next(level), where: next(level))
    case 15: return call(level)
    case 16: return .at(named(level), date: dated(level))
    case 17: return .converted(next(level), unit())
    case 18: return .range(next(level), to: next(level))
    default: return over(level)
    }
  }

  private mutating func next(_ depth: Int) -> ExpressionSyntax { expression(depth: depth) }

  private mutating func named(_ depth: Int) -> ExpressionSyntax {
    let name = ExpressionSyntax(.name(word()), span: nowhere)
    guard depth > 1, Bool.random(using: &random) else { return name }
    return ExpressionSyntax(.member(name, self.name()), span: nowhere)
  }

  private mutating func dated(_ depth: Int) -> ExpressionSyntax {
    Bool.random(using: &random) ? named(depth) : expression(depth: depth)
  }

  private mutating func call(_ depth: Int) -> ExpressionSyntax.Kind {
    let argument = expression(depth: depth)
    let other = expression(depth: depth)
    switch Int.random(in: 0..<5, using: &random) {
    case 0:
      return .call(
        NameSyntax("round", span: nowhere),
        CallSyntax(arguments: [argument], step: other, mode: pick(RoundingMode.allCases)))
    case 1:
      return .call(
        NameSyntax("max", span: nowhere), CallSyntax(arguments: [argument], fallback: other))
    case 2:
      return .call(NameSyntax("sort", span: nowhere), CallSyntax(arguments: [argument], key: other))
    case 3: return .call(NameSyntax("f", span: nowhere), CallSyntax())
    default:
      return .call(
        NameSyntax("pt.ias.f", span: nowhere), CallSyntax(arguments: [argument, other]))
    }
  }

  private mutating func over(_ depth: Int) -> ExpressionSyntax.Kind {
    let subject = expression(depth: depth)
    let other = expression(depth: depth)
    if Bool.random(using: &random) {
      return .over(subject, .last(other, before: Bool.random(using: &random) ? subject : nil))
    }
    return .over(subject, .period(ExpressionSyntax(.range(subject, to: other), span: nowhere)))
  }
}
