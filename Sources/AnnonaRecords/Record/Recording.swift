public import Annona
internal import AnnonaLanguage
import AnnonaValues

extension RecordedRulebook {
  /// Decides a case and records the decision.
  ///
  /// The record's id depends on nothing but what is given here, `producedAt` left out.
  ///
  /// - Parameters:
  ///   - facts: read by this rulebook.
  ///   - today: the date decided for.
  ///   - suppose: rules whose value is set for this case.
  ///   - context: what the decision is made for, and by whom.
  ///   - producedAt: when, as the caller's clock has it.
  ///   - secret: of the authority; with one, facts can later be redacted.
  public func record(
    _ facts: Case, on today: CalendarDate, suppose: [Supposition] = [],
    context: DecisionContext, producedAt: Moment? = nil, secret: [UInt8]? = nil
  ) -> Record {
    var request = DecisionRequest(facts, .on(today))
    request.suppositions = suppose
    return record(request, context: context, producedAt: producedAt, secret: secret)
  }

  /// Decides what is asked for and records it: on one day or over a period, all benefits or those that an event touches.
  ///
  /// The record's id depends on nothing but what is given here, `producedAt` left out.
  ///
  /// - Parameters:
  ///   - request: what is decided.
  ///   - context: what the decision is made for, and by whom.
  ///   - producedAt: when, as the caller's clock has it.
  ///   - secret: of the authority; with one, facts can later be redacted.
  public func record(
    _ request: DecisionRequest, context: DecisionContext, producedAt: Moment? = nil,
    secret: [UInt8]? = nil
  ) -> Record {
    record(
      request, context: context, producedAt: producedAt, secret: secret,
      by: EngineVersions(engine: EngineVersion.engine, semantics: EngineVersion.semantics))
  }

  func record(
    _ request: DecisionRequest, context: DecisionContext, producedAt: Moment?, secret: [UInt8]?,
    by versions: EngineVersions
  ) -> Record {
    Record(
      sealing: content(request, request.decided(by: rulebook), context, versions),
      kind: .decision, producedAt: producedAt, secret: secret)
  }

  /// Everything but hashes, id and seal.
  ///
  /// - Parameter decided: what the request came to.
  func content(
    _ request: DecisionRequest, _ decided: [DecidedCase], _ context: DecisionContext,
    _ versions: EngineVersions
  ) -> JSONValue {
    let steps = StepsSection(decided, request, rulebook.program)
    let household = CaseSection(rulebook.program, request.facts, used: steps.usedFacts)
    let outcomes = decided.flatMap { self.outcomes($0, over: request.days) }
    var content = MemberList()
    if let event = request.event { content.add("event", event.recorded) }
    return content.object.with([
      "record": .string(Record.schema),
      "kind": .string(Record.Kind.decision.rawValue),
      "identity": context.identity,
      "times": request.days.recorded(context),
      "rules": RulesSection(self, versions, touched: steps).json,
      "facts": .object([
        "members": .array(household.members), "places": .array(household.places),
        "entries": .array(household.entries),
      ]),
      "conflicts": .array(household.conflicts),
      "assumptions": .array(assumptions(request, decided)),
      "suppositions": .array(suppositions(request)),
      "outcomes": .array(outcomes),
      "provisions": .array(steps.citations.sorted().map { .string($0) }),
      "not_tested": .array(notTested(outcomes) + steps.notReached),
      "steps": .array(steps.steps),
    ])
  }

  /// What each benefit came to; over a period, with the days that it is for.
  private func outcomes(_ decided: DecidedCase, over days: DecisionRequest.Days) -> [JSONValue] {
    let writer = DecisionJSON(decided)
    return decided.benefits.map { benefit in
      let outcome = writer.benefit(benefit)
      guard case .from = days,
        let last = rulebook.program.benefits[benefit.benefit]
          .lastDay(ofPeriodFrom: decided.decision.today)
      else { return outcome }
      return outcome.with([
        "period": .object([
          "from": .string(decided.decision.today.description),
          "through": .string(last.description),
        ])
      ])
    }
  }

  private func suppositions(_ request: DecisionRequest) -> [JSONValue] {
    let program = rulebook.program
    let names = ValueText(program, request.facts)
    return request.suppositions.map { set in
      var object = MemberList()
      object.add("rule", program.rules[set.rule].name)
      if let instance = set.instance { object.add("member", .integer(Int(instance))) }
      object.add("value", names.text(set.value, program.rules[set.rule].type))
      return object.object
    }
  }

  /// Facts that nobody gave and that were taken by default, with whether the law presumes them.
  private func assumptions(_ request: DecisionRequest, _ decided: [DecidedCase]) -> [JSONValue] {
    let program = rulebook.program
    let names = ValueText(program, request.facts)
    var seen: Set<String> = []
    return decided.flatMap(\.benefits).flatMap(\.assumed).compactMap { wait in
      guard case .fact(let instance, let fact, _) = wait,
        let assumed = program.facts[fact].assumed,
        seen.insert(names.id(of: wait)).inserted
      else { return nil }
      let declared = program.facts[fact]
      var object = MemberList()
      object.add("id", names.id(of: wait))
      object.add("member", .integer(Int(instance)))
      object.add("fact", declared.name)
      object.add("value", names.text(assumed.value, declared.type))
      object.add("presumed_by_law", .bool(assumed.citesTheLaw))
      object.add("cites", declared.citations.map { .string($0.text) })
      return object.object
    }
  }

  private func notTested(_ outcomes: [JSONValue]) -> [JSONValue] {
    outcomes.flatMap { $0["reasons"]?.items ?? [] }
      .filter { $0["state"]?.text == "not_tested" }
      .map { .object(["id": $0["id"] ?? .null]) }
  }
}

extension DecisionContext {
  fileprivate var identity: JSONValue {
    .object([
      "purpose": .string(purpose.rawValue), "authority": .optional(authority),
      "basis": .optional(basis), "correlation": .optional(correlation),
      "subject": .optional(subject),
    ])
  }
}
