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
  }

  struct Question: Encodable {
    let id: String
    let question: String?
  }

  var benefits: [Benefit] = []
  /// The one fact to ask next; the answer often settles what the others would have been for.
  var ask: Question?
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
          }))
      if ask == nil, let next = decided.neededFacts(for: benefit, in: language).first {
        ask = Question(id: next.id, question: next.question)
      }
    }
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
