import AnnonaLanguage
import AnnonaValues

/// What an expression comes to for all values of a fact within a stretch.
indirect enum Reading {
  /// The same for all of them.
  case value(Value)
  case number(SteppedLine)
  case list([Reading])
  /// A number of which something else is open.
  case band(Band)

  /// As a function of the fact; `nil` for what is no number.
  var line: SteppedLine? {
    switch self {
    case .value(.number(let number)): SteppedLine(number)
    case .number(let line): line
    default: nil
    }
  }

  /// `nil` for what is no list.
  var elements: [Reading]? {
    switch self {
    case .value(.list(let values)): values.map { .value($0) }
    case .list(let readings): readings
    default: nil
    }
  }

  var isNumber: Bool {
    if case .band = self { return true }
    return line != nil
  }

  var isNull: Bool {
    if case .value(.null) = self { return true }
    return false
  }
}

/// Reads a case at one value of a fact as the evaluator does, with every number that depends on the fact as a line or staircase,
/// and narrows a stretch around that value to where all comparisons, rows and branches turn out the same.
///
/// What does not depend on the fact is the evaluator's. A reader belongs to one thread and one stretch.
final class PieceReader {
  let plain: Evaluator
  let dependence: Dependence
  let stretch: ValueStretch
  let instance: Int32
  private var memo: [Key: Result<Reading, Undecided>] = [:]
  private var depth = 0

  var program: Program { plain.program }

  init(_ plain: Evaluator, _ dependence: Dependence, of instance: Int32, _ stretch: ValueStretch) {
    self.plain = plain
    self.dependence = dependence
    self.instance = instance
    self.stretch = stretch
  }

  /// A rule for an instance as of a date, under the law of a date.
  struct Key: Hashable {
    let rule: RuleID
    let instance: Int32
    let today: CalendarDate
    let law: CalendarDate?
    let output: Int?
  }

  /// Rules within rules and expressions are read so deep.
  private static let depthLimit = 200

  // MARK: - Expressions

  func read(_ expression: Expression, _ scope: PieceScope) throws(Undecided) -> Reading {
    guard depth < Self.depthLimit else { throw .notLinear(scope.place) }
    if dependence.isLeftToEvaluator(expression) { return try leave(expression, scope) }
    depth += 1
    defer { depth -= 1 }
    switch expression.kind {
    case .fact, .rule, .members, .holder, .local, .base, .apply, .at, .under, .column, .enclosing,
      .constant, .today, .parameter:
      return try readName(expression, scope)
    case .not, .all, .any, .compare, .between, .among, .conditional, .quantified, .coalesce:
      return try readLogic(expression, scope)
    case .map, .filter, .sort, .aggregate, .position, .concatenate, .series:
      return try readList(expression, scope)
    case .negate, .arithmetic, .convert, .least, .greatest, .round, .absolute:
      return try readNumber(expression, scope).reading
    case .shift, .daysApart, .period, .call:
      return try readDate(expression, scope)
    }
  }

  /// What the evaluator says, as of the scope's dates.
  func leave(_ expression: Expression, _ scope: PieceScope) throws(Undecided) -> Reading {
    var asked = expression
    func dated(_ date: CalendarDate) -> Expression {
      Expression(.constant(.date(date)), type: .date, span: expression.span)
    }
    if let law = scope.law {
      asked = Expression(
        .under(asked, date: dated(law)), type: expression.type, span: expression.span)
    }
    if scope.today != plain.clock.today.first {
      asked = Expression(
        .at(asked, date: dated(scope.today)), type: expression.type, span: expression.span)
    }
    switch plain.value(of: asked, for: scope.instance) {
    case .known(let value): return .value(value)
    case .open(let possible):
      let why = Undecided.open(possible.waits, mayFail: possible.mayFail)
      guard possible.mayFail.isEmpty, !possible.domain.canBeNull,
        let range = possible.domain.numbers
      else { throw why }
      return Band(range, why).reading
    case .error(let faults): throw .failing(faults)
    }
  }

