import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Holds one property against one household, or against the pair that one step from it makes.
struct PropertyCheck {
  /// What came of one household.
  enum Finding {
    case holds
    /// Broken where the law breaks it, by a cliff or an exemption.
    case acknowledged
    case broken(Breach)
    /// A value is open or there is no law, or the household has nothing to change.
    case incomparable
  }

  /// How a property is broken, and by whom.
  struct Breach {
    let words: String
    /// Each with what is said of it, and the values that show it.
    let households: [(role: String?, measurement: Measurement)]
  }

  let program: Program
  let property: Property

  /// - Parameter key: who changes, or in whose list; of no interest to a property of one household.
  func finding(_ sketch: HouseholdSketch, _ key: Int) -> Finding {
    switch property.claim {
    case .atLeast(let bound): return finding(sketch, bound) { $0 >= $1 }
    case .atMost(let bound): return finding(sketch, bound) { $0 <= $1 }
    case .neverFalls(let change): return finding(sketch, key, change) { $1 < $0 }
    case .neverRises(let change): return finding(sketch, key, change) { $1 > $0 }
    case .continuous(let fact, let tolerance): return finding(sketch, key, fact, tolerance)
    case .sameWhateverTheOrderOf(let place): return finding(sketch, key, place)
    }
  }

  func measure(_ sketch: HouseholdSketch) -> Measurement? {
    Measurement(of: property, sketch.household(program), program)
  }

  /// A fault breaks every property.
  func fault(_ measurement: Measurement) -> Finding? {
    guard let (name, code) = measurement.fault else { return nil }
    return .broken(
      Breach(
        words: "`\(name)` comes to the error `\(code.rawValue)`",
        households: [(nil, measurement)]))
  }

  // MARK: - One household

  private func finding(
    _ sketch: HouseholdSketch, _ bound: Expression, _ keeps: (Number, Number) -> Bool
  ) -> Finding {
    guard let measured = measure(sketch) else { return .incomparable }
    if let fault = fault(measured) { return fault }
    var finding = Finding.holds
    for entry in measured.entries {
      let limit = measured.evaluator.value(of: bound, for: entry.instance).knownValue
      guard let limit, let number = entry.value.position, let end = limit.position else {
        return .incomparable
      }
      if keeps(number, end) { continue }
      if entry.isExempt {
        finding = .acknowledged
        continue
      }
      let side = number < end ? "below" : "above"
      return .broken(
        Breach(
          words:
            "`\(entry.name)` is \(text(entry, measured)), \(side) \(text(limit, measured))",
          households: [(nil, measured)]))
    }
    return finding
  }

  // MARK: - Two households

  private func finding(
    _ sketch: HouseholdSketch, _ key: Int, _ change: Change,
    _ isBroken: (Number, Number) -> Bool
  ) -> Finding {
    guard let (first, second) = pair(sketch, key, change),
      let before = measure(first), let after = measure(second)
    else { return .incomparable }
    if let fault = fault(before) ?? fault(after) { return fault }
    let (old, new) = (before.compared(property), after.compared(property))
    var finding = old.isEmpty || new.isEmpty ? Finding.incomparable : .holds
    for entry in old {
      guard let other = new.first(where: { $0.instance == entry.instance }),
        let from = entry.value.position, let to = other.value.position, isBroken(from, to)
      else { continue }
      if entry.isExempt || other.isExempt || isCliff(change, before, after, sketch, key) {
        finding = .acknowledged
        continue
      }
      let moves = to < from ? "falls" : "rises"
      return .broken(
        Breach(
          words: "`\(entry.name)` \(moves) from \(text(entry, before)) to \(text(other, after)) "
            + "when \(words(change, sketch, key, before, after))",
          households: [("before", before), ("after", after)]))
    }
    return finding
  }

