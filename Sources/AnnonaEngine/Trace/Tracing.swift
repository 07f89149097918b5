public import AnnonaLanguage
import AnnonaValues

extension Evaluator {
  /// Why a rule has the value it has for an instance.
  public func trace(_ rule: RuleID, for instance: Int32 = 0) -> TraceNode {
    var tracer = Tracer(self)
    return tracer.rule(
      RuleKey(rule: rule, instance: instance, clock: clock, output: nil), program.rules[rule].span)
  }

  /// Why an expression of a benefit has the value it has.
  public func trace(
    _ expression: Expression, of benefit: BenefitID, for instance: Int32 = 0
  ) -> TraceNode {
    var tracer = Tracer(self)
    var scope = Scope(rule: nil, instance: instance, clock: clock)
    if let under = program.benefits[benefit].under,
      let days = settle({ self.evaluate(under, scope) }).domain.dates
    {
      scope.clock.lawOf = Clock.Days(days.lower, days.upper)
    }
    return tracer.expression(expression, scope, id: program.benefits[benefit].name)
  }

  /// Several traces in one: what one of them shows, the next ones refer to.
  public func traces(_ rules: [(rule: RuleID, instance: Int32)]) -> [TraceNode] {
    var tracer = Tracer(self)
    return rules.map { rule, instance in
      tracer.rule(
        RuleKey(rule: rule, instance: instance, clock: clock, output: nil),
        program.rules[rule].span)
    }
  }
}

extension Evaluator {
  /// An expression of a benefit that is asked about, with the name of the part that it is.
  package struct BenefitPart: Sendable {
    package let expression: Expression
    package let name: String
    /// As of which date, where it is not the date decided for: one of several payments.
    package let date: CalendarDate?

    /// Whether an outcome rests on it: a refusal does not on the amount that there would have been.
    package func decides(_ outcome: Outcome) -> Bool {
      switch outcome {
      case .notApplicable: name == "applies"
      case .notEntitled: name == "applies" || name == "entitled"
      case .entitled, .undetermined, .refer, .notInForce, .error: true
      }
    }
  }

  /// What decides a benefit, in order: whether it applies, whether one is entitled, the amount or each payment.
  package func parts(of decision: BenefitDecision) -> [BenefitPart] {
    let declared = program.benefits[decision.benefit]
    // Without a member there is nobody to explain it for.
    guard decision.member != nil || declared.members == nil else { return [] }
    var parts: [BenefitPart] = []
    func add(_ expression: Expression?, _ name: String, on date: CalendarDate? = nil) {
      if let expression { parts.append(.init(expression: expression, name: name, date: date)) }
    }
    add(declared.applies, "applies")
    add(declared.entitled, "entitled")
    if decision.amount != nil { add(declared.amount, "amount") }
    for payment in decision.plan?.payments ?? [] where payment.amount != nil {
      let amount = declared.payments.first { $0.name == payment.name }?.amount
      add(amount ?? declared.amount, payment.name ?? "amount", on: payment.date)
    }
    return parts
  }

  /// Why every benefit came out as it did, one tree for each part; what one tree shows, the next ones refer to.
  ///
  /// - Parameter ordinary: the clock whose values have no date in their ids; its own, unless it is one of several dates.
  package func traces(
    of decisions: [BenefitDecision], asOf ordinary: Clock? = nil
  ) -> [(decision: BenefitDecision, parts: [(part: BenefitPart, tree: TraceNode)])] {
    var shown: [Assumptions: Set<String>] = [:]
    let strict = Evaluator(
      program, facts, during: clock.today, assumptions: .onlyTheLaws, suppose: supposed)
    return decisions.map { decision in
      // It is explained by what it was decided with.
      let evaluator = decision.assumptions == assumptions ? self : strict
      return (
        decision,
        parts(of: decision).map { part in
          (
            part,
            evaluator.trace(
              part, of: decision, asOf: ordinary ?? clock,
              shown: &shown[decision.assumptions, default: []])
          )
        }
      )
    }
  }

