/// What can come out: all values that are possible, the faults that are, and the facts that are waited for.
///
/// One value and no fault: it is known. No value: it is an error. Anything else is unknown.
struct Outcome: Equatable {
  var values: Set<Item> = []
  var faults: Set<String> = []
  var waits: Set<String> = []

  init(_ value: Item) { values = [value] }
  init(_ fault: String) { faults = [fault] }

  init(_ values: Set<Item>, _ faults: Set<String>, _ waits: Set<String>) throws {
    if values.count > 64 { throw Fraction.TooLarge() }
    self.values = values
    self.faults = faults
    // What is settled waits for nothing.
    let isSettled = values.isEmpty || values.count == 1 && faults.isEmpty
    self.waits = isSettled ? [] : waits
  }

  var isKnown: Bool { values.count == 1 && faults.isEmpty }
  var isError: Bool { values.isEmpty }

  func isKnown(_ value: Bool) -> Bool { isKnown && values == [.truth(value)] }
  func canBe(_ value: Bool) -> Bool { values.contains(.truth(value)) }
}

/// The meaning of a rulebook for one household, written to be read: numbers in comments are those of the decisions.
struct Definition {
  let model: Model
  /// By name, such as `household.a`; what is missing is open.
  let given: [String: Item]

  func outcome(ofRule index: Int) throws -> Outcome {
    var outcomes: [Outcome] = []
    for rule in model.rules.prefix(index + 1) {
      outcomes.append(try Reading(definition: self, rules: outcomes).value(of: rule))
    }
    return outcomes[index]
  }

  /// Of all rules, in order: each reads those before it.
  func outcomes() throws -> [Outcome] {
    var outcomes: [Outcome] = []
    for rule in model.rules {
      outcomes.append(try Reading(definition: self, rules: outcomes).value(of: rule))
    }
    return outcomes
  }

  func read(_ fact: FactModel, of owner: String) throws -> Outcome {
    let name = "\(owner).\(fact.name)"
    if let value = given[name] { return Outcome(value) }
    return try Outcome(Set(fact.values), [], [name])
  }

  // MARK: - How outcomes are combined

  /// 4: an error wins, then what is unknown; all combinations of what is possible.
  static func strict(
    _ operands: [Outcome], _ apply: ([Item]) throws -> Result<Item, Fault>
  ) throws -> Outcome {
    let errors = operands.filter(\.isError)
    if !errors.isEmpty { return try Outcome([], union(errors.map(\.faults)), []) }
    var values: Set<Item> = []
    var faults = union(operands.map(\.faults))
    for combination in combinations(operands.map { Array($0.values) }) {
      switch try apply(combination) {
      case .success(let value): values.insert(value)
      case .failure(let fault): faults.insert(fault.code)
      }
    }
    return try Outcome(values, faults, union(operands.map(\.waits)))
  }

  struct Fault: Error { let code: String }

  /// 5: the deciding value wins in any position, then unknown, then error.
  static func deciding(_ decider: Bool, _ operands: [Outcome]) throws -> Outcome {
    if operands.contains(where: { $0.isKnown(decider) }) { return Outcome(.truth(decider)) }
    var values: Set<Item> = []
    if operands.contains(where: { $0.canBe(decider) }) { values.insert(.truth(decider)) }
    if operands.allSatisfy({ $0.canBe(!decider) }) { values.insert(.truth(!decider)) }
    return try Outcome(
      values, union(operands.map(\.faults)), union(operands.map(\.waits)))
  }

  /// 6: one certain candidate is the result; several are merged, with what decides between them.
  static func merged(_ candidates: [Outcome], by conditions: [Outcome]) throws -> Outcome {
    let open = conditions.filter { !$0.isKnown }
    if candidates.count == 1, open.allSatisfy(\.faults.isEmpty) { return candidates[0] }
    return try Outcome(
      union(candidates.map(\.values)), union((candidates + open).map(\.faults)),
      union((candidates + open).map(\.waits)))
  }

  static func union<Element: Hashable>(_ sets: [Set<Element>]) -> Set<Element> {
    sets.reduce(into: []) { $0.formUnion($1) }
  }

  static func combinations<Element>(_ choices: [[Element]]) -> [[Element]] {
    choices.reduce([[]]) { sofar, next in sofar.flatMap { start in next.map { start + [$0] } } }
  }
}
