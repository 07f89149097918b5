import Annona
import AnnonaEngine
internal import AnnonaLanguage
import AnnonaValues

/// What a record keeps of a case: who there is, and what was said of whom, in the order given.
struct CaseSection {
  let program: Program
  let facts: Case
  /// The facts that a step of the decision reads.
  let used: Set<FactKey>
  private let names: ValueText

  struct FactKey: Hashable {
    let instance: Int32
    let fact: FactID
  }

  init(_ program: Program, _ facts: Case, used: Set<FactKey>) {
    self.program = program
    self.facts = facts
    self.used = used
    names = ValueText(program, facts)
  }

  // MARK: - Who there is

  /// Everybody, the case's own entity first; holders are numbered as they stand here.
  var members: [JSONValue] {
    facts.instances.map { instance in
      var member = MemberList()
      member.add("id", instance.id)
      member.add("entity", program.entities[instance.entity].name)
      if let holder = instance.holder { member.add("holder", .integer(Int(holder))) }
      member.add("place", instance.place.map { program.places[$0].name })
      return member.object
    }
  }

  /// Lists and single members that were said to be complete, or that nobody would speak of.
  var places: [JSONValue] {
    facts.instances.indices.flatMap { index in
      program.entities[facts.instances[index].entity].places.compactMap { id in
        let place = program.places[id]
        let state: String
        switch facts.members(of: id, for: Int32(index)) {
        case .notGiven: return nil
        case .declined: state = "declined"
        case .given: state = "known"
        }
        if !place.isList, !place.isOptional { return nil }
        return .object([
          "id": .string(names.id(of: id, for: Int32(index))), "holder": .integer(index),
          "place": .string(place.name), "state": .string(state),
        ])
      }
    }
  }

  // MARK: - What was said

  /// Every fact that was given, and every one that was not given but read.
  var entries: [JSONValue] {
    facts.instances.indices.flatMap { index in
      program.entities[facts.instances[index].entity].facts.compactMap { fact in
        entry(FactKey(instance: Int32(index), fact: fact))
      }
    }
  }

  /// The facts of which two origins say different things.
  var conflicts: [JSONValue] {
    entries.filter { $0["state"]?.text == "conflicting" }.compactMap { $0["id"] }
  }

  private func entry(_ key: FactKey) -> JSONValue? {
    let state = facts.state(of: key.fact, for: key.instance)
    let isUsed = used.contains(key)
    switch state {
    case .notGiven, .awaitingJudgement, .assumed: if !isUsed { return nil }
    default: break
    }
    let declared = program.facts[key.fact]
    var entry = MemberList()
    entry.add("id", names.id(of: key.fact, for: key.instance))
    entry.add("member", .integer(Int(key.instance)))
    entry.add("fact", declared.name)
    entry.add("title", declared.title.text(in: program.language, else: program.language))
    add(state, declared.type, to: &entry)
    add(facts.origin(of: key.fact, for: key.instance), to: &entry)
    entry.add("used", .bool(isUsed))
    return entry.object
  }

  private func add(_ state: FactState, _ type: ValueType, to entry: inout MemberList) {
    entry.add("state", state.word)
    switch state {
    case .known(let value), .assumed(let value): entry.add("value", json(value, type))
    case .conflicting(let claims):
      entry.add(
        "claims",
        claims.map { claim in
          var object = MemberList()
          if claim.value == .null {
            object.add("state", FactState.absent.word)
          } else {
            object.add("value", json(claim.value, type))
          }
          add(claim.origin, to: &object)
          return object.object
        })
    case .varying(let spells):
      entry.add(
        "spells",
        .array(
          spells.map { spell in
            var object = MemberList()
            object.add("from", spell.from.description)
            object.add("through", spell.through?.description)
            add(spell.state, type, to: &object)
            add(spell.origin, to: &object)
            return object.object
          }))
    case .absent, .notGiven, .declined, .awaitingJudgement: break
    }
  }

  private func add(_ origin: Origin?, to entry: inout MemberList) {
    entry.add("source", origin?.source)
    entry.add("observed", origin?.observed?.description)
    entry.add("verified", origin?.verified)
    entry.add(
      "agreeing",
      (origin?.agreeing ?? []).map { other in
        var object = MemberList()
        add(other, to: &object)
        return object.object
      })
  }

  /// A list item by item, anything else as text with its unit.
  private func json(_ value: Value, _ type: ValueType) -> JSONValue {
    if case .list(let values) = value, case .list(let element) = type.present {
      return .array(values.map { .string(names.text($0, element)) })
    }
    return .string(names.text(value, type))
  }
}
