import AnnonaEngine
public import AnnonaLanguage
import AnnonaValues

/// A life event as a register reports it: what happened, when, and the data that it brings.
///
/// ```yaml
/// event: birth.registered
/// id: 2025/123
/// on: 2025-03-03
/// payload: { child: { id: maria, born: 2025-03-01 } }
/// ```
struct LifeEvent {
  let name: String
  /// Tells apart two reports, and knows again one that is sent twice.
  let id: String
  let observed: Scalar?
  let payload: Node

  static func read(_ node: Node) -> Result<LifeEvent, EventProblem> {
    guard case .mapping(let entries) = node.content else {
      return .failure(EventProblem(.notAnEvent(at: node.span)))
    }
    func scalar(_ key: String) -> Scalar? {
      guard case .scalar(let scalar)? = entries.first(where: { $0.key.text == key })?.value.content
      else { return nil }
      return scalar
    }
    let known = ["event", "id", "on", "payload"]
    for entry in entries where !known.contains(entry.key.text) {
      let near = didYouMean(entry.key.text, among: known)
      return .failure(EventProblem(.unknownEventKey(entry.key.text, at: entry.keySpan, near: near)))
    }
    guard let name = scalar("event"), let id = scalar("id"),
      let payload = entries.first(where: { $0.key.text == "payload" })
    else { return .failure(EventProblem(.notAnEvent(at: node.span))) }
    return .success(
      LifeEvent(name: name.text, id: id.text, observed: scalar("on"), payload: payload.value))
  }
}

/// Which event was reported: `birth.registered`, with the register's number and the day on which it knew.
public struct ReportedEvent: Sendable, Hashable {
  public let name: String
  public let id: String
  public let observed: String?
  /// What the case said of facts before, that the event's report took the place of.
  public let displaced: [DisplacedFact]

  public init(
    name: String, id: String, observed: String?, displaced: [DisplacedFact] = []
  ) {
    self.name = name
    self.id = id
    self.observed = observed
    self.displaced = displaced
  }

  /// What the facts that it brings have as their source.
  public var source: String { "event:\(id)" }
}

/// What a case said of a fact, or of who the members of a list are, until an event's report took its place.
public struct DisplacedFact: Sendable, Hashable {
  /// `person/maria.birth_date`, `household.children`
  public let fact: String
  /// The earlier event that had said it, `event:2025/100`; `nil` where it had been declined.
  public let event: String?

  public init(fact: String, event: String?) {
    self.fact = fact
    self.event = event
  }
}

extension Rulebook {
  /// The event that a file reports; `nil` where it reports none.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - household: the case that it comes to, for what its report takes the place of.
  public func reportedEvent(
    in source: SourceFile, on household: SourceFile? = nil
  ) -> ReportedEvent? {
    guard let node = readNodes(source, index: 0).0,
      case .success(let event) = LifeEvent.read(node)
    else { return nil }
    var displaced: [DisplacedFact] = []
    if let household, let facts = readNodes(household, index: 0).0,
      case .success(let applied) = event.applied(to: facts, program)
    {
      displaced = applied.displaced
    }
    return ReportedEvent(
      name: event.name, id: event.id, observed: event.observed?.text, displaced: displaced)
  }
}

struct EventProblem: Error {
  let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}

extension LifeEvent {
  /// The case with what the event brings, each fact with the event as its origin beside others that say something of it.
  /// Applied twice it is applied once.
  func applied(
    to household: Node, _ program: Program
  ) -> Result<(facts: Node, displaced: [DisplacedFact]), EventProblem> {
    let declared = program.events.filter { $0.name == name }
    guard !declared.isEmpty else {
      let names = program.events.map(\.name)
      return .failure(
        EventProblem(
          .eventUnknownHere(name, at: payload.span, near: didYouMean(name, among: names))))
    }
    let entity = program.entities[program.caseEntity].name
    var path: [String] = []
    if case .mapping(let entries) = household.content,
      entries.contains(where: { $0.key.text == entity })
    {
      path = [entity]
    }
    let claims = EventClaims(
      source: "event:\(id)", observed: observed.flatMap { CalendarDate(text: $0.text) })
    var facts = household
    var displaced: [DisplacedFact] = []
    switch reports(of: declared.flatMap(\.deliveries), program, below: path) {
    case .failure(let problem): return .failure(problem)
    case .success(let reports):
      for report in reports {
        for place in report.places {
          facts = opening(place, in: facts) {
            displaced.append(DisplacedFact(fact: place.id, event: nil))
          }
        }
        facts = setting(report.path, in: facts) { known in
          let (merged, gone) = claims.merged(report.said, with: known)
          switch gone {
          case .declined: displaced.append(DisplacedFact(fact: report.id, event: nil))
          case .event(let event): displaced.append(DisplacedFact(fact: report.id, event: event))
          case nil: break
          }
          return merged
        }
      }
      return .success((facts, displaced))
    }
  }

  /// What the event says of one fact.
  private struct Report {
    let path: [String]
    /// `child/maria.born`
    let id: String
    /// From the case's entity to whom the fact is about.
    let places: [Place]
    /// One answer, or several where the event brings a member more than once.
    var said: [Node]
  }

  private struct Place {
    let path: [String]
    /// `household.children`
    let id: String
    let isList: Bool
    let isOptional: Bool
  }

