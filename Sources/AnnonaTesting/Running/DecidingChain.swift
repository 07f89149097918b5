import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Tells in one line what a value comes from: each link is what decided the one before it.
///
/// `129.23 EUR/month <- person/maria.base_amount, row_9 (portaria art. 2) <- household.tier = 3 <- …`
struct DecidingChain {
  private let evaluator: Evaluator
  private let names: ValueText
  private let program: Program

  /// Longer chains end in `…`.
  private static let limit = 6

  init(_ evaluator: Evaluator) {
    self.evaluator = evaluator
    program = evaluator.program
    names = ValueText(program, evaluator.facts)
  }

  /// Of a rule or a benefit's expression.
  func links(_ node: TraceNode) -> [String] {
    var links: [String] = []
    var next: TraceNode? = node
    while let found = next {
      let node = whole(found)
      guard links.count < Self.limit else { return links + ["…"] }
      let fired = node.children.first { $0.role == .fired && $0.kind.isCandidate }
      links.append(link(node, fired))
      next = decider(of: node, fired)
    }
    return links
  }

  /// A trace shows each rule once; here it is wanted where it decides.
  private func whole(_ node: TraceNode) -> TraceNode {
    guard node.isRepeated, case .rule(let rule, let instance) = node.kind, !node.id.contains("@")
    else { return node }
    return evaluator.trace(rule, for: instance)
  }

  /// Of a benefit: the conditions that decided, then what the first of them, or the amount, comes from.
  func links(_ decision: BenefitDecision) -> [String] {
    let benefit = program.benefits[decision.benefit]
    let instance = decision.member ?? 0
    switch decision.outcome {
    case .entitled:
      guard let amount = benefit.amount else { return [] }
      return links(named(evaluator.trace(amount, of: decision.benefit, for: instance)))
    case .notEntitled, .notApplicable:
      for unmet in decision.reasons where unmet.status == .unmet {
        guard let rule = unmet.rule else { continue }
        return links(evaluator.trace(rule, for: unmet.instance))
      }
      return []
    case .undetermined: return decision.needs.isEmpty ? [] : ["needs " + needs(decision)]
    case .refer: return decision.referrals.map { referral($0) }
    case .notInForce, .error: return decision.faults.prefix(Self.limit).map { fault($0) }
    }
  }

  private func needs(_ decision: BenefitDecision) -> String {
    decision.needs.map { names.id(of: $0) }.joined(separator: ", ")
  }

  private func referral(_ referral: Referral) -> String {
    let name = names.id(of: referral.wait)
    switch referral.cause {
    case .declined: return "\(name) was not told"
    case .judge(let office): return "\(name) is for the \(office) to judge"
    case .conflicting: return "\(name) is told differently by two origins"
    case .unverified: return "\(name) is not verified"
    }
  }

  private func fault(_ fault: Fault) -> String {
    let subject: String =
      switch fault.subject {
      case .place: ""
      case .parameter(let parameter): ": \(program.parameters[parameter].name)"
      case .rule(let rule): ": \(program.rules[rule].name)"
      case .rivals(let rivals): ": " + rivals.map(\.name).joined(separator: " and ")
      }
    let place = fault.rule.map { " in \(names.id(of: $0, for: fault.instance))" } ?? ""
    return "\(fault.code.rawValue)\(place)\(subject)"
  }

  // MARK: - Links

  private func link(_ node: TraceNode, _ fired: TraceNode?) -> String {
    var text = node.id
    if let state = node.state { text += " = \(names.text(state, node.type))" }
    if node.isSupposed { return text + " (supposed)" }
    let name = fired?.name.map { ", \($0)" } ?? ""
    let cited = fired.flatMap { $0.citations.isEmpty ? nil : $0.citations } ?? node.citations
    let provision = cited.isEmpty ? "" : " (" + cited.map(\.text).joined(separator: "; ") + ")"
    return text + name + provision
  }

  /// The named value that decided: for a table what its inputs read, else what the formula reads that has the same value, or comes first.
  private func decider(of node: TraceNode, _ fired: TraceNode?) -> TraceNode? {
    var sources: [TraceNode] = []
    if let fired {
      sources = named(in: fired.children)
      if fired.kind == .candidate(.row) {
        let inputs = node.children.filter { !$0.kind.isCandidate }
        sources = sources.filter(\.kind.isRule) + named(in: inputs)
      }
    } else {
      sources = named(in: node.children)
    }
    let open = node.state?.knownValue == nil
    let equal = sources.first { source in
      open ? source.state?.knownValue == nil : source.state == node.state && source.state != nil
    }
    return equal ?? sources.first(where: \.kind.isRule) ?? sources.first
  }

  /// The nearest named values below, in the order written.
  private func named(in nodes: [TraceNode]) -> [TraceNode] {
    nodes.flatMap { node -> [TraceNode] in
      if case .notReached = node.role { return [] }
      if node.role == .didNotApply { return [] }
      switch node.kind {
      case .rule, .fact, .parameter, .members: return [node]
      case .constant, .today: return []
      case .operation, .element, .candidate, .rounding: return named(in: node.children)
      }
    }
  }

  /// An expression that only names a rule is that rule.
  private func named(_ node: TraceNode) -> TraceNode {
    if case .operation = node.kind, let first = named(in: node.children).first,
      first.state == node.state
    {
      return first
    }
    return node
  }
}

/// The rows and exceptions that gave a value, wherever in a trace.
enum FiredCandidates {
  static func names(in nodes: [TraceNode]) -> [String] {
    var found: [String] = []
    for node in nodes { add(node, &found) }
    return found
  }

  private static func add(_ node: TraceNode, _ found: inout [String]) {
    if case .candidate = node.kind, node.role == .fired, !found.contains(node.id) {
      found.append(node.id)
    }
    for child in node.children { add(child, &found) }
  }
}

extension TraceNode.Kind {
  var isCandidate: Bool {
    if case .candidate = self { return true }
    return false
  }

  var isRule: Bool {
    if case .rule = self { return true }
    return false
  }
}
