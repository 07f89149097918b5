public import AnnonaLanguage
public import AnnonaValues

/// Reads a case: the date, the case entity's facts and its members. All problems are found in one run; none of them repeats what a person said.
///
/// - Parameter today: The date decided for, where it is not the case's own `today`.
/// - Returns: The case as far as it could be read, and its problems.
public func readCase(
  _ node: Node, _ program: Program, today: CalendarDate? = nil
) -> (facts: Case, diagnostics: [Diagnostic]) {
  var reader = CaseReader(program, today: today)
  reader.read(node)
  return (reader.builder.build(), reader.diagnostics)
}

/// Two passes: first who there is, then what is said of each, since facts may refer to anybody.
struct CaseReader {
  let program: Program
  var builder: Case.Builder
  var diagnostics: [Diagnostic] = []
  var today: CalendarDate?
  private var given: [(fact: FactID, instance: Int32, node: Node)] = []
  private var members = CaseMembers()

  /// More members than any household has, and few enough for a decision.
  static let memberLimit = 1_000

  init(_ program: Program, today: CalendarDate?) {
    self.program = program
    self.today = today
    builder = Case.Builder(program)
  }

  mutating func read(_ node: Node) {
    let entity = program.entities[program.caseEntity].name
    guard case .mapping(let entries) = node.content else {
      diagnostics.append(.caseIsNoMapping(entity, at: node.span))
      return
    }
    members.add(0, entity, of: program.caseEntity)
    let household = entries.first { $0.key.text == entity }
    for entry in entries {
      switch entry.key.text {
      case "today" where !isDeclared("today"): readToday(entry.value)
      case entity where household != nil: readFacts(entry.value, of: 0, path: entity)
      default:
        if household == nil { continue }
        diagnostics.append(
          .unknownCaseKey(
            entry.key.text, at: entry.keySpan,
            near: didYouMean(entry.key.text, among: ["today", entity]), entity: entity))
      }
    }
    if household == nil {
      let facts = entries.filter { $0.key.text != "today" || isDeclared("today") }
      readFacts(Node(.mapping(facts), span: node.span), of: 0, path: entity)
    }
    members.instances = builder.instances
    for (fact, instance, node) in given { readFact(fact, of: instance, node) }
  }

  private func isDeclared(_ name: String) -> Bool {
    program.entities[program.caseEntity].facts.contains { program.facts[$0].name == name }
  }

  private mutating func readToday(_ node: Node) {
    guard case .scalar(let scalar) = node.content, let date = CalendarDate(text: scalar.text)
    else {
      var text = ""
      if case .scalar(let scalar) = node.content { text = scalar.text }
      diagnostics.append(.todayIsNoDate(at: node.span, help: wantedDate(text)))
      return
    }
    builder.set(today: date)
    today = today ?? date
  }

  // MARK: - Who there is

  private mutating func readFacts(_ node: Node, of instance: Int32, path: String) {
    let entity = program.entities[builder.instances[Int(instance)].entity]
    if node.word == "unknown" { return }
    guard case .mapping(let entries) = node.content else {
      diagnostics.append(.factsAreNoMapping(path, at: node.span))
      return
    }
    for entry in entries {
      let name = entry.key.text
      if let fact = entity.facts.first(where: { program.facts[$0].name == name }) {
        given.append((fact, instance, entry.value))
      } else if let place = entity.places.first(where: { program.places[$0].name == name }) {
        readMembers(entry.value, place, of: instance, path: "\(path).\(name)")
      } else {
        let known =
          entity.facts.map { program.facts[$0].name }
          + entity.places.map { program.places[$0].name }
        diagnostics.append(
          .unknownFact(
            name, of: path, at: entry.keySpan, near: didYouMean(name, among: known),
            isWorkedOut: program.rules.contains { $0.name == "\(entity.name).\(name)" }))
      }
    }
  }

