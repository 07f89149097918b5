/// Smaller models that may still show the same failure.
extension Model {
  var reductions: [Model] {
    var smaller: [Model] = []
    if rules.count > 1 {
      var model = self
      model.rules.removeLast()
      smaller.append(model)
    }
    for index in rules.indices {
      for rule in rules[index].reductions {
        var model = self
        model.rules[index] = rule
        smaller.append(model)
      }
    }
    return smaller
  }

  /// The smallest model that can be reached by steps that each still fail.
  func shrunk(_ fails: (Model) -> Bool) -> Model {
    var model = self
    var steps = 0
    while steps < 400, let next = model.reductions.first(where: fails) {
      model = next
      steps += 1
    }
    return model
  }
}

extension RuleModel {
  fileprivate var reductions: [RuleModel] {
    var smaller: [RuleModel] = []
    func add(_ change: (inout RuleModel) -> Void) {
      var rule = self
      change(&rule)
      smaller.append(rule)
    }
    if !exceptions.isEmpty { add { $0.exceptions = [] } }
    for index in exceptions.indices where exceptions.count > 1 {
      add { rule in
        let name = rule.exceptions.remove(at: index).name
        for other in rule.exceptions.indices where rule.exceptions[other].prevailsOver == name {
          rule.exceptions[other].prevailsOver = nil
        }
      }
    }
    if when != nil {
      add { rule in
        rule.when = nil
        if !rule.hasCondition {
          for index in rule.exceptions.indices { rule.exceptions[index].refines = false }
        }
      }
    }
    if rounds { add { $0.rounds = false } }
    if maximum != nil { add { $0.maximum = nil } }
    for body in body.reductions(kind) where exceptions.isEmpty || !hasCondition {
      add { $0.body = body }
    }
    if let when { for term in when.reductions(.truth) { add { $0.when = term } } }
    for index in exceptions.indices {
      for exception in exceptions[index].reductions(kind) {
        add { $0.exceptions[index] = exception }
      }
    }
    return smaller
  }
}

extension ExceptionModel {
  fileprivate func reductions(_ kind: Kind) -> [ExceptionModel] {
    var smaller: [ExceptionModel] = []
    func add(_ change: (inout ExceptionModel) -> Void) {
      var exception = self
      change(&exception)
      smaller.append(exception)
    }
    if !nested.isEmpty { add { $0.nested = [] } }
    for term in when.reductions(.truth) { add { $0.when = term } }
    for term in value.reductions(kind) { add { $0.value = term } }
    return smaller
  }
}

extension BodyModel {
  fileprivate func reductions(_ kind: Kind) -> [BodyModel] {
    switch self {
    case .value(let term): return term.reductions(kind).map { .value($0) }
    case .conditions(let every, let terms):
      return
        (terms.count > 1
        ? terms.indices.map { index in
          var fewer = terms
          fewer.remove(at: index)
          return .conditions(every: every, fewer)
        } : [])
        + terms.indices.flatMap { index in
          terms[index].reductions(.truth).map { term in
            var changed = terms
            changed[index] = term
            return .conditions(every: every, changed)
          }
        }
    case .cases(let branches, let otherwise):
      var smaller: [BodyModel] = branches.map { .value($0.value) }
      for index in branches.indices where branches.count > 1 {
        var fewer = branches
        fewer.remove(at: index)
        smaller.append(.cases(fewer, otherwise: otherwise))
      }
      for index in branches.indices {
        for term in branches[index].when.reductions(.truth) {
          var changed = branches
          changed[index].when = term
          smaller.append(.cases(changed, otherwise: otherwise))
        }
        for term in branches[index].value.reductions(kind) {
          var changed = branches
          changed[index].value = term
          smaller.append(.cases(changed, otherwise: otherwise))
        }
      }
      return smaller
    case .table(let table):
      var smaller: [BodyModel] = table.rows.map { .value($0.value) }
      for index in table.rows.indices {
        if table.hit != .unique, table.rows.count > 1 {
          var fewer = table
          fewer.rows.remove(at: index)
          smaller.append(.table(fewer))
        }
        for term in table.rows[index].value.reductions(kind) {
          var changed = table
          changed.rows[index].value = term
          smaller.append(.table(changed))
        }
      }
      return smaller
    }
  }
}

extension Term {
  /// Its parts of the same kind, and the plainest values.
  fileprivate func reductions(_ kind: Kind) -> [Term] {
    switch self {
    case .truth, .colour, .number, .fact, .ofMember: return []
    case .rule, .base: return [Self.plain(kind)]
    case .not(let term): return [term] + term.reductions(.truth).map { .not($0) }
    case .every(let terms): return terms + inParts(terms, .truth) { .every($0) }
    case .some(let terms): return terms + inParts(terms, .truth) { .some($0) }
    case .least(let terms): return terms + inParts(terms, .number) { .least($0) }
    case .greatest(let terms): return terms + inParts(terms, .number) { .greatest($0) }
    case .floor(let term): return [term] + term.reductions(.number).map { .floor($0) }
    case .calculate(let operation, let left, let right):
      return [left, right]
        + inParts([left, right], .number) {
          .calculate(operation, $0[0], $0[1])
        }
    case .choose(let condition, let then, let otherwise):
      return [then, otherwise]
        + condition.reductions(.truth).map { .choose($0, then, otherwise) }
        + inParts([then, otherwise], kind) { .choose(condition, $0[0], $0[1]) }
    case .compare(let relation, let left, let right):
      return [.truth(true), .truth(false)]
        + inParts([left, right], left.kindOfCompared) { .compare(relation, $0[0], $0[1]) }
    case .quantified(let every, let test):
      return [.truth(true), .truth(false)]
        + test.reductions(.truth).map { .quantified(every: every, $0) }
    default: return [Self.plain(kind)]
    }
  }

  private var kindOfCompared: Kind {
    switch self {
    case .colour: .colour
    case .truth, .not, .every, .some, .compare: .truth
    default: .number
    }
  }

  private func inParts(_ terms: [Term], _ kind: Kind, _ make: ([Term]) -> Term) -> [Term] {
    terms.indices.flatMap { index in
      terms[index].reductions(kind).map { term in
        var changed = terms
        changed[index] = term
        return make(changed)
      }
    }
  }

  private static func plain(_ kind: Kind) -> Term {
    switch kind {
    case .truth: .truth(true)
    case .colour: .colour(0)
    case .number: .number(1)
    }
  }
}
