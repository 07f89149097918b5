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

  /// What an answer looks like.
  package func hint(_ question: Question) -> String {
    var parts = [hint(question.answer)]
    if case .fact(_, let fact, let period) = question.wait {
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
