import AnnonaLanguage
import AnnonaValues

/// Exceptions: default logic. None fires: the base. One fires: its value. Two fire: a conflict, unless one prevails.
extension Evaluator {
  func withExceptions(
    _ rule: RuleID, _ version: Rule.Version, _ scope: Scope, _ output: Int?
  ) -> State {
    let rounding = version.round ?? program.rules[rule].round
    let exceptions = program.rules[rule].exceptions
    if exceptions.isEmpty {
      return rounded(baseValue(rule, version, scope, output), rounding, scope)
    }
    let base = Deferred { self.baseValue(rule, version, scope, output) }
    let condition = Deferred { self.baseCondition(rule, version, scope) }
    return resolve(exceptions, condition, base, rounding, scope, output)
  }

  /// The value with these siblings taken into account; each way that the open ones may turn out is tried.
  private func resolve(
    _ exceptions: [ExceptionRule], _ condition: Deferred, _ base: Deferred, _ rounding: Rounding?,
    _ scope: Scope, _ output: Int?
  ) -> State {
    let rivals = exceptions.map { ($0, noted(fires($0, condition, scope), of: $0)) }
      .filter { !$0.1.isKnown(.boolean(false)) }
    if rivals.isEmpty { return rounded(base.state, rounding, scope) }
    let ways = outcomes(rivals, scope)
    var candidates: [State] = []
    for winner in ways.winners {
      guard let winner else {
        candidates.append(rounded(base.state, rounding, scope))
        continue
      }
      let exception = rivals[winner].0
      let own = Deferred { self.value(of: exception, base, scope, output) }
      candidates.append(
        resolve(
          exception.nested, condition, own, exception.round ?? rounding, scope, output))
    }
    if candidates.isEmpty { return .error(ways.faults) }
    return .merge(candidates, waits: ways.waits, mayFail: ways.faults)
  }

  private func noted(_ fires: State, of exception: ExceptionRule) -> State {
    if case .boolean(let applies)? = fires.knownValue {
      noting?.note(applies, of: exception.span)
    }
    return fires
  }

  /// Its own `when` and, where it refines, the base's condition; false on days when it is not in force.
  func fires(_ exception: ExceptionRule, _ condition: Deferred, _ scope: Scope) -> State {
    var all = State.Deciding(false)
    all.add(isInForce(exception, scope))
    if all.isDecided { return all.result }
    all.add(evaluate(exception.when, scope))
    if !all.isDecided, exception.refines { all.add(condition.state) }
    dismiss(all)
    return all.result
  }

  private func isInForce(_ exception: ExceptionRule, _ scope: Scope) -> State {
    let law = scope.clock.law
    if exception.inForce == InForce(), theVersion(exception.versions, on: law) != nil {
      return .known(.boolean(true))
    }
    func covers(from: CalendarDate?, through: CalendarDate?) -> Truth {
      guard let days = law.intersection(from: from, through: through) else { return .no }
      return days == law ? .yes : .open
    }
    let declared = covers(from: exception.inForce.from, through: exception.inForce.through)
    var versions = Truth.no
    for version in exception.versions where version.body != nil {
      versions = versions.or(covers(from: version.from, through: version.through))
    }
    return .settled(Domain(.boolean(declared.and(versions))), waits: [])
  }

  func value(
    of exception: ExceptionRule, _ base: Deferred, _ scope: Scope, _ output: Int?
  ) -> State {
    var inner = scope
    inner.base = base
    let versions = versionsInForce(exception.versions, inner, subject: .place)
    let candidates = versions.found.map { version, clock in
      inner.clock = clock
      return version.body.map { self.value(of: $0, inner, output) } ?? .error([])
    }
    // On days without a version the exception does not exist, and does not fire.
    return .merge(candidates, waits: [], mayFail: [])
  }

  // MARK: - Who wins

  struct Ways {
    /// Which exception gives the value, `nil` for the base: every one that can, in order.
    var winners: [Int?] = []
    var faults: Faults = []
    var waits: Waits = []
  }

  /// Beyond so many open ones, each may fire and any two may clash.
  private static let openLimit = 10

  func outcomes(_ rivals: [(ExceptionRule, State)], _ scope: Scope) -> Ways {
    var ways = Ways()
    let open = rivals.indices.filter { if case .open = rivals[$0].1 { true } else { false } }
    for index in open {
      ways.faults = ways.faults.union(rivals[index].1.faults)
      ways.waits = ways.waits.union(rivals[index].1.waits)
    }
    guard open.count <= Self.openLimit else {
      ways.winners = [nil] + rivals.indices.map { $0 }
      ways.faults = ways.faults.union([conflict(rivals.map(\.0), scope)])
      ways.faults = .union([ways.faults] + rivals.map(\.1.faults))
      return ways
    }
    var reachesBase = false
    var reached = Set<Int>()
    var hasDecided = false
    for combination in 0..<(1 << open.count) {
      var firing = Set(rivals.indices.filter { rivals[$0].1.isKnown(.boolean(true)) })
      var isPossible = true
      for (bit, index) in open.enumerated() {
        let truth = rivals[index].1.truth
        let chosen = combination >> bit & 1 == 1
        isPossible = isPossible && (chosen ? truth.canBeTrue : truth.canBeFalse)
        if chosen { firing.insert(index) }
      }
      guard isPossible else { continue }
      hasDecided = true
      let winner = self.winner(rivals, firing, scope)
      switch winner {
      case .success(nil): reachesBase = true
      case .success(let index?): reached.insert(index)
      case .failure(let failure): ways.faults = ways.faults.union(failure.faults)
      }
    }
    if !hasDecided { ways.faults = .union(rivals.map(\.1.faults)) }
    ways.winners = (reachesBase ? [nil] : []) + reached.sorted().map { $0 }
    return ways
  }

  private struct Clash: Error { let faults: Faults }

  /// The one that is left when those that another prevails over are set aside.
  private func winner(
    _ rivals: [(ExceptionRule, State)], _ firing: Set<Int>, _ scope: Scope
  ) -> Result<Int?, Clash> {
    let setAside = Set(firing.flatMap { rivals[$0].0.prevailsOver })
    let standing = rivals.indices.filter { !setAside.contains(rivals[$0].0.name) }
    let errors = standing.filter { rivals[$0].1.isError }
    if !errors.isEmpty {
      return .failure(Clash(faults: .union(errors.map { rivals[$0].1.faults })))
    }
    let left = standing.filter(firing.contains)
    if left.count > 1 {
      return .failure(Clash(faults: [conflict(left.map { rivals[$0].0 }, scope)]))
    }
    return .success(left.first)
  }

  private func conflict(_ exceptions: [ExceptionRule], _ scope: Scope) -> Fault {
    fault(
      .conflict, scope, exceptions.first?.span ?? Span(file: 0, start: 0, end: 0),
      subject: .rivals(exceptions.map(\.rival)))
  }
}

extension ExceptionRule {
  var rival: Fault.Rival { Fault.Rival(name: name, citations: citations) }
}
