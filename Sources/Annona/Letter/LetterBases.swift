import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// What the decisions of a letter rest on: facts with their origin, figures with their days, provisions.
struct LetterBases {
  let letter: Letter
  private var facts: Set<Wait> = []
  private var figures: Set<Figure> = []
  private var citations: [Citation] = []
  private var seen: Set<String> = []

  private struct Figure: Hashable {
    let parameter: ParameterID
    let from: CalendarDate
  }

  init(_ letter: Letter) { self.letter = letter }

  private var wording: Wording { letter.wording }
  private var program: Program { letter.program }
  private var household: Case { letter.decided.facts }

  mutating func add(_ trees: [TraceNode], _ reasons: [Reason]) {
    for reason in reasons { add(reason.citations) }
    for tree in trees { add(tree) }
  }

  private mutating func add(_ node: TraceNode) {
    if case .notReached = node.role { return }
    var isRelied = true
    switch node.kind {
    case .fact(let fact, let instance):
      if instance >= 0 { facts.insert(.fact(instance, fact, period: nil)) }
    case .members(let place, let instance):
      if instance >= 0 { facts.insert(.members(instance, place)) }
    case .parameter(let parameter):
      if let from = node.validity?.from { figures.insert(.init(parameter: parameter, from: from)) }
    case .candidate: isRelied = node.role == .fired || node.role == .possible
    default: break
    }
    if isRelied { add(node.citations) }
    for child in node.children { add(child) }
  }

  private mutating func add(_ cited: [Citation]) {
    for citation in cited where seen.insert(citation.text).inserted { citations.append(citation) }
  }

  var sections: [HTML] { [factSection, figureSection, provisionSection] }

  // MARK: - Facts

  /// In the order of the case.
  private var factSection: HTML {
    var rows: [[HTML]] = []
    var unused: [String] = []
    for index in household.instances.indices {
      let instance = Int32(index)
      let entity = program.entities[household.instances[index].entity]
      for place in entity.places where facts.contains(.members(instance, place)) {
        rows.append(members(place, of: instance))
      }
      for fact in entity.facts {
        let wait = Wait.fact(instance, fact, period: nil)
        if facts.contains(wait) {
          rows.append(row(fact, of: instance))
        } else if isGiven(fact, instance), program.facts[fact].name != "name" {
          unused.append(wording.heading(wait))
        }
      }
    }
    guard !rows.isEmpty || !unused.isEmpty else { return .nothing }
    var content: [HTML] = []
    if !rows.isEmpty {
      content.append(
        letter.table(
          .factsCaption, [.columnFact, .columnValue, .columnOrigin], [(nil, rows)]))
    }
    if !unused.isEmpty {
      content.append(
        .element("p", [], wording.phrase(.factsUnused, unused.joined(separator: "; "))))
    }
    return .element("section", [], [letter.section(.letterFacts, content, level: 2)])
  }

  private func isGiven(_ fact: FactID, _ instance: Int32) -> Bool {
    switch household.state(of: fact, for: instance) {
    case .notGiven, .awaitingJudgement, .assumed: false
    case .known, .absent, .declined, .conflicting, .varying: true
    }
  }

  private func members(_ place: PlaceID, of instance: Int32) -> [HTML] {
    let name: HTML = .text(wording.heading(.members(instance, place)))
    switch household.members(of: place, for: instance) {
    case .notGiven: return [name, .text(wording.phrase(.open)), .text(wording.phrase(.notGiven))]
    case .declined:
      return [name, .text(wording.phrase(.open)), .text(wording.phrase(.notAnswered))]
    case .given(let members):
      let names = members.map { wording.name(of: $0) }
      return [
        name, .text(names.isEmpty ? wording.phrase(.none) : names.joined(separator: ", ")),
        .text(wording.phrase(.given)),
      ]
    }
  }

  private func row(_ fact: FactID, of instance: Int32) -> [HTML] {
    let state = household.state(of: fact, for: instance)
    let origin = household.origin(of: fact, for: instance)
    let name: HTML = .text(wording.heading(.fact(instance, fact, period: nil)))
    let type = program.facts[fact].type
    switch state {
    case .conflicting(let claims):
      return [
        name, letter.list(claims.map { .text(wording.value($0.value, type)) }),
        letter.list(claims.map { .text(self.origin($0.origin)) }),
      ]
    case .varying(let spells):
      let items = spells.map { spell -> HTML in
        let days = wording.days(InForce(from: spell.from, through: spell.through))
        return .text("\(days.joined()): \(value(spell.state, type))")
      }
      return [name, letter.list(items), .text(self.origin(origin ?? spells.first?.origin))]
    default:
      return [name, .text(value(state, type)), .text(self.origin(state, fact, origin))]
    }
  }

