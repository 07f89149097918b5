import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Foundation
import Testing

/// One case of a `*.test.yaml` file: what is given, what is set, and what must come out.
struct Fixture: CustomStringConvertible {
  let rulebook: String
  let name: String
  let today: CalendarDate
  let given: Node
  let suppose: [Node.Entry]
  let expect: [Node.Entry]

  var description: String { "\(rulebook): \(name)" }

  struct Malformed: Error { let what: String }

  /// Every case of every fixture file below `Rules`.
  static func all() throws -> [Fixture] {
    let root = LawRulebook.project.appendingPathComponent("Rules")
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    return try (paths ?? []).filter { $0.hasSuffix(".test.yaml") }.sorted()
      .flatMap { try read(root.appendingPathComponent($0)) }
  }

  private static func read(_ url: URL) throws -> [Fixture] {
    let bytes = [UInt8](try Data(contentsOf: url))
    let source = SourceFile(path: url.lastPathComponent, bytes: bytes)
    let (node, problems) = readNodes(source, index: 0)
    guard problems.isEmpty, let node, let cases = node["cases"]?.elements else {
      throw Malformed(what: "\(url.lastPathComponent) \(problems)")
    }
    let empty = Node(.mapping([]), span: node.span)
    return try cases.map { entry in
      let today = CalendarDate(text: (entry["today"] ?? node["today"])?.text ?? "")
      let given = (node["given"] ?? empty).merged(with: entry["given"] ?? empty)
      return try Fixture(
        rulebook: #require(node["tests"]?.text), name: #require(entry["name"]?.text),
        today: #require(today), given: given, suppose: entry["suppose"]?.entries ?? [],
        expect: #require(entry["expect"]?.entries))
    }
  }

  /// What came out otherwise than expected, one line each.
  func mismatches(_ program: Program) throws -> [String] {
    let (facts, problems) = readCase(given, program, today: today)
    if !problems.isEmpty { return problems.map { "\($0.code) \($0.message)" } }
    let suppositions = try suppose.map { entry in
      Supposition(
        rule: try program.rule(entry.key.text), instance: nil,
        value: .number(try number(entry.value.text)))
    }
    let evaluator = Evaluator(program, facts, today: today, suppose: suppositions)
    return try expect.flatMap { try mismatches($0, evaluator) }
  }

  private func mismatches(_ expected: Node.Entry, _ evaluator: Evaluator) throws -> [String] {
    let program = evaluator.program
    let key = expected.key.text
    if case .scalar(let scalar) = expected.value.content {
      let (rule, instance) = try self.rule(key, evaluator)
      let state = evaluator.value(of: rule, for: instance)
      let wanted = State.known(.number(try number(scalar.text)))
      return state == wanted ? [] : ["\(key): \(state), not \(scalar.text)"]
    }
    if let wanted = expected.value["value"]?.text {
      let (rule, instance) = try self.rule(key, evaluator)
      let state = evaluator.value(of: rule, for: instance)
      let tolerance = try number(expected.value["tolerance"]?.text)
      guard case .number(let found)? = state.knownValue,
        try (found - number(wanted)).magnitude <= tolerance
      else { return ["\(key): \(state), not \(wanted) within \(tolerance)"] }
      return []
    }
    let parts = key.split(separator: "/")
    let decisions = evaluator.decide().benefits.filter { decision in
      program.benefits[decision.benefit].name == parts[0]
        && decision.member.map { evaluator.facts.instances[Int($0)].id == parts.last ?? "" } ?? true
    }
    guard let decision = decisions.first, decisions.count == 1 else {
      return ["\(key): \(decisions.count) decisions"]
    }
    return try expected.value.entries.flatMap { entry in
      try mismatches(entry, of: decision, evaluator).map { "\(key): \($0)" }
    }
  }

  private func mismatches(
    _ expected: Node.Entry, of decision: BenefitDecision, _ evaluator: Evaluator
  ) throws -> [String] {
    switch expected.key.text {
    case "outcome":
      let wanted = expected.value.text ?? ""
      return decision.outcome.rawValue == wanted ? [] : ["\(decision.outcome), not \(wanted)"]
    case "amount":
      let ends = try (expected.value.text ?? "").components(separatedBy: " to ").map(number)
      let found = decision.amount?.knownValue.map { [$0] } ?? []
      if ends.count == 1 {
        return found == [.number(ends[0])] ? [] : ["amount \(found), not \(ends[0])"]
      }
      let bounds = [decision.bounds?.lower, decision.bounds?.upper]
      return bounds == ends ? [] : ["bounds \(bounds), not \(ends)"]
    case "needs":
      let wanted = expected.value.elements?.compactMap(\.text) ?? []
      let found = decision.needs.map { name(of: $0, evaluator.program) }
      return found == wanted ? [] : ["needs \(found), not \(wanted)"]
    default: throw Malformed(what: expected.key.text)
    }
  }

  private func name(of wait: Wait, _ program: Program) -> String {
    switch wait {
    case .fact(_, let id, _):
      let fact = program.facts[id]
      return "\(program.entities[fact.entity].name).\(fact.name)"
    case .members(_, let id):
      let place = program.places[id]
      return "\(program.entities[place.holder].name).\(place.name)"
    case .parameter(let id, _): return program.parameters[id].name
    }
  }

  /// `household.tier`, or `person/maria.amount`.
  private func rule(_ key: String, _ evaluator: Evaluator) throws -> (RuleID, Int32) {
    guard let slash = key.firstIndex(of: "/"), let dot = key.lastIndex(of: ".") else {
      return (try evaluator.program.rule(key), 0)
    }
    let id = key[key.index(after: slash)..<dot]
    let instance = evaluator.facts.instances.firstIndex { $0.id == id }
    return (
      try evaluator.program.rule("\(key[..<slash])\(key[dot...])"),
      Int32(try #require(instance))
    )
  }

  /// `25_000/3` is a constant like any other.
  private func number(_ text: String?) throws -> Number {
    let parts = (text ?? "").replacingOccurrences(of: "_", with: "").split(separator: "/")
    let numbers = parts.compactMap { Number(text: $0) }
    guard numbers.count == parts.count, let first = numbers.first else {
      throw Malformed(what: text ?? "")
    }
    return try numbers.dropFirst().reduce(first) { try $0 / $1 }
  }
}