  // MARK: - Names

  private func readName(
    _ expression: Expression, _ scope: PieceScope
  ) throws(Undecided) -> Reading {
    switch expression.kind {
    case .fact(let fact, let owner):
      guard let owner = try instance(owner, scope) else { return .value(.null) }
      if fact == dependence.fact, owner == instance { return .number(.x) }
      return try leave(
        Expression(
          .fact(fact, of: constant(owner, expression)), type: expression.type,
          span: expression.span), scope)
    case .rule(let rule, let owner, let output):
      guard let owner = try instance(owner, scope) else { return .value(.null) }
      return try read(rule, for: owner, output, scope)
    case .members(let place, let owner):
      guard let owner = try instance(owner, scope) else { return .value(.null) }
      return try leave(
        Expression(
          .members(place, of: constant(owner, expression)), type: expression.type,
          span: expression.span), scope)
    case .holder(let owner):
      guard let owner = try instance(owner, scope) else { return .value(.null) }
      return try leave(
        Expression(
          .holder(of: constant(owner, expression)), type: expression.type, span: expression.span),
        scope)
    case .local(let slot):
      guard slot < scope.locals.count, let local = scope.locals[slot] else {
        throw .notLinear(scope.place)
      }
      return try local.reading()
    case .base:
      guard let base = scope.base else { throw .notLinear(scope.place) }
      return try base.reading()
    case .column(let number, let columns):
      let chosen = try concrete(read(number, scope), scope)
      let asked = Expression(
        .column(Expression(.constant(chosen), type: number.type, span: number.span), of: columns),
        type: expression.type, span: expression.span)
      return try leave(asked, scope)
    case .apply(let function, let arguments):
      return try apply(function, arguments, scope, expression.span)
    case .at(let inner, let date):
      var moved = scope
      moved.today = try self.date(date, scope)
      moved.law = nil
      return try read(inner, moved)
    case .under(let inner, let date):
      var moved = scope
      moved.law = try self.date(date, scope)
      return try read(inner, moved)
    default: return try leave(expression, scope)
    }
  }

  func constant(_ instance: Int32, _ expression: Expression) -> Expression {
    Expression(
      .constant(.instance(instance)), type: expression.operands.first?.type ?? .null,
      span: expression.span)
  }

  /// Whose; `nil` for `null`.
  private func instance(
    _ expression: Expression, _ scope: PieceScope
  ) throws(Undecided) -> Int32? {
    let reading = try read(expression, scope)
    if case .value(.instance(let index)) = reading { return index }
    if reading.isNull { return nil }
    throw .notLinear(scope.place)
  }

  func date(_ expression: Expression, _ scope: PieceScope) throws(Undecided) -> CalendarDate {
    guard case .value(.date(let date)) = try read(expression, scope) else {
      throw fault(.absent, scope, expression.span)
    }
    return date
  }

  func fault(_ code: Fault.Code, _ scope: PieceScope, _ span: Span) -> Undecided {
    .failing([
      Fault(code, rule: scope.rule, instance: scope.instance, span: span, date: scope.today)
    ])
  }