  private func value(_ state: FactState, _ type: ValueType) -> String {
    switch state {
    case .known(let value), .assumed(let value): wording.value(value, type)
    case .absent: wording.phrase(.none)
    case .notGiven, .declined, .awaitingJudgement, .conflicting, .varying: wording.phrase(.open)
    }
  }

  private func origin(_ state: FactState, _ fact: FactID, _ origin: Origin?) -> String {
    switch state {
    case .assumed:
      let declared = program.facts[fact]
      guard declared.assumed?.citesTheLaw == true else { return wording.phrase(.takenByDefault) }
      let provision = wording.citations(declared.citations).map { " (\($0))" } ?? ""
      return wording.phrase(.presumedByLaw) + provision
    case .notGiven: return wording.phrase(.notGiven)
    case .declined: return wording.phrase(.notAnswered)
    case .awaitingJudgement: return wording.phrase(.awaitingJudgement)
    default: return self.origin(origin)
    }
  }

  private func origin(_ origin: Origin?) -> String {
    guard let origin else { return wording.phrase(.given) }
    var words: [String] = []
    for one in origin.all {
      words.append(
        one.source.map { wording.phrase(.givenBy, wording.line($0)) } ?? wording.phrase(.given))
      if let day = one.observed { words.append(wording.phrase(.observedOn, wording.date(day))) }
      if let checker = one.verified { words.append(wording.phrase(.verifiedBy, checker)) }
    }
    return words.joined(separator: "; ")
  }

  // MARK: - Figures and provisions

  private var figureSection: HTML {
    let rows = figures.sorted { ($0.parameter, $0.from) < ($1.parameter, $1.from) }
      .compactMap { figure -> [HTML]? in
        let parameter = program.parameters[figure.parameter]
        guard let entry = parameter.entries.first(where: { $0.from == figure.from }) else {
          return nil
        }
        let value: String =
          switch entry.figure {
          case .value(let value): wording.value(value, parameter.type)
          case .unverified(let why, _): wording.text(why) ?? wording.phrase(.open)
          }
        let days = wording.days(InForce(from: entry.from, through: entry.through))
        let cited = entry.citations.isEmpty ? parameter.citations : entry.citations
        return [
          letter.authored(parameter.title) ?? .text(parameter.name), .text(value),
          .text(days.joined()), .text(wording.citations(cited) ?? ""),
        ]
      }
    guard !rows.isEmpty else { return .nothing }
    let table = letter.table(
      .figuresCaption, [.columnFigure, .columnValue, .columnInForce, .columnProvision],
      [(nil, rows)])
    return .element("section", [], [letter.section(.letterFigures, [table], level: 2)])
  }

  /// By law, in the order in which they were first relied on.
  private var provisionSection: HTML {
    var laws: [(source: SourceID?, title: HTML, parts: [String])] = []
    for citation in citations {
      guard let id = citation.source else {
        laws.append((nil, .text(citation.text), []))
        continue
      }
      let source = program.sources[id]
      let part = String(citation.text.dropFirst(source.name.count).drop { $0 == " " })
      if let index = laws.firstIndex(where: { $0.source == id }) {
        if !part.isEmpty { laws[index].parts.append(part) }
        continue
      }
      let name = letter.authored(source.title) ?? .text(source.name)
      let title =
        source.url.flatMap(Self.link).map {
          HTML.element("a", [.attribute("href", $0)], [name])
        } ?? name
      laws.append((id, title, part.isEmpty ? [] : [part]))
    }
    guard !laws.isEmpty else { return .nothing }
    let items = laws.map { law -> HTML in
      .group([law.title, .text(law.parts.isEmpty ? "" : ": " + law.parts.joined(separator: "; "))])
    }
    return .element(
      "section", [.class("provisions")],
      [letter.section(.letterProvisions, [letter.list(items)], level: 2)])
  }

  /// An address that a page may link to: no script, and nothing but the web.
  private static func link(_ address: String) -> String? {
    let start = address.prefix(8).lowercased()
    return start.hasPrefix("https://") || start.hasPrefix("http://") ? address : nil
  }
}
