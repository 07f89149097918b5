public import AnnonaValues

/// What a decision is made for.
public enum Purpose: String, Sendable, Hashable, CaseIterable {
  /// Whether it is worth applying.
  case screening
  /// A decision with legal effect.
  case determination
  /// A decision made again, of its own motion or on appeal.
  case review
  case simulation
  case test
}

/// What a record says of a decision beside the decision itself; whoever decides gives it.
public struct DecisionContext: Sendable, Hashable {
  public var purpose: Purpose
  /// Who decides.
  public var authority: String?
  /// By which provision it is theirs to decide.
  public var basis: String?
  /// What the caller knows the matter by.
  public var correlation: String?
  /// Who it is about, by a name that says nothing to others.
  public var subject: String?
  /// When the facts were as the case has them.
  public var factsKnownAt: Moment?
  /// The day from which it has effect, where that is not the date decided for.
  public var effectiveFrom: CalendarDate?

  public init(
    purpose: Purpose = .simulation, authority: String? = nil, basis: String? = nil,
    correlation: String? = nil, subject: String? = nil, factsKnownAt: Moment? = nil,
    effectiveFrom: CalendarDate? = nil
  ) {
    self.purpose = purpose
    self.authority = authority
    self.basis = basis
    self.correlation = correlation
    self.subject = subject
    self.factsKnownAt = factsKnownAt
    self.effectiveFrom = effectiveFrom
  }
}

/// A point in time as RFC 3339 writes it in universal time: `2025-03-01T09:30:00Z`.
public struct Moment: Sendable, Hashable, CustomStringConvertible {
  public let description: String

  /// `nil` for anything else, a fraction of a second included.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      CalendarDate(text: text.prefix(10)) != nil
    else { return nil }
    for (place, limit) in [(11, 24), (14, 60), (17, 61)] {
      let digits = String(decoding: bytes[place..<place + 2], as: UTF8.self)
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(digits),
        value < limit
      else { return nil }
    }
    description = text
  }
}

/// Which engine decided, by which definition of the language.
public struct EngineVersions: Sendable, Hashable {
  public let engine: String
  public let semantics: String

  public init(engine: String, semantics: String) {
    self.engine = engine
    self.semantics = semantics
  }
}
