public import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A question worth asking: its answer can still change what is decided.
public struct Question: Sendable, Hashable {
  /// What an answer looks like.
  public enum Answer: Sendable, Hashable {
    case yesOrNo
    /// `EUR/year`; empty for a plain number.
    case number(unit: String, isWhole: Bool)
    case percentage
    case date
    case text
    case choice([Choice])
    /// Whether there is such a person, where there is one at most.
    case presence
    /// Who they are.
    case members
    /// Several values of a fact.
    case list
  }

  /// One of several answers.
  public struct Choice: Sendable, Hashable {
    /// As case files write it.
    public let name: String
    public let title: String
  }

  /// Where it is needed, and by which law.
  public struct Need: Sendable, Hashable {
    /// The title of the rule, or its name.
    public let rule: String
    public let cites: String?
  }

  /// What it is called in cases: `household.income`, `person/maria.birth_date`, `household.children`.
  public let id: String
  /// The rulebook's own question, else the title, else the id.
  public let text: String
  public let help: String?
  public let answer: Answer
  /// Whether the answer can be that there is none.
  public let isOptional: Bool
  /// The page of an interview it stands on.
  public let group: String?
  public let needs: [Need]
  /// The benefits that the answer touches, as they are headed: `Family allowance: Maria`.
  public let touches: [String]
  /// What the engine calls it.
  public let wait: Wait
}

extension DecidedCase {
  /// What can still change the decisions, the question to ask next first; nothing once nobody needs to be asked.
  ///
  /// The gates of the rulebook's author come first, then a page that has been begun, then what may settle most for its
  /// burden, with its page; ties go by declaration. No other fact can change these decisions.
  ///
  /// - Parameters:
  ///   - benefits: those that matter; all of them without.
  ///   - language: of the texts, where the rulebook has them.
  public func questions(
    for benefits: [BenefitDecision]? = nil, in language: String? = nil
  ) -> [Question] {
    let found = questioning.relevantFacts(for: benefits ?? self.benefits)
    let wording = Wording(program, facts, language: language)
    return found.map { wording.question($0) }
  }

  /// What an open decision comes to whichever way the rest turns out, where there are few enough ways to try them all.
  ///
  /// Its bounds are never wider than the decision's own; an outcome that every answer leads to is given as such.
  public func completions(of benefit: BenefitDecision) -> Completions? {
    questioning.completions(of: benefit)
  }

  private var questioning: Questioning {
    Questioning(program, facts, today: decision.today, suppose: suppositions)
  }
}

extension Wording {
  func question(_ relevant: RelevantFact) -> Question {
    let id = canonical.id(of: relevant.wait)
    var help: String?
    var group: String?
    var isOptional = false
    if case .fact(let instance, let fact, _) = relevant.wait {
      let declared = program.facts[fact]
      help = text(declared.help).map { template($0, for: instance) }
      group = declared.group
      isOptional = declared.type.isOptional
    }
    var needs: [Question.Need] = []
    for reader in relevant.readers.map(need) where !needs.contains(reader) { needs.append(reader) }
    return Question(
      id: id, text: asked(relevant.wait) ?? id, help: help, answer: answer(relevant.wait),
      isOptional: isOptional, group: group, needs: needs,
      touches: relevant.touches.map { heading($0.benefit, for: $0.member) }, wait: relevant.wait)
  }

  private func need(_ reader: RelevantFact.Reader) -> Question.Need {
    let cites = citations(reader.citations)
    guard let rule = reader.rule else { return .init(rule: phrase(.theBenefit), cites: cites) }
    // A condition without a title of its own is part of the rule that has one.
    var declared = program.rules[rule]
    while text(declared.title) == nil, let parent = declared.parent {
      declared = program.rules[parent]
    }
    let title = text(declared.title).map { template($0, for: reader.instance) }
    return .init(rule: title ?? program.rules[rule].name, cites: cites)
  }

  private func answer(_ wait: Wait) -> Question.Answer {
    switch wait {
    case .members(_, let place): program.places[place].isList ? .members : .presence
    case .parameter: .text
    case .fact(_, let fact, _): answer(program.facts[fact].type.present)
    }
  }

  private func answer(_ type: ValueType) -> Question.Answer {
    switch type {
    case .boolean: return .yesOrNo
    case .number(let number) where number.isPercent: return .percentage
    case .number(let number):
      let unit = number.unit.isDimensionless ? "" : number.unit.description
      return .number(unit: unit, isWhole: number.isInteger)
    case .date: return .date
    case .choice(let choice):
      return .choice(
        program.choices[choice].members.map {
          .init(name: $0.name, title: text($0.title) ?? $0.name)
        })
    case .entity(let entity):
      return .choice(
        facts.instances(of: entity).map { .init(name: canonical.name(of: $0), title: name(of: $0)) }
      )
    case .list: return .list
    case .text, .period, .optional, .null: return .text
    }
  }
}
