import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Looks for cliffs that no rulebook owns up to: each household of the fixtures is swept over each of its amounts of money.
package struct CliffCheck {
  /// One for each benefit, fact and provision, at the first household that shows it.
  package private(set) var diagnostics: [Diagnostic] = []
  /// How many households were swept; those that differ in the swept fact alone count once.
  package private(set) var households = 0

  private let program: Program
  private var seen: Set<Found> = []
  private var swept: [CaseFact: Set<SweptHousehold>] = [:]

  private struct Found: Hashable {
    let benefit: BenefitID
    let fact: FactID
    let turn: TurningPoint?
  }

  private struct SweptHousehold: Hashable {
    let facts: Case
    let today: CalendarDate
    let suppositions: [Supposition]
  }

  package init(_ suite: FixtureSuite) {
    program = suite.program
    for fixture in suite.fixtures { sweep(Household(fixture)) }
  }

  private mutating func sweep(_ household: Household) {
    var isNew = false
    for (index, instance) in household.facts.instances.enumerated() {
      for id in program.entities[instance.entity].facts where isMoney(id) {
        guard case .known(.number) = household.facts.state(of: id, for: Int32(index)) else {
          continue
        }
        let fact = CaseFact(id, of: Int32(index))
        let rest = household.setting(id, of: Int32(index), to: .notGiven, program)
        let key = SweptHousehold(
          facts: rest.facts, today: rest.today, suppositions: rest.suppositions)
        guard swept[fact, default: []].insert(key).inserted else { continue }
        isNew = true
        sweep(household, over: fact)
      }
    }
    if isNew { households += 1 }
  }

  private func isMoney(_ id: FactID) -> Bool {
    guard case .number(let type) = program.facts[id].type.present else { return false }
    return type.unit.currency != nil
  }

  private mutating func sweep(_ household: Household, over fact: CaseFact) {
    let sweeper = Sweeper(
      program, household.facts, household.today, household.suppositions, fact)
    let decisions = decide(
      program, household.facts, today: household.today, suppose: household.suppositions
    ).benefits
    for decision in decisions where sweeper.depends(decision.benefit) {
      guard decision.member != nil || program.benefits[decision.benefit].members == nil,
        let sweep = try? sweeper.sweep(.benefit(decision.benefit, for: decision.member))
      else { continue }
      for fall in sweep.falls {
        let found = Found(benefit: decision.benefit, fact: fact.fact, turn: fall.turn)
        guard !seen.contains(found),
          sweep.cliff(behind: fall, in: program, household.facts, on: household.today) == nil
        else { continue }
        seen.insert(found)
        diagnostics.append(.cliff(fall, sweep, decision.benefit, program, household))
      }
    }
  }
}
