import AnnonaValues

/// Figures that a rule certainly reads on days on which the law has none.
extension Checker {
  /// What comes after the last figure is no finding: the law has not enacted it yet.
  func checkFiguresInForce(_ id: RuleID) {
    guard program.rules[id].exceptions.isEmpty, program.rules[id].under == nil else { return }
    for version in program.rules[id].versions where version.body != nil {
      let days = days(onWhich: version, of: id)
      var seen: Set<ParameterID> = []
      forEachCertainRead(of: id, version) { read in
        guard case .parameter(let parameter) = read.kind, seen.insert(parameter).inserted else {
          return
        }
        let gaps = gaps(in: program.parameters[parameter].entries, during: days)
        if gaps.isEmpty { return }
        report(
          .figureMissing(
            program.parameters[parameter].name, on: gaps, readBy: program.rules[id].name,
            at: read.span, declared: program.parameters[parameter].span))
      }
    }
  }

  /// The days on which the rulebook, the version, and that of the rule whose condition it is, are law.
  private func days(onWhich version: Rule.Version, of id: RuleID) -> InForce {
    let rule = program.rules[id]
    guard let parent = rule.parent else {
      return common(program.rulebooks[rule.rulebook].inForce, version)
    }
    let holders = program.rules[parent].versions.filter { holder in
      if case .conditions(_, let conditions)? = holder.body {
        conditions.contains(id)
      } else {
        false
      }
    }
    guard let holder = holders.first, holders.count == 1 else {
      return common(program.rulebooks[rule.rulebook].inForce, version)
    }
    return common(days(onWhich: holder, of: parent), version)
  }

  /// The days on which both are law.
  private func common(_ days: InForce, _ version: Rule.Version) -> InForce {
    let starts = [days.from, version.from].compactMap { $0 }
    let ends = [days.through, version.through].compactMap { $0 }
    return InForce(from: starts.max(), through: ends.min())
  }

  /// The days without a figure that others follow.
  private func gaps(
    in entries: [Parameter.Entry], during days: InForce
  ) -> [ClosedRange<CalendarDate>] {
    guard var day = days.from else { return [] }
    var gaps: [ClosedRange<CalendarDate>] = []
    for entry in entries {
      if let end = entry.through, end < day { continue }
      if let last = days.through, day > last { break }
      if entry.from > day, let before = try? entry.from.adding(days: -1) {
        gaps.append(day...max(day, min(before, days.through ?? before)))
      }
      guard let next = entry.through.flatMap({ try? $0.adding(days: 1) }) else { break }
      day = next
    }
    return gaps
  }
}

extension Diagnostic {
  static func figureMissing(
    _ name: String, on gaps: [ClosedRange<CalendarDate>], readBy rule: String, at span: Span,
    declared: Span
  ) -> Diagnostic {
    let days = gaps.map { "from \($0.lowerBound) to \($0.upperBound)" }
    return Diagnostic(
      "P010", .warning, at: span,
      "`\(rule)` reads `\(name)`, which has no value \(days.joined(oxford: "and"))",
      notes: [.init(declared, "its values")],
      help: "write the value of those days, say `unverified:` with the reason, "
        + "or let the rule or the rulebook begin when the figure does")
  }
}
