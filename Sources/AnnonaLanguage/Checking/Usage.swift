import AnnonaValues

/// What the whole shows that no part does: cycles, what is read when it is not law, what nobody uses.
extension Checker {
  /// Puts each rule after all that it reads, or names the circle.
  func orderRules() {
    enum Mark { case open, closed }
    var marks = [Mark?](repeating: nil, count: program.rules.count)
    var order: [RuleID] = []
    for root in program.rules.indices where marks[root] == nil {
      var path: [(id: RuleID, rest: [RuleID])] = [(RuleID(root), reads(of: RuleID(root)))]
      marks[root] = .open
      while let top = path.last {
        guard let next = top.rest.last else {
          marks[Int(top.id.index)] = .closed
          order.append(top.id)
          path.removeLast()
          continue
        }
        path[path.count - 1].rest.removeLast()
        switch marks[Int(next.index)] {
        case .closed?: break
        case .open?:
          let start = path.firstIndex { $0.id == next } ?? 0
          reportCycle(path[start...].map(\.id))
        case nil:
          marks[Int(next.index)] = .open
          path.append((next, reads(of: next)))
        }
      }
    }
    program.ruleOrder = order
  }

  /// Descending, since they are taken from the end.
  private func reads(of id: RuleID) -> [RuleID] { (ruleReads[id] ?? []).sorted(by: >) }

  private func reportCycle(_ rules: [RuleID]) {
    guard let first = rules.first else { return }
    circular.formUnion(rules)
    let names = (rules + [first]).map { program.rules[$0].name }
    report(
      .cycle(
        names, at: program.rules[first].span,
        others: rules.dropFirst().map { (program.rules[$0].span, program.rules[$0].name) }))
  }

  /// A rule that reads another outside its versions would find no law.
  func checkVersionsCoverForce() {
    let readers = firstReaders
    for id in program.rules.indices.map({ RuleID($0) }) {
      let rule = program.rules[id]
      guard let from = program.rulebooks[rule.rulebook].inForce.from else { continue }
      guard rule.parent == nil, let reader = readers[id] else { continue }
      if let start = rule.versions.first?.from, start > from, program.rules[reader].parent != id,
        !startsLater(reader, than: start)
      {
        report(.versionStartsLate(rule.name, on: start, from: from, at: rule.span))
      }
    }
  }

  /// Who reads each rule first, in declaration order.
  private var firstReaders: [RuleID: RuleID] {
    var readers: [RuleID: RuleID] = [:]
    for (reader, read) in ruleReads {
      for id in read { readers[id] = min(readers[id] ?? reader, reader) }
    }
    return readers
  }

  private func startsLater(_ id: RuleID, than date: CalendarDate) -> Bool {
    guard let start = program.rules[id].versions.first?.from else { return false }
    return start >= date
  }

  // MARK: - What nobody uses

  /// A rulebook without benefits is written for others to import: what it declares is for them to use.
  func reportUnused() {
    guard !program.benefits.isEmpty, rulebooks.allSatisfy(\.syntax.unread.isEmpty) else { return }
    for (index, parameter) in program.parameters.enumerated()
    where !usedParameters.contains(ParameterID(index)) && isMine(parameter.span) {
      report(.unusedParameter(parameter.name, at: parameter.span))
    }
    for (index, fact) in program.facts.enumerated()
    where !usedFacts.contains(FactID(index)) && isMine(fact.span) && !isShown(fact) {
      report(
        .unusedFact(fact.name, of: program.entities[fact.entity].name, at: fact.span))
    }
    for choice in books[mainBook].choices.sorted(by: { $0.value < $1.value })
    where !usedChoices.contains(choice.value) {
      report(.unusedChoice(choice.key, at: choiceSpan(choice.key)))
    }
    for (index, function) in program.functions.enumerated()
    where !usedFunctions.contains(FunctionID(index)) && isMine(function.span) {
      report(.unusedFunction(function.name, at: function.span))
    }
    for entry in rulebooks[mainBook].syntax.imports
    where !usedImports.contains(entry.prefix.text)
      && rulebooks[mainBook].imports[entry.prefix.text] != nil
    {
      report(.unusedImport(entry.prefix))
    }
    reportUnreachedRules()
  }

  /// A fact that questions and letters may show is used, even where no rule reads it.
  private func isShown(_ fact: Fact) -> Bool { fact.type.present == .text }

  private func choiceSpan(_ name: String) -> Span {
    rulebooks[mainBook].syntax.choices.first { $0.name.text == name }?.name.span
      ?? Span(file: 0, start: 0, end: 0)
  }

  /// Imports are written for many; only the rulebook asked for is held to using what it declares.
  private func isMine(_ span: Span) -> Bool {
    bookOfFile[span.file] == mainBook
  }

  private func reportUnreachedRules() {
    var reached: Set<RuleID> = []
    var waiting: [RuleID] = []
    for benefit in program.benefits {
      for root in benefit.expressions {
        root.forEachNode { node in
          if case .rule(let id, _, _) = node.kind { waiting.append(id) }
        }
      }
    }
    waiting += program.shown
    while let id = waiting.popLast() {
      guard reached.insert(id).inserted else { continue }
      waiting += ruleReads[id] ?? []
      if let parent = program.rules[id].parent { waiting.append(parent) }
    }
    for id in program.rules.indices.map({ RuleID($0) })
    where !reached.contains(id) && program.rules[id].parent == nil && isMine(program.rules[id].span)
    {
      report(.unreachedRule(program.rules[id].name, at: program.rules[id].span))
    }
  }
}

extension ProvablePart {
  init(_ checker: Checker) {
    program = checker.program
    isWhole = !checker.diagnostics.hasErrors
    var touched = checker.circular
    // Each rule comes after all that it reads.
    for id in checker.program.ruleOrder {
      let failed = checker.ruleWork[Int(id.index)].progress != .done
      let reads = checker.ruleReads[id] ?? []
      if failed || !reads.isDisjoint(with: touched) { touched.insert(id) }
    }
    let functionsFailed = checker.functionWork.contains { $0.progress != .done }
    rules = functionsFailed ? [] : Set(checker.program.ruleOrder).subtracting(touched)
  }
}