  /// The household before a change and after it; the sketch is the one with more to it.
  private func pair(
    _ sketch: HouseholdSketch, _ key: Int, _ change: Change
  ) -> (HouseholdSketch, HouseholdSketch)? {
    switch change {
    case .rises(let fact): return moved(sketch, key, fact, by: 1).map { (sketch, $0) }
    case .falls(let fact): return moved(sketch, key, fact, by: -1).map { (sketch, $0) }
    case .becomes(let fact, let value):
      guard let member = sketch.member(key), let slot = slot(of: fact, in: member),
        member.facts[slot] != .known(value)
      else { return nil }
      return (sketch, sketch.setting(slot, of: key, to: .known(value)))
    case .grows: return sketch.member(key).map { _ in (sketch.removing(key), sketch) }
    case .shrinks: return sketch.member(key).map { _ in (sketch, sketch.removing(key)) }
    }
  }

  /// The household with a fact so many steps further; `nil` where the fact does not go there.
  func moved(
    _ sketch: HouseholdSketch, _ key: Int, _ fact: FactID, by steps: Int
  ) -> HouseholdSketch? {
    let declared = program.facts[fact]
    guard let member = sketch.member(key), let slot = slot(of: fact, in: member),
      let state = declared.state(steps, from: member.facts[slot]),
      declared.accepts(state, sketch.today)
    else { return nil }
    return sketch.setting(slot, of: key, to: state)
  }

  func slot(of fact: FactID, in member: HouseholdSketch.Member) -> Int? {
    program.entities[member.entity].facts.firstIndex(of: fact)
  }

  // MARK: - Jumps

  /// Compares the step from one value to the next with the steps before and after it: what a slope does at every step is no jump.
  private func finding(
    _ sketch: HouseholdSketch, _ key: Int, _ fact: FactID, _ tolerance: Number?
  ) -> Finding {
    let around = [-1, 0, 1, 2].map { steps in
      (steps == 0 ? sketch : moved(sketch, key, fact, by: steps)).flatMap(measure)
    }
    guard let before = around[1], let after = around[2] else { return .incomparable }
    if let fault = fault(before) ?? fault(after) { return fault }
    let (old, new) = (before.compared(property), after.compared(property))
    var finding = old.isEmpty || new.isEmpty ? Finding.incomparable : .holds
    for entry in old {
      let steps = around.map { $0?.compared(property).position(of: entry.instance) }
      guard let from = steps[1] ?? nil, let to = steps[2] ?? nil,
        let other = new.first(where: { $0.instance == entry.instance }),
        let jump = try? (to - from).magnitude
      else { continue }
      let slopes = [(steps[0], steps[1]), (steps[2], steps[3])].compactMap { low, high in
        guard let low = low ?? nil, let high = high ?? nil else { return Number?.none }
        return (try? high - low)?.magnitude
      }
      let allowed = try? (slopes.max() ?? .zero) + (tolerance ?? smallestStep)
      guard let allowed, jump > allowed else { continue }
      let change = Change.rises(fact)
      if entry.isExempt || other.isExempt || isCliff(change, before, after, sketch, key) {
        finding = .acknowledged
        continue
      }
      return .broken(
        Breach(
          words: "`\(entry.name)` jumps from \(text(entry, before)) to \(text(other, after)) "
            + "when \(words(change, sketch, key, before, after))",
          households: [("before", before), ("after", after)]))
    }
    return finding
  }

  /// How far rounding alone makes a value jump: the step that the rule rounds to, else the currency's smallest coin.
  private var smallestStep: Number {
    let type: ValueType
    var rounded: RuleID?
    switch property.of {
    case .rule(let rule, let output):
      type = program.type(of: rule, output)
      rounded = rule
    case .benefit(let benefit):
      let amount = program.benefits[benefit].amount
      type = amount?.type ?? .boolean
      if case .rule(let rule, _, nil)? = amount?.kind { rounded = rule }
    }
    if let step = rounded.flatMap({ program.rules[$0].round?.step }),
      case .constant(.number(let number)) = step.kind
    {
      return number
    }
    guard case .number(let number) = type.present, let currency = number.unit.currency else {
      return .zero
    }
    return Unit.minorUnit(ofCurrency: currency) ?? .zero
  }

  // MARK: - Order

