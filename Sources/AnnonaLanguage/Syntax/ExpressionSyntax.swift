package import AnnonaValues

/// An expression as it was written: parsed, its names not yet looked up, its types not yet known.
package struct ExpressionSyntax: Sendable {
  package indirect enum Kind: Sendable {
    /// `12_000.50`, `13.7 %`, `500 EUR/month`; the value of a percentage is already divided by 100.
    case number(Number, percent: Bool, unit: UnitSyntax?)
    case date(CalendarDate)
    case text(String)
    case boolean(Bool)
    case null
    /// `this`
    case this
    /// A bare word: a fact, rule, parameter, choice member, loop variable, entity or `today`.
    case name(String)
    /// `children.birth_date`, `(children where eligible).amount`
    case member(ExpressionSyntax, NameSyntax)
    case not(ExpressionSyntax)
    case negate(ExpressionSyntax)
    /// Two or more operands joined by the same word.
    case all([ExpressionSyntax])
    case any([ExpressionSyntax])
    case compare(Comparison, ExpressionSyntax, ExpressionSyntax)
    /// The overflow word of a date addition (`d + 1 month last_day`) where one was written.
    case arithmetic(
      ArithmeticOperator, ExpressionSyntax, ExpressionSyntax, overflow: MonthOverflow?)
    /// `x between a and b`
    case between(ExpressionSyntax, ExpressionSyntax, ExpressionSyntax)
    /// `x in (1, 4 to 6)`, `d in p`: items are values, `low to high` (a `period`), lists or periods.
    case among(ExpressionSyntax, [ExpressionSyntax])
    case conditional(ExpressionSyntax, then: ExpressionSyntax, else: ExpressionSyntax)
    /// `some x in xs satisfies e`, `every x in xs satisfies e`
    case quantified(every: Bool, NameSyntax, in: ExpressionSyntax, satisfies: ExpressionSyntax)
    /// `for x in xs return e`
    case map(NameSyntax, in: ExpressionSyntax, return: ExpressionSyntax)
    /// `xs where e`
    case filter(ExpressionSyntax, where: ExpressionSyntax)
    /// `f(a, b)`, a built-in or the rulebook's own; also `p(n)` on a grid. `ias.f(x)` names an import's.
    case call(NameSyntax, CallSyntax)
    /// `x at d`, `x under d`
    case at(ExpressionSyntax, date: ExpressionSyntax)
    case under(ExpressionSyntax, date: ExpressionSyntax)
    /// `x as EUR/year`
    case converted(ExpressionSyntax, UnitSyntax)
    /// `a to b`: a period of days, or a range inside `in ( )`.
    case range(ExpressionSyntax, to: ExpressionSyntax)
    /// `salary over last 12 months [before d]`, `x over a to b`
    case over(ExpressionSyntax, WindowSyntax)
  }

  package let kind: Kind
  /// Parentheses around an expression belong to its place, so that its text can be quoted as it stands.
  package let span: Span
  /// The levels of the tree, 1 for a leaf. The parser accepts at most `Limits.height`, so that walking a tree by recursion is safe.
  package let height: Int

  package init(_ kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
    var below = 0
    kind.forEachOperand { below = max(below, $0.height) }
    self.height = 1 + below
  }
}

extension ExpressionSyntax.Kind {
  /// The expressions directly inside, in source order.
  package var operands: [ExpressionSyntax] {
    var found: [ExpressionSyntax] = []
    forEachOperand { found.append($0) }
    return found
  }

  /// Visits the expressions directly inside, in source order.
  package func forEachOperand(_ visit: (ExpressionSyntax) -> Void) {
    switch self {
    case .number, .date, .text, .boolean, .null, .this, .name: break
    case .member(let one, _), .not(let one), .negate(let one), .converted(let one, _): visit(one)
    case .all(let operands), .any(let operands): operands.forEach(visit)
    case .compare(_, let one, let other), .arithmetic(_, let one, let other, _),
      .quantified(_, _, let one, let other), .map(_, let one, let other),
      .filter(let one, let other), .at(let one, let other), .under(let one, let other),
      .range(let one, let other), .over(let one, .period(let other)):
      visit(one)
      visit(other)
    case .between(let one, let other, let third), .conditional(let one, let other, let third):
      visit(one)
      visit(other)
      visit(third)
    case .among(let subject, let items):
      visit(subject)
      items.forEach(visit)
    case .call(_, let call):
      call.arguments.forEach(visit)
      for case let operand? in [call.step, call.fallback, call.key] { visit(operand) }
    case .over(let subject, .last(let length, let before)):
      visit(subject)
      visit(length)
      if let before { visit(before) }
    }
  }
}

/// A word and its place. A dotted name such as `ias.value` stands as one where an import's function is called.
package struct NameSyntax: Sendable, Hashable {
  package let text: String
  package let span: Span

  package init(_ text: String, span: Span) {
    self.text = text
    self.span = span
  }
}

/// A unit as written, such as `EUR/month`: its names are checked against the declared ones later.
package struct UnitSyntax: Sendable, Hashable {
  package let unit: Unit
  /// `number` in `x as number`; then `unit` has no names.
  package let text: String
  package let span: Span

  package init(_ unit: Unit, text: String, span: Span) {
    self.unit = unit
    self.text = text
    self.span = span
  }
}

/// The inside of a call's parentheses.
package struct CallSyntax: Sendable {
  package var arguments: [ExpressionSyntax]
  /// `round(x to 1 EUR half_up)`: the step after `to`.
  package var step: ExpressionSyntax?
  /// `half_up` after the step.
  package var mode: RoundingMode?
  /// `max(xs default 0)`
  package var fallback: ExpressionSyntax?
  /// `sort(xs by e)`
  package var key: ExpressionSyntax?
  /// `months_between(a, b last_day)`, `period(d, 1 month next_day)`
  package var overflow: MonthOverflow?

  package init(
    arguments: [ExpressionSyntax] = [], step: ExpressionSyntax? = nil, mode: RoundingMode? = nil,
    fallback: ExpressionSyntax? = nil, key: ExpressionSyntax? = nil,
    overflow: MonthOverflow? = nil
  ) {
    self.arguments = arguments
    self.step = step
    self.mode = mode
    self.fallback = fallback
    self.key = key
    self.overflow = overflow
  }
}

/// What `over` ranges through.
package enum WindowSyntax: Sendable {
  /// `last 12 months`, `last 3 months before d`
  case last(ExpressionSyntax, before: ExpressionSyntax?)
  /// `a to b`, or a period by name
  case period(ExpressionSyntax)
}

public enum Comparison: String, Sendable, Hashable, CaseIterable {
  case equal = "="
  case unequal = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

public enum ArithmeticOperator: String, Sendable, Hashable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case power = "**"
}
