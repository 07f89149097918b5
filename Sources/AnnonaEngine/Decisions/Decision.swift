public import AnnonaLanguage
public import AnnonaValues

/// What a benefit comes to for one of those it is decided for.
public enum Outcome: String, Sendable, Hashable, CaseIterable {
  /// No law for that date.
  case notInForce = "not_in_force"
  case notApplicable = "not_applicable"
  case notEntitled = "not_entitled"
  /// Facts are needed that somebody can still be asked for.
  case undetermined
  /// Nobody can be asked: a human being must settle it.
  case refer
  /// A fault of the rulebook, never shown as ineligible.
  case error
  case entitled
}

extension Outcome {
  /// As fixtures and documents write it: a charge is `due` or `not_due`.
  public func name(of benefit: Benefit) -> String {
    switch self {
    case .entitled where benefit.isCharge: "due"
    case .notEntitled where benefit.isCharge: "not_due"
    default: rawValue
    }
  }

  /// `nil` where nothing becomes of the benefit under that name.
  public init?(named name: String, of benefit: Benefit) {
    guard let outcome = Self.allCases.first(where: { $0.name(of: benefit) == name }) else {
      return nil
    }
    self = outcome
  }
}

/// What a program decides for a case as of a date.
public struct Decision: Sendable {
  public let today: CalendarDate
  public let benefits: [BenefitDecision]
  /// The named rules that the decisions reached, by instance and then in declaration order.
  public let values: [RuleValue]

  public init(today: CalendarDate, benefits: [BenefitDecision], values: [RuleValue]) {
    self.today = today
    self.benefits = benefits
    self.values = values
  }

  /// One rule's value for one instance, as of the date it was read.
  public struct RuleValue: Sendable {
    public let rule: RuleID
    public let instance: Int32
    /// The column of a table with several.
    public let output: Int?
    /// `nil` for the date decided for.
    public let date: CalendarDate?
    public let state: State
    /// Set for this case, not worked out.
    public let isSupposed: Bool
  }
}

/// A benefit's outcome for the case, or for one member.
public struct BenefitDecision: Sendable {
  public let benefit: BenefitID
  /// The member it was decided for; `nil` for the case itself, and where there is no member to decide for.
  public let member: Int32?
  public let outcome: Outcome
  /// What `entitled` comes to; `nil` where it was not reached.
  public let entitled: State?
  /// What the amount comes to, in the unit of the benefit's amount; `nil` where it was not reached or there is none.
  public let amount: State?
  /// The payments, for a benefit that says them one by one; `nil` where they were not reached.
  public let plan: PaymentPlan?
  /// What the benefit can still come to while it is open, 0 among it until entitlement is certain.
  public let bounds: NumberRange?
  /// What could still be given that matters, in declaration order.
  public let needs: [Wait]
  /// Why nobody but an official can settle it.
  public let referrals: [Referral]
  public let reasons: [Reason]
  /// What the error is made of, or what may still turn out to be one.
  public let faults: Faults
  /// Faults that were met and did not decide.
  public let dismissed: Faults
  /// Facts taken by default on which it rests, in declaration order.
  public let assumed: [Wait]
  /// Whether it stands on everything that is taken by default, or was made again on what the law presumes alone.
  package let assumptions: Evaluator.Assumptions

  /// Settled against the person, so that nothing is paid.
  var isRefused: Bool { outcome == .notEntitled || outcome == .notApplicable }
}

/// Something open that no citizen can be asked for.
public struct Referral: Sendable, Hashable {
  public enum Cause: Sendable, Hashable {
    case declined
    case judge(office: String)
    case conflicting
    case unverified(why: LocalizedText)
  }

  public let wait: Wait
  public let cause: Cause

  public init(wait: Wait, cause: Cause) {
    self.wait = wait
    self.cause = cause
  }
}

/// A condition of a decision: whether it is met, and what it says of it.
public struct Reason: Sendable {
  public enum Status: Sendable, Hashable {
    case met
    case unmet
    case open
    /// A condition before it, of this name, had already decided, and this one has no value without it.
    case notTested(after: String)
    case failed(Faults)
  }

  /// What is a condition.
  public enum Subject: Sendable, Hashable {
    case rule(RuleID)
    /// One that has no name, where it is written.
    case expression(Span)
  }

  public let subject: Subject
  public let instance: Int32
  /// The exception that took the rule's place, by name.
  public let exception: String?
  public let status: Status
  /// The condition's own text for its status, else its title.
  public let text: LocalizedText
  public let citations: [Citation]
  public let margin: Margin?
  /// The `any:` rule of which it is one of several ways.
  public let alternativeOf: RuleID?

  public var rule: RuleID? {
    if case .rule(let rule) = subject { rule } else { nil }
  }
}

/// By how much a comparison holds or fails: left minus right, in the unit of the two.
public struct Margin: Sendable {
  public let comparison: Comparison
  public let left: Value
  public let right: Value
  /// The type of both sides.
  public let type: ValueType
  public let difference: Number
  /// Of a number the unit of both sides, of dates days.
  public let differenceType: ValueType
}
