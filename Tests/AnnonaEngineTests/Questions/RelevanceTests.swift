import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

/// What is asked for, held against every household of a rulebook that is small enough: a fact is worth asking if some way of
/// completing the rest has two of its answers lead to different decisions.
@Suite struct RelevanceTests {
  static let seed: UInt64 = 6_021

  /// Every rulebook reads each of its facts once.
  @Test func readOnceAndOrNeedsNothingButWhatMatters() throws {
    let count = try compared(40) { RandomRules(seed: $0, kinds: [.yesOrNo], isLogic: true) }
    #expect(count.needless == 0)
    print("relevant facts, and/or/not of yes and no, each read once: \(count)")
  }

  @Test func readOnceNumbersAndChoicesAskForLittleElse() throws {
    let count = try compared(40) { RandomRules(seed: $0, kinds: Kind.allCases, isLogic: false) }
    // Two ranges that do not overlap leave one of `min` and `max` without a say, which ranges alone do not see.
    #expect(count.needless * 20 < count.asked)
    print("relevant facts, numbers and choices, each read once: \(count)")
  }

  /// Two appearances of one fact are not compared with each other.
  @Test func factsThatAreReadTwiceAreAskedForAtMost() throws {
    let count = try compared(40) {
      RandomRules(seed: $0, kinds: Kind.allCases, isLogic: false, repeats: true)
    }
    #expect(count.needless * 4 < count.asked)
    print("relevant facts, read more than once: \(count)")
  }

  enum Kind: CaseIterable { case yesOrNo, number, choice }

  struct Count: CustomStringConvertible {
    var households = 0
    var asked = 0
    var needless = 0
    var wide = 0
    var bounds = 0
    var description: String {
      "\(households) households, \(asked) facts asked for, \(needless) of them needless; \(wide) of \(bounds) bounds wider than the truth"
    }
  }

  private func compared(_ rounds: Int, _ make: (UInt64) -> RandomRules) throws -> Count {
    var count = Count()
    for round in 0..<rounds {
      let rules = make(Self.seed &+ UInt64(round))
      let found = try fault(rules, &count)
      #expect(found == nil, "seed \(Self.seed), round \(round)\n\(rules.text)")
      if found != nil { break }
    }
    return count
  }

  private struct Paid: Hashable {
    let outcome: Outcome
    let amount: Number
  }

  private func fault(_ rules: RandomRules, _ count: inout Count) throws -> String? {
    let law = try Law(rules.text)
    let today = try day("2025-03-01")
    let sizes = rules.kinds.map(RandomRules.size)
    func household(_ answers: [Int?]) -> Case {
      var builder = Case.Builder(law.program)
      for (index, answer) in answers.enumerated() {
        guard let answer else { continue }
        let value: Value =
          switch rules.kinds[index] {
          case .yesOrNo: .boolean(answer == 1)
          case .number: .number(Number(answer))
          case .choice: .choice(Int32(answer))
          }
        builder.set(FactID(index), to: .known(value))
      }
      return builder.build()
    }
    var truth: [[Int]: Paid] = [:]
    for whole in all(sizes) {
      let decision = decide(law.program, household(whole), today: today).benefits[0]
      guard decision.outcome == .entitled || decision.outcome == .notEntitled else {
        return "\(whole) is \(decision.outcome)"
      }
      let amount = decision.outcome == .entitled ? decision.amount?.known : nil
      truth[whole] = Paid(outcome: decision.outcome, amount: amount ?? .zero)
    }
    for partial in all(sizes.map { $0 + 1 }).map({ $0.map { $0 == 0 ? nil : $0 - 1 } }) {
      let known = household(partial)
      let decision = decide(law.program, known, today: today).benefits[0]
      let completions = all(sizes).filter { whole in
        zip(whole, partial).allSatisfy { $1 == nil || $0 == $1 }
      }
      let asked = Set(
        decision.openFacts.elements.compactMap { wait -> Int? in
          if case .fact(_, let id, _) = wait { return Int(id.index) }
          return nil
        })
      count.households += 1
      count.asked += asked.count
      for index in sizes.indices where partial[index] == nil {
        let matters = completions.contains { whole in
          (0..<sizes[index]).contains { other in
            var changed = whole
            changed[index] = other
            return truth[changed] != truth[whole]
          }
        }
        if matters, !asked.contains(index) { return "\(partial): fact \(index) is not asked for" }
        if !matters, asked.contains(index) { count.needless += 1 }
      }
      if let fault = boundsFault(decision, completions.compactMap { truth[$0]?.amount }, &count) {
        return "\(partial): \(fault)"
      }
      if let all = Questioning(law.program, known, today: today).completions(of: decision) {
        let outcomes = Set(completions.compactMap { truth[$0]?.outcome })
        if all.outcome != (outcomes.count == 1 ? outcomes.first : nil) {
          return "\(partial): displayed is \(String(describing: all.outcome))"
        }
        let amounts = completions.compactMap { truth[$0]?.amount }
        if all.bounds?.lower != amounts.min() || all.bounds?.upper != amounts.max() {
          return "\(partial): displayed are \(String(describing: all.bounds))"
        }
      }
    }
    return nil
  }

