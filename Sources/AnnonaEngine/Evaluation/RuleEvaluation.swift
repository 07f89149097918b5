import AnnonaLanguage
import AnnonaValues

/// A rule for an instance: the version in force, its condition, its body, its exceptions, its rounding and its limits.
extension Evaluator {
  func read(_ key: RuleKey) -> State {
    let rule = program.rules[key.rule]
    var scope = Scope(rule: key.rule, instance: key.instance, clock: key.clock)
    guard let under = rule.under else { return value(of: rule, scope, key.output) }
    let date = evaluate(under, scope)
    return dated(date, scope) { inner in
      self.value(of: rule, inner, key.output)
    } moving: { clock, days in
      scope.clock = clock
      scope.clock.lawOf = days
      return scope
    }
  }

  /// Reads a body as of a date that may still be open: then as of all days that it can be.
  func dated(
    _ date: State, _ scope: Scope, _ body: (Scope) -> State,
    moving: (Clock, Clock.Days) -> Scope
  ) -> State {
    if date.isError { return date }
    guard let range = date.domain.dates else { return .error(date.faults) }
    let moved = moving(scope.clock, Clock.Days(range.lower, range.upper))
    return body(moved).waiting(also: date.waits, mayFail: date.faults)
  }

  private func value(of rule: Rule, _ scope: Scope, _ output: Int?) -> State {
    let versions = versionsInForce(rule.versions, scope, subject: scope.rule.map { .rule($0) })
    let candidates = versions.found.map { version, clock in
      var inner = scope
      inner.clock = clock
      note(version, of: rule, versions.found.count, scope)
      return limited(withExceptions(rule, version, inner, output), rule, inner)
    }
    return .merge(candidates + versions.gaps, waits: [], mayFail: [])
  }

  private func note(_ version: Rule.Version, of rule: Rule, _ count: Int, _ scope: Scope) {
    guard count == 1, let noting, let id = scope.rule, scope.instance >= 0,
      let index = rule.versions.firstIndex(where: { $0.span == version.span })
    else { return }
    noting.note(version: index, of: id)
  }

  /// The versions in force on some day of the law's date, with the clock on those days; a fault for days without one.
  func versionsInForce(
    _ versions: [Rule.Version], _ scope: Scope, subject: Fault.Subject?
  ) -> (found: [(Rule.Version, Clock)], gaps: [State]) {
    let law = scope.clock.law
    var found: [(Rule.Version, Clock)] = []
    var gaps: [State] = []
    var next: CalendarDate? = law.first
    func gap(_ day: CalendarDate) {
      let span = versions.first?.span ?? Span(file: 0, start: 0, end: 0)
      gaps.append(
        .error([fault(.notInForce, scope, span, subject: subject ?? .place, on: day)]))
    }
    for version in versions where version.body != nil {
      guard let days = law.intersection(from: version.from, through: version.through) else {
        continue
      }
      if let next, next < days.first { gap(next) }
      found.append((version, scope.clock.narrowed(toLawOf: days)))
      next = days.last.next
    }
    if let next, next <= law.last { gap(next) }
    return (found, gaps)
  }

  /// Rule `min` and `max` are checked, never clamped: what could lie outside may fail.
  private func limited(_ state: State, _ rule: Rule, _ scope: Scope) -> State {
    guard rule.minimum != nil || rule.maximum != nil, !state.isError else { return state }
    let outside = fault(.outOfDeclaredRange, scope, rule.span)
    var domain = state.domain
    switch domain.present {
    case .number(let range)?:
      let allowed = NumberRange(lower: rule.minimum?.number, upper: rule.maximum?.number) ?? .all
      if range.isSubset(of: allowed) { return state }
      domain.present = range.intersection(with: allowed).map { .number($0) }
    case .date(let range)?:
      let allowed =
        DateRange(
          lower: rule.minimum?.date ?? .earliest, upper: rule.maximum?.date ?? .latest) ?? .all
      if range.isSubset(of: allowed) { return state }
      domain.present = range.intersection(with: allowed).map { .date($0) }
    default: return state
    }
    return .settled(domain, waits: state.waits, mayFail: state.faults.union([outside]))
  }

  // MARK: - The base

  /// The base's own condition: its `when`, or for `cases` without `otherwise` that some `when` holds; true where it has none.
  func baseCondition(_ rule: Rule, _ version: Rule.Version, _ scope: Scope) -> State {
    var conditions: [State] = []
    if let when = rule.when { conditions.append(evaluate(when, scope)) }
    if case .cases(let branches, otherwise: nil)? = version.body {
      var any = State.Deciding(true)
      for branch in branches where !any.isDecided { any.add(evaluate(branch.when, scope)) }
      dismiss(any)
      conditions.append(any.result)
    }
    var all = State.Deciding(false)
    for condition in conditions { all.add(condition) }
    return all.result
  }

  /// What the rule says without its exceptions, before rounding.
  func baseValue(
    _ rule: Rule, _ version: Rule.Version, _ scope: Scope, _ output: Int?
  ) -> State {
    guard let body = version.body else { return .error([]) }
    guard let when = rule.when else { return value(of: body, scope, output) }
    return choose(
      evaluate(when, scope), then: { self.value(of: body, scope, output) },
      else: { .error([self.fault(.doesNotApply, scope, when.span)]) })
  }

  /// Whichever branch a condition leads to.
  func choose(_ condition: State, then: () -> State, else otherwise: () -> State) -> State {
    if condition.isError { return condition }
    let truth = condition.truth
    var candidates: [State] = []
    if truth.canBeTrue { candidates.append(then()) }
    if truth.canBeFalse { candidates.append(otherwise()) }
    return .merge(candidates, waits: condition.waits, mayFail: condition.faults)
  }

  func rounded(_ state: State, _ rounding: Rounding?, _ scope: Scope) -> State {
    guard let rounding else { return state }
    return round(
      state, to: evaluate(rounding.step, scope), rounding.mode, scope, rounding.span)
  }

  func dismiss(_ deciding: State.Deciding) {
    for faults in deciding.dismissed { notes.dismissed.formUnion(faults) }
  }
}
