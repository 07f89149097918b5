import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaTesting
import AnnonaValues
import Foundation
import Support
import Testing

/// A sweep of every rulebook's benefits over every number that they depend on is what the decisions say, value by value.
@Suite struct SweptLawTests {
  static let seed: UInt64 = 20_261

  struct Subject: Sendable, CustomTestStringConvertible {
    let id: String
    let household: Household
    let program: Program
    let fact: CaseFact
    let goal: SweepGoal

    var testDescription: String {
      "\(id) \(ValueText(program, household.facts).id(of: fact.fact, for: fact.instance)) \(goal)"
    }
  }

  /// One household of each rulebook's fixtures: one that is entitled, with as many members as there are.
  static let subjects: [Subject] = {
    guard let suites = try? FixtureTests.suites.get() else { return [] }
    return suites.flatMap { suite -> [Subject] in
      let fixtures = suite.fixtures
      let entitled = fixtures.filter { fixture in
        decide(suite.program, fixture.facts, today: fixture.today).benefits.contains {
          $0.outcome == .entitled
        }
      }
      guard
        let fixture = entitled.max(by: { $0.facts.instances.count < $1.facts.instances.count })
          ?? fixtures.first
      else { return [] }
      return subjects(suite.program.id, suite.program, Household(fixture))
    }
  }()

  static func subjects(_ id: String, _ program: Program, _ household: Household) -> [Subject] {
    let decisions = decide(program, household.facts, today: household.today).benefits
    var subjects: [Subject] = []
    for (index, instance) in household.facts.instances.enumerated() {
      for fact in program.entities[instance.entity].facts {
        guard case .number = program.facts[fact].type.present else { continue }
        let swept = CaseFact(fact, of: Int32(index))
        let sweeper = Sweeper(program, household.facts, household.today, [], swept)
        for decision in decisions where sweeper.depends(decision.benefit) {
          guard decision.member != nil || program.benefits[decision.benefit].members == nil else {
            continue
          }
          subjects.append(
            Subject(
              id: id, household: household, program: program, fact: swept,
              goal: .benefit(decision.benefit, for: decision.member)))
        }
      }
    }
    return subjects
  }

  @Test func areFound() {
    let ids = Set(Self.subjects.map(\.id))
    #expect(ids.isSuperset(of: ["pt.abono_de_familia", "nz.rates_rebate", "uk.child_benefit"]))
    #expect(Self.subjects.count > 20)
  }

  @Test(arguments: subjects) func isWhatEveryDecisionSays(_ subject: Subject) throws {
    let household = subject.household
    let sweeper = Sweeper(
      subject.program, household.facts, household.today, [], subject.fact)
    // A number without a step is swept in whole ones.
    let step = subject.program.facts[subject.fact.fact].step ?? .one
    let swept = try sweeper.sweep(subject.goal, step: step)
    try expectContiguous(swept)
    var dice = SeededRandom(seed: Self.seed)
    for _ in 0..<6 {
      // Around the end of a piece, or anywhere.
      let piece = swept.pieces[dice.below(swept.pieces.count)]
      let size = try ((piece.through - piece.from) / swept.step).integer ?? 0
      let middle = dice.below(2) == 0 ? size : dice.below(size)
      for offset in -25...25 {
        let x = try piece.from + swept.step * Number(middle + offset)
        guard swept.from <= x, x <= swept.through else { continue }
        expect(swept, sweeper, at: x)
      }
    }
  }

  private func expectContiguous(_ swept: Sweep) throws {
    var next = swept.from
    for piece in swept.pieces {
      try #require(piece.from == next)
      try #require(piece.from <= piece.through)
      next = try piece.through + swept.step
    }
    #expect(try swept.through + swept.step == next)
  }

  private func isMoney(_ type: ValueType) -> Bool {
    guard case .number(let number) = type.present else { return false }
    return number.unit.currency != nil
  }

  private func expect(_ swept: Sweep, _ sweeper: Sweeper, at x: Number) {
    guard let piece = swept.piece(at: x) else {
      Issue.record("no piece at \(x)")
      return
    }
    let decided = sweeper.decided(swept.goal, at: x)
    if case .notDecided(let why) = piece.content {
      #expect(why != .unconfirmed, "seed \(Self.seed), \(x)")
      // What turns on a row that is open may be the same by every row, which a sweep does not see.
      if case .open = why, !isMoney(swept.factType) { return }
      #expect(decided == nil, "seed \(Self.seed), \(x), \(why)")
      return
    }
    var found = piece.content
    if case .amount(let line, let outcome) = piece.content, let amount = try? line.value(at: x) {
      found = .amount(SteppedLine(amount), outcome)
    }
    #expect(found == decided, "seed \(Self.seed), \(x)")
  }
}
