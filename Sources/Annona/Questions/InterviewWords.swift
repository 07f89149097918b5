import AnnonaEngine
package import AnnonaLanguage
import AnnonaValues

/// What the engine itself says in an interview, in the reader's language.
package struct InterviewWords: Sendable {
  private let program: Program
  private let wording: Wording

  /// - Parameter language: the rulebook's own where it is `nil`.
  package init(_ program: Program, language: String?) {
    self.program = program
    wording = Wording(program, .empty(of: program), language: language)
  }

  package var keys: String { wording.phrase(.interviewKeys) }
  package var soFar: String { wording.phrase(.soFar) }
  package var nothingBefore: String { wording.phrase(.nothingBefore) }
  package var leftOpen: String { wording.phrase(.leftOpen) }
  package var nothingToAsk: String { wording.phrase(.nothingToAsk) }
  package var stillOpen: String { wording.phrase(.stillOpen) }
  package var stopped: String { wording.phrase(.stopped) }
  package var yourAnswers: String { wording.phrase(.yourAnswers) }
  package var askDay: String { wording.phrase(.askDay) }
  package var unusedAnswers: String { wording.phrase(.unusedAnswers) }

  package func again(_ problem: String) -> String { wording.phrase(.answerAgain, problem) }
  package func keeps(_ answer: String) -> String { wording.phrase(.enterKeeps, answer) }
  package func saved(_ file: String) -> String { wording.phrase(.saved, file) }

  /// Which rules need the answer, by which provisions, and the benefits it touches.
  package func why(_ question: Question) -> [String] {
    var lines = ["  " + wording.phrase(.neededBy)]
    lines += question.needs.map { need in
      "    - " + need.rule + (need.cites.map { " [\($0)]" } ?? "")
    }
    lines.append("  " + wording.phrase(.itTouches))
    return lines + question.touches.map { "    - " + $0 }
  }

  /// Why an answer cannot be taken; `nil` where the reader of cases has said it in this language.
  func refusal(_ problem: Diagnostic, _ question: Question) -> String? {
    guard wording.language.lowercased().prefix(2) != "en" else { return nil }
    var fact: Fact?
    if case .fact(_, let id, _) = question.wait { fact = program.facts[id] }
    switch (problem.code, fact) {
    case ("F010", _):
      guard case .members(_, let id) = question.wait else { break }
      let place = program.places[id]
      let range = NumberRange(
        lower: Number(place.minimum), upper: place.maximum.map { Number($0) })
      guard let range else { break }
      return wording.phrase(.mustBeSoMany, wording.range(range, .number(NumberType())))
    case ("F013", _): return wording.phrase(.mustBeKnown)
    case ("F014", let fact?):
      guard let step = fact.step else { break }
      return wording.phrase(.mustBeStep, wording.number(step, fact.type))
    case ("F015", let fact?): return wording.phrase(.mustBeWithin, limits(of: fact))
    case ("F021", let fact?):
      return wording.phrase(.mustHaveForm, fact.pattern?.source ?? "")
    default: break
    }
    return wording.phrase(.mustBe, hint(question))
  }

  private func limits(of fact: Fact) -> String {
    func text(_ limit: Limit?) -> String? {
      switch limit {
      case .value(let value): wording.value(value, fact.type)
      case .today: wording.phrase(.today)
      case nil: nil
      }
    }
    switch (text(fact.minimum), text(fact.maximum)) {
    case (let low?, let high?): return wording.phrase(.between, low, high)
    case (let low?, nil): return wording.phrase(.atLeast, low)
    case (nil, let high?): return wording.phrase(.atMost, high)
    case (nil, nil): return ""
    }
  }

  /// What an answer looks like.
  package func hint(_ question: Question) -> String {
    var parts = [hint(question.answer)]
    if case .fact(_, let fact, let period) = question.wait {
      if case .number(let unit, _) = question.answer, !unit.isEmpty {
        parts = [wording.phrase(.hintQuantity, wording.unitName(program.facts[fact].type))]
      }
      if question.isOptional {
        parts.append(wording.phrase(.hintNone, wording.phrase(.none)))
      }
      if period == nil, let example = example(program.facts[fact]) {
        parts.append(wording.phrase(.hintVarying, example))
      }
    }
    return parts.joined(separator: ", ")
  }

  package func hint(_ answer: Question.Answer) -> String {
    switch answer {
    case .yesOrNo, .presence:
      wording.phrase(.hintYesOrNo, wording.phrase(.yes), wording.phrase(.no))
    case .number(unit: "", isWhole: true): wording.phrase(.hintWhole)
    case .number(unit: "", isWhole: false): wording.phrase(.hintNumber)
    case .number(let unit, _): wording.phrase(.hintQuantity, unit)
    case .percentage: wording.phrase(.hintPercentage)
    case .date: wording.phrase(.hintDate)
    case .text: wording.phrase(.hintText)
    case .choice: wording.phrase(.hintChoice)
    case .members: wording.phrase(.hintMembers)
    case .list: wording.phrase(.hintList)
    }
  }

  /// How the values of a fact that varies are written one by one.
  private func example(_ fact: Fact) -> String? {
    switch fact.variation {
    case .yearly: "2024: 12_000, 2025: 12_500"
    case .monthly: "2024-03: 1_000, 2024-04: 1_100"
    case .daily: "2024-03-01: …, 2024-09-15: …"
    case .never, nil: nil
    }
  }
}
