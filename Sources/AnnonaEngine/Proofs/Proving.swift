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
  let tables = program.tables.filter { $0.rule.map(part.rules.contains) ?? part.isWhole }
  let rules = part.rules.sorted()
  var diagnostics = Together.stretches(of: tables.count, least: 8) { stretch in
    tables[stretch].flatMap { proveTable($0, of: program, empty) }
  }.flatMap(\.self)
  diagnostics += Together.stretches(of: rules.count, least: 32) { stretch in
    rules[stretch].flatMap { rule in
      proveExceptions(of: rule, in: program, empty) + proveColumns(of: rule, in: program, empty)
    }
  }.flatMap(\.self)
  guard part.isWhole else { return diagnostics }
  for benefit in program.benefits { diagnostics += proveAmounts(of: benefit, in: program, empty) }
  return diagnostics
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
  /// All decision tables, in declaration order.
  var tables: [TableSite] {
    var sites: [TableSite] = []
    for (index, rule) in rules.enumerated() {
      let inForce = rulebooks[rule.rulebook].inForce
      add(rule.versions, inForce, named: rule.name, RuleID(index), [], to: &sites)
      add(rule.exceptions, within: inForce, RuleID(index), to: &sites)
    }
    for function in functions {
      add(
        function.versions, inForce, named: function.name, nil, function.parameters.map(\.type),
        to: &sites)
    }
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