  private func finding(_ sketch: HouseholdSketch, _ key: Int, _ place: PlaceID) -> Finding {
    guard let member = sketch.member(key),
      let slot = program.entities[member.entity].places.firstIndex(of: place),
      member.places[slot].count > 1, let before = measure(sketch)
    else { return .incomparable }
    if let fault = fault(before) { return fault }
    let held = member.places[slot]
    // Every order comes of turning round and of moving the first to the end.
    for order in [held.reversed(), Array(held.dropFirst() + held.prefix(1))] {
      let turned = sketch.changing(key) { $0.places[slot] = order }
      guard let after = measure(turned) else { return .incomparable }
      if let fault = fault(after) { return fault }
      for entry in before.entries {
        guard let other = after.entries.first(where: { $0.name == entry.name }),
          other.value != entry.value
        else { continue }
        if entry.isExempt || other.isExempt { return .acknowledged }
        let name = program.places[place].name
        return .broken(
          Breach(
            words: "`\(entry.name)` is \(text(entry, before)), and \(text(other, after)) "
              + "when `\(name)` are given in another order",
            households: [("one order", before), ("another", after)]))
      }
    }
    return .holds
  }

  // MARK: - Cliffs

  /// Whether the law is known to make a sudden loss there.
  private func isCliff(
    _ change: Change, _ before: Measurement, _ after: Measurement, _ sketch: HouseholdSketch,
    _ key: Int
  ) -> Bool {
    program.cliffs.contains { cliff in
      guard cliff.of == property.of else { return false }
      guard let when = cliff.when else { return true }
      guard when.concerns(change) else { return false }
      guard let at = cliff.at, let fact = change.fact else { return true }
      guard let member = sketch.member(key), let slot = slot(of: fact, in: member),
        let instance = before.household.facts.instance(member.id, of: member.entity),
        let place = before.evaluator.value(of: at, for: instance).knownValue?.position,
        let one = member.facts[slot].position,
        let other = after.household.facts.state(of: fact, for: instance).position
      else { return false }
      return min(one, other) <= place && place <= max(one, other)
    }
  }

  // MARK: - Words

  private func text(_ entry: Measurement.Entry, _ measured: Measurement) -> String {
    text(entry.value, measured)
  }

  private func text(_ value: Value, _ measured: Measurement) -> String {
    ValueText(program, measured.household.facts).text(value, type)
  }

  private var type: ValueType {
    switch property.of {
    case .rule(let rule, let output): return program.type(of: rule, output)
    case .benefit(let id):
      let benefit = program.benefits[id]
      return (benefit.amount ?? benefit.payments.first?.amount)?.type
        ?? .number(NumberType(isInteger: true))
    }
  }

  /// `household.income` rises from 900 EUR to 900.01 EUR
  private func words(
    _ change: Change, _ sketch: HouseholdSketch, _ key: Int, _ before: Measurement,
    _ after: Measurement
  ) -> String {
    guard let member = sketch.member(key) else { return "nothing changes" }
    guard let fact = change.fact else {
      let isAdded = if case .grows = change { true } else { false }
      return "`\(member.id)` \(isAdded ? "is added" : "is taken out")"
    }
    let name = "\(program.entities[member.entity].name).\(program.facts[fact].name)"
    func value(_ measured: Measurement) -> String {
      guard let instance = measured.household.facts.instance(member.id, of: member.entity),
        case .known(let value) = measured.household.facts.state(of: fact, for: instance)
      else { return "nothing" }
      return ValueText(program, measured.household.facts).text(value, program.facts[fact].type)
    }
    let verb =
      switch change {
      case .rises: "rises"
      case .falls: "falls"
      default: "changes"
      }
    return "`\(name)` \(verb) from \(value(before)) to \(value(after))"
  }
}

extension [Measurement.Entry] {
  fileprivate func position(of instance: Int32) -> Number? {
    first { $0.instance == instance }?.value.position
  }
}

extension Change {
  /// Whether a cliff at the one is met by the other: both are of the same fact or list, in whichever direction.
  fileprivate func concerns(_ other: Change) -> Bool {
    switch (self, other) {
    case (.grows(let one), .grows(let other)), (.grows(let one), .shrinks(let other)),
      (.shrinks(let one), .grows(let other)), (.shrinks(let one), .shrinks(let other)):
      one == other
    default: fact != nil && fact == other.fact
    }
  }
}
