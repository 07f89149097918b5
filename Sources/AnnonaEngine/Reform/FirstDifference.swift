import AnnonaLanguage
import AnnonaValues

/// Why a decision of one program is another one by a second program.
package enum DifferenceCause: Sendable, Hashable {
  /// The rule behind it: of those that say something else in both, the first in the order read with which, had it come
  /// to what it did before, the decision would be what it was; where none is enough by itself, the first that differs.
  case rule(name: String)
  /// No rule that both read differs: the benefit itself reads something else.
  case benefit
}

extension Evaluator {
  /// Looks for the rule that makes two decisions of one benefit differ.
  ///
  /// - Parameters:
  ///   - decision: made by this evaluator's program.
  ///   - other: of the second program, for the same household.
  ///   - counterpart: what the second program decides for the same member.
  ///   - changed: the names of the rules that say something else in both.
  package func firstDifference(
    of decision: BenefitDecision, from other: Evaluator, _ counterpart: BenefitDecision,
    among changed: Set<String>
  ) -> DifferenceCause {
    let (one, two) = (deciding(decision), other.deciding(counterpart))
    var search = DifferenceSearch(one, two)
    search.index(two.reads(of: counterpart))
    for number in one.reads(of: decision) { search.look(number) }
    guard let first = search.found.first else { return .benefit }
    let candidates = search.found.filter { changed.contains($0.name) }
    if candidates.count > 1 {
      for candidate in candidates where two.comesBack(to: decision, counterpart, candidate.former) {
        return .rule(name: candidate.name)
      }
    }
    return .rule(name: first.name)
  }

  /// Whether a decision would be what the other program makes it, were a rule what it was there.
  private func comesBack(
    to former: BenefitDecision, _ decision: BenefitDecision, _ rule: [Supposition]
  ) -> Bool {
    if rule.isEmpty { return false }
    let supposing = Evaluator(
      program, facts, during: clock.today, assumptions: decision.assumptions,
      suppose: supposed + rule)
    let again = supposing.decide(decision.benefit).first { $0.member == decision.member }
    return again.map {
      $0.outcome == former.outcome && $0.amount?.knownValue == former.amount?.knownValue
    } ?? false
  }

  /// It is looked at with the assumptions that it was decided with.
  private func deciding(_ decision: BenefitDecision) -> Evaluator {
    decision.assumptions == assumptions
      ? self
      : Evaluator(
        program, facts, during: clock.today, assumptions: decision.assumptions, suppose: supposed)
  }

  /// The memo's entries that a benefit reads itself, in order.
  fileprivate func reads(of decision: BenefitDecision) -> [Int32] {
    let benefit = program.benefits[decision.benefit]
    let before = progress
    defer { restore(before) }
    for part in parts(of: decision) where part.date == nil {
      _ = settle { self.evaluate(part.expression, benefit, decision.member ?? 0) }
    }
    return Array(reads[before.reads...])
  }
}

/// Walks what one evaluator read beside what the other did.
private struct DifferenceSearch {
  private struct Name: Hashable {
    let rule: String
    let instance: String
    let clock: Clock
    let output: Int?
  }

  private let one: Evaluator
  private let other: Evaluator
  private let names: ValueText
  private let otherNames: ValueText
  private var counterparts: [Name: Int32] = [:]
  private var seen: Set<Int32> = []

  /// A rule that comes to something else, and what it came to before for each whom it was read for.
  struct Found {
    let name: String
    /// None where what it came to means nothing in the other program, or cannot be told.
    var former: [Supposition]
  }

  /// In the order read: whatever a rule reads stands before it.
  private(set) var found: [Found] = []

  init(_ one: Evaluator, _ other: Evaluator) {
    self.one = one
    self.other = other
    names = ValueText(one.program, one.facts)
    otherNames = ValueText(other.program, other.facts)
  }

  private static func name(
    _ entry: Memo.Entry, _ evaluator: Evaluator, _ names: ValueText
  ) -> Name {
    Name(
      rule: evaluator.program.rules[entry.key.rule].name,
      instance: names.name(of: entry.key.instance), clock: entry.key.clock,
      output: entry.key.output)
  }

  /// All that the second evaluator read on the way to its decision.
  mutating func index(_ numbers: [Int32]) {
    var left = numbers
    var met: Set<Int32> = []
    while let number = left.popLast() {
      guard met.insert(number).inserted else { continue }
      let entry = other.memo.entries[Int(number)]
      counterparts[Self.name(entry, other, otherNames)] = number
      left += other.memo.reads[entry.reads]
    }
  }

  /// Finds the rules that differ, of those read here.
  mutating func look(_ number: Int32) {
    var stack: [(number: Int32, next: Int)] = []
    if seen.insert(number).inserted { stack.append((number, 0)) }
    while let (number, next) = stack.last {
      let entry = one.memo.entries[Int(number)]
      if next < entry.reads.count {
        stack[stack.count - 1].next += 1
        let inner = one.memo.reads[entry.reads.lowerBound + next]
        if seen.insert(inner).inserted { stack.append((inner, 0)) }
        continue
      }
      stack.removeLast()
      if let counterpart = counterparts[Self.name(entry, one, names)],
        !isSame(entry, other.memo.entries[Int(counterpart)])
      {
        add(entry, other.memo.entries[Int(counterpart)])
      }
    }
  }

  private mutating func add(_ entry: Memo.Entry, _ counterpart: Memo.Entry) {
    let name = one.program.rules[entry.key.rule].name
    var former: [Supposition] = []
    switch entry.state {
    case .known(let value)
    where entry.key.output == nil
      && one.program.rules[entry.key.rule].type == other.program.rules[counterpart.key.rule].type:
      switch value {
      case .number, .boolean, .date:
        former = [
          Supposition(
            rule: counterpart.key.rule, instance: counterpart.key.instance, value: value)
        ]
      default: break
      }
    default: break
    }
    if let index = found.firstIndex(where: { $0.name == name }) {
      found[index].former =
        found[index].former.isEmpty || former.isEmpty
        ? [] : found[index].former + former
    } else {
      found.append(Found(name: name, former: former))
    }
  }

  private func isSame(_ entry: Memo.Entry, _ counterpart: Memo.Entry) -> Bool {
    switch (entry.state, counterpart.state) {
    case (.known(.number(let a)), .known(.number(let b))): a == b
    case (.known(.boolean(let a)), .known(.boolean(let b))): a == b
    default:
      text(entry.state, one.program.rules[entry.key.rule].type, names)
        == text(counterpart.state, other.program.rules[counterpart.key.rule].type, otherNames)
    }
  }

  /// What is known of it, and what it waits for.
  private func text(_ state: State, _ type: ValueType, _ names: ValueText) -> [String] {
    [names.text(state, type)] + state.waits.map { names.id(of: $0) }.sorted()
  }
}
