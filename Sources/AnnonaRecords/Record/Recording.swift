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
    record(
      facts, on: today, suppose: suppose, context: context, producedAt: producedAt, secret: secret,
      by: EngineVersions(engine: EngineVersion.engine, semantics: EngineVersion.semantics))
  }

  func record(
    _ facts: Case, on today: CalendarDate, suppose: [Supposition], context: DecisionContext,
    producedAt: Moment?, secret: [UInt8]?, by versions: EngineVersions
  ) -> Record {
    let decided = rulebook.decide(facts, on: today, suppose: suppose)
    return Record(
      sealing: content(decided, context, versions), kind: .decision, producedAt: producedAt,
      secret: secret)
  }

  /// Everything but hashes, id and seal.
  func content(
    _ decided: DecidedCase, _ context: DecisionContext, _ versions: EngineVersions
  ) -> JSONValue {
    let steps = StepsSection(decided)
    let household = CaseSection(decided.program, decided.facts, used: steps.usedFacts)
    let writer = DecisionJSON(decided)
    let outcomes = decided.benefits.map(writer.benefit)
    return .object([
      "record": .string(Record.schema),
      "kind": .string(Record.Kind.decision.rawValue),
      "identity": context.identity,
      "times": .object([
        "today": .string(decided.decision.today.description),
        "facts_known_at": .optional(context.factsKnownAt?.description),
        "effective_from": .optional(context.effectiveFrom?.description),
      ]),
      "rules": RulesSection(self, versions, touched: steps).json,
      "facts": .object([
        "members": .array(household.members), "places": .array(household.places),
        "entries": .array(household.entries),
      ]),
      "conflicts": .array(household.conflicts),
      "assumptions": .array(assumptions(decided)),
      "suppositions": .array(suppositions(decided)),
      "outcomes": .array(outcomes),
      "provisions": .array(steps.citations.sorted().map { .string($0) }),
      "not_tested": .array(notTested(outcomes) + steps.notReached),
      "steps": .array(steps.steps),
    ])
  }

  private func suppositions(_ decided: DecidedCase) -> [JSONValue] {
    let names = ValueText(decided.program, decided.facts)
    return decided.suppositions.map { set in
      var object = MemberList()
      object.add("rule", decided.program.rules[set.rule].name)
      if let instance = set.instance { object.add("member", .integer(Int(instance))) }
      object.add("value", names.text(set.value, decided.program.rules[set.rule].type))
      return object.object
    }
  }

  /// Facts that nobody gave and that were taken by default, with whether the law presumes them.
  private func assumptions(_ decided: DecidedCase) -> [JSONValue] {
    let names = ValueText(decided.program, decided.facts)
    var seen: Set<String> = []
    return decided.benefits.flatMap(\.assumed).compactMap { wait in
      guard case .fact(let instance, let fact, _) = wait,
        let assumed = decided.program.facts[fact].assumed,
        seen.insert(names.id(of: wait)).inserted
      else { return nil }
      let declared = decided.program.facts[fact]
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
