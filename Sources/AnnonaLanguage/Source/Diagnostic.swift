/// How bad a finding is: an error keeps a rulebook from loading, a warning does not.
public enum Severity: String, Sendable, Hashable, Comparable {
  case error
  case warning

  public static func < (one: Severity, other: Severity) -> Bool {
    one == .error && other == .warning
  }
}

/// A problem that a person can mend: where it is, what is wrong, and a way out.
///
/// Codes are stable. Each stage builds its diagnostics in one file of its own, so that its English is in one place.
public struct Diagnostic: Sendable, Hashable {
  /// A second place that the finding is about: the other row, the earlier definition.
  public struct Note: Sendable, Hashable {
    public let span: Span
    public let message: String

    public init(_ span: Span, _ message: String) {
      self.span = span
      self.message = message
    }
  }

  /// A letter for the stage and three digits, such as `T001`.
  public let code: String
  public let severity: Severity
  public let span: Span
  /// One sentence without a final full stop, with the author's own words in backquotes.
  public let message: String
  public let notes: [Note]
  /// A complete input that shows the fault, where there is one.
  public let example: String?
  /// The finished edit that mends it.
  public let help: String?

  public init(
    _ code: String, _ severity: Severity = .error, at span: Span, _ message: String,
    notes: [Note] = [], example: String? = nil, help: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.span = span
    self.message = message
    self.notes = notes
    self.example = example
    self.help = help
  }
}