  private func trace(
    _ part: BenefitPart, of decision: BenefitDecision, asOf ordinary: Clock,
    shown: inout Set<String>
  ) -> TraceNode {
    let benefit = program.benefits[decision.benefit]
    let evaluator =
      part.date.map {
        Evaluator(program, facts, today: $0, assumptions: assumptions, suppose: supposed)
      } ?? self
    var tracer = Tracer(evaluator, decidedFor: ordinary)
    swap(&tracer.shown, &shown)
    defer { swap(&tracer.shown, &shown) }
    var scope = Scope(rule: nil, instance: decision.member ?? 0, clock: evaluator.clock)
    if let under = benefit.under,
      let days = evaluator.settle({ evaluator.evaluate(under, scope) }).domain.dates
    {
      scope.clock.lawOf = Clock.Days(days.lower, days.upper)
    }
    let member = decision.member.map { "/\(tracer.names.name(of: $0))" } ?? ""
    let day = part.date ?? (clock == ordinary ? nil : clock.today.only)
    let date = day.map { "@\($0)" } ?? ""
    return tracer.expression(
      part.expression, scope, id: "\(benefit.name)\(member)#\(part.name)\(date)")
  }
}

/// Walks what the program says and asks again for the value of each part.
struct Tracer {
  let evaluator: Evaluator
  let names: ValueText
  /// Nodes that have been shown.
  fileprivate var shown: Set<String> = []
  private var depth = 0

  /// A tree deeper than this is cut, with a reference in place of the rest.
  private static let depthLimit = 150

  /// The clock whose dates are not shown in ids.
  private let ordinary: Clock

  /// - Parameter clock: the clock of the date decided for, where the evaluator's is that of a payment.
  init(_ evaluator: Evaluator, decidedFor clock: Clock? = nil) {
    self.evaluator = evaluator
    ordinary = clock ?? evaluator.clock
    names = ValueText(evaluator.program, evaluator.facts)
  }

  var program: Program { evaluator.program }

  /// The value of a part; what is met only on the way to the trace is no part of a decision.
  func state(_ body: () -> State) -> State { settled(body) }

  func settled<Result>(_ body: () -> Result) -> Result {
    let before = evaluator.progress
    defer { evaluator.restore(before) }
    return evaluator.unnoted { evaluator.settle(body) }
  }

  func value(_ expression: Expression, _ scope: Scope) -> State {
    state { evaluator.evaluate(expression, scope) }
  }

  /// Marks a node as shown; false where it was before, or the tree is too deep.
  mutating func opens(_ node: inout TraceNode) -> Bool {
    if depth < Self.depthLimit, shown.insert(node.id).inserted { return true }
    node.isRepeated = true
    return false
  }

  mutating func nested<Result>(_ body: (inout Tracer) -> Result) -> Result {
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }

  /// Shown where it is not the case's own date.
  func date(_ clock: Clock) -> CalendarDate? {
    clock == ordinary ? nil : clock.lawOf?.first ?? clock.today.first
  }

  // MARK: - Names

  mutating func fact(_ id: FactID, for instance: Int32, _ scope: Scope, _ span: Span) -> TraceNode {
    let fact = program.facts[id]
    let varies = fact.variation != nil && fact.variation != .never
    var node = TraceNode(
      .fact(id, instance),
      id: names.id(of: id, for: instance, date: varies ? date(scope.clock) : nil),
      title: fact.title,
      state: state { evaluator.value(ofFact: id, for: instance, scope.clock) },
      type: fact.type, span: span)
    node.citations = fact.citations
    if instance >= 0 {
      node.given = evaluator.facts.state(of: id, for: instance)
      node.origin = evaluator.facts.origin(of: id, for: instance)
    }
    node.isReadAsGiven =
      fact.variation == nil && scope.clock.today != evaluator.clock.today
    return node
  }

  func parameter(_ id: ParameterID, _ scope: Scope, _ span: Span) -> TraceNode {
    let parameter = program.parameters[id]
    let suffix = date(scope.clock).map { "@\($0)" } ?? ""
    var node = TraceNode(
      .parameter(id), id: program.id(of: id) + suffix, title: parameter.title,
      state: state { evaluator.value(of: id, scope, span) }, type: parameter.type, span: span)
    let entry = scope.clock.law.only.flatMap { parameter.entry(on: $0) }
    node.citations = entry.map { $0.citations.isEmpty ? parameter.citations : $0.citations } ?? []
    node.validity = entry.map { InForce(from: $0.from, through: $0.through) }
    return node
  }

  func members(_ id: PlaceID, for instance: Int32, _ span: Span) -> TraceNode {
    let place = program.places[id]
    let member = ValueType.entity(place.member)
    return TraceNode(
      .members(id, instance), id: names.id(of: id, for: instance), title: place.title,
      state: state { evaluator.value(ofMembers: id, for: instance) },
      type: place.isList ? .list(member) : place.isOptional ? .optional(member) : member,
      span: span)
  }
}
