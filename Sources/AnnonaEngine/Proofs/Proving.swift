package import AnnonaLanguage
import AnnonaValues

/// Proves, before anything runs, what can be proved of a program: that tables leave nothing out and contradict nowhere,
/// and that no amount carries fractions of a cent.
///
/// Every proof asks the one evaluator what is possible when no fact is known, on each epoch of the parameters involved.
/// A finding is an error with a household's figures that show it; what cannot be decided is a warning that says so.
package func prove(_ part: ProvablePart) -> [Diagnostic] {
  let program = part.program
  let empty = Case.empty(of: program)
  let subjects = part.subjects
  return Together.stretches(of: subjects.count, least: 32) { stretch in
    let examiner = Examiner(program, empty)
    return subjects[stretch].flatMap { $0.prove(examiner) }
  }.flatMap(\.self)
}

extension ProvablePart {
  fileprivate var subjects: [ProofSubject] {
    let own = rules.sorted().map(ProofSubject.rule)
    guard isWhole else { return own }
    return own + program.functions.map(ProofSubject.function)
      + program.benefits.map(ProofSubject.benefit)
  }
}

/// What is proved by itself.
private enum ProofSubject: Sendable {
  case rule(RuleID)
  case function(Function)
  case benefit(Benefit)

  func prove(_ examiner: Examiner) -> [Diagnostic] {
    switch self {
    case .rule(let id):
      examiner.program.tables(of: id).flatMap { proveTable($0, examiner) }
        + proveExceptions(of: id, examiner) + proveColumns(of: id, examiner)
    case .function(let function):
      examiner.program.tables(of: function).flatMap { proveTable($0, examiner) }
    case .benefit(let benefit): proveAmounts(of: benefit, examiner)
    }
  }
}

/// A table and where it is law.
struct TableSite {
  let table: Table
  /// The rule or function, as messages call it.
  let name: String
  let rule: RuleID?
  /// What a function's arguments may be.
  let arguments: [ValueType]
  let inForce: InForce
}

extension Program {
  /// The decision tables of a rule and of its exceptions.
  func tables(of id: RuleID) -> [TableSite] {
    let rule = rules[id]
    let inForce = rulebooks[rule.rulebook].inForce
    var sites: [TableSite] = []
    add(rule.versions, inForce, named: rule.name, id, [], to: &sites)
    add(rule.exceptions, within: inForce, id, to: &sites)
    return sites
  }

  func tables(of function: Function) -> [TableSite] {
    var sites: [TableSite] = []
    add(
      function.versions, inForce, named: function.name, nil, function.parameters.map(\.type),
      to: &sites)
    return sites
  }

  private func add(
    _ exceptions: [ExceptionRule], within days: InForce, _ rule: RuleID,
    to sites: inout [TableSite]
  ) {
    for exception in exceptions {
      guard let own = exception.inForce.intersection(with: days) else { continue }
      add(exception.versions, own, named: exception.name, rule, [], to: &sites)
      add(exception.nested, within: own, rule, to: &sites)
    }
  }

  private func add(
    _ versions: [Rule.Version], _ outer: InForce, named name: String, _ rule: RuleID?,
    _ arguments: [ValueType], to sites: inout [TableSite]
  ) {
    for version in versions {
      guard case .table(let table)? = version.body,
        let days = InForce(from: version.from, through: version.through)
          .intersection(with: outer)
      else { continue }
      sites.append(
        TableSite(table: table, name: name, rule: rule, arguments: arguments, inForce: days))
    }
  }

  /// The stretches of the days on which the parameters keep their values.
  func epochs(of parameters: Set<ParameterID>, within days: InForce) -> [Clock.Days] {
    let first = days.from ?? .earliest
    let last = days.through ?? .latest
    var starts: Set = [first]
    for parameter in parameters {
      for entry in self.parameters[parameter].entries {
        if entry.from > first, entry.from <= last { starts.insert(entry.from) }
        if let next = entry.through?.next, next > first, next <= last { starts.insert(next) }
      }
    }
    let sorted = starts.sorted()
    return sorted.indices.map { index in
      let end = index + 1 < sorted.count ? sorted[index + 1].previous ?? last : last
      return Clock.Days(sorted[index], end)
    }
  }
}

extension InForce {
  /// Both ends in; what is open reaches as far as dates do.
  var days: Clock.Days { Clock.Days(from ?? .earliest, through ?? .latest) }

  func intersection(with other: InForce) -> InForce? {
    let from = [from, other.from].compactMap { $0 }.max()
    let through = [through, other.through].compactMap { $0 }.min()
    if let from, let through, from > through { return nil }
    return InForce(from: from, through: through)
  }
}

extension CalendarDate {
  var previous: CalendarDate? { try? adding(days: -1) }
}
