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

/// Random numbers that come again for the same seed (SplitMix64).
package struct Dice: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[Int(next() % UInt64(elements.count))]
  }

  mutating func isRare(_ part: Int, in whole: Int) -> Bool { Int(next() % UInt64(whole)) < part }
}