  private mutating func readMembers(
    _ node: Node, _ id: PlaceID, of holder: Int32, path: String
  ) {
    let place = program.places[id]
    switch node.stateWord {
    case "unknown": return
    case "declined":
      builder.decline(id, of: holder)
      return
    case "null" where !place.isList && place.isOptional:
      builder.close(id, of: holder)
      return
    default: break
    }
    guard place.isList else {
      guard case .mapping = node.content else {
        diagnostics.append(.memberIsNoMapping(path, isOptional: place.isOptional, at: node.span))
        return
      }
      add(place.name, to: id, of: holder, node, span: node.span)
      return
    }
    builder.close(id, of: holder)
    let count: Int
    switch node.content {
    case .mapping(let entries):
      count = entries.count
      for entry in entries {
        add(entry.key.text, to: id, of: holder, entry.value, span: entry.keySpan)
      }
    case .sequence(let nodes):
      count = nodes.count
      for node in nodes { addElement(node, to: id, of: holder, path: path) }
    case .scalar:
      diagnostics.append(
        .membersAreNoMapping(path, program.entities[place.member].name, at: node.span))
      return
    }
    if count < place.minimum || count > place.maximum ?? count {
      diagnostics.append(.wrongMemberCount(path, place.minimum, place.maximum, at: node.span))
    }
  }

  /// `- { id: maria, birth_date: … }`
  private mutating func addElement(
    _ node: Node, to place: PlaceID, of holder: Int32, path: String
  ) {
    guard case .mapping(let entries) = node.content,
      let id = entries.first(where: { $0.key.text == "id" }),
      case .scalar(let name) = id.value.content
    else {
      diagnostics.append(.memberWithoutID(path, at: node.span))
      return
    }
    let facts = Node(.mapping(entries.filter { $0.key.text != "id" }), span: node.span)
    add(name.text, to: place, of: holder, facts, span: id.value.span)
  }

  private mutating func add(
    _ id: String, to place: PlaceID, of holder: Int32, _ node: Node, span: Span
  ) {
    let entity = program.places[place].member
    let name = program.entities[entity].name
    if members.hasNamed(id, of: entity) {
      diagnostics.append(.duplicateID(name, at: span))
      return
    }
    guard builder.instances.count < Self.memberLimit else {
      if builder.instances.count == Self.memberLimit, !isFull {
        diagnostics.append(.tooManyMembers(Self.memberLimit, at: span))
      }
      isFull = true
      return
    }
    guard id.contains(where: { !$0.isWhitespace }), !id.contains("/"), !id.contains("@") else {
      diagnostics.append(.badID(name, at: span))
      return
    }
    let member = builder.add(id, to: place, of: holder)
    members.add(member, id, of: entity)
    readFacts(node, of: member, path: "\(name)/\(id)")
  }

  private var isFull = false

  // MARK: - What is said

  private mutating func readFact(_ fact: FactID, of instance: Int32, _ node: Node) {
    var reader = FactReader(
      program, program.facts[fact], of: builder.instances[Int(instance)], among: members,
      today: today)
    let state = reader.read(node)
    diagnostics += reader.diagnostics
    guard let state else { return }
    builder.set(fact, of: instance, to: state, origin: reader.origin)
  }
}

/// Who there is in a case that is being read, by the names that facts may refer to.
struct CaseMembers {
  private var named: [EntityID: [String: Int32]] = [:]
  /// Also those of whom nothing was said.
  var instances: [Case.Instance] = []

  mutating func add(_ instance: Int32, _ id: String, of entity: EntityID) {
    named[entity, default: [:]][id] = instance
  }

  func hasNamed(_ id: String, of entity: EntityID) -> Bool { named[entity]?[id] != nil }

  func instance(_ id: String, of entity: EntityID) -> Int32? {
    if let found = named[entity]?[id] { return found }
    // A single member that nothing was said of is there all the same.
    return instances.firstIndex { $0.entity == entity && $0.id == id }.map(Int32.init)
  }
}

extension Node {
  /// A plain word, which may be a state.
  package var word: String? {
    guard case .scalar(let scalar) = content, scalar.style == .plain else { return nil }
    return scalar.text
  }

  /// `unknown`, `declined` or `null`, plain or as JSON's `{"state": "declined"}`.
  package var stateWord: String? {
    if let word { return word }
    guard case .mapping(let entries) = content, entries.count == 1, entries[0].key.text == "state",
      case .scalar(let scalar) = entries[0].value.content
    else { return nil }
    return scalar.text
  }
}