  /// The body with the arguments in place, by need.
  private func apply(
    _ id: FunctionID, _ arguments: [Expression], _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Reading {
    let function = program.functions[id]
    var inner = scope
    inner.base = nil
    inner.locals = arguments.map { argument in
      Later { () throws(Undecided) -> Reading in try self.read(argument, scope) }
    }
    let law = scope.law ?? scope.today
    guard let version = function.versions.last(where: { $0.isInForce(on: law) }),
      let body = version.body
    else { throw fault(.notInForce, scope, span) }
    let value = try read(body, inner, nil)
    return try rounded(value, version.round ?? function.round, inner)
  }

  // MARK: - Rules

  func read(
    _ id: RuleID, for instance: Int32, _ output: Int?, _ scope: PieceScope
  ) throws(Undecided) -> Reading {
    let rule = program.rules[id]
    let isSet = plain.supposed.contains { $0.rule == id && $0.instance ?? instance == instance }
    guard dependence.rules.contains(id), !isSet else {
      let owner = Expression(
        .constant(.instance(instance)), type: .entity(rule.entity), span: rule.span)
      return try leave(
        Expression(.rule(id, of: owner, output: output), type: rule.type, span: rule.span), scope)
    }
    let key = Key(
      rule: id, instance: instance, today: scope.today, law: scope.law, output: output)
    if let known = memo[key] { return try known.get() }
    guard depth < Self.depthLimit else { throw .notLinear(scope.place) }
    depth += 1
    defer { depth -= 1 }
    var inner = PieceScope(
      rule: id, instance: instance, today: scope.today, law: scope.law,
      place: TurningPoint(rule: id, citations: rule.citations, span: rule.span))
    let result: Result<Reading, Undecided>
    do {
      if let under = rule.under { inner.law = try date(under, inner) }
      result = .success(try read(rule, inner, output))
    } catch {
      result = .failure(error)
    }
    memo[key] = result
    return try result.get()
  }

  private func read(
    _ rule: Rule, _ scope: PieceScope, _ output: Int?
  ) throws(Undecided) -> Reading {
    guard let version = rule.versions.last(where: { $0.isInForce(on: scope.law ?? scope.today) })
    else { throw fault(.notInForce, scope, rule.span) }
    let reading = try withExceptions(rule, version, scope.citing(version.citations), output)
    try check(reading, within: rule, scope)
    return reading
  }

  /// Rule `min` and `max` are checked, never clamped.
  private func check(
    _ reading: Reading, within rule: Rule, _ scope: PieceScope
  ) throws(Undecided) {
    for (limit, comparison) in [
      (rule.minimum, Comparison.greaterOrEqual), (rule.maximum, .lessOrEqual),
    ] {
      guard let limit, !reading.isNull else { continue }
      if try !compare(comparison, reading, .value(limit), scope) {
        throw fault(.outOfDeclaredRange, scope, rule.span)
      }
    }
  }
}

extension Rule.Version {
  func isInForce(on date: CalendarDate) -> Bool {
    body != nil && from.map { $0 <= date } ?? true && through.map { date <= $0 } ?? true
  }
}

/// Where an expression is read: for whom, as of when, with which variables.
struct PieceScope {
  var rule: RuleID?
  var instance: Int32
  var today: CalendarDate
  /// Set by `under`; otherwise the law is that of `today`.
  var law: CalendarDate?
  var locals: [Later?] = []
  /// In an exception: the rule's value without it.
  var base: Later?
  /// What is being read, for whoever asks why the amount turns.
  var place: TurningPoint

  func binding(_ slot: Int, to reading: Reading) -> PieceScope {
    var inner = self
    while inner.locals.count <= slot { inner.locals.append(nil) }
    inner.locals[slot] = Later(reading)
    return inner
  }

  /// The provision of a part, where it has one of its own.
  func citing(_ citations: [Citation], at span: Span? = nil) -> PieceScope {
    guard !citations.isEmpty else { return self }
    var inner = self
    inner.place = TurningPoint(
      rule: place.rule, citations: citations, span: span ?? place.span)
    return inner
  }
}

/// A reading that is worked out when first needed, and once.
final class Later {
  private var compute: (() throws(Undecided) -> Reading)?
  private var found: Result<Reading, Undecided>?

  init(_ compute: @escaping () throws(Undecided) -> Reading) { self.compute = compute }

  init(_ reading: Reading) { found = .success(reading) }

  func reading() throws(Undecided) -> Reading {
    if let found { return try found.get() }
    guard let compute else { throw .unconfirmed }
    let result: Result<Reading, Undecided>
    do { result = .success(try compute()) } catch { result = .failure(error) }
    found = result
    self.compute = nil
    return try result.get()
  }
}
