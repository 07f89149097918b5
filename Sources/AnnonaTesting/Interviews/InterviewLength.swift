import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// How many questions interviews take, over generated households that answer as they are.
package struct InterviewLength: Sendable {
  /// Interviews with the same way of asking.
  package struct Lengths: Sendable {
    package private(set) var count = 0
    package private(set) var total = 0
    package private(set) var longest = 0

    mutating func add(_ length: Int) {
      count += 1
      total += length
      longest = max(longest, length)
    }

    package var mean: Number { (try? Number(total, over: max(count, 1))) ?? .zero }
  }

  package private(set) var asked = Lengths()
  /// The first need of the first benefit that has one, as rulebooks declare them.
  package private(set) var byDeclaration = Lengths()
  /// A form with every fact of everybody.
  package private(set) var everything = Lengths()
  package private(set) var optimum: ShortestInterview.Comparison?

  package init(_ program: Program, households: Int, seed: UInt64) {
    var making = HouseholdMaking(program, seed: seed)
    for _ in 0..<households {
      guard let household = making.sketch()?.household(program) else { continue }
      var interviewed = InterviewedHousehold(program, household)
      var another = interviewed
      asked.add(interviewed.questions { $0.first })
      byDeclaration.add(another.questions { $0.min { $0.declared < $1.declared } })
      everything.add(household.facts.answers(program))
    }
    optimum = ShortestInterview(program).compare()
  }
}

extension Case {
  /// How many facts and lists there are to ask for.
  fileprivate func answers(_ program: Program) -> Int {
    instances.reduce(0) { count, instance in
      let entity = program.entities[instance.entity]
      let facts = entity.facts.filter { program.facts[$0].isAskedFor }
      let places = entity.places.map { program.places[$0] }
      return count + facts.count + places.count { $0.isList || $0.isOptional }
    }
  }
}

extension Fact {
  /// Neither presumed nor for an official to judge.
  var isAskedFor: Bool { assumed == nil && judge == .nobody }
}

extension RelevantFact {
  /// Benefit by benefit, then as declared.
  fileprivate var declared: DeclaredPlace {
    DeclaredPlace(benefit: touches.first?.benefit.index ?? 0, wait: wait)
  }
}

private struct DeclaredPlace: Comparable {
  let benefit: Int32
  let wait: Wait

  static func < (one: Self, other: Self) -> Bool {
    one.benefit == other.benefit ? one.wait < other.wait : one.benefit < other.benefit
  }
}

/// A household that is asked, and answers with what is true of it.
struct InterviewedHousehold {
  private let program: Program
  private let truth: Household
  private var known: Case.Builder
  /// Who in the truth each instance of the known case is.
  private var who: [Int32] = [0]

  /// No rulebook leads to more questions than this of one household.
  private static let mostQuestions = 2_000

  init(_ program: Program, _ truth: Household) {
    self.program = program
    self.truth = truth
    known = Case.Builder(program)
    meet()
  }

  /// How many questions until nothing matters any more, the one chosen asked each time.
  mutating func questions(choosing: ([RelevantFact]) -> RelevantFact?) -> Int {
    for count in 0..<Self.mostQuestions {
      let facts = known.build()
      let decision = decide(program, facts, today: truth.today)
      let found = Questioning(program, facts, today: truth.today)
        .relevantFacts(for: decision.benefits)
      guard let next = choosing(found) else { return count }
      answer(next.wait)
    }
    return Self.mostQuestions
  }

  private mutating func answer(_ wait: Wait) {
    switch wait {
    case .fact(let instance, let fact, _):
      known.set(fact, of: instance, to: state(of: fact, for: who[Int(instance)]))
    case .members(let holder, let place):
      guard case .given(let members) = truth.facts.members(of: place, for: who[Int(holder)]) else {
        known.decline(place, of: holder)
        return
      }
      known.close(place, of: holder)
      for member in members {
        let added = known.add(truth.facts.instances[Int(member)].id, to: place, of: holder)
        while who.count <= Int(added) { who.append(member) }
        who[Int(added)] = member
        meet()
      }
    case .parameter: break
    }
  }

  private func state(of fact: FactID, for person: Int32) -> FactState {
    let state = truth.facts.state(of: fact, for: person)
    switch state {
    case .notGiven, .awaitingJudgement, .assumed: return .declined
    case .known(.instance(let other)):
      return who.firstIndex(of: other).map { .known(.instance(Int32($0))) } ?? .declined
    default: return state
    }
  }

  /// Who came along with those who were named: single members that there always are.
  private mutating func meet() {
    for index in known.instances.indices.dropFirst() where index >= who.count {
      let instance = known.instances[index]
      guard let holder = instance.holder, let place = instance.place,
        case .given(let members) = truth.facts.members(of: place, for: who[Int(holder)])
      else {
        who.append(0)
        continue
      }
      who.append(members.first ?? 0)
    }
  }
}
