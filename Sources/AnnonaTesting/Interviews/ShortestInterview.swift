import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// The shortest way of asking that there is, where there are few enough households to look at all of them.
///
/// Every household counts alike whose facts have the values at which the rulebook may change its mind, and whose lists have up to
/// ``mostMembers`` members, or as many as there must be.
package struct ShortestInterview {
  package struct Comparison: Sendable {
    /// How many households.
    package let households: Number
    package let ours: Number
    package let shortest: Number
  }

  /// No more ways of having answered some questions and not others are looked at.
  private static let mostStates = 20_000
  static let mostMembers = 2

  private let program: Program
  private let today: CalendarDate?
  private let answers: PossibleAnswers?

  init(_ program: Program) {
    self.program = program
    today = program.inForce.from ?? CalendarDate(year: 2024, month: 6, day: 15)
    answers = today.flatMap { PossibleAnswers(program, today: $0, most: Self.mostStates) }
  }

  /// `nil` where there are too many households.
  func compare() -> Comparison? {
    guard let answers, let today else { return nil }
    var search = Search(program: program, today: today, answers: answers)
    guard let (ours, shortest) = search.lengths(KnownAnswers()) else { return nil }
    return Comparison(
      households: answers.households(of: program.caseEntity), ours: ours, shortest: shortest)
  }

  private struct Search {
    let program: Program
    let today: CalendarDate
    let answers: PossibleAnswers
    private var known: [KnownAnswers: (ours: Number, shortest: Number)] = [:]

    init(program: Program, today: CalendarDate, answers: PossibleAnswers) {
      self.program = program
      self.today = today
      self.answers = answers
    }

    /// The mean number of further questions, weighted by how many households give each answer; `nil` where a question has no end
    /// of answers.
    mutating func lengths(_ given: KnownAnswers) -> (ours: Number, shortest: Number)? {
      if let found = known[given] { return found }
      let household = given.household(program, answers)
      let decision = decide(program, household, today: today)
      let relevant = Questioning(program, household, today: today)
        .relevantFacts(for: decision.benefits)
      var ours: Number?
      var shortest: Number?
      for fact in relevant {
        guard let question = KnownAnswers.Question(fact.wait, household, program),
          let weights = answers.weights(of: question)
        else { return nil }
        var sums = (ours: Number.zero, shortest: Number.zero, weight: Number.zero)
        for (answer, weight) in weights.enumerated() {
          guard let rest = lengths(given.answering(question, answer)),
            let ours = try? sums.ours + rest.ours * weight,
            let shortest = try? sums.shortest + rest.shortest * weight,
            let total = try? sums.weight + weight
          else { return nil }
          sums = (ours, shortest, total)
        }
        guard let mine = try? sums.ours / sums.weight + .one,
          let best = try? sums.shortest / sums.weight + .one
        else { return nil }
        ours = ours ?? mine
        shortest = shortest.map { min($0, best) } ?? best
      }
      let found = (ours: ours ?? .zero, shortest: shortest ?? .zero)
      known[given] = found
      return found
    }
  }
}

/// What can be answered to each question, and how many households there are.
private struct PossibleAnswers {
  private let program: Program
  private var facts: [FactID: [FactState]] = [:]
  /// How many members a list may have, or whether there is somebody.
  private var counts: [PlaceID: [Int]] = [:]
  private var households: [EntityID: Number] = [:]

  /// `nil` where there are more than so many ways of having answered some of the questions.
  init?(_ program: Program, today: CalendarDate, most: Int) {
    self.program = program
    let pool = ValuePool(program)
    for index in program.facts.indices where program.facts[index].isAskedFor {
      let fact = program.facts[index]
      let states = pool.states(of: fact, today: today)
      // Of a text nothing depends but what is shown.
      guard !states.isEmpty || fact.type.present == .text else { return nil }
      facts[FactID(index)] = states
    }
    for index in program.places.indices {
      let place = program.places[index]
      guard place.isList || place.isOptional else { continue }
      let least = place.isList ? place.minimum : 0
      let greatest = place.isList ? max(least, ShortestInterview.mostMembers) : 1
      counts[PlaceID(index)] = Array(least...min(greatest, place.maximum ?? greatest))
    }
    guard let ways = ways(of: program.caseEntity, depth: 0, most: most), ways <= most else {
      return nil
    }
    _ = count(program.caseEntity)
  }

  func states(of fact: FactID) -> [FactState] { facts[fact] ?? [] }
  func counts(of place: PlaceID) -> [Int] { counts[place] ?? [1] }
  func households(of entity: EntityID) -> Number { households[entity] ?? .one }

