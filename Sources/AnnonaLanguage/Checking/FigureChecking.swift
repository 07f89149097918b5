import AnnonaValues

/// Figures that a rule certainly reads on days on which the law has none.
extension Checker {
  /// What comes after the last figure is no finding: the law has not enacted it yet.
  func checkFiguresInForce(_ id: RuleID) {
    let rule = program.rules[id]
    guard rule.exceptions.isEmpty, rule.under == nil else { return }
    var reported: Set<ParameterID> = []
    for version in rule.versions where version.body != nil {
      let days = common(program.rulebooks[rule.rulebook].inForce, version)
      let roots = rule.when.map { [$0] } ?? certainRoots(of: version.body)
      for read in roots.flatMap({ certainReads(of: $0) }) {
        guard case .parameter(let id) = read.kind, !reported.contains(id),
          let gap = gap(in: program.parameters[id].entries, during: days)
        else { continue }
        reported.insert(id)
        report(
          .figureMissing(
            program.parameters[id].name, from: gap.lowerBound, through: gap.upperBound,
            readBy: rule.name, at: read.span, declared: program.parameters[id].span))
      }
    }
  }

  /// The days on which both the rulebook and the version are law.
  private func common(_ days: InForce, _ version: Rule.Version) -> InForce {
    let starts = [days.from, version.from].compactMap { $0 }
    let ends = [days.through, version.through].compactMap { $0 }
    return InForce(from: starts.max(), through: ends.min())
  }

  /// The first days without a figure that others follow.
  private func gap(
    in entries: [Parameter.Entry], during days: InForce
  ) -> ClosedRange<CalendarDate>? {
    guard var day = days.from else { return nil }
    for entry in entries {
      if let end = entry.through, end < day { continue }
      if let last = days.through, day > last { return nil }
      if entry.from > day {
        guard let before = try? entry.from.adding(days: -1) else { return nil }
        return day...max(day, min(before, days.through ?? before))
      }
      guard let next = entry.through.flatMap({ try? $0.adding(days: 1) }) else { return nil }
      day = next
    }
    return nil
  }
}

extension Diagnostic {
  static func figureMissing(
    _ name: String, from first: CalendarDate, through last: CalendarDate, readBy rule: String,
    at span: Span, declared: Span
  ) -> Diagnostic {
    Diagnostic(
      "P010", .warning, at: span,
      "`\(rule)` reads `\(name)`, which has no value from \(first) to \(last)",
      notes: [.init(declared, "its values")],
      help: "write the value of those days, say `unverified:` with the reason, "
        + "or let the rule or the rulebook begin when the figure does")
  }
}
