import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Looks for households that exercise what no fixture does yet; what must come out of them is left to the author and the law.
package struct Suggesting {
  /// A household and what it would add.
  package struct Suggestion: Sendable {
    package let household: Household
    package let covers: [CoverageItem]
  }

  private let program: Program
  private let bounds: BoundSearch
  private var search: HouseholdSearch
  private var missing: [CoverageItem]
  /// Households to begin from: each added something.
  private var corpus: [Household]
  private var found: [Suggestion] = []
  /// What the fixtures, and the households kept so far, exercise together.
  private let known = Exercise()

  package init(_ suite: FixtureSuite, seed: UInt64) {
    program = suite.program
    bounds = BoundSearch(program, ProgramReads(program))
    search = HouseholdSearch(program, seed: seed)
    _ = SuiteRun(suite, noting: known)
    let known = known
    missing = Inventory(program).items.filter { !known.covers($0) }
    corpus = suite.fixtures.map { Household($0) }
    if corpus.isEmpty, let first = search.first() { corpus = [first] }
  }

  /// Those found in so many tries, and what is still missing then.
  package mutating func run(tries: Int) -> (suggestions: [Suggestion], missing: [CoverageItem]) {
    for household in corpus { keep(household) }
    for _ in 0..<tries where !missing.isEmpty {
      guard let from = search.pick(corpus) else { break }
      keep(search.neighbour(of: from))
    }
    for item in missing { approach(item) }
    return (found, missing)
  }

  /// Keeps a household that exercises something new.
  private mutating func keep(_ household: Household) {
    let exercise = exercise(household)
    // Two cases that differ in one condition show together that it matters.
    exercise.add(known)
    let covered = missing.filter { exercise.covers($0) }
    guard !covered.isEmpty else { return }
    missing.removeAll { exercise.covers($0) }
    known.add(exercise)
    corpus.append(household)
    found.append(Suggestion(household: household, covers: covered))
  }

  /// All that the rules rest on that something is missing of, and its decisions where nothing else is.
  private func exercise(_ household: Household) -> Exercise {
    let rules = Set(missing.compactMap(\.rule)).sorted()
    return household.exercise(program, rules, decides: missing.contains { $0.rule == nil })
  }

  /// Moves a household to a bound that is missing.
  private mutating func approach(_ item: CoverageItem) {
    guard case .boundary(let place, _) = item.goal else { return }
    func isOpen() -> Bool {
      missing.contains { if case .boundary(place, _) = $0.goal { true } else { false } }
    }
    guard isOpen() else { return }
    for (low, high) in bounds.neighbours(of: place, item.rule, from: corpus) {
      keep(low)
      keep(high)
      if !isOpen() { return }
    }
  }
}