  /// One for each answer: how many households give it, as a multiple; `nil` where nothing can be answered.
  func weights(of question: KnownAnswers.Question) -> [Number]? {
    switch question.subject {
    case .fact(let fact):
      let count = states(of: fact).count
      return count == 0 ? nil : Array(repeating: .one, count: count)
    case .members(let place):
      let each = households(of: program.places[place].member)
      return counts(of: place).map { count in
        (0..<count).reduce(Number.one) { product, _ in (try? product * each) ?? product }
      }
    }
  }

  /// The ways of having answered some of an entity's questions; `nil` for more than so many.
  private func ways(of entity: EntityID, depth: Int, most: Int) -> Int? {
    guard depth < 8 else { return nil }
    var product = 1
    func multiply(by factor: Int) -> Bool {
      product *= factor
      return product <= most
    }
    for fact in program.entities[entity].facts where facts[fact] != nil {
      guard multiply(by: states(of: fact).count + 1) else { return nil }
    }
    for place in program.entities[entity].places {
      guard let each = ways(of: program.places[place].member, depth: depth + 1, most: most) else {
        return nil
      }
      guard let possible = counts[place] else {
        guard multiply(by: each) else { return nil }
        continue
      }
      var sum = 1
      for count in possible {
        var power = 1
        for _ in 0..<count {
          power *= each
          guard power <= most else { return nil }
        }
        sum += power
      }
      guard multiply(by: sum) else { return nil }
    }
    return product
  }

  private mutating func count(_ entity: EntityID) -> Number {
    var product = Number.one
    for fact in program.entities[entity].facts where facts[fact] != nil {
      product = (try? product * Number(max(states(of: fact).count, 1))) ?? product
    }
    for place in program.entities[entity].places {
      let each = count(program.places[place].member)
      let sum = counts(of: place).reduce(Number.zero) { sum, count in
        let ways = (0..<count).reduce(Number.one) { power, _ in (try? power * each) ?? power }
        return (try? sum + ways) ?? sum
      }
      product = (try? product * sum) ?? product
    }
    households[entity] = product
    return product
  }
}

/// Some questions of a household, with the number of the answer to each.
private struct KnownAnswers: Hashable {
  struct Question: Hashable {
    enum Subject: Hashable {
      case fact(FactID)
      case members(PlaceID)
    }

    /// Whose: the ids from the case's own entity inwards.
    let path: [String]
    let subject: Subject

    /// `nil` for what is asked of a period of its own.
    init?(_ wait: Wait, _ household: Case, _ program: Program) {
      switch wait {
      case .fact(let instance, let fact, nil):
        (path, subject) = (household.instances.path(of: instance), .fact(fact))
      case .members(let holder, let place):
        (path, subject) = (household.instances.path(of: holder), .members(place))
      case .fact, .parameter: return nil
      }
    }

    init(_ path: [String], _ subject: Subject) {
      self.path = path
      self.subject = subject
    }
  }

  private var given: [Question: Int] = [:]

  func answering(_ question: Question, _ answer: Int) -> KnownAnswers {
    var more = self
    more.given[question] = answer
    return more
  }

  /// The case in which that much is known.
  func household(_ program: Program, _ answers: PossibleAnswers) -> Case {
    var builder = Case.Builder(program)
    var index = 0
    // Those who are added stand behind those who are there.
    while index < builder.instances.count {
      let instance = Int32(index)
      let path = builder.instances.path(of: instance)
      let entity = program.entities[builder.instances[index].entity]
      for fact in entity.facts {
        guard let answer = given[Question(path, .fact(fact))] else { continue }
        builder.set(fact, of: instance, to: answers.states(of: fact)[answer])
      }
      for place in entity.places {
        guard let answer = given[Question(path, .members(place))] else { continue }
        builder.close(place, of: instance)
        for number in 0..<answers.counts(of: place)[answer] {
          _ = builder.add("\(program.places[place].name) \(number + 1)", to: place, of: instance)
        }
      }
      index += 1
    }
    return builder.build()
  }
}

extension [Case.Instance] {
  /// The ids from the case's own entity inwards.
  fileprivate func path(of instance: Int32) -> [String] {
    var path: [String] = []
    var next: Int32? = instance
    while let current = next, indices.contains(Int(current)) {
      path.append(self[Int(current)].id)
      next = self[Int(current)].holder
    }
    return path.reversed()
  }
}
