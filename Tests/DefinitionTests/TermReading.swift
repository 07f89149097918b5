/// Reads terms and rules with the rules before them already read.
struct Reading {
  let definition: Definition
  let rules: [Outcome]
  /// The value without the exception that is being read.
  var base: Outcome?
  /// The member whose facts are meant.
  var member: String?

  init(definition: Definition, rules: [Outcome]) {
    self.definition = definition
    self.rules = rules
  }

  private var model: Model { definition.model }

  func value(_ term: Term) throws -> Outcome {
    switch term {
    case .truth(let value): return Outcome(.truth(value))
    case .colour(let value): return Outcome(.colour(value))
    case .number(let value): return Outcome(.number(Fraction(value)))
    case .fact(let index): return try definition.read(model.facts[index], of: "household")
    case .ofMember(let index):
      return try definition.read(model.memberFacts[index], of: "person/\(member ?? "")")
    case .rule(let index): return rules[index]
    case .base: return base ?? Outcome("no base")
    case .not(let term):
      return try Definition.strict([value(term)]) { .success(.truth($0[0] == .truth(false))) }
    case .every(let terms): return try Definition.deciding(false, terms.map(value))
    case .some(let terms): return try Definition.deciding(true, terms.map(value))
    case .compare(let relation, let left, let right):
      return try Definition.strict([value(left), value(right)]) {
        .success(.truth(relation.holds($0[0], $0[1])))
      }
    case .calculate(let operation, let left, let right):
      return try calculated(operation, value(left), value(right))
    case .choose(let condition, let then, let otherwise):
      return try chosen(value(condition), then: { try value(then) }, else: { try value(otherwise) })
    case .least(let terms): return try ordered(terms) { $0.min() }
    case .greatest(let terms): return try ordered(terms) { $0.max() }
    case .among(let term, let others):
      // 5: `in` is an `or` of comparisons.
      return try Definition.deciding(
        true, others.map { try value(.compare(.equal, term, $0)) })
    case .floor(let term):
      return try Definition.strict([value(term)]) { .success(.number($0[0].fraction.floor)) }
    case .orElse(let fact, let other): return try orElse(value(.fact(fact)), { try value(other) })
    case .isNull(let fact):
      return try Definition.strict([value(.fact(fact))]) { .success(.truth($0[0] == .null)) }
    case .count, .aggregate, .quantified: return try ofMembers(term)
    }
  }

  private func calculated(
    _ operation: Operation, _ left: Outcome, _ right: Outcome
  ) throws -> Outcome {
    try Definition.strict([left, right]) { items in
      let (one, other) = (items[0].fraction, items[1].fraction)
      if operation == .divide, other.top == 0 {
        return .failure(Definition.Fault(code: "division_by_zero"))
      }
      return .success(.number(try one.calculated(operation, other)))
    }
  }

  private func ordered(_ terms: [Term], _ pick: ([Fraction]) -> Fraction?) throws -> Outcome {
    try Definition.strict(terms.map(value)) { items in
      .success(.number(pick(items.map(\.fraction)) ?? Fraction(0)))
    }
  }

  /// 6, for `if`.
  func chosen(
    _ condition: Outcome, then: () throws -> Outcome, else otherwise: () throws -> Outcome
  ) throws -> Outcome {
    if condition.isError { return condition }
    var candidates: [Outcome] = []
    if condition.canBe(true) { candidates.append(try then()) }
    if condition.canBe(false) { candidates.append(try otherwise()) }
    return try Definition.merged(candidates, by: [condition])
  }

  /// 77: over an open optional, either.
  private func orElse(_ fact: Outcome, _ other: () throws -> Outcome) throws -> Outcome {
    guard fact.values.contains(.null) else { return fact }
    let rest = try other()
    if fact.isKnown { return rest }
    let present = try Outcome(fact.values.subtracting([.null]), [], fact.waits)
    return try Definition.merged([present, rest], by: [fact])
  }

  // MARK: - Members

  /// A member, and whether it is certain that it is among those that are meant.
  private struct Present {
    let member: String
    let isCertain: Bool
  }

  private func ofMembers(_ term: Term) throws -> Outcome {
    switch term {
    case .quantified(let every, let test):
      return try Definition.deciding(
        !every, model.members.map { try reading(of: $0).value(test) })
    case .count(let test):
      let (present, tests, error) = try members(where: test)
      if let error { return error }
      let least = present.filter(\.isCertain).count
      let possible = (least...present.count).map { Item.number(Fraction($0)) }
      return try Outcome(
        Set(possible), Definition.union(tests.map(\.faults)), Definition.union(tests.map(\.waits)))
    case .aggregate(let aggregation, let fact, let test, let fallback):
      return try aggregated(aggregation, fact, where: test, fallback)
    default: return Outcome("no members")
    }
  }

  private func reading(of member: String) -> Reading {
    var inner = self
    inner.member = member
    return inner
  }

  /// 16: a test in error for somebody who is there is an error.
  private func members(
    where test: Term?
  ) throws -> (present: [Present], open: [Outcome], error: Outcome?) {
    guard let test else {
      return (model.members.map { Present(member: $0, isCertain: true) }, [], nil)
    }
    let tests = try model.members.map { try reading(of: $0).value(test) }
    let errors = tests.filter(\.isError)
    if !errors.isEmpty {
      return ([], [], try Outcome([], Definition.union(errors.map(\.faults)), []))
    }
    let present = zip(model.members, tests).filter { $1.canBe(true) }
      .map { Present(member: $0, isCertain: !$1.canBe(false)) }
    return (present, tests.filter { !$0.isKnown }, nil)
  }

  /// 16, every way in which the possible members may be there.
  private func aggregated(
    _ aggregation: Aggregation, _ fact: Int, where test: Term?, _ fallback: Int?
  ) throws -> Outcome {
    let (present, tests, error) = try members(where: test)
    if let error { return error }
    let amounts = try present.map { try reading(of: $0.member).value(.ofMember(fact)) }
    let choices: [[Item?]] = zip(present, amounts).map { member, amount in
      Array(amount.values) + (member.isCertain ? [] : [nil])
    }
    var values: Set<Item> = []
    var faults = Definition.union(tests.map(\.faults))
    for chosen in Definition.combinations(choices) {
      let numbers = chosen.compactMap { $0?.fraction }
      switch aggregation {
      case .sum:
        values.insert(
          .number(try numbers.reduce(Fraction(0)) { try $0.calculated(.add, $1) }))
      case .min, .max:
        let found = aggregation == .min ? numbers.min() : numbers.max()
        if let value = found ?? fallback.map({ Fraction($0) }) {
          values.insert(.number(value))
        } else {
          faults.insert("empty_list")
        }
      }
    }
    return try Outcome(
      values, faults, Definition.union((tests + amounts).map(\.waits)))
  }
}

extension Item {
  /// Of a number; the generator gives terms of other kinds to nothing that reckons.
  var fraction: Fraction {
    if case .number(let value) = self { return value }
    return Fraction(0)
  }
}

extension Relation {
  func holds(_ left: Item, _ right: Item) -> Bool {
    switch self {
    case .equal: left == right
    case .unequal: left != right
    case .less: left.fraction < right.fraction
    case .atMost: left.fraction <= right.fraction
    case .greater: left.fraction > right.fraction
    case .atLeast: left.fraction >= right.fraction
    }
  }
}