  private func reports(
    of deliveries: [Event.Delivery], _ program: Program, below path: [String]
  ) -> Result<[Report], EventProblem> {
    var reports: [Report] = []
    var positions: [[String]: Int] = [:]
    for delivery in deliveries {
      guard let fact = delivery.fact else { continue }
      let isOfMembers = delivery.places.contains { program.places[$0].isList }
      guard let values = values(at: delivery.payload, ofMembers: isOfMembers) else {
        return .failure(
          EventProblem(
            .eventLacks(delivery.payload.joined(separator: "."), event: name, at: payload.span)))
      }
      for (number, value) in values.enumerated() {
        var steps = path
        var owner = program.entities[program.caseEntity].name
        var places: [Place] = []
        for id in delivery.places {
          let place = program.places[id]
          var member = place.name
          steps.append(member)
          places.append(
            Place(
              path: steps, id: "\(owner).\(member)", isList: place.isList,
              isOptional: place.isOptional))
          if place.isList {
            member = memberID(of: id, deliveries, number, of: values.count)
            steps.append(member)
          }
          owner = "\(program.entities[place.member].name)/\(member)"
        }
        let name = program.facts[fact].name
        steps.append(name)
        if let known = positions[steps] {
          reports[known].said.append(stated(value))
        } else {
          positions[steps] = reports.count
          reports.append(
            Report(path: steps, id: "\(owner).\(name)", places: places, said: [stated(value)]))
        }
      }
    }
    return .success(reports)
  }

  /// What the event says there; of members, a value for each where it lists several, such as twins. What is not about
  /// members is one for all of them, so the first of them says it.
  private func values(at keys: [String], ofMembers isOfMembers: Bool) -> [Node]? {
    var nodes = [payload]
    for key in keys {
      if nodes.count == 1, case .sequence(let members) = nodes[0].content {
        nodes = isOfMembers ? members : Array(members.prefix(1))
      }
      let next = nodes.compactMap { node -> Node? in
        guard case .mapping(let entries) = node.content else { return nil }
        return entries.first(where: { $0.key.text == key })?.value
      }
      guard next.count == nodes.count, isOfMembers || !next.isEmpty else { return nil }
      nodes = next
    }
    return nodes
  }

  /// The id that the event gives a member, else its own, with a number where it brings several.
  private func memberID(
    of place: PlaceID, _ deliveries: [Event.Delivery], _ number: Int, of count: Int
  ) -> String {
    let named = deliveries.first { $0.fact == nil && $0.places.last == place }
    guard let named, let ids = values(at: named.payload, ofMembers: true), ids.count == count,
      case .scalar(let scalar) = ids[number].content
    else { return count == 1 ? id : "\(id)-\(number + 1)" }
    return scalar.text
  }

  /// `{ value: …, source: event:2025/123, observed: 2025-03-03 }`
  private func stated(_ value: Node) -> Node {
    let source = Scalar(text: "event:\(id)", style: .quoted, segments: [])
    var entries = [
      entry("value", value), entry("source", Node(.scalar(source), span: value.span)),
    ]
    if let observed { entries.append(entry("observed", Node(.scalar(observed), span: value.span))) }
    return Node(.mapping(entries), span: value.span)
  }

  private func entry(_ key: String, _ value: Node) -> Node.Entry {
    Node.Entry(
      key: Scalar(text: key, style: .plain, segments: []), keySpan: value.span, value: value)
  }

  /// The case where a place of which it was said that nobody answered, or that nobody knows, can hold members.
  private func opening(_ place: Place, in facts: Node, _ wasDeclined: () -> Void) -> Node {
    setting(place.path, in: facts) { known in
      let nobody = Node(.mapping([]), span: known?.span ?? payload.span)
      switch known?.stateWord {
      case "unknown": return nobody
      case "null" where !place.isList && place.isOptional: return nobody
      case "declined":
        wasDeclined()
        return nobody
      default: return known ?? nobody
      }
    }
  }

  /// What is no mapping stays as it is, for the reader of the case to refuse.
  ///
  /// - Parameter change: from what stands at the path, `nil` where nothing does, to what is to stand there.
  private func setting(_ path: [String], in node: Node?, _ change: (Node?) -> Node) -> Node {
    guard let key = path.first else { return change(node) }
    var entries: [Node.Entry] = []
    switch node?.content {
    case nil: break
    case .mapping(let found)?: entries = found
    case .sequence(let members)?:
      entries = members.compactMap(keyed)
      if let node, entries.count < members.count { return node }
    case .scalar?:
      if let node, node.word != "unknown" { return node }
    }
    let rest = Array(path.dropFirst())
    if let index = entries.firstIndex(where: { $0.key.text == key }) {
      let old = entries[index]
      entries[index] = Node.Entry(
        key: old.key, keySpan: old.keySpan, value: setting(rest, in: old.value, change))
    } else {
      entries.append(entry(key, setting(rest, in: nil, change)))
    }
    return Node(.mapping(entries), span: node?.span ?? payload.span)
  }

  /// A member of a list with `id`s as an entry by that id.
  private func keyed(_ member: Node) -> Node.Entry? {
    guard case .mapping(let entries) = member.content,
      let named = entries.first(where: { $0.key.text == "id" }),
      case .scalar(let id) = named.value.content
    else { return nil }
    return Node.Entry(
      key: id, keySpan: named.value.span,
      value: Node(.mapping(entries.filter { $0.key.text != "id" }), span: member.span))
  }
}
