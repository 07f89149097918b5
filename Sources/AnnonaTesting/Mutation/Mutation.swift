import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Changes a rulebook in every small way, one at a time, and asks whether its fixtures notice.
package struct Mutation {
  /// A mutant that no fixture noticed, with a household that tells it apart where one was found.
  package struct Survivor: Sendable {
    package let mutant: Mutant
    package let difference: Difference?
  }

  /// A household for which the rulebook and a mutant of it decide otherwise.
  package struct Difference: Sendable {
    package let household: Household
    /// `support/ana`, `household.tier`
    package let name: String
    /// By the rulebook, and by the mutant.
    package let now: String
    package let changed: String
  }

  /// A mutant of which it is proved that it changes nothing.
  package struct Equivalent: Sendable {
    package let mutant: Mutant
    package let ground: EquivalenceGround
  }

  /// Of the mutants that change something, so many are noticed.
  package struct Score: Sendable, Hashable {
    package let change: Mutant.Change
    package let killed: Int
    package let total: Int

    /// Never rounded up.
    package var percent: Int { total == 0 ? 100 : killed * 100 / total }
  }

  package struct Result: Sendable {
    /// By the kind of change; one with no mutant is left out.
    package let scores: [Score]
    package let survivors: [Survivor]
    package let equivalents: [Equivalent]
    /// Cases that fail without any change, and so can notice none.
    package let failing: Int
    package var killed: Int { scores.reduce(0) { $0 + $1.killed } }
    package var total: Int { scores.reduce(0) { $0 + $1.total } }
    package var percent: Int { total == 0 ? 100 : killed * 100 / total }
  }

  /// What a run is busy with, and how far it is.
  package enum Progress: Sendable {
    case changes(done: Int, of: Int)
    case survivors(done: Int, of: Int)
  }

  package let suite: FixtureSuite
  private let reads: ProgramReads
  package let mutants: [Mutant]

  /// - Parameter isWanted: which mutants are tried; all of them where nothing is said.
  package init(_ suite: FixtureSuite, where isWanted: (Mutant) -> Bool = { _ in true }) {
    self.suite = suite
    reads = ProgramReads(suite.program)
    mutants = MutantList(suite.program, reads).mutants.filter(isWanted)
  }

  /// - Parameters:
  ///   - tries: how many households are tried to tell a survivor apart.
  package func run(
    tries: Int, seed: UInt64, progress: (Progress) -> Void = { _ in }
  ) -> Result {
    var noticing = Noticing(suite)
    var killed: [Mutant.Change: Int] = [:]
    var total: [Mutant.Change: Int] = [:]
    var unnoticed: [Mutant] = []
    for (index, mutant) in mutants.enumerated() {
      total[mutant.change, default: 0] += 1
      if noticing.isNoticed(mutant) {
        killed[mutant.change, default: 0] += 1
      } else {
        unnoticed.append(mutant)
      }
      progress(.changes(done: index + 1, of: mutants.count))
    }
    let proof = EquivalenceProof(suite.program)
    var telling = TellingApart(suite, reads, tries: tries, seed: seed)
    var survivors: [Survivor] = []
    var equivalents: [Equivalent] = []
    for (index, mutant) in unnoticed.enumerated() {
      if let ground = Self.ground(mutant, proof) {
        equivalents.append(Equivalent(mutant: mutant, ground: ground))
        total[mutant.change, default: 0] -= 1
      } else {
        survivors.append(Survivor(mutant: mutant, difference: telling.difference(mutant)))
      }
      progress(.survivors(done: index + 1, of: unnoticed.count))
    }
    let scores = Mutant.Change.allCases.compactMap { change -> Score? in
      guard let total = total[change], total > 0 else { return nil }
      return Score(change: change, killed: killed[change] ?? 0, total: total)
    }
    return Result(
      scores: scores, survivors: survivors, equivalents: equivalents, failing: noticing.failing)
  }

  /// Why a mutant changes nothing; `nil` where that is not proved.
  package static func ground(_ mutant: Mutant, _ proof: EquivalenceProof) -> EquivalenceGround? {
    switch mutant.question {
    case .settled(let ground): ground
    case .equivalence(let question, let place): proof.ground(question, place)
    case nil: nil
    }
  }
}

/// Runs fixtures against mutants: only those that can reach what is changed, and the likely ones first.
private struct Noticing {
  private let program: Program
  private let fixtures: [(fixture: Fixture, exercise: Exercise, places: Set<Span>)]
  let failing: Int
  /// Positions of fixtures, the one that noticed something last in front.
  private var order: [Int]

  init(_ suite: FixtureSuite) {
    program = suite.program
    var kept: [(fixture: Fixture, exercise: Exercise, places: Set<Span>)] = []
    for fixture in suite.fixtures {
      let exercise = Exercise()
      guard FixtureRunner(suite.program, noting: exercise).holds(fixture) else { continue }
      kept.append((fixture, exercise, exercise.places))
    }
    fixtures = kept
    failing = suite.fixtures.count - kept.count
    order = Array(kept.indices)
  }

  mutating func isNoticed(_ mutant: Mutant) -> Bool {
    let candidates = order.filter { reaches(fixtures[$0], mutant.edit) }
    let near = candidates.filter { position in
      fixtures[position].places.contains { $0.overlaps(mutant.span) }
    }
    let runner = FixtureRunner(mutant.program(from: program))
    let isNear = Set(near)
    for position in near + candidates.filter({ !isNear.contains($0) })
    where !runner.holds(fixtures[position].fixture) {
      order.removeAll { $0 == position }
      order.insert(position, at: 0)
      return true
    }
    return false
  }

  /// Whether anything that a fixture expects can rest on what is changed.
  private func reaches(
    _ run: (fixture: Fixture, exercise: Exercise, places: Set<Span>), _ edit: Mutant.Edit
  ) -> Bool {
    switch edit {
    case .rule(let id, _): run.exercise.touchedRules.contains(id)
    case .parameter(let id, _, let entries):
      entries.isEmpty || !(run.exercise.touchedPeriods[id] ?? []).isDisjoint(with: entries)
    case .benefit(let id, _):
      run.fixture.expectations.contains { expectation in
        if case .benefit(id, _) = expectation.subject { return true }
        return false
      }
    // A function notes nothing of its own.
    case .function: true
    }
  }
}

extension Exercise {
  /// Everything that was exercised and has a place.
  fileprivate var places: Set<Span> {
    chosen.union(applied.keys).union(boundaries.keys).union(conditions.keys)
  }
}

extension Span {
  func overlaps(_ other: Span) -> Bool {
    file == other.file && start < other.end && other.start < end
  }
}
