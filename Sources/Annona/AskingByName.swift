public import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A fact that is still missing and can change the decision: what to ask, and what the answer is called.
public struct NeededFact: Sendable, Hashable {
  /// `household.income`, `person/maria.birth_date`
  public let id: String
  /// The rulebook's own question, else the fact's title; `nil` where it has neither.
  public let question: String?
}

extension DecidedCase {
  /// What a rule comes to for the case or one of its members, whether or not a decision reached it.
  ///
  /// - Parameter name: `household.tier`, `person/maria.age`, or a column of a table, `household.norm.percentage`.
  /// - Throws: where nothing has the name, or several members do.
  public func value(of name: String) throws(RequestProblem) -> NamedValue {
    let found: CaseName
    do {
      found = try lookup.lookUp(name, in: facts)
    } catch {
      if let column = values(all: true).first(where: { $0.id == name }) { return column }
      throw error
    }
    guard case .rule(let rule, let asked) = found else {
      throw RequestProblem("`\(name)` is a benefit, not a value: look for it among the decisions")
    }
    let instances = asked.map { [$0] } ?? facts.instances(of: program.rules[rule].entity)
    guard let instance = instances.first else {
      throw RequestProblem("`\(name)` is of nobody: the case has no member that it could be of")
    }
    let names = ValueText(program, facts)
    if instances.count > 1 {
      throw RequestProblem(
        "`\(name)` is of several: name one, such as `\(names.id(of: rule, for: instance))`")
    }
    let id = names.id(of: rule, for: instance)
    if let reached = values().first(where: { $0.id == id }) { return reached }
    return NamedValue(
      id: id, rule: rule, instance: instance, type: program.rules[rule].type,
      state: evaluator().value(of: rule, for: instance), isSupposed: false)
  }

  /// Why a rule has its value, or a benefit its outcome and amount; of all benefits without a name.
  ///
  /// - Parameter name: `household.tier`, `person/maria.age`, `person.age` of everybody, `abono_de_familia/maria`.
  public func explain(_ name: String? = nil) throws(RequestProblem) -> Explanation {
    guard let name else { return explanation() }
    return explanation(of: try lookup.lookUp(name, in: facts))
  }

  /// A value as text: exact and the same for ever without a language, else as people who read it write it.
  public func text(of value: NamedValue, in language: String? = nil) -> String {
    if let known = value.state.knownValue { return written(known, value.type, language) }
    let style = language.map { ValueText.Style.language($0) } ?? .canonical
    return ValueText(program, facts, style: style).text(value.state, value.type)
  }

  /// What a benefit pays, as text with its unit; `nil` unless it is granted and has one amount.
  public func amount(of benefit: BenefitDecision, in language: String? = nil) -> String? {
    guard benefit.outcome == .entitled, let value = benefit.amount?.knownValue,
      let type = program.benefits[benefit.benefit].amount?.type
    else { return nil }
    return written(value, type, language)
  }

  /// The least and the greatest that an undecided benefit can still come to; `nil` where it is decided, or one of them is open.
  public func bounds(
    of benefit: BenefitDecision, in language: String? = nil
  ) -> (least: String, greatest: String)? {
    guard benefit.outcome != .entitled, let range = benefit.bounds, let least = range.lower,
      let greatest = range.upper, let type = program.benefits[benefit.benefit].amount?.type
    else { return nil }
    return (
      written(.number(least), type, language), written(.number(greatest), type, language)
    )
  }

  /// Names are looked up in the program alone.
  private var lookup: Rulebook { Rulebook(program: program, sources: [], asked: []) }

  private func written(_ value: Value, _ type: ValueType, _ language: String?) -> String {
    guard let language else { return ValueText(program, facts).text(value, type) }
    return Wording(program, facts, language: language).value(value, type)
  }

  /// The name of a benefit as the rulebook declares it, and the member it was decided for.
  public func name(of benefit: BenefitDecision) -> (benefit: String, member: String?) {
    let member = benefit.member.map { facts.instances[Int($0)].id }
    return (program.benefits[benefit.benefit].name, member)
  }

  /// What must still be asked before a benefit is decided, in the order in which to ask.
  public func neededFacts(
    for benefit: BenefitDecision, in language: String? = nil
  ) -> [NeededFact] {
    let wording = Wording(program, facts, language: language)
    return benefit.needs.map {
      NeededFact(id: wording.canonical.id(of: $0), question: wording.asked($0))
    }
  }

  /// The conditions of a benefit, each with whether it is met, what it says of that, and its provision.
  public func reasons(
    for benefit: BenefitDecision, in language: String? = nil
  ) -> [(status: Reason.Status, text: String, cites: String?)] {
    let wording = Wording(program, facts, language: language)
    return benefit.reasons.map {
      ($0.status, wording.text(of: $0), wording.citations($0.citations))
    }
  }
}
