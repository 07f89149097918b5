import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A case with its date: what a search tries.
package struct Household: Sendable {
  package var facts: Case
  package var today: CalendarDate
  package var suppositions: [Supposition] = []

  package init(_ fixture: Fixture) {
    facts = fixture.facts
    today = fixture.today
    suppositions = fixture.suppositions
  }

  package init(facts: Case, today: CalendarDate) {
    self.facts = facts
    self.today = today
  }

  func setting(_ fact: FactID, of instance: Int32, to state: FactState, _ program: Program) -> Self
  {
    var changed = self
    var builder = Case.Builder(program, from: facts)
    builder.set(fact, of: instance, to: state)
    changed.facts = builder.build()
    return changed
  }
}
