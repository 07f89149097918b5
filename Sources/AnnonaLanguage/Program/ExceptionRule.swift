public final class ExceptionRule: Sendable {
  public let name: String
  public let when: Expression
  public let versions: [Rule.Version]
  public let inForce: InForce
  public let round: Rounding?
  /// Names of siblings that are set aside when this one fires.
  public let prevailsOver: [String]
  /// Whether the rule's own condition must hold too.
  public let refines: Bool
  public let nested: [ExceptionRule]
  public let citations: [Citation]
  public let span: Span

  public init(
    name: String, when: Expression, versions: [Rule.Version], inForce: InForce, round: Rounding?,
    prevailsOver: [String], refines: Bool, nested: [ExceptionRule], citations: [Citation],
    span: Span
  ) {
    self.name = name
    self.when = when
    self.versions = versions
    self.inForce = inForce
    self.round = round
    self.prevailsOver = prevailsOver
    self.refines = refines
    self.nested = nested
    self.citations = citations
    self.span = span
  }
}

public final class Function: Sendable {
  public let name: String
  public let parameters: [(name: String, type: ValueType)]
  public let type: ValueType
  /// Its arguments are locals 0, 1, …
  public let versions: [Rule.Version]
  public let round: Rounding?
  public let span: Span

  public init(
    name: String, parameters: [(name: String, type: ValueType)], type: ValueType,
    versions: [Rule.Version], round: Rounding?, span: Span
  ) {
    self.name = name
    self.parameters = parameters
    self.type = type
    self.versions = versions
    self.round = round
    self.span = span
  }
}
