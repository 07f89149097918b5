import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// The shortest way of asking that there is, where there are few enough households to look at all of them.
///
/// Every household counts alike whose facts have the values at which the rulebook may change its mind.
package struct ShortestInterview {
  package struct Comparison: Sendable {
    /// How many households.
    package let households: Int
    package let ours: Number
    package let shortest: Number
  }

  /// No more ways of having answered some questions and not others are looked at.
  private static let mostStates = 20_000

  private let program: Program
  private let today: CalendarDate?
  private var facts: [(id: FactID, answers: [FactState])] = []
  private var isSmall = true

  init(_ program: Program) {
    self.program = program
    today = program.inForce.from ?? CalendarDate(year: 2024, month: 6, day: 15)
    guard program.entities.count == 1, program.places.isEmpty, let today else {
      isSmall = false
      return
    }
    let pool = ValuePool(program)
    var states = 1
    for id in program.entities[program.caseEntity].facts where program.facts[id].isAskedFor {
      let answers = pool.states(of: program.facts[id], today: today)
      facts.append((id, answers))
      states *= answers.count + 1
      guard states <= Self.mostStates, !answers.isEmpty || isText(id) else {
        isSmall = false
        return
      }
    }
  }

  private func isText(_ id: FactID) -> Bool { program.facts[id].type.present == .text }

  /// `nil` where there are too many households, or members to be asked for.
  func compare() -> Comparison? {
    guard isSmall, let today else { return nil }
    var search = Search(program: program, today: today, facts: facts)
    let (ours, shortest) = search.lengths(Array(repeating: -1, count: facts.count))
    let count = facts.reduce(1) { $0 * max($1.answers.count, 1) }
    return Comparison(households: count, ours: ours, shortest: shortest)
  }

  private struct Search {
    let program: Program
    let today: CalendarDate
    let facts: [(id: FactID, answers: [FactState])]
    private var known: [[Int]: (ours: Number, shortest: Number)] = [:]

    init(
      program: Program, today: CalendarDate, facts: [(id: FactID, answers: [FactState])]
    ) {
      self.program = program
      self.today = today
      self.facts = facts
    }

    /// The mean number of further questions, where those facts have an answer whose number is not negative.
    mutating func lengths(_ given: [Int]) -> (ours: Number, shortest: Number) {
      if let found = known[given] { return found }
      var builder = Case.Builder(program)
      for (slot, answer) in given.enumerated() where answer >= 0 {
        builder.set(facts[slot].id, to: facts[slot].answers[answer])
      }
      let household = builder.build()
      let decision = decide(program, household, today: today)
      let relevant = Questioning(program, household, today: today)
        .relevantFacts(for: decision.benefits)
      var ours: Number?
      var shortest: Number?
      for fact in relevant {
        guard case .fact(_, let id, _) = fact.wait,
          let slot = facts.firstIndex(where: { $0.id == id }), !facts[slot].answers.isEmpty
        else { continue }
        var sums = (ours: Number.zero, shortest: Number.zero)
        for answer in facts[slot].answers.indices {
          var more = given
          more[slot] = answer
          let rest = lengths(more)
          sums.ours = (try? sums.ours + rest.ours) ?? sums.ours
          sums.shortest = (try? sums.shortest + rest.shortest) ?? sums.shortest
        }
        let count = Number(facts[slot].answers.count)
        let (mine, best) = (mean(sums.ours, count), mean(sums.shortest, count))
        ours = ours ?? mine
        shortest = shortest.map { min($0, best) } ?? best
      }
      let found = (ours: ours ?? .zero, shortest: shortest ?? .zero)
      known[given] = found
      return found
    }

    private func mean(_ sum: Number, _ count: Number) -> Number {
      (try? sum / count).flatMap { try? $0 + .one } ?? .one
    }
  }
}
