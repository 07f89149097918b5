import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// The engine's answers about a model, asked for as an embedding app asks.
struct Engine {
  let model: Model
  let program: Program
  private let rules: [RuleID]
  private let isReversed: Bool

  struct Refused: Error {
    let codes: [String]
    let text: String
  }

  init(_ model: Model, order: Printer.Order = .asDeclared) throws(Refused) {
    let files = Printer.files(model, order: order)
      .map { SourceFile(path: $0.name, text: $0.text) }
    let loaded = Rulebook.load(files: files)
    guard let rulebook = loaded.rulebook else {
      let errors = loaded.diagnostics.filter { $0.severity == .error }
      throw Refused(
        codes: Set(errors.map(\.code)).sorted(),
        text: DiagnosticText(files: loaded.files).render(errors))
    }
    self.model = model
    program = rulebook.program
    isReversed = order == .reversed
    let names = rulebook.program.rules.map(\.name)
    rules = model.rules.indices.compactMap { index in
      names.firstIndex(of: "household.r\(index)").map { RuleID($0) }
    }
  }

  /// What it says of every rule, in the model's order.
  func answers(_ given: [String: Item]) -> [Answer] {
    guard let today = CalendarDate(text: "2025-03-01") else { return [] }
    let facts = household(given)
    let evaluator = Evaluator(program, facts, today: today)
    let names = ValueText(program, facts)
    return rules.map { Answer(state: evaluator.value(of: $0), names: names) }
  }

  private func household(_ given: [String: Item]) -> Case {
    var builder = Case.Builder(program)
    set(model.facts, of: 0, "household", given, &builder)
    builder.close(PlaceID(0))
    for member in isReversed ? model.members.reversed() : model.members {
      let instance = builder.add(member, to: PlaceID(0))
      set(model.memberFacts, of: instance, "person/\(member)", given, &builder)
    }
    return builder.build()
  }

  private func set(
    _ facts: [FactModel], of instance: Int32, _ owner: String, _ given: [String: Item],
    _ builder: inout Case.Builder
  ) {
    for fact in facts {
      guard let value = given["\(owner).\(fact.name)"] else { continue }
      let entity = instance == 0 ? "household" : "person"
      let index = program.facts.firstIndex { declared in
        declared.name == fact.name && program.entities[declared.entity].name == entity
      }
      guard let index else { continue }
      builder.set(
        FactID(index), of: instance, to: value == .null ? .absent : .known(value.value))
    }
  }
}

/// One rule's state.
struct Answer: CustomStringConvertible {
  let state: State
  let names: ValueText

  var faults: Set<String> { Set(state.faults.map(\.code.rawValue)) }
  var waits: Set<String> { Set(state.waits.map(names.id(of:))) }

  var isError: Bool { state.isError }
  var isKnown: Bool { state.knownValue != nil }

  func allows(_ item: Item) -> Bool {
    let domain = state.domain
    switch (item, domain.present) {
    case (.null, _): return domain.canBeNull
    case (.truth(let value), .boolean(let truth)?):
      return value ? truth.canBeTrue : truth.canBeFalse
    case (.colour(let value), .choice(let members)?):
      return members?.contains(Int32(value)) ?? true
    case (.number, .number(let range)?):
      guard case .number(let number) = item.value else { return false }
      return range.contains(number)
    default: return false
    }
  }

  /// The same, whatever it was waiting for; of several faults that are certain, more facts may single one out.
  func says(theSameAs other: Answer) -> Bool {
    state.domain == other.state.domain && isError == other.isError
      && faults.isEmpty == other.faults.isEmpty
  }

  var description: String {
    switch state {
    case .known: "known \(state.domain)"
    case .error: "error \(faults.sorted())"
    case .open:
      "unknown \(state.domain), may fail \(faults.sorted()), waits \(waits.sorted())"
    }
  }
}

extension Item {
  var value: Value {
    switch self {
    case .truth(let value): return .boolean(value)
    case .colour(let value): return .choice(Int32(value))
    case .null: return .null
    case .number(let fraction):
      let quotient = try? Number(fraction.top) / Number(fraction.bottom)
      return .number(quotient ?? Number(fraction.top))
    }
  }
}
