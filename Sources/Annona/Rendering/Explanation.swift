public import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Who reads an explanation.
public enum Audience: String, Sendable, Hashable, CaseIterable {
  /// Amounts, rules, figures and facts, in the rulebook's own words.
  case citizen
  /// Also every operation, what did not apply, the ids, and where each thing stands.
  case auditor
}

/// Why something has the value it has: one tree for each thing asked about.
public struct Explanation: Sendable {
  /// A tree under a heading: a benefit with its condition and its amount, or a rule alone.
  public struct Part: Sendable {
    /// The benefit's outcome; `nil` for a rule.
    public let benefit: BenefitDecision?
    public let trees: [TraceNode]
    /// Those that the outcome rests on.
    let decisive: [TraceNode]
    /// The least changes of one fact that people can change with which it would come out otherwise.
    public let counterfactuals: [Counterfactual]
  }

  public let parts: [Part]
  let decided: DecidedCase

  /// The tree as lines for people, the last one ended too.
  public func text(
    for audience: Audience = .citizen, in language: String? = nil, coloured: Bool = false
  ) -> String {
    let wording = Wording(decided.program, decided.facts, language: language)
    let writer = ExplanationText(decided, wording, audience, coloured)
    return parts.map(writer.lines).joined(separator: [""]).joined(separator: "\n") + "\n"
  }

  /// The tree for programs, without a line break at the end.
  public func json(in language: String? = nil) -> String {
    let wording = Wording(decided.program, decided.facts, language: language)
    return ExplanationJSON(decided, wording).value(parts).pretty
  }
}

extension DecidedCase {
  /// Why a rule has its value, or a benefit its outcome and amount; of all benefits without a name.
  public func explanation(of name: CaseName? = nil) -> Explanation {
    let evaluator = evaluator()
    switch name {
    case nil:
      return Explanation(parts: benefits.map { part($0, evaluator) }, decided: self)
    case .benefit(let benefit, let member)?:
      let asked = benefits.filter {
        $0.benefit == benefit && (member == nil || $0.member == member)
      }
      return Explanation(parts: asked.map { part($0, evaluator) }, decided: self)
    case .rule(let rule, let instance)?:
      let instances = instance.map { [$0] } ?? facts.instances(of: program.rules[rule].entity)
      let trees = evaluator.traces(instances.map { (rule, $0) })
      return Explanation(
        parts: zip(trees, instances).map { tree, instance in
          .init(
            benefit: nil, trees: [tree], decisive: [tree],
            counterfactuals: counterfactuals(of: rule, for: instance))
        }, decided: self)
    }
  }

  /// Why every benefit came out as it did, what one tree shows only referred to in the next.
  ///
  /// - Parameter date: the one whose values have no date in their ids, where there are several.
  package func traces(asOf date: CalendarDate? = nil) -> [(
    decision: BenefitDecision, parts: [(part: Evaluator.BenefitPart, tree: TraceNode)]
  )] {
    evaluator().traces(of: benefits, asOf: date.map { Clock($0) })
  }

  private func part(_ benefit: BenefitDecision, _ evaluator: Evaluator) -> Explanation.Part {
    let parts = evaluator.parts(of: benefit).filter { $0.date == nil }
    let trees = parts.map {
      evaluator.trace($0.expression, of: benefit.benefit, for: benefit.member ?? 0)
    }
    return .init(
      benefit: benefit, trees: trees,
      decisive: zip(parts, trees).filter { $0.0.decides(benefit.outcome) }.map(\.1),
      counterfactuals: counterfactuals(of: benefit))
  }
}
