import AnnonaEngine

/// What becomes of a decision when another rulebook makes it.
public enum BenefitShift: String, Sendable, Hashable, CaseIterable {
  /// Granted now, refused before.
  case gained
  /// Refused now, granted before.
  case lost
  /// Granted by both, with another amount.
  case up
  case down
  /// Settled before; now a fact is missing, or an official must decide.
  case newlyUndetermined = "newly_undetermined"
  case newlyDetermined = "newly_determined"
  /// A fault of the second rulebook, or of the first alone.
  case newlyInError = "newly_in_error"
  case noLongerInError = "no_longer_in_error"
  /// Another outcome, and neither is granted.
  case otherwise
  case unchanged

  /// - Parameters:
  ///   - before: `nil` where there was no decision for them.
  ///   - rises: whether the amount is more, or less; `nil` where it is the same.
  init(_ before: Outcome?, _ after: Outcome?, rises: Bool?) {
    let (one, other) = (Standing(before), Standing(after))
    switch (one, other) {
    case (.granted, .granted): self = rises.map { $0 ? .up : .down } ?? .unchanged
    case (.failed, .failed): self = .unchanged
    case (_, .failed): self = .newlyInError
    case (.failed, _): self = .noLongerInError
    case (.open, .open), (.refused, .refused):
      self = before == after || before == nil || after == nil ? .unchanged : .otherwise
    case (_, .open): self = .newlyUndetermined
    case (.open, _): self = .newlyDetermined
    case (.refused, .granted): self = .gained
    case (.granted, .refused): self = .lost
    }
  }

  private enum Standing {
    case granted, refused, open, failed

    init(_ outcome: Outcome?) {
      switch outcome {
      case .entitled: self = .granted
      case .undetermined, .refer: self = .open
      case .error: self = .failed
      case .notEntitled, .notApplicable, .notInForce, nil: self = .refused
      }
    }
  }
}
