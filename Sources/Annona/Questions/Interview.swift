public import AnnonaEngine
public import AnnonaLanguage
public import AnnonaValues

/// A conversation that fills in a case, one question at a time, and decides it anew after each answer.
///
/// It is a value: who keeps the one from before an answer can go back to it. Answers are kept as they were given, and
/// `caseText` is a case file that every command reads.
public struct Interview: Sendable {
  public let rulebook: Rulebook
  /// The benefits it is about; all of them where this is `nil`.
  public let goal: CaseName?
  /// Of the questions, where the rulebook has them.
  public let language: String?
  /// What the answers so far come to.
  public private(set) var decided: DecidedCase
  /// The question to ask now; `nil` once nothing is left to ask.
  public private(set) var question: Question?
  /// Questions that were left open, by id.
  public private(set) var leftOpen: Set<String> = []

  private var node: Node
  private var asked: [Question] = []

  /// Begins with what is already known.
  ///
  /// - Parameters:
  ///   - rulebook: what is asked for.
  ///   - source: a case file; without it nothing is known.
  ///   - today: the date decided for; it goes before the case's own.
  ///   - goal: a benefit to settle, in place of all.
  ///   - language: the language of the questions; the rulebook's own unless given.
  /// - Throws: every problem of the case.
  public init(
    _ rulebook: Rulebook, continuing source: SourceFile? = nil, today: CalendarDate,
    for goal: CaseName? = nil, in language: String? = nil
  ) throws(RulebookProblems) {
    self.rulebook = rulebook
    self.goal = goal
    self.language = language
    let entity = rulebook.program.entities.first.map { _ in
      rulebook.program.entities[rulebook.program.caseEntity].name
    }
    let start = source ?? SourceFile(path: "case.yaml", text: "{ \(entity ?? "case"): unknown }")
    // Says what is wrong with the case, or that there is nobody to decide for.
    let facts = try rulebook.readCase(start, today: today)
    node = readNodes(start, index: 0).0 ?? Node(.mapping([]), span: Self.nowhere)
    node = CaseNode(rulebook.program, facts).setting(today: today, in: node)
    decided = rulebook.decide(facts, on: today)
    advance()
  }

  /// The decisions that it is about.
  public var benefits: [BenefitDecision] {
    guard case .benefit(let benefit, let member)? = goal else { return decided.benefits }
    return decided.benefits.filter {
      $0.benefit == benefit && (member == nil || $0.member == nil || $0.member == member)
    }
  }

  /// Everything that can still change the decisions, the questions left open among them.
  public var questions: [Question] { decided.questions(for: benefits, in: language) }

  /// What was answered and has no effect on what is decided, as people read it: kept, should another answer change that.
  public var unused: [Unused] {
    let wording = Wording(rulebook.program, decided.facts, language: language)
    return decided.unusedFacts(of: benefits).compactMap { fact in
      let wait = Wait.fact(fact.instance, fact.fact, period: nil)
      guard let answer = given(wait) else { return nil }
      return Unused(
        id: wording.canonical.id(of: wait), text: wording.plainName(of: fact), answer: answer)
    }
  }

  /// An answer without effect.
  public struct Unused: Sendable, Hashable {
    public let id: String
    /// The title of the fact, else its id.
    public let text: String
    public let answer: String
  }

  /// The case as a file, with all that it began with and every answer.
  public var caseText: String { CaseNodeText().text(node) }

  /// Takes an answer to the question, written as in case files, or as people say it: `yes`, a choice's title, names.
  ///
  /// - Throws: what is wrong with it; nothing has changed then.
  public mutating func answer(_ text: String) throws(RequestProblem) {
    guard let question else { return }
    let writing = CaseNode(rulebook.program, decided.facts)
    let wording = Wording(rulebook.program, decided.facts, language: language)
    try take(writing.answering(question, with: text, wording, in: node), to: question)
  }

  /// Notes that the question was asked and that there will be no answer; an official decides what rests on it.
  public mutating func decline() throws(RequestProblem) {
    guard let question else { return }
    let writing = CaseNode(rulebook.program, decided.facts)
    try take(writing.declining(question, in: node), to: question)
  }

  /// Leaves the question open and goes on with the others.
  public mutating func leaveOpen() {
    guard let question else { return }
    asked.append(question)
    leftOpen.insert(question.id)
    advance()
  }

  /// Keeps the answer of a question that was gone back to.
  public mutating func keep() -> Bool {
    guard let question, given(question) != nil else { return false }
    asked.append(question)
    advance()
    return true
  }

  /// Goes back to the question before; its answer stands until there is another.
  public mutating func back() -> Bool {
    guard let last = asked.popLast() else { return false }
    leftOpen.remove(last.id)
    question = last
    return true
  }

  /// What is known of a question's answer already, as people read it.
  public func given(_ question: Question) -> String? { given(question.wait) }

  private func given(_ wait: Wait) -> String? {
    let wording = Wording(rulebook.program, decided.facts, language: language)
    let facts = decided.facts
    switch wait {
    case .fact(let instance, let fact, _):
      guard facts.instances.indices.contains(Int(instance)) else { return nil }
      switch facts.state(of: fact, for: instance) {
      case .known(let value): return wording.value(value, rulebook.program.facts[fact].type)
      case .absent: return wording.phrase(.none)
      case .declined: return wording.phrase(.noAnswer)
      default: return nil
      }
    case .members(let instance, let place):
      guard facts.instances.indices.contains(Int(instance)) else { return nil }
      switch facts.members(of: place, for: instance) {
      case .given(let members):
        return members.isEmpty
          ? wording.phrase(.none) : members.map { wording.name(of: $0) }.joined(separator: ", ")
      case .declined: return wording.phrase(.noAnswer)
      case .notGiven: return nil
      }
    case .parameter: return nil
    }
  }

  private mutating func take(_ changed: Node, to question: Question) throws(RequestProblem) {
    let today = decided.decision.today
    let (facts, diagnostics) = AnnonaEngine.readCase(changed, rulebook.program, today: today)
    let errors = diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty {
      let words = InterviewWords(rulebook.program, language: language)
      if let refusal = words.refusal(errors[0], question) { throw RequestProblem(refusal) }
      let help = errors.compactMap(\.help).first.map { " (\($0))" } ?? ""
      throw RequestProblem(errors.map(\.message).joined(separator: "; ") + help)
    }
    node = changed
    decided = rulebook.decide(facts, on: today)
    leftOpen.remove(question.id)
    asked.append(question)
    advance()
  }

  private mutating func advance() {
    question = questions.first { !leftOpen.contains($0.id) }
  }

  static let nowhere = Span(file: 0, start: 0, end: 0)
}
