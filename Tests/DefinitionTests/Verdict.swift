import Support

/// What came of holding the engine against the definition on one model.
enum Verdict {
  case holds
  /// The checker does not load it: two exceptions that always clash, a divisor that is nothing but zero.
  case refused(Engine.Refused)
  /// Too many households, or figures too large, for the definition.
  case tooLarge
  case fails(String)
}

struct Examination {
  let model: Model
  var random: SeededRandom

  static let mostHouseholds = 150

  static func verdict(_ model: Model, seed: UInt64) -> Verdict {
    var examination = Examination(model: model, random: SeededRandom(seed: seed))
    do {
      if let failure = try examination.failure() { return .fails(failure) }
      return .holds
    } catch let refused as Engine.Refused {
      return .refused(refused)
    } catch {
      return .tooLarge
    }
  }

  /// Everything that can be given: a name and its values.
  private var slots: [(name: String, values: [Item])] {
    model.facts.map { ("household.\($0.name)", $0.values) }
      + model.members.flatMap { member in
        model.memberFacts.map { ("person/\(member).\($0.name)", $0.values) }
      }
  }

  private mutating func failure() throws -> String? {
    let slots = self.slots
    guard slots.reduce(1, { $0 * $1.values.count }) <= Self.mostHouseholds else {
      throw Fraction.TooLarge()
    }
    let completions = Definition.combinations(slots.map(\.values)).map { values in
      Dictionary(zip(slots.map(\.name), values)) { first, _ in first }
    }
    let outcomes = try completions.map { try Definition(model: model, given: $0).outcomes() }
    let engine = try Engine(model)
    for _ in 0..<6 {
      let index = random.below(completions.count)
      if let failure = differs(engine, completions[index], outcomes[index]) { return failure }
    }
    var given: [String: Item] = [:]
    for round in 0..<4 {
      if round > 0 { given = some(of: completions[random.below(completions.count)]) }
      let within = zip(completions, outcomes).filter { completion, _ in
        given.allSatisfy { completion[$0.key] == $0.value }
      }
      let failure = try failure(
        engine, given, within.map(\.1), fuller: within[random.below(within.count)].0)
      if let failure { return "given \(describe(given)): \(failure)" }
    }
    // Loading twice is most of the work, so not of every model.
    return random.below(4) == 0 ? try failureByOrder(engine, given) : nil
  }

  private mutating func some(of completion: [String: Item]) -> [String: Item] {
    let names = completion.keys.sorted()
    return Dictionary(
      uniqueKeysWithValues: names.filter { _ in random.below(2) == 0 }
        .compactMap { name in completion[name].map { (name, $0) } })
  }

  private func describe(_ given: [String: Item]) -> String {
    "{"
      + given.keys.sorted().map { name in
        "\(name): \(given[name].map { "\($0.value)" } ?? "")"
      }.joined(separator: ", ") + "}"
  }

  // MARK: - What must hold

  /// On a complete household the two say the same.
  private func differs(
    _ engine: Engine, _ given: [String: Item], _ outcomes: [Outcome]
  ) -> String? {
    for (index, (answer, outcome)) in zip(engine.answers(given), outcomes).enumerated() {
      let isSame =
        outcome.isError
        ? answer.isError && answer.faults == outcome.faults
        : answer.isKnown && outcome.values.allSatisfy(answer.allows)
      if !isSame {
        return "r\(index), given \(describe(given)): the engine says \(answer), not \(outcome)"
      }
    }
    return nil
  }

  private mutating func failure(
    _ engine: Engine, _ given: [String: Item], _ completions: [[Outcome]],
    fuller completion: [String: Item]
  ) throws -> String? {
    let answers = engine.answers(given)
    let defined = try Definition(model: model, given: given).outcomes()
    for (index, answer) in answers.enumerated() {
      for outcome in completions.map({ $0[index] }) {
        if let failure = isOutside(outcome, answer) { return "r\(index): \(failure)" }
      }
      if let failure = isCleverer(answer, defined[index]) { return "r\(index): \(failure)" }
      if !answer.waits.isEmpty {
        var more = completion
        for name in answer.waits { more[name] = given[name] }
        let after = engine.answers(more)[index]
        if !after.says(theSameAs: answer) {
          return "r\(index): \(answer), and \(after) once what it does not wait for is given, "
            + describe(more)
        }
      }
    }
    let more = given.merging(some(of: completion)) { old, _ in old }
    for (index, (before, after)) in zip(answers, engine.answers(more)).enumerated() {
      if let failure = hasChanged(before, after) {
        return "r\(index): \(failure), once \(describe(more)) is given"
      }
    }
    return nil
  }

  private func isOutside(_ outcome: Outcome, _ answer: Answer) -> String? {
    if !outcome.values.allSatisfy(answer.allows) {
      return "\(answer) leaves out \(outcome.values)"
    }
    // Of an error, more facts may show more faults.
    if !answer.isError, !outcome.faults.isSubset(of: answer.faults) {
      return "\(answer) leaves out \(outcome.faults)"
    }
    return nil
  }

  /// The definition's values are as narrow as they can be without connecting two occurrences: nobody may be narrower.
  private func isCleverer(_ answer: Answer, _ defined: Outcome) -> String? {
    if !defined.values.allSatisfy(answer.allows) {
      return "\(answer) is narrower than \(defined)"
    }
    if answer.isKnown != defined.isKnown && !(defined.isKnown && !answer.isKnown) {
      return "\(answer) is known, and defined is \(defined)"
    }
    if answer.isError && !defined.isError { return "\(answer), and defined is \(defined)" }
    guard isPlain else { return nil }
    let isSame =
      answer.isKnown == defined.isKnown && answer.isError == defined.isError
      && answer.faults == defined.faults && answer.waits == defined.waits
    return isSame ? nil : "\(answer) is not what is defined, \(defined)"
  }

  /// Without numbers and tables there is but one answer.
  private var isPlain: Bool {
    (model.facts + model.memberFacts).allSatisfy { $0.kind != .number }
      && model.rules.allSatisfy { rule in
        if case .table = rule.body { return false }
        return rule.kind != .number
      }
  }

  private func hasChanged(_ before: Answer, _ after: Answer) -> String? {
    if before.isKnown, !(after.isKnown && after.says(theSameAs: before)) {
      return "\(before) became \(after)"
    }
    if before.isError, !after.isError { return "\(before) became \(after)" }
    if !after.faults.isSubset(of: before.faults), !before.isError {
      return "\(before) did not foresee \(after)"
    }
    return nil
  }

  /// Neither the order of files nor that of declarations or members is law.
  private func failureByOrder(_ engine: Engine, _ given: [String: Item]) throws -> String? {
    let other = try Engine(model, order: .reversed)
    for (index, (one, two)) in zip(engine.answers(given), other.answers(given)).enumerated()
    where !one.says(theSameAs: two) || one.waits != two.waits {
      return "r\(index), given \(describe(given)): \(one), and in another order \(two)"
    }
    return nil
  }
}
