import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaTesting
import AnnonaValues
import Foundation
import Support
import Testing

/// What would change a decision, held against the decisions themselves for every rulebook: the change does what it says, and
/// nothing nearer does.
@Suite("Counterfactuals of the law") struct CounterfactualLawTests {
  static let seed: UInt64 = 61_007

  struct Subject: Sendable, CustomTestStringConvertible {
    let id: String
    let program: Program
    let households: [Household]
    var testDescription: String { id }
  }

  /// A few households of each rulebook's fixtures.
  static let subjects: [Subject] = {
    guard let suites = try? FixtureTests.suites.get() else { return [] }
    var dice = SeededRandom(seed: seed)
    return suites.map { suite in
      let households = (0..<4).compactMap { _ in
        suite.fixtures.isEmpty ? nil : suite.fixtures[dice.below(suite.fixtures.count)]
      }
      return Subject(
        id: suite.program.id, program: suite.program, households: households.map { Household($0) })
    }
  }()

  /// All facts are taken for changeable, so that as many as there are are tried.
  @Test(arguments: subjects) func flipsAndNothingNearerDoes(_ subject: Subject) throws {
    var dice = SeededRandom(seed: Self.seed)
    for household in subject.households {
      let decision = decide(subject.program, household.facts, today: household.today)
      for one in decision.benefits
      where one.member != nil || subject.program.benefits[one.benefit].members == nil {
        let found = counterfactuals(
          subject.program, household.facts, today: household.today,
          of: .benefit(one.benefit, for: one.member)
        ) { _ in true }
        for change in found {
          let fault = try fault(of: change, one, subject.program, household, &dice)
          #expect(fault == nil, "\(subject.id), seed \(Self.seed), \(change)")
        }
      }
    }
  }

  private func fault(
    of change: Counterfactual, _ one: BenefitDecision, _ program: Program, _ household: Household,
    _ dice: inout SeededRandom
  ) throws -> String? {
    func decided(_ value: Value) -> (Outcome, Number)? {
      var builder = Case.Builder(program, from: household.facts)
      builder.set(change.fact.fact, of: change.fact.instance, to: .known(value))
      let after = decide(program, builder.build(), today: household.today)
      return after.benefits.first { $0.benefit == one.benefit && $0.member == one.member }
        .map { ($0.outcome, Self.paid($0)) }
    }
    guard let then = decided(change.then), let now = decided(change.now) else {
      return "a decision is gone"
    }
    if then != (change.outcome ?? .error, change.amount) {
      return "with the change it is \(then)"
    }
    if now != (one.outcome, change.amountNow) { return "as it is, it is \(now)" }
    if then == now { return "nothing changes" }
    guard case (.number(let from), .number(let to)) = (change.now, change.then),
      let step = program.facts[change.fact.fact].step
    else { return nil }
    let nearer = try to < from ? to + step : to - step
    let flips = Self.isEntitled(then.0) != Self.isEntitled(now.0)
    // Every cent next to it, and some anywhere between.
    var tried: [Number] = []
    let between = try ((to - from).magnitude / step).integer ?? 1
    for offset in 0..<min(40, between) {
      tried.append(try to < from ? nearer + step * Number(offset) : nearer - step * Number(offset))
    }
    for _ in 0..<20 {
      let offset = 1 + dice.below(max(between - 1, 1))
      tried.append(try to < from ? to + step * Number(offset) : to - step * Number(offset))
    }
    for x in tried where x != from {
      guard let near = decided(.number(x)) else { return "a decision is gone" }
      if flips, Self.isEntitled(near.0) == Self.isEntitled(then.0) {
        return "\(x) is nearer, and has the same outcome"
      }
      if x == nearer, near == then { return "\(x) is nearer, and comes to the same" }
    }
    // As far as it is said to hold, the outcome does.
    guard let through = change.through else { return nil }
    return decided(.number(through))?.0 == then.0 ? nil : "it does not hold through \(through)"
  }

  private static func isEntitled(_ outcome: Outcome) -> Bool { outcome == .entitled }

  private static func paid(_ decision: BenefitDecision) -> Number {
    guard decision.outcome == .entitled else { return .zero }
    if case .number(let number)? = decision.amount?.knownValue { return number }
    return decision.plan?.total ?? .zero
  }

  /// The library looks at what the rulebook calls changeable, and at nothing else.
  @Test(arguments: subjects) func namesOnlyWhatPeopleCanChange(_ subject: Subject) throws {
    let rulebook = try #require(LawRulebook.load(subject.id).rulebook)
    for household in subject.households {
      let decided = rulebook.decide(household.facts, on: household.today)
      for benefit in decided.benefits {
        for change in decided.counterfactuals(of: benefit) {
          #expect(rulebook.program.facts[change.fact.fact].isChangeable)
          #expect(!decided.text(of: change).isEmpty)
        }
      }
    }
  }

  struct Tier: Sendable, CustomTestStringConvertible {
    let income: Int
    let children: String
    let sentence: String
    let tier: String
    var testDescription: String { "income \(income)" }
  }

  /// 14 times the IAS of 2024 is 7 129.64: the second tier ends there and the fourth at 2.5 times that, both doubled for one child.
  @Test(arguments: [
    Tier(
      income: 36_000, children: "maria: { birth_date: 2024-09-10 }",
      sentence:
        "86.53 EUR/month with The household's yearly income up to 35 648.20 EUR/year (now 36 000.00 EUR/year); Income tier: 4 instead of 5 [Decree-Law 176/2003 of 2 August, art. 14 n.º 2]",
      tier:
        "4 with The household's yearly income up to 35 648.20 EUR/year (now 36 000.00 EUR/year) [Decree-Law 176/2003 of 2 August, art. 14 n.º 2]"
    ),
    Tier(
      income: 15_000, children: "maria: { birth_date: 2024-09-10 }",
      sentence:
        "158.17 EUR/month with The household's yearly income up to 14 259.28 EUR/year (now 15 000.00 EUR/year); Income tier: 2 instead of 3 [Decree-Law 176/2003 of 2 August, art. 14 n.º 2]",
      tier:
        "2 with The household's yearly income up to 14 259.28 EUR/year (now 15 000.00 EUR/year) [Decree-Law 176/2003 of 2 August, art. 14 n.º 2]"
    ),
  ])
  func theNextTierOfTheFamilyAllowance(_ row: Tier) throws {
    let rulebook = try #require(LawRulebook.load("pt.abono_de_familia").rulebook)
    let text = """
      { today: 2025-03-01, household: { income: \(row.income), income_year: 2024, lone_parent: false,
        assets: 0, children: { \(row.children) } } }
      """
    let facts = try rulebook.readCase(SourceFile(path: "case.yaml", text: text))
    let today = try #require(facts.today)
    let decided = rulebook.decide(facts, on: today)
    let child = try #require(decided.benefits.first)
    let change = try #require(decided.counterfactuals(of: child).first)
    #expect(decided.text(of: change, in: "en").visible == row.sentence)
    let tier = try decided.counterfactuals(of: rulebook.program.rule("household.tier"), for: 0)
    #expect(tier.first.map { decided.text(of: $0, in: "en").visible } == row.tier)
  }
}
