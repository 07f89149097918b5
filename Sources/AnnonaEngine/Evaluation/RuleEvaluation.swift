import AnnonaLanguage
import AnnonaValues

/// A rule for an instance: the version in force, its condition, its body, its exceptions, its rounding and its limits.
extension Evaluator {
  func read(_ key: RuleKey) -> State {
    var scope = Scope(rule: key.rule, instance: key.instance, clock: key.clock)
    guard let under = program.rules[key.rule].under else {
      return valueInForce(of: key.rule, scope, key.output)
    }
    return dated(evaluate(under, scope), scope) { inner in
      self.valueInForce(of: key.rule, inner, key.output)
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

  private func valueInForce(of id: RuleID, _ scope: Scope, _ output: Int?) -> State {
    exercise?.touch(id)
    let versions = program.rules[id].versions
    if let version = theVersion(versions, on: scope.clock.law) {
      note(version, of: id, scope)
      return limited(withExceptions(id, version, scope, output), id, scope)
    }
    let all = versionsInForce(versions, scope, subject: .rule(id))
    let candidates = all.found.map { version, clock in
      var inner = scope
      inner.clock = clock
      if all.found.count == 1 { note(version, of: id, scope) }
      return limited(withExceptions(id, version, inner, output), id, inner)
    }
    return .merge(candidates + all.gaps, waits: [], mayFail: [])
  }

  private func note(_ version: Rule.Version, of id: RuleID, _ scope: Scope) {
    guard let noting, scope.instance >= 0,
      let index = program.rules[id].versions.firstIndex(where: { $0.span == version.span })
    else { return }
    noting.note(version: index, of: id)
  }

  /// The one version that is in force on all of the days; `nil` where there is none, or several have their days.
  func theVersion(_ versions: [Rule.Version], on law: Clock.Days) -> Rule.Version? {
    versions.first { version in
      version.body != nil && version.from.map { $0 <= law.first } ?? true
        && version.through.map { law.last <= $0 } ?? true
    }
  }

  /// The versions in force on some day of the law's date, with the clock on those days; a fault for days without one.
  func versionsInForce(
    _ versions: [Rule.Version], _ scope: Scope, subject: Fault.Subject
  ) -> (found: [(Rule.Version, Clock)], gaps: [State]) {
    let law = scope.clock.law
    var found: [(Rule.Version, Clock)] = []
    var gaps: [State] = []
    var next: CalendarDate? = law.first
    func gap(_ day: CalendarDate) {
      let span = versions.first?.span ?? Span(file: 0, start: 0, end: 0)
      gaps.append(.error([fault(.notInForce, scope, span, subject: subject, on: day)]))
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
  private func limited(_ state: State, _ rule: RuleID, _ scope: Scope) -> State {
    let (minimum, maximum) = (program.rules[rule].minimum, program.rules[rule].maximum)
    guard minimum != nil || maximum != nil, !state.isError else { return state }
    let outside = fault(.outOfDeclaredRange, scope, program.rules[rule].span)
    var domain = state.domain
    switch domain.present {
    case .number(let range)?:
      let allowed = NumberRange(lower: minimum?.number, upper: maximum?.number) ?? .all
      if range.isSubset(of: allowed) { return state }
      domain.present = range.intersection(with: allowed).map { .number($0) }
    case .date(let range)?:
      let allowed =
        DateRange(lower: minimum?.date ?? .earliest, upper: maximum?.date ?? .latest) ?? .all
      if range.isSubset(of: allowed) { return state }
      domain.present = range.intersection(with: allowed).map { .date($0) }
    default: return state
    }
    return .settled(domain, waits: state.waits, mayFail: state.faults.union([outside]))
  }

  // MARK: - The base

  /// The base's own condition: its `when`, or for `cases` without `otherwise` that some `when` holds; true where it has none.
  func baseCondition(_ rule: RuleID, _ version: Rule.Version, _ scope: Scope) -> State {
    var conditions: [State] = []
    if let when = program.rules[rule].when { conditions.append(evaluate(when, scope)) }
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
    _ rule: RuleID, _ version: Rule.Version, _ scope: Scope, _ output: Int?
  ) -> State {
    guard let body = version.body else { return .error([]) }
    guard let when = program.rules[rule].when else { return value(of: body, scope, output) }
    return choose(
      evaluate(when, scope), then: { self.value(of: body, scope, output) },
      else: { .error([self.fault(.doesNotApply, scope, when.span)]) })
  }

  /// Whichever branch a condition leads to.
  func choose(_ condition: State, then: () -> State, else otherwise: () -> State) -> State {
    if case .known(.boolean(let holds)) = condition { return holds ? then() : otherwise() }
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
    for faults in deciding.dismissed { notes.dismissed += faults }
  }
}
