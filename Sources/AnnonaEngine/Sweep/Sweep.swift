public import AnnonaLanguage
public import AnnonaValues

/// A fact of the case or of one of its members.
public struct CaseFact: Sendable, Hashable {
  public let fact: FactID
  /// The index in the case of the entity it is a fact of.
  public let instance: Int32

  public init(_ fact: FactID, of instance: Int32) {
    self.fact = fact
    self.instance = instance
  }
}

/// What a sweep follows.
public enum SweepGoal: Sendable, Hashable {
  /// A benefit for the case, or for one member.
  case benefit(BenefitID, for: Int32?)
  /// All of these together, each in the fact's own unit.
  case sum([BenefitDecisionKey])
  case rule(RuleID, for: Int32, output: Int?)
}

/// A benefit for the case, or for one member.
public struct BenefitDecisionKey: Sendable, Hashable {
  public let benefit: BenefitID
  public let member: Int32?

  public init(_ benefit: BenefitID, for member: Int32?) {
    self.benefit = benefit
    self.member = member
  }
}

/// A benefit or a rule as an exact function of one fact: pieces from the first value to the last, without a gap.
public struct Sweep: Sendable {
  /// So many pieces are looked for; what lies beyond them is not decided.
  public static let pieceLimit = 10_000

  /// What holds for all values of the fact from one to another, both in.
  public struct Piece: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
      /// An amount, with the outcome of a benefit; what is refused is 0.
      case amount(SteppedLine, Outcome?)
      /// A rule's value that is no number.
      case value(Value)
      case notDecided(Undecided)
    }

    public let from: Number
    public let through: Number
    public let content: Content
    /// What makes it end; `nil` at the end of the sweep.
    public let turn: TurningPoint?

    public var line: SteppedLine? {
      if case .amount(let line, _) = content { line } else { nil }
    }

    public var outcome: Outcome? {
      if case .amount(_, let outcome) = content { outcome } else { nil }
    }

    func contains(_ x: Number) -> Bool { from <= x && x <= through }
  }

  public let fact: CaseFact
  public let goal: SweepGoal
  /// The first value, the last one, and how far neighbouring values are apart.
  public let from: Number
  public let through: Number
  public let step: Number
  public let factType: ValueType
  /// Of what is followed.
  public let type: ValueType
  /// What an amount is multiplied by to be in the fact's own unit; `nil` where the two are no amounts of one currency for one period.
  ///
  /// Negative for what is charged.
  public let toFactUnit: Number?
  /// Whether what is followed is taken from people, not paid to them.
  public let isCharge: Bool
  public let pieces: [Piece]

  /// The piece that a value of the fact lies in.
  public func piece(at x: Number) -> Piece? { pieces.first { $0.contains(x) } }
}

/// Why a sweep cannot be made.
public enum SweepProblem: Error, Sendable, Hashable {
  case notANumber
  /// A number without a step: between two values there is always another.
  case noStep
  case notAMultiple(Number, of: Number)
  case reversed
  case outsideTheFact
  case tooManyValues
  /// Amounts that cannot be added: the benefits that are not in the fact's currency and period.
  case noCommonUnit
}
