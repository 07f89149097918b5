import AnnonaLanguage
public import AnnonaValues

/// What an open decision comes to whichever way its facts turn out, found by trying every answer.
///
/// It is only shown, and decides nothing: the state of a decision is that of the range domain alone.
public struct Completions: Sendable {
  /// From the least to the greatest amount of all, 0 where nothing is granted; `nil` where there is no amount.
  public let bounds: NumberRange?
  /// The outcome that all of them share; `nil` where they do not.
  public let outcome: Outcome?
}

extension Questioning {
  /// Answers are tried up to this many times.
  static let mostCompletions = 64

  /// Every way in which an open decision can turn out.
  ///
  /// - Returns: `nil` where it is settled, where a missing fact has too many answers, and where one of them is a fault.
  public func completions(of decision: BenefitDecision) -> Completions? {
    guard decision.outcome == .undetermined, decision.referrals.isEmpty,
      decision.plan == nil, let answers = answers(to: decision.needs)
    else { return nil }
    var bounds: NumberRange?
    var outcomes: Set<Outcome> = []
    for completion in answers {
      let evaluator = Evaluator(program, completion, today: today, suppose: supposed)
      guard
        let settled = evaluator.decide(decision.benefit).first(where: {
          $0.member == decision.member
        }), let paid = settled.paid
      else { return nil }
      outcomes.insert(settled.outcome)
      bounds = bounds?.hull(with: .exactly(paid)) ?? .exactly(paid)
    }
    let hasAmount = program.benefits[decision.benefit].amount != nil
    return Completions(
      bounds: hasAmount ? bounds : nil, outcome: outcomes.count == 1 ? outcomes.first : nil)
  }

  /// The case with every combination of answers; `nil` for too many.
  private func answers(to waits: [Wait]) -> [Case]? {
    var cases = [facts]
    for wait in waits {
      guard case .fact(let instance, let fact, nil) = wait,
        let states = program.facts[fact].everyAnswer(program),
        cases.count * states.count <= Self.mostCompletions
      else { return nil }
      cases = cases.flatMap { known in
        states.map { state in
          var builder = Case.Builder(program, from: known)
          builder.set(fact, of: instance, to: state)
          return builder.build()
        }
      }
    }
    return cases.count > 1 ? cases : nil
  }
}

extension BenefitDecision {
  /// What a settled decision pays, 0 for a refusal; `nil` for one that is open or at fault.
  fileprivate var paid: Number? {
    switch outcome {
    case .entitled: amount.map { $0.knownValue?.number } ?? .zero
    case .notEntitled, .notApplicable: .zero
    default: nil
    }
  }
}

extension Fact {
  /// All that it can be; `nil` for what has no end of values.
  package func everyAnswer(_ program: Program) -> [FactState]? {
    let absent: [FactState] = type.isOptional ? [.absent] : []
    switch type.present {
    case .boolean: return absent + [.known(.boolean(true)), .known(.boolean(false))]
    case .choice(let choice):
      return absent + program.choices[choice].members.indices.map { .known(.choice(Int32($0))) }
    case .number: return numbers.map { absent + $0 }
    default: return nil
    }
  }
  /// Every value of a number that has few, such as a tier from 1 to 4.
  private var numbers: [FactState]? {
    guard let step, case .value(.number(let low))? = minimum,
      case .value(.number(let high))? = maximum,
      let first = try? (low / step).rounded(to: .one, .ceiling),
      let last = try? (high / step).floor, let count = try? (last - first).integer,
      (0..<Questioning.mostCompletions).contains(count)
    else { return nil }
    return (0...count).compactMap { index in
      (try? (first + Number(index)) * step).map { .known(.number($0)) }
    }
  }
}