  /// Never narrower than the truth.
  private func boundsFault(
    _ decision: BenefitDecision, _ amounts: [Number], _ count: inout Count
  ) -> String? {
    guard decision.outcome == .undetermined, let bounds = decision.bounds else { return nil }
    if let outside = amounts.first(where: { !bounds.contains($0) }) {
      return "\(outside) is not within \(bounds)"
    }
    count.bounds += 1
    if bounds.lower != amounts.min() || bounds.upper != amounts.max() { count.wide += 1 }
    return nil
  }

  /// Every list with a number below each size.
  private func all(_ sizes: [Int]) -> [[Int]] {
    sizes.reduce([[]]) { lists, size in lists.flatMap { list in (0..<size).map { list + [$0] } } }
  }
}

extension State {
  fileprivate var known: Number? {
    if case .known(.number(let number)) = self { return number }
    return nil
  }
}

/// A rulebook of a few facts with few values each, whose conditions and amounts are made up.
private struct RandomRules {
  private(set) var text = ""
  let kinds: [RelevanceTests.Kind]
  private let isLogic: Bool
  private var dice: SeededRandom

  static func size(_ kind: RelevanceTests.Kind) -> Int { kind == .yesOrNo ? 2 : 3 }

  init(seed: UInt64, kinds: [RelevanceTests.Kind], isLogic: Bool, repeats: Bool = false) {
    var dice = SeededRandom(seed: seed)
    let count = isLogic ? 5 : 4
    self.kinds = (0..<count).map { _ in kinds[dice.below(kinds.count)] }
    self.isLogic = isLogic
    self.dice = dice
    let facts = Array(0..<count)
    let split = 1 + self.dice.below(count - 1)
    let condition = truth(repeats ? facts : Array(facts[..<split]))
    let amount = number(repeats ? facts.reversed() : Array(facts[split...]))
    let declared = self.kinds.enumerated().map { index, kind in
      switch kind {
      case .yesOrNo: "f\(index): boolean"
      case .number: "f\(index): { type: integer, min: 0, max: 2 }"
      case .choice: "f\(index): kind"
      }
    }
    text = """
      choices: { kind: { a: A, b: B, c: C } }
      entities: { household: { facts: { \(declared.joined(separator: ", ")) } } }
      rules:
        household.condition: "\(condition)"
        household.amount: "(\(amount)) * 1 EUR"
      benefits: { grant: { entitled: household.condition, amount: household.amount } }
      """
  }

  private mutating func halves(_ facts: [Int]) -> ([Int], [Int]) {
    let at = 1 + dice.below(facts.count - 1)
    return (Array(facts[..<at]), Array(facts[at...]))
  }

  private mutating func truth(_ facts: [Int]) -> String {
    guard facts.count > 1 else {
      let name = "f\(facts[0])"
      switch kinds[facts[0]] {
      case .yesOrNo: return dice.below(3) == 0 ? "not \(name)" : name
      case .number: return "\(name) > \(dice.below(2))"
      case .choice: return "\(name) = \(["a", "b", "c"][dice.below(3)])"
      }
    }
    let (one, other) = halves(facts)
    if !isLogic, other.count > 1, dice.below(3) == 0 {
      let (yes, no) = halves(other)
      return "(if \(truth(one)) then \(truth(yes)) else \(truth(no)))"
    }
    return "(\(truth(one)) \(dice.below(2) == 0 ? "and" : "or") \(truth(other)))"
  }

  private mutating func number(_ facts: [Int]) -> String {
    if isLogic { return "if \(truth(facts)) then 3 else 5" }
    guard facts.count > 1 else {
      return kinds[facts[0]] == .number
        ? "f\(facts[0])" : "(if \(truth(facts)) then \(dice.below(3)) else \(3 + dice.below(3)))"
    }
    let (one, other) = halves(facts)
    switch dice.below(5) {
    case 0: return "min(\(number(one)), \(number(other)))"
    case 1: return "max(\(number(one)), \(number(other)))"
    case 2: return "(\(number(one)) + \(number(other)))"
    case 3: return "(\(number(one)) * 2 + \(number(other)))"
    default: return "(if \(truth(one)) then \(number(other)) else 1)"
    }
  }
}
