import Annona
import AnnonaEngine
internal import AnnonaLanguage
import AnnonaValues

/// The trace of all decisions as one list: a step stands before those it comes from, and names the one that it is part of.
struct StepsSection {
  private let program: Program
  private let names: ValueText
  private(set) var steps: [JSONValue] = []
  /// Of each node that is shown, its step, for those that refer to it.
  private var positions: [String: Int] = [:]
  private var otherPositions: [String: Int] = [:]

  /// Of the steps of the day that is being written.
  private var determination = Determination([], from: [])

  private(set) var usedFacts: Set<CaseSection.FactKey> = []
  private(set) var rules: Set<RuleVersion> = []
  private(set) var parameters: Set<FigureVersion> = []
  private(set) var citations: Set<String> = []
  /// What was not reached, with what had decided before it.
  private(set) var notReached: [JSONValue] = []

  struct RuleVersion: Hashable {
    let rule: RuleID
    let from: CalendarDate?
  }

  struct FigureVersion: Hashable {
    let parameter: ParameterID
    let from: CalendarDate
  }

  /// - Parameters:
  ///   - decided: the request's case on one date or several, in order.
  ///   - request: the steps of its first day have no date.
  init(_ decided: [DecidedCase], _ request: DecisionRequest, _ program: Program) {
    self.program = program
    names = ValueText(program, request.facts)
    for day in decided { add(day, asOf: request.days.first) }
  }

  private mutating func add(_ decided: DecidedCase, asOf ordinary: CalendarDate) {
    let traces = decided.traces(asOf: ordinary)
    let date = decided.decision.today == ordinary ? nil : decided.decision.today
    determination = Determination(
      traces.flatMap { $0.parts.map(\.tree) },
      from: traces.flatMap { decision, parts in
        parts.filter { $0.part.decides(decision.outcome) }.map(\.tree)
      })
    for (benefit, parts) in traces {
      // What was decided again without mere defaults has values of its own.
      let isStrict = benefit.assumptions == .onlyTheLaws
      if isStrict { swap(&positions, &otherPositions) }
      defer { if isStrict { swap(&positions, &otherPositions) } }
      var root = MemberList()
      let declared = program.benefits[benefit.benefit]
      let member = benefit.member.map { names.name(of: $0) }
      root.add(
        "id", declared.name + (member.map { "/\($0)" } ?? "") + (date.map { "@\($0)" } ?? ""))
      root.add("date", date?.description)
      root.add("kind", "benefit")
      root.add("state", benefit.outcome.name(of: declared))
      note(declared.citations)
      let position = steps.count
      steps.append(root.object)
      for (part, tree) in parts {
        add(tree, of: position, as: part.name, on: part.date ?? date)
      }
    }
  }

  private mutating func add(
    _ node: TraceNode, of parent: Int, as part: String? = nil, on date: CalendarDate? = nil
  ) {
    var step = MemberList()
    step.add("of", .integer(parent))
    step.add("id", node.id)
    step.add("as", part)
    step.add("date", date?.description)
    step.add("kind", node.kind.word)
    step.add("name", node.name)
    if let state = node.state, state.knownValue == nil { step.add("state", state.word) }
    step.add("value", node.state.map { names.text($0, node.type) })
    let (role, by) = node.role.words
    step.add("role", role)
    step.add("by", by)
    describe(node, &step)
    step.add("determining", if: determination.contains(node))
    step.add("supposed", if: node.isSupposed)
    step.add("read_as_given", if: node.isReadAsGiven)
    step.add("ties", node.ties.map { .string($0) })
    let first = positions[node.id]
    if let first, node.isRepeated { step.add("same_as", .integer(first)) }
    let position = steps.count
    if first == nil { positions[node.id] = position }
    steps.append(step.object)
    note(node)
    for child in node.children { add(child, of: position) }
  }

  /// Rules, facts and figures have their provision, place and validity once, in sections of their own.
  private func describe(_ node: TraceNode, _ step: inout MemberList) {
    switch node.kind {
    case .operation, .element:
      step.add("words", words(node.span))
    case .rounding, .candidate:
      step.add("cites", node.citations.asWritten)
      step.add("place", program.place(node.span))
    case .rule, .parameter: step.add("from", node.validity?.from?.description)
    case .fact, .members, .today, .constant: break
    }
  }

  private func words(_ span: Span) -> String? {
    guard program.files.indices.contains(Int(span.file)) else { return nil }
    return program.files[Int(span.file)].text(span)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: - What was touched

  private mutating func note(_ node: TraceNode) {
    if case .notReached(let after) = node.role {
      notReached.append(.object(["id": .string(node.id), "after": .string(after)]))
      return
    }
    switch node.kind {
    case .rule(let rule, _):
      rules.insert(RuleVersion(rule: rule, from: node.validity?.from))
      note(node.citations)
    case .parameter(let parameter):
      if let from = node.validity?.from {
        parameters.insert(FigureVersion(parameter: parameter, from: from))
      }
      note(node.citations)
    case .fact(let fact, let instance):
      if instance >= 0 { usedFacts.insert(.init(instance: instance, fact: fact)) }
      note(node.citations)
    case .candidate:
      if node.role == .fired || node.role == .possible { note(node.citations) }
    default: break
    }
  }

  private mutating func note(_ cited: [Citation]) { citations.formUnion(cited.map(\.text)) }
}

extension Program {
  /// File, line and column, the file named as records name it.
  func place(_ span: Span) -> String? {
    guard files.indices.contains(Int(span.file)) else { return nil }
    let file = files[Int(span.file)]
    let position = file.position(of: span.start)
    return "\(file.path):\(position.line):\(position.column)"
  }
}
