import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// What is worked out once for a comparison, and used by every thread.
struct ReformLayout: Sendable {
  struct EditionPlan: Sendable {
    let partial: Plan
    /// For households of which everything that is read is given.
    let complete: Plan?
  }

  /// A changed rule whose values tell where it differs.
  struct Followed: Sendable {
    /// By position among the changed rules.
    let changed: Int
    let rule: FollowedRule
  }

  let planOfFirst: EditionPlan?
  let planOfSecond: EditionPlan?
  /// By compared benefit: how many decimals its counts stand for.
  let places: [Int]
  /// By unit that is added up: the same, of all its benefits.
  let placesOfUnits: [Int]
  /// By benefit of each program: its position among those that are compared.
  let positionsInFirst: [Int]
  let positionsInSecond: [Int]
  /// Facts that the other rulebook alone knows, by entity.
  let strangeToFirst: [EntityID: Set<String>]
  let strangeToSecond: [EntityID: Set<String>]
  let followed: [Followed]
  /// By compared benefit: which of the followed rules it can rest on; `nil` where they do not tell which of them is why.
  let followedOfBenefits: [[Int]?]

  init(_ request: ReformRequest) {
    let (one, other) = (request.first.program, request.second.program)
    let difference = request.difference
    // Where one rule alone can be why, nobody needs its value.
    let unsure = request.benefits.map { pair in
      let compared = pair.compared
      return pair.isInBoth && compared.showsInValues
        && compared.candidates.count + (compared.isReworded ? 1 : 0) > 1
    }
    let wanted = Set(
      zip(request.benefits, unsure).filter(\.1).flatMap(\.0.compared.candidates)
    ).sorted()
    let changed = wanted.map { difference.rules[$0] }
    let first = Self.plan(one, request.today, changed.map(\.first))
    let second = Self.plan(other, request.today, changed.map(\.second))
    planOfFirst = request.isPlain ? nil : first
    planOfSecond = request.isPlain ? nil : second

    var followed: [Followed] = []
    var isFollowed: Set<Int> = []
    if let a = first?.partial, let b = second?.partial {
      for (index, rule) in zip(wanted, changed) {
        let outputs = other.rules[rule.second].outputs
        let found = outputs.compactMap {
          FollowedRule(
            rule.first, a, rule.second, b, output: $0, type: other.rules[rule.second].type)
        }
        if found.count != outputs.count || outputs != one.rules[rule.first].outputs { continue }
        isFollowed.insert(index)
        followed += found.map { Followed(changed: index, rule: $0) }
      }
    }
    self.followed = followed
    followedOfBenefits = zip(request.benefits, unsure).map { pair, isUnsure in
      let candidates = Set(pair.compared.candidates)
      guard isUnsure, candidates.isSubset(of: isFollowed) else { return nil }
      return followed.indices.filter { candidates.contains(followed[$0].changed) }
    }

    let places = request.benefits.map { pair in
      max(
        Self.minorPlaces(pair.type), Self.places(pair.compared.first, first?.partial),
        Self.places(pair.compared.second, second?.partial))
    }
    self.places = places
    placesOfUnits = request.units.indices.map { unit in
      zip(request.benefits, places).filter { $0.0.unit == unit }.map(\.1).max() ?? 0
    }
    positionsInFirst = Self.positions(one, request.benefits)
    positionsInSecond = Self.positions(other, request.benefits)
    strangeToFirst = Self.strange(to: one, of: other)
    strangeToSecond = Self.strange(to: other, of: one)
  }

  private static func plan(
    _ program: Program, _ today: CalendarDate, _ followed: [RuleID]
  ) -> EditionPlan? {
    guard
      let partial = try? Plan(
        program, today: today, isForComplete: false, following: followed)
    else { return nil }
    let complete = try? Plan(program, today: today, isForComplete: true, following: followed)
    return EditionPlan(
      partial: partial, complete: complete.flatMap { $0.readsOnly(partial) ? $0 : nil })
  }

  private static func minorPlaces(_ type: ValueType?) -> Int {
    guard case .number(let number)? = type, let currency = number.unit.currency else { return 0 }
    return Unit.minorUnit(ofCurrency: currency)?.decimalPlaces ?? 0
  }

  /// Beyond what a machine word holds, amounts are no counts.
  private static func places(_ benefit: BenefitID?, _ plan: Plan?) -> Int {
    guard let benefit, let result = plan?.results.first(where: { $0.benefit == benefit }),
      let places = result.amount?.quantum.decimalPlaces, places <= 12
    else { return 0 }
    return places
  }

  private static func positions(_ program: Program, _ pairs: [BenefitPair]) -> [Int] {
    program.benefits.map { benefit in pairs.firstIndex { $0.name == benefit.name } ?? 0 }
  }

  private static func strange(to program: Program, of other: Program) -> [EntityID: Set<String>] {
    var strange: [EntityID: Set<String>] = [:]
    for (index, entity) in program.entities.enumerated() {
      guard let twin = other.entities.first(where: { $0.name == entity.name }) else { continue }
      func names(_ entity: Entity, _ program: Program) -> [String] {
        entity.facts.map { program.facts[$0].name } + entity.places.map { program.places[$0].name }
      }
      let unknown = Set(names(twin, other)).subtracting(names(entity, program))
      if !unknown.isEmpty { strange[EntityID(index)] = unknown }
    }
    return strange
  }
}
