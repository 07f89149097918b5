import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// What stands above decisions and schedules, and the sentences that both use.
extension Wording {
  /// `Abono de família (pt.abono_de_familia)`, a line for each rulebook; the program's own where nothing is decided.
  func titles(of rulebooks: [Int], withIDs: Bool = true) -> [String] {
    let headers = rulebooks.map { program.rulebooks[$0] }.map { ($0.title, $0.id) }
    return (headers.isEmpty ? [(program.title, program.id)] : headers).map { title, id in
      text(title).map { withIDs ? "\($0) (\(id))" : $0 } ?? id
    }
  }

  /// `Abono de família: Maria`
  func heading(_ benefit: BenefitID, for member: Int32?) -> String {
    let declared = program.benefits[benefit]
    return (text(declared.title) ?? declared.name) + (member.map { ": " + name(of: $0) } ?? "")
  }

  /// `Set for this case: household.tier = 3`
  func suppositions(_ suppositions: [Supposition]) -> [String] {
    suppositions.map { supposition in
      let rule = program.rules[supposition.rule]
      let id = supposition.instance.map { self.id(of: supposition.rule, for: $0) }
      let title = manner == .spelledOut ? text(rule.title) : nil
      let value = self.value(supposition.value, rule.type)
      return phrase(.withSupposed, "\(title ?? id ?? rule.name) = \(value)")
    }
  }

  /// `Residente em Portugal: Maria (person/maria.resident) = sim`
  func given(_ fact: FactID, for instance: Int32, _ facts: Case) -> String {
    let heading = heading(.fact(instance, fact, period: nil))
    switch facts.state(of: fact, for: instance) {
    case .known(let value), .assumed(let value):
      return "\(heading) = \(self.value(value, program.facts[fact].type))"
    case .absent: return "\(heading) = \(phrase(.none))"
    default: return heading
    }
  }

  /// What an event brought, with what else is said of it, or was until then.
  func brought(
    _ fact: FactID, for instance: Int32, _ facts: Case, by event: ReportedEvent
  ) -> String {
    let given = given(fact, for: instance, facts)
    if case .conflicting(let claims) = facts.state(of: fact, for: instance) {
      let said = claims.map { claim in
        let value =
          claim.value == .null ? phrase(.none) : value(claim.value, program.facts[fact].type)
        return value + (claim.origin?.source.map { " (\(line($0)))" } ?? "")
      }
      return phrase(.conflicting, given) + ": " + said.joined(separator: ", ")
    }
    let id = ValueText(program, facts).id(of: fact, for: instance)
    guard let gone = event.displaced.first(where: { $0.fact == id }) else { return given }
    return gone.event.map { phrase(.inPlaceOf, given, line($0)) } ?? phrase(.answeredNow, given)
  }

  /// `Children (household.children) = maria, asked before and not answered`
  func answered(_ place: PlaceID, of holder: Int32) -> String {
    var names: [String] = []
    if case .given(let members) = facts.members(of: place, for: holder) {
      names = members.map(name)
    }
    let members = names.isEmpty ? phrase(.none) : names.joined(separator: ", ")
    return phrase(.answeredNow, "\(heading(.members(holder, place))) = \(members)")
  }

  func referral(_ referral: Referral) -> String {
    let name = heading(referral.wait)
    return switch referral.cause {
    case .declined: phrase(.declined, name)
    case .judge(let office): phrase(.judge, name, office)
    case .conflicting: phrase(.conflicting, name)
    case .unverified(let why): phrase(.unverified, name, text(why) ?? "")
    }
  }

  /// A heading with what stands below it; nothing where there is nothing.
  func list(_ heading: Phrase, _ items: [String]) -> [String] {
    items.isEmpty ? [] : ["  " + phrase(heading)] + items.map { "    - " + $0 }
  }
}
