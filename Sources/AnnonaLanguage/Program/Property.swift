public import AnnonaValues

/// Something that must hold for every household: of one household, or of two that differ in one thing.
public struct Property: Sendable {
  /// What has a property, or a cliff.
  public enum Subject: Sendable, Hashable {
    case benefit(BenefitID)
    /// `output` is the column of a table with several.
    case rule(RuleID, output: Int?)
  }

  public enum Claim: Sendable {
    /// Read like the subject, with the same `this`.
    case atLeast(Expression)
    case atMost(Expression)
    case neverFalls(Change)
    case neverRises(Change)
    /// Along a fact; the tolerance is in the subject's unit, `nil` where the author gave none.
    case continuous(FactID, tolerance: Number?)
    case sameWhateverTheOrderOf(PlaceID)
  }

  /// Households of which the law does not promise it.
  public struct Exemption: Sendable {
    public let name: String
    public let title: LocalizedText
    /// Read like the subject, with the same `this`.
    public let when: Expression
    public let citations: [Citation]

    public init(name: String, title: LocalizedText, when: Expression, citations: [Citation]) {
      self.name = name
      self.title = title
      self.when = when
      self.citations = citations
    }
  }

  public let name: String
  public var title = LocalizedText()
  public var about = LocalizedText()
  public var citations: [Citation] = []
  public let of: Subject
  public let claim: Claim
  public var exemptions: [Exemption] = []
  public let span: Span

  public init(name: String, of: Subject, claim: Claim, span: Span) {
    self.name = name
    self.of = of
    self.claim = claim
    self.span = span
  }
}

/// One step from a household to another: of one fact or list, for one of those who have it.
public enum Change: Sendable, Hashable {
  /// By one step: a cent, a whole number, a day.
  case rises(FactID)
  case falls(FactID)
  case becomes(FactID, Value)
  /// One member more.
  case grows(PlaceID)
  case shrinks(PlaceID)
}

/// A sudden loss that the law is known to make.
public struct Cliff: Sendable {
  public let name: String
  public var title = LocalizedText()
  public var about = LocalizedText()
  public var citations: [Citation] = []
  public let of: Property.Subject
  /// `nil` where it is said of every fact.
  public var when: Change?
  /// The fact's value between which and the next the subject falls, read with who has the fact as `this`; `nil` for any value.
  public var at: Expression?
  public let span: Span

  public init(name: String, of: Property.Subject, span: Span) {
    self.name = name
    self.of = of
    self.span = span
  }
}
