import Annona

/// What the service answers for one household: as few words as an app needs to show the next screen.
///
/// Amounts are texts, exact to the cent; there is nothing in it that a person said.
struct Answer: Encodable {
  struct Benefit: Encodable {
    struct Reason: Encodable {
      let status: String
      let text: String
      let cites: String?
    }

    struct Bounds: Encodable {
      let least: String
      let greatest: String
    }

    let benefit: String
    let member: String?
    let outcome: String
    let amount: String?
    let bounds: Bounds?
    let reasons: [Reason]
    /// The least changes with which it would come out otherwise, as sentences.
    let wouldBe: [String]
  }

  /// A page of the form: one question, why it is asked, and what an answer looks like.
  struct Page: Encodable {
    struct Choice: Encodable {
      let name: String
      let title: String
    }

    let id: String
    let question: String
    let help: String?
    let answer: String
    let unit: String?
    let choices: [Choice]?
    let because: [String]

    init(_ question: Question) {
      id = question.id
      self.question = question.text
      help = question.help
      answer = question.answer.word
      if case .number(let unit, _) = question.answer, !unit.isEmpty {
        self.unit = unit
      } else {
        unit = nil
      }
      if case .choice(let all) = question.answer {
        choices = all.map { Choice(name: $0.name, title: $0.title) }
      } else {
        choices = nil
      }
      because = question.needs.map { $0.rule + ($0.cites.map { ", \($0)" } ?? "") }
    }
  }

  var benefits: [Benefit] = []
  /// The one fact to ask next; the answer often settles what the others would have been for. `nil` once nothing can change any more.
  var ask: Page?
  /// How many questions may still come.
  var open = 0
  var problems: [String] = []

  init(_ decided: DecidedCase, in language: String) {
    for benefit in decided.benefits {
      let (name, member) = decided.name(of: benefit)
      benefits.append(
        Benefit(
          benefit: name, member: member, outcome: benefit.outcome.rawValue,
          amount: decided.amount(of: benefit),
          bounds: decided.bounds(of: benefit).map { .init(least: $0.least, greatest: $0.greatest) },
          reasons: decided.reasons(for: benefit, in: language).map {
            .init(status: $0.status.word, text: $0.text, cites: $0.cites)
          },
          wouldBe: decided.counterfactuals(of: benefit).map { decided.text(of: $0, in: language) }))
    }
    let questions = decided.questions(in: language)
    ask = questions.first.map { Page($0) }
    open = questions.count
  }

  init(problems: [String]) { self.problems = problems }
}

extension Reason.Status {
  fileprivate var word: String {
    switch self {
    case .met: "met"
    case .unmet: "unmet"
    case .open: "open"
    case .notTested: "not_tested"
    case .failed: "failed"
    }
  }
}

extension Question.Answer {
  fileprivate var word: String {
    switch self {
    case .yesOrNo: "yes_or_no"
    case .number: "number"
    case .percentage: "percentage"
    case .date: "date"
    case .text: "text"
    case .choice: "choice"
    case .presence: "presence"
    case .members: "members"
    case .list: "list"
    }
  }
}
